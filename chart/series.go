package chart

import "roundtable/benchmark"

// Series is one organisation's own values of one indicator, oldest first. It is
// the organisation's own, and nothing in it is hidden from it: show it to nobody
// else.
type Series struct {
	// Organisation names whose it is, where that isn't clear from where it is
	// shown; may be empty.
	Organisation string
	Indicator    benchmark.Indicator // as it is now
	Points       []SeriesPoint
	// Method of the control chart; Usual suits the indicator's kind.
	Method Method
	// Baseline is how many rounds limits stand on, at least
	// [stats.LeastForLimits]; 0 for the usual [stats.LeastToFreeze].
	Baseline int
	// Rebases are what a facilitator decided, in order of time: from then on
	// there are limits of their own.
	Rebases []Rebase
	// Actions are what was tried, and when. They are drawn beside the values,
	// and nothing is said of what they led to.
	Actions []Action
}

// SeriesPoint is one round's value.
type SeriesPoint struct {
	Period benchmark.Period
	Figure benchmark.Figure
	// Value as shown, in the indicator's unit.
	Value float64
	// Since is the version of the template that brought the definition by which
	// it was measured. Where it changes, the series has a break.
	Since int
}

// SeriesOf returns an organisation's history of an indicator. Rounds in which the
// indicator was of another kind are left out: their figures mean something else. Its
// actions are the commitments that the organisation made about the indicator.
func SeriesOf(n *benchmark.Network, o benchmark.OrganisationID, i benchmark.Indicator) Series {
	s := Series{Indicator: i}
	for _, past := range n.History(o, i, nil) {
		t, _ := n.TemplateVersion(past.Round.Template)
		then, ok := t.Indicator(i.ID)
		if !ok || then.Kind != i.Kind || then.Factor() != i.Factor() {
			continue
		}
		s.Points = append(s.Points, SeriesPoint{
			Period: past.Round.Period, Figure: past.Version.Figure, Value: past.Value, Since: then.Since,
		})
	}
	s.Actions = actionsOf(n, o, i.ID)
	return s
}

func (s Series) values() []float64 {
	values := make([]float64, len(s.Points))
	for i, p := range s.Points {
		values[i] = p.Value
	}
	return values
}
