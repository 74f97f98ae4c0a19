package commands

import (
	"slices"
	"testing"
	"unicode/utf8"

	"roundtable/locale"
)

// TestHelp: every verb that can be typed is explained in every language, in a
// line that a phone shows whole or nearly so.
func TestHelp(t *testing.T) {
	onlyPressed := []string{"vouch", "number", "type"}
	for _, v := range allVerbs() {
		if v.pressed == nil || v.typed == nil && !slices.Contains(onlyPressed, v.name) {
			t.Errorf("%s can't be typed and pressed", v.name)
		}
	}
	for _, v := range allVerbs() {
		if v.typed == nil {
			continue
		}
		for _, language := range locale.Languages() {
			l := locale.For(language)
			if !locale.Has("help." + v.name) {
				t.Errorf("%s is not explained", v.name)
				continue
			}
			id := "help." + v.name + "-line"
			switch {
			case !locale.Has(id):
				if v.name != "help" && v.name != "unmute" && v.name != "unsnooze" {
					t.Errorf("%s has no line in help", v.name)
				}
				continue
			case language != locale.Default && l.T(id, "Trigger", "/round") == locale.For(locale.Default).T(id, "Trigger", "/round"):
				t.Errorf("%s is not translated into %s", id, language)
			}
			if line := l.T(id, "Trigger", "/round"); utf8.RuneCountInString(line) > 100 {
				t.Errorf("%s: %q is longer than 100 characters", language, line)
			}
		}
	}
}
