package chat

import (
	"fmt"
	"slices"
	"strings"
)

// Limits of forms, besides those of package
const (
	// MaxFields is how many fields a form has (Slack: 100 blocks a modal).
	MaxFields = 100
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
// breaks; nil when every platform can show it.
func (f Form) Check() error {
	c := checker{}
	c.form(f)
	return c.err
}

func (c *checker) form(f Form) {
	if f.Name == "" {
		c.refuse("the form has no Name")
	}
	c.bytes("the form's Name", f.Name, MaxLabel)
	c.oneLine("the form's Title", f.Title)
	c.atMost(fmt.Sprintf("the form's Title %q", f.Title), f.Title, MaxTitle)
	c.oneLine("the form's Submit", f.Submit)
	c.atMost(fmt.Sprintf("the form's Submit %q", f.Submit), f.Submit, MaxTitle)
	c.maybe("the form's Intro", f.Intro)
	c.atMost("the form's Intro", f.Intro, maxIntro)
	c.maybe("the form's Error", f.Error)
	c.atMost("the form's Error", f.Error, maxIntro)
	c.bytes("the form's State", f.State, MaxState)
	c.scope("the form's Scope", f.Scope)
	if len(f.Fields) > MaxFields {
		c.refuse("%d fields; a form has at most %d", len(f.Fields), MaxFields)
	}
	names := map[string]bool{}
	for _, field := range f.Fields {
		if names[field.Name] {
			c.refuse("two fields are named %q", field.Name)
		}
		names[field.Name] = true
		c.field(fmt.Sprintf("the field %q", field.Name), field)
	}
}

// nameLetters are what a field's name and a scope are made of.
const nameLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

func (c *checker) scope(what, s string) {
	c.bytes(what, s, MaxScope)
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
	c.atMost(what+" Label", f.Label, MaxLabel)
	c.maybe(what+" Help", f.Help)
	c.atMost(what+" Help", f.Help, MaxHelp)
	c.maybe(what+" Placeholder", f.Placeholder)
	c.atMost(what+" Placeholder", f.Placeholder, MaxPlaceholder)
	c.maybe(what+" Section", f.Section)
	c.maybe(what+" Error", f.Error)
	c.maybe(what+" Value", f.Value)
	if f.MaxLength < 0 || f.MaxLength > MaxField {
		c.refuse("%s MaxLength is %d; at most %d", what, f.MaxLength, MaxField)
	}
	c.atMost(what+" Value", f.Value, f.Longest())
	switch {
	case f.Kind == Choice:
		c.options(what, f)
	case len(f.Options) > 0:
		c.refuse("%s has Options but is no Choice", what)
	case f.Kind == Check && f.Value != "" && f.Value != "yes":
		c.refuse(`%s Value is %q; a Check holds "yes" or nothing`, what, f.Value)
	}
}

func (c *checker) options(what string, f Field) {
	if len(f.Options) == 0 || len(f.Options) > MaxOptions {
		c.refuse("%s has %d Options; 1 to %d", what, len(f.Options), MaxOptions)
	}
	values := map[string]bool{}
	for _, o := range f.Options {
		c.oneLine(what+" option's Label", o.Label)
		c.atMost(fmt.Sprintf("%s option's Label %q", what, o.Label), o.Label, MaxLabel)
		if o.Value == "" || values[o.Value] {
			c.refuse("%s: the option %q has an empty Value or another's", what, o.Label)
		}
		values[o.Value] = true
		c.bytes(fmt.Sprintf("%s: the Value of the option %q", what, o.Label), o.Value, MaxOption)
	}
	if f.Value != "" && !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == f.Value }) {
		c.refuse("%s Value %q is none of its options", what, f.Value)
	}
}

// Longest is how many characters the field takes.
func (f Field) Longest() int {
	if f.MaxLength > 0 {
		return f.MaxLength
	}
	return MaxField
}
