package chart

import (
	"math"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// answers draws how many said yes and no, without names: full dots and hollow ones, or of
// many, one bar that is divided.
type answers struct {
	viewText
	page    page
	head    head
	yes, no []view.Mark // you last
	lines   []string
	top     float64
}

const (
	leastDots  = 6  // answers; fewer are told in words
	mostDots   = 24 // more are one bar
	answerDot  = 6.5
	answerStep = 17.0
	answersTop = 12.0
	barTall    = 34.0
)

// newAnswers returns the answers of a view; ok is false where words name them.
func newAnswers(c viewText) (a answers, ok bool) {
	a = answers{viewText: c}
	for _, m := range shownMarks(c.v) {
		side := &a.no
		if m.Value == 1 {
			side = &a.yes
		}
		if *side = append(*side, m); m.You { // who you are among them is no place of yours
			continue
		}
	}
	for _, side := range [][]view.Mark{a.yes, a.no} {
		for i, m := range side {
			if m.You {
				side[i], side[len(side)-1] = side[len(side)-1], m
				break
			}
		}
	}
	if c.v.Visibility == benchmark.Own || len(a.yes)+len(a.no) < leastDots {
		return answers{}, false
	}
	a.page = page{headline: c.pictureHeadline(), subtitle: c.subtitle(), notes: append(c.missingNotes(), c.note("purpose"))}
	a.head, a.lines = a.page.head(), a.page.noteLines()
	a.top = a.head.bottom() + answersTop
	return a, true
}

func (a answers) asBar() bool { return len(a.yes)+len(a.no) > mostDots }

// left is where the dots begin, after the words for both sides.
func (a answers) left() float64 {
	widest := 0.0
	for _, text := range []string{a.told("yes", len(a.yes)), a.told("no", len(a.no))} {
		widest = max(widest, pen{size: 12.5, bold: true}.width(text))
	}
	return margin + widest + 10
}

func (a answers) told(answer string, count int) string {
	return a.l.T("chart.told."+answer, "Count", count)
}

// linesOf is how many lines of dots so many are.
func (a answers) linesOf(count int) float64 {
	perLine := math.Floor((innerRight - a.left()) / answerStep)
	return max(1, math.Ceil(float64(count)/perLine))
}

func (a answers) inner() float64 {
	if a.asBar() {
		return barTall + 22
	}
	return answerStep*(a.linesOf(len(a.yes))+a.linesOf(len(a.no))) + 8
}

func (a answers) height() float64 { return a.top + a.inner() + notesHeight(a.lines) + 6 }

func (a answers) draw(s sheet) {
	a.head.draw(s)
	if a.asBar() {
		a.drawBar(s)
	} else {
		down := a.drawDots(s, "yes", a.yes, a.top+answerStep/2)
		a.drawDots(s, "no", a.no, down+8)
	}
	s.drawNoteLines(a.lines, a.top+a.inner()+lineDown)
}

// drawDots draws one side, and returns how far down the next one is.
func (a answers) drawDots(s sheet, answer string, marks []view.Mark, down float64) float64 {
	p := pen{size: 12.5, bold: true, colour: ink}
	s.write(a.told(answer, len(marks)), margin, s.down(down+0.36*p.size), p, startsAt)
	x := a.left() + answerDot
	for _, m := range marks {
		if x+answerDot > innerRight {
			x, down = a.left()+answerDot, down+answerStep
		}
		colour := othersColour
		if m.You {
			colour = ownColour
		}
		s.disc(point{x, s.down(down)}, answerDot, colour)
		if answer == "no" {
			s.disc(point{x, s.down(down)}, answerDot-1.7, paper)
		}
		x += answerStep
	}
	return down + answerStep
}

// drawBar draws both sides as parts of one bar.
func (a answers) drawBar(s sheet) {
	share := float64(len(a.yes)) / float64(len(a.yes)+len(a.no))
	top := a.top + 18
	whole := box{margin, s.down(top + barTall), innerRight, s.down(top)}
	s.fill(whole.corners(), othersColour)
	at := margin + share*innerWidth
	if len(a.no) > 0 {
		s.fill(box{at + 1.5*min(1, float64(len(a.yes))), whole.bottom + 1.5, whole.right - 1.5, whole.top - 1.5}.corners(), paper)
	}
	yes, no := pen{size: 12.5, bold: true, colour: ink}, pen{size: 12.5, bold: true, colour: ink}
	for _, m := range a.yes {
		if m.You {
			yes.colour = ownColour
		}
	}
	for _, m := range a.no {
		if m.You {
			no.colour = ownColour
		}
	}
	s.write(a.told("yes", len(a.yes)), margin, s.down(top-5), yes, startsAt)
	s.write(a.told("no", len(a.no)), innerRight, s.down(top-5), no, endsAt)
}
