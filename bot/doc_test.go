package bot_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The paths that the package's doc names lead through files that are there, and
// stay short.
func TestDocNamesFiles(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for title, most := range map[string]int{"From a typed command to the journal": 12, "From the clock to a nudge": 10} {
		_, path, found := strings.Cut(string(text), "// # "+title+"\n")
		path, _, _ = strings.Cut(path, "// # ")
		files := regexp.MustCompile(`\w+(/\w+)+\.go`).FindAllString(path, -1)
		if !found || len(files) == 0 || len(files) > most {
			t.Errorf("%s: %d files are named, want 1 to %d", title, len(files), most)
		}
		for _, name := range files {
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(name))); err != nil {
				t.Errorf("%s: %v", title, err)
			}
		}
	}
}
