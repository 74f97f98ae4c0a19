package mattermost

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// How long what people have in front of them works: a button for as long as a
// yearly round may be talked about, a form for the day.
const (
	buttonLife = 400 * 24 * time.Hour
	formLife   = 24 * time.Hour
)

// maxUnsealed bounds what a sealed text may hold, so that a small one can't become
// a large one.
const maxUnsealed = 4 << 20

// sealedText is how what is sealed is written.
var sealedText = base64.RawURLEncoding.Strict()

// errSeal says that a sealed text was not made by this bot, or not for this
// purpose, or has been changed.
var errSeal = errors.New("not sealed by this bot")

// seals make texts that only the bot can read and make: AES-256-GCM with a key
// for each purpose, derived from Options.Key. Nothing authenticates what a server
// sends back from buttons and forms, and any user can send any form; the seal
// does. It also hides what waits in a form from those who read along.
type seals struct{ button, dialog, probe cipher.AEAD }

func newSeals(key []byte) (s seals, err error) {
	for purpose, to := range map[string]*cipher.AEAD{"button": &s.button, "dialog": &s.dialog, "probe": &s.probe} {
		k, err := hkdf.Key(sha256.New, key, nil, "roundtable mattermost "+purpose, 32)
		if err != nil {
			return s, fmt.Errorf("derive a key: %w", err)
		}
		block, err := aes.NewCipher(k)
		if err != nil {
			return s, fmt.Errorf("use a key: %w", err)
		}
		if *to, err = cipher.NewGCMWithRandomNonce(block); err != nil {
			return s, fmt.Errorf("use a key: %w", err)
		}
	}
	return s, nil
}

// seal returns v as a sealed text of letters, digits, '-' and '_'.
func seal(with cipher.AEAD, v any) (string, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	if err := errors.Join(json.NewEncoder(w).Encode(v), w.Close()); err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	sealed := with.Seal(nil, nil, packed.Bytes(), nil) //nolint:gosec // it makes a random nonce itself and wants none
	return sealedText.EncodeToString(sealed), nil
}

// unseal puts a sealed text into v.
func unseal(with cipher.AEAD, text string, v any) error {
	sealed, err := sealedText.DecodeString(text)
	if err != nil {
		return errSeal
	}
	packed, err := with.Open(nil, nil, sealed, nil)
	if err != nil {
		return errSeal
	}
	plain := io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxUnsealed)
	if err := json.NewDecoder(plain).Decode(v); err != nil {
		return errSeal
	}
	return nil
}
