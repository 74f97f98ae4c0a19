package analysis

import (
	"roundtable/benchmark"
	"roundtable/benchmark/period"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// Result is an analysis as JSON has it; docs/analyse.md describes it. Values are
// on their natural scale, 0 to 1 for proportions and events per unit of exposure
// for rates, and not rounded. What is undefined is null.
type Result struct {
	File        File         `json:"file"`
	Comparisons []Comparison `json:"comparisons"`
	Series      []Series     `json:"series"`
}

// Comparison is one indicator in one period.
type Comparison struct {
	Indicator benchmark.IndicatorID `json:"indicator"`
	Period    string                `json:"period"`
	Kind      benchmark.Kind        `json:"kind"`
	// Method is binomial, poisson or normal for a funnel's limits; median where
	// the kind has none and Centre is the median; empty for yes or no, of which
	// Centre is the share of yes.
	Method *string  `json:"method"`
	Centre *float64 `json:"centre"`
	// Phi, Tau2 and Overdispersed are null unless dispersion was assessed.
	Phi           *float64       `json:"phi"`
	Tau2          *float64       `json:"tau2"`
	Overdispersed *bool          `json:"overdispersed"`
	Organisations []Organisation `json:"organisations"`
}

// Organisation is one of a comparison, in the order of names.
type Organisation struct {
	Organisation string `json:"organisation"`
	// Numerator is null but for proportions and rates; Denominator is a mean's
	// number of people.
	Numerator   *float64 `json:"numerator"`
	Denominator *float64 `json:"denominator"`
	Value       *float64 `json:"value"`
	// Interval95 is of its own value; limits are the funnel's at its size.
	Interval95 *Range `json:"interval95"`
	Limits95   *Range `json:"limits95"`
	Limits998  *Range `json:"limits998"`
	// Flag is none when there are no limits, and Reason then says why.
	Flag   string  `json:"flag"`
	Reason *string `json:"reason"`
	// The adjusted ones are there when the comparison is overdispersed.
	Adjusted95   *Range `json:"adjusted95,omitempty"`
	Adjusted998  *Range `json:"adjusted998,omitempty"`
	AdjustedFlag string `json:"adjusted_flag,omitempty"`
}

// Range is from its low to its high end.
type Range [2]float64

// Result returns the analysis as JSON has it.
func (a *Analysis) Result() Result {
	r := Result{File: a.source.file(), Comparisons: []Comparison{}, Series: []Series{}}
	for _, s := range a.subjects {
		for _, v := range s.views {
			r.Comparisons = append(r.Comparisons, newComparison(v))
		}
	}
	for _, s := range a.subjects {
		for _, o := range s.series {
			r.Series = append(r.Series, newSeries(o))
		}
	}
	return r
}

// noLimits is the reason where a kind has none.
const noLimits = "kind-without-limits"

func newComparison(v view.View) Comparison {
	c := Comparison{Indicator: v.Indicator.ID, Period: v.Period.ID, Kind: v.Indicator.Kind}
	reason := v.Funnel.Reason.String()
	switch v.Indicator.Kind {
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean:
		c.Method, c.Centre = new(v.Funnel.Method.String()), new(v.Funnel.Centre)
	case benchmark.Count, benchmark.Duration, benchmark.Scale:
		reason = noLimits
		if v.HasMiddle {
			c.Method, c.Centre = new("median"), new(v.Middle)
		}
	case benchmark.YesNo:
		reason, c.Centre = noLimits, new(shareOfYes(v))
	case benchmark.Text:
	}
	if d := v.Funnel.Dispersion; d.Assessed {
		c.Phi, c.Tau2, c.Overdispersed = new(d.Phi), new(d.Tau2), new(d.Found)
	}
	for _, m := range v.Marks {
		c.Organisations = append(c.Organisations, newOrganisation(v, m, reason))
	}
	return c
}

func shareOfYes(v view.View) float64 {
	yes := 0.0
	for _, m := range v.Marks {
		yes += m.Value
	}
	return yes / float64(len(v.Marks))
}

func newOrganisation(v view.View, m view.Mark, reason string) Organisation {
	o := Organisation{Organisation: m.Label, Flag: m.Point.Flag.String(), Value: new(m.Value), Interval95: interval(v.Indicator, m.Figure)}
	switch f := m.Figure; v.Indicator.Kind {
	case benchmark.Proportion, benchmark.Rate:
		o.Numerator, o.Denominator, o.Value = new(f.Numerator), new(f.Denominator), new(f.Numerator/f.Denominator)
	case benchmark.Mean, benchmark.Duration:
		if f.N > 0 {
			o.Denominator = new(f.N)
		}
	case benchmark.Count, benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	if m.Point.Flag == stats.None {
		o.Reason = &reason
		return o
	}
	p := m.Point
	o.Limits95, o.Limits998 = &Range{p.Limits.Low95, p.Limits.High95}, &Range{p.Limits.Low998, p.Limits.High998}
	if v.Funnel.Dispersion.Found {
		o.Adjusted95, o.Adjusted998 = &Range{p.Adjusted.Low95, p.Adjusted.High95}, &Range{p.Adjusted.Low998, p.Adjusted.High998}
		o.AdjustedFlag = p.AdjustedFlag.String()
	}
	return o
}

// interval is that of a figure by itself, at 95 %; nil when it has none.
func interval(i benchmark.Indicator, f benchmark.Figure) *Range {
	var in stats.Interval
	err := stats.ErrUndefined
	switch i.Kind {
	case benchmark.Proportion:
		in, err = stats.Wilson(stats.Proportion{Numerator: int(f.Numerator), Denominator: int(f.Denominator)}, stats.Level95)
	case benchmark.Rate:
		in, err = stats.RateInterval(stats.Rate{Events: int(f.Numerator), Exposure: f.Denominator}, stats.Level95)
	case benchmark.Mean, benchmark.Duration:
		if f.SD != nil {
			in, err = stats.MeanInterval(stats.Mean{Value: f.Value, N: int(f.N), SD: *f.SD, SDKnown: true}, stats.Level95)
		}
	case benchmark.Count:
		in, err = stats.Garwood(int(f.Value), stats.Level95)
	case benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	if err != nil {
		return nil
	}
	return &Range{in.Low, in.High}
}

// Series is one organisation's values of one indicator over time.
type Series struct {
	Organisation string                `json:"organisation"`
	Indicator    benchmark.IndicatorID `json:"indicator"`
	// Chart is xmr, p, p', u or u', or run when there are no limits.
	Chart string `json:"chart"`
	// Centre, Lower and Upper hold for the whole series; null where they don't,
	// as limits that follow the size of each period. Then each point has its own,
	// unless there are none. Of a run chart, Centre is the median.
	Centre *float64 `json:"centre"`
	Lower  *float64 `json:"lower"`
	Upper  *float64 `json:"upper"`
	// Baseline is how many periods from the first on they stand on.
	Baseline int `json:"baseline"`
	// Length of its periods, and Missing how many between the first and the last have no
	// value.
	Length  period.Length `json:"length"`
	Missing int           `json:"missing"`
	Points  []SeriesPoint `json:"points"`
	Runs    Runs          `json:"runs"`
}

// SeriesPoint is one period.
type SeriesPoint struct {
	Period string  `json:"period"`
	Value  float64 `json:"value"`
	// Signal says that a rule marks the point, and Rule which; null for none.
	Signal bool    `json:"signal"`
	Rule   *string `json:"rule"`
	// Lower and Upper are there when the series has none that hold throughout.
	Lower *float64 `json:"lower,omitempty"`
	Upper *float64 `json:"upper,omitempty"`
}

// Runs is the runs analysis around the median of the baseline. The limits are
// null without useful points, and Signal is null with fewer than ten.
type Runs struct {
	Useful         int   `json:"useful"`
	Longest        int   `json:"longest"`
	LongestLimit   *int  `json:"longest_limit"`
	Crossings      int   `json:"crossings"`
	CrossingsLimit *int  `json:"crossings_limit"`
	Signal         *bool `json:"signal"`
}

// newSeries writes a chart of one stretch: a file has no breaks.
func newSeries(o ownSeries) Series {
	stretch := o.control.Stretches[0]
	s := Series{
		Organisation: o.series.Organisation, Indicator: o.series.Indicator.ID, Chart: o.control.Kind.String(),
		Centre: new(stretch.Centre), Baseline: stretch.Baseline,
		Length: o.series.Points[0].Period.Length(), Missing: o.series.Missing(), Runs: newRuns(stretch.Runs),
	}
	constant := true
	first := o.control.Points[0]
	for _, p := range o.control.Points {
		constant = constant && p.Low == first.Low && p.High == first.High
	}
	switch {
	case stretch.LimitStatus == stats.NoLimits || stretch.LimitStatus == stats.RareEvents:
		s.Chart, s.Centre = "run", new(stretch.Runs.Centre)
	case first.HasLimits && constant:
		s.Lower, s.Upper = new(first.Low), new(first.High)
	}
	for i, p := range o.control.Points {
		point := SeriesPoint{Period: o.series.Points[i].Period.ID, Value: p.Value}
		if p.Signal != stats.NoSignal {
			point.Signal, point.Rule = true, new(p.Signal.String())
		}
		if p.HasLimits && !constant {
			point.Lower, point.Upper = new(p.Low), new(p.High)
		}
		s.Points = append(s.Points, point)
	}
	return s
}

func newRuns(r stats.Runs) Runs {
	runs := Runs{Useful: r.Useful, Longest: r.Longest, Crossings: r.Crossings}
	if r.Useful > 0 {
		runs.LongestLimit, runs.CrossingsLimit = new(r.LongestMost), new(r.CrossingsLeast)
	}
	if r.Assessed {
		runs.Signal = new(r.Signal())
	}
	return runs
}
