package analysis

import (
	"bufio"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"roundtable/benchmark"
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
	for _, s := range a.subjects {
		t.subject(a, s)
	}
	if len(a.subjects) == 0 {
		t.paragraph(l.T("analysis.nothing"))
	}
	t.paragraph(l.T("analysis.purpose"))
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
			t.heading(t.l.T("analysis.over-time", "Organisation", o.series.Organisation), "-")
			t.paragraph(chart.TrendCaption(t.l, o.series).String())
			t.table(t.overTime(o))
		}
	}
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
	w := newNumberFormat(t.l, v.Indicator, v.Marks)
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
	w := newNumberFormat(t.l, o.series.Indicator, nil)
	for _, p := range o.series.Points {
		w.include(p.Value)
	}
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

// numberFormat writes an indicator's values in tables, all with as many decimals.
type numberFormat struct {
	l        *locale.Locale
	i        benchmark.Indicator
	largest  float64 // of the values as shown
	smallest float64 // of those other than 0; 0 while there is none
	fraction bool    // one of them isn't whole
}

func newNumberFormat(l *locale.Locale, i benchmark.Indicator, marks []view.Mark) *numberFormat {
	n := &numberFormat{l: l, i: i}
	for _, m := range marks {
		n.include(m.Value)
	}
	return n
}

// include takes into account a value that will be written.
func (n *numberFormat) include(x float64) {
	n.largest = max(n.largest, math.Abs(x))
	if x != 0 && (n.smallest == 0 || math.Abs(x) < n.smallest) {
		n.smallest = math.Abs(x)
	}
	n.fraction = n.fraction || x != math.Trunc(x)
}

// quotient says whether values are multiplied to be shown.
func (n *numberFormat) quotient() bool {
	return n.i.Kind == benchmark.Proportion || n.i.Kind == benchmark.Rate
}

// decimals are as many as the largest value needs, and enough that the smallest keeps
// two digits: a small share beside large ones doesn't read as 0.
func (n *numberFormat) decimals() int {
	const most, extra = 6, 3
	decimals := 1
	switch {
	case n.i.Kind == benchmark.Proportion && n.i.Factor() == 100:
	case n.largest >= 1000:
		decimals = 0
	case n.largest > 0 && n.largest < 10:
		decimals = min(most, 2-int(math.Floor(math.Log10(n.largest))))
	}
	if n.smallest > 0 && n.smallest < 0.5*math.Pow10(1-decimals) {
		decimals = max(decimals, min(most, decimals+extra, 1-int(math.Floor(math.Log10(n.smallest)))))
	}
	return decimals
}

// value writes one as shown.
func (n *numberFormat) value(x float64) string {
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

func (n *numberFormat) limit(x float64) string {
	if n.i.Kind == benchmark.Proportion && n.i.Factor() == 100 {
		return n.l.Percent(x/100, n.decimals())
	}
	return n.l.Number(x, n.decimals())
}

// span writes a range on the natural scale.
func (n *numberFormat) span(low, high float64) string {
	return n.limit(low*n.i.Factor()) + " – " + n.limit(high*n.i.Factor())
}

// figure writes what a value was made of.
func (n *numberFormat) figure(f benchmark.Figure) string {
	switch {
	case n.quotient():
		return n.l.Decimal(f.Numerator) + " / " + n.l.Decimal(f.Denominator)
	case f.N > 0:
		return "n " + n.l.Decimal(f.N)
	}
	return ""
}
