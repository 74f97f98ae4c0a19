package honest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"roundtable/chat/slack/slacktest"
)

// slackPackages are Slack's code, installed; without them the test is left out, loudly.
func slackPackages(t *testing.T) Peer {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	p, err := packages().Install(ctx)
	if err != nil && os.Getenv("ROUNDTABLE_REQUIRE_PEERS") == "1" {
		t.Fatal(err)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "*** %s IS LEFT OUT: %v ***\n", t.Name(), err)
		t.Skip("no Node with npm")
	}
	return p
}

// TestLock sees that what is installed says nowhere to fetch it from, and is
// exact.
func TestLock(t *testing.T) {
	t.Parallel()
	if strings.Contains(string(packageLock), `"resolved"`) {
		t.Error("package-lock.json names a registry: write it with omit-lockfile-registry-resolved=true")
	}
	var pkg struct{ Dependencies map[string]string }
	if err := json.Unmarshal(packageJSON, &pkg); err != nil {
		t.Fatal(err)
	}
	for name, version := range pkg.Dependencies {
		if strings.ContainsAny(version, "^~*<>x ") {
			t.Errorf("%s %s: not one version", name, version)
		}
	}
	if len(pkg.Dependencies) == 0 {
		t.Error("nothing is installed")
	}
}

// TestCheck plants payloads that Slack's types take and others that they don't:
// one for each kind, so that no kind is let through unseen.
func TestCheck(t *testing.T) {
	t.Parallel()
	p := slackPackages(t)
	const (
		section = `{"type":"section","text":{"type":"mrkdwn","text":"x"}}`
		typo    = `{"type":"section","txt":{"type":"mrkdwn","text":"x"}}`
		list    = `{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","offset":0,"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}]}`
		modal   = `{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[%s]}`
	)
	good, bad := fmt.Sprintf(modal, section), fmt.Sprintf(modal, typo)
	var fits, misfits []slacktest.Payload
	for kind, planted := range map[string]struct{ good, bad []string }{
		"chat.postMessage": {
			good: []string{`{"channel":"C1","text":"x"}`, `{"channel":"C1","text":"x","thread_ts":"1.2","blocks":[` + section + `]}`, `{"channel":"C1","text":"x","blocks":[` + list + `]}`},
			bad:  []string{`{"channel":"C1","text":1}`, `{"channel":"C1","text":"x","blocks":[` + typo + `]}`, `{"channel":"C1","text":"x","blocks":[{"type":"sektion"}]}`, `{"channel":"C1","text":"x","blocks":[` + strings.Replace(list, "bullet", "round", 1) + `]}`},
		},
		"chat.postEphemeral":           {[]string{`{"channel":"C1","user":"U1","text":"x"}`}, []string{`{"channel":"C1","text":"x"}`}},
		"chat.update":                  {[]string{`{"channel":"C1","ts":"1.2","text":"x"}`}, []string{`{"channel":"C1","text":"x"}`}},
		"files.getUploadURLExternal":   {[]string{`{"filename":"a","length":1,"alt_txt":"x"}`}, []string{`{"filename":"a","length":"1"}`, `{"filename":"a","length":1,"alt_txt":1}`}},
		"files.completeUploadExternal": {[]string{`{"files":[{"id":"F1"}],"channel_id":"C1"}`}, []string{`{"files":[],"channel_id":"C1"}`}},
		"conversations.replies":        {[]string{`{"channel":"C1","ts":"1.2","limit":1}`}, []string{`{"channel":"C1","limit":1}`}},
		"url_verification":             {[]string{`{"challenge":"x"}`}, []string{`{"text":"x"}`}},
		"chat.invented":                {nil, []string{`{"channel":"C1"}`}},
		"views.open":                   {[]string{`{"trigger_id":"1","view":` + good + `}`}, []string{`{"trigger_id":"1","view":` + bad + `}`, `{"view":` + good + `}`}},
		"views.push":                   {[]string{`{"trigger_id":"1","view":` + good + `}`}, []string{`{"trigger_id":"1","view":` + bad + `}`}},
		"views.update":                 {[]string{`{"view_id":"V1","hash":"1","view":` + good + `}`}, []string{`{"hash":"1","view":` + good + `}`}},
		"views.publish":                {[]string{`{"user_id":"U1","view":{"type":"home","blocks":[` + section + `]}}`}, []string{`{"user_id":"U1","view":` + good + `}`}},
		"response_url":                 {[]string{`{"text":"x","replace_original":false}`}, []string{`{"text":"x","replaces_original":false}`}},
		"slash_command":                {[]string{`{"text":"x","response_type":"ephemeral"}`}, []string{`{"text":"x","response_type":"private"}`}},
		"view_submission": {
			good: []string{`{"response_action":"errors","errors":{"b":"x"}}`, `{"response_action":"update","view":` + good + `}`},
			bad:  []string{`{"response_action":"errors","errors":["x"]}`, `{"response_action":"update","view":` + bad + `}`, `{"response_action":"close"}`},
		},
	} {
		for _, body := range planted.good {
			fits = append(fits, slacktest.Payload{Kind: kind, Body: json.RawMessage(body)})
		}
		for _, body := range planted.bad {
			misfits = append(misfits, slacktest.Payload{Kind: kind, Body: json.RawMessage(body)})
		}
	}
	found, err := check(t.Context(), p, fits)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range found {
		t.Error(m)
	}
	found, err = check(t.Context(), p, misfits)
	if err != nil {
		t.Fatal(err)
	}
	for i, payload := range misfits {
		if !slices.ContainsFunc(found, func(m misfit) bool { return m.payload == i }) {
			t.Errorf("%s: %s was taken", payload.Kind, payload.Body)
		}
	}
	for kind := range expectations { // of calls without members to look at, one kind stands for all
		if of := func(p slacktest.Payload) bool { return p.Kind == kind }; !slices.ContainsFunc(fits, of) || !slices.ContainsFunc(misfits, of) {
			t.Errorf("nothing of kind %s is planted", kind)
		}
	}
	if found, err := check(t.Context(), p, []slacktest.Payload{{Kind: "block_actions", Body: json.RawMessage(`{"text":"x"}`)}}); err == nil {
		t.Errorf("a kind that nobody knows was taken: %v", found)
	}
}

// TestExamine sees that a wrong payload fails the tests of a package.
func TestExamine(t *testing.T) {
	slackPackages(t)
	var said strings.Builder
	for body, code := range map[string]int{`{"channel":"C1","text":"x"}`: 0, `{"text":"x"}`: 1} {
		if got := examine([]slacktest.Payload{{Kind: "chat.postMessage", Body: json.RawMessage(body)}}, &said); got != code {
			t.Errorf("%s: exit code %d, want %d: %s", body, got, code, said.String())
		}
	}
	if !strings.Contains(said.String(), "chat.postMessage is no web.ChatPostMessageArguments") {
		t.Errorf("said %q", said.String())
	}
}
