package attack

import (
	"fmt"

	"roundtable/benchmark"
)

// attacks are some of the attacker's wishes, and a look at what they gave.
func (w *world) attacks(most int) {
	for range w.dice.IntN(most + 1) {
		w.wish()
	}
	w.look()
}

// wish is one of all that he may think of; most of it is refused to most.
func (w *world) wish() {
	me := w.attacker
	someone := organisationName(1 + w.dice.IntN(len(w.found.Organisations)))
	all := []func(){
		func() { w.join(me, someone) },
		func() { w.join(me, someone) },
		func() { w.join(me, w.home()) },
		func() { w.join(me, w.home()) },
		func() { w.invents() },
		func() { w.leave(me) },
		func() { w.joinToo(me, someone) },
		func() { w.wants(me, "parts", benchmark.PartFrom(w.someID())) },
		func() { w.wants(me, "observes", benchmark.Join{Person: person(me), Observer: true}) },
		func() { w.adds() },
		func() { w.adds() },
		func() { w.answersAll(me, w.home(), 9) },
		func() { w.answersAll(me, w.home(), 9) },
		func() { w.extreme() },
		func() { w.extreme() },
		func() { w.confirm(me, user(1+w.dice.IntN(len(w.people)))) },
		func() { w.confirm(me, me) },
		func() { w.wants(me, "withdraws", benchmark.Withdraw{}) },
		func() { w.wants(me, "skips", benchmark.Skip{}) },
		func() {
			w.wants(me, "guesses", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{w.found.Indicators[0].ID: benchmark.Above}})
		},
		func() {
			w.wants(me, "asks", benchmark.Ask{Indicator: w.found.Indicators[0].ID, Text: "Do you count all?"})
		},
		func() { w.settings() },
		func() { w.leads() },
		func() { w.leads() },
		func() {
			w.vouchFor(me, fmt.Sprint("Ward ", w.late)) // of a facilitator it would count: that is trusted
		},
		func() { w.undoes() },
		func() { w.rearranges(me) },
		func() { w.imports() },
		func() { w.wants(me, "closes", benchmark.CloseRound{}) },
		func() { w.wants(me, "publishes", benchmark.PublishRound{}) },
		func() {
			w.wants(me, "reopens", benchmark.ReopenRound{Closes: start.AddDate(1, 0, 0), Reason: "I want to see it again"})
		},
	}
	from := len(w.steps)
	all[w.dice.IntN(len(all))]()
	for k := from; k < len(w.steps) && len(w.homes) > 0; k++ {
		if s := &w.steps[k]; s.by == me && s.behalf == "" {
			s.behalf = w.home()
		}
	}
}

// home is one of the attacker's own organisations; a stranger's is the first.
func (w *world) home() string {
	if len(w.homes) == 0 {
		return organisationName(1)
	}
	return w.homes[w.dice.IntN(len(w.homes))]
}

func (w *world) someID() benchmark.OrganisationID {
	return benchmark.OrganisationID(fmt.Sprint("o", 1+w.dice.IntN(len(w.found.Organisations))))
}

// adds has a facilitator give himself one more organisation, and so perhaps one more letter,
// which he answers for in every round from then on.
func (w *world) adds() {
	w.late++
	name := fmt.Sprint("Own ", w.late)
	w.wants(w.attacker, "adds "+name, benchmark.AddOrganisation(name, true))
	if w.attacker != founder {
		return
	}
	w.joinToo(w.attacker, name)
	w.people, w.names, w.homes = append(w.people, []string{w.attacker}), append(w.names, name), append(w.homes, name)
}

// invents makes an organisation and answers for it.
func (w *world) invents() {
	w.late++
	w.invent(w.attacker, fmt.Sprint("Ward ", w.late))
	w.extreme()
	if w.once(2) {
		w.join(w.attacker, w.home())
	}
}

// extreme answers with the least or the most that there is, so that what is in the
// middle moves.
func (w *world) extreme() {
	for _, i := range w.found.Indicators {
		x := 5000.0
		switch i.Kind {
		case benchmark.Scale, benchmark.YesNo:
			x = 1
		case benchmark.Mean, benchmark.Duration:
			w.give(w.attacker, i.ID, benchmark.Figure{Value: w.dice.Float64() * 60, N: x})
			continue
		default:
		}
		f := benchmark.Figure{Value: x}
		if i.Kind == benchmark.Proportion || i.Kind == benchmark.Rate {
			f = benchmark.Figure{Numerator: x * float64(1+w.dice.IntN(99)) / 100, Denominator: x}
		}
		w.give(w.attacker, i.ID, f)
	}
}

// vouchFor says that the network knows an organisation. A facilitator is believed, so
// that an attacker who is one doesn't.
func (w *world) vouchFor(who, name string) {
	if who == w.attacker && who == founder {
		return
	}
	w.decides(who, "vouches for "+name, func(n *benchmark.Network) benchmark.Intent {
		o, _ := n.OrganisationNamed(name)
		return benchmark.VouchFor(o.ID)
	})
}

// leads has the attacker try to become a facilitator, or to be rid of one.
func (w *world) leads() {
	of := func(user string, intent func(benchmark.ParticipantID) benchmark.Intent) func(n *benchmark.Network) benchmark.Intent {
		return func(n *benchmark.Network) benchmark.Intent {
			p, _ := n.At(person(user).Address())
			return intent(p.ID)
		}
	}
	switch w.dice.IntN(4) {
	case 0:
		w.decides(w.attacker, "appoints himself", of(w.attacker, benchmark.AppointFacilitator))
	case 1:
		w.decides(w.attacker, "chooses himself", of(w.attacker, benchmark.ChooseFacilitator))
	case 2:
		w.decides(w.attacker, "dismisses the facilitator", of(founder, benchmark.DismissFacilitator))
	case 3:
		w.wants(w.attacker, "asks for another facilitator", benchmark.SeekFacilitator(nil))
	}
}

// rearranges merges or removes an organisation, or gives it another name. Who isn't the
// attacker brings nothing of their own to him.
func (w *world) rearranges(who string) {
	from, into, figures := w.someID(), w.someID(), w.once(2)
	kind := w.dice.IntN(6)
	does, intent := fmt.Sprintf("merges %s into %s, figures too: %v", from, into, figures), benchmark.Intent(benchmark.MergeOrganisations{From: from, Into: into, Figures: figures})
	switch kind {
	case 2:
		does, intent = fmt.Sprintf("takes out %s, its figures stay: %v", from, figures), benchmark.TakeOut(from, figures)
	case 0:
		does, intent = fmt.Sprintf("removes %s, its figures stay: %v", from, figures), benchmark.RemoveOrganisation(from, figures)
	case 1:
		does, intent = fmt.Sprintf("renames %s", from), benchmark.RenameOrganisation(from, "Other name")
	}
	w.decides(who, does, func(n *benchmark.Network) benchmark.Intent {
		attacker, _ := n.At(person(w.attacker).Address())
		_, his := attacker.For(into)
		me, _ := n.At(person(who).Address())
		if _, mine := me.For(from); who != w.attacker && kind > 2 && mine && his {
			return nil
		}
		return intent
	})
}

// undoes goes back to some version of an answer.
func (w *world) undoes() {
	id, version := w.found.Indicators[0].ID, w.dice.IntN(3)
	w.decides(w.attacker, fmt.Sprint("goes back to version ", version), func(n *benchmark.Network) benchmark.Intent {
		if n.Current() == nil {
			return nil
		}
		return benchmark.Undo(n.Current().ID, map[benchmark.IndicatorID]int{id: version}, nil)
	})
}

func (w *world) settings() {
	if w.once(2) {
		for small := 8 + w.dice.IntN(5); small <= 50; small += 1 + w.dice.IntN(8) {
			w.threshold(w.attacker, small)
		}
	}
	small, v := w.dice.IntN(3), []benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own}[w.dice.IntN(3)]
	w.wants(w.attacker, fmt.Sprintf("sets threshold %d, visibility %s", small, v), benchmark.ChangeSettings(func(_ *string, s *benchmark.Settings) {
		s.SmallNumber, s.Visibility = small, v
	}))
}

// imports figures of his own organisation for a period that is part of another.
func (w *world) imports() {
	i := w.found.Indicators[w.dice.IntN(len(w.found.Indicators))]
	w.wants(w.attacker, "imports", benchmark.RecordHistory{Figures: []benchmark.Recorded{{
		Organisation: benchmark.OrganisationID(fmt.Sprint("o", 1+w.dice.IntN(3))), Indicator: i.ID,
		Period: []string{"2027-01", "2027", "2026", "2027-Q1"}[w.dice.IntN(4)], Figure: w.figure(i, 9),
	}}})
}
