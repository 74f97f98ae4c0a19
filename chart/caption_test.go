package chart

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
	"roundtable/stats"
)

var update = flag.Bool("update", false, "write golden files")

// golden compares with testdata/name, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", name, diff)
	}
}

// A captioned is a view with what it is an example of.
type captioned struct {
	what string
	view view.View
}

// fewMeans has a mean outside limits that lie around another centre than the middle.
func fewMeans(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "stay", Title: "Stay", Kind: benchmark.Mean, Unit: "days"}, "2026-Q4")
	sd := 3.0
	for _, m := range []struct {
		label    string
		value, n float64
	}{{"A", 12.5, 40}, {"B", 14, 38}, {"C", 11, 50}, {"D", 20.1, 45}} {
		e.give(m.label, benchmark.Figure{Value: m.value, N: m.n, SD: &sd})
	}
	return e
}

func captions(t *testing.T) []captioned {
	guessed := func(e *example, g benchmark.Position, who string) view.View {
		e.v.Guess = g
		return e.seenBy(who)
	}
	proportion := func(i benchmark.Indicator, rows ...row) *example {
		i.ID, i.Kind = "share", benchmark.Proportion
		return newExample(t, i, "2026-Q4").proportions(rows...)
	}
	doubted := heart(t).answer("Manchester", benchmark.DoesNotFit).answer("Sheffield", benchmark.DoesNotFit)
	skipped := three(t).answer("Kiruna", benchmark.NotMeasured).answer("Lycksele", benchmark.NotApplicable)
	skipped.v.Counts.Organisations, skipped.v.Counts.Skipped, skipped.v.Counts.Silent = 8, 2, 1
	noSpread := newExample(t, benchmark.Indicator{ID: "age", Title: "Age", Kind: benchmark.Mean, Unit: "years"}, "2026")
	for i, label := range []string{"A", "B", "C", "D", "E"} {
		noSpread.give(label, benchmark.Figure{Value: 61.4 + float64(i*i%5), N: 50})
	}
	return []captioned{
		{"outside, neutral words", heart(t).seenBy("")},
		{"outside, higher is favourable", higherIsFavourable(t).seenBy("")},
		{"outside, no direction", noDirection(t).seenBy("")},
		{"outside, seen by who is", guessed(heart(t), benchmark.Around, "Bristol")},
		{"between the limits, seen by who is", guessed(heart(t), benchmark.Below, "Leeds")},
		{"in the middle, guessed above", guessed(heart(t), benchmark.Above, "Newcastle")},
		{"coded", heart(t).with(benchmark.Coded).seenBy("")},
		{"in chance, with a target", three(t).seenBy("")},
		{"who did not answer", skipped.seenBy("")},
		{"small numbers withheld", sixty(t).seenBy("")},
		{"small numbers, your own", smallWards(t).seenBy("Alingsås lasarett B2")},
		{"small numbers, your own outside", proportion(benchmark.Indicator{Title: "Readmission"},
			row{"A", 24, 240}, row{"B", 4, 200}, row{"C", 40, 400}, row{"D", 31, 300}, row{"E", 22, 210}).seenBy("B")},
		{"means, few", fewMeans(t).seenBy("")},
		{"much withheld", smallWards(t).seenBy("")},
		{"many outside", many(t).seenBy("")},
		{"wide spread, nobody outside", wide(t).seenBy("")},
		{"definition doubted", doubted.seenBy("")},
		{"no events", proportion(benchmark.Indicator{Title: "Wrong-site surgery"}, row{"A", 0, 120}, row{"B", 0, 80}, row{"C", 0, 95}).seenBy("")},
		{"all", proportion(benchmark.Indicator{Title: "Checklist used"}, row{"A", 120, 120}, row{"B", 80, 80}).seenBy("")},
		{"one organisation", proportion(benchmark.Indicator{Title: "Alone"}, row{"A", 12, 120}).seenBy("")},
		{"nobody can be shown", proportion(benchmark.Indicator{Title: "Few"}, row{"A", 2, 12}, row{"B", 1, 14}).seenBy("")},
		{"only yours can be shown", proportion(benchmark.Indicator{Title: "Few"}, row{"A", 2, 12}, row{"B", 1, 14}).seenBy("A")},
		{"own value and the middle", guessed(heart(t).with(benchmark.Own), benchmark.Above, "Oxford")},
		{"own, to the public", heart(t).with(benchmark.Own).seenBy("")},
		{"own, the middle alone", incidents(t).with(benchmark.Own).give("Ward X", benchmark.Figure{Value: 44}).seenBy("Ward B")},
		{"own, nothing common", three(t).with(benchmark.Own).seenBy("Länssjukhuset Ryhov")},
		{"own, nothing common, to the public", three(t).with(benchmark.Own).seenBy("")},
		{"own, corrected", corrected(heart(t).with(benchmark.Own), "Leeds").seenBy("Leeds")},
		{"means", waits(t).seenBy("Mora")},
		{"means without standard deviation", noSpread.seenBy("")},
		{"counts", incidents(t).seenBy("Ward B")},
		{"durations", stays(t).seenBy("")},
		{"scale", culture(t).seenBy("Clinic 03")},
		{"yes or no", rounds(t).seenBy("")},
		{"yes or no, yours", rounds(t).seenBy("Danderyds sjukhus")},
		{"texts", texts(t).seenBy("")},
	}
}

func TestCaptionGolden(t *testing.T) {
	var all strings.Builder
	for _, c := range captions(t) {
		fmt.Fprintf(&all, "# %s\n", c.what)
		for _, language := range locale.Languages() {
			w := Caption(locale.For(language), c.view)
			fmt.Fprintf(&all, "[%s] %s\n", language, w.Headline)
			for _, s := range w.Sentences {
				fmt.Fprintf(&all, "     %s\n", s)
			}
		}
		all.WriteString("\n")
	}
	golden(t, "captions.golden", all.String())
}

func TestTrendCaptionGolden(t *testing.T) {
	var all strings.Builder
	for _, c := range trends(t) {
		fmt.Fprintf(&all, "# %s\n", c.what)
		for _, language := range locale.Languages() {
			w := TrendCaption(locale.For(language), c.series)
			fmt.Fprintf(&all, "[%s] %s\n", language, w.Headline)
			for _, s := range w.Sentences {
				fmt.Fprintf(&all, "     %s\n", s)
			}
		}
		all.WriteString("\n")
	}
	golden(t, "trends.golden", all.String())
}

func TestAltGolden(t *testing.T) {
	var all strings.Builder
	for _, c := range captions(t) {
		for _, language := range locale.Languages() {
			if text := alt(t, locale.For(language), c.view); text != "" {
				fmt.Fprintf(&all, "# %s\n[%s] %s\n\n", c.what, language, text)
			}
		}
	}
	golden(t, "alts.golden", all.String())
}

// alt returns a view's alternative text, empty when it has no picture.
func alt(t *testing.T, l *locale.Locale, v view.View) string {
	t.Helper()
	p, err := ComparisonSVG(l, v)
	if err != nil && !errors.Is(err, ErrNoPicture) {
		t.Fatal(err)
	}
	return p.Alt
}

// The flags that the literature gives for the twelve centres.
func TestHeartFlags(t *testing.T) {
	want := map[string]stats.Flag{"Bristol": stats.High998, "Oxford": stats.High95, "Leeds": stats.Low95}
	for _, m := range heart(t).seenBy("").Marks {
		flag, special := want[m.Label]
		if !special {
			flag = stats.In
		}
		if m.Point.Flag != flag {
			t.Errorf("%s is %v, want %v", m.Label, m.Point.Flag, flag)
		}
	}
}

// never are words that no caption says of an organisation.
var never = regexp.MustCompile(`(?i)\b(best|worst|bad|poor|top|bottom|winner|loser|fail\w*|rank(ed|s)?|league|bäst\w*|sämst\w*|dålig\w*|rankad|topp|botten)\b|⟦|⟧|NaN|Inf\b`)

func TestWordsAreKind(t *testing.T) {
	for _, language := range locale.Languages() {
		l := locale.For(language)
		for _, c := range captions(t) {
			for _, text := range []string{Caption(l, c.view).String(), alt(t, l, c.view)} {
				if found := never.FindString(text); found != "" {
					t.Errorf("%s, %s: says %q: %s", c.what, language, found, text)
				}
			}
		}
		for _, c := range trends(t) {
			if found := never.FindString(TrendCaption(l, c.series).String()); found != "" {
				t.Errorf("%s, %s: says %q", c.what, language, found)
			}
		}
	}
}

// Nothing that is withheld from a viewer is in what the viewer is told.
func TestOwnViewTellsNothingOfOthers(t *testing.T) {
	v := heart(t).with(benchmark.Own).seenBy("Oxford")
	l := locale.For("en")
	p, err := ComparisonSVG(l, v)
	if err != nil {
		t.Fatal(err)
	}
	var words []string // places are numbers too
	for _, part := range regexp.MustCompile(`(?s)<(?:text|title)[^>]*>(.*?)</`).FindAllStringSubmatch(string(p.SVG), -1) {
		words = append(words, part[1])
	}
	if len(words) < 4 {
		t.Fatalf("only %q is written", words)
	}
	for _, text := range append(words, Caption(l, v).String(), p.Alt) {
		for _, other := range []string{"Bristol", "28.7", "Leeds", "7.4%", "Birmingham", "10.0%"} {
			if strings.Contains(text, other) {
				t.Errorf("%q is told: %s", other, text)
			}
		}
	}
}

func TestOwnPositionIsWithinTheQuartiles(t *testing.T) {
	for value, want := range map[float64]benchmark.Position{
		1: benchmark.Below, 2: benchmark.Around, 3: benchmark.Around, 4: benchmark.Around, 5: benchmark.Above,
	} {
		v := view.View{Low: 2, Middle: 3, High: 4, HasMiddle: true, Marks: []view.Mark{
			{You: true, Answer: benchmark.Value, Value: value, HasValue: true},
		}}
		if got, ok := (viewText{v: v, unit: unit{decimals: 1}}).ownPosition(); !ok || got != want {
			t.Errorf("%v stands %q, want %q", value, got, want)
		}
	}
	if _, ok := (viewText{v: view.View{HasMiddle: true}}).ownPosition(); ok {
		t.Error("there is a standing without an own value")
	}
}
