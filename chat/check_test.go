package chat_test

import (
	"errors"
	"strings"
	"testing"

	"roundtable/chat"
)

// What is said of a limit that is broken goes to the log: it holds nothing of what people
// wrote, or are called.
func TestCheckTellsNoWords(t *testing.T) {
	const word = "Annasson"
	long := strings.Repeat(word+" ", 900)
	lines := word + "\n" + word
	message := func(b chat.Block) error { return chat.Message{Text: word, Blocks: []chat.Block{b}}.Check() }
	button := func(b chat.Button) error { return message(chat.Buttons{Buttons: []chat.Button{b}}) }
	form := func(change func(*chat.Form)) error {
		f := chat.Form{Name: "f", Title: "T", Submit: "S", Fields: []chat.Field{{Name: "a", Label: word, Kind: chat.Line}}}
		change(&f)
		return f.Check()
	}
	field := func(f chat.Field) error { return form(func(o *chat.Form) { o.Fields = []chat.Field{f} }) }
	for name, err := range map[string]error{
		"a heading":       message(chat.Heading{Text: lines}),
		"a fact":          message(chat.Facts{Facts: []chat.Fact{{Name: word}}}),
		"a fact's name":   message(chat.Facts{Facts: []chat.Fact{{Name: lines, Value: word}}}),
		"a picture":       message(chat.Picture{Name: word, Alt: long}),
		"a file":          message(chat.File{Name: word, MediaType: word}),
		"a label":         button(chat.Button{Label: long, Action: "go"}),
		"no action":       button(chat.Button{Label: word}),
		"an action":       button(chat.Button{Label: word, Action: long}),
		"a scope":         button(chat.Button{Label: word, Action: "go", Scope: word + " " + word}),
		"a value":         button(chat.Button{Label: word, Action: "go", Value: long}),
		"a title":         form(func(f *chat.Form) { f.Title = long }),
		"a submit":        form(func(f *chat.Form) { f.Submit = long }),
		"two fields":      form(func(f *chat.Form) { f.Fields = []chat.Field{{Name: word, Label: word}, {Name: word, Label: word}} }),
		"a field":         field(chat.Field{Name: word + " " + word, Label: word}),
		"a field's value": field(chat.Field{Name: word, Label: word, Value: long, MaxLength: 5}),
		"a check":         field(chat.Field{Name: "a", Label: word, Kind: chat.Check, Value: word}),
		"an option":       field(chat.Field{Name: "a", Label: word, Kind: chat.Choice, Options: []chat.Option{{Label: long, Value: "1"}}}),
		"no option":       field(chat.Field{Name: "a", Label: word, Kind: chat.Choice, Options: []chat.Option{{Label: word}}}),
		"another option":  field(chat.Field{Name: "a", Label: word, Kind: chat.Choice, Value: word, Options: []chat.Option{{Label: word, Value: "1"}}}),
	} {
		switch {
		case !errors.Is(err, chat.ErrRefused):
			t.Errorf("%s: %v, want ErrRefused", name, err)
		case strings.Contains(err.Error(), word):
			t.Errorf("%s: the error holds what somebody wrote: %v", name, err)
		}
	}
}
