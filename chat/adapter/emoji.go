package adapter

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// emojiTable has a line for each name: the name, a blank, and the emoji's code points. They
// are the names of gemoji and emoji-data, which Slack and Mattermost share; of those for
// skins only the tones. NOTICE names their licence. A test of chat/mattermost compares
// them with its server's.
//
//go:embed emoji.txt
var emojiTable string

var emojiByName = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(emojiTable) {
		name, codes, _ := strings.Cut(strings.TrimSpace(line), " ")
		var sign strings.Builder
		for code := range strings.SplitSeq(codes, "-") {
			if r, err := strconv.ParseInt(code, 16, 32); err == nil {
				sign.WriteRune(rune(r))
			}
		}
		all[name] = sign.String()
	}
	return all
})

// toned is an emoji's name in a skin tone, as Mattermost has them.
var toned = regexp.MustCompile(`^(.+)_(light|medium_light|medium|medium_dark|dark)_skin_tone$`)

// tones are the names of the skin tones alone.
var tones = map[string]string{"light": "skin-tone-2", "medium_light": "skin-tone-3", "medium": "skin-tone-4", "medium_dark": "skin-tone-5", "dark": "skin-tone-6"}

// Emoji returns the emoji of a short name, such as "bulb"; "" for one that only its own
// server has.
func Emoji(name string) string {
	if sign := emojiByName()[name]; sign != "" {
		return sign
	}
	if m := toned.FindStringSubmatch(name); m != nil && emojiByName()[m[1]] != "" {
		return emojiByName()[m[1]] + emojiByName()[tones[m[2]]]
	}
	return ""
}
