package playground_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"roundtable/bot"
)

func TestMessageLimits(t *testing.T) {
	long := func(n int) string { return strings.Repeat("å", n) }
	blocks := func(b ...bot.Block) bot.Message { return bot.Message{Text: "x", Blocks: b} }
	button := func(b bot.Button) bot.Message { return blocks(bot.Buttons{Buttons: []bot.Button{b}}) }
	many := make([]bot.Block, 51)
	for i := range many {
		many[i] = bot.Paragraph{Text: "x"}
	}
	tests := []struct {
		m    bot.Message
		want string // empty: it is taken
	}{
		{bot.Say("x"), ""},
		{bot.Say(long(16_000)), ""},
		{bot.Say(long(16_001)), "at most 16000"},
		{bot.Message{Text: long(8000), Blocks: []bot.Block{bot.Paragraph{Text: long(8001)}}}, "at most 16000"},
		{bot.Say(" \n"), "Text is empty"},
		{bot.Say("\xff"), "not valid UTF-8"},
		{bot.Message{Text: "x", Key: long(200)}, "Key has 400 bytes"},
		{blocks(many[:50]...), ""},
		{blocks(many...), "51 blocks"},
		{blocks(nil), "unknown kind"},
		{blocks(bot.Heading{}), "block 1 (bot.Heading) is empty"},
		{blocks(bot.Heading{Text: "a\nb"}), "several lines"},
		{blocks(bot.Paragraph{}), "empty"},
		{blocks(bot.Quote{By: "x"}), "empty"},
		{blocks(bot.Quote{Text: "x", By: "\xff"}), "UTF-8"},
		{blocks(bot.Items{}), "empty"},
		{blocks(bot.Items{Items: []string{"x", ""}}), "empty"},
		{blocks(bot.Facts{}), "empty"},
		{blocks(bot.Facts{Facts: []bot.Fact{{Name: "n"}}}), `Value of "n" is empty`},
		{blocks(bot.Footnote{}), "empty"},
		{blocks(bot.File{Name: "f", MediaType: "a/b"}), "no Data"},
		{blocks(bot.File{Name: "f", Data: []byte{1}}), "MediaType is empty"},
		{blocks(bot.Picture{Name: "p", PNG: dot(t)}), "Alt is empty"},
		{blocks(bot.Picture{Name: "p", Alt: long(2001), PNG: dot(t)}), "at most 2000"},
		{blocks(bot.Picture{Name: "p", Alt: "a", PNG: []byte("GIF")}), "not a PNG"},
		{blocks(bot.Picture{Name: "p", Alt: long(2000), PNG: dot(t)}), ""},
		{blocks(bot.Buttons{}), "0 buttons"},
		{blocks(bot.Buttons{Buttons: make([]bot.Button, 6)}), "6 buttons"},
		{blocks(bot.Buttons{Buttons: []bot.Button{{Label: "a", Action: "a", Primary: true}, {Label: "b", Action: "b", Primary: true}}}), "2 Primary"},
		{button(bot.Button{Label: long(75), Action: "a", Value: strings.Repeat("x", 1000)}), ""},
		{button(bot.Button{Label: long(76), Action: "a"}), "has 76 characters; at most 75"},
		{button(bot.Button{Label: "l", Action: "a", Value: long(501)}), "has 1002 bytes; at most 1000"},
		{button(bot.Button{Label: "l"}), "no Action"},
		{button(bot.Button{Action: "a"}), "Label is empty"},
	}
	c := chat(t)
	for i, tt := range tests {
		_, err := c.Platform("playground").Post(within(t), ward, bot.PostID{}, tt.m)
		refusal(t, fmt.Sprint("message ", i), err, tt.want)
	}
}

func refusal(t *testing.T, what string, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: %v", what, err)
	case want != "" && (!errors.Is(err, bot.ErrRefused) || !strings.Contains(err.Error(), want)):
		t.Errorf("%s: %v, want ErrRefused with %q", what, err, want)
	}
}

func TestFormLimits(t *testing.T) {
	long := func(n int) string { return strings.Repeat("å", n) }
	with := func(change func(*bot.Form)) bot.Form {
		f := submitForm()
		change(&f)
		return f
	}
	field := func(change func(*bot.Field)) bot.Form {
		return with(func(f *bot.Form) { change(&f.Fields[0]) })
	}
	list := func(change func(*bot.Field)) bot.Form {
		return with(func(f *bot.Form) { change(&f.Fields[1]) })
	}
	tests := []struct {
		f    bot.Form
		want string
	}{
		{submitForm(), ""},
		{with(func(f *bot.Form) { f.Fields = nil }), ""},
		{with(func(f *bot.Form) { f.Name = "" }), "no Name"},
		{with(func(f *bot.Form) { f.Title = long(24) }), ""},
		{with(func(f *bot.Form) { f.Title = long(25) }), "at most 24"},
		{with(func(f *bot.Form) { f.Submit = "" }), "Submit is empty"},
		{with(func(f *bot.Form) { f.State = long(1001) }), "has 2002 bytes; at most 2000"},
		{with(func(f *bot.Form) { f.Intro = long(3001) }), "at most 3000"},
		{with(func(f *bot.Form) { f.Fields = make([]bot.Field, 101) }), "101 fields"},
		{with(func(f *bot.Form) { f.Fields = append(f.Fields, f.Fields[0]) }), `two fields are named "falls"`},
		{field(func(f *bot.Field) { f.Name = "a b" }), "a name is made of"},
		{field(func(f *bot.Field) { f.Label = "" }), "Label is empty"},
		{field(func(f *bot.Field) { f.Label = long(76) }), "at most 75"},
		{field(func(f *bot.Field) { f.Help = long(601) }), "at most 600"},
		{field(func(f *bot.Field) { f.Placeholder = long(151) }), "at most 150"},
		{field(func(f *bot.Field) { f.MaxLength = 3001 }), "MaxLength"},
		{field(func(f *bot.Field) { f.MaxLength, f.Value = 2, "abc" }), "at most 2"},
		{field(func(f *bot.Field) { f.Kind = 9 }), "unknown kind"},
		{field(func(f *bot.Field) { f.Options = []bot.Option{{Label: "a", Value: "b"}} }), "no Choice"},
		{field(func(f *bot.Field) { f.Kind, f.Value = bot.Check, "no" }), "a Check holds"},
		{list(func(f *bot.Field) { f.Options = nil }), "0 Options"},
		{list(func(f *bot.Field) { f.Value = "z" }), "none of its options"},
		{list(func(f *bot.Field) { f.Options[1].Value = "y" }), "another's"},
		{list(func(f *bot.Field) { f.Options[1].Label = long(76) }), "at most 75"},
		{list(func(f *bot.Field) { f.Options[1].Value = long(76) }), "at most 150"},
	}
	c := chat(t)
	ctx := within(t)
	var form bot.Form
	run(t, c, "playground", func(context.Context, bot.Incoming) bot.Reply { return bot.Reply{Form: &form} })
	for i, tt := range tests {
		form = tt.f
		_, err := c.Type(ctx, anna, ward, "/round form")
		refusal(t, fmt.Sprint("form ", i), err, tt.want)
	}
	post, err := c.Platform("playground").Post(ctx, ward, bot.PostID{}, bot.Say("x"))
	if err != nil {
		t.Fatal(err)
	}
	form = submitForm()
	_, err = c.Reply(ctx, anna, post, "a thought")
	refusal(t, "a form in answer to what was said", err, "only in answer to")
}
