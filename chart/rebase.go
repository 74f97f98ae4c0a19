package chart

import (
	"cmp"
	"slices"
	"time"

	"roundtable/benchmark"
)

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

// cuts returns the breaks and rebases in order. A rebase where nothing lies
// before or after it, or where a break is already, cuts nothing.
func (s Series) cuts() []segment {
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

// place is where along the series an instant lies: 0 at its first point, 1 at
// the second. ok is false before the first period; what comes after the last
// lies at its end.
func (s Series) place(at time.Time) (x float64, ok bool) {
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
		if _, ok := s.place(a.At); ok {
			shown = append(shown, a)
		}
	}
	return shown
}
