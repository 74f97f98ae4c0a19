package mattermost

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/bot"
)

var update = flag.Bool("update", false, "write the golden files")

// plain makes buttons without what is sealed in them.
func plain(b bot.Button) (*model.PostAction, error) {
	return &model.PostAction{Name: label(b.Label), Tooltip: b.Action + " " + b.Value}, nil
}

// written is a rendered message for people to read; the character that nobody
// sees is a point.
func written(r rendered) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.message)
	for _, a := range r.attachments {
		fmt.Fprintf(&b, "== attachment %q\n%s\n", a.Fallback, a.Text)
		for _, x := range a.Actions {
			fmt.Fprintf(&b, "[%s] %s: %s\n", x.Name, x.Id, x.Tooltip)
		}
	}
	for _, f := range r.files {
		fmt.Fprintf(&b, "== file %s, %d bytes\n", f.name, len(f.data))
	}
	return strings.ReplaceAll(b.String(), joint, "·")
}

func TestRender(t *testing.T) {
	const rude = "@all *x* _y_ `z` [l](u) <b> #t :bulb: | ~c"
	messages := map[string]bot.Message{
		"text": bot.Say("One line\n- and another"),
		"blocks": {Text: "all", Blocks: []bot.Block{
			bot.Heading{Text: "Falls in C#"},
			bot.Paragraph{Text: "Round 4 is open.\n# not a heading"},
			bot.Quote{Text: "We moved the beds.\n\n> Really.", By: "Anna, nurse, Lund"},
			bot.Quote{Text: "Nobody's."},
			bot.Items{Items: []string{"one", "two\nin two lines", "- three"}},
			bot.Facts{Facts: []bot.Fact{{Name: "Due", Value: "30 Nov"}, {Name: "Answers", Value: "7 of 12\norganisations"}}},
			bot.Picture{Name: "falls.png", Title: "Falls", Alt: "Ten hospitals, all within the limits.", PNG: []byte("png")},
			bot.Picture{Name: "bare.png", Alt: "No title.", PNG: []byte("png")},
			bot.File{Name: "falls.csv", MediaType: "text/csv", Data: []byte("a;b")},
			bot.Buttons{Buttons: []bot.Button{{Label: "Submit", Action: "submit", Value: "r4", Primary: true}, {Label: "Not now", Action: "skip"}}},
			bot.Paragraph{Text: "Below the buttons."},
			bot.Buttons{Buttons: []bot.Button{{Label: "Ask", Action: "ask"}}},
			bot.Footnote{Text: "For learning.\n\nNot for ranking_"},
		}},
		"rude": {Text: rude, Blocks: []bot.Block{
			bot.Heading{Text: rude},
			bot.Paragraph{Text: rude},
			bot.Quote{Text: rude, By: rude},
			bot.Items{Items: []string{rude}},
			bot.Facts{Facts: []bot.Fact{{Name: rude, Value: rude}}},
			bot.Picture{Name: "x.png", Title: rude, Alt: rude},
			bot.Buttons{Buttons: []bot.Button{{Label: rude, Action: "x"}}},
			bot.Footnote{Text: rude},
		}},
		"buttons": {Text: "nothing but a button", Blocks: []bot.Block{bot.Buttons{Buttons: []bot.Button{{Label: "Go", Action: "go"}}}}},
	}
	for name, m := range messages {
		r, err := render(m, plain)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name+".golden")
		got := written(r)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What is too long for the message of a post goes on below it; nothing is cut.
func TestRenderLong(t *testing.T) {
	stars := strings.Repeat("*", 5000)
	for name, m := range map[string]bot.Message{
		"text":   bot.Say(strings.Repeat("*", bot.MaxText-10)),
		"blocks": {Text: "x", Blocks: []bot.Block{bot.Paragraph{Text: stars}, bot.Paragraph{Text: stars}, bot.Paragraph{Text: stars}}},
	} {
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		r, err := render(m, plain)
		if err != nil {
			t.Fatal(err)
		}
		all := r.message
		for _, a := range r.attachments {
			all += a.Text
		}
		if n := utf8.RuneCountInString(r.message); n > maxMessage {
			t.Errorf("%s: the message has %d characters", name, n)
		}
		if got, want := strings.Count(all, `\*`), strings.Count(m.Text, "*")+15_000*min(1, len(m.Blocks)); got != want {
			t.Errorf("%s: %d stars of %d are there", name, got, want)
		}
	}
}
