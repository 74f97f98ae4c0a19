package commands_test

import (
	"strings"
	"testing"

	"roundtable/chat"
	"roundtable/locale"
)

// Each obstacle has words in every language, with the channel; the network stands before them.
func TestEveryObstacleHasWords(t *testing.T) {
	for _, why := range chat.Obstacles {
		for _, language := range locale.Languages() {
			text := locale.For(language).T("hindered."+string(why), "Channel", "#ward", "Trigger", "/round")
			if !strings.Contains(text, "#ward") {
				t.Errorf("%s in %s reads %q", why, language, text)
			}
		}
	}
}
