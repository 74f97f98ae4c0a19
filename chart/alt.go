package chart

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
	"roundtable/stats"
)

// MaxAlt is how long an alternative text may be, in characters. Slack takes
// 2,000 (image block, alt_text); a listener has patience for less.
const MaxAlt = 1500

// comparisonAlt says what the picture of a view shows: what kind it is, of what
// and when, the finding, and every shown organisation's value in the order of
// their labels.
func comparisonAlt(l *locale.Locale, v view.View) string {
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	marks := altMarks(v)
	parts := []string{
		l.T("alt.kind."+c.pictureKind(), "Title", v.Indicator.Title, "Period", l.Period(v.Period.ID)),
		c.headline() + ".",
	}
	for _, sentences := range [][]string{c.levelsSentences(), c.middleSentences(), c.commonSentences(), c.squaresSentences(), c.dispersionSentences(), c.targetSentences(), c.withheldSentences()} {
		parts = append(parts, sentences...)
	}
	if v.Visibility == benchmark.Own && len(marks) == 0 {
		return truncateAlt(strings.Join(parts, " "), MaxAlt-1)
	}
	return withItems(l, strings.Join(parts, " "), l.T("alt.values", "Count", len(marks)), c.altValues(marks))
}

// altMarks are the marks that the picture shows: those with a value or, to a
// question of yes or no, all that answered.
func altMarks(v view.View) []view.Mark {
	if v.Indicator.Kind == benchmark.YesNo {
		return v.Marks
	}
	return shownMarks(v)
}

// altValues writes each mark's label and value.
func (c viewText) altValues(marks []view.Mark) []string {
	values := make([]string, len(marks))
	for i, m := range marks {
		label, value := m.Label, ""
		if m.You {
			label = c.l.T("alt.you", "Label", m.Label)
		}
		if c.v.Indicator.Kind == benchmark.YesNo {
			value = c.l.T("chart.answer." + answerWord(m))
		} else {
			value = c.unit.short(m.Value)
		}
		values[i] = c.l.T("caption.pair", "Label", label, "Value", value)
	}
	return values
}

// levelsSentences say how many gave each answer on a scale.
func (c viewText) levelsSentences() []string {
	lv, ok := newLevels(c)
	if c.v.Indicator.Kind != benchmark.Scale || c.v.Visibility == benchmark.Own || !ok {
		return nil
	}
	counts := make([]string, len(lv.counts))
	for i, n := range lv.counts {
		counts[i] = strconv.Itoa(i+1) + ": " + c.l.Integer(n)
	}
	return []string{c.l.T("alt.levels", "Counts", strings.Join(counts, ", "))}
}

// squaresSentences name those outside the limits, as squares do for those who
// see.
func (c viewText) squaresSentences() []string {
	var labels []string
	for _, m := range shownMarks(c.v) {
		if m.Point.Flag.Outside(stats.Level998) {
			labels = append(labels, m.Label)
		}
	}
	switch {
	case len(labels) > 0:
		return []string{c.l.T("alt.outside", "Labels", c.listOf(labels))}
	case c.v.Visibility != benchmark.Own && c.v.Funnel.Reason == stats.Drawn && !c.v.Funnel.Dispersion.Found:
		return []string{c.l.T("alt.outside-none")}
	}
	return nil
}

func (c viewText) pictureKind() string {
	switch {
	case c.v.Visibility == benchmark.Own && len(shownMarks(c.v)) == 0:
		return "public"
	case c.v.Visibility == benchmark.Own:
		return "own"
	case !c.v.MuchWithheld() && (c.v.Indicator.Kind == benchmark.Proportion || c.v.Indicator.Kind == benchmark.Rate):
		return "funnel"
	}
	if c.v.Indicator.Kind == benchmark.Scale || c.v.Indicator.Kind == benchmark.YesNo {
		return string(c.v.Indicator.Kind)
	}
	kind := "dots"
	if slices.ContainsFunc(shownMarks(c.v), func(m view.Mark) bool { return m.HasInterval }) {
		kind = "dots-bars"
	}
	if !c.v.HasSpread {
		kind += "-alone" // no band
	}
	return kind
}

// withItems ends a text in as many of the items as there is room for, and says
// how many are left out.
func withItems(l *locale.Locale, text, title string, items []string) string {
	for n := len(items); n > 0; n-- {
		list := strings.Join(items[:n], "; ")
		if left := len(items) - n; left > 0 {
			list += "; " + l.T("caption.more", "Count", left)
		}
		if whole := text + " " + title + " " + list + "."; utf8.RuneCountInString(whole) < MaxAlt {
			return whole
		}
	}
	return truncateAlt(text, MaxAlt-1)
}

// truncateAlt ends a text that is too long in an ellipsis.
func truncateAlt(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
