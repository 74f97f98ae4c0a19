package playground_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"roundtable/chat"
)

func TestMessageLimits(t *testing.T) {
	long := func(n int) string { return strings.Repeat("å", n) }
	blocks := func(b ...chat.Block) chat.Message { return chat.Message{Text: "x", Blocks: b} }
	button := func(b chat.Button) chat.Message { return blocks(chat.Buttons{Buttons: []chat.Button{b}}) }
	many := make([]chat.Block, 51)
	for i := range many {
		many[i] = chat.Paragraph{Text: "x"}
	}
	tests := []struct {
		m    chat.Message
		want string // empty: it is taken
	}{
		{chat.Say("x"), ""},
		{chat.Say(long(16_000)), ""},
		{chat.Say(long(16_001)), "at most 16000"},
		{chat.Message{Text: long(8000), Blocks: []chat.Block{chat.Paragraph{Text: long(8001)}}}, "at most 16000"},
		{chat.Say(" \n"), "Text is empty"},
		{chat.Say("\xff"), "not valid UTF-8"},
		{chat.Message{Text: "x", Key: long(200)}, "Key has 400 bytes"},
		{blocks(many[:50]...), ""},
		{blocks(many...), "51 blocks"},
		{blocks(nil), "unknown kind"},
		{blocks(chat.Heading{}), "block 1 (chat.Heading) is empty"},
		{blocks(chat.Heading{Text: "a\nb"}), "several lines"},
		{blocks(chat.Paragraph{}), "empty"},
		{blocks(chat.Quote{By: "x"}), "empty"},
		{blocks(chat.Quote{Text: "x", By: "\xff"}), "UTF-8"},
		{blocks(chat.Items{}), "empty"},
		{blocks(chat.Items{Items: []string{"x", ""}}), "empty"},
		{blocks(chat.Facts{}), "empty"},
		{blocks(chat.Facts{Facts: []chat.Fact{{Name: "n"}}}), "block 1 (chat.Facts), fact 1 Value is empty"},
		{blocks(chat.Footnote{}), "empty"},
		{blocks(chat.File{Name: "f", MediaType: "a/b"}), "no Data"},
		{blocks(chat.File{Name: "f", Data: []byte{1}}), "MediaType is empty"},
		{blocks(chat.Picture{Name: "p", PNG: dot(t)}), "Alt is empty"},
		{blocks(chat.Picture{Name: "p", Alt: long(2001), PNG: dot(t)}), "at most 2000"},
		{blocks(chat.Picture{Name: "p", Alt: "a", PNG: []byte("GIF")}), "not a PNG"},
		{blocks(chat.Picture{Name: "p", Alt: long(2000), PNG: dot(t)}), ""},
		{blocks(chat.Buttons{}), "0 buttons"},
		{blocks(chat.Buttons{Buttons: make([]chat.Button, 6)}), "6 buttons"},
		{blocks(chat.Buttons{Buttons: []chat.Button{{Label: "a", Action: "a", Primary: true}, {Label: "b", Action: "b", Primary: true}}}), "2 Primary"},
		{button(chat.Button{Label: long(75), Action: "a", Value: strings.Repeat("x", 1000)}), ""},
		{button(chat.Button{Label: long(76), Action: "a"}), "has 76 characters; at most 75"},
		{button(chat.Button{Label: "l", Action: "a", Value: long(501)}), "has 1002 bytes; at most 1000"},
		{button(chat.Button{Label: "l"}), "no Action"},
		{button(chat.Button{Action: "a"}), "Label is empty"},
	}
	c := newChat(t)
	for i, tt := range tests {
		_, err := c.Platform("playground").Post(within(t), ward, chat.PostID{}, tt.m)
		refusal(t, fmt.Sprint("message ", i), err, tt.want)
	}
}

func refusal(t *testing.T, what string, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: %v", what, err)
	case want != "" && (!errors.Is(err, chat.ErrRefused) || !strings.Contains(err.Error(), want)):
		t.Errorf("%s: %v, want ErrRefused with %q", what, err, want)
	}
}

func TestFormLimits(t *testing.T) {
	long := func(n int) string { return strings.Repeat("å", n) }
	with := func(change func(*chat.Form)) chat.Form {
		f := submitForm()
		change(&f)
		return f
	}
	field := func(change func(*chat.Field)) chat.Form {
		return with(func(f *chat.Form) { change(&f.Fields[0]) })
	}
	list := func(change func(*chat.Field)) chat.Form {
		return with(func(f *chat.Form) { change(&f.Fields[1]) })
	}
	tests := []struct {
		f    chat.Form
		want string
	}{
		{submitForm(), ""},
		{with(func(f *chat.Form) { f.Fields = nil }), ""},
		{with(func(f *chat.Form) { f.Name = "" }), "no Name"},
		{with(func(f *chat.Form) { f.Title = long(24) }), ""},
		{with(func(f *chat.Form) { f.Title = long(25) }), "at most 24"},
		{with(func(f *chat.Form) { f.Submit = "" }), "Submit is empty"},
		{with(func(f *chat.Form) { f.State = long(1001) }), "has 2002 bytes; at most 2000"},
		{with(func(f *chat.Form) { f.Intro = long(3001) }), "at most 3000"},
		{with(func(f *chat.Form) { f.Fields = make([]chat.Field, 101) }), "101 fields"},
		{with(func(f *chat.Form) { f.Fields = append(f.Fields, f.Fields[0]) }), "has the name of another one"},
		{field(func(f *chat.Field) { f.Name = "a b" }), "a name is made of"},
		{field(func(f *chat.Field) { f.Label = "" }), "Label is empty"},
		{field(func(f *chat.Field) { f.Label = long(76) }), "at most 75"},
		{field(func(f *chat.Field) { f.Help = long(601) }), "at most 600"},
		{field(func(f *chat.Field) { f.Placeholder = long(151) }), "at most 150"},
		{field(func(f *chat.Field) { f.MaxLength = 3001 }), "MaxLength"},
		{field(func(f *chat.Field) { f.MaxLength, f.Value = 2, "abc" }), "at most 2"},
		{field(func(f *chat.Field) { f.Kind = 9 }), "unknown kind"},
		{field(func(f *chat.Field) { f.Options = []chat.Option{{Label: "a", Value: "b"}} }), "no Choice"},
		{field(func(f *chat.Field) { f.Kind, f.Value = chat.Check, "no" }), `neither "yes" nor nothing, as a Check's is`},
		{list(func(f *chat.Field) { f.Options = nil }), "0 Options"},
		{list(func(f *chat.Field) { f.Value = "z" }), "none of its options"},
		{list(func(f *chat.Field) { f.Options[1].Value = "y" }), "another's"},
		{list(func(f *chat.Field) { f.Options[1].Label = long(76) }), "at most 75"},
		{list(func(f *chat.Field) { f.Options[1].Value = long(76) }), "at most 150"},
	}
	c := newChat(t)
	ctx := within(t)
	var form chat.Form
	run(t, c, "playground", func(context.Context, chat.Incoming) chat.Reply { return chat.Reply{Form: &form} })
	for i, tt := range tests {
		form = tt.f
		_, err := c.Type(ctx, anna, ward, "/round form")
		refusal(t, fmt.Sprint("form ", i), err, tt.want)
	}
	post, err := c.Platform("playground").Post(ctx, ward, chat.PostID{}, chat.Say("x"))
	if err != nil {
		t.Fatal(err)
	}
	form = submitForm()
	_, err = c.Reply(ctx, anna, post, "a thought")
	refusal(t, "a form in answer to what was said", err, "only in answer to")
}
