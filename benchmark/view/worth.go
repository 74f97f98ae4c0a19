package view

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/stats"
)

// Talk is an indicator that a round has something to talk of about, and why.
type Talk struct {
	Indicator benchmark.IndicatorID
	Why       Why
}

// Why is a named reason why an indicator is worth a talk.
type Why string

// The reasons, those first that go before others.
const (
	OutsideChance Why = "outside"    // at least one lies beyond the 99.8 % limits, also where these allow for a wide spread
	SpreadWide    Why = "wide"       // they differ more than chance gives, by the test
	NewDefinition Why = "definition" // it is counted in a new way for the first time
	NearlyAlike   Why = "alike"      // at least nine in ten of those who answered are the same
)

// reasons in the order in which they go before others.
var reasons = []Why{OutsideChance, SpreadWide, NewDefinition, NearlyAlike}

// MaxWorth is how many of a round's indicators are worth a talk at most: what has more
// beginnings than that is not talked of.
const MaxWorth = 3

// Worth returns which of a round's indicators are worth a talk, and why: at most
// [MaxWorth], in the order of the views, which is the template's. Where more are, the
// reasons decide, and of the same reason the views' order; no figure does.
//
// It is made of what everybody sees and is the same for every viewer: where organisations
// don't see each other only a new definition is a reason.
func Worth(views []View) []Talk {
	var all []Talk
	for _, v := range views {
		if why, is := v.worth(); is {
			all = append(all, Talk{Indicator: v.Indicator.ID, Why: why})
		}
	}
	var chosen []Talk
	for _, why := range reasons {
		for _, t := range all {
			if t.Why == why && len(chosen) < MaxWorth {
				chosen = append(chosen, t)
			}
		}
	}
	return slices.DeleteFunc(all, func(t Talk) bool { return !slices.Contains(chosen, t) })
}

// worth returns the first of the reasons why the view is worth a talk; false: none is.
func (v View) worth() (Why, bool) {
	outside := func(p stats.Point) bool { return p.AdjustedFlag.Outside(stats.Level998) }
	switch {
	case slices.ContainsFunc(v.Funnel.Points, outside):
		return OutsideChance, true
	case v.Funnel.Dispersion.Found:
		return SpreadWide, true
	case v.FirstSoDefined && v.Counts.Values > 0:
		return NewDefinition, true
	case v.isNearlyAlike():
		return NearlyAlike, true
	}
	return "", false
}

// What nearly everybody is: of so many at least, at most one in so many is another.
const (
	minForAlike = 6
	oneInAlike  = 10
)

// isNearlyAlike says whether nearly all that answered show the same value. One that is
// withheld may be another, and is counted so.
func (v View) isNearlyAlike() bool {
	if v.Visibility == benchmark.Own || v.Counts.Values < minForAlike || v.MuchWithheld() {
		return false
	}
	same, most := map[float64]int{}, 0
	for _, m := range v.toAll() {
		if m.HasValue {
			same[m.Value]++
			most = max(most, same[m.Value])
		}
	}
	return most > 0 && (v.Counts.Values-most)*oneInAlike <= v.Counts.Values
}

// toAll returns the marks whose values everybody sees: without the viewer's own where it
// is hidden from others, or stands aside.
func (v View) toAll() []Mark {
	hidden := func(m Mark) bool { return m.Answer != benchmark.Value || m.Withheld != "" }
	shown := slices.DeleteFunc(slices.Clone(v.Marks), hidden)
	if len(shown) == v.Counts.Values-v.Counts.Withheld {
		return shown
	}
	return slices.DeleteFunc(shown, func(m Mark) bool { return m.You })
}

// isFirstSoDefined says whether a round is the first in which an indicator is counted as it
// is, the round that was opened before it having counted it in another way. What was
// recorded from elsewhere is neither.
func isFirstSoDefined(n *benchmark.Network, r *benchmark.Round, i benchmark.Indicator) bool {
	var last *benchmark.Round
	since := 0
	for _, before := range n.Rounds {
		if before.Recorded || !before.Opened.Before(r.Opened) || last != nil && before.Opened.Before(last.Opened) {
			continue
		}
		t, _ := n.TemplateVersion(before.Template)
		if was, had := t.Indicator(i.ID); had {
			last, since = before, was.Since
		}
	}
	return !r.Recorded && last != nil && since != i.Since
}

// Show returns the intent that shows a closed round, with a post of its own for what is
// worth a talk, as everybody will see it. Closing is how often it had closed when its draft
// was made, 0 where nobody looked at one; an empty round is the current one.
func Show(n *benchmark.Network, round benchmark.RoundID, closing int) benchmark.PublishRound {
	p := benchmark.PublishRound{Round: round, Closing: closing, Talks: []benchmark.IndicatorID{}}
	if c := n.Current(); round == "" && c != nil {
		round = c.ID
	}
	all, _ := Round(n, round, Viewer{Draft: true}) // one that can't be seen is refused
	for _, t := range Worth(all) {
		p.Talks = append(p.Talks, t.Indicator)
	}
	return p
}

// Round returns what a viewer may see of each of a round's indicators, in the template's
// order. Refused as [Of] is.
func Round(n *benchmark.Network, id benchmark.RoundID, viewer Viewer) ([]View, error) {
	r, known := n.Round(id)
	if !known {
		return nil, refuse(refusal.NoSuchRound, "Round", id)
	}
	t, _ := n.TemplateVersion(r.Template)
	views := make([]View, 0, len(t.Indicators))
	for _, i := range t.Indicators {
		v, err := Of(n, id, i.ID, viewer)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}
