package chart

import (
	"slices"
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
	said := c.altSentences()
	text := strings.Join(wordsOf(said), " ")
	list := said[len(said)-1]
	if list.claim.Says != "alt.values" {
		return truncateAlt(text, MaxAlt-1)
	}
	return withItems(l, text, c.altValues(list.claim.Marks))
}

// altSentences are what it says, the last with the marks whose values follow, when
// there are any.
func (c viewText) altSentences() []Sentence {
	v := c.v
	finding := say(c.l, c.unit, c.headlineClaim())
	finding.text += "."
	said := append(sayAll(c.l, c.unit, []Claim{{Says: "alt.kind." + c.pictureKind(), Title: v.Indicator.Title, Periods: []string{v.Period.ID}}}), finding)
	said = append(said, sayAll(c.l, c.unit, c.levelsClaims(), c.middleClaims(), c.commonClaims(), c.squaresClaims(), c.dispersionClaims(),
		c.targetClaims(), c.withheldClaims())...)
	if marks := altMarks(v); len(marks) > 0 {
		said = append(said, say(c.l, c.unit, Claim{Says: "alt.values", Count: len(marks), Marks: marks}))
	}
	return said
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

// levelsClaims say how many gave each answer on a scale.
func (c viewText) levelsClaims() []Claim {
	lv, ok := newLevels(c)
	if c.v.Indicator.Kind != benchmark.Scale || c.v.Visibility == benchmark.Own || !ok {
		return nil
	}
	return []Claim{{Says: "alt.levels", Counts: lv.counts, Levels: c.v.Indicator.Levels}}
}

// squaresClaims name those outside the limits, as squares do for those who
// see.
func (c viewText) squaresClaims() []Claim {
	var outside []view.Mark
	for _, m := range shownMarks(c.v) {
		if m.Point.Flag.Outside(stats.Level998) {
			outside = append(outside, m)
		}
	}
	switch {
	case len(outside) > 0:
		return []Claim{{Says: "alt.outside", Marks: outside}}
	case c.v.Visibility != benchmark.Own && c.v.Funnel.Reason == stats.Drawn && !c.v.Funnel.Dispersion.Found:
		return claiming("alt.outside-none")
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
		if c.v.Funnel.Reason != stats.Drawn {
			return "funnel-alone" // no limits
		}
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
func withItems(l *locale.Locale, text string, items []string) string {
	for n := len(items); n > 0; n-- {
		list := strings.Join(items[:n], "; ")
		if left := len(items) - n; left > 0 {
			list += "; " + l.T("caption.more", "Count", left)
		}
		if whole := text + " " + list + "."; utf8.RuneCountInString(whole) < MaxAlt {
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
