package locale

import (
	"regexp"
	"testing"
)

// verdicts are words that judge, or that nobody outside statistics reads as they are meant:
// a figure is higher than chance gives, and a question follows.
var verdicts = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(significan\w*|outliers?|worse|worst|best|failed|failing|underperform\w*|target missed|phi)\b|φ|chance alone (may|might|would|can)\b`),
	"sv": regexp.MustCompile(`(?i)(^|\P{L})(signifikan\pL*|avvikare|sämre|sämst\pL*|bäst\pL*|misslyck\pL*|underpresterar?|missat mål\pL*)(\P{L}|$)|φ|vad enbart slumpen`),
}

// No message judges an organisation, or hides behind a term.
func TestNoVerdicts(t *testing.T) {
	for _, name := range Languages() {
		words := verdicts[name]
		if words == nil {
			t.Fatalf("%s: nobody has said which words judge", name)
		}
		found := 0
		for id, m := range messagesOf(t, name) {
			for _, text := range []string{m.One, m.Other} {
				found++
				if w := words.FindString(text); w != "" {
					t.Errorf("%s: %s says %q: %s", name, id, w, text)
				}
			}
		}
		if found < 1000 {
			t.Errorf("%s: only %d messages were found", name, found)
		}
	}
}
