package analysis

import (
	"bufio"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/period"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/locale"
	"roundtable/stats"
)

// maxLineWidth is where paragraphs are broken, in characters.
const maxLineWidth = 92

// WriteText writes the analysis for people to read, in a language: for each
// indicator what kind it was taken for and why, what can be said of each period
// and each organisation, and the figures in tables. Errors are those of w.
func (a *Analysis) WriteText(w io.Writer, l *locale.Locale) error {
	t := writer{out: bufio.NewWriter(w), l: l}
	t.remarks(a.source)
	for _, s := range a.subjects {
		t.subject(a, s)
	}
	if len(a.subjects) == 0 {
		t.paragraph(l.T("analysis.nothing"))
	}
	if len(a.source.Figures.Hidden) > 0 {
		t.paragraph(l.T("analysis.purpose-withheld"))
	} else {
		t.paragraph(l.T("analysis.purpose"))
	}
	return t.out.Flush()
}

// writer writes text in a language; the first error is kept by the buffer.
type writer struct {
	out *bufio.Writer
	l   *locale.Locale
}

func (t writer) subject(a *Analysis, s subject) {
	t.heading(s.indicator.Title, "=")
	kind := t.l.T("analysis.kind." + string(s.indicator.Kind))
	if basis := a.basis(s.indicator.ID); basis != "" {
		t.paragraph(t.l.T("analysis.inferred", "Kind", kind, "Basis", t.l.T("analysis.basis."+string(basis))))
	} else {
		t.paragraph(t.l.T("analysis.by-template", "Kind", kind))
	}
	for _, v := range s.views {
		t.heading(t.l.Period(v.Period.ID), "-")
		t.paragraph(chart.Caption(t.l, v).String())
		t.table(t.comparison(v))
	}
	for _, o := range s.series {
		if len(o.series.Points) > 1 {
			t.heading(t.overTimeOf(s, o), "-")
			t.paragraph(chart.TrendCaption(t.l, o.series).String())
			t.table(t.overTime(o))
		}
	}
}

// overTimeOf is the heading of a series, with the length of its periods where the
// organisation has several.
func (t writer) overTimeOf(s subject, o ownSeries) string {
	name, several := o.series.Organisation, 0
	for _, other := range s.series {
		if other.series.Organisation == name {
			several++
		}
	}
	if several < 2 {
		return t.l.T("analysis.over-time", "Organisation", name)
	}
	length := o.series.Points[0].Period.Length()
	if !slices.Contains(period.Lengths(), length) {
		length = period.Years
	}
	return t.l.T("analysis.over-time-of", "Organisation", name, "Length", t.l.T("analysis.length."+string(length)))
}

func (t writer) line(text string) { _, _ = t.out.WriteString(text + "\n") }

func (t writer) heading(text, under string) {
	t.line(text)
	t.line(strings.Repeat(under, utf8.RuneCountInString(text)))
}

// paragraph breaks text between words, and ends in a blank line. No-break spaces
// hold a number and its unit together.
func (t writer) paragraph(text string) {
	current := ""
	for word := range strings.SplitSeq(text, " ") {
		if current != "" && utf8.RuneCountInString(current+" "+word) > maxLineWidth {
			t.line(current)
			current = ""
		}
		if current != "" {
			current += " "
		}
		current += word
	}
	t.line(current)
	t.line("")
}

// table writes rows with their columns aligned: the first to the left, and those
// that hold words; numbers to the right. Columns without anything are left out.
func (t writer) table(rows []row) {
	widths := make([]int, len(rows[0].cells))
	for k := range widths {
		for _, r := range rows[1:] {
			widths[k] = max(widths[k], utf8.RuneCountInString(r.cells[k]))
		}
		if widths[k] > 0 {
			widths[k] = max(widths[k], utf8.RuneCountInString(rows[0].cells[k]))
		}
	}
	for _, r := range rows {
		var b strings.Builder
		for k, text := range r.cells {
			if widths[k] == 0 {
				continue
			}
			pad := strings.Repeat(" ", widths[k]-utf8.RuneCountInString(text))
			if rows[0].words[k] {
				b.WriteString("  " + text + pad)
			} else {
				b.WriteString("  " + pad + text)
			}
		}
		t.line(strings.TrimRight(b.String(), " "))
	}
	t.line("")
}

// row of a table; words, of the first row, says which columns hold words.
type row struct {
	cells []string
	words []bool
}

func (t writer) comparison(v view.View) []row {
	values := make([]float64, len(v.Marks))
	for k, m := range v.Marks {
		values[k] = m.Value
	}
	w := newNumberFormat(t.l, v.Indicator, values)
	rows := []row{{
		cells: []string{
			t.l.T("analysis.column.organisation"), t.l.T("analysis.column.figure"), t.l.T("analysis.column.value"),
			t.l.T("analysis.column.interval"), t.l.T("analysis.column.limits95"), t.l.T("analysis.column.limits998"),
			t.l.T("analysis.column.flag"), t.l.T("analysis.column.adjusted"),
		},
		words: []bool{true, false, false, false, false, false, true, true},
	}}
	for _, m := range v.Marks {
		cells := []string{m.Label, w.figure(m.Figure), w.value(m.Value), "", "", "", "", ""}
		if in := interval(v.Indicator, m.Figure); in != nil {
			cells[3] = w.span(in[0], in[1])
		}
		if m.Point.Flag != stats.None {
			l := m.Point.Limits
			cells[4], cells[5] = w.span(l.Low95, l.High95), w.span(l.Low998, l.High998)
			cells[6] = t.l.T("analysis.flag." + m.Point.Flag.String())
			if v.Funnel.Dispersion.Found {
				cells[7] = t.l.T("analysis.flag." + m.Point.AdjustedFlag.String())
			}
		}
		rows = append(rows, row{cells: cells})
	}
	return rows
}

func (t writer) overTime(o ownSeries) []row {
	values := make([]float64, len(o.series.Points))
	for k, p := range o.series.Points {
		values[k] = p.Value
	}
	w := newNumberFormat(t.l, o.series.Indicator, values)
	rows := []row{{
		cells: []string{
			t.l.T("analysis.column.period"), t.l.T("analysis.column.figure"), t.l.T("analysis.column.value"),
			t.l.T("analysis.column.limits"), t.l.T("analysis.column.signal"),
		},
		words: []bool{true, false, false, false, true},
	}}
	for i, p := range o.control.Points {
		at := o.series.Points[i]
		cells := []string{t.l.Period(at.Period.ID), w.figure(at.Figure), w.value(at.Value), "", ""}
		if p.HasLimits {
			low := p.Low
			if o.series.Indicator.Kind != benchmark.Mean { // nothing else can be below 0
				low = max(low, 0)
			}
			cells[3] = w.span(low, p.High)
		}
		if p.Signal != stats.NoSignal {
			cells[4] = t.l.T("analysis.signal." + p.Signal.String())
		}
		rows = append(rows, row{cells: cells})
	}
	return rows
}

// numberFormat writes an indicator's values in tables, all with as many decimals as
// suit them; what would read as zero with these, and isn't, keeps two digits.
type numberFormat struct {
	l        *locale.Locale
	i        benchmark.Indicator
	decimals int
	fraction bool // a value isn't whole
}

// newNumberFormat takes the values as shown.
func newNumberFormat(l *locale.Locale, i benchmark.Indicator, values []float64) numberFormat {
	n := numberFormat{l: l, i: i, decimals: 1}
	var sizes []float64 // of those other than zero
	for _, x := range values {
		if x != 0 {
			sizes = append(sizes, math.Abs(x))
		}
		n.fraction = n.fraction || x != math.Trunc(x)
	}
	if len(sizes) == 0 {
		return n
	}
	usual := slices.Max(sizes) // one far value doesn't take the others' decimals
	if _, middle, _, ok := stats.Quartiles(sizes); ok {
		usual = middle
	}
	switch largest := slices.Max(sizes); {
	case n.percent():
		n.decimals = max(1, 1-magnitude(usual))
	case usual >= 1000:
		n.decimals = 0
	case largest < 10:
		n.decimals = min(6, 2-magnitude(largest))
	}
	return n
}

// magnitude is the power of ten of a number's first digit.
func magnitude(x float64) int { return int(math.Floor(math.Log10(x))) }

// quotient says whether values are multiplied to be shown.
func (n numberFormat) quotient() bool {
	return n.i.Kind == benchmark.Proportion || n.i.Kind == benchmark.Rate
}

func (n numberFormat) percent() bool {
	return n.i.Kind == benchmark.Proportion && n.i.Factor() == 100
}

// value writes one as shown.
func (n numberFormat) value(x float64) string {
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

func (n numberFormat) limit(x float64) string {
	return n.written(x, locale.KeepDigits(x, n.decimals))
}

func (n numberFormat) written(x float64, decimals int) string {
	if n.percent() {
		return n.l.Percent(x/100, decimals)
	}
	return n.l.Number(x, decimals)
}

// span writes a range on the natural scale, its ends with the decimals of the table: one end
// that is nearly nothing is no reason to write more of it than of the others.
func (n numberFormat) span(low, high float64) string {
	end := func(x float64) string { return n.written(x*n.i.Factor(), n.decimals) }
	return end(low) + " – " + end(high)
}

// figure writes what a value was made of.
func (n numberFormat) figure(f benchmark.Figure) string {
	switch {
	case n.quotient():
		return n.l.Decimal(f.Numerator) + " / " + n.l.Decimal(f.Denominator)
	case f.N > 0:
		return "n " + n.l.Decimal(f.N)
	}
	return ""
}
