package chat

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Form is a dialog with fields, opened in answer to a command or a button and
// sent back as a [Filled].
type Form struct {
	// Name is the verb that gets the answer, such as "submit".
	Name string
	// Title is at most [MaxTitle] characters; Submit labels the button that
	// sends.
	Title, Submit string
	// Intro is shown above the fields; may be empty.
	Intro string
	// Fields are asked in order, all in one window: at most [MaxFields], and of
	// [MaxFormSize] together.
	Fields []Field
	// State travels with the form and comes back unchanged, at most [MaxState]
	// bytes. It must not be trusted to be secret.
	State string
	// Scope says what the form belongs to, as that of a [Button] does; it comes
	// back unchanged, too.
	Scope string `json:",omitempty"`
	// Error is a mistake that belongs to no single field; may be empty.
	Error string
}

// FieldKind is the kind of a form's field.
type FieldKind int

// The kinds of fields.
const (
	Line   FieldKind = iota // one line of text
	Area                    // several lines of text
	Choice                  // one of Options
	Check                   // yes or no: "yes" or ""
)

// Field is one question of a form.
type Field struct {
	// Name is unique in the form: letters, digits, '-', '_' and '.'.
	Name string
	Kind FieldKind
	// Label is what is asked, at most [MaxLabel] characters; Help says more, at most
	// [MaxHelp].
	Label, Help string
	// Value is what the field holds when the form opens: for a Choice the
	// value of an option.
	Value       string
	Placeholder string
	Options     []Option
	Optional    bool
	// MaxLength of a Line or Area in characters; 0 for [MaxField].
	MaxLength int
	// Section groups fields under a heading, at most [MaxSection] characters; may
	// be empty.
	Section string
	// Error says what was wrong with the value; the form is shown again with
	// it and with what was typed. Empty when nothing is.
	Error string
}

// Longest returns how many characters the field takes: its MaxLength, or
// [MaxField].
func (f Field) Longest() int {
	if f.MaxLength > 0 {
		return f.MaxLength
	}
	return MaxField
}

// Option is one choice: Label is read, at most [MaxLabel] characters; Value comes
// back, at most [MaxOption] bytes.
type Option struct{ Label, Value string }

// Limits that every form keeps, besides [MaxLabel] and those of its texts.
const (
	// MaxTitle is the length of a form's title in characters (Slack and
	// Mattermost: 24).
	MaxTitle = 24
	// MaxState is the length of a form's state in bytes (Slack's
	// private_metadata: 3,000; a signature must fit too).
	MaxState = 2000
	// MaxFields is how many fields a form has. Slack takes 100 blocks in a modal
	// (docs.slack.dev/reference/views/modal-views): up to three for a field with
	// the heading above it and the mistake below it, and three for the form's own
	// intro and mistake. Mattermost 9.9 counts no fields.
	MaxFields = 32
	// MaxFormSize is how large a form is in bytes, with its texts as JSON and room for
	// what a platform wraps around each field and option (a Slack view: 250 kB,
	// docs.slack.dev/reference/methods/views.open; a request to Mattermost:
	// 300,000 bytes, ServiceSettings.MaximumPayloadSizeBytes).
	MaxFormSize = 200_000
	// MaxSection is the length of a section's heading in characters (Slack: 150).
	MaxSection = 150
	// MaxHelp is the length of a field's help in characters (Slack: 2,000.
	// Mattermost names 150 and shows longer ones whole, seen in 9.9).
	MaxHelp = 600
	// MaxPlaceholder is the length of a field's placeholder in characters
	// (Slack and Mattermost: 150).
	MaxPlaceholder = 150
	// MaxField is the length of a field's value in characters (Slack and
	// Mattermost: 3,000).
	MaxField = 3000
	// MaxOptions is how many options a Choice has (Slack: 100).
	MaxOptions = 100
	// MaxOption is the length of an option's value in bytes (Slack: 150).
	MaxOption = 150
	// maxIntro bounds a form's intro and its error (Slack: 3,000 a section).
	maxIntro = 3000
)

// Check returns an error that wraps ErrRefused and says which limit a form
// breaks, as [Message.Check] does; nil when every platform can show it.
func (f Form) Check() error {
	c := checker{}
	c.form(f)
	return c.err
}

func (c *checker) form(f Form) {
	if f.Name == "" {
		c.refuse("the form has no Name")
	}
	c.maxBytes("the form's Name", f.Name, MaxLabel)
	c.oneLine("the form's Title", f.Title)
	c.maxRunes("the form's Title", f.Title, MaxTitle)
	c.oneLine("the form's Submit", f.Submit)
	c.maxRunes("the form's Submit", f.Submit, MaxTitle)
	c.optional("the form's Intro", f.Intro)
	c.maxRunes("the form's Intro", f.Intro, maxIntro)
	c.optional("the form's Error", f.Error)
	c.maxRunes("the form's Error", f.Error, maxIntro)
	c.maxBytes("the form's State", f.State, MaxState)
	c.scope("the form's Scope", f.Scope)
	if len(f.Fields) > MaxFields {
		c.refuse("%d fields; a form has at most %d", len(f.Fields), MaxFields)
	}
	if n := f.size(); n > MaxFormSize {
		c.refuse("the form takes %d bytes; at most %d", n, MaxFormSize)
	}
	names := map[string]bool{}
	for i, field := range f.Fields {
		what := fmt.Sprintf("field %d", i+1)
		if names[field.Name] {
			c.refuse("%s has the name of another one", what)
		}
		names[field.Name] = true
		c.field(what, field)
	}
}

// Room for what a platform adds to a field and to an option, in bytes: Slack's JSON
// has the more around them, some 330 and 70 bytes.
const (
	fieldRoom  = 300
	optionRoom = 50
)

// size returns about how many bytes a platform takes to show the form.
func (f Form) size() int {
	content, err := json.Marshal(f)
	if err != nil {
		return 0 // impossible: plain data
	}
	n := len(content) + fieldRoom*len(f.Fields)
	for _, field := range f.Fields {
		n += optionRoom * len(field.Options)
	}
	return n
}

// nameLetters are what a field's name and a scope are made of.
const nameLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

func (c *checker) scope(what, s string) {
	c.maxBytes(what, s, MaxScope)
	if strings.Trim(s, nameLetters) != "" {
		c.refuse("%s: a scope is made of letters, digits, '-', '_' and '.'", what)
	}
}

func (c *checker) field(what string, f Field) {
	if f.Name == "" || strings.Trim(f.Name, nameLetters) != "" {
		c.refuse("%s: a name is made of letters, digits, '-', '_' and '.'", what)
	}
	if f.Kind < Line || f.Kind > Check {
		c.refuse("%s is of an unknown kind", what)
	}
	c.oneLine(what+" Label", f.Label)
	c.maxRunes(what+" Label", f.Label, MaxLabel)
	c.optional(what+" Help", f.Help)
	c.maxRunes(what+" Help", f.Help, MaxHelp)
	c.optional(what+" Placeholder", f.Placeholder)
	c.maxRunes(what+" Placeholder", f.Placeholder, MaxPlaceholder)
	c.optional(what+" Section", f.Section)
	c.maxRunes(what+" Section", f.Section, MaxSection)
	c.optional(what+" Error", f.Error)
	c.optional(what+" Value", f.Value)
	if f.MaxLength < 0 || f.MaxLength > MaxField {
		c.refuse("%s MaxLength is %d; at most %d", what, f.MaxLength, MaxField)
	}
	c.maxRunes(what+" Value", f.Value, f.Longest())
	switch {
	case f.Kind == Choice:
		c.options(what, f)
	case len(f.Options) > 0:
		c.refuse("%s has Options but is no Choice", what)
	case f.Kind == Check && f.Value != "" && f.Value != "yes":
		c.refuse(`%s Value is neither "yes" nor nothing, as a Check's is`, what)
	}
}

func (c *checker) options(what string, f Field) {
	if len(f.Options) == 0 || len(f.Options) > MaxOptions {
		c.refuse("%s has %d Options; 1 to %d", what, len(f.Options), MaxOptions)
	}
	values := map[string]bool{}
	for i, o := range f.Options {
		option := fmt.Sprintf("%s, option %d", what, i+1)
		c.oneLine(option+" Label", o.Label)
		c.maxRunes(option+" Label", o.Label, MaxLabel)
		if o.Value == "" || values[o.Value] {
			c.refuse("%s has an empty Value or another's", option)
		}
		values[o.Value] = true
		c.maxBytes(option+" Value", o.Value, MaxOption)
	}
	if f.Value != "" && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == f.Value }) {
		c.refuse("%s Value is none of its options", what)
	}
}
