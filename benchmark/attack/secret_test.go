package attack

import (
	"fmt"

	"roundtable/benchmark"
)

// slot is an organisation's answer to an indicator in a round.
type slot struct {
	round        benchmark.RoundID
	organisation benchmark.OrganisationID
	indicator    benchmark.IndicatorID
}

// secret is a figure that isn't the attacker's.
type secret struct {
	at        place
	slot      slot
	indicator benchmark.Indicator
	threshold int  // of the round, when it was opened
	own       bool // organisations don't see each other
	small     bool // withheld from everybody else for ever
	// shown is the first step after which others may see something of it; the
	// number of steps if they never may.
	shown int
	// stands are the steps after which it stood, in a round that was shown.
	stands []int
}

func (s secret) String() string {
	return fmt.Sprintf("%s of %s in %s (step %d)", s.slot.indicator, s.slot.organisation, s.slot.round, s.at.step)
}

// secrets lives the plan and returns every figure that the attacker has no right to.
func (p plan) secrets() []secret {
	f := follower{
		p: p, standing: map[slot]int{}, rules: map[benchmark.RoundID]benchmark.Settings{},
		since: map[benchmark.OrganisationID]int{}, right: map[benchmark.OrganisationID]bool{}, came: map[comer]int{},
		used: map[benchmark.OrganisationID]bool{}, kept: map[benchmark.OrganisationID]bool{},
	}
	f.after(-1, newLife(p.found))
	p.live(func(k int, l *life, refused error) bool {
		f.after(k, l)
		if refused == nil {
			f.answers(k, l)
		}
		f.whatStands(k, l)
		return true
	})
	return f.all
}

// follower finds secrets along a life.
type follower struct {
	p        plan
	all      []secret
	standing map[slot]int // which of all stands there
	rules    map[benchmark.RoundID]benchmark.Settings

	// since is the step after which the attacker spoke first for each of his organisations,
	// and right are those that he speaks for by right: where he came before anybody had said
	// anything for it, and stayed.
	since map[benchmark.OrganisationID]int
	right map[benchmark.OrganisationID]bool
	// came is the step after which somebody was first in an organisation.
	came map[comer]int
	used map[benchmark.OrganisationID]bool // it had people, or has said anything
	kept map[benchmark.OrganisationID]bool // it has said anything
}

// comer is somebody in an organisation.
type comer struct {
	who benchmark.ParticipantID
	at  benchmark.OrganisationID
}

// after follows the attacker, and which organisations have been used by then.
func (f *follower) after(k int, l *life) {
	me := l.participant(f.p.attacker)
	stays := map[benchmark.OrganisationID]bool{}
	for role := range me.Roles() {
		o := role.Organisation
		if stays[o] = role.Active(); !stays[o] {
			continue
		}
		if _, before := f.since[o]; !before {
			f.since[o] = k
			// Where nothing was said, who is merged into it is one of its people.
			f.right[o] = !f.used[o] || role.CameFrom() != "" && !f.kept[o]
		}
	}
	for o := range f.since {
		if !stays[o] {
			delete(f.since, o)
			delete(f.right, o)
		}
	}
	clear(f.used)
	clear(f.kept)
	now := map[comer]int{}
	for _, p := range l.n.Participants {
		for role := range p.Roles() {
			c := comer{p.ID, role.Organisation}
			f.used[c.at] = true
			now[c] = k
			if first, before := f.came[c]; before {
				now[c] = first
			}
		}
	}
	f.came = now
	for _, r := range l.n.Rounds {
		if _, known := f.rules[r.ID]; !known {
			f.rules[r.ID] = l.n.Settings
		}
		for s := range r.Submissions {
			f.used[s.Organisation], f.kept[s.Organisation] = true, true
		}
		for s := range r.Predictions {
			f.used[s.Organisation], f.kept[s.Organisation] = true, true
		}
	}
}

// isTold says whether what somebody answers for an organisation is the attacker's to know:
// he speaks for it by right, or spoke for it when they came.
func (f *follower) isTold(by benchmark.Participant) bool {
	since, speaks := f.since[by.Organisation]
	return speaks && (f.right[by.Organisation] || f.came[comer{by.ID, by.Organisation}] > since)
}

// answers takes note of what was answered by others in the step.
func (f *follower) answers(k int, l *life) {
	step := f.p.steps[k]
	by := l.role(step)
	for j, c := range step.give {
		at := slot{step.round, by.Organisation, c.indicator}
		switch {
		case step.past:
			at = slot{c.period, c.organisation, c.indicator}
		case step.round == "":
			at.round = l.n.Current().ID
		}
		r, _ := l.n.Round(at.round)
		delete(f.standing, at)
		if step.by == f.p.attacker || !step.past && f.isTold(by) {
			continue
		}
		t, _ := l.n.TemplateVersion(r.Template)
		i, _ := t.Indicator(c.indicator)
		s := secret{
			at: place{k, j}, slot: at, indicator: i, threshold: f.rules[r.ID].SmallNumber,
			own: f.rules[r.ID].Visibility == benchmark.Own, shown: len(f.p.steps),
		}
		s.small = isSmall(i, f.p.figure(s.at), s.threshold)
		f.standing[at] = len(f.all)
		f.all = append(f.all, s)
	}
}

// whatStands takes note of what others may have seen of it by now.
func (f *follower) whatStands(k int, l *life) {
	for at, which := range f.standing {
		r, _ := l.n.Round(at.round)
		s := &f.all[which]
		if !stands(l.n, r, at, f.p.figure(s.at)) {
			delete(f.standing, at)
			continue
		}
		// A facilitator sees drafts; and what is common to all is made when a round closes.
		draft := r.Phase == benchmark.Closed && (s.own || l.participant(f.p.attacker).Facilitator)
		if r.Phase == benchmark.Published || draft {
			s.shown = min(s.shown, k)
			s.stands = append(s.stands, k)
		}
	}
}

// stands says whether the figure does, if need be under the organisation that the one
// that answered has become.
func stands(n *benchmark.Network, r *benchmark.Round, at slot, f benchmark.Figure) bool {
	for at.organisation != "" {
		if v, ok := r.Submission(at.organisation, at.indicator); ok {
			return v.Answer == benchmark.Value && v.Figure == f
		}
		o, _ := n.Organisation(at.organisation)
		at.organisation = o.Into
	}
	return false
}

// isSmall is the rule of small numbers in the words of its description.
func isSmall(i benchmark.Indicator, f benchmark.Figure, threshold int) bool {
	return len(smallOnes(i, f, threshold)) > 0
}

// smallOnes returns, for each number of people that is too small, all figures that
// differ from this one in that alone, and are as small. Without a small number it
// returns nothing.
func smallOnes(i benchmark.Indicator, f benchmark.Figure, threshold int) (like []benchmark.Figure) {
	small := func(x float64) bool { return x > 0 && x <= float64(threshold) }
	add := func(change func(g *benchmark.Figure, x float64)) {
		for x := 1; x <= threshold; x++ {
			g := f
			change(&g, float64(x))
			if g.Check(i) == nil {
				like = append(like, g)
			}
		}
	}
	switch i.Kind {
	case benchmark.Proportion:
		if small(f.Numerator) {
			add(func(g *benchmark.Figure, x float64) { g.Numerator = x })
		}
		if small(f.Denominator - f.Numerator) {
			add(func(g *benchmark.Figure, x float64) { g.Numerator = g.Denominator - x })
		}
		if small(f.Denominator) {
			add(func(g *benchmark.Figure, x float64) { g.Denominator = x; g.Numerator = min(g.Numerator, x) })
		}
	case benchmark.Rate:
		if small(f.Numerator) {
			add(func(g *benchmark.Figure, x float64) { g.Numerator = x })
		}
	case benchmark.Mean, benchmark.Duration:
		if small(f.N) {
			add(func(g *benchmark.Figure, x float64) { g.N = x })
			add(func(g *benchmark.Figure, x float64) { g.Value *= 1 + x/10 })
		}
	case benchmark.Count:
		if small(f.Value) {
			add(func(g *benchmark.Figure, x float64) { g.Value = x })
		}
	case benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	return like
}
