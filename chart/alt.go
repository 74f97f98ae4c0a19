package chart

import (
	"strings"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/stats"
)

// MaxAlt is how long an alternative text may be, in characters. Slack takes
// 2,000 (image block, alt_text); a listener has patience for less.
const MaxAlt = 1500

// comparisonAlt says what the picture of a view shows: what kind it is, of what
// and when, the finding, and every shown organisation's value in the order of
// their labels.
func comparisonAlt(l *locale.Locale, v benchmark.View) string {
	c := captioner{l: l, v: v, unit: unitOf(l, v)}
	marks := shown(v)
	parts := []string{
		l.T("alt.kind."+c.pictureKind(), "Title", v.Indicator.Title, "Period", l.Period(v.Period.ID)),
		c.headline() + ".",
	}
	for _, sentences := range [][]string{c.middle(), c.altOutside(), c.target(), c.withheld()} {
		parts = append(parts, sentences...)
	}
	values := make([]string, len(marks))
	for i, m := range marks {
		label := m.Label
		if m.You {
			label = l.T("alt.you", "Label", m.Label)
		}
		values[i] = l.T("caption.pair", "Label", label, "Value", c.unit.short(m.Value))
	}
	return listed(l, strings.Join(parts, " "), l.T("alt.values", "Count", len(marks)), values)
}

// altOutside names those outside the limits, as squares do for those who see.
func (c captioner) altOutside() []string {
	var labels []string
	for _, m := range shown(c.v) {
		if m.Point.Flag.Outside(stats.Level998) {
			labels = append(labels, m.Label)
		}
	}
	switch {
	case len(labels) > 0:
		return []string{c.l.T("alt.outside", "Labels", c.some(labels))}
	case c.v.Visibility != benchmark.Own && c.v.Funnel.Reason == stats.Drawn:
		return []string{c.l.T("alt.outside-none")}
	}
	return nil
}

func (c captioner) pictureKind() string {
	switch {
	case c.v.Visibility == benchmark.Own:
		return "own"
	case c.v.Indicator.Kind == benchmark.Proportion, c.v.Indicator.Kind == benchmark.Rate:
		return "funnel"
	}
	return string(c.v.Indicator.Kind)
}

// listed ends a text in as many of the items as there is room for, and says how
// many are left out.
func listed(l *locale.Locale, text, title string, items []string) string {
	for n := len(items); n > 0; n-- {
		list := strings.Join(items[:n], "; ")
		if left := len(items) - n; left > 0 {
			list += "; " + l.T("caption.more", "Count", left)
		}
		if whole := text + " " + title + " " + list + "."; utf8.RuneCountInString(whole) < MaxAlt {
			return whole
		}
	}
	return clipped(text, MaxAlt-1)
}

// clipped ends a text that is too long in an ellipsis.
func clipped(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
