package config

import (
	"crypto/subtle"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"

	"roundtable/mistake"
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

// maxSecretBytes is more than any token or key; see maxFileBytes.
const maxSecretBytes = 64 << 10

// secret returns what stands at a key or in the file that KEY_file names.
func (s section) secret(key string) (Secret, mistake.Place) {
	v, inline := s.text(key), s.nodes[key]
	path := s.text(key + "_file")
	switch {
	case v.text != "" && path.text != "":
		s.loader.mistake(path.at, "the secret is given twice", "keep "+key+" or "+key+"_file")
	case path.text != "":
		return NewSecret(s.loader.secretFile(path, s.loader.folder)), path.at
	case v.text != "" && !strings.Contains(inline.Value, "${") && s.loader.inlineSecret == nil:
		s.loader.inlineSecret = &v.at
	}
	if strings.IndexFunc(v.text, unicode.IsControl) >= 0 {
		s.loader.mistake(v.at, "the secret has a line break or another control character in it", "keep only the secret")
		return Secret{}, v.at
	}
	return NewSecret(v.text), v.at
}

// optional returns the secret at a key or in its file; the zero value if there is
// none.
func (s section) optional(key string) Secret {
	secret, _ := s.secret(key)
	return secret
}

// required is token, and a mistake when there is none.
func (s section) required(key, what string, prefixes ...string) Secret {
	before := len(s.loader.mistakes)
	secret := s.token(key, what, prefixes...)
	if !secret.IsSet() && len(s.loader.mistakes) == before && !s.broken {
		at := s.at
		at.Subject = s.path(key)
		s.loader.mistake(at, "this is missing", "set "+key+" or "+key+"_file to "+what)
	}
	return secret
}

// token is a secret that starts with one of the prefixes, if there are any.
func (s section) token(key, what string, prefixes ...string) Secret {
	secret, at := s.secret(key)
	for _, prefix := range prefixes {
		if strings.HasPrefix(secret.Reveal(), prefix) {
			return secret
		}
	}
	if secret.IsSet() && len(prefixes) > 0 {
		s.loader.mistake(at, "this does not start with "+strings.Join(prefixes, " or "), "it wants "+what)
	}
	return secret
}

// secretFile returns the first line of a file that has no other.
func (l *loader) secretFile(path value, folder string) string {
	name := path.text
	if !filepath.IsAbs(name) {
		name = filepath.Join(folder, name)
	}
	settings := l.mode
	data, err := l.readFile(name, maxSecretBytes)
	mode := l.mode
	l.mode = settings
	if err != nil {
		l.mistake(path.at, "cannot read the secret: "+withPath(name, err), "give the path of a file with the secret and nothing else")
		return ""
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
	switch {
	case text == "":
		l.mistake(path.at, name+" is empty", "write the secret into it")
	case strings.IndexFunc(text, unicode.IsControl) >= 0:
		l.mistake(path.at, name+" has more than one line, or a control character", "keep only the secret in it")
		return ""
	case worldReadable(mode):
		l.warn(path.at, name+" can be read by every user of this machine", "chmod o-r "+name)
	}
	return text
}

// warnIfWorldReadable warns of secrets in a settings file that everybody can
// read.
func (l *loader) warnIfWorldReadable() {
	if l.inlineSecret == nil || !worldReadable(l.mode) {
		return
	}
	l.warn(*l.inlineSecret, fmt.Sprintf("a secret stands in a file that every user of this machine can read (mode %04o)", l.mode.Perm()),
		"chmod o-r "+l.path+", or use ${VARIABLE} or "+lastKey(l.inlineSecret.Subject)+"_file")
}

// worldReadable says whether users beside owner and group may read. Windows has
// no such bits.
func worldReadable(mode fs.FileMode) bool {
	return runtime.GOOS != "windows" && mode.Perm()&0o004 != 0
}

func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
