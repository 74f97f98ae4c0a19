package benchmark

import (
	"math"

	"roundtable/benchmark/refusal"
	"roundtable/stats"
)

// Figure is what an organisation gives for one indicator. Which fields count
// depends on the indicator's kind; the others are zero.
//
//   - proportion: Numerator, Denominator
//   - rate: Numerator (events), Denominator (exposure)
//   - mean: Value, N, optionally SD
//   - count: Value
//   - duration: Value, optionally N and SD
//   - scale: Value, 1 to the indicator's Levels
//   - yes-no: Value, 1 for yes and 0 for no
//   - text: the text is the submission's Note
type Figure struct {
	Numerator   float64 `json:"numerator,omitempty"`
	Denominator float64 `json:"denominator,omitempty"`
	Value       float64 `json:"value,omitempty"`
	N           float64 `json:"n,omitempty"`
	// SD is the standard deviation; nil when not given.
	SD *float64 `json:"sd,omitempty"`
}

// maxFigure bounds every value that is taken: far above anything measured in
// healthcare, far below where whole numbers lose precision (2^53). What is
// counted is bounded by [stats.MaxSize].
const maxFigure = 1e12

// leastExposure bounds a rate's denominator from below; a smaller one is a
// mistake of unit, and would make rates that no picture holds.
const leastExposure = 1e-3

// Of returns the figure's value as it is shown for the indicator, in its unit.
// ok is false when there is none: a text, or nothing to divide by.
func (f Figure) Of(i Indicator) (value float64, ok bool) {
	switch i.Kind {
	case Proportion, Rate:
		if f.Denominator <= 0 {
			return 0, false
		}
		return f.Numerator / f.Denominator * i.Factor(), true
	case Mean, Count, Duration, Scale, YesNo:
		return f.Value, true
	case Text:
	}
	return 0, false
}

// Check refuses a figure that can't be what the indicator asks for; nil when it
// can. The reason names what is wrong, as it does when the figure is submitted.
func (f Figure) Check(i Indicator) *Refusal {
	if bad := f.checkSize(); bad != nil {
		return bad
	}
	if !f.same(f.only(i.Kind)) {
		return refuse(refusal.NotAFigure)
	}
	whole := func(x float64) bool { return x == math.Trunc(x) }
	switch i.Kind {
	case Proportion:
		switch {
		case f.Numerator < 0 || f.Denominator < 0:
			return refuse(refusal.Negative)
		case !whole(f.Numerator) || !whole(f.Denominator):
			return refuse(refusal.NotWhole)
		case f.Denominator == 0:
			return refuse(refusal.DenominatorZero)
		case f.Numerator > f.Denominator:
			return refuse(refusal.NumeratorOverDenominator, "Numerator", f.Numerator, "Denominator", f.Denominator)
		}
	case Rate:
		switch {
		case f.Numerator < 0 || f.Denominator < 0:
			return refuse(refusal.Negative)
		case !whole(f.Numerator):
			return refuse(refusal.NotWhole)
		case f.Denominator == 0:
			return refuse(refusal.DenominatorZero)
		case f.Denominator < leastExposure:
			return refuse(refusal.ExposureTiny, "Limit", leastExposure)
		}
	case Count:
		if f.Value < 0 {
			return refuse(refusal.Negative)
		}
		if !whole(f.Value) {
			return refuse(refusal.NotWhole)
		}
	case Mean, Duration:
		return f.checkMean(i)
	case Scale:
		if !whole(f.Value) || f.Value < 1 || f.Value > float64(i.Levels) {
			return refuse(refusal.NotOnScale, "Levels", i.Levels)
		}
	case YesNo:
		if f.Value != 0 && f.Value != 1 {
			return refuse(refusal.NotYesOrNo)
		}
	case Text:
	}
	return nil
}

func (f Figure) checkSize() *Refusal {
	parts := []float64{f.Numerator, f.Denominator, f.Value, f.N}
	if f.SD != nil {
		parts = append(parts, *f.SD)
	}
	for _, x := range parts {
		if !finite(x) {
			return refuse(refusal.NotAFigure)
		}
		if math.Abs(x) > maxFigure {
			return refuse(refusal.TooLarge, "Limit", maxFigure)
		}
	}
	for _, x := range []float64{f.Numerator, f.Denominator, f.N} {
		if x > stats.MaxSize {
			return refuse(refusal.TooLarge, "Limit", float64(stats.MaxSize))
		}
	}
	return nil
}

func (f Figure) checkMean(i Indicator) *Refusal {
	switch {
	case i.Kind == Duration && f.Value < 0, f.N < 0, f.SD != nil && *f.SD < 0:
		return refuse(refusal.Negative)
	case f.N != math.Trunc(f.N):
		return refuse(refusal.NotWhole)
	case i.Kind == Mean && f.N == 0:
		return refuse(refusal.NMissing)
	}
	return nil
}

// only returns the parts that count for the kind.
func (f Figure) only(k Kind) Figure {
	switch k {
	case Proportion, Rate:
		return Figure{Numerator: f.Numerator, Denominator: f.Denominator}
	case Mean, Duration:
		return Figure{Value: f.Value, N: f.N, SD: f.SD}
	case Count, Scale, YesNo:
		return Figure{Value: f.Value}
	case Text:
	}
	return Figure{}
}

// same says whether two figures are equal, part by part.
func (f Figure) same(g Figure) bool {
	sd := (f.SD == nil) == (g.SD == nil) && (f.SD == nil || *f.SD == *g.SD)
	return sd && f.Numerator == g.Numerator && f.Denominator == g.Denominator && f.Value == g.Value && f.N == g.N
}
