package analysis

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark/period"
	"roundtable/locale"
	"roundtable/report"
)

// readFile reads a file of testdata/files.
func readFile(t *testing.T, name string, o report.FigureOptions) (Source, error) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "files", name))
	if err != nil {
		t.Fatal(err)
	}
	return Read(name, data, o)
}

func words(t *testing.T, s Source, o Options, language string) string {
	t.Helper()
	var b strings.Builder
	if err := analysed(t, s, o).WriteText(&b, locale.For(language)); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Files as people have them: what is said of each, in words.
func TestFiles(t *testing.T) {
	for _, test := range []struct {
		file string
		o    report.FigureOptions
		says []string
	}{
		{"financial-year-slash.csv", report.FigureOptions{}, []string{"financial year 2023/24"}},
		{"financial-years.csv", report.FigureOptions{Length: period.Financial}, []string{"financial year 2009/10", "financial year 2011/12"}},
		{"financial-years.csv", report.FigureOptions{Length: period.Month}, []string{"October 2009", "24 months are missing"}},
		{"excel-months.csv", report.FigureOptions{}, []string{"January 2024", "February 2024"}},
		{"low-proportions.csv", report.FigureOptions{}, []string{"shown are at 0.027%", "63 / 286,000 0.022% 0.017% – 0.028% 0.021% – 0.033%"}},
		{"double-blank-in-indicator.csv", report.FigureOptions{}, []string{"Falls per ward ======", "2 of 2 organisations"}},
		{"missing-months.csv", report.FigureOptions{}, []string{"4 months are missing."}},
		{"total-row.csv", report.FigureOptions{}, []string{"Total looks like a total rather than an organisation."}},
		{"three-decimals-among-many.csv", report.FigureOptions{}, []string{"Ekby 64.1"}},
		{"201-organisations.csv", report.FigureOptions{}, []string{"201 organisations"}},
		{"sep-in-quotes.csv", report.FigureOptions{}, []string{"3 / 120 2.5%"}},
		{"blank-cells.csv", report.FigureOptions{SkipEmpty: true}, []string{"1 row without a figure is passed over.", "2 of 2 organisations"}},
	} {
		s, err := readFile(t, test.file, test.o)
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		text := words(t, s, Options{}, "en")
		for _, part := range test.says {
			if !strings.Contains(text, part) {
				t.Errorf("%s doesn't say %q:\n%s", test.file, part, text)
			}
		}
	}
}

// What is refused names the line, and the way out; in the language asked for.
func TestRefusedFiles(t *testing.T) {
	for _, test := range []struct{ file, language, says string }{
		{"financial-years.csv", "en", `financial-years.csv:2:12: period (column 3): "2009-10" can be a month or two years; write 2009M10 or 2009/10, or say what the file has with --periods month, years or financial-year; also on 5 more lines: 3, 4, 5, 6, 7`},
		{"financial-years.csv", "sv", `"2009-10" kan vara en månad eller två år; skriv 2009M10 eller 2009/10`},
		{"one-typo-makes-a-rate.csv", "en", `one-typo-makes-a-rate.csv:10:22: numerator (column 4): the numerator, 120, is larger than the denominator, 12; the others make it a share: are the two changed over? If it is a rate, say --rate falls`},
		{"blank-cells.csv", "en", "--skip-empty"},
		{"blank-cells.csv", "sv", "raden har ingen siffra"},
	} {
		_, err := readFile(t, test.file, report.FigureOptions{Language: locale.For(test.language)})
		if err == nil || !strings.Contains(err.Error(), test.says) || strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("%s: %v, want %q", test.file, err, test.says)
		}
	}
	s, err := readFile(t, "one-typo-makes-a-rate.csv", report.FigureOptions{Rates: []string{"Falls"}})
	if err != nil || s.Basis["falls"] != report.SaidRate {
		t.Errorf("%v, %v", s.Basis, err)
	}
}

// Of twenty-one organisations each has its name in the picture, or what of it tells it from
// the others.
func TestPicturesHaveNames(t *testing.T) {
	s, err := readFile(t, "twenty-one-without-names.csv", report.FigureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	names, err := analysed(t, s, Options{}).WritePictures(dir, locale.For("sv"))
	if err != nil {
		t.Fatal(err)
	}
	k := slices.IndexFunc(names, func(name string) bool { return strings.HasSuffix(name, ".svg") && !strings.Contains(name, "trend") })
	if k < 0 {
		t.Fatalf("no picture among %v", names)
	}
	svg, err := os.ReadFile(filepath.Join(dir, filepath.Base(names[k])))
	if err != nil {
		t.Fatal(err)
	}
	_, drawn, _ := strings.Cut(string(svg), "</title>")
	for _, name := range []string{"Alby", "Björkby", "Öby", "Söderby"} {
		if !strings.Contains(drawn, ">"+name+"<") {
			t.Errorf("%s has no name in the picture", name)
		}
	}
}

// One far value doesn't take the others' decimals.
func TestOneFarValueLeavesDecimals(t *testing.T) {
	s, err := Read("wait.csv", []byte("organisation,indicator,period,value\nAlby,wait,2025,4.5\nEkby,wait,2025,6.25\nNorrby,wait,2025,1204.5\nÖby,wait,2025,5.5\n"), report.FigureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	text := words(t, s, Options{}, "en")
	for _, want := range []string{"Alby 4.5", "Öby 5.5", "Norrby 1,204.5"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
}

// A series holds one length of period.
func TestLengthsAreKeptApart(t *testing.T) {
	s, err := readFile(t, "year-among-months.csv", report.FigureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r := analysed(t, s, Options{}).Result()
	got := map[period.Length]int{}
	for _, s := range r.Series {
		got[s.Length] = len(s.Points)
		for k := range s.Points {
			if p := s.Points[k]; s.Length == period.Month && p.Value > 20 {
				t.Errorf("a month has %v", p)
			}
		}
	}
	if diff := cmp.Diff(map[period.Length]int{period.Month: 12, period.Quarter: 1, period.Year: 1}, got); diff != "" {
		t.Error(diff)
	}
	text := words(t, s, Options{}, "sv")
	if !strings.Contains(text, "Över tid: Alby, månader") || strings.Contains(text, "månader saknas") {
		t.Error(text)
	}
}

// Missing periods are counted, of each length.
func TestMissingPeriods(t *testing.T) {
	for periods, want := range map[string]int{
		"2022-09 2022-10 2023-01": 2, "2021 2022 2025": 2, "2022-Q4 2023-Q1": 0, "2022-Q4 2023-Q3": 2, "2022-W52 2023-W02": 1,
		"2023-02-27 2023-02-28 2023-03-02 2023-03-05": 3, "2020/21 2023/24": 2, "1991-1995 2001-2005": 1,
	} {
		file := "organisation,indicator,period,value\n"
		for p := range strings.FieldsSeq(periods) {
			file += "Alby,wait," + p + ",10.5\n"
		}
		a := analysed(t, typed(t, file), Options{})
		if r := a.Result(); len(r.Series) != 1 || r.Series[0].Missing != want {
			t.Errorf("%s: %+v, want %d", periods, r.Series, want)
		}
	}
}

// A total is told, whatever the kind that can be summed; sums by chance aren't.
func TestTotals(t *testing.T) {
	for file, want := range map[string]string{
		"A,x,2024,,,30\nB,x,2024,,,31\nAll of us,x,2024,,,61\n":                                          "All of us",
		"A,x,2024,,,1\nB,x,2024,,,2\nC,x,2024,,,3\n":                                                     "",
		"A,x,2024,3,120,\nB,x,2024,5,140,\nHere,x,2024,8,260,\n":                                         "Here",
		"A,x,2024,3,120,\nB,x,2024,5,140,\nHere,x,2024,8,261,\n":                                         "",
		"A,x,2024,,,3.5\nB,x,2024,,,5.25\nRIKET,x,2024,,,4.5\n":                                          "RIKET",
		"A,x,2023,3,9,\nB,x,2023,4,9,\nC,x,2023,7,18,\nA,x,2024,9,10,\nB,x,2024,9,10,\nC,x,2024,1,10,\n": "",
	} {
		s := typed(t, "organisation,indicator,period,numerator,denominator,value\n"+file)
		if got := strings.Join(s.totals(), ", "); got != want {
			t.Errorf("%s\ntotals %q, want %q", file, got, want)
		}
	}
	s, err := readFile(t, "total-row.csv", report.FigureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if text := words(t, s, Options{Without: []string{"total"}}, "en"); !strings.Contains(text, "2 of 2 organisations") || strings.Contains(text, "Total") {
		t.Error(text)
	}
}

// What the file's writer withheld counts as withheld: with more than a quarter of it,
// nothing is compared.
func TestWithheldInTheFile(t *testing.T) {
	const head = "organisation,indicator,period,numerator,denominator\n"
	for _, mark := range []string{"*", "<5", "< 5", "≤4", "c", "[c]", "x", "..", "–", "-", ":", "1-4", "np"} {
		s := typed(t, head+"A,falls,2024,9,120\nB,falls,2024,"+mark+",130\nC,falls,2024,12,140\n")
		c := analysed(t, s, Options{}).Result()
		if c.File.Withheld != 1 || len(c.Comparisons[0].Organisations) != 2 || c.Comparisons[0].Organisations[0].Flag != "none" {
			t.Errorf("%s: %+v", mark, c)
		}
		text := words(t, s, Options{}, "en")
		if !strings.Contains(text, "1 figure is withheld in the file") || !strings.Contains(text, "More than a quarter of the figures are hidden") || strings.Contains(text, "Nothing is withheld") {
			t.Errorf("%s: %s", mark, text)
		}
	}
	many := head + "Z,falls,2024,*,130\n"
	for k := range 9 {
		many += fmt.Sprintf("Org %d,falls,2024,%d,120\n", k, 10+k)
	}
	if text := words(t, typed(t, many), Options{}, "sv"); !strings.Contains(text, "1 siffra är dold i filen") || strings.Contains(text, "Mer än en fjärdedel") {
		t.Error(text)
	}
	if _, err := Read("f.csv", []byte(head+"A,falls,2024,*,*\n"), report.FigureOptions{}); err == nil || !strings.Contains(err.Error(), "withheld") {
		t.Error(err)
	}
}

// As many organisations as a country has municipalities, and hospitals.
func TestManyOrganisations(t *testing.T) {
	file := func(n int) string {
		var b strings.Builder
		b.WriteString("organisation,indicator,period,numerator,denominator\n")
		for k := range n {
			fmt.Fprintf(&b, "Kommun %04d,falls,2024,%d,%d\n", k, 10+k%7, 300+k)
		}
		return b.String()
	}
	a := analysed(t, typed(t, file(MaxOrganisations)), Options{})
	if r := a.Result(); len(r.Comparisons[0].Organisations) != MaxOrganisations {
		t.Errorf("%d organisations", len(r.Comparisons[0].Organisations))
	}
	_, err := New(typed(t, file(MaxOrganisations+1)), Options{})
	if err == nil || !strings.Contains(err.Error(), "--without") {
		t.Error(err)
	}
}

// Small shares keep their digits wherever they stand, beside large ones too.
func TestSmallSharesKeepTheirDigits(t *testing.T) {
	text := words(t, typed(t, "organisation,indicator,period,numerator,denominator\nA,x,2024,20,100\nB,x,2024,30,100\nC,x,2024,1,40000\n"), Options{}, "en")
	if !strings.Contains(text, "1 / 40,000 0.0025%") || !strings.Contains(text, "20 / 100 20.0%") {
		t.Error(text)
	}
}

// A future period is asked about, by a reader that knows the day.
func TestFuturePeriods(t *testing.T) {
	data := []byte("organisation,indicator,period,value\nA,x,2024-01,3.5\nA,x,2062-01,4.5\nB,x,2062-02,4.5\n")
	o := report.FigureOptions{Today: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)}
	if _, err := Read("f.csv", data, o); err == nil || !strings.Contains(err.Error(), `"2062-01" has not begun yet; is the year right? If it is, say --future; also on line 4`) {
		t.Error(err)
	}
	o.Future = true
	if s, err := Read("f.csv", data, o); err != nil || !slices.ContainsFunc(s.Figures.Rows, func(r report.Row) bool { return r.Period == "2062-01" }) {
		t.Error(err)
	}
}
