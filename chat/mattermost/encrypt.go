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
	buttonLifetime = 400 * 24 * time.Hour
	formLifetime   = 24 * time.Hour
)

// maxDecrypted bounds what an encrypted text may hold, so that a small one can't become
// a large one.
const maxDecrypted = 4 << 20

// tokenEncoding is how what is encrypted is written.
var tokenEncoding = base64.RawURLEncoding.Strict()

// errUndecryptable says that a text was not made by this bot, or not for this
// purpose, or has been changed.
var errUndecryptable = errors.New("not encrypted by this bot")

// ciphers make texts that only the bot can read and make: AES-256-GCM with a key
// for each purpose, derived from Options.Key. Nothing authenticates what a server
// sends back from buttons and forms, and any user can send any form; the
// encryption does. It also hides what waits in a form from those who read along.
type ciphers struct{ button, dialog, probe cipher.AEAD }

func newCiphers(key []byte) (s ciphers, err error) {
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

// encrypt returns v as a text of letters, digits, '-' and '_'.
func encrypt(with cipher.AEAD, v any) (string, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err != nil {
		return "", fmt.Errorf("encrypt: %w", err)
	}
	if err := errors.Join(json.NewEncoder(w).Encode(v), w.Close()); err != nil {
		return "", fmt.Errorf("encrypt: %w", err)
	}
	sealed := with.Seal(nil, nil, packed.Bytes(), nil) //nolint:gosec // it makes a random nonce itself and wants none
	return tokenEncoding.EncodeToString(sealed), nil
}

// decrypt puts into v what encrypt made a text of.
func decrypt(with cipher.AEAD, text string, v any) error {
	sealed, err := tokenEncoding.DecodeString(text)
	if err != nil {
		return errUndecryptable
	}
	packed, err := with.Open(nil, nil, sealed, nil)
	if err != nil {
		return errUndecryptable
	}
	plain := io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxDecrypted)
	if err := json.NewDecoder(plain).Decode(v); err != nil {
		return errUndecryptable
	}
	return nil
}
