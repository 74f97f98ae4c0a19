package analysis

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"roundtable/locale"
	"roundtable/stats"
)

// What has to be said of files that were told wrongly once, and what must not be.
func TestWordsOfFiles(t *testing.T) {
	for _, c := range []struct {
		file, language string
		says, never    []string
	}{
		{"zero-baseline-then-events", "en", []string{"The first 12 rounds are all at 0%.", "None of the 12 later ones is.", "longer on one side of the median"}, []string{"The same in every", "all rounds so far"}},
		{"zero-baseline-then-events", "sv", []string{"De första 12 omgångarna ligger alla på 0 %.", "Ingen av de 12 senare gör det.", "längre på samma sida om medianen"}, []string{"Samma i varje"}},
		{"phi-1.0-called-wider", "en", []string{"None of those shown lies outside"}, []string{"wider", "φ", "more than chance", "Allowing for spread"}},
		{"phi-1.0-called-wider", "sv", []string{"Ingen av dem som visas ligger utanför"}, []string{"Spridningen", "φ", "skiljer sig åt mer"}},
		{"adjusted-narrower", "en", []string{"330 / 330"}, []string{"Allowing for spread", "above the 99.8% limit"}},
		{"adjusted-narrower", "sv", []string{"330 / 330"}, []string{"spridning"}},
		{"low-proportions", "en", []string{"0.022%", "0.020%", "0.031%", "0.014%", "0.017% – 0.028%"}, []string{" 0.0%"}},
		{"low-proportions", "sv", []string{"0,022 %", "0,014 %"}, []string{" 0,0 %"}},
		{"missing-months", "en", []string{"4 months are missing."}, nil},
		{"missing-months", "sv", []string{"4 månader saknas."}, nil},
	} {
		data, err := os.ReadFile(filepath.Join("testdata", "files", c.file+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := analysed(t, typed(t, string(data)), Options{}).WriteText(&out, locale.For(c.language)); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.FieldsFunc(out.String(), func(r rune) bool { return r == ' ' || r == '\n' || r == '\u00a0' }), " ")
		for _, s := range c.says {
			if !strings.Contains(text, s) {
				t.Errorf("%s, %s: doesn't say %q:\n%s", c.file, c.language, s, out.String())
			}
		}
		for _, s := range c.never {
			if strings.Contains(text, s) {
				t.Errorf("%s, %s: says %q", c.file, c.language, s)
			}
		}
	}
}

// The signal of the runs is in the JSON too, and limits that allow for a wide spread
// are nowhere inside the others.
func TestFiguresOfFiles(t *testing.T) {
	result := func(name string) Result {
		data, err := os.ReadFile(filepath.Join("testdata", "files", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		return analysed(t, typed(t, string(data)), Options{}).Result()
	}
	if s := result("zero-baseline-then-events").Series[0]; s.Runs.Signal == nil || !*s.Runs.Signal {
		t.Errorf("runs %+v", s.Runs)
	}
	for _, name := range []string{"phi-1.0-called-wider", "adjusted-narrower"} {
		if c := result(name).Comparisons[0]; c.Overdispersed == nil || *c.Overdispersed {
			t.Errorf("%s: overdispersed %v", name, c.Overdispersed)
		}
	}
	heart := analysed(t, read(t, "child-heart-surgery", false), Options{}).Result().Comparisons[0]
	for _, o := range heart.Organisations {
		if o.Adjusted998 == nil || o.Adjusted998[0] > o.Limits998[0] || o.Adjusted998[1] < o.Limits998[1] || o.Adjusted95[0] > o.Limits95[0] {
			t.Errorf("%s: %v allows for less than %v", o.Organisation, o.Adjusted998, o.Limits998)
		}
		if o.AdjustedFlag == stats.High998.String() && o.Flag != stats.High998.String() {
			t.Errorf("%s: %s, and %s with what allows for more", o.Organisation, o.Flag, o.AdjustedFlag)
		}
	}
}
