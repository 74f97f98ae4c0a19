package config

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// here is the folder that the tests start in, for golden files after t.Chdir.
var here, _ = os.Getwd()

func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	name, got = filepath.Join(here, name), strings.TrimSuffix(got, "\n")+"\n"
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v (-update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got, -update accepts):\n%s", name, diff)
	}
}

// TestMistakes loads one bad file per mistake and shows what a person reads:
// the mistakes, then the warnings.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c, err := forTest(data)
			if err == nil {
				t.Fatal("there is no mistake")
			}
			checkGolden(t, strings.TrimSuffix(file, ".yaml")+".txt", report(c, err))
			if strings.Contains(err.Error(), "geheim") {
				t.Error("a secret is repeated")
			}
		})
	}
}

// TestWarnings is TestMistakes for what is doubtful only.
func TestWarnings(t *testing.T) {
	files, err := filepath.Glob("testdata/doubtful/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c, err := forTest(data)
			if err != nil {
				t.Fatal(err)
			}
			checkGolden(t, strings.TrimSuffix(file, ".yaml")+".txt", report(c, err))
		})
	}
}

// forTest loads a file's bytes in a world of its own. Everybody may read its files.
func forTest(data []byte) (*Config, error) {
	files := fstest.MapFS{
		"secrets/token":  {Data: []byte("xoxb-1\n"), Mode: 0o600},
		"secrets/open":   {Data: []byte("xoxb-1\n"), Mode: 0o644},
		"secrets/empty":  {Data: []byte("\n"), Mode: 0o600},
		"secrets/many":   {Data: []byte("a\nb\n"), Mode: 0o600},
		"secrets/folder": {Mode: 0o700 | os.ModeDir},
		"secrets/large":  {Data: make([]byte, maxSecretBytes+1), Mode: 0o600},
	}
	environment := env{"TOKEN": "xoxb-1", "EMPTY": "", "LINES": "a\nb"}
	l := &loader{env: environment.lookup, open: files.Open, path: "roundtable.yaml", mode: 0o644}
	return l.load(data, Overrides{})
}

func report(c *Config, err error) string {
	var b strings.Builder
	if err != nil {
		b.WriteString(err.Error() + "\n")
	}
	for _, w := range c.Warnings {
		b.WriteString("warning: " + w.String() + "\n")
	}
	return b.String()
}
