package chat

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// checker checks the texts of a message or form against their limits.
type checker struct {
	err   error // the first limit that was broken; wraps ErrRefused
	runes int   // characters of all texts so far
}

// refuse notes that a limit is broken, unless one was before.
func (c *checker) refuse(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), ErrRefused)
	}
}

// required checks a text that must be there.
func (c *checker) required(what, s string) {
	if strings.TrimSpace(s) == "" {
		c.refuse("%s is empty", what)
	}
	c.optional(what, s)
}

// optional checks a text that may be empty.
func (c *checker) optional(what, s string) {
	if !utf8.ValidString(s) {
		c.refuse("%s is not valid UTF-8", what)
	}
	c.runes += utf8.RuneCountInString(s)
}

// oneLine checks a text that must be there, in one line.
func (c *checker) oneLine(what, s string) {
	c.required(what, s)
	if strings.ContainsAny(s, "\r\n") {
		c.refuse("%s has several lines", what)
	}
}

func (c *checker) maxRunes(what, s string, runes int) {
	if n := utf8.RuneCountInString(s); n > runes {
		c.refuse("%s has %d characters; at most %d", what, n, runes)
	}
}

func (c *checker) maxBytes(what, s string, most int) {
	if len(s) > most {
		c.refuse("%s has %d bytes; at most %d", what, len(s), most)
	}
	if !utf8.ValidString(s) {
		c.refuse("%s is not valid UTF-8", what)
	}
}
