package mattermost

import (
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat/adapter"
)

func TestPlainWords(t *testing.T) {
	for text, want := range map[string]string{
		"**bold**, *so*, _so_, ~~not~~, ***all***":           "bold, so, so, not, all",
		"**see _the_ list**: `fall_rate`":                    "see the list: fall_rate",
		":bulb: we did :+1::tada:":                           "💡 we did 👍🎉",
		":wave_medium_skin_tone: :our-own-logo:":             "👋🏽 :our-own-logo:",
		"- bed rails\n* low beds\n1. socks":                  "• bed rails\n• low beds\n1. socks",
		"  + deeper":                                         "  • deeper",
		"| ward | falls |\n|:---|---:|\n| A | 3 |":           "ward | falls\nA | 3",
		"```sql\nselect *a* from :bulb:\n```\nend":           "select *a* from :bulb:\nend",
		"## Bed rails":                                       "Bed rails",
		"[the rules](https://a.se/_b_) https://a.se/_c_/d":   "the rules (https://a.se/_b_) https://a.se/_c_/d",
		"2 * 3 * 4, fall_rate_x, 12:30:40, a*b*c, -3, 5 | 6": "2 * 3 * 4, fall_rate_x, 12:30:40, a*b*c, -3, 5 | 6",
		`\*not bold\*`:                                       "*not bold*",
		"> quoted\n\n**two**\nlines":                         "> quoted\n\ntwo\nlines",
		"#hashtag ** stars ** and *no end":                   "#hashtag ** stars ** and *no end",
		"å **vårdtagare** – __ärende__":                      "å vårdtagare – ärende",
		"Fall: **12**/1 412":                                 "Fall: 12/1 412",
		"":                                                   "",
	} {
		if got := plainWords(text); got != want {
			t.Errorf("plainWords(%q) = %q, want %q", text, got, want)
		}
	}
}

// The emoji are those of the server.
func TestEmojiAsTheServersAre(t *testing.T) {
	if adapter.Emoji("bulb") != "💡" || adapter.Emoji("nosuch") != "" {
		t.Errorf("bulb is %q", adapter.Emoji("bulb"))
	}
	for name := range model.SystemEmojis {
		if sign := adapter.Emoji(name); sign == "" && !strings.Contains(name, "skin_tone") && name != "mattermost" { // a picture
			t.Errorf("%q is missing", name)
		}
	}
}

func FuzzPlainWords(f *testing.F) {
	f.Add("**a _b_** `c` :bulb: [d](http://e) | f |\n|--|--|")
	f.Fuzz(func(t *testing.T, text string) {
		if got := plainWords(text); len(got) > 8*len(text)+8 {
			t.Errorf("plainWords(%q) = %q", text, got)
		}
	})
}
