package stats

import "math"

// LeastForRuns is the fewest useful points from which runs are judged.
const LeastForRuns = 10

// Runs is the analysis of a run chart by its longest run and its crossings of
// the centre (Anhøj & Olesen 2014; Anhøj 2015). It finds sustained shifts and
// needs no limits. Points on the centre neither count nor break a run.
type Runs struct {
	Centre    float64
	Useful    int // points that aren't on the centre
	Longest   int // length of the longest run on one side
	Crossings int // times the line crosses the centre
	// LongestMost and CrossingsLeast are what chance alone explains:
	// round(log2 Useful) + 3, and the 5 % quantile of Binomial(Useful-1, 1/2).
	// Both are 0 when Useful is 0.
	LongestMost    int
	CrossingsLeast int
	// Assessed is false with fewer useful points than LeastForRuns.
	Assessed bool
}

// RunsAround analyses values in the order of time around a centre, commonly a
// median. Values and centre must be finite.
func RunsAround(values []float64, centre float64) Runs {
	runs := Runs{Centre: centre}
	run, above := 0, false
	for _, x := range values {
		if x == centre {
			continue
		}
		if runs.Useful > 0 && above != (x > centre) {
			runs.Crossings++
			run = 0
		}
		above = x > centre
		runs.Useful++
		run++
		runs.Longest = max(runs.Longest, run)
	}
	if runs.Useful > 0 {
		runs.LongestMost = int(math.Round(math.Log2(float64(runs.Useful)))) + 3
		runs.CrossingsLeast = crossingsLeast(runs.Useful)
	}
	runs.Assessed = runs.Useful >= LeastForRuns
	return runs
}

// runsBeside is RunsAround, but for a centre that all values lie on or to one side
// of, such as 0 where most are 0. Then nothing can cross it, and every point off it
// would make the run longer: a run is of points in a row off the centre, a point on
// it ends the run, and crossings aren't judged.
func runsBeside(values []float64, centre float64) Runs {
	runs := RunsAround(values, centre)
	if runs.Useful == len(values) || runs.Crossings > 0 {
		return runs
	}
	runs.Longest, runs.CrossingsLeast = 0, 0
	run := 0
	for _, x := range values {
		if run++; x == centre {
			run = 0
		}
		runs.Longest = max(runs.Longest, run)
	}
	return runs
}

// RunsAroundMedian analyses values around their own median. An empty series
// gives the zero value.
func RunsAroundMedian(values []float64) Runs {
	if len(values) == 0 {
		return Runs{}
	}
	return RunsAround(values, median(values))
}

// LongRun reports a run longer than chance explains.
func (r Runs) LongRun() bool { return r.Assessed && r.Longest > r.LongestMost }

// FewCrossings reports fewer crossings than chance explains.
func (r Runs) FewCrossings() bool { return r.Assessed && r.Crossings < r.CrossingsLeast }

// Signal reports that the series shifted: either of the two above.
func (r Runs) Signal() bool { return r.LongRun() || r.FewCrossings() }

// crossingsLeast is the smallest k with P(K <= k) >= 0.05, for
// K ~ Binomial(useful-1, 1/2).
func crossingsLeast(useful int) int {
	if useful < 2 {
		return 0
	}
	return binomial(useful-1, 0.5).lowAt(0.05, 1.645).Count + 1
}
