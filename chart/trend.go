package chart

import (
	"fmt"
	"math"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/stats"
)

// Trend draws a series over its rounds: fewer than 6 points are a run chart
// around their median, from 6 on there are trial limits (dashed), from 12 on
// limits that stand on the first 12. A new definition is a break, drawn, and not
// compared across; a rebase is drawn with its reason, and actions where they
// began. It returns [ErrNoPicture] for texts, for yes or no, and for fewer than
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
	return f.render(t, fileName(string(s.Indicator.ID), "trend"), t.alt())
}

// trend is a series in one language.
type trend struct {
	l     *locale.Locale
	s     Series
	chart stats.Chart
	unit  unit
}

func newTrend(l *locale.Locale, s Series) (trend, error) {
	chart, err := s.control()
	if err != nil {
		return trend{}, err
	}
	_, typical, _, _ := stats.Quartiles(s.values())
	if len(s.Points) == 1 {
		typical = s.Points[0].Value
	}
	return trend{l, s, chart, newUnit(l, s.Indicator, typical, s.values())}, nil
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

func (t trend) values() axis {
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
	if least := leastSpan * max(math.Abs(low), math.Abs(high)); !limited && high-low < least {
		low, high = (low+high-least)/2, (low+high+least)/2
		if t.neverNegative() {
			low = max(low, 0)
		}
	}
	return valueAxis(low, high)
}

// leastSpan is the part of the values' size that an axis without limits shows at
// least: without them, nothing says how little a small step may mean.
const leastSpan = 0.25

func (t trend) draw(s sheet) {
	room := s.page(page{t.headline(), t.subtitle(), t.footnote()})
	notes := t.notes()
	cuts, actions := t.s.cuts(), t.s.shownActions()
	if len(cuts) > 0 {
		room.top -= breakSpace
	}
	if len(actions) > 0 {
		room.top -= breakSpace
	}
	f := newFrame(room, t.values(), t.unit, notes, ticksBelow)
	n := float64(len(t.s.Points))
	f.x = axis{low: -0.5, high: n - 0.5, from: f.left, to: f.right}
	for _, stretch := range t.chart.Stretches {
		t.fillLimits(s, f, stretch)
	}
	s.values(f, t.unit)
	s.target(f, t.s.Indicator.Target)
	for _, stretch := range t.chart.Stretches {
		t.lines(s, f, stretch)
	}
	t.cutLines(s, f, cuts, len(actions) > 0)
	t.actionMarks(s, f, actions)
	s.stroke([]point{{f.left, f.bottom}, {f.right, f.bottom}}, 1.2, line)
	t.periods(s, f)
	s.notes(f, notes)
	t.points(s, f)
}

// steps returns a line over the places of a stretch, level at each point.
func (t trend) steps(f frame, stretch stats.Stretch, of func(stats.ChartPoint) float64) []point {
	var points []point
	for i := stretch.Start; i < stretch.End; i++ {
		y := f.y.at(of(t.chart.Points[i]))
		points = append(points, point{f.x.at(float64(i) - 0.5), y}, point{f.x.at(float64(i) + 0.5), y})
	}
	return points
}

func lowOf(p stats.ChartPoint) float64    { return p.Low }
func highOf(p stats.ChartPoint) float64   { return p.High }
func centreOf(p stats.ChartPoint) float64 { return p.Centre }

func (t trend) fillLimits(s sheet, f frame, stretch stats.Stretch) {
	if t.chart.Points[stretch.Start].HasLimits {
		s.fill(between(f.box, t.steps(f, stretch, lowOf), t.steps(f, stretch, highOf)), outerBand)
	}
}

// lines draws a stretch's centre and limits, trial limits dashed.
func (t trend) lines(s sheet, f frame, stretch stats.Stretch) {
	if !t.chart.Points[stretch.Start].HasLimits {
		y := f.y.at(stretch.Runs.Centre)
		s.stroke([]point{{f.x.at(float64(stretch.Start) - 0.5), y}, {f.x.at(float64(stretch.End) - 0.5), y}}, 1.6, line)
		return
	}
	var dashes []float64
	if stretch.Standing == stats.TrialLimits {
		dashes = []float64{7, 5}
	}
	for _, of := range []func(stats.ChartPoint) float64{lowOf, highOf} {
		for _, part := range within(f.box, t.steps(f, stretch, of)) {
			s.stroke(part, 1.4, line, dashes...)
		}
	}
	s.stroke(t.steps(f, stretch, centreOf), 1.6, line)
}
