package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func someProportions(t *rapid.T) []Proportion {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Proportion {
		n := rapid.IntRange(0, 2000).Draw(t, "n")
		return Proportion{rapid.IntRange(0, n).Draw(t, "r"), n}
	}), 0, 30).Draw(t, "proportions")
}

// Line, count and tails agree at every integer from 0 to n, whatever the
// centre and the size.
func TestLawOneFlag(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta := rapid.Float64Range(1e-6, 1-1e-6).Draw(t, "theta")
		n := rapid.IntRange(1, 600).Draw(t, "n")
		exact := binomial(n, theta).cutoffs()
		limits := exact.limits(float64(n), 1)
		inOrder(t, limits, theta)
		for r := range n + 1 {
			byTails := flagByTails(r, n, theta)
			if byLine, byCount := limits.flag(float64(r)/float64(n)), exact.flag(r); byLine != byTails || byCount != byTails {
				t.Fatalf("theta %g, %d/%d: by tails %v, by line %v, by count %v", theta, r, n, byTails, byLine, byCount)
			}
		}
	})
}

// The same for rates, at every count that isn't absurd.
func TestLawOneFlagOfRates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		expected := rapid.Float64Range(1e-6, 400).Draw(t, "expected")
		exposure := rapid.Float64Range(0.01, 1e6).Draw(t, "exposure")
		exact := poisson(expected).cutoffs()
		limits := exact.limits(exposure, math.Inf(1))
		inOrder(t, limits, expected/exposure)
		for k := range int(expected + 10*math.Sqrt(expected) + 10) {
			want := In
			switch upper, lower := poissonUpper(k, expected), poissonLower(k, expected); {
			case upper <= 0.001:
				want = High998
			case lower <= 0.001:
				want = Low998
			case upper <= 0.025:
				want = High95
			case lower <= 0.025:
				want = Low95
			}
			if byLine, byCount := limits.flag(float64(k)/exposure), exact.flag(k); byLine != want || byCount != want {
				t.Fatalf("expected %g, count %d: by tails %v, by line %v, by count %v", expected, k, want, byLine, byCount)
			}
		}
	})
}

// By chance alone, an organisation is flagged as often as the level says, or
// less: never more.
func TestLawFlagsAreRare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta := rapid.Float64Range(0.001, 0.999).Draw(t, "theta")
		n := rapid.IntRange(1, 3000).Draw(t, "n")
		c := binomial(n, theta)
		for _, level := range []Level{Level95, Level998} {
			if p := c.upper(c.high(level).Count); p > level.Tail() {
				t.Fatalf("high at %v with probability %g", level, p)
			}
			if p := c.lower(c.low(level).Count); p > level.Tail() {
				t.Fatalf("low at %v with probability %g", level, p)
			}
		}
	})
}

// The order in which organisations come changes nothing but their order.
func TestLawFunnelHasNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		observations := someProportions(t)
		f, err := ProportionFunnel(observations)
		if err != nil {
			t.Fatal(err)
		}
		reversed := slices.Clone(observations)
		slices.Reverse(reversed)
		g, err := ProportionFunnel(reversed)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(g.Points)
		if f.Centre != g.Centre || f.Reason != g.Reason || math.Abs(f.Dispersion.Phi-g.Dispersion.Phi) > 1e-9*f.Dispersion.Phi {
			t.Fatalf("%+v and %+v", f, g)
		}
		for i := range f.Points {
			if f.Points[i].Limits != g.Points[i].Limits || f.Points[i].Flag != g.Points[i].Flag {
				t.Fatalf("organisation %d: %+v and %+v", i, f.Points[i], g.Points[i])
			}
		}
	})
}

// What is undesirable seen from one side is desirable from the other: counting
// those without the event mirrors every line and flag.
func TestLawFunnelMirrors(t *testing.T) {
	mirror := map[Flag]Flag{None: None, In: In, High95: Low95, Low95: High95, High998: Low998, Low998: High998}
	rapid.Check(t, func(t *rapid.T) {
		observations := someProportions(t)
		without := make([]Proportion, len(observations))
		for i, o := range observations {
			without[i] = Proportion{o.Denominator - o.Numerator, o.Denominator}
		}
		f, err := ProportionFunnel(observations)
		if err != nil {
			t.Fatal(err)
		}
		g, err := ProportionFunnel(without)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range f.Points {
			q := g.Points[i]
			if p.Flag == None || onALine(observations[i], f.Centre) {
				continue
			}
			if q.Flag != mirror[p.Flag] || math.Abs(1-q.Limits.High95-p.Limits.Low95) > 1e-9 || math.Abs(1-q.Adjusted.Low998-p.Adjusted.High998) > 1e-9 {
				t.Fatalf("organisation %d: %+v and %+v", i, p, q)
			}
		}
	})
}

// onALine reports a tail so close to a level's that rounding decides, such as that of
// 1 of 1 where 1 in 40 is.
func onALine(o Proportion, centre float64) bool {
	for _, level := range []Level{Level95, Level998} {
		for _, p := range []float64{binomialUpper(o.Numerator, o.Denominator, centre), binomialLower(o.Numerator, o.Denominator, centre)} {
			if math.Abs(p/level.Tail()-1) < 1e-9 {
				return true
			}
		}
	}
	return false
}

// Allowing for over-dispersion only ever moves the lines outwards on the scale
// where it was estimated.
func TestLawAdjustedIsWider(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, err := ProportionFunnel(someProportions(t))
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range f.Points {
			if !f.Dispersion.Found || !p.Measured {
				continue
			}
			narrow := f.scale().limits(p.Size, 0)
			if p.Adjusted.Low998 > narrow.Low998 || p.Adjusted.High95 < narrow.High95 {
				t.Fatalf("organisation %d: %+v within %+v", i, p.Adjusted, narrow)
			}
		}
	})
}

// Whole numbers keep the arithmetic exact, so that lines may be compared.
func someValues(t *rapid.T) []float64 {
	var values []float64
	for _, x := range rapid.SliceOfN(rapid.IntRange(-20, 20), 0, 40).Draw(t, "values") {
		values = append(values, float64(x))
	}
	return values
}

// Turning a series upside down turns its lines and signals, and changes
// neither runs nor crossings.
func TestLawChartMirrors(t *testing.T) {
	mirror := [...]Signal{
		NoSignal, BelowLimit, AboveLimit, Falling, Rising, NearLower, NearUpper, BelowMean, AboveMean,
	}
	rapid.Check(t, func(t *rapid.T) {
		values := someValues(t)
		plan := Plan{ScreenRanges: rapid.Bool().Draw(t, "screen")}
		turned := make([]float64, len(values))
		for i, x := range values {
			turned[i] = -x
		}
		up, err := XmR(values, plan)
		if err != nil {
			t.Fatal(err)
		}
		down, err := XmR(turned, plan)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range up.Points {
			if q := down.Points[i]; q.Low != -p.High || q.High != -p.Low || q.Signal != mirror[p.Signal] {
				t.Fatalf("point %d: %+v and %+v", i, p, q)
			}
		}
		for i, s := range up.Stretches {
			runs := down.Stretches[i].Runs
			runs.Centre = s.Runs.Centre
			if runs != s.Runs {
				t.Fatalf("runs %+v and %+v", s.Runs, runs)
			}
		}
	})
}

// Limits that are frozen don't know the future.
func TestLawFrozenLimitsStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := someValues(t)
		later := append(slices.Clone(values), someValues(t)...)
		if len(values) < LeastToFreeze {
			t.Skip("not frozen")
		}
		a, err := XmR(values, Plan{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := XmR(later, Plan{})
		if err != nil {
			t.Fatal(err)
		}
		if a.Points[0].Low != b.Points[0].Low || a.Points[0].High != b.Points[len(later)-1].High {
			t.Fatalf("limits moved: %+v, %+v", a.Points[0], b.Points[0])
		}
	})
}

// A run can't hold points that crossings have cut off from it.
func TestLawRunsAndCrossings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := someValues(t)
		r := RunsAroundMedian(values)
		if r.Useful > len(values) || r.Longest+r.Crossings > r.Useful || r.Longest*(r.Crossings+1) < r.Useful {
			t.Fatalf("%+v", r)
		}
	})
}
