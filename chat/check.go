package chat

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits that every message keeps, besides those beside [Message]. They are the
// narrowest of the platforms that the bot serves; what is narrower still on one
// of them, its adapter splits or moves elsewhere.
const (
	// MaxText is the length of a message over all its texts in characters
	// (Mattermost: 16,383 a post).
	MaxText = 16_000
	// MaxBlocks is how many blocks a message has (Slack: 50).
	MaxBlocks = 50
	// MaxButtons is how many buttons stand in a row, as [Buttons] says.
	MaxButtons = 5
	// MaxKey is the length of a message's key in bytes.
	MaxKey = 250
	// MaxAlt is the length of a picture's alt text in characters (Slack:
	// 2,000).
	MaxAlt = 2000
)

// Check returns an error that wraps ErrRefused and says which limit a message
// breaks; nil when every platform can carry it. Adapters call it first.
func (m Message) Check() error {
	c := checker{}
	c.text("the message's Text", m.Text)
	c.bytes("the message's Key", m.Key, MaxKey)
	if len(m.Blocks) > MaxBlocks {
		c.refuse("%d blocks; a message has at most %d", len(m.Blocks), MaxBlocks)
	}
	for i, b := range m.Blocks {
		c.block(fmt.Sprintf("block %d (%T)", i+1, b), b)
	}
	if c.runes > MaxText {
		c.refuse("%d characters over all texts; a message has at most %d", c.runes, MaxText)
	}
	return c.err
}

// checker keeps the first limit broken and counts characters.
type checker struct {
	err   error
	runes int
}

func (c *checker) refuse(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), ErrRefused)
	}
}

// text checks a text that must be there.
func (c *checker) text(what, s string) {
	if strings.TrimSpace(s) == "" {
		c.refuse("%s is empty", what)
	}
	c.maybe(what, s)
}

// maybe checks a text that may be empty.
func (c *checker) maybe(what, s string) {
	if !utf8.ValidString(s) {
		c.refuse("%s is not valid UTF-8", what)
	}
	c.runes += utf8.RuneCountInString(s)
}

func (c *checker) oneLine(what, s string) {
	c.text(what, s)
	if strings.ContainsAny(s, "\r\n") {
		c.refuse("%s has several lines", what)
	}
}

func (c *checker) atMost(what, s string, runes int) {
	if n := utf8.RuneCountInString(s); n > runes {
		c.refuse("%s has %d characters; at most %d", what, n, runes)
	}
}

func (c *checker) bytes(what, s string, most int) {
	if len(s) > most {
		c.refuse("%s has %d bytes; at most %d", what, len(s), most)
	}
	if !utf8.ValidString(s) {
		c.refuse("%s is not valid UTF-8", what)
	}
}

func (c *checker) block(what string, b Block) {
	switch b := b.(type) {
	case Heading:
		c.oneLine(what, b.Text)
	case Paragraph:
		c.text(what, b.Text)
	case Quote:
		c.text(what, b.Text)
		c.maybe(what+" By", b.By)
	case Items:
		if len(b.Items) == 0 {
			c.refuse("%s is empty", what)
		}
		for _, it := range b.Items {
			c.text(what, it)
		}
	case Facts:
		if len(b.Facts) == 0 {
			c.refuse("%s is empty", what)
		}
		for _, f := range b.Facts {
			c.oneLine(what+" Name", f.Name)
			c.text(fmt.Sprintf("%s Value of %q", what, f.Name), f.Value)
		}
	case Picture:
		c.text(what+" Alt", b.Alt)
		c.atMost(what+" Alt", b.Alt, MaxAlt)
		c.oneLine(what+" Name", b.Name)
		c.maybe(what+" Title", b.Title)
		if !bytes.HasPrefix(b.PNG, []byte("\x89PNG\r\n\x1a\n")) {
			c.refuse("%s is not a PNG picture", what)
		}
	case File:
		c.oneLine(what+" Name", b.Name)
		c.oneLine(what+" MediaType", b.MediaType)
		if len(b.Data) == 0 {
			c.refuse("%s has no Data", what)
		}
	case Footnote:
		c.text(what, b.Text)
	case Buttons:
		c.buttons(what, b.Buttons)
	default:
		c.refuse("%s is of an unknown kind", what)
	}
}

func (c *checker) buttons(what string, row []Button) {
	if len(row) == 0 || len(row) > MaxButtons {
		c.refuse("%s has %d buttons; a row has 1 to %d", what, len(row), MaxButtons)
	}
	primary := 0
	for _, b := range row {
		c.oneLine(what+" Label", b.Label)
		c.atMost(fmt.Sprintf("%s Label %q", what, b.Label), b.Label, MaxLabel)
		if b.Action == "" {
			c.refuse("%s: the button %q has no Action", what, b.Label)
		}
		c.bytes(fmt.Sprintf("%s: the Action of the button %q", what, b.Label), b.Action, MaxLabel)
		c.scope(fmt.Sprintf("%s: the Scope of the button %q", what, b.Label), b.Scope)
		c.bytes(fmt.Sprintf("%s: the Value of the button %q", what, b.Label), b.Value, MaxValue)
		if b.Primary {
			primary++
		}
	}
	if primary > 1 {
		c.refuse("%s has %d Primary buttons; at most one", what, primary)
	}
}
