package honest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"roundtable/chat/slack/slacktest"
)

// TestGolden holds the golden files of the adapter against Slack's types: each a
// list of posts, or a modal.
func TestGolden(t *testing.T) {
	t.Parallel()
	p := slackPackages(t)
	paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var payloads []slacktest.Payload
	var of []string
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var posts []json.RawMessage
		if json.Unmarshal(data, &posts) != nil {
			payloads = append(payloads, slacktest.Payload{Kind: "views.open", Body: fmt.Appendf(nil, `{"trigger_id":"1.2","view":%s}`, data)})
			of = append(of, path)
		}
		for _, post := range posts {
			payloads = append(payloads, slacktest.Payload{Kind: "response_url", Body: post})
			of = append(of, path)
		}
	}
	if len(payloads) < 2 {
		t.Fatalf("found no golden files but %v", paths)
	}
	misfits, err := check(t.Context(), p, payloads)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range misfits {
		t.Errorf("%s: %s", of[m.payload], m)
	}
}
