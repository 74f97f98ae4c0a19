// Package attack holds an attacker. He is a member of a network with one
// organisation, or its facilitator, or a stranger who may join; he wants
// whatever he may want, looks at whatever the bot shows him, at any time, and
// tries to find out what is hidden from him.
//
// What he can find out is measured without a guess at his cleverness: the whole
// life of the network is lived again with other figures in place of the hidden
// ones. As long as he sees the very same in all those lives, he can't tell which
// of them is true. What he sees differently in each, he can find out.
package attack

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
)

// plan is a network's whole life: who wants what, in order. It is lived by
// [plan.live], as often as one likes and with other figures.
type plan struct {
	found    benchmark.Found
	steps    []step
	attacker string
}

// step is one thing that somebody wants: to give figures, or else the intent.
type step struct {
	by     string // the platform's id of the person
	behalf string // the name of one of their organisations, of who is in several
	does   string // in words
	intent func(n *benchmark.Network) benchmark.Intent
	give   []cell
	round  benchmark.RoundID // of give; empty for the current one
	past   bool              // they come from a file, and each says whose and of which period
}

// cell is an answer with a value. Parts are others that it is the sum of; then its
// figure is theirs.
type cell struct {
	indicator    benchmark.IndicatorID
	figure       benchmark.Figure
	note         string
	parts        []place
	organisation benchmark.OrganisationID // of one that comes from a file
	period       benchmark.RoundID
}

// place is where a cell stands in a plan.
type place struct{ step, item int }

var start = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)

// figure returns what stands in the cell, summed up where it is a sum.
func (p plan) figure(at place) benchmark.Figure {
	c := p.steps[at.step].give[at.item]
	if len(c.parts) == 0 {
		return c.figure
	}
	var sum benchmark.Figure
	for _, part := range c.parts {
		f := p.figure(part)
		sum.Numerator += f.Numerator
		sum.Denominator += f.Denominator
		sum.Value += f.Value
	}
	return sum
}

// with returns the plan with other figures, and other notes beside them.
func (p plan) with(changed map[place]benchmark.Figure) plan {
	p.steps = slices.Clone(p.steps)
	for at, f := range changed {
		s := &p.steps[at.step]
		s.give = slices.Clone(s.give)
		s.give[at.item].figure = f
	}
	return p
}

// withNote returns the plan with another note.
func (p plan) withNote(at place, note string) plan {
	p = p.with(map[place]benchmark.Figure{at: p.steps[at.step].give[at.item].figure})
	p.steps[at.step].give[at.item].note = note
	return p
}

// intentAt is what is wanted in a step.
func (p plan) intentAt(k int, n *benchmark.Network) benchmark.Intent {
	s := p.steps[k]
	if s.intent != nil {
		return s.intent(n)
	}
	if s.past {
		var h benchmark.RecordHistory
		for j, c := range s.give {
			h.Figures = append(h.Figures, benchmark.Recorded{
				Organisation: c.organisation, Indicator: c.indicator, Period: string(c.period), Figure: p.figure(place{k, j}), Note: c.note,
			})
		}
		return h
	}
	submit := benchmark.Submit{Round: s.round, Reason: "counted again"}
	for j, c := range s.give {
		submit.Items = append(submit.Items, benchmark.Item{
			Indicator: c.indicator, Answer: benchmark.Value, Figure: p.figure(place{k, j}),
			Note: c.note, Confirmed: true, // so that no answer hangs on what was answered before
		})
	}
	return submit
}

// life is a network that a plan is lived with.
type life struct {
	n   *benchmark.Network
	now time.Time
}

func newLife(f benchmark.Found) *life {
	l := &life{n: &benchmark.Network{}, now: start}
	if err := l.want(benchmark.Actor{By: benchmark.Bot}, f); err != nil {
		panic(fmt.Sprintf("found: %v", err))
	}
	return l
}

// want decides and applies; the error is a refusal.
func (l *life) want(who benchmark.Actor, intent benchmark.Intent) error {
	events, err := l.n.Decide(who, intent, l.now)
	for _, e := range events {
		if err := l.n.Apply(e); err != nil {
			panic(fmt.Sprintf("apply %T: %v", e.Body, err))
		}
	}
	return err
}

// person is who a participant of the tests is on their platform.
func person(user string) benchmark.Identity {
	return benchmark.Identity{Connection: "play", User: user, Name: "Person " + user}
}

// participant is who the user is in the network now; zero for a stranger.
func (l *life) participant(user string) benchmark.Participant {
	me, _ := l.n.At(person(user).Address())
	return me
}

// role is who wants a step, as they are in the organisation on whose behalf they do; in
// their first where they don't say.
func (l *life) role(s step) benchmark.Participant {
	me := l.participant(s.by)
	o, _ := l.n.OrganisationNamed(s.behalf)
	if role, is := me.For(o.ID); is {
		return role
	}
	return me
}

func (l *life) actor(s step) benchmark.Actor {
	role := l.role(s)
	if role.HasSeveral() {
		return benchmark.Actor{By: role.ID, For: role.Organisation}
	}
	return benchmark.Actor{By: role.ID}
}

// live lives the plan. After each step it shows the network, what came of the
// step, and stops when told so.
func (p plan) live(look func(step int, l *life, refused error) (goOn bool)) *life {
	l := newLife(p.found)
	for k, s := range p.steps {
		l.now = l.now.Add(time.Hour)
		var refused error
		if intent := p.intentAt(k, l.n); intent != nil {
			refused = l.want(l.actor(s), intent)
		}
		if !look(k, l, refused) {
			break
		}
	}
	return l
}

// String tells the plan, a line a step.
func (p plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, threshold %d, %d organisations; the attacker is %s\n",
		p.found.Settings.Visibility, p.found.Settings.SmallNumber, len(p.found.Organisations), p.attacker)
	for k, s := range p.steps {
		if s.does == "" {
			continue
		}
		fmt.Fprintf(&b, "%3d %s %s", k, s.by, s.does)
		if s.behalf != "" {
			fmt.Fprintf(&b, " (as of %s)", s.behalf)
		}
		for j, c := range s.give {
			f := p.figure(place{k, j})
			fmt.Fprintf(&b, " %s %g/%g %g n %g", c.indicator, f.Numerator, f.Denominator, f.Value, f.N)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// nothing is what is wanted in a step that was taken out.
func nothing(*benchmark.Network) benchmark.Intent { return nil }
