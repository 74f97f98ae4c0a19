package chart

import (
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/period"
)

// trendCheck says why a claim about a series isn't so, or nothing.
type trendCheck = func(so *course, t trend, c Claim) string

func checkFew(so *course, _ trend, c Claim) string {
	return expect(len(so.values) < 6 && c.Count == len(so.values), "there are %d", len(so.values))
}

func checkNothing(*course, trend, Claim) string { return "" }

// checkSame: every value of the whole series, or of the last stretch.
func checkSame(so *course, _ trend, c Claim) string {
	values := so.s.values()
	if strings.HasSuffix(c.Says, "same-since") {
		values = so.values
	}
	for _, x := range values {
		if !sameAs(x, c.Value) {
			return "some are at another value"
		}
	}
	return expect(!strings.HasSuffix(c.Says, "since") || c.Count == len(so.values), "there are %d", len(so.values))
}

func checkTone(up, down string) trendCheck {
	return func(so *course, _ trend, _ Claim) string {
		marked := so.marked(len(so.values) - 1)
		for rule := range strings.SplitSeq(up+" "+down, " ") {
			if marked[rule] {
				return ""
			}
		}
		return "nothing has"
	}
}

const (
	upwards   = "above-limit rising near-upper above-mean"
	downwards = "below-limit falling near-lower below-mean"
)

// trendChecks has one for each message about a series but the rules' own.
var trendChecks = map[string]trendCheck{
	"headline.few": checkFew, "headline.few-since": checkFew, "headline.few-rebased": checkFew,
	"headline.same": checkSame, "headline.same-since": checkSame,
	"headline.earlier": func(so *course, _ trend, _ Claim) string {
		last := len(so.values) - 1
		earlier := false
		for k := range last {
			earlier = earlier || so.anyMarked(k)
		}
		return expect(earlier, "there is none")
	},
	"headline.shifted": func(so *course, _ trend, _ Claim) string {
		shifted, _ := so.shifted()
		return expect(shifted, "they haven't")
	},
	"headline.steady": func(so *course, _ trend, _ Claim) string {
		for k := range so.values {
			if m := so.marked(k); m["above-limit"] || m["below-limit"] || m["rising"] || m["falling"] {
				return "a rule marks a round"
			}
		}
		shifted, assessed := so.shifted()
		return expect(!shifted && (assessed || so.high != nil), "shifted %v, judged %v", shifted, assessed || so.high != nil)
	},
	"headline.untold": func(so *course, _ trend, c Claim) string {
		_, assessed := so.shifted()
		return expect(!assessed && so.high == nil && c.Count == len(so.values), "it can be told")
	},
	"headline.rare-none": checkRare, "headline.rare-all": checkRare, "standing.rare-none": checkRare, "standing.rare-all": checkRare,
	"headline.first-same": checkFirstSame, "first-same": checkFirstSame,
	"later-off": checkLater, "later-none": checkLater, "later-one": checkLater,
	"possible-high": func(so *course, _ trend, c Claim) string { return so.isPossible(c.High, false) },
	"possible-low":  func(so *course, _ trend, c Claim) string { return so.isPossible(c.Low, true) },
	"tone.change":   checkTone(upwards, downwards), "tone.concern": checkTone(upwards, ""), "tone.improvement": checkTone("", downwards),
	"latest": func(so *course, _ trend, c Claim) string {
		p := so.s.Points[len(so.s.Points)-1]
		return expect(c.Value == p.Value && c.Periods[0] == p.Period.ID, "it isn't")
	},
	"mean": func(so *course, _ trend, c Claim) string {
		if so.high == nil {
			return "there are no limits"
		}
		last := len(so.values) - 1
		low := so.low[last]
		if so.s.Indicator.Kind != benchmark.Mean {
			low = max(low, 0)
		}
		return expect(sameAs(c.Value, so.centre) && sameAs(c.Low, low) && sameAs(c.High, so.high[last]), "it is %g, %g to %g", so.centre, low, so.high[last])
	},
	"mean-only": func(so *course, _ trend, c Claim) string {
		for _, x := range so.values[:so.baseline] {
			if !sameAs(x, c.Value) {
				return "they do"
			}
		}
		return ""
	},
	"median": func(so *course, _ trend, c Claim) string {
		median := type7(slices.Sorted(slices.Values(so.values[:so.baseline])), 0.5)
		return expect(sameAs(c.Value, median), "it is %g", median)
	},
	"standing.frozen": func(so *course, _ trend, c Claim) string {
		return expect(so.high != nil && c.Count == 12 && so.baseline == 12, "they don't")
	},
	"standing.trial": func(so *course, _ trend, c Claim) string {
		return expect(so.high != nil && c.Count == len(so.values) && c.Count < 12, "they don't")
	},
	"standing.no-limits": func(so *course, _ trend, _ Claim) string {
		return expect(len(so.values) < 6, "there are %d rounds", len(so.values))
	},
	"standing.no-variation": func(so *course, _ trend, _ Claim) string {
		for _, x := range so.values {
			if !sameAs(x, so.values[0]) {
				return "some are at another value"
			}
		}
		return expect(so.high == nil, "there are limits")
	},
	"standing.scale": func(so *course, _ trend, c Claim) string {
		return expect(so.s.Indicator.Kind == benchmark.Scale && c.Levels == so.s.Indicator.Levels, "it isn't one")
	},
	"break": checkNothing, "rebase": checkNothing, "action": checkNothing, "actions-earlier": checkNothing, // people's own
	"missing.day": checkMissing, "missing.week": checkMissing, "missing.month": checkMissing, "missing.quarter": checkMissing, "missing.third": checkMissing,
	"missing.half": checkMissing, "missing.year": checkMissing, "missing.financial-year": checkMissing, "missing.years": checkMissing,
	"other-lengths": func(so *course, _ trend, c Claim) string {
		return expect(c.Count == so.others, "%d are", so.others)
	},
	"laney.p": checkLaney, "laney.u": checkLaney,
	"target.consistently-meets": checkTarget, "target.consistently-misses": checkTarget, "target.may-or-may-not": checkTarget,
	"caption.target": func(so *course, _ trend, c Claim) string {
		return expect(c.Target == *so.s.Indicator.Target, "it is %g", *so.s.Indicator.Target)
	},
	"alt.trend.control": func(so *course, _ trend, _ Claim) string { return expect(so.high != nil, "there are no limits") },
	"alt.trend.run":     func(so *course, _ trend, _ Claim) string { return expect(so.high == nil, "there are limits") },
	"alt.latest-first":  checkNothing, // the values follow
}

func checkRare(so *course, _ trend, c Claim) string {
	return expect(so.rare && strings.HasSuffix(c.Says, "all") == (so.s.Indicator.Kind == benchmark.Proportion && so.centre > 50), "it isn't")
}

func checkFirstSame(so *course, _ trend, c Claim) string {
	for _, x := range so.values[:so.baseline] {
		if !sameAs(x, c.Value) {
			return "they aren't"
		}
	}
	all := true
	for _, x := range so.values[so.baseline:] {
		all = all && sameAs(x, c.Value)
	}
	return expect(c.Count == so.baseline && (!strings.Contains(c.Says, "headline") || !all), "all later ones are too")
}

func checkLater(so *course, _ trend, c Claim) string {
	off, later := 0, len(so.values)-so.baseline
	for _, x := range so.values[so.baseline:] {
		if !sameAs(x, so.centre) {
			off++
		}
	}
	says := "caption.trend.later-off"
	switch {
	case later == 1:
		says = "caption.trend.later-one"
	case off == later:
		says = "caption.trend.later-none"
	}
	return expect(off == c.Count && c.Of == later && c.Says == says, "%d are", off)
}

func checkLaney(so *course, _ trend, c Claim) string {
	outside := 0
	for k := range so.baseline {
		if m := so.marked(k); m["above-limit"] || m["below-limit"] {
			outside++
		}
	}
	return expect(c.Count == outside && c.Of == so.baseline && 3*outside > so.baseline, "%d do", outside)
}

func checkTarget(so *course, _ trend, c Claim) string {
	if so.high == nil || sameAs(so.high[0], so.low[0]) {
		return "there are no limits, or no width between them"
	}
	last := len(so.values) - 1
	want := "may-or-may-not"
	switch { // lower is better
	case c.Target > so.high[last]:
		want = "consistently-meets"
	case c.Target < so.low[last]:
		want = "consistently-misses"
	}
	return expect(strings.HasSuffix(c.Says, want), "it %s", want)
}

// checkMissing: so many, and of the series' length.
func checkMissing(so *course, _ trend, c Claim) string {
	length := strings.TrimPrefix(c.Says, "caption.trend.missing.")
	k := slices.IndexFunc(so.s.Points, func(p SeriesPoint) bool { return !ofLength(p.Period.ID, period.Length(length)) })
	if k >= 0 {
		return so.s.Points[k].Period.ID + " is none"
	}
	return expect(c.Count == so.absent, "%d are", so.absent)
}

// ofLength says whether an id is one of those that someSeries draws of a length.
func ofLength(id string, l period.Length) bool {
	for k := range 150 {
		if lengths[l](k) == id {
			return true
		}
	}
	return false
}
