package roundtable

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDependenciesAreExplained sees that each module that go.mod requires for
// ourselves is named on a page of docs/decisions.
func TestDependenciesAreExplained(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("docs/decisions/0*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	var said strings.Builder
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		said.Write(text)
	}
	for line := range strings.Lines(string(mod)) {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		module, version, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(version, "v") || strings.HasSuffix(line, "// indirect") {
			continue
		}
		if !strings.Contains(said.String(), module) {
			t.Errorf("%s is required but not explained: add a page to docs/decisions, or a word to one", module)
		}
	}
}

// TestDecisionsAreListed sees that the pages are numbered one after the other, and that
// the index has every one, in order.
func TestDecisionsAreListed(t *testing.T) {
	index, err := os.ReadFile("docs/decisions/README.md")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("docs/decisions/0*.md")
	if err != nil {
		t.Fatal(err)
	}
	before := 0
	for k, page := range pages {
		name := filepath.Base(page)
		if number := fmt.Sprintf("%04d-", k+1); !strings.HasPrefix(name, number) {
			t.Errorf("%s: the next number is %s", name, number)
		}
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if title := fmt.Sprintf("# %d. ", k+1); !strings.HasPrefix(string(data), title) {
			t.Errorf("%s doesn't begin with %q", name, title)
		}
		at := strings.Index(string(index), fmt.Sprintf("| [%d. ", k+1))
		switch {
		case at < 0 || !strings.Contains(string(index), "("+name+")"):
			t.Errorf("docs/decisions/README.md does not list %s", name)
		case at < before:
			t.Errorf("docs/decisions/README.md lists %s too early", name)
		}
		before = at
	}
}
