package chart

import (
	"cmp"
	"slices"
	"time"

	"roundtable/benchmark"
)

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

// SeriesOf returns an organisation's history of an indicator. Rounds in which
// the indicator was of another kind are left out: their figures mean something
// else, and those that aren't own, as [benchmark.Network.OwnRounds] says (nil: all are). Its actions are the commitments that the organisation made about the
// indicator.
func SeriesOf(n *benchmark.Network, o benchmark.OrganisationID, i benchmark.Indicator, own func(*benchmark.Round) bool) Series {
	s := Series{Indicator: i}
	for _, past := range n.History(o, i, nil, own) {
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

// Rebase gives a series new limits from a period on, because those who read it
// know of a lasting change. No chart does so by itself.
type Rebase struct {
	From benchmark.Period
	// Reason in a few words, as people gave it.
	Reason string
}

// Action is something that an organisation tried, and when it began.
type Action struct {
	At   time.Time
	Text string
}

// actionsOf returns the organisation's commitments about the indicator, as far
// as their texts still stand, in order of time.
func actionsOf(n *benchmark.Network, o benchmark.OrganisationID, i benchmark.IndicatorID) []Action {
	var actions []Action
	for _, c := range n.Commitments {
		if text := n.Text(c.Text); c.Organisation == o && c.Indicator == i && text != "" {
			actions = append(actions, Action{At: c.At, Text: text})
		}
	}
	slices.SortStableFunc(actions, func(a, b Action) int { return a.At.Compare(b.At) })
	return actions
}

// segment is where a series gets limits of its own.
type segment struct {
	at int // index of the first point after it
	// version of the definition that begins; 0 for a rebase.
	version int
	reason  string // of a rebase
}

// breaks returns the indices at which a new definition begins.
func (s Series) breaks() []int {
	var at []int
	for i := 1; i < len(s.Points); i++ {
		if s.Points[i].Since != s.Points[i-1].Since {
			at = append(at, i)
		}
	}
	return at
}

// segments returns the breaks and rebases in order. A rebase where nothing lies
// before or after it, or where a break is already, cuts nothing.
func (s Series) segments() []segment {
	var all []segment
	taken := map[int]bool{0: true, len(s.Points): true}
	for _, at := range s.breaks() {
		taken[at] = true
		all = append(all, segment{at: at, version: s.Points[at].Since})
	}
	for _, r := range s.Rebases {
		at := slices.IndexFunc(s.Points, func(p SeriesPoint) bool { return !p.Period.Start.Before(r.From.Start) })
		if at < 0 || taken[at] {
			continue
		}
		taken[at] = true
		all = append(all, segment{at: at, reason: r.Reason})
	}
	slices.SortFunc(all, func(a, b segment) int { return cmp.Compare(a.at, b.at) })
	return all
}

// positionOf is where along the series an instant lies: 0 at its first point, 1
// at the second. ok is false before the first period; what comes after the last
// lies at its end.
func (s Series) positionOf(at time.Time) (x float64, ok bool) {
	for i, v := range slices.Backward(s.Points) {
		p := v.Period
		if at.Before(p.Start) {
			continue
		}
		share := float64(at.Sub(p.Start)) / float64(p.End.Sub(p.Start))
		return float64(i) - 0.5 + min(share, 1), true
	}
	return 0, false
}

// shownActions are those that lie within the series.
func (s Series) shownActions() []Action {
	var shown []Action
	for _, a := range s.Actions {
		if _, ok := s.positionOf(a.At); ok {
			shown = append(shown, a)
		}
	}
	return shown
}

// absence is how many periods of a length ("month") a series has no value for.
type absence struct {
	length string
	count  int
}

// missing returns the periods without a value between the first and the last, by
// their length. Where neighbours are of different lengths nothing is counted.
func (s Series) missing() []absence {
	var all []absence
	for i := range s.Points {
		n := s.missingBefore(i)
		if n == 0 {
			continue
		}
		length, _ := lengthOf(s.Points[i].Period)
		if k := len(all) - 1; k >= 0 && all[k].length == length {
			all[k].count += n
			continue
		}
		all = append(all, absence{length, n})
	}
	return all
}

// missingBefore is how many periods lie between a point and the one before it.
func (s Series) missingBefore(i int) int {
	if i == 0 {
		return 0
	}
	before, here := s.Points[i-1].Period, s.Points[i].Period
	length, months := lengthOf(here)
	if other, _ := lengthOf(before); length == "" || other != length || !here.Start.After(before.End) {
		return 0
	}
	if length == "week" {
		return int(here.Start.Sub(before.End) / (7 * 24 * time.Hour))
	}
	return ((here.Start.Year()-before.End.Year())*12 + int(here.Start.Month()) - int(before.End.Month())) / months
}

// lengthOf names how long a period is, with its months: none for a week; "" for what
// has no usual length, such as a span of years.
func lengthOf(p benchmark.Period) (name string, months int) {
	if p.End.Sub(p.Start) == 7*24*time.Hour {
		return "week", 0
	}
	months = (p.End.Year()-p.Start.Year())*12 + int(p.End.Month()) - int(p.Start.Month())
	return map[int]string{1: "month", 3: "quarter", 4: "third", 6: "half", 12: "year"}[months], months
}
