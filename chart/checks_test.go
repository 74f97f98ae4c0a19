package chart

import (
	"math"
	"slices"
	"strings"

	"roundtable/benchmark"
)

// check says why a claim isn't so, or nothing.
type check = func(so truth, c viewText, claim Claim) string

// checks has one for each message of a comparison's words.
var checks = map[string]check{
	"caption.headline.definition": func(so truth, _ viewText, c Claim) string {
		return expect(c.Count == so.v.Counts.DoesNotFit && c.Count > 0, "%d say so", so.v.Counts.DoesNotFit)
	},
	"caption.headline.practices": func(so truth, _ viewText, c Claim) string {
		return expect(so.v.Indicator.Kind == benchmark.Text && c.Count == len(so.all) && c.Of == so.v.Counts.Organisations, "%d of %d do", len(so.all), so.v.Counts.Organisations)
	},
	"caption.headline.hidden": checkMuch, "caption.no-limits.hidden": checkMuch,
	"caption.headline.too-little": func(so truth, _ viewText, _ Claim) string {
		return expect(len(so.public) < 3, "%d organisations are shown", len(so.public))
	},
	"caption.headline.higher": checkOutside, "caption.headline.lower": checkOutside,
	"caption.headline.higher-and-lower": checkOutside, "caption.headline.outside": checkOutside,
	"caption.headline.in-chance": func(so truth, _ viewText, _ Claim) string {
		if so.own != nil && so.hidden[so.own.Label] && so.limits {
			if side, sure := so.side(so.own.Figure); sure && (side == 2 || side == -2) {
				return "the viewer's own is shown to them, and outside"
			}
		}
		higher, lower, sure := so.outside()
		return expect(!sure || so.limits && len(higher)+len(lower) == 0, "outside: %v %v", higher, lower)
	},
	"caption.headline.in-chance-others": func(so truth, _ viewText, _ Claim) string {
		higher, lower, sure := so.outside()
		return expect(so.own != nil && so.hidden[so.own.Label] && (!sure || len(higher)+len(lower) == 0), "outside: %v %v", higher, lower)
	},
	"caption.headline.wide-spread": checkWide,
	"caption.headline.own.above":   checkPosition, "caption.headline.own.around": checkPosition, "caption.headline.own.below": checkPosition,
	"caption.own.above": checkPosition, "caption.own.around": checkPosition, "caption.own.below": checkPosition,
	"caption.headline.own.alone": func(so truth, _ viewText, _ Claim) string {
		return expect(so.own != nil && so.v.Visibility == benchmark.Own, "others' are shown")
	},
	"caption.headline.nothing-common": func(so truth, _ viewText, _ Claim) string {
		return expect(!so.v.HasMiddle && so.v.Visibility == benchmark.Own, "there is a middle")
	},
	"caption.headline.middle": checkMiddle, "caption.middle": checkMiddle, "caption.middle-half": checkMiddle, "caption.headline.middle-half": checkMiddle,
	"caption.headline.same": func(so truth, _ viewText, c Claim) string {
		for _, m := range so.all {
			if m.Value != c.Value {
				return "some are at another value"
			}
		}
		return expect(c.Count == len(so.all), "there are %d", len(so.all))
	},
	"caption.headline.yes": func(so truth, _ viewText, c Claim) string {
		yes := 0
		for _, m := range so.all {
			yes += int(m.Value)
		}
		return expect(c.Count == yes && c.Of == len(so.all), "%d of %d", yes, len(so.all))
	},
	"caption.own.value": checkOwnValue, "caption.own.level": checkOwnValue, "caption.own.yes": checkOwnValue, "caption.own.no": checkOwnValue,
	"caption.own.in": checkOwnSide(0), "caption.own.high95": checkOwnSide(1), "caption.own.high998": checkOwnSide(2),
	"caption.own.low95": checkOwnSide(-1), "caption.own.low998": checkOwnSide(-2),
	"caption.own.allowed": func(so truth, _ viewText, _ Claim) string {
		_, _, wide := so.spread()
		side, sure := so.beyond(so.own.Figure)
		return expect(!sure || wide && side == 0, "it is outside these limits, or the spread isn't wide")
	},
	"caption.own.answered": func(so truth, _ viewText, c Claim) string {
		return expect(so.own == nil && c.Marks[0].You && c.Marks[0].Answer == so.answer, "it is %q", so.answer)
	},
	"caption.withheld-own": func(so truth, _ viewText, _ Claim) string {
		return expect(so.hidden[so.own.Label], "others see them")
	},
	"caption.centre": checkCentre, "caption.together.centre": checkCentre,
	"caption.common.answered": checkCommon, "caption.common.answered-too": checkCommon, "caption.common.none": checkCommon,
	"caption.common.middle": checkCommon, "caption.common.middle-of": checkCommon, "caption.common.thirds": checkCommon,
	"caption.common.stays": func(_ truth, _ viewText, c Claim) string {
		return expect(c.Marks[0].You && c.Marks[0].Corrected, "it hasn't")
	},
	"caption.outside.higher-ask": checkSide(1), "caption.outside.higher-favourable": checkSide(1), "caption.outside.higher-neutral": checkSide(1),
	"caption.outside.lower-ask": checkSide(-1), "caption.outside.lower-favourable": checkSide(-1), "caption.outside.lower-neutral": checkSide(-1),
	"caption.news.higher": checkOwnSide(2), "caption.news.lower": checkOwnSide(-2),
	"caption.talk.higher": checkTalk, "caption.talk.lower": checkTalk, "caption.talk.both": checkTalk, "caption.talk.wide": checkWide,
	"caption.brief.higher": checkTalk, "caption.brief.lower": checkTalk, "caption.brief.both": checkTalk, "caption.brief.wide": checkWide,
	"caption.talk.definition": checkNewWay, "caption.brief.definition": checkNewWay,
	"caption.talk.alike": checkAlike, "caption.talk.all-alike": checkAlike, "caption.brief.alike": checkAlike, "caption.brief.all-alike": checkAlike,
	"caption.together.middle": func(so truth, _ viewText, c Claim) string {
		_, middle, _, ok := so.quartiles()
		return expect(ok && sameAs(c.Value, middle), "it is %g", middle)
	},
	"caption.near": checkNear, "caption.near-count": checkNear,
	"caption.dispersion.some": checkDispersion, "caption.dispersion.none": checkDispersion, "caption.dispersion.inside": checkDispersion,
	"caption.no-limits.nothing-measured": func(so truth, _ viewText, _ Claim) string {
		return expect(len(so.public) == 0 && so.own == nil, "there is one to show")
	},
	"caption.no-limits.few": func(so truth, _ viewText, c Claim) string {
		return expect(len(so.public) == c.Count && c.Count < 3, "%d can be shown", len(so.public))
	},
	"caption.no-limits.same": func(so truth, _ viewText, _ Claim) string {
		for _, m := range so.public {
			if m.Value != so.public[0].Value {
				return "some are at another value"
			}
		}
		return ""
	},
	"caption.no-limits.no-spread": func(so truth, _ viewText, _ Claim) string {
		return expect(so.v.Indicator.Kind == benchmark.Mean && so.sigma == 0, "there is one")
	},
	"caption.scale": func(so truth, _ viewText, c Claim) string {
		return expect(c.Levels == so.v.Indicator.Levels, "it doesn't")
	},
	"caption.described": func(so truth, _ viewText, _ Claim) string { return expect(!so.limits, "there are limits") },
	"caption.target": func(so truth, _ viewText, c Claim) string {
		return expect(c.Target == *so.v.Indicator.Target, "it is %g", *so.v.Indicator.Target)
	},
	"caption.answered.value": checkAnswered, "caption.answered.value-rest": checkAnswered, "caption.answered.text": checkAnswered,
	"caption.answered.text-rest": checkAnswered, "caption.answered.yes-no": checkAnswered, "caption.answered.yes-no-rest": checkAnswered,
	"caption.answered.others": func(truth, viewText, Claim) string { return "" }, // its parts are checked
	"caption.rest.not-measured": func(so truth, _ viewText, c Claim) string {
		return expect(c.Count == so.v.Counts.NotMeasured, "%d", so.v.Counts.NotMeasured)
	},
	"caption.rest.not-applicable": func(so truth, _ viewText, c Claim) string {
		return expect(c.Count == so.v.Counts.NotApplicable, "%d", so.v.Counts.NotApplicable)
	},
	"caption.rest.does-not-fit": func(so truth, _ viewText, c Claim) string {
		return expect(c.Count == so.v.Counts.DoesNotFit, "%d", so.v.Counts.DoesNotFit)
	},
	"caption.rest.skipped": func(so truth, _ viewText, c Claim) string {
		return expect(c.Count == so.v.Counts.Skipped, "%d", so.v.Counts.Skipped)
	},
	"caption.rest.silent": func(so truth, _ viewText, c Claim) string {
		return expect(c.Count == so.v.Counts.Silent, "%d", so.v.Counts.Silent)
	},
	"caption.withheld": checkWithheld, "caption.withheld-many": checkWithheld,
	"alt.levels": func(so truth, c viewText, claim Claim) string {
		counts := make([]int, so.v.Indicator.Levels)
		for _, m := range shownMarks(c.v) {
			counts[int(m.Value)-1]++
		}
		return expect(slices.Equal(counts, claim.Counts), "they are %v", counts)
	},
	"alt.outside": func(so truth, c viewText, claim Claim) string {
		var want []string
		for _, m := range shownMarks(c.v) {
			if side, sure := so.side(m.Figure); side == 2 || side == -2 {
				want = append(want, m.Label)
			} else if !sure {
				return ""
			}
		}
		return expect(slices.Equal(labels(claim.Marks), want), "outside are %v", want)
	},
	"alt.outside-none": func(so truth, c viewText, _ Claim) string {
		for _, m := range shownMarks(c.v) {
			if side, sure := so.side(m.Figure); sure && (side == 2 || side == -2) {
				return m.Label + " does"
			}
		}
		return expect(so.limits, "there are no limits")
	},
	"alt.about": func(so truth, _ viewText, c Claim) string {
		return expect(c.Title == so.v.Indicator.Title && c.Periods[0] == so.v.Period.ID, "the picture is another")
	},
	"alt.rows": checkRows,
	"alt.missing": func(so truth, _ viewText, c Claim) string {
		missing, told := so.v.Counts.Organisations-len(so.all), 0
		for _, m := range so.v.Marks {
			if m.Answer != benchmark.Value {
				told++
			}
		}
		return expect(c.Count == missing || c.Count == missing-told-len(so.v.Absent), "%d gave none, and %d are told", missing, told)
	},
	"alt.wide":          checkWide,
	"caption.named.yes": checkNamed(1), "caption.named.no": checkNamed(0),
}

func init() {
	for _, guess := range []benchmark.Position{benchmark.Below, benchmark.Around, benchmark.Above} {
		for _, is := range []benchmark.Position{benchmark.Below, benchmark.Around, benchmark.Above} {
			checks["caption.guess."+string(guess)+"-"+string(is)] = func(so truth, c viewText, claim Claim) string {
				claim.Says = "caption.own." + string(is)
				return checkPosition(so, c, claim)
			}
		}
		checks["caption.guess."+string(guess)+"-untold"] = func(so truth, _ viewText, _ Claim) string {
			return expect(!so.v.HasMiddle, "it can")
		}
	}
}

func checkMuch(so truth, _ viewText, _ Claim) string {
	return expect(so.much(), "too little is hidden")
}

func checkWide(so truth, _ viewText, _ Claim) string {
	_, _, wide := so.spread()
	return expect(wide, "the spread may be chance's")
}

func checkOutside(so truth, _ viewText, c Claim) string {
	higher, lower, sure := so.outside()
	said := [2][]string{labels(c.Marks), labels(c.Lower)}
	if c.Says == "caption.headline.lower" {
		said = [2][]string{nil, labels(c.Marks)}
	}
	if c.Says == "caption.headline.outside" && (c.Count != len(higher)+len(lower) || c.Of != len(so.public)) && sure {
		return "the counts are others"
	}
	return expect(!sure || slices.Equal(said[0], higher) && slices.Equal(said[1], lower), "above are %v, below %v", higher, lower)
}

func checkSide(side int) check {
	return func(so truth, _ viewText, c Claim) string {
		higher, lower, sure := so.outside()
		want := higher
		if side < 0 {
			want = lower
		}
		return expect(!sure || slices.Equal(labels(c.Marks), want), "they are %v", want)
	}
}

func checkOwnValue(so truth, _ viewText, c Claim) string {
	return expect(so.own != nil && c.Marks[0].Label == so.own.Label && sameAs(c.Value, so.own.Value), "it isn't")
}

func checkOwnSide(want int) check {
	return func(so truth, _ viewText, _ Claim) string {
		side, sure := so.side(so.own.Figure)
		return expect(!sure || side == want && so.limits, "it is at %d", side)
	}
}

// checkPosition holds what is said against the numbers as they are read.
func checkPosition(so truth, c viewText, claim Claim) string {
	as := func(x float64) float64 { return asRead(c.unit, x) }
	own, low, middle, high := as(so.own.Value), as(claim.Low), as(so.v.Middle), as(claim.High)
	position := claim.Says[strings.LastIndex(claim.Says, ".")+1:]
	if so.v.Visibility != benchmark.Own {
		l, _, h, ok := so.quartiles()
		if !ok || !sameAs(l, claim.Low) || !sameAs(h, claim.High) {
			return "the middle half lies elsewhere"
		}
		switch position {
		case "above":
			return expect(own > high, "%g is not above %g", own, high)
		case "below":
			return expect(own < low, "%g is not below %g", own, low)
		}
		return expect(own >= low && own <= high, "%g is not from %g to %g", own, low, high)
	}
	switch position {
	case "above":
		return expect(own > middle, "%g is not above %g", own, middle)
	case "below":
		return expect(own < middle, "%g is not below %g", own, middle)
	}
	if !so.v.HasSpread { // beside the middle alone, around it is within a tenth of it
		tenth := math.Abs(so.v.Middle) / 10
		return expect(own >= as(so.v.Middle-tenth) && own <= as(so.v.Middle+tenth), "%g is further than a tenth from %g", own, middle)
	}
	return expect(own >= low && own <= high, "%g is not from %g to %g", own, low, high)
}

func checkMiddle(so truth, _ viewText, c Claim) string {
	low, middle, high, ok := so.quartiles()
	if so.v.Visibility == benchmark.Own {
		return expect(sameAs(c.Value, so.v.Middle), "it is %g", so.v.Middle)
	}
	halved := strings.HasSuffix(c.Says, "middle-half")
	valued := c.Says != "caption.headline.middle-half"
	return expect(ok && (!valued || sameAs(c.Value, middle)) && (!halved || sameAs(c.Low, low) && sameAs(c.High, high)), "it is %g (%g to %g)", middle, low, high)
}

func checkCommon(so truth, _ viewText, c Claim) string {
	if c.Says == "caption.common.none" || strings.HasPrefix(c.Says, "caption.common.answered") {
		return expect(!so.v.HasMiddle && (c.Says == "caption.common.none" || so.v.OthersAnswered), "there is")
	}
	var values []float64
	for _, m := range so.all {
		if !so.hidden[m.Label] {
			values = append(values, m.Value)
		}
	}
	slices.Sort(values)
	third := len(values) / 3
	want := []float64{meanOfValues(values[:third]), meanOfValues(values[third : len(values)-third]), meanOfValues(values[len(values)-third:])}
	if !sameAs(c.Middle, want[1]) || c.Count != len(values) {
		return "the middle is another"
	}
	return expect(c.Says != "caption.common.thirds" || sameAs(c.Low, want[0]) && sameAs(c.High, want[2]), "they are %v", want)
}

func meanOfValues(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	return sum / float64(len(values))
}

func checkCentre(so truth, _ viewText, claim Claim) string {
	return expect(sameAs(claim.Value, so.centre*so.v.Indicator.Factor()), "it is %g", so.centre*so.v.Indicator.Factor())
}

// checkTalk: so many lie outside, and no more.
func checkTalk(so truth, _ viewText, c Claim) string {
	higher, lower, sure := so.outside()
	if !sure {
		return ""
	}
	switch strings.TrimPrefix(strings.TrimPrefix(c.Says, "caption.talk."), "caption.brief.") {
	case "lower":
		return expect(len(higher) == 0 && len(lower) == c.Count, "%v are lower, %v higher", lower, higher)
	case "higher":
		return expect(len(lower) == 0 && len(higher) == c.Count, "%v are higher, %v lower", higher, lower)
	}
	return expect(len(higher) == c.Count && len(lower) == c.Of, "%v are higher, %v lower", higher, lower)
}

func checkNewWay(so truth, _ viewText, _ Claim) string {
	return expect(so.v.FirstSoDefined, "it was counted so before")
}

func checkAlike(so truth, _ viewText, c Claim) string {
	return expect(so.alike() == c.Count && len(so.all) == c.Of && 10*c.Count >= 9*c.Of && strings.HasSuffix(c.Says, ".alike") == (c.Count < c.Of), "they are %d of %d", so.alike(), len(so.all))
}

func checkNear(so truth, _ viewText, c Claim) string {
	var want []string
	for _, m := range so.public {
		side, sure := so.side(m.Figure)
		if !sure {
			return ""
		}
		if side == 1 || side == -1 {
			want = append(want, m.Label)
		}
	}
	return expect(slices.Equal(labels(c.Marks), want) && c.Count == len(want), "they are %v", want)
}

func checkDispersion(so truth, _ viewText, claim Claim) string {
	phi, _, wide := so.spread()
	outside := 0
	for _, m := range so.public {
		if side, sure := so.side(m.Figure); side == 2 || side == -2 {
			outside++
		} else if !sure {
			return ""
		}
	}
	higher, lower, sure := so.outside()
	switch beyond := len(higher) + len(lower); {
	case !wide || math.Abs(claim.Phi-phi) > 1e-9*phi:
		return "the spread may be chance's"
	case !sure:
		return ""
	case claim.Count != outside || len(claim.Marks) != beyond:
		return "the counts are others"
	}
	return ""
}

func checkAnswered(so truth, _ viewText, c Claim) string {
	return expect(c.Count == len(so.all) && c.Of == so.v.Counts.Organisations, "%d of %d did", len(so.all), so.v.Counts.Organisations)
}

func checkWithheld(so truth, _ viewText, c Claim) string {
	n := 0
	for label, hidden := range so.hidden {
		if hidden && (so.own == nil || label != so.own.Label) {
			n++
		}
	}
	return expect(c.Count == n && so.v.Visibility != benchmark.Own, "there are %d", n)
}

// checkRows: everybody with a row is in it, and all are told apart.
func checkRows(so truth, c viewText, claim Claim) string {
	for _, m := range claim.Marks {
		if so.hidden[m.Label] && !m.You && m.HasValue {
			return m.Label + " is hidden"
		}
	}
	return expect(len(claim.Marks) >= len(shownMarks(c.v)), "%d are shown", len(shownMarks(c.v)))
}

// checkNamed: those who said so, and no others.
func checkNamed(answer float64) check {
	return func(so truth, _ viewText, c Claim) string {
		var want []string
		for _, m := range so.public {
			if m.Value == answer {
				want = append(want, m.Label)
			}
		}
		return expect(slices.Equal(labels(c.Marks), want), "they are %v", want)
	}
}
