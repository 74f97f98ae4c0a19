package fake

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPayloads sees that forms are read as what they stand for, that what differs
// only in words is kept once, and that what differs in more is kept.
func TestPayloads(t *testing.T) {
	const kind = "test.payloads"
	section := func(text string) string { return `{"text":{"text":"` + text + `","type":"mrkdwn"},"type":"section"}` }
	quoted := func(json string) string { return strings.ReplaceAll(json, `"`, `\"`) }
	for _, payload := range []string{
		`{"token":"xoxb","channel":"C1","text":"a","blocks":"[` + quoted(section("a")) + `]","unfurl_links":"false","length":"12"}`,
		`{"token":"xoxb","channel":"C2","text":"b","blocks":[` + section("b") + `,` + section("c") + `],"unfurl_links":true,"length":7}`,
		`{"channel":"C1","text":"a","blocks":[{"type":"divider"}]}`,
		`{"channel":"C1","text":"no JSON","blocks":"]"}`,
		`["no object"]`,
	} {
		record(kind, json.RawMessage(payload))
	}
	record("view_submission", json.RawMessage(`{}`))
	var got []string
	for _, p := range Payloads() {
		if p.Kind == "view_submission" {
			t.Errorf("a bare acknowledgement was kept: %s", p.Body)
		}
		if p.Kind == kind {
			got = append(got, string(p.Body))
		}
	}
	want := []string{
		`{"blocks":[` + section("a") + `],"channel":"C1","length":12,"text":"a","unfurl_links":false}`,
		`{"blocks":[{"type":"divider"}],"channel":"C1","text":"a"}`,
		`{"blocks":"]","channel":"C1","text":"no JSON"}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
