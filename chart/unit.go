package chart

import (
	"math"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// unit writes an indicator's values as its language does, all with as many
// decimals as suit their size.
type unit struct {
	l        *locale.Locale
	percent  bool
	suffix   string // after the number; empty: none
	decimals int
	// whole values are written without decimals, and what lies between two of
	// them with one.
	whole bool
	// share: values are numerators over denominators, which are told too.
	share bool
	// answers: values are 1 for yes and 0 for no.
	answers bool
}

// unitOf returns how the view's values are written.
func unitOf(l *locale.Locale, v view.View) unit {
	var values []float64
	for _, m := range v.Marks {
		if m.HasValue {
			values = append(values, m.Value)
		}
	}
	typical := v.Middle
	if typical == 0 {
		for _, x := range values {
			typical = max(typical, math.Abs(x))
		}
	}
	return newUnit(l, v.Indicator, typical, values)
}

// newUnit returns how values of the indicator are written that are about as
// large as the typical one.
func newUnit(l *locale.Locale, i benchmark.Indicator, typical float64, values []float64) unit {
	u := unit{l: l, answers: i.Kind == benchmark.YesNo, suffix: strings.TrimSpace(i.Unit), decimals: locale.Decimals(typical)}
	switch i.Kind {
	case benchmark.Proportion:
		u.share = true
		u.percent = i.Factor() == 100 && (u.suffix == "" || u.suffix == "%")
		if !u.percent && u.suffix == "" {
			u.suffix = l.T("chart.per", "Number", i.Factor())
		}
	case benchmark.Rate:
		if u.suffix == "" {
			u.suffix = l.T("chart.per", "Number", i.Factor())
		}
	case benchmark.Count, benchmark.Scale, benchmark.YesNo, benchmark.Text:
		u.whole = true
	case benchmark.Mean, benchmark.Duration:
		u.whole = allWhole(values)
	}
	if u.suffix == "%" {
		u.percent = true
	}
	return u
}

func allWhole(values []float64) bool {
	for _, x := range values {
		if x != math.Trunc(x) {
			return false
		}
	}
	return len(values) > 0
}

// value writes x with its unit.
func (u unit) value(x float64) string {
	text := u.number(x)
	switch {
	case u.percent:
		return u.l.Percent(x/100, u.decimalsOf(x))
	case u.suffix == "":
		return text
	}
	return text + "\u00a0" + u.suffix
}

// number writes x without its unit.
func (u unit) number(x float64) string { return u.l.Number(x, u.decimalsOf(x)) }

func (u unit) decimalsOf(x float64) int {
	decimals := u.decimals
	switch {
	case x == 0, u.whole && x == math.Trunc(x):
		return 0
	case u.whole:
		decimals = 1
	}
	if decimals == 0 && math.Abs(x) < 10 && x != math.Trunc(x) { // beside values over 100
		decimals = 1
	}
	return locale.KeepDigits(x, decimals)
}

// rounded is x as it reads.
func (u unit) rounded(x float64) float64 {
	shift := math.Pow10(u.decimalsOf(x))
	if y := math.Round(x*shift) / shift; !math.IsInf(y, 0) && !math.IsNaN(y) {
		return y
	}
	return x
}

// title returns an indicator's title with its unit, if it has one, or the levels
// of its scale.
func (u unit) title(i benchmark.Indicator) string {
	title := i.Title
	if name := u.name(); name != "" {
		title = u.l.T("chart.titled", "Title", title, "Unit", name)
	}
	if i.Kind == benchmark.Scale {
		title = u.l.T("chart.titled-scale", "Title", title, "Levels", i.Levels)
	}
	return title
}

// name is what the unit is called in a subtitle; empty when there is none.
func (u unit) name() string {
	if u.percent {
		return "%"
	}
	return u.suffix
}

// span writes the ends of a range, the unit at its end only.
func (u unit) span(low, high float64) (from, to string) { return u.number(low), u.value(high) }

// short writes x with a unit of one sign, or without.
func (u unit) short(x float64) string {
	if u.percent {
		return u.value(x)
	}
	return u.number(x)
}

// agreed writes a value that people have chosen, such as a target: with its unit
// and the decimals that they gave it.
func (u unit) agreed(x float64) string {
	u.decimals, u.whole = 0, false
	for u.decimals < 4 && math.Round(x*math.Pow10(u.decimals)) != x*math.Pow10(u.decimals) {
		u.decimals++
	}
	return u.value(x)
}

// agreedShort is agreed with a unit of one sign, or without.
func (u unit) agreedShort(x float64) string {
	if !u.percent {
		u.suffix = ""
	}
	return u.agreed(x)
}
