package mattermost

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEncrypt(t *testing.T) {
	s, err := newCiphers(bytes.Repeat([]byte("k"), 32))
	if err != nil {
		t.Fatal(err)
	}
	other, err := newCiphers(bytes.Repeat([]byte("o"), 32))
	if err != nil {
		t.Fatal(err)
	}
	is := buttonPayload{Action: "go", Value: strings.Repeat("falls 3/412 ", 50), Channel: "c", Expires: 7}
	text, err := encrypt(s.button, is)
	if err != nil {
		t.Fatal(err)
	}
	again, err := encrypt(s.button, is)
	if err != nil || again == text {
		t.Error("two seals are the same text")
	}
	var back buttonPayload
	if err := decrypt(s.button, text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(is, back); diff != "" {
		t.Errorf("(-sealed +unsealed):\n%s", diff)
	}
	if strings.Contains(text, "falls") || strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
		t.Errorf("the seal reads %q", text)
	}
	for name, err := range map[string]error{
		"for another purpose": decrypt(s.dialog, text, &back),
		"with another key":    decrypt(other.button, text, &back),
		"cut":                 decrypt(s.button, text[:len(text)-1], &back),
		"longer":              decrypt(s.button, text+"AA", &back),
		"nothing":             decrypt(s.button, "", &back),
	} {
		if !errors.Is(err, errUndecryptable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range len(text) {
		changed := []byte(text)
		changed[i] ^= 1
		if decrypt(s.button, string(changed), &back) == nil {
			t.Errorf("a change at %d is not noticed", i)
		}
	}
}
