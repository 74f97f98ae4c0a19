package attack

import (
	"cmp"
	"math"
	"slices"

	"roundtable/benchmark"
)

// release is what was common to all at some time: means of some values in a row, of
// all that stood. A walk that knows how they are made finds more lives that give the
// same.
type release struct {
	values []valueAt
	means  []meanOf
}

// valueAt is one of the values: a secret, or else (-1) one that the attacker knows.
type valueAt struct {
	secret int
	value  float64
}

// meanOf is a mean of the values from one on, up to another, in their order; unit
// is the step to the next number as people read them.
type meanOf struct {
	from, to   int
	read, unit float64
}

// findReleases takes note of all that was common of an indicator in a round.
func (w *walk) findReleases(at slot) {
	var last benchmark.Common
	w.plan.live(func(k int, l *life, _ error) bool {
		r, opened := l.n.Round(at.round)
		if !opened || r.Common(at.indicator) == last {
			return true
		}
		last = r.Common(at.indicator)
		t, _ := l.n.TemplateVersion(r.Template)
		i, _ := t.Indicator(at.indicator)
		var of release
		for _, o := range l.n.RoundOrganisations(r) {
			v, ok := r.Submission(o.ID, i.ID)
			if x, is := v.Figure.Of(i); ok && is && v.Answer == benchmark.Value && !l.n.Withholds(r, i, o.ID, v.Figure) {
				of.values = append(of.values, valueAt{w.secretAt(o.ID, k), x})
			}
		}
		if of.means = meansIn(i, last, of.values); len(of.means) > 0 {
			w.releases = append(w.releases, of)
		}
		return true
	})
}

func (w *walk) secretAt(o benchmark.OrganisationID, step int) int {
	return slices.IndexFunc(w.secrets, func(s secret) bool {
		return s.slot.organisation == o && slices.Contains(s.stands, step)
	})
}

// meansIn returns which means of the values something common holds.
func meansIn(i benchmark.Indicator, c benchmark.Common, of []valueAt) []meanOf {
	many := len(of)
	if c.Organisations == 0 || c.Organisations != many {
		return nil
	}
	from, to := many/3, many-many/3
	if c.HasThirds {
		return []meanOf{
			{0, from, c.Low, stepAt(i, c.Low)}, {from, to, c.Middle, stepAt(i, c.Middle)}, {to, many, c.High, stepAt(i, c.High)},
		}
	}
	var values []float64
	for _, v := range of {
		values = append(values, v.value)
	}
	slices.Sort(values)
	// The more one person knows, the more are in the middle.
	for half := 3 + (many-3)%2; half <= many; half += 2 {
		from, to, sum := (many-half)/2, (many+half)/2, 0.0
		for _, x := range values[from:to] {
			sum += x
		}
		if m := (meanOf{from, to, c.Middle, stepAt(i, c.Middle)}); math.Abs(sum/float64(half)-m.read) <= 0.51*m.unit {
			return []meanOf{m}
		}
	}
	return nil
}

// stepAt is the step from a number to the next as people read them.
func stepAt(i benchmark.Indicator, x float64) float64 {
	digits := math.Floor(math.Log10(math.Max(math.Abs(x), 1e-4)))
	if i.Kind == benchmark.Count {
		digits = math.Max(0, digits)
	}
	return math.Pow10(int(math.Max(-4, digits-2)))
}

// mended moves other values until all means are again as they were read, with one
// that stays where it is; ok is false when that isn't found.
func (w *walk) mended(values []float64, fixed int) (ok bool) {
	for range 300 {
		of, m, by, found := w.wrong(values)
		if !found {
			return true
		}
		var free []int
		for _, v := range of[m.from:m.to] {
			if v.secret >= 0 && v.secret != fixed {
				free = append(free, v.secret)
			}
		}
		if len(free) == 0 {
			return false
		}
		w.dice.Shuffle(len(free), func(a, b int) { free[a], free[b] = free[b], free[a] })
		some := free[:1+w.dice.IntN(len(free))]
		for _, k := range some {
			i := w.secrets[k].indicator
			x := values[k] + by*float64(m.to-m.from)/float64(len(some))
			f := figureOf(i, x)
			if f.Check(i) != nil || isSmall(i, f, w.secrets[k].threshold) {
				continue
			}
			values[k], _ = f.Of(i)
		}
	}
	return false
}

// wrong returns one of the means that isn't as it was read, the values in their order, and
// by how much it must move.
func (w *walk) wrong(values []float64) (of []valueAt, m meanOf, by float64, found bool) {
	for _, at := range w.dice.Perm(len(w.releases)) {
		r := w.releases[at]
		of = slices.Clone(r.values)
		for k, v := range of {
			if v.secret >= 0 {
				of[k].value = values[v.secret]
			}
		}
		slices.SortStableFunc(of, func(a, b valueAt) int { return cmp.Compare(a.value, b.value) })
		for _, m := range r.means {
			sum := 0.0
			for _, v := range of[m.from:m.to] {
				sum += v.value
			}
			if by := m.read - sum/float64(m.to-m.from); math.Abs(by) > 0.49*m.unit {
				return of, m, by, true
			}
		}
	}
	return nil, meanOf{}, 0, false
}
