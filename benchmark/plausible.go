package benchmark

import (
	"sort"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/stats"
)

// historyKept is how many of the rounds before are looked at when a new figure is
// judged: six years of quarters, two of months.
const historyKept = 24

// doubt asks about a figure that is possible but unlikely: outside the
// indicator's plausible range, or far from the organisation's own history. It
// is accepted once it is confirmed and the note says why.
func (n *Network) doubt(r *Round, o Organisation, i Indicator, item Item) *Refusal {
	if item.Answer != Value {
		return nil
	}
	x, ok := item.Figure.Of(i)
	if !ok {
		return nil
	}
	if was, stands := r.Submission(o.ID, i.ID); stands && was.Confirmed && was.Figure.same(item.Figure) {
		return nil
	}
	ask := n.implausible(r, o, i, x)
	note, _ := freetext.Clean(item.Note, maxText)
	if ask == nil || (item.Confirmed && note != "") {
		return nil
	}
	ask.Question = true
	if item.Confirmed {
		ask.Args = append(ask.Args, "NoteMissing", true)
	}
	return ask
}

func (n *Network) implausible(r *Round, o Organisation, i Indicator, x float64) *Refusal {
	if i.Plausible != nil && !i.Plausible.Holds(x) {
		return refuse(refusal.OutsidePlausible, "Value", x, "Low", i.Plausible.Low, "High", i.Plausible.High)
	}
	if !isOneOf(i.Kind, Proportion, Rate, Mean, Count, Duration) {
		return nil
	}
	past := n.lastValues(r, o, i)
	departure, err := stats.CompareWithHistory(x, past)
	if err != nil || !departure.Ask {
		return nil // nothing to say, or too few to tell
	}
	low, high := past[0], past[0]
	for _, p := range past {
		low, high = min(low, p), max(high, p)
	}
	return refuse(refusal.FarFromOwn, "Value", x, "Low", low, "High", high, "Count", len(past))
}

// lastValues returns the organisation's last figures before the round, of the
// same definition, newest first.
func (n *Network) lastValues(r *Round, o Organisation, i Indicator) []float64 {
	var past []float64
	first := sort.Search(len(n.Rounds), func(k int) bool { return !n.Rounds[k].Period.Start.Before(r.Period.Start) })
	for k := first - 1; k >= 0 && k >= first-historyKept; k-- {
		before := n.Rounds[k]
		t, _ := n.TemplateVersion(before.Template)
		then, ok := t.Indicator(i.ID)
		if !ok || then.Since != i.Since {
			break
		}
		if v, ok := before.Submission(o.ID, i.ID); ok && v.Answer == Value {
			if y, ok := v.Figure.Of(i); ok {
				past = append(past, y)
			}
		}
	}
	return past
}
