package attack

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"roundtable/benchmark"
)

// world writes a random life: what honest people do in a network, and between it
// whatever the attacker may think of.
type world struct {
	*scene
	dice *rand.Rand
	// people by organisation, those who left no longer; and what it is called.
	people [][]string
	names  []string
	// homes are the organisations that the attacker is in from the beginning.
	homes []string
	late  int
}

// randomWorld is always the same for the same seed.
func randomWorld(seed uint64) plan {
	dice := rand.New(rand.NewPCG(seed, 11))
	organisations := 3 + dice.IntN(6)
	if dice.IntN(8) == 0 {
		organisations = 9 + dice.IntN(4)
	}
	v := []benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own}[dice.IntN(3)]
	w := &world{dice: dice}
	w.scene = newScene(organisations, v, w.indicators(v)...)
	w.found.Settings.SmallNumber = []int{7, 7, 7, 3, 10}[dice.IntN(5)]
	for k := range organisations {
		w.people, w.names = append(w.people, []string{user(k + 1)}), append(w.names, organisationName(k+1))
	}
	w.chooseAttacker(organisations)
	for k := range organisations {
		if w.once(5) {
			w.colleague(k)
		}
	}
	for k := range 1 + dice.IntN(3) {
		w.round(fmt.Sprintf("2027-Q%d", k+1))
	}
	if w.once(6) {
		w.year()
	}
	w.attacks(2)
	return w.plan
}

func (w *world) once(in int) bool { return w.dice.IntN(in) == 0 }

func (w *world) chooseAttacker(organisations int) {
	at := 1 + w.dice.IntN(organisations-1) // of organisations from the first, which is the founder's
	switch w.dice.IntN(8) {
	case 0:
		w.attacker = founder
	case 1:
		w.attacker = "stranger"
		return
	case 2:
		w.attacker = "observer"
		w.observe(w.attacker)
		return
	case 3:
		w.attacker = founder
		w.answersFor(at)
	case 4, 5:
		w.attacker = user(at + 1)
		w.answersFor(1 + at%(organisations-1))
	default:
		w.attacker = user(at + 1)
	}
	for k, people := range w.people {
		if people[0] == w.attacker {
			w.homes = append(w.homes, w.names[k])
		}
	}
}

// answersFor has the attacker answer for another organisation too, to which nobody else came.
func (w *world) answersFor(k int) {
	if w.people[k][0] == w.attacker {
		return
	}
	w.steps[k-1] = step{by: user(k + 1), intent: nothing}
	w.joinToo(w.attacker, w.names[k])
	w.people[k] = []string{w.attacker}
}

func (w *world) indicators(v benchmark.Visibility) (all []benchmark.Indicator) {
	kinds := []benchmark.Kind{
		benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Proportion, benchmark.Scale, benchmark.YesNo,
	}
	many := 2
	if v == benchmark.Own {
		many, kinds = 1, kinds[:6] // what is looked for takes longer
	}
	for k := range many {
		i := benchmark.Indicator{ID: benchmark.IndicatorID(fmt.Sprint("i", k)), Title: fmt.Sprint("Indicator ", k), Kind: kinds[w.dice.IntN(len(kinds))]}
		if i.Kind == benchmark.Scale {
			i.Levels = 5
		}
		all = append(all, i)
	}
	return all
}

// colleague has another come to an organisation.
func (w *world) colleague(k int) {
	who := fmt.Sprintf("%sb", user(k+1))
	w.join(who, w.names[k])
	w.confirm(w.people[k][0], who)
	w.people[k] = append(w.people[k], who)
}

// moves has somebody go to another organisation, or answer for that too, whose people say
// that they belong there.
func (w *world) moves() {
	from, to := w.dice.IntN(len(w.people)), w.dice.IntN(len(w.people))
	who, there := w.somebody(from), w.somebody(to)
	if who == "" || there == "" || who == there || who == founder || who == w.attacker || slices.Contains(w.people[to], w.attacker) {
		return
	}
	if w.once(2) {
		w.joinToo(who, w.names[to])
	} else {
		w.join(who, w.names[to])
		w.people[from] = slices.DeleteFunc(w.people[from], func(p string) bool { return p == who })
	}
	w.confirm(there, who)
	w.onBehalf(w.names[to])
	if !slices.Contains(w.people[to], who) {
		w.people[to] = append(w.people[to], who)
	}
}

// somebody of the organisation; empty when all have left.
func (w *world) somebody(k int) string {
	if len(w.people[k]) == 0 {
		return ""
	}
	return w.people[k][w.dice.IntN(len(w.people[k]))]
}

// round is one from opening to long after its results were shown.
func (w *world) round(period string) {
	if w.once(4) {
		w.comesLate()
	}
	if w.once(3) {
		w.moves()
	}
	if w.once(4) && w.attacker != founder {
		w.rearranges(founder)
	}
	w.attacks(1)
	w.open(period)
	w.attacks(1)
	style := w.dice.IntN(6)
	for _, k := range w.dice.Perm(len(w.people)) {
		if who := w.somebody(k); who != "" && !w.once(12) {
			w.answersAll(who, w.names[k], style)
			if w.once(5) {
				w.answersAll(who, w.names[k], style)
			}
		}
		if w.once(4) {
			w.attacks(1)
		}
		if w.once(15) {
			w.somebodyLeaves()
		}
		if w.once(15) {
			w.moves()
		}
		if w.once(30) && w.attacker != founder {
			w.rearranges(founder)
		}
	}
	for range w.dice.IntN(2) + w.dice.IntN(2) { // looked at as a draft, and opened again
		w.closeRound()
		w.attacks(1)
		w.reopen()
		w.corrections(style)
	}
	w.attacks(1)
	w.show()
	w.attacks(2)
	w.corrections(style)
	w.attacks(2)
	if w.once(3) {
		w.reopen()
		w.corrections(style)
		w.attacks(1)
		w.show()
		w.attacks(2)
	}
}

// corrections are those of some organisations: one, or many.
func (w *world) corrections(style int) {
	many := w.dice.IntN(2)
	if w.once(3) {
		many = w.dice.IntN(len(w.people))
	}
	for _, k := range w.dice.Perm(len(w.people))[:many] {
		if who := w.somebody(k); who != "" {
			w.answersAll(who, w.names[k], style)
		}
		if w.once(2) {
			w.look()
		}
	}
}

func (w *world) comesLate() {
	w.late++
	who, name := fmt.Sprint("late", w.late), fmt.Sprint("Late ", w.late)
	w.invent(who, name)
	w.people, w.names = append(w.people, []string{who}), append(w.names, name)
	if w.once(2) {
		w.vouchFor(founder, name)
		w.vouchFor("u2", name)
		w.vouchFor("u3", name)
	}
}

func (w *world) somebodyLeaves() {
	k := w.dice.IntN(len(w.people))
	who := w.somebody(k)
	if who == "" || who == founder || who == w.attacker {
		return
	}
	w.leave(who)
	w.people[k] = slices.DeleteFunc(w.people[k], func(p string) bool { return p == who })
}

// answersAll has somebody answer all indicators for an organisation.
func (w *world) answersAll(who, organisation string, style int) {
	for _, i := range w.found.Indicators {
		w.give(who, i.ID, w.figure(i, style))
		w.onBehalf(organisation)
	}
}

// year asks for a period that others are part of, whose figures are their sum.
func (w *world) year() {
	w.open("2027")
	for k := range w.people {
		who := w.somebody(k)
		for _, i := range w.found.Indicators {
			var parts []place
			for at, step := range w.steps {
				if step.by == who && step.behalf == w.names[k] && len(step.give) > 0 && step.give[0].indicator == i.ID {
					parts = append(parts, place{at, 0})
				}
			}
			additive := i.Kind == benchmark.Proportion || i.Kind == benchmark.Count || i.Kind == benchmark.Rate
			if who != "" && len(parts) > 0 && additive {
				w.sum(who, "2027", i.ID, parts...)
				w.onBehalf(w.names[k])
			}
		}
	}
	w.show()
}

// figure is one that a network may have; in some styles all are alike, or small.
func (w *world) figure(i benchmark.Indicator, style int) benchmark.Figure {
	people := float64(20 + w.dice.IntN(900))
	share := 0.05 + 0.5*w.dice.Float64()
	switch style {
	case 0: // nearly the same everywhere
		share = 0.2 + 0.01*w.dice.Float64()
	case 1: // the very same, but for some
		if share = 0.25; w.once(4) {
			share = 0.5
		}
	}
	few := float64(w.dice.IntN(9))
	events := math.Max(8, math.Round(share*people))
	if w.found.Settings.Visibility != benchmark.Own || w.once(4) {
		switch w.dice.IntN(5) {
		case 0, 1:
			events = few
		case 2:
			events = math.Max(0, people-few)
		}
	}
	switch i.Kind {
	case benchmark.Proportion:
		return benchmark.Figure{Numerator: math.Min(events, people), Denominator: people}
	case benchmark.Rate:
		return benchmark.Figure{Numerator: events, Denominator: people * 10}
	case benchmark.Mean, benchmark.Duration:
		n := people
		if w.once(6) {
			n = few + 1
		}
		return benchmark.Figure{Value: math.Round(share*1000) / 10, N: n}
	case benchmark.Count:
		return benchmark.Figure{Value: events}
	case benchmark.Scale:
		return benchmark.Figure{Value: float64(1 + w.dice.IntN(i.Levels))}
	case benchmark.YesNo:
		return benchmark.Figure{Value: float64(w.dice.IntN(2))}
	case benchmark.Text:
	}
	return benchmark.Figure{}
}
