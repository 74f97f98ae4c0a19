package chart

import (
	"strings"
	"time"
)

const (
	breakSpace = 20.0 // over a frame, for a row of words
	leastWords = 60.0 // for which an action's words are begun
	signSize   = 5.0  // half of an action's sign
)

// cutLines marks where limits of their own begin, and says why.
func (t trend) cutLines(s sheet, f frame, cuts []segment, actions bool) {
	up := 6.0
	if actions {
		up += breakSpace
	}
	end := 0.0
	for _, c := range cuts {
		x := f.x.at(float64(c.at) - 0.5)
		s.stroke([]point{{x, f.bottom}, {x, f.top + up}}, 1.2, quiet, 3, 3)
		text := t.l.T("chart.rebase", "Reason", unstopped(c.reason))
		if c.version > 0 {
			text = t.l.T("chart.break", "Version", c.version)
		}
		text = cut(text, linePen, sheetWidth-margin-f.left)
		width := linePen.width(text)
		left := min(max(x-6, f.left), sheetWidth-margin-width)
		if left < end {
			continue
		}
		s.write(text, left, f.top+up+4, linePen, startsAt)
		end = left + width + 2*tickGap
	}
}

// actionMarks draws a sign where an action began, with as much of its words as
// there is room for.
func (t trend) actionMarks(s sheet, f frame, actions []Action) {
	y := f.top + 4 + signSize
	for i, a := range actions {
		place, _ := t.s.place(a.At)
		x := f.x.at(place)
		s.stroke([]point{{x, f.bottom}, {x, y}}, 1, ink, 2, 3)
		s.fill([]point{{x - signSize, y + signSize}, {x + signSize, y + signSize}, {x, y - signSize}}, ink)
		next := sheetWidth - margin
		if i+1 < len(actions) {
			following, _ := t.s.place(actions[i+1].At)
			next = f.x.at(following) - signSize
		}
		left := x + signSize + 4
		p := linePen
		p.colour = ink
		if next-left >= leastWords {
			text := cut(a.Text, p, next-left-tickGap)
			s.fill(box{left - 2, y - p.size/2, left + p.width(text) + 2, y + p.size/2}.corners(), paper) // over a cut's line
			s.write(text, left, y-0.35*p.size, p, startsAt)
		}
	}
}

// actionSentences say what was tried and when, the latest last.
func (t trend) actionSentences() []string {
	actions := t.s.shownActions()
	var sentences []string
	if left := len(actions) - mostListed; left > 0 {
		sentences = append(sentences, t.l.T("caption.trend.actions-earlier", "Count", left))
		actions = actions[left:]
	}
	for _, a := range actions {
		sentences = append(sentences, t.l.T("caption.trend.action", "Date", t.l.Date(a.At, time.UTC), "Text", unstopped(a.Text)))
	}
	return sentences
}

// cutSentences say where the definition changed, and where limits were made
// anew, and why.
func (t trend) cutSentences() []string {
	var periods, sentences []string
	for _, c := range t.s.cuts() {
		period := t.l.Period(t.s.Points[c.at].Period.ID)
		if c.version > 0 {
			periods = append(periods, period)
			continue
		}
		sentences = append(sentences, t.l.T("caption.trend.rebase", "Period", period, "Reason", unstopped(c.reason)))
	}
	if len(periods) > 0 {
		sentences = append([]string{t.l.T("caption.trend.break", "Periods", t.l.List(periods))}, sentences...)
	}
	return sentences
}

// rebased says whether the last stretch began with a rebase.
func (t trend) rebased() bool {
	cuts := t.s.cuts()
	return len(cuts) > 0 && cuts[len(cuts)-1].version == 0
}

// unstopped takes the full stop off words that will stand within a sentence.
func unstopped(text string) string { return strings.TrimRight(strings.TrimSpace(text), ". ") }
