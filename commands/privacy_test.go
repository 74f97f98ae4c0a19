package commands_test

import (
	"encoding/json"
	"strings"
	"testing"

	"roundtable/chat"
)

// The file that somebody gets is read by people and programs: it has their own words,
// each as what it is, and nothing that others wrote, called themselves or are called
// by their platform.
func TestPrivacyFile(t *testing.T) {
	s := openStage(t)
	do := func(who, text string) chat.Reply {
		t.Helper()
		p, err := s.chat.Platform(homeConnection).Person(s.ctx, person(who))
		if err != nil {
			t.Fatal(err)
		}
		s.entered++
		return s.commands.Handle(s.ctx, chat.Incoming{ID: who + text, From: p, Channel: s.channel, What: chat.Typed{Text: text}})
	}
	for _, p := range []chat.Person{{ID: person("anna"), Name: "Anna Berg"}, {ID: person("bo"), Name: "Bo Ek"}} {
		if err := s.chat.Join(p); err != nil {
			t.Fatal(err)
		}
	}
	do("anna", "join North")
	do("bo", "join South")
	do("anna", "learn =HYPERLINK(Anna’s own) <b>words</b>")
	do("bo", "learn Bo’s own words")
	do("anna", "away +3")
	var file struct {
		About    string   `json:"about"`
		ReadMe   []string `json:"read_me"`
		Networks []struct {
			You   []string `json:"you"`
			Wrote []struct {
				As, Text string
			} `json:"you_wrote"`
			Log []map[string]any `json:"log"`
		} `json:"networks"`
	}
	m := do("anna", "privacy get").Message
	if m == nil {
		t.Fatal("no answer")
	}
	data := ""
	for _, b := range m.Blocks {
		if f, is := b.(chat.File); is {
			data = string(f.Data)
		}
	}
	if err := json.Unmarshal([]byte(data), &file); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	if len(file.Networks) != 1 || file.About == "" || len(file.ReadMe) != 5 {
		t.Fatalf("the file is %s", data)
	}
	n := file.Networks[0]
	if len(n.Wrote) != 1 || n.Wrote[0].As != "learning" || n.Wrote[0].Text != "=HYPERLINK(Anna’s own) <b>words</b>" {
		t.Errorf("she wrote %+v", n.Wrote)
	}
	if !strings.Contains(strings.Join(n.You, "\n"), "Anna Berg") || len(n.Log) < 4 {
		t.Errorf("she is %q, with %d events", n.You, len(n.Log))
	}
	for _, others := range []string{"Bo", "Ruth", "ruth"} {
		if strings.Contains(data, others) {
			t.Errorf("the file tells of %s: %s", others, data)
		}
	}
	if m := do("bo", "privacy erase p2 yes").Message; m == nil || !strings.Contains(m.Text, "Only a facilitator") {
		t.Errorf("bo erases anna: %+v", m)
	}
	if m := do("ruth", "privacy erase p2 yes").Message; m == nil || !strings.Contains(m.Text, "Everybody erases themselves") {
		t.Errorf("ruth erases anna: %+v", m)
	}
}
