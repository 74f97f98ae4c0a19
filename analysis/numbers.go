package analysis

import (
	"math"

	"roundtable/benchmark"
	"roundtable/locale"
)

// numbers writes an indicator's values in tables, all with as many decimals.
type numbers struct {
	l        *locale.Locale
	i        benchmark.Indicator
	largest  float64 // of the values as shown
	fraction bool    // one of them isn't whole
}

func newNumbers(l *locale.Locale, i benchmark.Indicator, marks []benchmark.Mark) *numbers {
	n := &numbers{l: l, i: i}
	for _, m := range marks {
		n.typical(m.Value)
	}
	return n
}

// typical takes a value into account that will be written.
func (n *numbers) typical(x float64) {
	n.largest = max(n.largest, math.Abs(x))
	n.fraction = n.fraction || x != math.Trunc(x)
}

// quotient says whether values are multiplied to be shown.
func (n *numbers) quotient() bool {
	return n.i.Kind == benchmark.Proportion || n.i.Kind == benchmark.Rate
}

func (n *numbers) decimals() int {
	switch {
	case n.i.Kind == benchmark.Proportion && n.i.Factor() == 100:
		return 1
	case n.largest >= 1000:
		return 0
	case n.largest >= 10 || n.largest == 0:
		return 1
	}
	return min(6, 2-int(math.Floor(math.Log10(n.largest))))
}

// value writes one as shown.
func (n *numbers) value(x float64) string {
	if n.i.Kind == benchmark.YesNo {
		if x == 1 {
			return n.l.T("chart.answer.yes")
		}
		return n.l.T("chart.answer.no")
	}
	if !n.quotient() && !n.fraction {
		return n.l.Decimal(x)
	}
	return n.limit(x)
}

func (n *numbers) limit(x float64) string {
	if n.i.Kind == benchmark.Proportion && n.i.Factor() == 100 {
		return n.l.Percent(x/100, n.decimals())
	}
	return n.l.Number(x, n.decimals())
}

// span writes a range on the natural scale.
func (n *numbers) span(low, high float64) string {
	return n.limit(low*n.i.Factor()) + " – " + n.limit(high*n.i.Factor())
}

// figure writes what a value was made of.
func (n *numbers) figure(f benchmark.Figure) string {
	switch {
	case n.quotient():
		return n.l.Decimal(f.Numerator) + " / " + n.l.Decimal(f.Denominator)
	case f.N > 0:
		return "n " + n.l.Decimal(f.N)
	}
	return ""
}
