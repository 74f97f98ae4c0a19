package attack

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"roundtable/benchmark"
)

// Where organisations don't see each other, something is computed from their
// figures. The attacker may know that much, and no more: for each figure there
// must be other lives, in which he sees the very same, where it is a tenth less,
// and where it is a tenth more. And none may be known without knowing whose it
// is: the smallest of the others' figures, the next, and so on, must each be
// able to be another too.
//
// One thing can't be helped. Thirds are shown only where the highest could be higher still:
// that they are shown tells that it isn't very much higher. Who is at such an edge must
// be able to be far from it, to the other side.
//
// Such lives are looked for by walking: from a life to another that looks the
// same, by changing some figures at once in ways that leave sums, orders or
// everything as it was.

const (
	tenth     = 0.1  // less and more that a figure must be able to be
	wide      = 0.3  // that it must be able to range over, where it lies at an edge
	hundredth = 0.01 // that one of a rank must be able to be otherwise, or a tenth of the spread
	longest   = 600  // lives that are tried before a figure is said to be pinned
)

// narrow returns the figures that the attacker can narrow down.
func (a *attack) narrow(all []secret, wanted func(secret) bool) []finding {
	groups := map[slot][]secret{} // by round and indicator
	for _, s := range all {
		if s.own && !s.small && len(s.stands) > 0 && isNumber(s.indicator.Kind) {
			at := slot{round: s.slot.round, indicator: s.slot.indicator}
			groups[at] = append(groups[at], s)
		}
	}
	var found []finding
	for _, at := range slices.SortedFunc(maps.Keys(groups), func(x, y slot) int {
		return cmp.Or(cmp.Compare(x.round, y.round), cmp.Compare(x.indicator, y.indicator))
	}) {
		if !slices.ContainsFunc(groups[at], wanted) {
			continue
		}
		w := newWalk(a, groups[at])
		w.findReleases(at)
		w.walk()
		found = append(found, w.pinned()...)
	}
	return found
}

func isNumber(k benchmark.Kind) bool {
	return k != benchmark.YesNo && k != benchmark.Text && k != benchmark.Scale
}

// walk goes from life to life.
type walk struct {
	*attack
	secrets []secret
	dice    *rand.Rand
	truth   []float64 // by secret
	now     []float64 // in the life where the walk is
	goals   []goal
	// releases are what was common to all at different times.
	releases []release
}

// goal is that something can be less than low, and that it can be more than high;
// of a rank, that it can be either.
type goal struct {
	secret int // in whose slot
	rank   int // among those that stand with it; -1: the figure itself
	among  []int
	truth  float64
	// less and more are what it must be able to be.
	less, more float64
	low, high  float64 // the lowest and highest so far
}

func newWalk(a *attack, secrets []secret) *walk {
	w := &walk{attack: a, secrets: secrets, dice: rand.New(rand.NewPCG(1, uint64(len(secrets))))}
	for _, s := range secrets {
		x, _ := a.plan.figure(s.at).Of(s.indicator)
		w.truth = append(w.truth, x)
	}
	w.now = slices.Clone(w.truth)
	for k, s := range secrets {
		g := goal{secret: k, rank: -1, truth: w.truth[k], low: w.truth[k], high: w.truth[k]}
		g.less, g.more = g.truth*(1-tenth), g.truth*(1+tenth)
		least := figureOf(s.indicator, g.less)
		if s.indicator.Kind == benchmark.Count {
			least.Value = math.Floor(g.less)
		}
		if isSmall(s.indicator, least, s.threshold) {
			g.less = g.truth // everybody sees that it isn't small
		}
		if figureOf(s.indicator, g.more).Check(s.indicator) != nil {
			g.more = g.truth // it can't be
		}
		w.goals = append(w.goals, g)
	}
	for _, among := range w.together() {
		x := w.sorted(among)
		by := tenth * (x[len(x)-1] - x[0])
		for rank := range among {
			g := goal{secret: among[rank], rank: rank, among: among, truth: x[rank], low: x[rank], high: x[rank]}
			g.less, g.more = g.truth-min(by, g.truth*hundredth), g.truth+min(by, g.truth*hundredth)
			w.goals = append(w.goals, g)
		}
	}
	return w
}

// together returns which secrets stood at the same time, each such set once.
func (w *walk) together() (sets [][]int) {
	at := map[int][]int{}
	for k, s := range w.secrets {
		for _, step := range s.stands {
			at[step] = append(at[step], k)
		}
	}
	for _, step := range slices.Sorted(maps.Keys(at)) {
		if !slices.ContainsFunc(sets, func(s []int) bool { return slices.Equal(s, at[step]) }) {
			sets = append(sets, at[step])
		}
	}
	return sets
}

func (w *walk) sorted(among []int) []float64 {
	var x []float64
	for _, k := range among {
		x = append(x, w.now[k])
	}
	slices.Sort(x)
	return x
}

// reached says whether the goal is.
func (g goal) reached() (below, above bool) {
	below, above = g.low <= g.less, g.high >= g.more
	switch {
	case g.rank >= 0:
		return below || above, below || above
	case g.high-g.low >= wide*math.Abs(g.truth):
		return true, true
	}
	return below, above
}

// open returns the goals that aren't reached yet.
func (w *walk) open() (open []goal) {
	for _, g := range w.goals {
		if below, above := g.reached(); !below || !above {
			open = append(open, g)
		}
	}
	return open
}

func (w *walk) walk() {
	for range longest {
		open := w.open()
		if len(open) == 0 {
			return
		}
		if w.dice.IntN(3) == 0 {
			w.now = slices.Clone(w.truth)
		}
		next, ok := w.step(open[w.dice.IntN(len(open))])
		if !ok || w.differs(w.planWith(next), len(w.plan.steps)) != "" {
			continue
		}
		w.now = next
		w.measure()
	}
}

// measure moves the bounds of every goal to where the walk is.
func (w *walk) measure() {
	for k := range w.goals {
		g := &w.goals[k]
		x := w.now[g.secret]
		if g.rank >= 0 {
			x = w.sorted(g.among)[g.rank]
		}
		g.low, g.high = min(g.low, x), max(g.high, x)
	}
}

func (w *walk) planWith(values []float64) plan {
	changed := map[place]benchmark.Figure{}
	for k, s := range w.secrets {
		if values[k] != w.truth[k] {
			changed[s.at] = figureOf(s.indicator, values[k])
		}
	}
	return w.plan.with(changed)
}

// step proposes another life that brings the goal nearer.
func (w *walk) step(g goal) (next []float64, ok bool) {
	next = slices.Clone(w.now)
	k := g.secret
	if g.rank >= 0 { // whoever has that rank now
		k = g.among[w.dice.IntN(len(g.among))]
	}
	below, above := g.reached()
	up := above == below && w.dice.IntN(2) == 0 || !above && below
	by := next[k] * (0.02 + 0.3*w.dice.Float64())
	if g.rank < 0 {
		beyond := tenth * (1.01 + w.dice.ExpFloat64()/2)
		by = math.Abs(next[k] - g.truth*(1-beyond))
		if up {
			by = math.Abs(g.truth*(1+beyond) - next[k])
		}
	}
	if !up {
		by = -by
	}
	units := w.units(k)
	if len(w.releases) > 0 && w.dice.IntN(3) > 0 { // whatever others must be then
		i := w.secrets[k].indicator
		next[k], _ = figureOf(i, next[k]+by).Of(i)
		if !w.mended(next, k) {
			return nil, false
		}
		return next, w.arePossible(next)
	}
	switch how := w.dice.IntN(5); {
	case how == 0 || len(units) == 1: // that one alone
		add(next, units[0], by)
	case how == 1: // it changes places with another
		j := units[1][0]
		next[k], next[j] = next[j], next[k]
	case how == 2: // it changes places with another, and then something between
		j := units[1][0]
		next[k], next[j] = next[j]+by/4, next[k]-by/4
	default: // what it gains, some others lose
		many := 1 + w.dice.IntN(min(4, len(units)-1))
		add(next, units[0], by)
		for _, unit := range units[1 : 1+many] {
			add(next, unit, -by/float64(many))
		}
	}
	return next, w.arePossible(next)
}

// arePossible says whether the values may be given and aren't small, and makes them what
// can be written.
func (w *walk) arePossible(next []float64) bool {
	for k, s := range w.secrets {
		if next[k] == w.now[k] {
			continue
		}
		f := figureOf(s.indicator, next[k])
		if f.Check(s.indicator) != nil || isSmall(s.indicator, f, s.threshold) {
			return false
		}
		next[k], _ = f.Of(s.indicator)
	}
	return true
}

func add(values []float64, unit []int, by float64) {
	for _, k := range unit {
		values[k] += by
	}
}

// units returns what moves together, the figure's own unit first and the others by
// chance: figures by themselves, or all that an organisation answered at any time.
func (w *walk) units(k int) (units [][]int) {
	wholly := w.dice.IntN(2) == 0
	of := map[slot]int{}
	for _, j := range append([]int{k}, w.dice.Perm(len(w.secrets))...) {
		at, known := of[w.secrets[j].slot]
		switch {
		case known && wholly && !slices.Contains(units[at], j):
			units[at] = append(units[at], j)
		case !known || (!wholly && j != k):
			of[w.secrets[j].slot] = len(units)
			units = append(units, []int{j})
		}
	}
	if w.dice.IntN(2) == 0 { // those that are nearest first: of such means are made
		slices.SortStableFunc(units[1:], func(x, y []int) int {
			return cmp.Compare(math.Abs(w.now[x[0]]-w.now[k]), math.Abs(w.now[y[0]]-w.now[k]))
		})
		if skip := w.dice.IntN(3); skip+1 < len(units) {
			units = slices.Delete(units, 1, 1+skip)
		}
	}
	return units
}

// pinned are the goals that were not reached.
func (w *walk) pinned() (found []finding) {
	for _, g := range w.open() {
		what, kind := "it", "figure"
		if g.rank >= 0 {
			what, kind = fmt.Sprintf("number %d of %d others", g.rank+1, len(g.among)), "somebody's figure"
		}
		how := fmt.Sprintf("%s is %.4g; seen the same only from %.4g to %.4g", what, g.truth, g.low, g.high)
		found = append(found, finding{w.secrets[g.secret], how, kind})
	}
	return found
}

// many people, so that any value can be written nearly as it is.
const many = 10000

// figureOf returns a figure of many people with about the value.
func figureOf(i benchmark.Indicator, x float64) benchmark.Figure {
	switch i.Kind {
	case benchmark.Proportion, benchmark.Rate:
		return benchmark.Figure{Numerator: math.Round(x / i.Factor() * many), Denominator: many}
	case benchmark.Mean, benchmark.Duration:
		return benchmark.Figure{Value: math.Round(x*1000) / 1000, N: many}
	case benchmark.Count:
		return benchmark.Figure{Value: math.Round(x)}
	case benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	return benchmark.Figure{}
}
