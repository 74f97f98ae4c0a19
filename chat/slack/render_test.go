package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

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
	golden(t, "modal.json", indented(t, p.modals.modal(o, 0)))
	golden(t, "notice.json", indented(t, p.modals.moment("U1")))

	c, err := readState(carriedBy(o, 0))
	if err != nil || c.state != form.State || c.Name != "submit" || c.Channel != "C1" || c.Thread != "1.0" || c.Pages != 1 {
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
	if n := length(carriedBy(o, 0).PrivateMetadata); n > maxMetadata {
		t.Errorf("private_metadata has %d characters", n)
	}
}

// carriedBy is a page as it comes back, with nothing filled in.
func carriedBy(o *session, page int) (v view) {
	metadata, back := o.state(page)
	v.PrivateMetadata = metadata
	if len(o.pages) > 1 && page > 0 {
		button, err := json.Marshal(map[string]string{"action_id": backAction + "/0", "value": back})
		if err != nil {
			return view{} // impossible: plain data
		}
		v.Blocks = append(v.Blocks, struct {
			Elements []json.RawMessage `json:"elements"`
		}{[]json.RawMessage{[]byte(`{"type":"rich_text_section","elements":[]}`), button}})
	}
	return v
}

// TestOtherPagesFit holds what travels with any page against Slack's limits. What
// fits comes back; what doesn't is the longest, and that is said.
func TestOtherPagesFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := chat.Form{Name: "submit", State: rapid.StringN(0, chat.MaxState, chat.MaxState).Draw(t, "state")}
		o := &session{id: strings.Repeat("S", 26), place: place{channel: "C1", typed: rapid.String().Draw(t, "typed")}}
		if rapid.Bool().Draw(t, "pressed") {
			o.place.again = &chat.Pressed{Action: "submit", Value: rapid.StringN(0, chat.MaxValue, chat.MaxValue).Draw(t, "value")}
		}
		for page := range 3 {
			o.pages = append(o.pages, nil)
			for n := range rapid.IntRange(1, 30).Draw(t, "fields") {
				o.pages[page] = append(o.pages[page], len(f.Fields))
				value := rapid.SampledFrom([]string{"", "3/412", strings.Repeat("ord ", 700), rapid.StringN(0, 2000, -1).Draw(t, "text")}).Draw(t, "answer")
				f.Fields = append(f.Fields, chat.Field{Name: fmt.Sprintf("s%d.f%d", page, n), Value: value})
			}
		}
		o.form = f
		page := rapid.IntRange(0, 2).Draw(t, "page")
		v := carriedBy(o, page)
		if n, m := length(v.PrivateMetadata), len(v.backValue()); n > maxMetadata || m > maxButtonValue {
			t.Fatalf("private_metadata has %d characters, the button %d", n, m)
		}
		c, err := readState(v)
		got, ok := unpack(c.Others)
		if err != nil || !ok || c.state != f.State {
			t.Fatalf("%v, %v, %q", err, ok, c.state)
		}
		want := o.others(page)
		for name, value := range want {
			if is, there := got[name]; is != value && (there || !c.Less) {
				t.Fatalf("%s is %q, want %q", name, is, value)
			}
		}
		if c.Less == (len(got) == len(want)) {
			t.Fatalf("%d of %d values, and less is %v", len(got), len(want), c.Less)
		}
	})
}
