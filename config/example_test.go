package config

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var tokens = env{
	"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s",
	"MATTERMOST_TOKEN": "t", "MATTERMOST_COMMAND_TOKEN": "c", "MATTERMOST_SIGNING_KEY": "k",
}

// TestExampleLoads also proves that what the example says is the default is.
func TestExampleLoads(t *testing.T) {
	c := mustLoad(t, Options{Path: write(t, "roundtable.yaml", Example), Env: tokens.lookup})
	if len(c.Warnings) > 0 || len(c.Connections) != 2 {
		t.Errorf("%d connections, warnings %v", len(c.Connections), c.Warnings)
	}
	defaults := mustLoad(t, Options{Path: write(t, "roundtable.yaml", "public_url: https://roundtable.example.org")})
	defaults.Path, defaults.Connections = c.Path, c.Connections
	if diff := cmp.Diff(defaults, c); diff != "" {
		t.Errorf("the example is not the default (-default +example):\n%s", diff)
	}
}

func TestExampleShowsEveryKey(t *testing.T) {
	for k, names := range keysOf {
		for _, name := range names {
			if !regexp.MustCompile(`(?m)^[ #-]*` + name + `:`).MatchString(Example) {
				t.Errorf("the example lacks %s, which belongs under %s", name, k)
			}
		}
	}
	for _, name := range []string{"CONFIG", "JOURNAL", "JOURNAL_FILE", "LISTEN", "PUBLIC_URL", "COMMAND", "SETUP"} {
		if !strings.Contains(Example, "ROUNDTABLE_"+name) {
			t.Errorf("the example lacks ROUNDTABLE_%s", name)
		}
	}
}

// TestExampleCommentedOut takes the marks off everything that is commented out
// and not a file: it must load too.
func TestExampleCommentedOut(t *testing.T) {
	mark := regexp.MustCompile(`(?m)^( *)# ([a-z_]+: )`)
	lines := strings.SplitAfter(mark.ReplaceAllString(Example, "$1$2"), "\n")
	text := ""
	for _, line := range lines {
		if !strings.Contains(line, "_file:") && !regexp.MustCompile(`^ *(sqlite|redis)`).MatchString(line) {
			text += line
		}
	}
	c := mustLoad(t, Options{Path: write(t, "roundtable.yaml", text), Env: tokens.lookup})
	if c.Connections[0].Slack.SigningSecret.Reveal() != "s" || c.Connections[1].Mattermost.Team != "quality" ||
		c.Connections[1].Mattermost.SigningKey.Reveal() != "k" {
		t.Errorf("got %+v", c)
	}
}
