package commands

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"roundtable/locale"
)

// englishAfter are words that may follow a verb and are understood in English alone: there the
// verb is written as it is, so that all of it can be typed.
var englishAfter = map[string]string{
	"organisations": "add", "privacy": "erase get", "settings": "visibility", "facilitator": "add remove", "extend": "closes",
}

// TestSwedishTextsTypeSwedish: what a text tells people to type is in their own language.
func TestSwedishTextsTypeSwedish(t *testing.T) {
	files, err := filepath.Glob("../locale/messages/sv/*.yaml")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	typed := regexp.MustCompile(`\{\{\.Trigger\}\} ([a-z-]+)(?: ([^\s".,:;)]+))?`)
	l := locale.For("sv")
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.Contains(strings.SplitN(line, ":", 2)[0], "-line") {
				continue // there the verb is put in when it is read
			}
			for _, m := range typed.FindAllStringSubmatch(line, -1) {
				own, _, _ := strings.Cut(l.T("verb."+m[1]), ",")
				if _, is := verbNamed(allVerbs(), m[1]); !is || own == m[1] || !locale.Has("verb."+m[1]) {
					continue
				}
				if m[2] == "" || !strings.Contains(englishAfter[m[1]], m[2]) {
					t.Errorf("%s: %q has people type %q, not %q", filepath.Base(path), strings.TrimSpace(line), m[1], own)
				}
			}
		}
	}
}
