package chart

import (
	"errors"
	"fmt"

	"roundtable/benchmark"
	"roundtable/stats"
)

// Method is how a control chart's limits are made.
type Method string

// The methods. Usual is p for proportions, u for rates, and XmR for means,
// durations and counts; answers on a scale get a run chart, as steps have no
// distances.
const (
	Usual  Method = ""
	XmR    Method = "xmr"    // any number
	P      Method = "p"      // proportions
	PPrime Method = "pprime" // proportions, Laney
	U      Method = "u"      // rates
	UPrime Method = "uprime" // rates, Laney
)

// ErrMethod says that a method is not for the indicator's kind.
var ErrMethod = errors.New("the chart does not suit the kind of indicator")

// MethodsFor returns the methods that suit a kind of indicator, the usual one
// first; none for what has no limits over time.
func MethodsFor(k benchmark.Kind) []Method {
	switch k {
	case benchmark.Proportion:
		return []Method{P, PPrime, XmR}
	case benchmark.Rate:
		return []Method{U, UPrime, XmR}
	case benchmark.Mean, benchmark.Count, benchmark.Duration:
		return []Method{XmR}
	case benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	return nil
}

// chosenMethod is the one that the series gets.
func (s Series) chosenMethod() (Method, error) {
	suit := MethodsFor(s.Indicator.Kind)
	if s.Method == Usual && len(suit) > 0 {
		return suit[0], nil
	}
	for _, m := range suit {
		if m == s.Method {
			return m, nil
		}
	}
	if s.Method == Usual && s.Indicator.Kind == benchmark.Scale {
		return XmR, nil // of which the limits are taken away again
	}
	if s.Method == Usual {
		return Usual, ErrNoPicture
	}
	return Usual, fmt.Errorf("%s of a %s: %w", s.Method, s.Indicator.Kind, ErrMethod)
}

// Control returns the series' control chart, cut where the definition changed or
// it was rebased. Values and limits are on the figures' own scale: 0 to 1 for
// proportions, events per unit of exposure for rates. It returns [ErrNoPicture]
// for texts and for yes or no, [ErrMethod], and the errors of package stats.
func (s Series) Control() (stats.Chart, error) {
	m, err := s.chosenMethod()
	if err != nil {
		return stats.Chart{}, fmt.Errorf("chart of %s: %w", s.Indicator.ID, err)
	}
	plan := stats.Plan{Segments: []stats.Segment{{Baseline: s.Baseline}}, Counts: s.Indicator.Kind == benchmark.Count}
	for _, c := range s.segments() {
		plan.Segments = append(plan.Segments, stats.Segment{Start: c.at, Baseline: s.Baseline})
	}
	c, err := s.controlBy(m, plan)
	if err != nil {
		return stats.Chart{}, fmt.Errorf("chart of %s: %w", s.Indicator.ID, err)
	}
	if s.Indicator.Kind == benchmark.Scale {
		c = withoutLimits(c)
	}
	return c, nil
}

// controlBy makes the chart by a method that suits.
func (s Series) controlBy(m Method, plan stats.Plan) (stats.Chart, error) {
	switch m {
	case P, PPrime:
		all := make([]stats.Proportion, len(s.Points))
		for i, p := range s.Points {
			all[i] = stats.Proportion{Numerator: int(p.Figure.Numerator), Denominator: int(p.Figure.Denominator)}
		}
		kind := stats.PChart
		if m == PPrime {
			kind = stats.PPrimeChart
		}
		return stats.ProportionChart(kind, all, plan)
	case U, UPrime:
		all := make([]stats.Rate, len(s.Points))
		for i, p := range s.Points {
			all[i] = stats.Rate{Events: int(p.Figure.Numerator), Exposure: p.Figure.Denominator}
		}
		kind := stats.UChart
		if m == UPrime {
			kind = stats.UPrimeChart
		}
		return stats.RateChart(kind, all, plan)
	case XmR, Usual:
	}
	return stats.XmR(s.naturalValues(), plan)
}

// naturalValues are the values on the figures' own scale.
func (s Series) naturalValues() []float64 {
	values := make([]float64, len(s.Points))
	for i, p := range s.Points {
		values[i] = p.Value
		if k := s.Indicator.Kind; k == benchmark.Proportion || k == benchmark.Rate {
			values[i] = p.Figure.Numerator / p.Figure.Denominator
		}
	}
	return values
}

// controlAsShown is Control with values as shown.
func (s Series) controlAsShown() (stats.Chart, error) {
	c, err := s.Control()
	if err != nil {
		return stats.Chart{}, err
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
		c.Stretches[i].LimitStatus = stats.NoLimits
	}
	return c
}
