package attack

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"roundtable/benchmark"
)

// blind sees nothing, and so can't find out anything.
func blind(*life, benchmark.Participant) []sight { return nil }

// leak is something that a bot might give away, of the figures as they are in rounds
// that have been shown.
type leak func(values []float64, smallest []float64) string

// leaking shows that of every indicator of every published round, and nothing else.
func leaking(l leak) observer {
	return func(at *life, _ benchmark.Participant) (seen []sight) {
		for _, r := range at.n.Rounds {
			if r.Phase != benchmark.Published {
				continue
			}
			t, _ := at.n.TemplateVersion(r.Template)
			for _, i := range t.Indicators {
				var values, events []float64
				for _, o := range at.n.Organisations {
					if v, ok := r.Submission(o.ID, i.ID); ok {
						x, _ := v.Figure.Of(i)
						values, events = append(values, x), append(events, v.Figure.Numerator)
					}
				}
				seen = append(seen, sight{fmt.Sprint("leak of ", r.ID), l(values, events)})
			}
		}
		return seen
	}
}

func middle(values []float64) float64 {
	x := slices.Sorted(slices.Values(values))
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

// The attacker is himself tested: what gives something away, if only a little, is
// noticed, and what gives nothing away is not.
func TestLeaksAreNoticed(t *testing.T) {
	named := func() *scene {
		s := newScene(3, benchmark.Named)
		s.attacker = "u3"
		s.open("2027-Q1")
		s.falls("u2", 3, 100)
		s.falls("u3", 30, 100)
		s.falls(founder, 43, 100)
		s.show()
		return s
	}
	own := func() *scene {
		s := sceneOfFalls(6, benchmark.Own)
		s.show()
		return s
	}
	corrected := func() *scene {
		s := own()
		s.falls("u4", 400, 1000)
		s.look()
		return s
	}
	manyCorrected := func() *scene {
		s := own()
		for k := 3; k <= 6; k++ {
			s.falls(user(k), float64(100*k), 1000)
		}
		return s
	}
	sum := func(x []float64) (total float64) {
		for _, y := range x {
			total += y
		}
		return total
	}
	for name, c := range map[string]struct {
		write func() *scene
		leak  leak
		finds string
	}{
		"nothing":                           {named, func([]float64, []float64) string { return "" }, ""},
		"nothing in own":                    {own, func([]float64, []float64) string { return "" }, ""},
		"how many":                          {own, func(v, _ []float64) string { return fmt.Sprint(len(v)) }, ""},
		"a total with a small number in it": {named, func(_, e []float64) string { return fmt.Sprint(sum(e)) }, "small number"},
		"whether a small number is even": {named, func(_, e []float64) string {
			return fmt.Sprint(slices.ContainsFunc(e, func(x float64) bool { return x < 8 && math.Mod(x, 2) == 0 }))
		}, "small number"},
		"whether one is above three": {named, func(_, e []float64) string {
			return fmt.Sprint(slices.ContainsFunc(e, func(x float64) bool { return x > 3 && x < 8 }))
		}, "small number"},
		"the middle, rounded": {own, func(v, _ []float64) string { return fmt.Sprintf("%.0f", middle(v)) }, ""},
		"the lowest":          {own, func(v, _ []float64) string { return fmt.Sprint(slices.Min(v)) }, "somebody's figure"},
		"the third figure":    {own, func(v, _ []float64) string { return fmt.Sprintf("%.1f", v[2]) }, "figure"},
		"the sum, once":       {own, func(v, _ []float64) string { return fmt.Sprintf("%.1f", sum(v)) }, ""},
		"the sum of squares and the sum, of two others": {own, func(v, _ []float64) string {
			return fmt.Sprintf("%.1f %.1f", v[0]+v[2], v[0]*v[0]+v[2]*v[2])
		}, "somebody's figure"},
		"the sum, before and after a correction, and the corrected figure": {corrected, func(v, _ []float64) string { return fmt.Sprintf("%.1f %.1f", sum(v), v[3]) }, "figure"},
		"the sum before and after many corrections":                        {manyCorrected, func(v, _ []float64) string { return fmt.Sprintf("%.0f", sum(v)) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var count tally
			found := onPlan(c.write().plan, leaking(c.leak), &count)
			switch {
			case c.finds == "" && len(found) > 0:
				t.Errorf("found out of nothing: %v", found)
			case c.finds != "" && !slices.ContainsFunc(found, func(f finding) bool { return f.kind == c.finds }):
				t.Errorf("not found out: %v", found)
			}
			t.Log(len(found), count)
		})
	}
}

// What is shown too early is noticed.
func TestEarlyLeaksAreNoticed(t *testing.T) {
	s := newScene(3, benchmark.Named)
	s.attacker = "u3"
	s.open("2027-Q1")
	s.falls("u2", 30, 100)
	s.falls("u2", 35, 100)
	s.show()
	early := func(at *life, _ benchmark.Participant) []sight {
		r := at.n.Current()
		if r == nil {
			return nil
		}
		v, _ := r.Submission("o2", falls)
		return []sight{{"early", fmt.Sprint(v.Figure.Numerator)}}
	}
	history := func(at *life, _ benchmark.Participant) (seen []sight) {
		if r := at.n.Current(); r != nil && r.Phase == benchmark.Published {
			for _, v := range r.Submissions[benchmark.Slot{Organisation: "o2", Indicator: falls}].Versions {
				seen = append(seen, sight{"history", fmt.Sprint(v.Figure.Numerator)})
			}
		}
		return seen
	}
	for name, watch := range map[string]observer{"early": early, "history": history} {
		if found := onPlan(s.plan, watch, &tally{}); len(found) == 0 {
			t.Errorf("%s: not found out", name)
		}
	}
	if found := onPlan(s.plan, blind, &tally{}); len(found) > 0 {
		t.Errorf("found out of nothing: %v", found)
	}
}
