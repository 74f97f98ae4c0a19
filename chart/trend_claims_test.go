package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/period"
	"roundtable/locale"
)

// Whatever is said of a series is so by its figures, which are judged here anew.
func TestTrendClaimsAreTrue(t *testing.T) { rapid.Check(t, trueTrendClaims) }

func FuzzTrendClaims(f *testing.F) { f.Fuzz(rapid.MakeFuzz(trueTrendClaims)) }

func trueTrendClaims(r *rapid.T) {
	s, absent, others := someSeries(r)
	so := course{s: s, absent: absent, others: others}
	for _, language := range locale.Languages() {
		l := locale.For(language)
		t, err := newTrend(l, s)
		if err != nil {
			continue
		}
		so.judge(t)
		said := append(t.altSentences(), newTrendDrawing(t).said()...)
		for _, one := range said {
			if wrong := so.untrue(t, one); wrong != "" {
				r.Fatalf("[%s] %q (%s): %s; %v", language, one, one.claim.Says, wrong, so.values)
			}
		}
		if wrong := so.unsaid(said); wrong != "" {
			r.Fatalf("[%s] %v: %s", language, said, wrong)
		}
	}
}

// lengths of period that a series may have, with the id of the k-th one.
var lengths = map[period.Length]func(k int) string{
	period.Day: func(k int) string {
		return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, k).Format(time.DateOnly)
	},
	period.Week: func(k int) string {
		year, week := time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*k).ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	},
	period.Month:     func(k int) string { return fmt.Sprintf("%d-%02d", 2020+k/12, k%12+1) },
	period.Quarter:   func(k int) string { return fmt.Sprintf("%d-Q%d", 2020+k/4, k%4+1) },
	period.Third:     func(k int) string { return fmt.Sprintf("%d-T%d", 2020+k/3, k%3+1) },
	period.Half:      func(k int) string { return fmt.Sprintf("%d-H%d", 2020+k/2, k%2+1) },
	period.Year:      func(k int) string { return fmt.Sprintf("%d", 2020+k) },
	period.Financial: func(k int) string { return fmt.Sprintf("%d-FY%02d", 2020+k, (2021+k)%100) },
	period.Years:     func(k int) string { return fmt.Sprintf("%d-%d", 2020+3*k, 2022+3*k) },
}

// someSeries draws one with changes of level, gaps, values of other lengths of period,
// new definitions and rebases. It returns how many of its periods have no value, and
// how many values are of other lengths.
func someSeries(r *rapid.T) (s Series, absent, others int) {
	i := benchmark.Indicator{
		ID: "any", Title: "Any", Levels: 5, Direction: benchmark.Lower, Since: 1,
		Kind: rapid.SampledFrom([]benchmark.Kind{benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Scale}).Draw(r, "kind"),
	}
	if rapid.Bool().Draw(r, "targeted") {
		i.Target = new(float64(rapid.IntRange(0, 1000).Draw(r, "target")) / 10)
	}
	s.Indicator = i
	suit := append([]Method{Usual}, MethodsFor(i.Kind)...)
	s.Method = rapid.SampledFrom(suit).Draw(r, "method")
	levels := []float64{0, 0.0002, 0.002, 0.05, 0.3, 0.98, 1}
	d := drawnFigures{
		size: rapid.SampledFrom([]int{100, 900, 80_000}).Draw(r, "size"), ties: rapid.Bool().Draw(r, "ties"),
		level: rapid.SampledFrom(levels).Draw(r, "level"), spread: rapid.SampledFrom([]float64{0, 1, 2, 9}).Draw(r, "spread"),
	}
	n := rapid.IntRange(rapid.SampledFrom([]int{1, 6, 12, 18}).Draw(r, "at least"), 30).Draw(r, "rounds")
	length := rapid.SampledFrom(append(period.Lengths(), period.Month)).Draw(r, "length")
	change, since, place := rapid.IntRange(0, 30).Draw(r, "change"), 1, 0
	point := func(id string) {
		p, err := benchmark.ParsePeriod(id)
		if err != nil {
			r.Fatal(err)
		}
		f := d.figure(r, i.Kind)
		value, _ := f.Of(i)
		s.Points = append(s.Points, SeriesPoint{Period: p, Figure: f, Value: value, Since: since})
	}
	for ; others < 2 && rapid.IntRange(0, 9).Draw(r, "other") == 9; others++ {
		point([]string{"2010-2013", "2018-2019"}[others])
	}
	for k := range n {
		if k == change {
			d.level = rapid.SampledFrom(levels).Draw(r, "then")
		}
		if rapid.IntRange(0, 29).Draw(r, "gap") == 29 {
			gap := rapid.IntRange(1, 4).Draw(r, "away")
			if place += gap; k > 0 {
				absent += gap
			}
		}
		if k > 0 && rapid.IntRange(0, 99).Draw(r, "break") == 99 {
			since++
		}
		point(lengths[length](place))
		place++
	}
	if rapid.IntRange(0, 9).Draw(r, "rebase") == 9 {
		s.Rebases = []Rebase{{From: s.Points[others+n/2].Period, Reason: "a new ward"}}
	}
	all := s.byLength()
	return all[len(all)-1], absent, others
}

// course is what is so of a series' last stretch.
type course struct {
	s           Series
	absent      int       // periods without a value
	others      int       // values of other lengths
	from        int       // its first point
	values      []float64 // of it, as shown
	baseline    int
	centre      float64
	low, high   []float64 // limits as shown, none without
	near        []float64 // two thirds of the way from the centre to a limit; 0 where the rule isn't asked
	rare, still bool
}

// judge takes from the chart where its last stretch begins and which method it has,
// and computes the rest.
func (so *course) judge(t trend) {
	*so = course{s: so.s, absent: so.absent, others: so.others, from: t.last().Start}
	points := so.s.Points[so.from:]
	for _, p := range points {
		so.values = append(so.values, p.Value)
	}
	so.baseline = min(12, len(points))
	k := so.s.Indicator.Factor()
	var events, size float64
	for _, p := range points[:so.baseline] {
		switch so.s.Indicator.Kind {
		case benchmark.Count:
			events, size = events+p.Value, size+1
		case benchmark.Proportion, benchmark.Rate:
			events, size = events+p.Figure.Numerator, size+p.Figure.Denominator
		case benchmark.Mean, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
			events, size = events+p.Value, size+1
		}
	}
	so.centre = events / size * k
	method, _ := so.s.chosenMethod()
	share, counted := method == P || method == PPrime, method != XmR || so.s.Indicator.Kind == benchmark.Count
	least := events
	if share {
		least = min(events, size-events)
	}
	if so.baseline >= 6 && counted {
		so.still, so.rare = least == 0, least > 0 && least < float64(so.baseline)
	}
	if method == XmR && !so.still {
		so.centre = meanOfValues(so.values[:so.baseline])
	}
	if so.baseline < 6 || so.rare || so.still && len(points) == so.baseline || so.s.Indicator.Kind == benchmark.Scale {
		return
	}
	for j := range points {
		p := t.chart.Points[so.from+j]
		sigma := so.sigma(method, events/size, j) * k
		if so.still || method == PPrime || method == UPrime { // of these the chart's own are taken
			so.low, so.high, so.near = append(so.low, p.Low), append(so.high, p.High), append(so.near, p.Sigma*2)
			continue
		}
		low, high := so.centre-3*sigma, so.centre+3*sigma
		if method != XmR {
			low = max(low, 0)
		}
		if share {
			high = min(high, k)
		}
		so.low, so.high, so.near = append(so.low, low), append(so.high, high), append(so.near, 2*sigma)
	}
}

func (so *course) sigma(m Method, centre float64, j int) float64 {
	f := so.s.Points[so.from+j].Figure
	switch m {
	case P:
		return math.Sqrt(centre * (1 - centre) / f.Denominator)
	case U:
		return math.Sqrt(centre / f.Denominator)
	case XmR, PPrime, UPrime, Usual:
	}
	moved := 0.0
	for k := 1; k < so.baseline; k++ {
		moved += math.Abs(so.values[k] - so.values[k-1])
	}
	return 2.66 * moved / float64(so.baseline-1) / 3 / so.s.Indicator.Factor()
}

// marked says which rules mark a point, of those that are asked.
func (so *course) marked(at int) map[string]bool {
	rules := map[string]bool{}
	if so.high == nil {
		return rules
	}
	slack := 1e-9 * max(1, math.Abs(so.centre))
	x := so.values
	rules["above-limit"], rules["below-limit"] = x[at] > so.high[at]+slack, x[at] < so.low[at]-slack
	if so.still {
		return rules
	}
	within := func(length int, all func(from int) bool) bool {
		for from := max(0, at-length+1); from <= at && from+length <= len(x); from++ {
			if all(from) {
				return true
			}
		}
		return false
	}
	every := func(from, to int, is func(k int) bool) bool {
		for k := from; k < to; k++ {
			if !is(k) {
				return false
			}
		}
		return true
	}
	rules["rising"] = within(7, func(f int) bool { return every(f+1, f+7, func(k int) bool { return x[k] > x[k-1] }) })
	rules["falling"] = within(7, func(f int) bool { return every(f+1, f+7, func(k int) bool { return x[k] < x[k-1] }) })
	rules["above-mean"] = within(7, func(f int) bool { return every(f, f+7, func(k int) bool { return x[k] > so.centre }) })
	rules["below-mean"] = within(7, func(f int) bool { return every(f, f+7, func(k int) bool { return x[k] < so.centre }) })
	for name, sign := range map[string]float64{"near-upper": 1, "near-lower": -1} {
		far := func(k int) bool { return sign*(x[k]-so.centre) > so.near[k]-slack }
		rules[name] = far(at) && within(3, func(f int) bool {
			n := 0
			for k := f; k < f+3; k++ {
				if far(k) {
					n++
				}
			}
			return n >= 2 && every(f, f+3, func(k int) bool { return sign*(x[k]-so.centre) > -slack })
		})
	}
	return rules
}

func (so *course) anyMarked(at int) bool {
	for _, is := range so.marked(at) {
		if is {
			return true
		}
	}
	return false
}

// shifted is the runs rule around the baseline's median; assessed from ten useful
// points on.
func (so *course) shifted() (shifted, assessed bool) {
	sorted := slices.Sorted(slices.Values(so.values[:so.baseline]))
	median := type7(sorted, 0.5)
	useful, longest, run, crossings, last := 0, 0, 0, 0, 0.0
	above, below := slices.Max(so.values) > median, slices.Min(so.values) < median
	oneSided := !above || !below
	for _, x := range so.values {
		side := 0.0
		if x != median {
			side = math.Copysign(1, x-median)
		}
		switch {
		case side == 0:
			if oneSided {
				run = 0
			}
			continue
		case side == last || last == 0:
			run++
		default:
			run, crossings = 1, crossings+1
		}
		last = side
		useful++
		longest = max(longest, run)
	}
	if useful < 10 {
		return false, false
	}
	few, p := 0, 0.0
	for ; p < 0.05; few++ { // the fewest crossings that chance gives
		g := func(x int) float64 { v, _ := math.Lgamma(float64(x) + 1); return v }
		p += math.Exp(g(useful-1) - g(few) - g(useful-1-few) - float64(useful-1)*math.Ln2)
	}
	return longest > int(math.Round(math.Log2(float64(useful))))+3 || !oneSided && crossings < few-1, true
}

// unsaid is what has to be said and isn't.
func (so *course) unsaid(said []Sentence) string {
	says := func(id string) bool {
		return slices.ContainsFunc(said, func(s Sentence) bool { return strings.HasPrefix(s.claim.Says, id) })
	}
	if so.absent > 0 && !says("caption.trend.missing") {
		return fmt.Sprintf("%d periods are missing, and nobody says so", so.absent)
	}
	if so.others > 0 && !says("caption.trend.other-lengths") {
		return fmt.Sprintf("%d values of other lengths are left out, and nobody says so", so.others)
	}
	outside := 0
	for k := range min(so.baseline, len(so.high)) {
		if m := so.marked(k); m["above-limit"] || m["below-limit"] {
			outside++
		}
	}
	m, _ := so.s.chosenMethod()
	if (m == P || m == U) && 3*outside > so.baseline && !says("caption.trend.laney") {
		return "more than a third of the baseline lies outside, and nobody says so"
	}
	return ""
}

// untrue says what of a sentence isn't so.
func (so *course) untrue(t trend, s Sentence) string {
	c := s.claim
	if strings.Contains(s.text, "⟦") {
		return "a hole in the words"
	}
	if check, known := trendChecks[strings.TrimPrefix(c.Says, "caption.trend.")]; known {
		if wrong := check(so, t, c); wrong != "" {
			return wrong
		}
		return misquoted(t.unit, c)
	}
	last := len(so.values) - 1
	rule, found := strings.CutPrefix(c.Says, "caption.trend.headline.")
	if _, known := so.ruleNames()[rule]; found && known {
		return expect(so.marked(last)[rule], "the rule doesn't mark the latest")
	}
	return "nobody checks what this message claims"
}

func (so *course) ruleNames() map[string]bool {
	return map[string]bool{
		"above-limit": true, "below-limit": true, "rising": true, "falling": true, "near-upper": true, "near-lower": true, "above-mean": true, "below-mean": true,
	}
}
