package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/locale"
)

// ownSo is what is so of a row of an own view: of the round, and of its own series.
type ownSo struct {
	truth
	course
	judged bool // the series has a chart
	now    bool // its last figure is the round's
}

// changed says whether one of the rules marks the round's figure.
func (so *ownSo) changed(rules string) bool {
	if !so.judged || !so.now {
		return false
	}
	last := len(so.values) - 1
	marked := so.marked(last)
	if so.high != nil && sameAs(so.high[last], so.low[last]) { // what lies beside a mean by rounding lies on it
		marked = map[string]bool{"above-limit": marked["above-limit"], "below-limit": marked["below-limit"]}
	}
	return slices.ContainsFunc(strings.Fields(rules), func(rule string) bool { return marked[rule] })
}

func (so *ownSo) usual() bool {
	return so.judged && so.now && so.high != nil && !so.changed(upwards+" "+downwards)
}

type ownCheck = func(so *ownSo, row ownRow, c Claim) string

func checkChange(rules string) ownCheck {
	return func(so *ownSo, _ ownRow, _ Claim) string { return expect(so.changed(rules), "nothing says so") }
}

func checkGuessed(p benchmark.Position) ownCheck {
	return func(so *ownSo, _ ownRow, _ Claim) string {
		return expect(so.v.Guess == p, "it was %q", so.v.Guess)
	}
}

// ownChecks are those of what an own view's picture says.
var ownChecks = map[string]ownCheck{
	"figure": func(so *ownSo, _ ownRow, c Claim) string {
		return expect(so.own != nil && c.Value == so.own.Value, "it isn't")
	},
	"answered": func(so *ownSo, _ ownRow, c Claim) string {
		return expect(so.own == nil && c.Marks[0].Answer == so.answer, "it is %q", so.answer)
	},
	"none": func(so *ownSo, _ ownRow, _ Claim) string {
		return expect(so.own == nil && so.answer == "", "there is one")
	},
	"told": checkOwnKind(benchmark.Text, 0), "yes": checkOwnKind(benchmark.YesNo, 1), "no": checkOwnKind(benchmark.YesNo, 0),
	"of": nil, // as the row of a round has it, which is checked
	"middle": func(so *ownSo, row ownRow, c Claim) string {
		c.Says, c.Title = "round-picture.alt.row-middle", so.v.Indicator.Title
		return checks[c.Says](so.truth, row.viewText, c)
	},
	"achievable": func(so *ownSo, _ ownRow, c Claim) string {
		level, is := so.achievable()
		return expect(is && sameAs(level, c.Value), "it is %g %v", level, is)
	},
	"change.higher": checkChange("above-limit near-upper above-mean"), "headline.higher": checkChange("above-limit near-upper above-mean"),
	"change.lower": checkChange("below-limit near-lower below-mean"), "headline.lower": checkChange("below-limit near-lower below-mean"),
	"change.rising": checkChange("rising"), "headline.rising": checkChange("rising"),
	"change.falling": checkChange("falling"), "headline.falling": checkChange("falling"),
	"change.usual": func(so *ownSo, _ ownRow, _ Claim) string { return expect(so.usual(), "it isn't, or nobody can say") },
	"headline.usual": func(so *ownSo, _ ownRow, _ Claim) string {
		return expect(so.usual(), "it isn't, or nobody can say")
	},
	"headline.figures": func(so *ownSo, _ ownRow, _ Claim) string {
		return expect(!so.changed(upwards+" "+downwards), "it isn't as usual")
	},
	"side.above": checkOwnBeyond(1), "headline.above": checkOwnBeyond(1), "side.below": checkOwnBeyond(-1), "headline.below": checkOwnBeyond(-1),
	"guessed.below": checkGuessed(benchmark.Below), "guessed.around": checkGuessed(benchmark.Around), "guessed.above": checkGuessed(benchmark.Above),
	"came.below": checkCame, "came.around": checkCame, "came.above": checkCame,
	"missing": func(so *ownSo, _ ownRow, c Claim) string {
		return expect(c.Count == so.absent, "there are %d", so.absent)
	},
	"definition": func(so *ownSo, _ ownRow, c Claim) string {
		last := ""
		for i, p := range so.s.Points {
			if i > 0 && p.Since != so.s.Points[i-1].Since {
				last = p.Period.ID
			}
		}
		return expect(c.Periods[0] == last, "it was %s", last)
	},
	"alt.row": func(so *ownSo, _ ownRow, c Claim) string {
		return expect(c.Title == so.v.Indicator.Title, "it is another")
	},
	"alt.headline": nil, "title": nil, // their parts, and their whole, are checked
	"alt.period": checkOwnPeriod, "subtitle": checkOwnPeriod, "subtitle-plain": checkOwnPeriod,
	// Of several rows: TestOwnHeadlines and TestOwnParts.
	"headline.changed": nil, "headline.changed-count": nil, "headline.aside": nil, "headline.aside-count": nil,
	"part": nil, "rest": nil, "more.changed": nil, "more.usual": nil, "more.figure": nil, "more.none": nil, "left.changed": nil, "left.usual": nil, "left.figure": nil, "left.none": nil,
}

func checkOwnPeriod(so *ownSo, _ ownRow, c Claim) string {
	return expect(c.Periods[0] == so.v.Period.ID, "it is %s", so.v.Period.ID)
}

func checkOwnKind(k benchmark.Kind, value float64) ownCheck {
	return func(so *ownSo, _ ownRow, _ Claim) string {
		return expect(so.own != nil && so.v.Indicator.Kind == k && so.own.Value == value, "it is another")
	}
}

func checkOwnBeyond(want int) ownCheck {
	return func(so *ownSo, _ ownRow, _ Claim) string {
		side, sure := so.beyond(so.own.Figure)
		return expect(!sure || so.limits && side == want, "it is at %d", side)
	}
}

func checkCame(so *ownSo, row ownRow, c Claim) string {
	return checkPosition(so.truth, row.viewText, Claim{Says: c.Says, Low: row.v.Low, High: row.v.High})
}

// achievable is the level of the best, found by taking one after the other.
func (t truth) achievable() (level float64, is bool) {
	i := t.v.Indicator
	if i.Kind != benchmark.Proportion || i.Direction == "" || i.Direction == benchmark.Neutral || len(t.public) < 3 || len(t.public) < len(t.all) {
		return 0, false
	}
	better := func(f benchmark.Figure) (x, n float64) {
		if i.Direction == benchmark.Lower {
			return f.Denominator - f.Numerator, f.Denominator
		}
		return f.Numerator, f.Denominator
	}
	adjusted := func(f benchmark.Figure) float64 { x, n := better(f); return (x + 1) / (n + 2) }
	total, x, n, taken := 0.0, 0.0, 0.0, 0
	left := slices.Clone(t.public)
	for _, m := range left {
		total += m.Figure.Denominator
	}
	for len(left) > 0 && (taken < 3 || n < total/10) {
		best := 0.0
		for _, m := range left {
			best = max(best, adjusted(m.Figure))
		}
		kept := left[:0]
		for _, m := range left {
			if adjusted(m.Figure) == best {
				a, b := better(m.Figure)
				x, n, taken = x+a, n+b, taken+1
				continue
			}
			kept = append(kept, m)
		}
		left = kept
	}
	if len(left) == 0 {
		return 0, false
	}
	if level = x / n; i.Direction == benchmark.Lower {
		level = 1 - level
	}
	return level * i.Factor(), true
}

func init() {
	nothing := func(*ownSo, ownRow, Claim) string { return "" }
	for id, check := range ownChecks {
		if check == nil {
			ownChecks[id] = nothing
		}
	}
}

// Whatever an own view's picture says is so by the figures.
func TestOwnClaimsAreTrue(t *testing.T) { rapid.Check(t, trueOwnClaims) }

func trueOwnClaims(r *rapid.T) {
	s, absent, others := someSeries(r)
	s.Indicator.Direction = rapid.SampledFrom([]benchmark.Direction{"", benchmark.Higher, benchmark.Lower}).Draw(r, "direction")
	e := newExample(r, s.Indicator, s.latest().ID)
	e.with(rapid.SampledFrom([]benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own}).Draw(r, "visibility"))
	e.v.Threshold = rapid.SampledFrom([]int{0, 0, 7}).Draw(r, "threshold")
	d := drawnFigures{level: rapid.SampledFrom([]float64{0.01, 0.3, 0.9}).Draw(r, "of others"), size: 900, spread: 2}
	for k := range rapid.IntRange(1, 20).Draw(r, "others") {
		e.give(fmt.Sprintf("Org %02d", k), d.figure(r, s.Indicator.Kind))
	}
	now := true
	switch rapid.IntRange(0, 5).Draw(r, "answer") {
	case 0:
		now = false
	case 1:
		now = false
		e.answer("You", benchmark.NotMeasured)
	default:
		e.give("You", s.Points[len(s.Points)-1].Figure)
	}
	if !now { // the round comes after the series
		e.v.Period = mustPeriod(r, "2099")
	}
	v := e.seenBy("You")
	v.Guess = rapid.SampledFrom([]benchmark.Position{"", benchmark.Below, benchmark.Around, benchmark.Above}).Draw(r, "guess")
	so := &ownSo{truth: truthOf(e, "You", v), course: course{s: s, absent: absent, others: others}, now: now}
	for _, language := range locale.Languages() {
		l := locale.For(language)
		if t, err := newTrend(l, s); err == nil {
			so.judged = true
			so.course.judge(t)
		}
		for _, part := range ownParts(l, []OwnRow{{View: v, Series: s}}) {
			row := part.rows[0]
			var all func(c Claim)
			all = func(c Claim) {
				if strings.HasPrefix(c.Says, "round-picture.row.") {
					if wrong := checks[c.Says](so.truth, row.viewText, c); wrong != "" {
						r.Fatalf("%s: %s", c.Says, wrong)
					}
					return
				}
				check, known := ownChecks[strings.TrimPrefix(c.Says, "own-picture.")]
				if !known {
					r.Fatalf("%s: nobody checks what this message claims", c.Says)
				}
				if wrong := check(so, row, c); wrong != "" {
					r.Fatalf("[%s] %s: %s; %+v", language, c.Says, wrong, c)
				}
				if wrong := misquoted(row.unit, c); wrong != "" {
					r.Fatalf("[%s] %s: %s", language, c.Says, wrong)
				}
				for _, p := range c.Parts {
					all(p)
				}
			}
			for _, said := range part.altSentences(200, true) {
				all(said.claim)
				if strings.Contains(said.text, "⟦") {
					r.Fatalf("a hole in %q", said)
				}
			}
		}
	}
}

func mustPeriod(t tester, id string) benchmark.Period {
	p, err := benchmark.ParsePeriod(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A headline names what isn't as usual, all of it or by number.
func TestOwnHeadlines(t *testing.T) {
	l := locale.For("en")
	rows := ownRows(t, eightKinds("en"), 12, benchmark.Named)
	again := rows[1]
	again.View.Indicator.ID, again.View.Indicator.Title = "again", "Thirst, of all who were admitted to the ward"
	again.Series.Indicator = again.View.Indicator
	for want, some := range map[string][]OwnRow{
		"Falls with injury: lower than usual":           rows,
		"Not as usual: thirst and thirst":               {again, again},
		"3 things are not as usual":                     {rows[1], rows[1], again, rows[2]},
		"Hand hygiene: above chance":                    rows[:1],
		"Outside chance: hand hygiene and hand hygiene": {rows[0], rows[0]},
		"As usual for you":                              rows[2:3],
		"Your figures this time":                        rows[5:6],
	} {
		if got, _ := fittedHeadline(l, ownParts(l, some)[0].headlineClaims()); got.text != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
