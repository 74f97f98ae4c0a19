package benchmark

import (
	"slices"
	"sort"
	"time"
)

// historyKept is how many of the rounds before are looked at when a new figure is
// judged: six years of quarters, two of months.
const historyKept = 24

// lastValues returns the organisation's last figures before the round, of the
// same definition, newest first: of rounds that are own. What is counted in a year is no
// measure of what is in a month; shares and means are.
func lastValues(n *Network, r *Round, o Organisation, i Indicator, own func(*Round, OrganisationID) bool) []float64 {
	return valuesOf(lastFigures(n, r, o, i, own))
}

// datedValue is a figure's value in the period that began then.
type datedValue struct {
	start time.Time
	value float64
}

func valuesOf(past []datedValue) []float64 {
	var values []float64
	for _, p := range past {
		values = append(values, p.value)
	}
	return values
}

// lastFigures are those of lastValues, each with when its period began.
func lastFigures(n *Network, r *Round, o Organisation, i Indicator, own func(*Round, OrganisationID) bool) []datedValue {
	var past []datedValue
	first := sort.Search(len(n.Rounds), func(k int) bool { return !n.Rounds[k].Period.Start.Before(r.Period.Start) })
	for k := first - 1; k >= 0 && k >= first-historyKept; k-- {
		before := n.Rounds[k]
		t, _ := n.TemplateVersion(before.Template)
		then, ok := t.Indicator(i.ID)
		if !ok || then.Since != i.Since {
			break
		}
		if i.Kind == Count && before.Period.Length() != r.Period.Length() {
			continue
		}
		if v, ok := answerOrBefore(n, before, o.ID, i.ID, own); ok && v.Answer == Value {
			if y, ok := v.Figure.Of(i); ok {
				past = append(past, datedValue{before.Period.Start, y})
			}
		}
	}
	return past
}

// UnlikelyRecorded says which of some past figures are possible but unlikely, and why, by
// their place among them: those that would be asked about if somebody answered them, beside
// what is recorded and what is given with them. What is recorded already is none.
func UnlikelyRecorded(n *Network, figures []Recorded) map[int]*Refusal {
	unlikely := map[int]*Refusal{}
	for series, given := range inSeries(n, figures) {
		o, known := n.Organisation(series.Organisation)
		if !known {
			continue
		}
		for place, g := range given {
			if was, recorded := g.round.Submission(o.ID, g.indicator.ID); recorded && was.Figure.same(g.figure) {
				continue
			}
			past := valuesOf(g.lastOf(n, o, given[:place]))
			right := func(x float64) bool { return wasRightBefore(n, g.round, o, g.indicator, x, nil) }
			if ask := doubtBeside(g.indicator, g.figure, past, right); ask != nil {
				unlikely[g.place] = ask.at(string(g.indicator.ID))
			}
		}
	}
	return unlikely
}

// given is one of the figures of a series, at its place among all that are given.
type given struct {
	place     int
	round     *Round // as it is recorded or, when it isn't, empty
	indicator Indicator
	figure    Figure
}

// inSeries sorts figures by whose they are and of what, each in the order of its periods;
// what can't be recorded is left out.
func inSeries(n *Network, figures []Recorded) map[Slot][]given {
	rounds := map[string]*Round{}
	series := map[Slot][]given{}
	for k, f := range figures {
		r, known := rounds[f.Period]
		if !known {
			r = roundOf(n, f.Period)
			rounds[f.Period] = r
		}
		if r == nil {
			continue
		}
		t, _ := n.TemplateVersion(r.Template)
		if i, asked := t.Indicator(f.Indicator); asked {
			slot := Slot{Organisation: f.Organisation, Indicator: f.Indicator}
			series[slot] = append(series[slot], given{place: k, round: r, indicator: i, figure: f.Figure})
		}
	}
	for _, s := range series {
		sort.SliceStable(s, func(a, b int) bool { return s[a].round.Period.Start.Before(s[b].round.Period.Start) })
	}
	return series
}

// roundOf is the round of a period, one that holds nothing when there is none; nil for
// what is no period.
func roundOf(n *Network, typed string) *Round {
	p, err := ParsePeriod(typed)
	if err != nil {
		return nil
	}
	if r, recorded := n.Round(RoundID(p.ID)); recorded {
		return r
	}
	return newRound(n, p, n.Template().Version)
}

// lastOf returns the figures before this one, newest first, of the same definition: those
// that are recorded, and those given with it.
func (g given) lastOf(n *Network, o Organisation, before []given) []datedValue {
	past := lastFigures(n, g.round, o, g.indicator, nil)
	for k := len(before) - 1; k >= 0 && len(before)-k <= historyKept; k-- {
		b := before[k]
		if b.indicator.Since != g.indicator.Since || !b.round.Period.Start.Before(g.round.Period.Start) {
			continue
		}
		if b.indicator.Kind == Count && b.round.Period.Length() != g.round.Period.Length() {
			continue
		}
		x, ok := b.figure.Of(b.indicator)
		if _, recorded := b.round.Submission(o.ID, b.indicator.ID); ok && !recorded {
			past = append(past, datedValue{b.round.Period.Start, x})
		}
	}
	slices.SortStableFunc(past, func(a, b datedValue) int { return b.start.Compare(a.start) })
	return past[:min(len(past), historyKept)]
}
