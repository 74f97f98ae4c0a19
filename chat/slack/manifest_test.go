package slack

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// The guide says of each right what it is for: of those that the manifest asks for, and of
// no others.
func TestGuideNamesTheManifestsScopes(t *testing.T) {
	guide, err := os.ReadFile("../../docs/slack.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(guide), "| right | what for |")
	if !found {
		t.Fatal("the guide has no table of rights")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	var told, asked []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z_:]+)` \\| (.{10,}) \\|$").FindAllStringSubmatch(table, -1) {
		told = append(told, row[1])
	}
	for _, s := range scopes {
		asked = append(asked, s.name)
		if s.without == "" {
			t.Errorf("nothing is said of what is missing without %s", s.name)
		}
	}
	if diff := cmp.Diff(asked, told); diff != "" {
		t.Errorf("what the manifest asks for and what the guide says (-manifest +guide):\n%s", diff)
	}
}

// scopesOf is what Slack demands for a method, or an event, by its own pages
// (docs.slack.dev/reference/methods, docs.slack.dev/reference/events); nothing where any
// token will do.
var scopesOf = map[string][]string{
	"auth.test": nil, "views.open": nil, "views.update": nil, "views.publish": nil, "upload": nil,
	"bots.info": {"users:read"}, "users.info": {"users:read"},
	"users.conversations": {"channels:read", "groups:read"}, "conversations.info": {"channels:read", "groups:read"},
	"conversations.history": {"channels:history", "groups:history", "im:history"}, "conversations.replies": {"channels:history", "groups:history", "im:history"},
	"conversations.open": {"im:write"},
	"chat.postMessage":   {"chat:write"}, "chat.postEphemeral": {"chat:write"}, "chat.update": {"chat:write"}, "chat.delete": {"chat:write"},
	"files.getUploadURLExternal": {"files:write"}, "files.completeUploadExternal": {"files:write"},

	"app_home_opened": nil, "app_uninstalled": nil, "tokens_revoked": nil,
	"app_mention": {"app_mentions:read"}, "channel_id_changed": {"channels:read", "groups:read"}, "member_joined_channel": {"channels:read", "groups:read"},
	"message.channels": {"channels:history"}, "message.groups": {"groups:history"}, "message.im": {"im:history"},
	"reaction_added": {"reactions:read"}, "reaction_removed": {"reactions:read"}, "user_change": {"users:read"},
}

// The manifest asks for what the bot's calls and events need, and for nothing else.
func TestScopesAreThoseOfTheCalls(t *testing.T) {
	source, err := os.ReadFile("webapi/methods.go")
	if err != nil {
		t.Fatal(err)
	}
	needed := map[string]bool{"commands": true}
	uses := func(what string) {
		of, known := scopesOf[what]
		if !known {
			t.Errorf("what does Slack demand for %s?", what)
		}
		for _, s := range of {
			needed[s] = true
		}
	}
	calls := regexp.MustCompile(`c\.call\(ctx, "([A-Za-z.]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(calls) < 15 {
		t.Fatalf("found %d calls", len(calls))
	}
	for _, call := range calls {
		uses(call[1])
	}
	for _, s := range subscriptions {
		uses(s.name)
	}
	var asked []string
	for _, s := range scopes {
		asked = append(asked, s.name)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(needed)), asked); diff != "" {
		t.Errorf("what is needed and what is asked for (-needed +asked):\n%s", diff)
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
