package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/bot"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file below testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func indented(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRender(t *testing.T) {
	const rude = "@channel <!here> *bold* _it_ `code` > & <@U123> https://example.org/a?b=c&d."
	for name, m := range map[string]bot.Message{
		"text": bot.Say("one line\nand another"),
		"rude": {Text: rude, Blocks: []bot.Block{
			bot.Heading{Text: rude},
			bot.Paragraph{Text: rude},
			bot.Quote{Text: rude, By: rude},
			bot.Items{Items: []string{rude, "second"}},
			bot.Facts{Facts: []bot.Fact{{Name: rude, Value: rude}}},
			bot.Footnote{Text: rude},
			bot.Buttons{Buttons: []bot.Button{{Label: "@all <!here>", Action: "go"}}},
		}},
		"opening": {Text: "The round 2026-Q4 is open.", Key: "opening/2026-Q4", Blocks: []bot.Block{
			bot.Heading{Text: "2026-Q4"},
			bot.Paragraph{Text: "7 of 12 organisations have answered."},
			bot.Facts{Facts: []bot.Fact{{Name: "Due", Value: "22 November 23:59"}, {Name: "Closes", Value: "30 November 23:59"}}},
			bot.Picture{Name: "p.png", Alt: "a line that rises", Title: "Falls"},
			bot.Picture{Name: "q.png", Alt: "what Slack does not have", Title: "Gone"},
			bot.File{Name: "figures.csv"},
			bot.Buttons{Buttons: []bot.Button{{Label: "Submit", Action: "submit", Value: "2026-Q4", Primary: true}, {Label: "Guess", Action: "predict"}, {Label: "Not now", Action: "skip"}}},
			bot.Buttons{Buttons: []bot.Button{{Label: "Help", Action: typedAction, Value: "help"}}},
		}},
		"long": {Text: strings.Repeat("word ", 3000), Blocks: []bot.Block{
			bot.Heading{Text: strings.Repeat("head ", 40)},
			bot.Facts{Facts: []bot.Fact{{Name: "short", Value: "1"}, {Name: "long", Value: strings.Repeat("v ", 1100)}}},
			bot.Items{Items: []string{strings.Repeat("i ", 1400), strings.Repeat("j ", 1400)}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var shown []any
			for _, part := range divide(m, pieces(m, map[int]string{3: "F1"})) {
				shown = append(shown, map[string]any{"text": part.text, "blocks": part.blocks})
			}
			golden(t, name+".json", indented(t, shown))
		})
	}
}

func TestModal(t *testing.T) {
	p := listening(t)
	form := bot.Form{
		Name: "submit", Title: "Submit", Submit: "Send", Intro: "About <!here> falls.", State: "state\nof two lines", Error: "Nothing was said.",
		Fields: []bot.Field{
			{Name: "falls.value", Label: "Falls & more", Help: "of patients", Section: "Safety", Placeholder: "such as 3/412", Value: "1\n2", Error: "That can't be."},
			{Name: "note", Kind: bot.Area, Label: "Note", Section: "Safety", Value: "two\nlines", Optional: true, MaxLength: 200},
			{Name: "list", Kind: bot.Choice, Label: "Checklist", Section: "Work", Value: "y", Options: []bot.Option{{Label: "Yes", Value: "y"}, {Label: "No", Value: "n"}}},
			{Name: "ask_us", Kind: bot.Check, Label: "Ask us", Value: "yes"},
			{Name: "open", Kind: bot.Choice, Label: "Which", Options: []bot.Option{{Label: "A", Value: "a"}}},
		},
	}
	o := p.begin(place{channel: "C1", thread: "1.0"}, form)
	o.id = strings.Repeat("S", 26)
	golden(t, "modal.json", indented(t, p.modal(o, 0)))
	golden(t, "notice.json", indented(t, p.moment("U1")))

	c, err := readCarried(o.metadata(0))
	if err != nil || c.state != form.State || c.Name != "submit" || c.Channel != "C1" || c.Thread != "1.0" || c.Pages != 1 {
		t.Errorf("what travels with the form: %+v, %v", c, err)
	}
	if _, err := readCarried("{}"); err == nil {
		t.Error("a strange form is taken for the bot's")
	}
}

// TestMetadataFits holds the longest that a form may carry against Slack's
// 3,000 characters.
func TestMetadataFits(t *testing.T) {
	p := listening(t)
	form := bot.Form{Name: strings.Repeat("n", bot.MaxLabel), Title: "T", Submit: "S", State: strings.Repeat(`"`, bot.MaxState)}
	if err := form.Check(); err != nil {
		t.Fatal(err)
	}
	o := p.begin(place{channel: strings.Repeat("C", 20), thread: strings.Repeat("1", 20), direct: true, home: true}, form)
	if n := length(o.metadata(9)); n > 3000 {
		t.Errorf("private_metadata has %d characters", n)
	}
}
