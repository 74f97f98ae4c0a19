package commands

import (
	"context"
	"slices"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// A seat is called as people know it, with where it is; two that would read the same are
// told apart.
func TestSeatsAreNamedByChannelAndServer(t *testing.T) {
	known := map[chat.ChannelID]chat.ChannelName{
		{Connection: "mm", Channel: "a"}:  {Channel: "quality", Platform: "Mattermost", Server: "chat.region.se", Team: "Ward 3"},
		{Connection: "mm", Channel: "b"}:  {Channel: "quality", Platform: "Mattermost", Server: "chat.region.se", Team: "Ward 4"},
		{Connection: "mm", Channel: "c"}:  {Channel: "falls", Platform: "Mattermost", Server: "chat.region.se", Team: "Ward 4"},
		{Connection: "sl", Channel: "C1"}: {Channel: "learning-together", Platform: "Slack", Server: "Region North"},
		{Connection: "sl", Channel: "C2"}: {Channel: "learning-together", Platform: "Slack", Server: "Region North"},
		{Connection: "sl", Channel: "C3"}: {Platform: "Slack", Server: "Region North"},
		{Connection: "pg", Channel: "x"}:  {Channel: "@channel", Server: "south"},
	}
	ask := func(_ context.Context, id chat.ChannelID) chat.ChannelName { return known[id] }
	seats := []benchmark.Seat{
		{ID: "s1", Connection: "mm", Channel: "a"},
		{ID: "s2", Connection: "mm", Channel: "b"},
		{ID: "s3", Connection: "mm", Channel: "c"},
		{ID: "s4", Connection: "sl", Channel: "C1"},
		{ID: "s5", Connection: "sl", Channel: "C2"},
		{ID: "s6", Connection: "sl", Channel: "C3"},
		{ID: "s7", Connection: "pg", Channel: "x"},
		{ID: "s8", Connection: "gone", Channel: "y"},
	}
	for language, want := range map[string][]string{
		"en": {
			"#quality of the team Ward 3 on Mattermost (chat.region.se)", "#quality of the team Ward 4 on Mattermost (chat.region.se)", "#falls on Mattermost (chat.region.se)",
			"#learning-together in the Slack workspace Region North (number 4 at the table)", "#learning-together in the Slack workspace Region North (number 5 at the table)",
			"a channel in the Slack workspace Region North", "#" + chat.Quiet("@channel") + " (south)", "a channel of “gone”",
		},
		"sv": {
			"#quality i teamet Ward 3 på Mattermost (chat.region.se)", "#quality i teamet Ward 4 på Mattermost (chat.region.se)", "#falls på Mattermost (chat.region.se)",
			"#learning-together i Slack-arbetsytan Region North (nummer 4 vid bordet)", "#learning-together i Slack-arbetsytan Region North (nummer 5 vid bordet)",
			"en kanal i Slack-arbetsytan Region North", "#" + chat.Quiet("@channel") + " (south)", "en kanal på ”gone”",
		},
	} {
		var got []string
		for _, s := range nameSeats(t.Context(), audience{l: locale.For(language), trigger: "/round"}, ask, seats) {
			got = append(got, s.name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: seats are called\n%q, want\n%q", language, got, want)
		}
	}
}
