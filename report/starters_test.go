package report

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/locale"
)

// TestStarters sees that a network can be founded on each, and that the
// languages differ in words alone.
func TestStarters(t *testing.T) {
	english := Starters("en")
	for _, language := range starterLanguages(t) {
		for k, s := range Starters(language) {
			t.Run(language+"/"+s.ID, func(t *testing.T) {
				found(t, s.TemplateFile, nil, "A")
				if s.Language != language || s.Name == "" || (s.Name == english[k].Name) != (language == "en") {
					t.Errorf("%s, named %s", s.Language, s.Name)
				}
				if diff := cmp.Diff(wordless(english[k].Indicators), wordless(s.Indicators)); diff != "" {
					t.Errorf("(-en +%s):\n%s", language, diff)
				}
				for i, indicator := range s.Indicators {
					if n := len(english[k].Indicators[i].Professions); len(indicator.Professions) != n || (s.ID != "open") != (n > 0) {
						t.Errorf("%s: professions %v", indicator.ID, indicator.Professions)
					}
					if indicator.Measures == "" {
						t.Errorf("%s does not say what it measures", indicator.ID)
					}
				}
			})
		}
	}
}

func starterLanguages(t *testing.T) []string {
	t.Helper()
	folders, err := fs.ReadDir(starterFiles, "starters")
	if err != nil || len(folders) < 2 {
		t.Fatalf("%v, %v", folders, err)
	}
	var names []string
	for _, f := range folders {
		if names = append(names, f.Name()); !slices.Contains(locale.Languages(), f.Name()) {
			t.Errorf("there are no messages in %s", f.Name())
		}
	}
	return names
}

// wordless is what must be the same in every language.
func wordless(indicators []benchmark.Indicator) []benchmark.Indicator {
	var all []benchmark.Indicator
	for _, i := range indicators {
		said := func(s string) string { return map[bool]string{true: "said"}[s != ""] }
		i.Title, i.Measures, i.Section, i.Unit, i.Professions = "", "", said(i.Section), said(i.Unit), nil
		i.Numerator, i.Denominator = said(i.Numerator), said(i.Denominator)
		if quotient := i.Kind == benchmark.Proportion || i.Kind == benchmark.Rate; quotient != (i.Numerator != "" && i.Denominator != "") {
			i.Title = "a quotient has a numerator and a denominator"
		}
		all = append(all, i)
	}
	return all
}

func TestStarter(t *testing.T) {
	for language, want := range map[string]string{"sv-SE": "sv", "en-GB": "en", "fi": "en", "": "en", "../..": "en"} {
		if got, ok := Starter(language, "open"); !ok || got.Language != want || len(got.Indicators) != 1 || got.Indicators[0].Kind != benchmark.Text {
			t.Errorf("%q: %v %v", language, got, ok)
		}
	}
	if _, ok := Starter("en", "../en/open"); ok {
		t.Error("a path is taken for an id")
	}
}

// TestStarterFiles sees that no file is forgotten in the list.
func TestStarterFiles(t *testing.T) {
	files, err := fs.Glob(starterFiles, "starters/*/*.yaml")
	if err != nil || len(files) != len(starterIDs)*len(starterLanguages(t)) {
		t.Errorf("%v, %v", files, err)
	}
	for _, file := range files {
		if _, ok := Starter("en", strings.TrimSuffix(path.Base(file), ".yaml")); !ok {
			t.Errorf("%s is not offered", file)
		}
	}
}
