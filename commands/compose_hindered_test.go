package commands_test

import (
	"strings"
	"testing"

	"roundtable/chat"
	"roundtable/locale"
)

// Each obstacle has words in every language, with the channel; the network stands before them.
func TestEveryObstacleHasWords(t *testing.T) {
	all := []string{"one"} // any of them, of one post alone
	for _, why := range chat.Obstacles {
		all = append(all, string(why))
	}
	for _, why := range all {
		for _, language := range locale.Languages() {
			text := locale.For(language).T("hindered."+why, "Channel", "#ward", "Trigger", "/round")
			if !strings.Contains(text, "#ward") {
				t.Errorf("%s in %s reads %q", why, language, text)
			}
		}
	}
}
