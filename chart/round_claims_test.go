package chart

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// rowOf is a view's row in a picture of its round, alone in it.
func rowOf(c viewText) roundRow {
	row := roundRow{lane: newLane(c, laneLeft, laneRight)}
	if talks := view.Worth([]view.View{c.v}); len(talks) > 0 {
		row.talk = &talks[0]
	}
	return row
}

func init() {
	rows := map[string]check{
		"above": checkBeyond, "below": checkBeyond, "both": checkBeyond, "outside": checkBeyond,
		"chance": checkRowChance, "chance-others": checkRowChance,
		"wide": func(so truth, c viewText, claim Claim) string {
			higher, lower, sure := so.outside()
			if wrong := checkWide(so, c, claim); wrong != "" {
				return wrong
			}
			return expect(!sure || len(higher)+len(lower) == 0, "outside: %v %v", higher, lower)
		},
		"hidden": checkMuch,
		"few": func(so truth, _ viewText, _ Claim) string {
			return expect(len(so.public) < 3, "there are %d", len(so.public))
		},
		"between": func(so truth, _ viewText, c Claim) string {
			values := so.publicValues()
			return expect(c.Low == values[0] && c.High == values[len(values)-1], "they are %v", values)
		},
		"half": func(so truth, _ viewText, c Claim) string {
			low, _, high, ok := so.quartiles()
			return expect(ok && len(so.public) >= 6 && sameAs(low, c.Low) && sameAs(high, c.High), "it is from %g to %g", low, high)
		},
		"same": func(so truth, _ viewText, c Claim) string {
			values := so.publicValues()
			return expect(values[0] == c.Value && values[len(values)-1] == c.Value && c.Count == len(values), "they are %v", values)
		},
		"alike": func(so truth, _ viewText, c Claim) string {
			n := 0
			for _, x := range so.publicValues() {
				if x == c.Value {
					n++
				}
			}
			return expect(n == c.Count && c.Of == len(so.public) && 10*(len(so.all)-n) <= len(so.all), "%d of %d are", n, len(so.all))
		},
		"yes": func(so truth, _ viewText, c Claim) string {
			yes := 0.0
			for _, x := range so.publicValues() {
				yes += x
			}
			return expect(c.Count == int(yes) && c.Of == len(so.public), "%g of %d", yes, len(so.public))
		},
		"told":  checkAnswered,
		"level": checkCommonest, "levels": checkCommonest,
		"definition": func(so truth, _ viewText, _ Claim) string { return expect(so.v.FirstSoDefined, "it was so before") },
		"own-none":   func(so truth, _ viewText, _ Claim) string { return expect(!so.v.HasMiddle, "there is a middle") },
		"own-middle": func(so truth, _ viewText, _ Claim) string {
			return expect(so.v.HasMiddle && !so.v.HasSpread, "there is more, or nothing")
		},
		"own-thirds": func(so truth, c viewText, claim Claim) string {
			claim.Says, claim.Middle, claim.Count = "caption.common.thirds", so.v.Middle, so.v.Counts.Values
			return checkCommon(so, c, claim)
		},
	}
	for name, check := range rows {
		checks["round-picture.row."+name] = check
		checks["round-picture.row."+name+"-rest"] = check
	}
	checks["round-picture.withheld"] = checkWithheld
	checks["round-picture.alt.row"] = func(so truth, _ viewText, c Claim) string {
		return expect(c.Title == so.v.Indicator.Title, "it is %s", so.v.Indicator.Title)
	}
	checks["round-picture.alt.row-middle"] = func(so truth, _ viewText, c Claim) string {
		if so.v.Visibility == benchmark.Own {
			return expect(sameAs(c.Value, so.v.Middle), "it is %g", so.v.Middle)
		}
		_, middle, _, _ := so.quartiles()
		if so.limits {
			middle = so.centre * so.v.Indicator.Factor()
		}
		return expect(sameAs(c.Value, middle), "it is %g", middle)
	}
}

func (t truth) publicValues() []float64 {
	var values []float64
	for _, m := range t.public {
		x, _ := m.Figure.Of(t.v.Indicator)
		values = append(values, x)
	}
	slices.Sort(values)
	return values
}

func checkBeyond(so truth, _ viewText, c Claim) string {
	higher, lower, sure := so.outside()
	above, below := len(higher), len(lower)
	so1 := map[string]bool{
		"above": below == 0 && above == c.Count, "below": above == 0 && below == c.Count,
		"both": above == c.Count && below == c.Of, "outside": above+below == c.Count,
	}
	says, _ := strings.CutSuffix(strings.TrimPrefix(c.Says, "round-picture.row."), "-rest")
	return expect(!sure || c.Count > 0 && so1[says], "%d above, %d below", above, below)
}

func checkRowChance(so truth, c viewText, claim Claim) string {
	if strings.HasPrefix(claim.Says, "round-picture.row.chance-others") {
		return checks["caption.headline.in-chance-others"](so, c, claim)
	}
	return checks["caption.headline.in-chance"](so, c, claim)
}

func checkCommonest(so truth, c viewText, claim Claim) string {
	counts := map[float64]int{}
	most := 0
	for _, x := range so.publicValues() {
		counts[x]++
		most = max(most, counts[x])
	}
	var want []string
	for k := range so.v.Indicator.Levels {
		if counts[float64(k+1)] == most {
			want = append(want, strconv.Itoa(k+1))
		}
	}
	return expect(claim.Words == c.l.List(want), "they are %v", want)
}

// roundSo is what is so of a round: of each of its views, and which are worth a talk.
type roundSo struct {
	views []truth
	worth []string // titles
	sure  bool
}

// worthOf finds anew which views are worth a talk.
func worthOf(all []truth) (worth []string, sure bool) {
	sure = true
	var reasons [4][]string
	for _, so := range all {
		higher, lower, certain := so.outside()
		_, _, wide := so.spread()
		sure = sure && certain
		most := 0
		counts := map[float64]int{}
		for _, x := range so.publicValues() {
			counts[x]++
			most = max(most, counts[x])
		}
		alike := so.v.Visibility != benchmark.Own && so.v.Indicator.Kind != benchmark.Text && !so.much() && len(so.all) >= 6 && most > 0 && 10*(len(so.all)-most) <= len(so.all)
		for i, is := range []bool{len(higher)+len(lower) > 0, wide, so.v.FirstSoDefined && so.v.Counts.Values > 0, alike} {
			if is {
				reasons[i] = append(reasons[i], so.v.Indicator.Title)
				break
			}
		}
	}
	chosen := slices.Concat(reasons[:]...)
	chosen = chosen[:min(3, len(chosen))]
	for _, so := range all {
		if slices.Contains(chosen, so.v.Indicator.Title) {
			worth = append(worth, so.v.Indicator.Title)
		}
	}
	return worth, sure
}

// roundChecks are those of what is said of a whole round.
var roundChecks = map[string]func(so roundSo, part roundPicture, c Claim) string{
	"round-picture.headline.worth": checkWorth, "round-picture.headline.worth-short": checkWorth,
	"round-picture.headline.worth-1": checkWorth, "round-picture.headline.worth-2": checkWorth, "round-picture.headline.worth-3": checkWorth,
	"round-picture.headline.chance": func(so roundSo, part roundPicture, _ Claim) string {
		limits := false
		for _, row := range part.rows {
			for _, one := range so.views {
				limits = limits || one.v.Indicator.ID == row.v.Indicator.ID && one.limits
			}
		}
		return expect(!so.sure || limits && len(part.worthOf(so)) == 0, "worth a talk: %v", so.worth)
	},
	"round-picture.headline.own": func(so roundSo, _ roundPicture, _ Claim) string {
		return expect(so.views[0].v.Visibility == benchmark.Own, "they see each other")
	},
	"round-picture.headline.choose": func(so roundSo, part roundPicture, _ Claim) string {
		return expect(!so.sure || len(part.worthOf(so)) == 0, "worth a talk: %v", so.worth)
	},
	"round-picture.title":        nil, // checked with the headline
	"round-picture.alt.headline": nil, // its part is checked
	"round-picture.subtitle":     checkRoundSubtitle, "round-picture.alt.subtitle": checkRoundSubtitle,
	"round-picture.part": nil, // counted in TestRoundParts
	"round-picture.rest": func(_ roundSo, part roundPicture, c Claim) string {
		sum := 0
		for _, p := range c.Parts {
			sum += p.Count
		}
		return expect(sum == c.Count && c.Count == len(part.rest), "there are %d, and %d are said", len(part.rest), sum)
	},
	"round-picture.more.outside": checkLeft, "round-picture.more.chance": checkLeft,
	"round-picture.more.hidden": checkLeft, "round-picture.more.unlimited": checkLeft,
	"round-picture.left.outside": checkLeft, "round-picture.left.chance": checkLeft,
	"round-picture.left.hidden": checkLeft, "round-picture.left.unlimited": checkLeft,
	"round-picture.alt.unanswered": func(so roundSo, _ roundPicture, c Claim) string {
		none := 0
		for _, one := range so.views {
			if one.v.Visibility != benchmark.Own && len(one.all) == 0 || one.v.Visibility == benchmark.Own && !one.v.HasMiddle && !one.v.OthersAnswered && one.own == nil {
				none++
			}
		}
		return expect(c.Count == none, "%d have none", none)
	},
}

func init() {
	nothing := func(roundSo, roundPicture, Claim) string { return "" }
	for id, check := range roundChecks {
		if check == nil {
			roundChecks[id] = nothing
		}
	}
}

// worthOf are the rows of a part that are worth a talk.
func (r roundPicture) worthOf(so roundSo) []string {
	var titles []string
	for _, row := range r.rows {
		if slices.Contains(so.worth, row.v.Indicator.Title) {
			titles = append(titles, row.v.Indicator.Title)
		}
	}
	return titles
}

func checkWorth(so roundSo, part roundPicture, c Claim) string {
	want := part.worthOf(so)
	if !so.sure {
		return ""
	}
	if len(c.Parts) == 0 {
		return expect(c.Count == len(want) && strings.HasSuffix(c.Says, strconv.Itoa(len(want))), "they are %v", want)
	}
	for i, p := range c.Parts {
		if i >= len(want) || p.Title != inSentence(want[i]) {
			return fmt.Sprintf("they are %v", want)
		}
	}
	return expect(len(c.Parts) == len(want), "they are %v", want)
}

func checkRoundSubtitle(so roundSo, _ roundPicture, c Claim) string {
	most := 0
	for _, one := range so.views {
		most = max(most, one.v.Counts.Organisations)
	}
	return expect(c.Count == most && c.Periods[0] == so.views[0].v.Period.ID, "they are %d", most)
}

func checkLeft(so roundSo, part roundPicture, c Claim) string {
	outside, chance, hidden := 0, 0, 0
	sure := true
	for _, row := range part.rest {
		for _, one := range so.views {
			if one.v.Indicator.ID != row.v.Indicator.ID {
				continue
			}
			higher, lower, certain := one.outside()
			_, _, wide := one.spread()
			sure = sure && certain
			own := one.v.Visibility == benchmark.Own
			switch values := one.publicValues(); {
			case own && !one.v.HasMiddle, one.much(), !own && len(one.public) < 3 && one.v.Indicator.Kind != benchmark.Text:
				hidden++
			case !own && len(values) > 0 && values[0] == values[len(values)-1]:
			case len(higher)+len(lower) > 0, wide:
				outside++
			case one.limits:
				chance++
			}
		}
	}
	want := map[string]int{"outside": outside, "chance": chance, "hidden": hidden, "unlimited": len(part.rest) - outside - chance - hidden}
	return expect(!sure || c.Count == want[c.Says[strings.LastIndex(c.Says, ".")+1:]], "there are %v", want)
}

// Whatever the picture of a round says of all of it is so by the figures.
func TestRoundClaimsAreTrue(t *testing.T) { rapid.Check(t, trueRoundClaims) }

func trueRoundClaims(r *rapid.T) {
	var so roundSo
	var views []view.View
	n := rapid.IntRange(1, 3).Draw(r, "networks")
	copies := rapid.SampledFrom([]int{1, 2, 4, 9}).Draw(r, "copies")
	visibility := rapid.SampledFrom([]benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own}).Draw(r, "visibility")
	for k := range n {
		e, viewer := someNetwork(r)
		e.with(visibility)
		v := e.seenBy(viewer)
		for c := range copies {
			v.Indicator.ID = benchmark.IndicatorID(fmt.Sprintf("i%d-%d", k, c))
			v.Indicator.Title = fmt.Sprintf("Indicator %d of %d", c, k)
			v.FirstSoDefined = rapid.IntRange(0, 5).Draw(r, "counted anew") == 5
			views = append(views, v)
			so.views = append(so.views, truthOf(e, viewer, v))
		}
	}
	so.worth, so.sure = worthOf(so.views)
	for _, language := range locale.Languages() {
		for _, part := range roundParts(locale.For(language), views) {
			var all func(c Claim)
			all = func(c Claim) {
				if strings.HasPrefix(c.Says, "round-picture.row.") || strings.HasPrefix(c.Says, "round-picture.alt.row") || c.Says == "round-picture.withheld" {
					return // TestClaimsAreTrue has these
				}
				check, known := roundChecks[c.Says]
				if !known {
					r.Fatalf("%s: nobody checks what this message claims", c.Says)
				}
				if wrong := check(so, part, c); wrong != "" {
					r.Fatalf("[%s] %s: %s; %+v", language, c.Says, wrong, c)
				}
				for _, p := range c.Parts {
					all(p)
				}
			}
			for _, s := range part.altSentences(40, true) {
				all(s.claim)
				if strings.Contains(s.text, "⟦") {
					r.Fatalf("a hole in %q", s)
				}
			}
		}
	}
}
