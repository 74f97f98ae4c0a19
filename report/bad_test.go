package report

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/mistake"
)

var update = flag.Bool("update", false, "write the golden files anew")

func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	got = strings.TrimSuffix(got, "\n") + "\n"
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

// options has one indicator of each kind.
func options() FigureOptions {
	return FigureOptions{
		Indicators: []benchmark.Indicator{
			{ID: "falls", Title: "Falls per 1 000 bed days", Kind: benchmark.Rate},
			{ID: "hygiene", Title: "Hand hygiene", Kind: benchmark.Proportion},
			{ID: "stay", Title: "Length of stay", Kind: benchmark.Duration},
			{ID: "wellbeing", Title: "Wellbeing", Kind: benchmark.Mean},
			{ID: "transfers", Title: "Transfers", Kind: benchmark.Count},
			{ID: "speak-up", Title: "Safe to speak up", Kind: benchmark.Scale, Levels: 5},
			{ID: "routine", Title: "Routine in place", Kind: benchmark.YesNo},
			{ID: "how", Title: "How we do it", Kind: benchmark.Text},
		},
		Organisations: []benchmark.Organisation{
			{ID: "o1", Name: "Northfield Hospital", Code: "K"},
			{ID: "o2", Name: "Lakeside Clinic", Code: "B"},
			{ID: "o3", Name: "Östra sjukhuset", Code: "T"},
		},
	}
}

// TestBadFiles reads one bad file per sort of mistake and shows what a person
// reads.
func TestBadFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		kind := filepath.Ext(name)
		if kind == ".txt" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if kind == ".csv" {
				_, err = ReadFigures(name, bytes.NewReader(data), options())
			} else {
				_, err = ReadTemplate(name, bytes.NewReader(data))
			}
			if err == nil {
				t.Fatal("there is no mistake")
			}
			checkMistakes(t, err)
			checkGolden(t, file+".txt", err.Error())
		})
	}
}

// checkMistakes sees that an error is of one mistake or more, told on a line of
// its own in letters that can be seen.
func checkMistakes(t *testing.T, err error) {
	t.Helper()
	ms, ok := errors.AsType[mistake.List](err)
	if !ok || len(ms.Mistakes) == 0 || len(ms.Mistakes) > maxMistakes {
		t.Fatalf("%T: %v", err, err)
	}
	for _, m := range ms.Mistakes {
		line := m.String()
		odd := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) })
		if m.Problem == "" || odd >= 0 || !utf8.ValidString(line) {
			t.Errorf("mistake %q", line)
		}
	}
}
