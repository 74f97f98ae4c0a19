package chart

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// eightKinds are indicators, one of each kind, in English or Swedish.
func eightKinds(language string) []benchmark.Indicator {
	titles := []string{"Hand hygiene", "Falls with injury", "Pain at rest", "Emergency drills", "Wait for a doctor", "Safe to speak up", "Daily huddle", "How we hand over"}
	if language == "sv" {
		titles = []string{"Handhygien", "Fall med skada", "Smärta i vila", "Övade larm", "Väntan på läkare", "Tryggt att säga till", "Daglig avstämning", "Så lämnar vi över"}
	}
	all := []benchmark.Indicator{
		{ID: "hand", Kind: benchmark.Proportion, Direction: benchmark.Higher},
		{ID: "falls", Kind: benchmark.Rate, Direction: benchmark.Lower},
		{ID: "pain", Kind: benchmark.Mean, Direction: benchmark.Lower},
		{ID: "drills", Kind: benchmark.Count, Direction: benchmark.Higher},
		{ID: "wait", Kind: benchmark.Duration, Direction: benchmark.Lower, Unit: "h"},
		{ID: "speak", Kind: benchmark.Scale, Direction: benchmark.Higher, Levels: 5},
		{ID: "huddle", Kind: benchmark.YesNo, Direction: benchmark.Higher},
		{ID: "over", Kind: benchmark.Text},
	}
	for i := range all {
		all[i].Title = titles[i]
	}
	return all
}

// drawnRound are views of a round of so many organisations, with figures drawn by a
// fixed seed.
func drawnRound(t tester, indicators []benchmark.Indicator, organisations int, visibility benchmark.Visibility, you string) []view.View {
	r := rand.New(rand.NewPCG(7, uint64(organisations)))
	events := func(n, p float64) float64 {
		x := 0.0
		for range int(n) {
			if r.Float64() < p {
				x++
			}
		}
		return x
	}
	var views []view.View
	for _, i := range indicators {
		e := newExample(t, i, "2026-Q3").with(visibility)
		for k := range organisations {
			size := float64(int(60 + r.Float64()*400))
			var f benchmark.Figure
			switch i.Kind {
			case benchmark.Proportion:
				f = benchmark.Figure{Numerator: events(size, map[bool]float64{true: 0.98, false: 0.88}[k == 3]), Denominator: size}
			case benchmark.Rate:
				f = benchmark.Figure{Numerator: events(size*20, map[bool]float64{true: 0.0069, false: 0.0031}[k == 4]), Denominator: size * 20}
			case benchmark.Mean:
				f = benchmark.Figure{Value: 3 + r.NormFloat64()*2/10, N: float64(int(size / 2)), SD: new(2.0)}
			case benchmark.Count:
				f.Value = float64(r.IntN(9))
				if k == 7 {
					f.Value = 31
				}
			case benchmark.Duration:
				f.Value = 2 + r.ExpFloat64()
			case benchmark.Scale:
				f.Value = float64(2 + r.IntN(4) - r.IntN(2))
			case benchmark.YesNo:
				f.Value = events(1, 0.7)
			case benchmark.Text:
				if r.Float64() < 0.4 {
					e.answer(fmt.Sprintf("Org %04d", k), benchmark.NotMeasured)
					continue
				}
			}
			e.give(fmt.Sprintf("Org %04d", k), f)
		}
		v := e.seenBy(you)
		views = append(views, v)
	}
	return views
}

// roundsOf are pictures of rounds of all sizes, kinds and visibilities, by name.
func roundsOf(t tester) map[string]roundPicture {
	drawnRounds.Do(func() { drawnRounds.all = drawRounds(t) })
	return drawnRounds.all
}

var drawnRounds struct {
	sync.Once
	all map[string]roundPicture
}

func drawRounds(t tester) map[string]roundPicture {
	all := map[string]roundPicture{}
	for _, language := range locale.Languages() {
		for _, n := range []int{3, 5, 12, 21, 24, 60, 200, 2000} {
			for _, visibility := range []benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own} {
				for _, you := range []string{"", "Org 0003"} {
					if n == 2000 && (visibility != benchmark.Named || you != "" || language != "en") {
						continue // slow, and no other than 200
					}
					views := drawnRound(t, eightKinds(language), n, visibility, you)
					for i, part := range roundParts(locale.For(language), views) {
						all[fmt.Sprintf("%s-%d-%s%s-%d", language, n, visibility, map[bool]string{true: "-you"}[you != ""], i+1)] = part
					}
				}
			}
		}
	}
	return all
}

// All words of a round's picture can be read: none is cut, tiny, over another or
// off the sheet, whatever the number of organisations.
func TestRoundWordsCanBeRead(t *testing.T) {
	all := roundsOf(t)
	if len(all) < 70 {
		t.Fatalf("%d pictures", len(all))
	}
	for name, part := range all {
		t.Run(name, func(t *testing.T) {
			checkWords(t, part)
			if alt := part.alt(); utf8.RuneCountInString(alt) > MaxRoundAlt || strings.Contains(alt, "…") {
				t.Errorf("alternative text of %d characters: %s", utf8.RuneCountInString(alt), alt)
			}
			for _, row := range part.rows {
				if strings.Contains(part.alt(), "Org ") || row.v.Visibility == benchmark.Own && len(row.allMarks()) > 1 {
					t.Error("an organisation is named, or another's point is there")
				}
			}
		})
	}
}

// What stands where in the pictures of rounds: look at them when it changes.
func TestRoundGolden(t *testing.T) {
	all := roundsOf(t)
	for _, name := range []string{"en-3-named-1", "en-12-named-1", "sv-21-named-you-1", "en-60-coded-1", "sv-200-named-1", "en-24-own-you-1"} {
		goldenStructure(t, "round-"+name, all[name])
	}
}

// thirtyIndicators are of all kinds, in five sections.
func thirtyIndicators(n int) []benchmark.Indicator {
	var all []benchmark.Indicator
	for k := range n {
		i := eightKinds("en")[k%8]
		i.ID, i.Title, i.Section = benchmark.IndicatorID(fmt.Sprintf("i%02d", k)), fmt.Sprintf("%s %d", i.Title, k/8+1), fmt.Sprintf("Section %d", k/6+1)
		all = append(all, i)
	}
	return all
}

// Up to eight indicators are one picture, up to sixteen two that begin with a section;
// of more those worth a talk are drawn, and the rest is counted in a line.
func TestRoundParts(t *testing.T) {
	l := locale.For("en")
	for n, want := range map[int][]int{1: {1}, 8: {8}, 9: {6, 3}, 12: {6, 6}, 14: {6, 8}, 16: {8, 8}} {
		parts := roundParts(l, drawnRound(t, thirtyIndicators(n), 21, benchmark.Named, ""))
		var rows []int
		for k, p := range parts {
			rows = append(rows, len(p.rows))
			if len(parts) > 1 && !strings.Contains(p.subtitle(), fmt.Sprintf("%d of %d", k+1, len(parts))) {
				t.Errorf("of %d: %s", n, p.subtitle())
			}
		}
		if !slices.Equal(rows, want) {
			t.Errorf("%d indicators are %v, want %v", n, rows, want)
		}
	}
	parts := roundParts(l, drawnRound(t, thirtyIndicators(30), 21, benchmark.Named, ""))
	if len(parts) != 1 || len(parts[0].rows) != view.MaxWorth || len(parts[0].rest) != 27 {
		t.Fatalf("%d parts of thirty", len(parts))
	}
	checkWords(t, parts[0])
	if got := strings.Join(parts[0].restLines(), " "); !strings.HasPrefix(got, "27 more: ") || !strings.Contains(parts[0].alt(), got) {
		t.Errorf("the rest is %q in %q", got, parts[0].alt())
	}
	goldenStructure(t, "round-thirty", parts[0])
}

// Rows keep the template's order; what nobody answered has none, and where nothing can
// be drawn there is no picture.
func TestRoundRows(t *testing.T) {
	l := locale.For("en")
	views := drawnRound(t, eightKinds("en"), 12, benchmark.Named, "")
	empty := newExample(t, benchmark.Indicator{ID: "none", Title: "None", Kind: benchmark.Count}, "2026-Q3").answer("Org 1", benchmark.NotMeasured).seenBy("")
	parts := roundParts(l, slices.Insert(views, 2, empty))
	var titles []string
	for _, row := range parts[0].rows {
		titles = append(titles, row.v.Indicator.Title)
	}
	if want := []string{"Hand hygiene", "Falls with injury", "Pain at rest", "Emergency drills", "Wait for a doctor", "Safe to speak up", "Daily huddle", "How we hand over"}; !slices.Equal(titles, want) {
		t.Errorf("rows %v", titles)
	}
	if !strings.Contains(parts[0].alt(), "One more indicator has no answer.") {
		t.Error(parts[0].alt())
	}
	for name, views := range map[string][]view.View{
		"none": nil, "nobody answered": {empty}, "two organisations": drawnRound(t, eightKinds("en")[:7], 2, benchmark.Named, ""),
		"nothing in common": drawnRound(t, eightKinds("en"), 5, benchmark.Own, "Org 0002"),
	} {
		if _, err := Round(l, views); !errors.Is(err, ErrNoPicture) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// One value far beyond the rest stands at the edge with its number; all alike are a line
// of words.
func TestFarAndAlike(t *testing.T) {
	far := newExample(t, eightKinds("en")[3], "2026-Q3")
	alike := newExample(t, eightKinds("en")[4], "2026-Q3")
	for k := range 8 {
		far.give(fmt.Sprintf("Org %d", k), benchmark.Figure{Value: map[bool]float64{true: 310, false: float64(k)}[k == 5]})
		alike.give(fmt.Sprintf("Org %d", k), benchmark.Figure{})
	}
	row := rowOf(viewText{l: locale.For("en"), v: far.seenBy(""), unit: unitOf(locale.For("en"), far.seenBy(""))})
	if row.far == nil || row.values.high > 12 || row.values.to > laneRight-farRoom {
		t.Errorf("far %v on %+v", row.far, row.values)
	}
	part := roundParts(locale.For("en"), []view.View{far.seenBy(""), alike.seenBy("")})[0]
	got := structureOf(part)
	if !strings.Contains(got, `words "310"`) || !strings.Contains(got, `words "all alike: 0\u00a0h"`) || part.rows[1].isDrawn() {
		t.Error(got)
	}
}

// A name is cut so that its end and its difference stay, and no two become the same.
func TestRowNames(t *testing.T) {
	width := wordsRight - wordsLeft
	titles := []string{
		"Falls", "Patients with a pressure ulcer of category two or more (all wards)", "Patients with a pressure ulcer of category two or more (hips)",
		"Readmission within 30 days, all causes", "Time from arrival to first contact with a doctor", "Läkemedelsgenomgångar vid utskrivning till kommunen",
	}
	seen := map[string]bool{}
	for i, n := range rowNames(titles, width) {
		if n.pen.width(n.text) > width || n.pen.size < 11 || n.text == "" || seen[n.text] {
			t.Errorf("%q becomes %q of size %.1f", titles[i], n.text, n.pen.size)
		}
		seen[n.text] = true
	}
	for title, want := range map[string]string{"Falls with injury": "Falls with injury", "Readmission within 30 days, all causes": "Readmission within 30 days"} {
		if got := rowNames([]string{title}, 170)[0].text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

const mostPhoneBytes = 150_000 // of a picture for a phone

// A round's picture is small for all numbers of organisations.
func TestRoundIsSmall(t *testing.T) {
	for _, n := range []int{12, 60, 99, 499, 2000} {
		pictures, err := Round(locale.For("en"), drawnRound(t, eightKinds("en"), n, benchmark.Named, ""))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pictures {
			if len(p.PNG) > mostPhoneBytes {
				t.Errorf("of %d: %d bytes, at most %d", n, len(p.PNG), mostPhoneBytes)
			}
		}
	}
}

func BenchmarkRound(b *testing.B) {
	for _, size := range []struct{ indicators, organisations int }{{8, 21}, {16, 100}, {30, 100}, {8, 2000}} {
		b.Run(fmt.Sprintf("%dx%d", size.indicators, size.organisations), func(b *testing.B) {
			views := drawnRound(b, thirtyIndicators(size.indicators), size.organisations, benchmark.Named, "")
			for b.Loop() {
				if _, err := Round(locale.For("sv"), views); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
