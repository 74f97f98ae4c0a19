package view

import (
	"cmp"
	"slices"

	"roundtable/benchmark"
)

// The best organisations whose level is achievable: so many at least, and of all
// denominators so much.
const (
	fewestBest = 3
	shareBest  = 10 // one in so many
)

// Achievable returns what the organisations with the most favourable shares reach
// together, as shown: the pared mean of Kiefe and Weissman (1998), over the fewest of
// them that are at least three and hold a tenth of all denominators. Small ones don't
// lead by chance, as each counts as having one favourable and one other more
// ((x + 1)/(n + 2)); those that tie are taken together.
//
// It is there for proportions with a direction only, and the same for every viewer. ok is
// false where organisations don't see each other, where fewer than three have a share, and
// where one is withheld: it may be among the best, and they aren't told apart.
// Neither is it there where it takes all of them: it says no more than what they have
// together.
func (v View) Achievable() (level float64, ok bool) {
	i := v.Indicator
	directed := i.Direction == benchmark.Higher || i.Direction == benchmark.Lower
	if i.Kind != benchmark.Proportion || !directed || v.Visibility == benchmark.Own || v.Counts.Withheld > 0 {
		return 0, false
	}
	type share struct{ favourable, of, adjusted float64 }
	var all []share
	total := 0.0
	for _, m := range v.toAll() {
		s := share{favourable: m.Figure.Numerator, of: m.Figure.Denominator}
		if i.Direction == benchmark.Lower {
			s.favourable = s.of - s.favourable
		}
		s.adjusted = (s.favourable + 1) / (s.of + 2)
		all, total = append(all, s), total+s.of
	}
	if len(all) < fewestBest {
		return 0, false
	}
	slices.SortFunc(all, func(a, b share) int { return cmp.Compare(b.adjusted, a.adjusted) })
	favourable, of, taken := 0.0, 0.0, 0
	for k, s := range all {
		tied := k > 0 && s.adjusted == all[k-1].adjusted
		if k >= fewestBest && of*shareBest >= total && !tied {
			break
		}
		favourable, of, taken = favourable+s.favourable, of+s.of, taken+1
	}
	if of == 0 || taken == len(all) {
		return 0, false
	}
	if i.Direction == benchmark.Lower {
		favourable = of - favourable
	}
	return favourable / of * i.Factor(), true
}
