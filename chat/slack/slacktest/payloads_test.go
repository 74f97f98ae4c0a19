package slacktest

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPayloads sees that forms are read as what they stand for, that what differs
// only in words is kept once, and that what differs in more is kept.
func TestPayloads(t *testing.T) {
	const kind = "test.payloads"
	section := func(text string) string { return `{"type":"section","text":{"type":"mrkdwn","text":"` + text + `"}}` }
	for _, args := range []map[string]any{
		{"token": "xoxb", "channel": "C1", "text": "a", "blocks": "[" + section("a") + "]", "unfurl_links": "false", "length": "12"},
		{"token": "xoxb", "channel": "C2", "text": "b", "blocks": "[" + section("b") + "," + section("c") + "]", "unfurl_links": "true", "length": "7"},
		{"channel": "C1", "text": "a", "blocks": []any{map[string]any{"type": "divider"}}},
		{"channel": "C1", "text": "no JSON", "blocks": "]"},
		{"token": "xoxb"},
	} {
		record(kind, args)
	}
	var got []string
	for _, p := range Payloads() {
		if p.Kind == kind {
			got = append(got, string(p.Body))
		}
	}
	want := []string{
		`{"blocks":[` + reordered(t, section("a")) + `],"channel":"C1","length":12,"text":"a","unfurl_links":false}`,
		`{"blocks":[{"type":"divider"}],"channel":"C1","text":"a"}`,
		`{"blocks":"]","channel":"C1","text":"no JSON"}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// reordered is JSON as Go writes it.
func reordered(t *testing.T, text string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
