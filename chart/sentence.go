package chart

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// Claim is what a sentence says, as data: the message that has its words names
// what is claimed, the other fields of whom and how much, before anything is
// rounded or shortened. The words are made of the claim and of nothing else, so that
// whatever is said can be checked against the figures. Fields that a message has
// no place for are zero.
type Claim struct {
	// Says is the message: "caption.headline.higher".
	Says string
	// Marks are the organisations that it speaks of, in the view's order and all of
	// them, also where words name some and count the others. Lower are those on the
	// other side, of a sentence that speaks of both.
	Marks, Lower []view.Mark
	// Values as shown, in the indicator's unit: one alone, or ends and middle.
	Value, Low, Middle, High float64
	// Target is one that people agreed on, and Phi a funnel's.
	Target, Phi float64
	// Numbers of organisations or rounds: how many, of how many.
	Count, Of int
	// Counts are of organisations by answer on a scale of so many Levels.
	Counts []int
	Levels int
	// Parts are what it lists, each a claim.
	Parts []Claim
	// Periods by their ids: the one that is spoken of, or the first and the last.
	Periods []string
	// Date and Words are of what people did, and Title of what is shown.
	Date         time.Time
	Words, Title string
}

// Sentence is something said, with what it claims. There is none without a claim.
type Sentence struct {
	text  string
	claim Claim
}

// String returns the words. A headline has no full stop.
func (s Sentence) String() string { return s.text }

// Claim returns what the words say, as data.
func (s Sentence) Claim() Claim { return s.claim }

// say puts a claim into words; nothing else makes a sentence.
func say(l *locale.Locale, u unit, c Claim) Sentence {
	var parts, periods, counts []string
	for _, p := range c.Parts {
		parts = append(parts, say(l, u, p).text)
	}
	for _, p := range c.Periods {
		periods = append(periods, l.Period(p))
	}
	for i, n := range c.Counts {
		counts = append(counts, strconv.Itoa(i+1)+": "+l.Integer(n))
	}
	var figure, answer, first, last string
	if len(c.Marks) == 1 {
		figure = figureText(l, u, c.Marks[0])
		answer = l.T("answer." + string(cmp.Or(c.Marks[0].Answer, benchmark.Value)))
	}
	if n := len(periods); n > 0 {
		first, last = periods[0], periods[n-1]
	}
	low, high := u.span(c.Low, c.High)
	return Sentence{claim: c, text: l.T(c.Says,
		"Value", u.value(c.Value), "Low", low, "Middle", u.number(c.Middle), "High", high,
		"Target", u.agreed(c.Target), "Phi", phiText(l, c.Phi),
		"Count", c.Count, "Organisations", c.Of, "Of", c.Of, "Levels", c.Levels, "Counts", strings.Join(counts, ", "),
		"Labels", listOf(l, labels(c.Marks)), "Lower", listOf(l, labels(c.Lower)),
		"Figure", figure, "Answer", answer, "Figures", listOf(l, figures(l, u, c.Marks)), "Rest", l.List(parts),
		"Period", first, "First", first, "Last", last, "Periods", l.List(periods),
		"Rows", strings.Join(rowTexts(l, u, c.Marks), "; "), "Short", u.short(c.Value), "From", u.short(c.Low), "To", u.short(c.High),
		"Date", l.Date(c.Date, time.UTC), "Words", withoutFullStop(c.Words), "Title", c.Title)}
}

// sayAll puts claims into words.
func sayAll(l *locale.Locale, u unit, claims ...[]Claim) []Sentence {
	var said []Sentence
	for _, some := range claims {
		for _, c := range some {
			said = append(said, say(l, u, c))
		}
	}
	return said
}

// phiText writes phi with as many decimals as tell it from 1.
func phiText(l *locale.Locale, phi float64) string {
	const most = 6
	decimals := 1
	for decimals < most && l.Number(phi, decimals) == l.Number(1, decimals) {
		decimals++
	}
	return l.Number(phi, decimals)
}

// figureText writes a mark's value, and what it is a share of.
func figureText(l *locale.Locale, u unit, m view.Mark) string {
	if !u.share {
		return u.value(m.Value)
	}
	return l.T("caption.of", "Value", u.value(m.Value), "Numerator", m.Figure.Numerator, "Denominator", m.Figure.Denominator)
}

// figures writes each mark's label and figure.
func figures(l *locale.Locale, u unit, marks []view.Mark) []string {
	texts := make([]string, len(marks))
	for i, m := range marks {
		texts[i] = l.T("caption.pair", "Label", m.Label, "Value", figureText(l, u, m))
	}
	return texts
}

// rowTexts writes each mark's label and what stands in its row: a short value, an answer, or
// why there is none.
func rowTexts(l *locale.Locale, u unit, marks []view.Mark) []string {
	texts := make([]string, len(marks))
	for i, m := range marks {
		label := m.Label
		if m.You {
			label = l.T("alt.you", "Label", label)
		}
		texts[i] = l.T("caption.pair", "Label", label, "Value", rowText(l, u, m))
	}
	return texts
}

// rowText is what stands in an organisation's row.
func rowText(l *locale.Locale, u unit, m view.Mark) string {
	switch {
	case m.Withheld != "":
		return l.T("chart.row.withheld")
	case m.Answer != benchmark.Value:
		return l.T("chart.row." + cmp.Or(string(m.Answer), "absent"))
	case u.answers && m.Value == 1:
		return l.T("chart.row.yes")
	case u.answers:
		return l.T("chart.row.no")
	}
	return u.short(m.Value)
}

func labels(marks []view.Mark) []string {
	texts := make([]string, len(marks))
	for i, m := range marks {
		texts[i] = m.Label
	}
	return texts
}

// maxListed is how many organisations or actions a sentence names before it
// counts the others.
const maxListed = 5

// listOf joins words into a list; beyond maxListed+1 it has maxListed and counts
// the rest.
func listOf(l *locale.Locale, words []string) string {
	if len(words) <= maxListed+1 {
		return l.List(words)
	}
	left := len(words) - maxListed
	return l.List(append(words[:maxListed:maxListed], l.T("caption.more", "Count", left)))
}

// withoutFullStop takes the full stop off words that will stand within a
// sentence.
func withoutFullStop(text string) string { return strings.TrimRight(strings.TrimSpace(text), ". ") }
