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
		func() { w.answersAll(me, 9) },
		func() { w.answersAll(me, 9) },
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
		func() { w.imports() },
		func() { w.wants(me, "closes", benchmark.CloseRound{}) },
		func() { w.wants(me, "publishes", benchmark.PublishRound{}) },
		func() {
			w.wants(me, "reopens", benchmark.ReopenRound{Closes: start.AddDate(1, 0, 0), Reason: "I want to see it again"})
		},
	}
	all[w.dice.IntN(len(all))]()
}

// home is the attacker's own organisation; a stranger's is the first.
func (w *world) home() string {
	for k, people := range w.people {
		for _, p := range people {
			if p == w.attacker && k < len(w.found.Organisations) {
				return organisationName(k + 1)
			}
		}
	}
	return organisationName(1)
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

func (w *world) settings() {
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
