package chat

import (
	"bytes"
	"fmt"
)

// Message is what the bot says, as plain data. All text in it is plain: an
// adapter escapes whatever its platform would read as markup or as a mention,
// so no writer's text can format, ping or break a post.
type Message struct {
	// Text says the whole in words: for notifications, screen readers and
	// platforms without blocks. Never empty.
	Text string
	// Blocks are what is shown, in order. Empty: Text is shown.
	Blocks []Block
	// Key names the duty that the post discharges, so that it can be found
	// again with [Platform.Find]. Empty for answers to what somebody did.
	Key string
}

// Block is one part of a message: [Heading], [Paragraph], [Quote], [Items],
// [Facts], [Picture], [File], [Footnote] or [Buttons].
type Block interface{ block() }

type (
	// Heading is one line that stands out.
	Heading struct{ Text string }

	// Paragraph is running text; line breaks are kept.
	Paragraph struct{ Text string }

	// Quote is what a person wrote, with who wrote it ("Anna, nurse, Lund").
	// By may be empty.
	Quote struct{ Text, By string }

	// Items is a bulleted list.
	Items struct{ Items []string }

	// Facts are short pairs of a name and a value, shown as a small table.
	Facts struct{ Facts []Fact }

	// Picture is a PNG picture. Alt says in words what it shows; Title is a
	// caption of a few words and may be empty.
	Picture struct {
		Name, Alt, Title string
		PNG              []byte
	}

	// File is a document to be downloaded.
	File struct {
		Name, MediaType string
		Data            []byte
	}

	// Footnote is small print.
	Footnote struct{ Text string }

	// Buttons is a row of at most five buttons.
	Buttons struct{ Buttons []Button }
)

func (Heading) block()   {}
func (Paragraph) block() {}
func (Quote) block()     {}
func (Items) block()     {}
func (Facts) block()     {}
func (Picture) block()   {}
func (File) block()      {}
func (Footnote) block()  {}
func (Buttons) block()   {}

// Fact is a name with its value.
type Fact struct{ Name, Value string }

// Button is something to press. Pressing it arrives as a [Pressed] with the
// same Action, Value and Scope.
type Button struct {
	// Label is at most [MaxLabel] characters.
	Label string
	// Action is the verb, such as "submit"; Value what it is about, at most
	// [MaxValue] bytes.
	Action, Value string
	// Scope says what of several things that share a conversation the button
	// belongs to; empty where there is but one. Letters, digits, '-', '_' and '.',
	// at most [MaxScope] bytes. The platform carries it back and reads nothing into
	// it.
	Scope string `json:",omitempty"`
	// Primary marks the one button that most people want.
	Primary bool
}

// Say returns a message that is nothing but text.
func Say(text string) Message { return Message{Text: text} }

// Limits that every message keeps. They are the narrowest of the platforms that the
// bot serves; what is narrower still on one of them, its adapter splits or moves
// elsewhere.
const (
	// MaxText is the length of a message over all its texts in characters
	// (Mattermost: 16,383 a post).
	MaxText = 16_000
	// MaxBlocks is how many blocks a message has (Slack: 50).
	MaxBlocks = 50
	// MaxButtons is how many buttons stand in a row, as [Buttons] says.
	MaxButtons = 5
	// MaxLabel is the length of a button's label and of an option's label in
	// characters (Slack: 75 for a button's text).
	MaxLabel = 75
	// MaxValue is the length of a button's value in bytes (Slack: 2,000).
	MaxValue = 1000
	// MaxScope is the length of a button's and of a form's scope in bytes; with a
	// button's action it fits in an id (Slack: 255 for an action_id).
	MaxScope = 64
	// MaxKey is the length of a message's key in bytes.
	MaxKey = 250
	// MaxAlt is the length of a picture's alt text in characters (Slack:
	// 2,000).
	MaxAlt = 2000
)

// Check returns an error that wraps ErrRefused and says which limit a message
// breaks, by the number of its part and with nothing of its words, since errors are
// logged; nil when every platform can carry it. Adapters call it first.
func (m Message) Check() error {
	c := checker{}
	c.required("the message's Text", m.Text)
	c.maxBytes("the message's Key", m.Key, MaxKey)
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

func (c *checker) block(what string, b Block) {
	switch b := b.(type) {
	case Heading:
		c.oneLine(what, b.Text)
	case Paragraph:
		c.required(what, b.Text)
	case Quote:
		c.required(what, b.Text)
		c.optional(what+" By", b.By)
	case Items:
		if len(b.Items) == 0 {
			c.refuse("%s is empty", what)
		}
		for _, it := range b.Items {
			c.required(what, it)
		}
	case Facts:
		if len(b.Facts) == 0 {
			c.refuse("%s is empty", what)
		}
		for i, f := range b.Facts {
			fact := fmt.Sprintf("%s, fact %d", what, i+1)
			c.oneLine(fact+" Name", f.Name)
			c.required(fact+" Value", f.Value)
		}
	case Picture:
		c.required(what+" Alt", b.Alt)
		c.maxRunes(what+" Alt", b.Alt, MaxAlt)
		c.oneLine(what+" Name", b.Name)
		c.optional(what+" Title", b.Title)
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
		c.required(what, b.Text)
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
	for i, b := range row {
		button := fmt.Sprintf("%s, button %d", what, i+1)
		c.oneLine(button+" Label", b.Label)
		c.maxRunes(button+" Label", b.Label, MaxLabel)
		if b.Action == "" {
			c.refuse("%s has no Action", button)
		}
		c.maxBytes(button+" Action", b.Action, MaxLabel)
		c.scope(button+" Scope", b.Scope)
		c.maxBytes(button+" Value", b.Value, MaxValue)
		if b.Primary {
			primary++
		}
	}
	if primary > 1 {
		c.refuse("%s has %d Primary buttons; at most one", what, primary)
	}
}
