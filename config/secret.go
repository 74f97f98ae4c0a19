package config

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// What a Secret shows of itself.
const (
	redacted = "[redacted]"
	notSet   = "[not set]"
)

// Secret is a text that shows itself only to [Secret.Reveal]. Printing with any
// verb of package fmt, logging with slog and writing as text, JSON, YAML or XML
// give a placeholder that tells no more than whether there is one. The zero
// value is no secret.
//
// The text is held behind a pointer, so that printing a struct that keeps a
// Secret in an unexported field (where fmt calls no methods) shows an address
// and not the text. Secrets are therefore compared with [Secret.Equal], not ==.
type Secret struct {
	text *string
}

// NewSecret keeps the text. An empty text gives the zero value.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: &text}
}

// Reveal returns the text, empty for the zero value. Give it to the one call
// that needs it and keep the Secret, not the text.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsSet says whether there is a secret.
func (s Secret) IsSet() bool { return s.text != nil }

// IsZero says whether there is none; encoders leave such a field out on request.
func (s Secret) IsZero() bool { return s.text == nil }

// Equal says whether both hold the same text, in a time that depends on the
// lengths only.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// String returns the placeholder.
func (s Secret) String() string {
	if s.IsSet() {
		return redacted
	}
	return notSet
}

// GoString returns the placeholder.
func (s Secret) GoString() string { return s.String() }

// Format writes the placeholder for every verb and flag.
func (s Secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, s.String()) }

// LogValue returns the placeholder.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns the placeholder; JSON, YAML and XML go through it. What
// was written can't be read back.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
