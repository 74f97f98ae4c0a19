package playground_test

import (
	"bytes"
	"context"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/playground"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
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

// dot returns a PNG picture.
func dot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opening(answers string) chat.Message {
	return chat.Message{
		Text: "Round 2026-Q1 is open.",
		Key:  "opening/2026-Q1",
		Blocks: []chat.Block{
			chat.Heading{Text: "Falls on the ward, first quarter of 2026"},
			chat.Paragraph{Text: "The round is open. It is voluntary, for learning, and nobody is ranked: skipping is an answer too. What you submit is not shown to others before the round closes."},
			chat.Facts{Facts: []chat.Fact{
				{Name: "Period", Value: "1 January – 31 March 2026"},
				{Name: "Frågor på svenska", Value: "åäö står rakt"},
				{Name: "So far", Value: answers},
			}},
			chat.Buttons{Buttons: []chat.Button{
				{Label: "Submit", Action: "submit", Value: "2026-Q1", Primary: true},
				{Label: "Guess first", Action: "predict", Value: "2026-Q1"},
				{Label: "Not this round", Action: "skip", Value: "2026-Q1"},
			}},
			chat.Footnote{Text: "Due 15 April 2026, 23:59 (Europe/Stockholm)."},
		},
	}
}

func submitForm() chat.Form {
	return chat.Form{
		Name: "submit", Title: "Submit 2026-Q1", Submit: "Submit", State: "2026-Q1",
		Intro: "Leave empty what you did not measure.",
		Fields: []chat.Field{
			{Name: "falls", Section: "Safety", Label: "Falls, of patients", Help: "Last time: 5/398", Placeholder: "such as 3/412", Optional: true},
			{Name: "list", Section: "Safety", Kind: chat.Choice, Label: "Is there a checklist?", Value: "y", Options: []chat.Option{{Label: "Yes", Value: "y"}, {Label: "No", Value: "n"}}},
			{Name: "note", Section: "Context", Kind: chat.Area, Label: "What should others know?", Optional: true},
			{Name: "ask", Section: "Context", Kind: chat.Check, Label: "Others may ask us about it", Value: "yes", Optional: true},
		},
	}
}

func TestTranscript(t *testing.T) {
	c := newChat(t)
	ctx := within(t)
	p := c.Platform("playground")
	var told bytes.Buffer
	style := playground.Style{Zone: time.FixedZone("CET", 3600)}

	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	seen := func(_ playground.Seen, err error) { t.Helper(); must(err) }

	run(t, c, "playground", func(ctx context.Context, in chat.Incoming) chat.Reply {
		say := func(s string) chat.Reply { m := chat.Say(s); return chat.Reply{Message: &m} }
		switch what := in.What.(type) {
		case chat.Typed:
			if what.Text == "open" {
				_, err := p.Post(ctx, in.Channel, chat.PostID{}, opening("0 of 3 organisations"))
				must(err)
				return chat.Reply{}
			}
			return say("I know: open, submit, status. @channel is never pinged.")
		case chat.Pressed:
			f := submitForm()
			return chat.Reply{Form: &f}
		case chat.Filled:
			if what.Values["falls"] == "412/3" {
				f := submitForm()
				f.Fields[0].Error = "There are more falls than patients. Did you mean 3/412?"
				return chat.Reply{Form: &f}
			}
			post, found, err := p.Find(ctx, in.Channel, chat.PostID{}, "opening/2026-Q1")
			if err != nil || !found {
				t.Errorf("Find = %v, %v", found, err)
			}
			must(p.Edit(ctx, post, opening("1 of 3 organisations")))
			return say("Thank you. Kept for Lund: 3/412 (0.7 %).")
		}
		return chat.Reply{}
	})

	seen(c.Type(ctx, anna, ward, "/round help"))
	seen(c.Type(ctx, anna, ward, "@roundtable open"))
	root := c.Posts(ward)[1].ID
	seen(c.Press(ctx, bjorn, root, "Submit"))
	seen(c.Fill(ctx, bjorn, map[string]string{"falls": "412/3", "note": "New ward since February"}))
	seen(c.Fill(ctx, bjorn, map[string]string{"falls": "3/412"}))
	seen(c.Reply(ctx, bjorn, root, "Do we count falls out of bed?\nWe did not, last time.\x1b[31m"))
	_, err := p.Post(ctx, ward, root, chat.Message{
		Text: "Olga asks.", Key: "joined/1",
		Blocks: []chat.Block{
			chat.Quote{Text: "We do. It is in the definition since version 2, @all.", By: "Olga Nord, nurse, Vasa"},
			chat.Picture{Name: "falls.png", Title: "Falls by organisation", Alt: "A funnel plot of falls per 1,000 patients in three organisations. All three are within the limits.", PNG: dot(t)},
			chat.Items{Items: []string{"a short one", strings.Repeat("a long one that has to be wrapped ", 5)}},
			chat.File{Name: "falls.csv", MediaType: "text/csv", Data: make([]byte, 2345)},
		},
	})
	must(err)
	seen(c.React(ctx, anna, root, "bulb"))
	_, err = p.Direct(ctx, anna, chat.Say("The round 2026-Q1 is due in three days."))
	must(err)
	seen(c.Press(ctx, anna, root, "Guess first"))
	must(c.Cancel(anna))
	seen(c.Delete(ctx, anna, c.Thread(root)[0].ID))

	transcript := playground.NewTranscriptWriter(&told, style)
	for _, change := range c.Changes(0) {
		must(transcript.Write(change))
	}
	golden(t, "stream.txt", told.String())
	golden(t, "channel.txt", c.Transcript(ward, bjorn, style))
	narrow := style
	narrow.Width = 50
	golden(t, "narrow.txt", c.Transcript(ward, chat.PersonID{}, narrow))

	var coloured bytes.Buffer
	style.Colour = true
	transcript = playground.NewTranscriptWriter(&coloured, style)
	for _, change := range c.Changes(0) {
		must(transcript.Write(change))
	}
	golden(t, "colour.txt", coloured.String())
	for line := range strings.Lines(told.String()) {
		if n := len([]rune(line)); n > 101 {
			t.Errorf("a line of %d characters: %s", n, line)
		}
	}
}
