package honest

import (
	"encoding/json"
	"testing"

	"go.yaml.in/yaml/v4"

	"roundtable/chat/slack"
	"roundtable/chat/slack/slacktest"
	"roundtable/locale"
)

// TestManifest sees that Slack's types take the manifests that we print, and not
// just anything.
func TestManifest(t *testing.T) {
	t.Parallel()
	p := slackPackages(t)
	var payloads []slacktest.Payload
	words := func(id string) string { return locale.For("sv").T(id) }
	for _, o := range []slack.ManifestOptions{
		{T: words, Trigger: "round", Features: slack.AllFeatures},
		{T: words, Trigger: "round"},
		{T: words, Trigger: "runda", Name: "Runda bordet", Connection: "hospital", PublicURL: "https://roundtable.example.org", Features: slack.AllFeatures},
	} {
		text, err := slack.Manifest(o)
		if err != nil {
			t.Fatal(err)
		}
		var manifest map[string]any
		if err := yaml.Unmarshal(text, &manifest); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		data, err := json.Marshal(map[string]any{"manifest": manifest})
		if err != nil {
			t.Fatal(err)
		}
		payloads = append(payloads, slacktest.Payload{Kind: "apps.manifest.validate", Body: data})
	}
	misfits, err := check(t.Context(), p, payloads)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range misfits {
		t.Error(m)
	}
	wrong := json.RawMessage(`{"manifest":{"display_information":{"name":"x"},"settings":{"event_subscriptions":{"bot_events":["no_such_event"]}}}}`)
	if misfits, err := check(t.Context(), p, []slacktest.Payload{{Kind: "apps.manifest.validate", Body: wrong}}); err != nil || len(misfits) == 0 {
		t.Errorf("an event that isn't was taken: %v", err)
	}
}
