package analysis

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/chart"
	"roundtable/examples"
	"roundtable/locale"
	"roundtable/report"
)

var update = flag.Bool("update", false, "write golden files and the example in docs/analyse.md")

func read(t *testing.T, name string, templated bool) Source {
	t.Helper()
	data, err := examples.Files.ReadFile(name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	var indicators []benchmark.Indicator
	if templated {
		file, err := examples.Files.Open(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		template, err := report.ReadTemplate(name, file)
		if err != nil {
			t.Fatal(err)
		}
		indicators = template.Indicators
	}
	return typed(t, string(data), indicators...)
}

func typed(t *testing.T, data string, indicators ...benchmark.Indicator) Source {
	t.Helper()
	s, err := Read("figures.csv", []byte(data), report.FigureOptions{Indicators: indicators})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func analysed(t *testing.T, s Source, o Options) *Analysis {
	t.Helper()
	a, err := New(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The twelve centres: the flags and the centre of the literature.
func TestChildHeart(t *testing.T) {
	r := analysed(t, read(t, "child-heart-surgery", false), Options{}).Result()
	if len(r.Comparisons) != 1 || len(r.Series) != 12 {
		t.Fatalf("%d comparisons, %d series", len(r.Comparisons), len(r.Series))
	}
	c := r.Comparisons[0]
	if c.Kind != benchmark.Proportion || *c.Method != "binomial" || math.Abs(*c.Centre-0.119614341669177) > 1e-12 {
		t.Errorf("a %s by %s around %v", c.Kind, *c.Method, *c.Centre)
	}
	got := map[string]string{}
	for _, o := range c.Organisations {
		if o.Flag != "in" {
			got[o.Organisation] = o.Flag
		}
	}
	if diff := cmp.Diff(map[string]string{"Bristol": "high998", "Oxford": "high95", "Leeds": "low95"}, got); diff != "" {
		t.Error(diff)
	}
	if !*c.Overdispersed || c.Organisations[1].AdjustedFlag != "high998" {
		t.Errorf("overdispersed %v, Bristol adjusted %s", *c.Overdispersed, c.Organisations[1].AdjustedFlag)
	}
}

// The first clinic lies above the limits in each of the six years.
func TestViennaClinics(t *testing.T) {
	r := analysed(t, read(t, "vienna-clinics", true), Options{}).Result()
	var flags []string
	for _, c := range r.Comparisons {
		flags = append(flags, c.Period+" "+c.Organisations[0].Flag)
	}
	want := []string{"1841 high998", "1842 high998", "1843 high95", "1844 high998", "1845 high998", "1846 high998"}
	if diff := cmp.Diff(want, flags); diff != "" {
		t.Error(diff)
	}
	if s := r.Series[0]; s.Chart != "p" || s.Lower != nil || s.Points[0].Lower == nil || !s.Points[0].Signal {
		t.Errorf("series %+v", s)
	}
}

func TestTextGolden(t *testing.T) {
	for _, language := range locale.Languages() {
		for name, a := range map[string]*Analysis{
			"child-heart-surgery": analysed(t, read(t, "child-heart-surgery", false), Options{}),
			"vienna-clinics":      analysed(t, read(t, "vienna-clinics", true), Options{}),
			"kinds":               analysed(t, typed(t, kinds), Options{}),
		} {
			var out bytes.Buffer
			if err := a.WriteText(&out, locale.For(language)); err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join("testdata", name+"."+language+".golden"), out.String())
		}
	}
}

// kinds has an indicator of each kind that can be concluded.
const kinds = `organisation;indicator;period;numerator;denominator;value;n;sd;note
North;Falls;2026-Q1;12;4100,5;;;;
South;Falls;2026-Q1;9;3800;;;;
East;Falls;2026-Q1;31;4000;;;;
North;Wait;2026-Q1;;;31,5;40;9;
South;Wait;2026-Q1;;;35;52;11;
North;Stay;2026-Q1;;;4,5;;;
South;Stay;2026-Q1;;;5,25;;;
East;Stay;2026-Q1;;;6;;;
North;Complaints;2026-Q1;;;0;;;
South;Complaints;2026-Q1;;;14;;;
North;Huddles;2026-Q1;;;ja;;;
South;Huddles;2026-Q1;;;nej;;;
North;Handover;2026-Q1;;;;;;At the bedside
South;Handover;2026-Q1;;;;;;By phone
Alone;Readmitted;2026-Q1;3;41;;;;
`

// The JSON of the same, of no events and of a longer series.
func TestResultGolden(t *testing.T) {
	var long strings.Builder
	long.WriteString("organisation,indicator,period,numerator,denominator,value\n")
	for k := range 14 {
		fmt.Fprintf(&long, "North,stay,2025-W%02d,,,%g\nNorth,never,2025-W%02d,0,50,\nSouth,never,2025-W%02d,0,60,\n", k+1, 5+float64(k*k%7)/2, k+1, k+1)
	}
	for name, s := range map[string]Source{"kinds": typed(t, kinds), "long": typed(t, long.String())} {
		golden(t, filepath.Join("testdata", name+".json.golden"), written(t, analysed(t, s, Options{})))
	}
}

func written(t *testing.T, a *Analysis) string {
	t.Helper()
	data, err := json.MarshalIndent(a.Result(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

// The example in the guide is what comes out.
func TestGuide(t *testing.T) {
	const csv = "organisation,indicator,period,numerator,denominator\nNorth,readmitted,2026-Q1,41,143\nSouth,readmitted,2026-Q1,53,482\n"
	path := filepath.Join("..", "docs", "analyse.md")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```csv\n.*```\n")
	want := block.ReplaceAllLiteralString(string(page), "```csv\n"+csv+"```\n```json\n"+written(t, analysed(t, typed(t, csv), Options{}))+"```\n")
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(page)); diff != "" {
		t.Errorf("docs/analyse.md (-want +got; -update writes it):\n%s", diff)
	}
}

func TestWhatDoesNotFit(t *testing.T) {
	s := typed(t, kinds)
	for _, c := range []struct {
		o    Options
		says string
	}{
		{Options{Indicators: []string{"fals"}}, `no indicator "fals"; did you mean falls?`},
		{Options{Indicators: []string{"mortality"}}, "there are falls, wait, stay"},
		{Options{Periods: []string{"2026-Q2"}}, "did you mean 2026-Q1?"},
		{Options{Method: chart.P}, "the chart p does not suit falls, which is a rate: choose u or uprime or xmr"},
		{Options{Indicators: []string{"stay"}, Method: chart.UPrime}, "stay, which is a duration or another measured value: choose xmr"},
		{Options{Baseline: 5}, "need at least 6"},
	} {
		_, err := New(s, c.o)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v, want %q", c.o, err, c.says)
		}
	}
}

// A picture for each, names that don't meet, and the same twice.
func TestPictures(t *testing.T) {
	s := typed(t, "organisation,indicator,period,numerator,denominator\nÅ by,x,2025,1,20\nA by,x,2025,2,30\nÅ by,x,2026,3,20\nA by,x,2026,2,30\n")
	dir := filepath.Join(t.TempDir(), "new")
	names, err := analysed(t, s, Options{}).WritePictures(dir, locale.For("sv"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"x-2025.png", "x-2025.svg", "x-2026.png", "x-2026.svg",
		"x-a-by-over-time.png", "x-a-by-over-time.svg", "x-a-by-over-time-2.png", "x-a-by-over-time-2.svg",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(data) == 0 {
			t.Errorf("%s: %v", name, err)
		}
		if name == "x-a-by-over-time-2.svg" && !strings.Contains(string(data), "Å by, per år") {
			t.Error("the picture doesn't say whose it is")
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", path, diff)
	}
}
