package analysis

import (
	"roundtable/benchmark"
	"roundtable/stats"
)

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
	Baseline int           `json:"baseline"`
	Points   []SeriesPoint `json:"points"`
	Runs     Runs          `json:"runs"`
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
func newSeries(o own) Series {
	stretch := o.control.Stretches[0]
	s := Series{
		Organisation: o.series.Organisation, Indicator: o.series.Indicator.ID, Chart: o.control.Kind.String(),
		Centre: new(stretch.Centre), Baseline: stretch.Baseline, Runs: newRuns(stretch.Runs),
	}
	constant := true
	first := o.control.Points[0]
	for _, p := range o.control.Points {
		constant = constant && p.Low == first.Low && p.High == first.High
	}
	switch {
	case stretch.LimitStatus == stats.NoLimits:
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
