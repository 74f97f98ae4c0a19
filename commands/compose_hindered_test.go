package commands_test

import (
	"strings"
	"testing"

	"roundtable/chat"
	"roundtable/locale"
)

// Each obstacle has words in every language, with the channel and the network.
func TestEveryObstacleHasWords(t *testing.T) {
	for _, why := range chat.Obstacles {
		for _, language := range locale.Languages() {
			text := locale.For(language).T("hindered."+string(why), "Channel", "#ward", "Network", "Circle", "Trigger", "/round")
			if !strings.Contains(text, "#ward") || !strings.Contains(text, "Circle") {
				t.Errorf("%s in %s reads %q", why, language, text)
			}
		}
	}
}
