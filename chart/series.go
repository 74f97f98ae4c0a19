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
	// Others is how many values of other lengths of period are left out.
	Others int
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

// SeriesOf returns an organisation's history of an indicator: of the length of period
// that its latest value has, as others can't be compared with it. It is the last of
// [AllSeriesOf]; without values it has no points.
func SeriesOf(n *benchmark.Network, o benchmark.OrganisationID, i benchmark.Indicator, own func(*benchmark.Round, benchmark.OrganisationID) bool) Series {
	all := AllSeriesOf(n, o, i, own)
	if len(all) == 0 {
		return Series{Indicator: i, Actions: actionsOf(n, o, i.ID)}
	}
	return all[len(all)-1]
}

// AllSeriesOf returns an organisation's history of an indicator, a series for each length
// of period, those with the latest value last. Rounds in which
// the indicator was of another kind are left out: their figures mean something
// else, and those that aren't own, as [benchmark.Network.OwnRounds] says (nil: all are). Its actions are the commitments that the organisation made about the
// indicator.
func AllSeriesOf(n *benchmark.Network, o benchmark.OrganisationID, i benchmark.Indicator, own func(*benchmark.Round, benchmark.OrganisationID) bool) []Series {
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
	for from, reason := range benchmark.Rebases(n, o, i.ID) {
		s.Rebases = append(s.Rebases, Rebase{From: from, Reason: reason})
	}
	return s.byLength()
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
// a period later. ok is false before the first period; what comes after the last
// lies at its end.
func (s Series) positionOf(at time.Time) (x float64, ok bool) {
	places := s.places()
	ends := edges(places)
	for i, v := range slices.Backward(s.Points) {
		p := v.Period
		if at.Before(p.Start) {
			continue
		}
		share := float64(at.Sub(p.Start)) / float64(p.End.Sub(p.Start))
		return min(places[i]-0.5+share, max(places[i]+0.5, ends[i+1])), true
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
