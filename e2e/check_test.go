package e2e

import (
	"strings"
	"testing"

	"roundtable/chat/mattermost/mattermosttest"
)

// checks runs the doctor and returns what it says and whether all is well.
func checks(w *world) (said string, well bool) {
	w.t.Helper()
	out, err := w.bot.command(w.t.Context(), "check").Output()
	w.t.Logf("roundtable check:\n%s", out)
	return string(out), err == nil
}

// TestMattermostCheck asks the doctor about a real server, with the bot running
// and without.
func TestMattermostCheck(t *testing.T) {
	w := onMattermost(t, mattermosttest.Shared(t))
	said, _ := checks(w)
	if !strings.Contains(said, "mattermost hospital") || !strings.Contains(said, "-> ") {
		t.Errorf("without the bot nothing is to be mended")
	}
	w.bot.start(0)
	if said, well := checks(w); !well || strings.Contains(said, "BROKEN") {
		t.Errorf("with the bot something is broken")
	}
}

// TestSlackCheck asks the doctor about Slack, over both ways.
func TestSlackCheck(t *testing.T) {
	for _, way := range []string{"socket", "http"} {
		t.Run(way, func(t *testing.T) {
			w, _ := onSlack(t, way == "http")
			w.bot.start(0)
			if said, well := checks(w); !well || strings.Contains(said, "BROKEN") {
				t.Errorf("something is broken")
			}
		})
	}
}
