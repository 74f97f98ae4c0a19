package attack

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"roundtable/benchmark"
)

// finding is something that the attacker found out.
type finding struct {
	secret secret
	how    string // what he sees of it, or how narrow it is
	kind   string // in a word or two
}

func (f finding) String() string { return fmt.Sprintf("%s: %s: %s", f.kind, f.secret, f.how) }

// tally counts what an attack has tried.
type tally struct {
	worlds, wishes, sights, lives, secrets int
}

func (t tally) String() string {
	return fmt.Sprintf("%d worlds, %d wishes, %d sights, %d other lives tried, %d hidden values attacked",
		t.worlds, t.wishes, t.sights, t.lives, t.secrets)
}

// attack is one plan under attack.
type attack struct {
	plan  plan
	watch observer
	tally *tally
	seen  [][]sight // after each step
	slots map[slot][]secret
}

// onPlan attacks a plan by all means, and returns what was found out.
func onPlan(p plan, watch observer, t *tally) []finding {
	a := &attack{plan: p, watch: watch, tally: t, slots: map[slot][]secret{}}
	return a.attack(func(secret) bool { return true })
}

// attack looks for those of the secrets that are wanted.
func (a *attack) attack(wanted func(secret) bool) (found []finding) {
	p, t := a.plan, a.tally
	p.live(func(k int, l *life, refused error) bool {
		a.seen = append(a.seen, a.look(k, l, refused))
		t.sights += len(a.seen[k])
		return true
	})
	t.worlds++
	t.wishes += len(p.steps)
	all := p.secrets()
	for _, s := range all {
		a.slots[s.slot] = append(a.slots[s.slot], s)
	}
	for _, s := range all {
		if wanted(s) {
			t.secrets++
			found = append(found, a.swap(s)...)
		}
	}
	return append(found, a.narrow(all, wanted)...)
}

// look is what the attacker sees after a step, and what he is answered.
func (a *attack) look(k int, l *life, refused error) []sight {
	me := l.participant(a.plan.attacker)
	seen := a.watch(l, me)
	if a.plan.steps[k].by == a.plan.attacker {
		seen = append(seen, sight{"the answer to his wish", fmt.Sprint(refused)})
	}
	return seen
}

// differs lives the plan with other figures and returns the first thing that the
// attacker sees otherwise, in the steps before the given one; empty if he sees no
// difference.
func (a *attack) differs(p plan, before int) (what string) {
	a.tally.lives++
	p.live(func(k int, l *life, refused error) bool {
		if k >= before {
			return false
		}
		seen := a.look(k, l, refused)
		for j := range max(len(seen), len(a.seen[k])) {
			switch {
			case j >= len(seen):
				what = a.seen[k][j].what
			case j >= len(a.seen[k]) || seen[j] != a.seen[k][j]:
				what = seen[j].what
			}
			if what != "" {
				what = fmt.Sprintf("%s, after step %d", what, k)
				return false
			}
		}
		return true
	})
	return what
}

// swap puts other figures in the place of a hidden one: as long as it is hidden, the
// attacker must not see any difference.
func (a *attack) swap(s secret) []finding {
	f := a.plan.figure(s.at)
	if s.small {
		for _, other := range smallOnes(s.indicator, f, s.threshold) {
			if what := a.differsUnless(s, other); what != "" {
				return []finding{{s, fmt.Sprintf("it isn't %s: %s", text(other), what), "small number"}}
			}
		}
		p := a.plan.withNote(s.at, "another note")
		if what := a.differs(p, len(p.steps)); what != "" {
			return []finding{{s, what, "note of a small number"}}
		}
		return nil
	}
	if len(a.plan.steps[s.at.step].give[s.at.item].parts) > 0 {
		return nil // it is as its parts are
	}
	for _, other := range others(s.indicator, f) {
		if what := a.differs(a.plan.with(map[place]benchmark.Figure{s.at: other}), s.shown); what != "" {
			return []finding{{s, what, "before it is shown"}}
		}
	}
	return nil
}

// differsUnless says what the attacker sees when the secret is another, unless what
// other hidden numbers may be explains it as well: those that have a sum with it.
func (a *attack) differsUnless(s secret, other benchmark.Figure) (what string) {
	if len(a.plan.steps[s.at.step].give[s.at.item].parts) > 0 {
		return "" // it is as its parts are
	}
	changed := a.exchanged(s, other)
	what = a.differs(a.plan.with(changed), len(a.plan.steps))
	if what == "" {
		return ""
	}
	f := a.plan.figure(s.at)
	for _, sibling := range a.siblings(s) {
		g := a.plan.figure(sibling.at)
		g.Numerator -= other.Numerator - f.Numerator
		g.Denominator -= other.Denominator - f.Denominator
		g.Value -= other.Value - f.Value
		if g.Check(sibling.indicator) != nil || isSmall(sibling.indicator, g, sibling.threshold) != sibling.small {
			continue
		}
		both := maps.Clone(changed)
		maps.Copy(both, a.exchanged(sibling, g))
		if a.differs(a.plan.with(both), len(a.plan.steps)) == "" {
			return ""
		}
	}
	return what
}

// siblings are the secrets that have a sum with this one.
func (a *attack) siblings(s secret) (found []secret) {
	for _, step := range a.plan.steps {
		for _, c := range step.give {
			if !slices.Contains(c.parts, s.at) {
				continue
			}
			for _, other := range a.slots {
				for _, o := range other {
					if o.at != s.at && slices.Contains(c.parts, o.at) {
						found = append(found, o)
					}
				}
			}
		}
	}
	return found
}

// exchanged changes the secret to another figure, and all that stood in its slot at
// another time from the one to the other and back: who corrected a figure did so in
// any life.
func (a *attack) exchanged(s secret, other benchmark.Figure) map[place]benchmark.Figure {
	f := a.plan.figure(s.at)
	changed := map[place]benchmark.Figure{}
	for _, version := range a.slots[s.slot] {
		switch a.plan.figure(version.at) {
		case f:
			changed[version.at] = other
		case other:
			changed[version.at] = f
		}
	}
	changed[s.at] = other
	return changed
}

// others are one or two figures that have little to do with this one.
func others(i benchmark.Indicator, f benchmark.Figure) []benchmark.Figure {
	x, _ := f.Of(i)
	switch i.Kind {
	case benchmark.YesNo:
		return []benchmark.Figure{{Value: 1 - x}}
	case benchmark.Scale:
		return []benchmark.Figure{{Value: 1 + math.Mod(x, float64(i.Levels))}}
	default:
	}
	both := []benchmark.Figure{figureOf(i, x*0.63), figureOf(i, x*1.41)}
	return slices.DeleteFunc(both, func(g benchmark.Figure) bool { return g.Check(i) != nil })
}

func text(f benchmark.Figure) string {
	return fmt.Sprintf("%g/%g %g n %g", f.Numerator, f.Denominator, f.Value, f.N)
}
