package attack

import (
	"testing"

	"roundtable/benchmark"
)

// cases are attacks that got through once, each as short as can be.
var cases = map[string]func() *scene{
	"a stranger joins an organisation whose only member left": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "stranger"
		s.open("2027-Q1")
		s.falls("u2", 3, 90)
		s.falls("u3", 30, 90)
		s.wants("u2", "guesses", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{falls: benchmark.Above}})
		s.leave("u2")
		s.join("stranger", "Org 2")
		s.show()
		return s
	},
	"a stranger joins it after it was shown": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "stranger"
		s.open("2027-Q1")
		s.falls("u2", 3, 90)
		s.falls("u3", 30, 90)
		s.show()
		s.leave("u2")
		s.join("stranger", "Org 2")
		s.open("2027-Q2")
		s.show()
		return s
	},
	"a stranger is asked about a figure that is far from what it was": func() *scene {
		s := newScene(3, benchmark.Own)
		s.attacker = "stranger"
		for k, period := range []string{"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} {
			s.open(period)
			s.falls("u2", float64(100+k), 1000)
			s.show()
		}
		s.leave("u2")
		s.join("stranger", "Org 2")
		s.open("2026-Q1")
		s.wants("stranger", "answers without a word", benchmark.Submit{Items: []benchmark.Item{{
			Indicator: falls, Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 900, Denominator: 1000},
		}}})
		return s
	},
	"a stranger answers over what stood there": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "stranger"
		s.open("2027-Q1")
		s.falls("u2", 3, 90)
		s.steps[len(s.steps)-1].give[0].note = ""
		s.leave("u2")
		s.join("stranger", "Org 2")
		s.wants("stranger", "guesses 3 of 90", benchmark.Submit{Items: []benchmark.Item{{
			Indicator: falls, Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 3, Denominator: 90},
		}}})
		s.show()
		return s
	},
	"a facilitator joins Org 2, reads its open answers and goes back": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = founder
		s.open("2027-Q1")
		s.falls("u2", 33, 90)
		s.join(founder, "Org 2")
		s.join(founder, "Org 1")
		return s
	},
	"a facilitator belongs to Org 2 when it is shown": func() *scene {
		s := newScene(3, benchmark.Own)
		s.attacker = founder
		s.open("2027-Q1")
		s.falls("u2", 3, 90)
		s.falls("u3", 30, 90)
		s.join(founder, "Org 2")
		s.show()
		return s
	},
	"two invented wards in a network of three": func() *scene {
		s := newScene(3, benchmark.Own)
		s.attacker = "u2"
		s.open("2027-Q1")
		s.invent("u2", "Ward A")
		s.falls("u2", 10, 1000)
		s.invent("u2", "Ward B")
		s.falls("u2", 12, 1000)
		s.join("u2", "Org 2")
		s.falls("u2", 300, 1000)
		s.falls(founder, 80, 1000)
		s.falls("u3", 140, 1000)
		s.show()
		return s
	},
	"five organisations in own": func() *scene {
		s := sceneOfFalls(5, benchmark.Own)
		s.show()
		return s
	},
	"nine that are close together": func() *scene {
		s := newScene(9, benchmark.Own)
		s.attacker = "u2"
		s.open("2027-Q1")
		for k := range 9 {
			s.falls(user(k+1), float64(200+k), 1000)
		}
		s.show()
		return s
	},
	"all others agree": func() *scene {
		s := newScene(9, benchmark.Own)
		s.attacker = "u2"
		s.open("2027-Q1")
		for k := range 9 {
			s.falls(user(k+1), map[bool]float64{false: 200, true: 400}[k == 1], 1000)
		}
		s.show()
		return s
	},
	"correcting one's own figure moves the middle": func() *scene {
		s := sceneOfFalls(6, benchmark.Own)
		s.show()
		for _, x := range []float64{10, 110, 160, 210, 900} {
			s.falls("u2", x, 1000)
		}
		return s
	},
	"a late sixth organisation": func() *scene {
		s := sceneOfFalls(6, benchmark.Own)
		s.show()
		s.reopen()
		s.invent("u7", "Org 7")
		s.falls("u7", 150, 1000)
		s.show()
		return s
	},
	"another corrects, and the middle is looked at before and after": func() *scene {
		s := sceneOfFalls(6, benchmark.Own)
		s.show()
		s.falls("u4", 40, 1000)
		s.falls("u3", 400, 1000)
		return s
	},
	"a draft, a reopening, a correction, a draft again": func() *scene {
		s := sceneOfFalls(6, benchmark.Own)
		s.attacker = founder
		s.closeRound()
		s.reopen()
		s.falls("u4", 40, 1000)
		s.closeRound()
		s.reopen()
		s.falls("u4", 400, 1000)
		s.falls("u5", 10, 1000)
		s.show()
		return s
	},
	"a facilitator raises the threshold step by step, and sees how many are withheld": func() *scene {
		s := newScene(6, benchmark.Own, benchmark.Indicator{ID: "visits", Title: "Visits", Kind: benchmark.Count})
		s.attacker = founder
		s.open("2027-Q1")
		for k, x := range []float64{22, 13, 18, 27, 31, 44} {
			s.give(user(k+1), "visits", benchmark.Figure{Value: x})
		}
		s.show()
		for threshold := 8; threshold < 20; threshold++ { // past two of them
			s.threshold(founder, threshold)
		}
		return s
	},
	"a facilitator raises the threshold step by step, and has it shown anew each time": func() *scene {
		s := newScene(9, benchmark.Own, benchmark.Indicator{ID: "visits", Title: "Visits", Kind: benchmark.Count})
		s.attacker = founder
		s.open("2027-Q1")
		for k, x := range []float64{60, 13, 18, 27, 31, 44, 25, 16, 37} {
			s.give(user(k+1), "visits", benchmark.Figure{Value: x})
		}
		s.show()
		for _, threshold := range []int{12, 17, 20, 24, 25, 30} {
			s.threshold(founder, threshold)
			s.reopen()
			s.show()
		}
		return s
	},
	"a facilitator brings another's answers to an organisation that he goes back to": func() *scene {
		s := newScene(4, benchmark.Named)
		s.attacker = founder
		s.join("u1b", "Org 1")
		s.confirm(founder, "u1b")
		s.open("2027-Q1")
		s.falls("u2", 33, 90)
		s.falls("u3", 3, 90)
		s.join(founder, "Org 4")
		s.wants(founder, "merges o2 into o1", benchmark.MergeOrganisations{From: "o2", Into: "o1", Figures: true})
		s.wants(founder, "merges o3 into o1", benchmark.MergeOrganisations{From: "o3", Into: "o1", Figures: true})
		s.join(founder, "Org 1")
		return s
	},
	"a facilitator lowers the threshold, and has all named": func() *scene {
		s := newScene(3, benchmark.Own)
		s.attacker = founder
		s.open("2027-Q1")
		s.falls("u2", 3, 90)
		s.falls("u3", 33, 90)
		s.show()
		s.wants(founder, "has all named, and nothing hidden", benchmark.ChangeSettings(func(_ *string, s *benchmark.Settings) {
			s.SmallNumber, s.Visibility = 0, benchmark.Named
		}))
		s.reopen()
		s.show()
		return s
	},
	"a year and its four quarters": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "u3"
		var parts []place
		for k, period := range []string{"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"} {
			s.open(period)
			parts = append(parts, s.falls("u2", []float64{3, 20, 31, 25}[k], 100))
			s.falls("u3", 30, 100)
			s.show()
		}
		s.open("2026")
		s.sum("u2", "2026", falls, parts...)
		s.show()
		return s
	},
	"a facilitator empties Org 2, and lets an accomplice in": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "accomplice"
		s.open("2027-Q1")
		s.falls("u2", 33, 90)
		s.wants(founder, "takes back u2", benchmark.Vouch{Newcomer: "p2", Organisation: "o2"})
		s.join("accomplice", "Org 2")
		s.confirm(founder, "accomplice")
		return s
	},
	"a facilitator brings open answers to an accomplice": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "u3"
		s.open("2027-Q1")
		s.falls("u2", 33, 90)
		s.wants(founder, "merges o2 into o3", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
		return s
	},
	"a facilitator gives himself two more organisations, and another answers late": func() *scene {
		s := newScene(10, benchmark.Own)
		s.attacker = founder
		mine := []string{"Org 1", "Own 1", "Own 2"}
		for _, name := range mine[1:] {
			s.wants(founder, "adds "+name, benchmark.AddOrganisation(name, true))
			s.joinToo(founder, name)
		}
		s.open("2027-Q1")
		all := func(x ...float64) {
			for k, name := range mine {
				s.falls(founder, x[k], 1000)
				s.onBehalf(name)
			}
		}
		all(410, 90, 720)
		for k, x := range []float64{60, 130, 220, 300, 380, 460, 560, 650} {
			s.falls(user(k+2), x, 1000)
		}
		s.show()
		s.reopen()
		s.falls("u10", 340, 1000)
		all(420, 100, 730)
		s.show()
		return s
	},
	"a stranger sits in an empty name, and Org 2 is merged into it": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "stranger"
		s.open("2027-Q1")
		s.falls("u2", 3, 90)
		s.falls("u3", 30, 90)
		s.show()
		s.wants(founder, "adds Omega", benchmark.AddOrganisation("Omega", true))
		s.join("stranger", "Omega")
		s.decides(founder, "merges o2 into Omega", func(n *benchmark.Network) benchmark.Intent {
			o, _ := n.OrganisationNamed("Omega")
			return benchmark.MergeOrganisations{From: "o2", Into: o.ID, Figures: true}
		})
		s.join("u9", "Org 1")
		s.look()
		return s
	},
	"an observer looks, and becomes one of an organisation that nobody is left in": func() *scene {
		s := newScene(4, benchmark.Coded)
		s.attacker = "observer"
		s.observe("observer")
		s.open("2027-Q1")
		s.falls("u2", 3, 90)
		s.falls("u3", 30, 90)
		s.falls("u4", 33, 90)
		s.look()
		s.leave("u2")
		s.show()
		s.join("observer", "Org 2")
		s.observe("observer")
		s.look()
		return s
	},
	"405 of 408": func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "u3"
		s.open("2027-Q1")
		s.falls("u2", 405, 408)
		s.falls(founder, 300, 408)
		s.falls("u3", 310, 408)
		s.show()
		return s
	},
}

const manySteps = 20

func TestKnownAttacks(t *testing.T) {
	for name, write := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := write()
			watch := observer(withWords)
			if len(s.steps) > manySteps { // words take their time
				watch = product
			}
			var count tally
			for _, f := range onPlan(s.plan, watch, &count) {
				t.Error(f)
			}
			if t.Failed() {
				t.Logf("%s\n%s", count, s.plan)
			}
		})
	}
}
