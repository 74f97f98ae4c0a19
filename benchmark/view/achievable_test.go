package view_test

import (
	"math"
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// share is one organisation's numerator and denominator.
type share struct{ x, n float64 }

func sharesView(direction benchmark.Direction, shares ...share) view.View {
	v := view.View{
		Visibility: benchmark.Named, Counts: view.Counts{Organisations: len(shares), Values: len(shares)},
		Indicator: benchmark.Indicator{ID: "share", Kind: benchmark.Proportion, Direction: direction},
	}
	for _, s := range shares {
		v.Marks = append(v.Marks, view.Mark{
			Answer: benchmark.Value, HasValue: true, Value: 100 * s.x / s.n, Figure: benchmark.Figure{Numerator: s.x, Denominator: s.n},
		})
	}
	return v
}

// The level was worked out by hand.
func TestAchievable(t *testing.T) {
	for name, c := range map[string]struct {
		v    view.View
		want float64 // below 0: none
	}{
		// Adjusted .9020, .8936, .8039, .7059, .5098: the best three hold 300 of 500, 271 of them.
		"three best": {sharesView(benchmark.Higher, share{91, 100}, share{81, 100}, share{71, 100}, share{51, 100}, share{99, 100}), 100 * 271.0 / 300},
		// A small one at 5 of 5 has 6/7 = .857 and comes after 91 of 100 at .902 and 90 of 100 at .892.
		"a small one doesn't lead": {sharesView(benchmark.Higher, share{5, 5}, share{91, 100}, share{90, 100}, share{88, 100}, share{20, 100}), 100 * 269.0 / 300},
		// Three of 10 hold 30 of 1,040, less than a tenth: the next, of 1,000, is taken too.
		"a tenth of all": {sharesView(benchmark.Higher, share{10, 10}, share{10, 10}, share{10, 10}, share{500, 1000}, share{4, 10}), 100 * 530.0 / 1030},
		// Third and fourth tie: four are taken.
		"ties together": {sharesView(benchmark.Higher, share{95, 100}, share{92, 100}, share{80, 100}, share{80, 100}, share{10, 100}), 100 * 347.0 / 400},
		// Lower: 2, 4 and 5 of 100 are the best; 11 of 300.
		"lower is favourable": {sharesView(benchmark.Lower, share{5, 100}, share{20, 100}, share{2, 100}, share{4, 100}), 100 * 11.0 / 300},
		"all of three":        {sharesView(benchmark.Higher, share{50, 100}, share{60, 100}, share{70, 100}), -1},
		"two":                 {sharesView(benchmark.Higher, share{50, 100}, share{60, 100}), -1},
		"no direction":        {sharesView(benchmark.Neutral, share{50, 100}, share{60, 100}, share{70, 100}), -1},
	} {
		level, ok := c.v.Achievable()
		if ok != (c.want >= 0) || ok && math.Abs(level-c.want) > 1e-9 {
			t.Errorf("%s: %g %v, want %g", name, level, ok, c.want)
		}
	}
}

// It isn't told where organisations don't see each other, where one is withheld, of other
// kinds; and who looks changes nothing.
func TestAchievableIsNotTold(t *testing.T) {
	shares := []share{{91, 100}, {81, 100}, {71, 100}, {51, 100}}
	full, _ := sharesView(benchmark.Higher, shares...).Achievable()
	for name, change := range map[string]func(v *view.View){
		"own":  func(v *view.View) { v.Visibility = benchmark.Own },
		"rate": func(v *view.View) { v.Indicator.Kind = benchmark.Rate },
		"one withheld": func(v *view.View) {
			v.Counts.Withheld, v.Marks[3] = 1, view.Mark{Answer: benchmark.Value, Withheld: view.SmallNumber}
		},
		"the viewer's own is withheld from others": func(v *view.View) { v.Counts.Withheld, v.Marks[0].You = 1, true },
	} {
		v := sharesView(benchmark.Higher, shares...)
		if change(&v); v.Visibility != "" {
			if level, ok := v.Achievable(); ok {
				t.Errorf("%s: %g", name, level)
			}
		}
	}
	aside := sharesView(benchmark.Higher, append(shares, share{100, 100})...) // stands aside: it is no part of the round
	aside.Counts.Values, aside.Marks[4].You = 4, true
	if level, ok := aside.Achievable(); !ok || level != full {
		t.Errorf("beside one that stands aside %g, else %g", level, full)
	}
}
