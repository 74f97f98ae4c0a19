package honest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEverybodyIsChecked sees that all packages that test against the fake hold
// what they send against the types: that there is a Tests in their TestMain. The
// fake's own tests send what is wrong on purpose, and ours what Bolt sends.
func TestEverybodyIsChecked(t *testing.T) {
	t.Parallel()
	uses, checks := map[string]bool{}, map[string]bool{}
	top := filepath.Join("..", "..", "..", "..")
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && path != top && (name == "node_modules" || name == "testdata" || strings.HasPrefix(name, ".")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(top, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			uses[dir] = uses[dir] || spec.Path.Value == `"roundtable/chat/slack/slacktest"`
		}
		checks[dir] = checks[dir] || strings.Contains(string(text), "Tests{M: ")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !uses[filepath.Join("chat", "slack", "slacktest", "honest")] {
		t.Error("this package was not seen")
	}
	delete(uses, filepath.Join("chat", "slack", "slacktest"))
	delete(uses, filepath.Join("chat", "slack", "slacktest", "honest"))
	for _, dir := range slices.Sorted(maps.Keys(uses)) {
		if uses[dir] && !checks[dir] {
			t.Errorf("%s tests against the fake Slack without a TestMain that runs honest.Tests: what it sends is not checked", dir)
		}
	}
}
