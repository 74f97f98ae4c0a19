package chart

import (
	"fmt"
	"math"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/stats"
)

// Trend draws a series over its rounds: fewer than 6 points are dots around
// their median, from 6 on there are trial limits (dashed), from 12 on
// limits that stand on the first 12. A new definition cuts the line, and nothing is
// compared across; a rebase is drawn with its reason, and what was tried is a flag on its
// date. It returns [ErrNoPicture] for texts, for yes or no, and for fewer than
// two values.
func Trend(l *locale.Locale, s Series) (Picture, error) { return trendPicture(l, s, asPNG) }

// TrendSVG is [Trend] as an SVG.
func TrendSVG(l *locale.Locale, s Series) (Picture, error) { return trendPicture(l, s, asSVG) }

func trendPicture(l *locale.Locale, s Series, f format) (Picture, error) {
	t, err := newTrend(l, s)
	if err != nil {
		return Picture{}, err
	}
	if len(s.Points) < 2 || !t.drawable() {
		return Picture{}, fmt.Errorf("trend of %s: %w", s.Indicator.ID, ErrNoPicture)
	}
	return f.render(newTrendDrawing(t), fileName(string(s.Indicator.ID), "trend"), t.alt())
}

// trend is a series in one language.
type trend struct {
	l     *locale.Locale
	s     Series
	chart stats.Chart
	unit  unit
	// places of the points along x, and the edges of their rooms.
	places, edges []float64
}

func newTrend(l *locale.Locale, s Series) (trend, error) {
	chart, err := s.controlAsShown()
	if err != nil {
		return trend{}, err
	}
	_, typical, _, _ := stats.Quartiles(s.values())
	if len(s.Points) == 1 {
		typical = s.Points[0].Value
	}
	places := s.places()
	return trend{l, s, chart, newUnit(l, s.Indicator, typical, s.values()), places, edges(places)}, nil
}

func (t trend) drawable() bool {
	for _, p := range t.chart.Points {
		if !drawable(p.Value) || !drawable(p.Low) || !drawable(p.High) {
			return false
		}
	}
	return true
}

// last is the stretch in which the latest point lies.
func (t trend) last() stats.Stretch { return t.chart.Stretches[len(t.chart.Stretches)-1] }

// neverNegative says whether the indicator's values can't be below 0, where a
// limit then isn't drawn.
func (t trend) neverNegative() bool {
	return t.s.Indicator.Kind != benchmark.Mean
}

// values is the axis of values: the whole scale of answers, else all values and limits.
func (t trend) values() axis {
	if t.s.Indicator.Kind == benchmark.Scale {
		return axis{low: 1, high: max(2, float64(t.s.Indicator.Levels))}
	}
	low, high, limited := math.Inf(1), math.Inf(-1), false
	hold := func(x float64) { low, high = min(low, x), max(high, x) }
	for _, p := range t.chart.Points {
		hold(p.Value)
		if p.HasLimits {
			limited = true
			hold(p.High)
			if p.Low >= 0 || !t.neverNegative() {
				hold(p.Low)
			} else {
				hold(0)
			}
		}
	}
	if g := t.s.Indicator.Target; g != nil && drawable(*g) {
		hold(*g)
	}
	if least := minRelativeSpan * max(math.Abs(low), math.Abs(high)); !limited && high-low < least {
		low, high = (low+high-least)/2, (low+high+least)/2
		if t.neverNegative() {
			low = max(low, 0)
		}
	}
	a := roundAxis(low, high)
	if k := t.s.Indicator; k.Kind == benchmark.Proportion && high <= k.Factor() {
		a.high = min(a.high, k.Factor())
	}
	return a
}

// minRelativeSpan is the part of the values' size that an axis without limits
// shows at least: without them, nothing says how little a small step may mean.
const minRelativeSpan = 0.25

// A run is points in a row that a rule marks together.
type run struct {
	stats.Stretch
	says  string // "above", "below", "rising" or "falling"
	count int    // of its points that are on its side
}

// latestRun is the last run that means a signal, in the last stretch.
func (t trend) latestRun() (latest run, ok bool) {
	s := t.last()
	if !t.latest().HasLimits {
		if !s.Runs.LongRun() {
			return run{}, false
		}
		return t.longestAround(s)
	}
	for i := s.Start; i < s.End; i++ {
		for _, r := range []run{
			t.runFrom(i, s.End, "above", func(k int) bool { return t.chart.Points[k].Value > t.chart.Points[k].Centre }),
			t.runFrom(i, s.End, "below", func(k int) bool { return t.chart.Points[k].Value < t.chart.Points[k].Centre }),
			t.runFrom(i, s.End, "rising", func(k int) bool { return k == i || t.chart.Points[k].Value > t.chart.Points[k-1].Value }),
			t.runFrom(i, s.End, "falling", func(k int) bool { return k == i || t.chart.Points[k].Value < t.chart.Points[k-1].Value }),
		} {
			if r.count >= pointsInRun && (!ok || r.End > latest.End || r.End == latest.End && r.count > latest.count) {
				latest, ok = r, true
			}
		}
	}
	return latest, ok
}

// pointsInRun are so many in a row as make a signal of a control chart.
const pointsInRun = 7

// runFrom goes on from a point as far as the others are so.
func (t trend) runFrom(from, end int, says string, so func(k int) bool) run {
	k := from
	for k < end && so(k) {
		k++
	}
	return run{Stretch: stats.Stretch{Start: from, End: k}, says: says, count: k - from}
}

// longestAround is the longest run on one side of the median; points on it neither count nor
// break it.
func (t trend) longestAround(s stats.Stretch) (longest run, ok bool) {
	var now run
	for k := s.Start; k < s.End; k++ {
		says := "above"
		switch x := t.chart.Points[k].Value; {
		case x == s.Runs.Centre:
			continue
		case x < s.Runs.Centre:
			says = "below"
		}
		if now.says != says {
			now = run{Stretch: stats.Stretch{Start: k}, says: says}
		}
		now.count++
		now.End = k + 1
		if now.count >= longest.count {
			longest, ok = now, true
		}
	}
	return longest, ok
}

// pictureClaim is the headline of the picture: the finding in a few words.
func (t trend) pictureClaim() Claim {
	claim := t.headlineClaim()
	claim.Says = "picture.trend." + claim.Says[len("caption.trend.headline."):]
	switch t.signal() {
	case stats.AboveMean:
		claim.Count = t.countBack(func(k int) bool { return t.chart.Points[k].Value > t.chart.Points[k].Centre })
	case stats.BelowMean:
		claim.Count = t.countBack(func(k int) bool { return t.chart.Points[k].Value < t.chart.Points[k].Centre })
	case stats.Rising:
		claim.Count = t.countBack(func(k int) bool {
			return k == len(t.chart.Points)-1 || t.chart.Points[k].Value < t.chart.Points[k+1].Value
		})
	case stats.Falling:
		claim.Count = t.countBack(func(k int) bool {
			return k == len(t.chart.Points)-1 || t.chart.Points[k].Value > t.chart.Points[k+1].Value
		})
	case stats.NoSignal, stats.AboveLimit, stats.BelowLimit, stats.NearUpper, stats.NearLower:
	}
	return claim
}

// countBack is how many points are so, from the latest back within its stretch.
func (t trend) countBack(so func(k int) bool) int {
	k := t.last().End
	for k > t.last().Start && so(k-1) {
		k--
	}
	return t.last().End - k
}

func (t trend) subtitle() string {
	title := t.unit.title(t.s.Indicator)
	by := t.l.T("chart.by." + string(t.length()))
	if t.s.Organisation != "" {
		return t.l.T("chart.subtitle-of", "Title", title, "Organisation", t.s.Organisation, "By", by)
	}
	return t.l.T("chart.subtitle-trend", "Title", title, "By", by)
}

// noteClaims are the words under the picture: what the limits stand on, and what a flag
// means.
func (t trend) noteClaims() []Claim {
	s := t.last()
	claim := Claim{Says: "picture.note.median"}
	switch s.LimitStatus {
	case stats.FrozenLimits:
		claim = Claim{Says: "picture.note.limits", Periods: []string{t.s.Points[s.Start].Period.ID, t.s.Points[s.Start+s.Baseline-1].Period.ID}}
	case stats.TrialLimits:
		claim = Claim{Says: "picture.note.trial", Count: s.Baseline}
	case stats.NoVariation:
		if t.latest().HasLimits {
			claim = Claim{Says: "picture.note.possible", Count: s.Baseline}
		}
	case stats.NoLimits, stats.RareEvents:
	}
	claims := []Claim{claim, {Says: "picture.note.own-figures"}}
	if len(t.s.shownActions()) > 0 {
		claims = append(claims, Claim{Says: "picture.note.flag"})
	}
	return claims
}
