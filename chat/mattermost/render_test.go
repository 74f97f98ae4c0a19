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

	"roundtable/chat"
)

var update = flag.Bool("update", false, "write the golden files")

// plain makes buttons without what is sealed in them.
func plain(b chat.Button) (*model.PostAction, error) {
	return &model.PostAction{Name: plainLabel(b.Label), Tooltip: b.Action + " " + b.Value}, nil
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
	return strings.ReplaceAll(b.String(), zeroWidth, "·")
}

func TestRender(t *testing.T) {
	const rude = "@all *x* _y_ `z` [l](u) <b> #t :bulb: | ~c"
	messages := map[string]chat.Message{
		"text": chat.Say("One line\n- and another"),
		"blocks": {Text: "all", Blocks: []chat.Block{
			chat.Heading{Text: "Falls in C#"},
			chat.Paragraph{Text: "Round 4 is open.\n# not a heading"},
			chat.Quote{Text: "We moved the beds.\n\n> Really.", By: "Anna, nurse, Lund"},
			chat.Quote{Text: "Nobody's."},
			chat.Items{Items: []string{"one", "two\nin two lines", "- three"}},
			chat.Facts{Facts: []chat.Fact{{Name: "Due", Value: "30 Nov"}, {Name: "Answers", Value: "7 of 12\norganisations"}}},
			chat.Picture{Name: "falls.png", Title: "Falls", Alt: "Ten hospitals, all within the limits.", PNG: []byte("png")},
			chat.Picture{Name: "bare.png", Alt: "No title.", PNG: []byte("png")},
			chat.File{Name: "falls.csv", MediaType: "text/csv", Data: []byte("a;b")},
			chat.Buttons{Buttons: []chat.Button{{Label: "Submit", Action: "submit", Value: "r4", Primary: true}, {Label: "Not now", Action: "skip"}}},
			chat.Paragraph{Text: "Below the buttons."},
			chat.Buttons{Buttons: []chat.Button{{Label: "Ask", Action: "ask"}}},
			chat.Footnote{Text: "For learning.\n\nNot for ranking_"},
		}},
		"rude": {Text: rude, Blocks: []chat.Block{
			chat.Heading{Text: rude},
			chat.Paragraph{Text: rude},
			chat.Quote{Text: rude, By: rude},
			chat.Items{Items: []string{rude}},
			chat.Facts{Facts: []chat.Fact{{Name: rude, Value: rude}}},
			chat.Picture{Name: "x.png", Title: rude, Alt: rude},
			chat.Buttons{Buttons: []chat.Button{{Label: rude, Action: "x"}}},
			chat.Footnote{Text: rude},
		}},
		"buttons": {Text: "nothing but a button", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}}}}},
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
	for name, m := range map[string]chat.Message{
		"text":   chat.Say(strings.Repeat("*", chat.MaxText-10)),
		"blocks": {Text: "x", Blocks: []chat.Block{chat.Paragraph{Text: stars}, chat.Paragraph{Text: stars}, chat.Paragraph{Text: stars}}},
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
