package chart

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/stats"
)

// What a picture says is held against the figures as its caption is.

func init() {
	for _, finding := range []string{
		"definition", "hidden", "in-chance", "in-chance-others", "middle", "middle-half", "nothing-common", "own.above", "own.alone", "own.around", "own.below",
		"practices", "same", "too-little", "wide-spread", "yes",
	} {
		checks["picture.headline."+finding] = func(so truth, c viewText, claim Claim) string {
			claim.Says = "caption.headline." + finding
			return checks[claim.Says](so, c, claim)
		}
	}
	checks["picture.headline.outside"] = func(so truth, _ viewText, c Claim) string {
		higher, lower, sure := so.outside()
		return expect(!sure || c.Count == len(higher)+len(lower) && c.Of == len(so.public), "%d of %d are", len(higher)+len(lower), len(so.public))
	}
	named := func(so truth, _ viewText, c Claim) string {
		return expect((so.v.Visibility == benchmark.Coded) == strings.Contains(c.Says, "letters"), "it is %s", so.v.Visibility)
	}
	limited := func(so truth, v viewText, c Claim) string {
		if wrong := named(so, v, c); strings.Contains(c.Says, "-chance") && wrong != "" {
			return wrong
		}
		return expect(so.limits, "there are no limits")
	}
	spread := func(so truth, _ viewText, _ Claim) string {
		_, _, wide := so.spread()
		return expect(wide, "the spread may be chance's")
	}
	always := func(truth, viewText, Claim) string { return "" }
	for says, check := range map[string]check{
		"names": named, "letters": named, "names-chance": limited, "letters-chance": limited,
		"funnel": limited, "funnel-spread": spread, "spread-rows": spread, "sizes": always, "purpose": always,
		"half": func(so truth, _ viewText, _ Claim) string {
			low, _, high, ok := so.quartiles()
			return expect(ok && low < high && len(so.public) >= 6 && !so.limits, "there is none")
		},
		"own": func(so truth, _ viewText, _ Claim) string {
			return expect(so.v.Visibility == benchmark.Own, "they are")
		},
		"thirds": func(so truth, _ viewText, c Claim) string {
			return expect(so.v.HasSpread && c.Low == so.v.Low && c.High == so.v.High, "they are %g and %g", so.v.Low, so.v.High)
		},
		"withheld": checkWithheld,
		"missing": func(so truth, _ viewText, c Claim) string {
			return expect(c.Count == so.v.Counts.Organisations-len(so.all), "%d gave none", so.v.Counts.Organisations-len(so.all))
		},
		"left-out": func(_ truth, c viewText, claim Claim) string {
			return expect(claim.Count == len(c.v.Marks)+len(c.v.Absent)-len(shownMarks(c.v)), "%d have none", claim.Count)
		},
		"more-outside": func(_ truth, c viewText, claim Claim) string {
			outside := 0
			for _, m := range shownMarks(c.v) {
				if m.Point.Flag.Outside(stats.Level998) && !m.You {
					outside++
				}
			}
			f, _ := newFunnel(c)
			written := 0
			for _, n := range f.names {
				if !n.mark.You {
					written++
				}
			}
			return expect(claim.Count == outside-written && written <= maxNamed, "%d are outside, and %d named", outside, written)
		},
	} {
		checks["picture.note."+says] = check
	}
	for _, finding := range []string{"few", "few-since", "few-rebased", "same", "same-since", "earlier", "shifted", "steady", "untold", "rare-none", "rare-all", "first-same"} {
		trendChecks["picture.trend."+finding] = func(so *course, t trend, c Claim) string {
			c.Says = "caption.trend.headline." + finding
			return trendChecks["headline."+finding](so, t, c)
		}
	}
	for rule := range (&course{}).ruleNames() {
		trendChecks["picture.trend."+rule] = func(so *course, _ trend, c Claim) string {
			last := len(so.values) - 1
			if !so.marked(last)[rule] {
				return "the rule doesn't mark the latest"
			}
			var in func(k int) bool
			switch rule {
			case "above-mean":
				in = func(k int) bool { return k >= 0 && so.values[k] > so.centre }
			case "below-mean":
				in = func(k int) bool { return k >= 0 && so.values[k] < so.centre }
			case "rising":
				in = func(k int) bool { return k == 0 || k > 0 && so.values[k] > so.values[k-1] }
			case "falling":
				in = func(k int) bool { return k == 0 || k > 0 && so.values[k] < so.values[k-1] }
			default:
				return ""
			}
			n := 0
			for k := last; in(k); k-- {
				n++
			}
			if rising := rule == "rising" || rule == "falling"; rising && n < len(so.values) {
				n++ // the one that the others are held against
			}
			return expect(c.Count == n, "%d are", n)
		}
	}
	ofRun := func(so *course, t trend, c Claim) string {
		r, ok := t.latestRun()
		return expect(ok && c.Count >= pointsInRun && c.Count == r.count && c.Count <= len(so.values), "it is %v", r)
	}
	for says, check := range map[string]trendCheck{
		"run.above": ofRun, "run.below": ofRun, "run.rising": ofRun, "run.falling": ofRun,
		"note.median": func(so *course, _ trend, _ Claim) string { return expect(so.high == nil, "there are limits") },
		"note.limits": func(so *course, _ trend, c Claim) string {
			points := so.s.Points[so.from:]
			return expect(so.baseline == 12 && c.Periods[0] == points[0].Period.ID && c.Periods[1] == points[11].Period.ID, "they rest on others")
		},
		"note.trial": func(so *course, _ trend, c Claim) string {
			return expect(so.high != nil && c.Count == len(so.values) && c.Count < 12, "they aren't")
		},
		"note.possible": func(so *course, _ trend, c Claim) string {
			return expect(so.still && c.Count == so.baseline, "it varies")
		},
		"note.own-figures": checkNothing,
		"note.flag":        func(so *course, _ trend, _ Claim) string { return expect(len(so.s.Actions) > 0, "there is none") },
	} {
		trendChecks["picture."+says] = check
	}
	for length := range lengths {
		trendChecks["picture.gap."+string(length)] = func(so *course, _ trend, c Claim) string {
			for i := range so.s.Points {
				if so.s.gapBefore(i) == c.Count && ofLength(so.s.Points[i].Period.ID, length) {
					return ""
				}
			}
			return "no gap is so long"
		}
	}
}
