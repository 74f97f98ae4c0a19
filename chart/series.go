package chart

import (
	"fmt"

	"roundtable/benchmark"
	"roundtable/stats"
)

// Series is one organisation's own values of one indicator, oldest first. It is
// the organisation's own, and nothing in it is hidden from it: show it to nobody
// else.
type Series struct {
	Indicator benchmark.Indicator // as it is now
	Points    []SeriesPoint
}

// SeriesPoint is one round's value.
type SeriesPoint struct {
	Period benchmark.Period
	Figure benchmark.Figure
	// Value as shown, in the indicator's unit.
	Value float64
	// Since is the version of the template that brought the definition by which
	// it was measured. Where it changes, the series has a break.
	Since int
}

// SeriesOf returns an organisation's history of an indicator. Rounds in which the
// indicator was of another kind are left out: their figures mean something else.
func SeriesOf(n *benchmark.Network, o benchmark.OrganisationID, i benchmark.Indicator) Series {
	s := Series{Indicator: i}
	for _, past := range n.History(o, i, nil) {
		t, _ := n.TemplateVersion(past.Round.Template)
		then, ok := t.Indicator(i.ID)
		if !ok || then.Kind != i.Kind || then.Factor() != i.Factor() {
			continue
		}
		s.Points = append(s.Points, SeriesPoint{
			Period: past.Round.Period, Figure: past.Version.Figure, Value: past.Value, Since: then.Since,
		})
	}
	return s
}

// breaks returns the indices at which a new definition begins.
func (s Series) breaks() []int {
	var at []int
	for i := 1; i < len(s.Points); i++ {
		if s.Points[i].Since != s.Points[i-1].Since {
			at = append(at, i)
		}
	}
	return at
}

// control returns the series' control chart, cut where the definition changed: p
// for proportions, u for rates, XmR for means, durations and counts. Answers on
// a scale get a run chart, as steps have no distances.
func (s Series) control() (stats.Chart, error) {
	plan := stats.Plan{Segments: []stats.Segment{{}}}
	for _, at := range s.breaks() {
		plan.Segments = append(plan.Segments, stats.Segment{Start: at})
	}
	switch s.Indicator.Kind {
	case benchmark.Proportion:
		var all []stats.Proportion
		for _, p := range s.Points {
			all = append(all, stats.Proportion{Numerator: int(p.Figure.Numerator), Denominator: int(p.Figure.Denominator)})
		}
		return s.shown(stats.ProportionChart(stats.PChart, all, plan))
	case benchmark.Rate:
		var all []stats.Rate
		for _, p := range s.Points {
			all = append(all, stats.Rate{Events: int(p.Figure.Numerator), Exposure: p.Figure.Denominator})
		}
		return s.shown(stats.RateChart(stats.UChart, all, plan))
	case benchmark.Mean, benchmark.Count, benchmark.Duration:
		return s.shown(stats.XmR(s.values(), plan))
	case benchmark.Scale:
		c, err := s.shown(stats.XmR(s.values(), plan))
		return withoutLimits(c), err
	case benchmark.YesNo, benchmark.Text:
	}
	return stats.Chart{}, fmt.Errorf("trend of %s: %w", s.Indicator.ID, ErrNoPicture)
}

func (s Series) values() []float64 {
	values := make([]float64, len(s.Points))
	for i, p := range s.Points {
		values[i] = p.Value
	}
	return values
}

// shown turns a chart's own scale into values as shown.
func (s Series) shown(c stats.Chart, err error) (stats.Chart, error) {
	if err != nil {
		return stats.Chart{}, fmt.Errorf("trend of %s: %w", s.Indicator.ID, err)
	}
	k := s.Indicator.Factor()
	for i := range c.Points {
		p := &c.Points[i]
		p.Value, p.Centre, p.Low, p.High, p.Sigma = p.Value*k, p.Centre*k, p.Low*k, p.High*k, p.Sigma*k
	}
	for i := range c.Stretches {
		c.Stretches[i].Centre *= k
		c.Stretches[i].Runs.Centre *= k
	}
	return c, nil
}

// withoutLimits makes a run chart of a control chart.
func withoutLimits(c stats.Chart) stats.Chart {
	for i, p := range c.Points {
		c.Points[i] = stats.ChartPoint{Value: p.Value}
	}
	for i := range c.Stretches {
		c.Stretches[i].Standing = stats.NoLimits
	}
	return c
}
