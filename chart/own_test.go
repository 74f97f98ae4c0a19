package chart

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// ownSeries are one organisation's figures in so many quarters up to the round's, with
// those at the gaps left out; a new definition begins at each version.
func ownSeries(t tester, i benchmark.Indicator, last benchmark.Figure, quarters int, gaps []int, version int) Series {
	r := rand.New(rand.NewPCG(3, uint64(len(i.ID))+uint64(quarters)))
	s := Series{Indicator: i, Organisation: "Sjövik hospital"}
	for k := range quarters {
		if slices.Contains(gaps, k) {
			continue
		}
		back := quarters - 1 - k
		at := 2026*4 + 2 - back
		p, err := benchmark.ParsePeriod(fmt.Sprintf("%d-Q%d", at/4, at%4+1))
		if err != nil {
			t.Fatal(err)
		}
		f := last
		if back > 0 {
			wave := r.Float64()*2 - 1
			switch i.Kind {
			case benchmark.Proportion, benchmark.Rate:
				spread := math.Sqrt(last.Numerator)
				if i.Kind == benchmark.Proportion {
					spread *= math.Sqrt(1 - last.Numerator/last.Denominator)
				}
				f.Numerator = max(0, math.Round(last.Numerator+1.5*wave*spread))
				if i.Kind == benchmark.Proportion {
					f.Numerator = min(f.Numerator, f.Denominator)
				}
			case benchmark.Mean, benchmark.Duration:
				f.Value = math.Max(0, last.Value*(1+0.15*wave))
			case benchmark.Count:
				f.Value = math.Max(0, math.Round(last.Value+2*wave))
			case benchmark.Scale:
				f.Value = math.Max(1, math.Round(last.Value+wave))
			case benchmark.YesNo:
				f.Value = float64(r.IntN(2))
			case benchmark.Text:
			}
		}
		point := SeriesPoint{Period: p, Figure: f, Since: 1}
		if version > 0 && k >= version {
			point.Since = 2
		}
		point.Value, _ = f.Of(i)
		s.Points = append(s.Points, point)
	}
	if version > 0 {
		s.Indicator.Since = 2
	}
	return s
}

// ownRows are an own view of a drawn round, with so many quarters; of the organisation
// that has a high share and one that it guessed at.
func ownRows(t tester, indicators []benchmark.Indicator, quarters int, visibility benchmark.Visibility) []OwnRow {
	const you = "Org 0003"
	var rows []OwnRow
	for k, v := range drawnRound(t, indicators, 21, visibility, you) {
		if visibility == benchmark.Named && v.Indicator.Kind == benchmark.Proportion { // nothing is withheld
			v.Marks = slices.DeleteFunc(v.Marks, func(m view.Mark) bool { return m.Withheld != "" })
			v.Counts.Values, v.Counts.Withheld = v.Counts.Values-v.Counts.Withheld, 0
		}
		v.Guess = []benchmark.Position{"", benchmark.Below, benchmark.Around, benchmark.Above}[k%4]
		row := OwnRow{View: v, Series: Series{Indicator: v.Indicator, Organisation: "Sjövik hospital"}}
		var gaps []int
		version := 0
		switch k % 8 {
		case 3:
			gaps = []int{quarters - 8, quarters - 7}
		case 4:
			version = max(quarters-2, 0)
		case 7:
			gaps = []int{quarters - 5}
		}
		for _, m := range v.Marks {
			if m.You && m.Answer == benchmark.Value {
				row.Series = ownSeries(t, v.Indicator, m.Figure, quarters, gaps, version)
			}
		}
		if k%8 == 1 { // lower than it was
			for j := range row.Series.Points[:max(0, len(row.Series.Points)-7)] {
				p := &row.Series.Points[j]
				p.Figure.Numerator = math.Round(p.Figure.Numerator * 1.9)
				p.Value, _ = p.Figure.Of(v.Indicator)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func ownPicturesOf(t tester) map[string]ownPicture {
	all := map[string]ownPicture{}
	for _, language := range locale.Languages() {
		for _, quarters := range []int{1, 5, 8, 12, 24, 40} {
			for _, visibility := range []benchmark.Visibility{benchmark.Named, benchmark.Own} {
				for i, part := range ownParts(locale.For(language), ownRows(t, eightKinds(language), quarters, visibility)) {
					all[fmt.Sprintf("%s-%d-%s-%d", language, quarters, visibility, i+1)] = part
				}
			}
		}
	}
	return all
}

// All words of an own view can be read.
func TestOwnWordsCanBeRead(t *testing.T) {
	for name, part := range ownPicturesOf(t) {
		t.Run(name, func(t *testing.T) {
			checkWords(t, part)
			if alt := part.alt(); utf8.RuneCountInString(alt) > MaxRoundAlt || strings.Contains(alt, "…") {
				t.Errorf("alternative text of %d characters: %s", utf8.RuneCountInString(alt), alt)
			}
		})
	}
}

// What stands where in own views: look at them when it changes.
func TestOwnGolden(t *testing.T) {
	all := ownPicturesOf(t)
	for _, name := range []string{"en-12-named-1", "sv-24-named-1", "en-5-own-1"} {
		goldenStructure(t, "own-"+name, all[name])
	}
}

// Nothing of another organisation is in an own view but what all have in common.
func TestOwnIsOnesOwn(t *testing.T) {
	rows := ownRows(t, eightKinds("en"), 12, benchmark.Named)
	before := structureOf(ownParts(locale.For("en"), rows)[0])
	for i := range rows {
		for k, m := range rows[i].View.Marks {
			if !m.You && rows[i].View.Indicator.Kind != benchmark.YesNo && rows[i].View.Indicator.Kind != benchmark.Proportion {
				rows[i].View.Marks[k].Value, rows[i].View.Marks[k].Label = 4711, "Another"
			}
		}
	}
	after := structureOf(ownParts(locale.For("en"), rows)[0])
	if before != after || strings.Contains(after, "Another") || strings.Contains(after, "Org ") {
		t.Errorf("another's figure is drawn:\n%s", after)
	}
}

// Up to eight indicators are one picture, up to sixteen two; of more the rest is counted,
// those with news are not among it, and what was never answered has no row.
func TestOwnParts(t *testing.T) {
	l := locale.For("en")
	for n, want := range map[int][]int{8: {8}, 9: {5, 4}, 16: {8, 8}} {
		var rows []int
		for _, p := range ownParts(l, ownRows(t, thirtyIndicators(n), 12, benchmark.Named)) {
			rows = append(rows, len(p.rows))
		}
		if !slices.Equal(rows, want) {
			t.Errorf("%d are %v, want %v", n, rows, want)
		}
	}
	many := ownRows(t, thirtyIndicators(30), 12, benchmark.Named)
	many[29].View.Marks, many[29].Series.Points = nil, nil
	parts := ownParts(l, many)
	if len(parts) != 2 || len(parts[0].rows) != 8 || len(parts[1].rows) != 7 || len(parts[1].rest) != 14 || len(parts[0].rest) != 0 {
		t.Fatalf("%d parts", len(parts))
	}
	for _, p := range parts {
		checkWords(t, p)
	}
	if got := strings.Join(parts[1].restLines(), " "); got != "14 more: 5 as usual, 8 with too few rounds to tell and 1 without a figure." || !strings.Contains(parts[1].alt(), got) {
		t.Errorf("the rest is %q in %q", got, parts[1].alt())
	}
	goldenStructure(t, "own-thirty", parts[1])
	nothing := ownRows(t, eightKinds("en")[:2], 12, benchmark.Named)
	for i := range nothing {
		nothing[i].View.Marks, nothing[i].Series.Points = nil, nil
	}
	if _, err := Own(l, nothing); !errors.Is(err, ErrNoPicture) {
		t.Errorf("nothing of one's own: %v", err)
	}
}

// A gap and a new definition cut the line, a round without a figure is said, and a guess
// stands beside where it came out only when there was one.
func TestOwnLines(t *testing.T) {
	l := locale.For("en")
	rows := ownRows(t, eightKinds("en"), 12, benchmark.Named)
	row := newOwnRow(l, rows[3])
	joined := 0
	for i := range row.s.Points {
		if row.joins(i) {
			joined++
		}
	}
	if want := len(row.s.Points) - 2; joined != want { // the first, and the one after the gap
		t.Errorf("%d joined, want %d", joined, want)
	}
	broken := newOwnRow(l, rows[4])
	if broken.joins(len(broken.s.Points) - 2) {
		t.Error("a line leads into a new definition")
	}
	if got := structureOf(ownParts(l, rows[4:5])[0]); !strings.Contains(got, "dashed line") || !strings.Contains(got, `words "new definition"`) {
		t.Errorf("no rule where a new definition begins:\n%s", got)
	}
	late := rows[2]
	late.View.Marks = slices.DeleteFunc(slices.Clone(late.View.Marks), func(m view.Mark) bool { return m.You })
	late.Series.Points = late.Series.Points[:10]
	if row := newOwnRow(l, late); row.after != 2 || row.hasPill() || !strings.Contains(structureOf(ownParts(l, []OwnRow{late})[0]), `words "no figure"`) {
		t.Errorf("after %d, pill %v", row.after, row.hasPill())
	}
	for guess, rings := range map[benchmark.Position]int{"": 1, benchmark.Above: 2} { // one in the head
		r := rows[2]
		r.View.Guess = guess
		if got := strings.Count(structureOf(ownParts(l, []OwnRow{r})[0]), "radius 4.6") + strings.Count(structureOf(ownParts(l, []OwnRow{r})[0]), "radius 6.3"); got != rings {
			t.Errorf("guess %q has %d rings", guess, got)
		}
	}
}

// The achievable level is drawn where there is one, and said.
func TestOwnAchievable(t *testing.T) {
	l := locale.For("en")
	for visibility, want := range map[benchmark.Visibility]bool{benchmark.Named: true, benchmark.Own: false} {
		part := ownParts(l, ownRows(t, eightKinds("en"), 12, visibility))[0]
		got := structureOf(part)
		if strings.Contains(got, `words "achievable"`) != want || strings.Contains(part.alt(), "achievable") != want {
			t.Errorf("%s: %s", visibility, part.alt())
		}
	}
}

func BenchmarkOwn(b *testing.B) {
	rows := ownRows(b, thirtyIndicators(30), 40, benchmark.Named)
	for b.Loop() {
		if _, err := Own(locale.For("sv"), rows); err != nil {
			b.Fatal(err)
		}
	}
}

// No picture of an own view takes more than a phone should fetch.
func TestOwnIsSmall(t *testing.T) {
	t.Parallel()
	for name, part := range ownPicturesOf(t) {
		p, err := asPNG.render(part, name, part.alt())
		if err != nil {
			t.Fatal(err)
		}
		if len(p.PNG) == 0 || len(p.PNG) > mostPhoneBytes {
			t.Errorf("%s: %d bytes", name, len(p.PNG))
		}
	}
}
