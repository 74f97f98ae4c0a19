package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
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
	for name, m := range map[string]chat.Message{
		"text": chat.Say("one line\nand another"),
		"rude": {Text: rude, Blocks: []chat.Block{
			chat.Heading{Text: rude},
			chat.Paragraph{Text: rude},
			chat.Quote{Text: rude, By: rude},
			chat.Items{Items: []string{rude, "second"}},
			chat.Facts{Facts: []chat.Fact{{Name: rude, Value: rude}}},
			chat.Footnote{Text: rude},
			chat.Buttons{Buttons: []chat.Button{{Label: "@all <!here>", Action: "go"}}},
		}},
		"opening": {Text: "The round 2026-Q4 is open.", Key: "opening/2026-Q4", Blocks: []chat.Block{
			chat.Heading{Text: "2026-Q4"},
			chat.Paragraph{Text: "7 of 12 organisations have answered."},
			chat.Facts{Facts: []chat.Fact{{Name: "Due", Value: "22 November 23:59"}, {Name: "Closes", Value: "30 November 23:59"}}},
			chat.Picture{Name: "p.png", Alt: "a line that rises", Title: "Falls"},
			chat.Picture{Name: "q.png", Alt: "what Slack does not have", Title: "Gone"},
			chat.File{Name: "figures.csv"},
			chat.Buttons{Buttons: []chat.Button{{Label: "Submit", Action: "submit", Value: "2026-Q4", Primary: true}, {Label: "Guess", Action: "predict"}, {Label: "Not now", Action: "skip"}}},
			chat.Buttons{Buttons: []chat.Button{{Label: "Help", Action: typedAction, Value: "help"}}},
		}},
		"long": {Text: strings.Repeat("word ", 3000), Blocks: []chat.Block{
			chat.Heading{Text: strings.Repeat("head ", 40)},
			chat.Facts{Facts: []chat.Fact{{Name: "short", Value: "1"}, {Name: "long", Value: strings.Repeat("v ", 1100)}}},
			chat.Items{Items: []string{strings.Repeat("i ", 1400), strings.Repeat("j ", 1400)}},
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
	form := chat.Form{
		Name: "submit", Title: "Submit", Submit: "Send", Intro: "About <!here> falls.", State: "state\nof two lines", Error: "Nothing was said.",
		Fields: []chat.Field{
			{Name: "falls.value", Label: "Falls & more", Help: "of patients", Section: "Safety", Placeholder: "such as 3/412", Value: "1\n2", Error: "That can't be."},
			{Name: "note", Kind: chat.Area, Label: "Note", Section: "Safety", Value: "two\nlines", Optional: true, MaxLength: 200},
			{Name: "list", Kind: chat.Choice, Label: "Checklist", Section: "Work", Value: "y", Options: []chat.Option{{Label: "Yes", Value: "y"}, {Label: "No", Value: "n"}}},
			{Name: "ask_us", Kind: chat.Check, Label: "Ask us", Value: "yes"},
			{Name: "open", Kind: chat.Choice, Label: "Which", Options: []chat.Option{{Label: "A", Value: "a"}}},
		},
	}
	o := p.modals.begin(place{channel: "C1", thread: "1.0"}, form)
	o.id = strings.Repeat("S", 26)
	golden(t, "modal.json", indented(t, p.modals.modal(o)))
	golden(t, "notice.json", indented(t, p.modals.moment("U1")))

	c, err := readState(view{PrivateMetadata: o.metadata()})
	if err != nil || c.state != form.State || c.Name != "submit" || c.Channel != "C1" || c.Thread != "1.0" {
		t.Errorf("what travels with the form: %+v, %v", c, err)
	}
	if _, err := readState(view{PrivateMetadata: "{}"}); err == nil {
		t.Error("a strange form is taken for the bot's")
	}
}

// TestMetadataFits holds the longest that a form may carry against Slack's
// 3,000 characters.
func TestMetadataFits(t *testing.T) {
	p := listening(t)
	form := chat.Form{Name: strings.Repeat("n", chat.MaxLabel), Title: "T", Submit: "S", State: strings.Repeat(`"`, chat.MaxState)}
	if err := form.Check(); err != nil {
		t.Fatal(err)
	}
	o := p.modals.begin(place{channel: strings.Repeat("C", 20), thread: strings.Repeat("1", 20), direct: true, home: true}, form)
	if n := length(o.metadata()); n > maxMetadata {
		t.Errorf("private_metadata has %d characters", n)
	}
}

// TestLargestForm holds the largest forms that a form may be against Slack's limits of
// one modal.
func TestLargestForm(t *testing.T) {
	p := listening(t)
	mistake := strings.Repeat("m", 3000)
	for name, field := range map[string]chat.Field{
		"of lines":        {Label: "l", Placeholder: "p", Help: "h", Optional: true},
		"of long texts":   {Kind: chat.Area, Label: strings.Repeat("l", chat.MaxLabel), Value: strings.Repeat("v", chat.MaxField), Help: strings.Repeat("h", chat.MaxHelp)},
		"of mistakes":     {Label: "l", Error: mistake},
		"of many options": {Kind: chat.Choice, Label: "l", Options: options(chat.MaxOptions, "v")},
		"of long options": {Kind: chat.Choice, Label: "l", Options: options(chat.MaxOptions, strings.Repeat("v", chat.MaxOption-4))},
	} {
		t.Run(name, func(t *testing.T) {
			form := chat.Form{Name: "submit", Title: "T", Submit: "S", Intro: strings.Repeat("i", 3000), Error: mistake}
			for n := range chat.MaxFields + 1 {
				field.Name, field.Section = fmt.Sprint("f", n), strings.Repeat(fmt.Sprint(n%10), chat.MaxSection)
				larger := form
				larger.Fields = append(slices.Clone(form.Fields), field)
				if larger.Check() != nil {
					break
				}
				form = larger
			}
			if n := len(form.Fields); n < 5 || n > chat.MaxFields {
				t.Errorf("it has %d fields", n)
			}
			v := p.modals.modal(p.modals.begin(place{channel: "C1"}, form))
			content, err := json.Marshal(v)
			if n := len(v.Blocks.BlockSet); err != nil || n > maxViewBlock || len(content) > maxViewBytes {
				t.Errorf("%d fields make %d blocks and %d bytes, %v", len(form.Fields), n, len(content), err)
			}
			t.Logf("%d fields make %d blocks and %d bytes", len(form.Fields), len(v.Blocks.BlockSet), len(content))
		})
	}
}

// options are so many, with values that begin with this.
func options(n int, value string) (all []chat.Option) {
	for k := range n {
		all = append(all, chat.Option{Label: fmt.Sprint(k), Value: fmt.Sprint(value, k)})
	}
	return all
}
