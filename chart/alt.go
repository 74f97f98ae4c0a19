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
const MaxAlt = 1000

// alt says what a picture shows: the finding, where the organisations lie, what stands in
// each row in the order of names, and what is hidden or missing.
func (c viewText) alt(d drawing) string { return joinAlt(c.l, c.unit, c.altSentences(d)) }

// joinAlt puts sentences together; of the rows among them as many as there is room for.
func joinAlt(l *locale.Locale, u unit, said []Sentence) string {
	at := slices.IndexFunc(said, func(s Sentence) bool { return s.claim.Says == "alt.rows" })
	if at < 0 {
		return truncateAlt(strings.Join(wordsOf(said), " "), MaxAlt-1)
	}
	before, after := strings.Join(wordsOf(said[:at]), " "), strings.Join(wordsOf(said[at+1:]), " ")
	texts := rowTexts(l, u, said[at].claim.Marks)
	for n := len(texts); n > 0; n-- {
		list := strings.Join(texts[:n], "; ")
		if left := len(texts) - n; left > 0 {
			list += "; " + l.T("caption.more", "Count", left)
		}
		if whole := strings.TrimSpace(before + " " + list + ". " + after); utf8.RuneCountInString(whole) < MaxAlt {
			return whole
		}
	}
	return truncateAlt(before+" "+after, MaxAlt-1)
}

// altSentences are what an alternative text says of a drawing.
func (c viewText) altSentences(d drawing) []Sentence {
	v := c.v
	finding := say(c.l, c.unit, c.headlineClaim())
	finding.text += "."
	about := []Claim{{Says: "alt.about", Title: v.Indicator.Title, Periods: []string{v.Period.ID}}}
	if v.Funnel.Dispersion.Found && finding.claim.Says != "caption.headline.wide-spread" {
		about = append(about, Claim{Says: "alt.wide"})
	}
	said := append([]Sentence{finding}, sayAll(c.l, c.unit, about, c.levelsClaims(), c.middleClaims(), c.commonClaims(), c.squaresClaims(), c.targetClaims())...)
	if marks := altMarks(d); len(marks) > 0 {
		said = append(said, say(c.l, c.unit, Claim{Says: "alt.rows", Marks: marks}))
	}
	return append(said, sayAll(c.l, c.unit, c.withheldClaims(), c.absentClaims(d))...)
}

// altMarks are those that a drawing has a row for, or few enough answers to name.
func altMarks(d drawing) []view.Mark {
	switch d := d.(type) {
	case rows:
		return d.marks
	case answers:
		if d.asBar() {
			return nil
		}
		return shownMarks(d.v)
	case strip:
		return d.own
	}
	return nil
}

// absentClaims say how many gave no value, where the rows don't.
func (c viewText) absentClaims(d drawing) []Claim {
	n := c.v.Counts
	missing := n.Organisations - n.Values
	for _, m := range altMarks(d) {
		if m.Answer != benchmark.Value {
			missing--
		}
	}
	if missing <= 0 || c.v.Visibility == benchmark.Own {
		return nil
	}
	return []Claim{{Says: "alt.missing", Count: missing}}
}

// levelsClaims say how many gave each answer on a scale.
func (c viewText) levelsClaims() []Claim {
	if c.v.Indicator.Kind != benchmark.Scale || c.v.Visibility == benchmark.Own || c.v.Indicator.Levels < 1 {
		return nil
	}
	counts := make([]int, c.v.Indicator.Levels)
	for _, m := range shownMarks(c.v) {
		if k := int(m.Value); k >= 1 && k <= len(counts) {
			counts[k-1]++
		}
	}
	return []Claim{{Says: "alt.levels", Counts: counts, Levels: c.v.Indicator.Levels}}
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
