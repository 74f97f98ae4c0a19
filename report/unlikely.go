package report

import (
	"fmt"
	"maps"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/locale"
	"roundtable/mistake"
)

// Unlikely returns a [mistake.List] of those figures of a file that are in doubt, as
// [benchmark.UnlikelyRecorded] says: one for each kind of doubt and indicator, with its
// lines; nil when there are none. The numbers of the doubts are written as people read them,
// and text does that with a whole figure.
func (f Figures) Unlikely(name string, l *locale.Locale, doubts map[int]*benchmark.Refusal, text func(benchmark.IndicatorID, benchmark.Figure) string) error {
	told := mistakes{file: name, l: l}
	for _, k := range slices.Sorted(maps.Keys(doubts)) {
		row, doubt := f.Rows[k], doubts[k]
		args := []any{"Organisation", row.Organisation, "Indicator", row.Indicator, "Figure", text(row.Indicator, row.Figure)}
		for _, name := range []string{"Numerator", "Denominator", "Low", "High"} {
			args = append(args, name, fmt.Sprint(refusalArgument(doubt, name)))
		}
		if doubt.Reason == refusal.FarFromOwn {
			args = append(args, "Count", refusalArgument(doubt, "Count"))
		}
		told.tell(mistake.Place{Line: row.Line, Subject: string(row.Indicator)}, "figures.unlikely."+string(doubt.Reason), args...)
	}
	return told.err()
}
