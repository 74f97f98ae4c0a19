package chart

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// truth is what is so of a view, computed from its figures alone and by other ways
// than package stats has: sums of probabilities, and quantiles by halving.
type truth struct {
	v      view.View
	hidden map[string]bool // whose numbers others don't see
	all    []view.Mark     // of values, as they were given, hidden ones too
	public []view.Mark     // those that everybody sees
	own    *view.Mark
	answer benchmark.Answer // of the viewer, when it is no value
	centre float64          // natural scale
	sigma  float64
	limits bool // there is a centre with limits
	sides  map[benchmark.Figure]sided
}

// sided is what side returned of a figure.
type sided struct {
	side int
	sure bool
}

// truthOf takes the example's marks as they were given, and the view made of them.
func truthOf(e *example, viewer string, v view.View) truth {
	t := truth{v: v, hidden: map[string]bool{}, sides: map[benchmark.Figure]sided{}}
	for _, m := range e.v.Marks {
		if m.Answer != benchmark.Value {
			if m.Label == viewer {
				t.answer = m.Answer
			}
			continue
		}
		t.all = append(t.all, m)
		if t.hidden[m.Label] = m.Withheld != ""; m.Withheld == "" && v.Visibility != benchmark.Own {
			t.public = append(t.public, m)
		}
	}
	for _, m := range v.Marks {
		if m.You && m.Answer == benchmark.Value {
			t.own = &m
		}
	}
	t.setCentre()
	return t
}

func (t truth) much() bool {
	return t.v.Visibility != benchmark.Own && 4*(len(t.all)-len(t.public)) > len(t.all)
}

func (t *truth) setCentre() {
	var events, size, squares, freedom float64
	for _, m := range t.public {
		switch f := m.Figure; t.v.Indicator.Kind {
		case benchmark.Proportion, benchmark.Rate:
			events, size = events+f.Numerator, size+f.Denominator
		case benchmark.Mean:
			events, size = events+f.Value*f.N, size+f.N
			if f.SD != nil {
				squares, freedom = squares+*f.SD**f.SD*(f.N-1), freedom+f.N-1
			}
		case benchmark.Count, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
		}
	}
	if size == 0 || len(t.public) < 3 || t.much() {
		return
	}
	t.centre = events / size
	switch t.v.Indicator.Kind {
	case benchmark.Proportion:
		t.limits = events > 0 && events < size
	case benchmark.Rate:
		t.limits = events > 0
	case benchmark.Mean:
		if freedom > 0 {
			t.sigma = math.Sqrt(squares / freedom)
		}
		t.limits = t.sigma > 1e-100
	case benchmark.Count, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
}

// tails returns the probability of a figure as high, and as low, by chance alone.
func (t truth) tails(f benchmark.Figure) (high, low float64) {
	logs := func(k, of float64) float64 { a, _ := math.Lgamma(k + 1); b, _ := math.Lgamma(of - k + 1); return a + b }
	var term func(k float64) float64
	last := f.Denominator
	switch t.v.Indicator.Kind {
	case benchmark.Proportion:
		n, _ := math.Lgamma(f.Denominator + 1)
		term = func(k float64) float64 {
			return math.Exp(n - logs(k, f.Denominator) + k*math.Log(t.centre) + (f.Denominator-k)*math.Log1p(-t.centre))
		}
	case benchmark.Rate:
		expected := t.centre * f.Denominator
		last = max(f.Numerator, expected) + 20*math.Sqrt(expected) + 60
		term = func(k float64) float64 {
			g, _ := math.Lgamma(k + 1)
			return math.Exp(k*math.Log(expected) - expected - g)
		}
	case benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
		z := (f.Value - t.centre) / (t.sigma / math.Sqrt(f.N))
		return math.Erfc(z/math.Sqrt2) / 2, math.Erfc(-z/math.Sqrt2) / 2
	}
	for k := f.Numerator; k <= last; k++ {
		high += term(k)
	}
	for k := 0.0; k <= f.Numerator; k++ {
		low += term(k)
	}
	return high, low
}

// side is 2 above the 99.8 % line, 1 above the 95 %, 0 within, and below 0 below
// them; sure is false so close to a line that rounding decides.
func (t truth) side(f benchmark.Figure) (side int, sure bool) {
	key := f
	key.SD = nil
	known, ok := t.sides[key]
	if !ok {
		known.side, known.sure = t.judge(f)
		t.sides[key] = known
	}
	return known.side, known.sure
}

func (t truth) judge(f benchmark.Figure) (side int, sure bool) {
	high, low := t.tails(f)
	sure = true
	for _, line := range []float64{0.025, 0.001} {
		for _, p := range []float64{high, low} {
			sure = sure && math.Abs(p/line-1) > 1e-6
		}
	}
	switch {
	case high <= 0.001:
		return 2, sure
	case low <= 0.001:
		return -2, sure
	case high <= 0.025:
		return 1, sure
	case low <= 0.025:
		return -1, sure
	}
	return 0, sure
}

// angle carries a value to where its variance is that of its size alone.
func (t truth) angle(x, size float64) (y, variance float64) {
	switch t.v.Indicator.Kind {
	case benchmark.Proportion:
		return math.Asin(math.Sqrt(x)), 1 / (4 * size)
	case benchmark.Rate:
		return math.Sqrt(x / t.centre), 1 / (4 * t.centre * size)
	case benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	return x, t.sigma * t.sigma / size
}

func (t truth) natural(f benchmark.Figure) (x, size, variance float64) {
	switch t.v.Indicator.Kind {
	case benchmark.Proportion:
		return f.Numerator / f.Denominator, f.Denominator, t.centre * (1 - t.centre) / f.Denominator
	case benchmark.Rate:
		return f.Numerator / f.Denominator, f.Denominator, t.centre / f.Denominator
	case benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	return f.Value, f.N, t.sigma * t.sigma / f.N
}

// spread returns phi, tau² and whether a spread wider than chance may be claimed.
func (t truth) spread() (phi, tau2 float64, wide bool) {
	if !t.limits || len(t.public) < 10 {
		return 0, 0, false
	}
	var z []float64
	var pearson, w1, w2, freedom float64
	enough := true
	for _, m := range t.public {
		x, size, variance := t.natural(m.Figure)
		y, s2 := t.angle(x, size)
		y0, _ := t.angle(t.centre, size)
		z = append(z, (y-y0)/math.Sqrt(s2))
		w1, w2 = w1+1/s2, w2+1/(s2*s2)
		pearson += (x - t.centre) * (x - t.centre) / variance
		switch t.v.Indicator.Kind {
		case benchmark.Proportion:
			enough = enough && size*min(t.centre, 1-t.centre) >= 5
		case benchmark.Rate:
			enough = enough && size*t.centre >= 5
		case benchmark.Mean:
			if m.Figure.SD != nil {
				freedom += m.Figure.N - 1
			}
		case benchmark.Count, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
		}
	}
	sorted := slices.Sorted(slices.Values(z))
	low, high := type7(sorted, 0.1), type7(sorted, 0.9)
	sum := 0.0
	for _, x := range z {
		x = min(max(x, low), high)
		sum += x * x
	}
	n := float64(len(z))
	phi, tau2 = sum/n, max(0, sum-(n-1))/(w1-w2/w1)
	beyond := mathext.GammaIncRegComp((n-1)/2, pearson/2)
	if t.v.Indicator.Kind == benchmark.Mean {
		ratio := pearson / (n - 1)
		beyond = mathext.RegIncBeta(freedom/2, (n-1)/2, freedom/(freedom+(n-1)*ratio))
	}
	return phi, tau2, enough && phi > 1 && tau2 > 0 && beyond < 0.01
}

// beyond says whether a figure lies outside what chance gives, and outside what allows
// for a wide spread where there is one: 1 above, -1 below, 0 neither.
func (t truth) beyond(f benchmark.Figure) (side int, sure bool) {
	side, sure = t.side(f)
	side /= 2
	_, tau2, wide := t.spread()
	if side == 0 || !wide {
		return side, sure
	}
	x, size, _ := t.natural(f)
	y, s2 := t.angle(x, size)
	y0, _ := t.angle(t.centre, size)
	off := math.Abs(y-y0) / math.Sqrt(s2+tau2)
	if off <= stats.Level998.Z() {
		return 0, sure && math.Abs(off/stats.Level998.Z()-1) > 1e-9
	}
	return side, sure
}

func type7(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	k := int(at)
	if k+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[k] + (at-float64(k))*(sorted[k+1]-sorted[k])
}

// quartiles of what everybody sees.
func (t truth) quartiles() (low, middle, high float64, ok bool) {
	if len(t.public) < 3 || t.much() {
		return 0, 0, 0, false
	}
	var values []float64
	for _, m := range t.public {
		values = append(values, m.Value)
	}
	slices.Sort(values)
	return type7(values, 0.25), type7(values, 0.5), type7(values, 0.75), true
}
