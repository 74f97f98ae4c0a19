package slack

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"go.yaml.in/yaml/v4"

	"roundtable/locale"
)

func english(id string) string { return locale.For("en").T(id) }
func swedish(id string) string { return locale.For("sv").T(id) }

func TestManifest(t *testing.T) {
	for name, o := range map[string]ManifestOptions{
		"manifest-socket.yaml": {T: english, Trigger: "round", Features: AllFeatures},
		"manifest-http.yaml":   {T: swedish, Name: `Lärande "bord"`, Connection: "hospital", PublicURL: "https://bot.example.org/", Trigger: "runda", Features: AllFeatures},
		"manifest-least.yaml":  {T: english, Trigger: "round"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Manifest(o)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, got)
			var document any
			if err := yaml.Unmarshal(got, &document); err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(document)
			if err != nil {
				t.Fatal(err)
			}
			// As a client of Slack's reads it, with nothing that it does not know.
			var m slack.Manifest
			d := json.NewDecoder(bytes.NewReader(data))
			d.DisallowUnknownFields()
			if err := d.Decode(&m); err != nil {
				t.Fatal(err)
			}
			for _, shortcut := range m.Features.Shortcuts {
				if length(shortcut.Name) > maxShortcut || length(shortcut.Description) > 150 {
					t.Errorf("the shortcut %q is longer than Slack takes", shortcut.Name)
				}
			}
			if m.Settings.SocketModeEnabled != (o.PublicURL == "") || m.Features.SlashCommands[0].Command != "/"+o.Trigger {
				t.Errorf("%+v", m)
			}
		})
	}
}

func TestManifestMistakes(t *testing.T) {
	for want, o := range map[string]ManifestOptions{
		"longer than 35": {Name: strings.Repeat("n", 36), Trigger: "round"},
		`the command ""`: {},
		"lower-case":     {Trigger: "Round"},
		"https://":       {Trigger: "round", Connection: "a", PublicURL: "http://example.org"},
		"has no name":    {Trigger: "round", PublicURL: "https://example.org"},
	} {
		if _, err := Manifest(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", o, err, want)
		}
	}
}
