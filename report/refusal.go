package report

import (
	"fmt"
	"math"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
)

// refusalWords says in which column of a figure the domain found what, and what
// to do.
func refusalWords(bad *benchmark.Refusal, f benchmark.Figure, i benchmark.Indicator) (column, problem, hint string) {
	switch bad.Reason {
	case refusal.Negative:
		column = first(f, i.Kind, sizes, func(x float64) bool { return x < 0 })
		return column, "the " + column + " is below zero", "a number of people, events or hours can't be"
	case refusal.NotWhole:
		column = first(f, i.Kind, counts, func(x float64) bool { return x != math.Trunc(x) })
		return column, "the " + column + " is not a whole number", "write how many were counted, not a percentage or a mean"
	case refusal.TooLarge, refusal.NotAFigure:
		column = first(f, i.Kind, sizes, func(x float64) bool { return !(math.Abs(x) <= limitOf(bad)) })
		return column, "the " + column + " is larger than anything measured in healthcare", "check the unit"
	case refusal.DenominatorZero:
		return colDenominator, "the denominator is zero", "leave the row out when there was nobody to count"
	case refusal.ExposureTiny:
		return colDenominator, fmt.Sprintf("the denominator is below %v", argument(bad, "Limit")), "check the unit, bed days for example"
	case refusal.NumeratorOverDenominator:
		return colNumerator, fmt.Sprintf("the numerator, %s, is larger than the denominator, %s", plain(f.Numerator), plain(f.Denominator)),
			"are the two changed over?"
	case refusal.NotOnScale:
		return colValue, quote(plain(f.Value)) + " is not on the scale", fmt.Sprintf("write a whole number from 1 to %d", i.Levels)
	case refusal.NotYesOrNo:
		return colValue, quote(plain(f.Value)) + " is neither yes nor no", "write yes or no"
	case refusal.NMissing:
		return colN, "the n is zero", "write of how many it is the mean"
	}
	return colValue, "the figure can't be: " + string(bad.Reason), ""
}

// What may be wrong in a figure, likeliest first. Counts have the smaller limit,
// so they stand before values.
var (
	counts = []string{colNumerator, colDenominator, colN, colValue}
	sizes  = []string{colNumerator, colDenominator, colN, colSD, colValue}
)

// first returns the first of the columns that the kind has and whose number is
// so.
func first(f benchmark.Figure, k benchmark.Kind, columns []string, is func(float64) bool) string {
	numbers := map[string]float64{colNumerator: f.Numerator, colDenominator: f.Denominator, colValue: f.Value, colN: f.N}
	if f.SD != nil {
		numbers[colSD] = *f.SD
	}
	for _, column := range columns {
		if is(numbers[column]) && slices.ContainsFunc(partsOf(k), func(p part) bool { return p.column == column }) {
			return column
		}
	}
	return colValue
}

func limitOf(bad *benchmark.Refusal) float64 {
	if limit, ok := argument(bad, "Limit").(float64); ok {
		return limit
	}
	return math.MaxFloat64
}

func argument(bad *benchmark.Refusal, name string) any {
	for k := 0; k+1 < len(bad.Args); k += 2 {
		if bad.Args[k] == name {
			return bad.Args[k+1]
		}
	}
	return nil
}
