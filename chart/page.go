package chart

import "strings"

// page is the words over and under every picture: what it finds, what it is about, and
// how it was made.
type page struct {
	headline Sentence
	subtitle string
	notes    []Sentence
}

// said are its sentences.
func (p page) said() []Sentence { return append([]Sentence{p.headline}, p.notes...) }

// Places in a picture, in units: its margins, and baselines from its upper edge.
const (
	margin       = 14.0
	innerRight   = phoneWidth - margin
	innerWidth   = innerRight - margin
	headlineDown = 22.0
	underHead    = 16.5 // from the headline's baseline to the subtitle's
	lineDown     = 13.0 // from one line of small words to the next
)

var (
	headlinePen = pen{size: 15.5, bold: true, colour: ink}
	wordPen     = pen{size: 11, colour: secondary}
	namePen     = pen{size: 11, colour: ink}
	middlePen   = pen{size: 11, bold: true, colour: ink}
	tickPen     = pen{size: 10.5, colour: secondary}
	countPen    = pen{size: 10, colour: ink}
)

// head is the words over a picture, broken into lines.
type head struct {
	headline, subtitle       []string
	headlinePen, subtitlePen pen
}

func (p page) head() head {
	var h head
	h.headlinePen, h.headline = fitLines(p.headline.text, headlinePen, innerWidth)
	h.subtitlePen, h.subtitle = fitLines(p.subtitle, wordPen, innerWidth)
	return h
}

// bottom is how far down the head goes, to the lowest baseline.
func (h head) bottom() float64 {
	return headlineDown + underHead + lineDown*float64(len(h.subtitle)-1) + 1.2*headlinePen.size*float64(len(h.headline)-1)
}

func (h head) draw(s sheet) {
	y := headlineDown
	for i, text := range h.headline {
		if i > 0 {
			y += 1.2 * headlinePen.size
		}
		s.write(text, margin, s.down(y), h.headlinePen, startsAt)
	}
	y += underHead
	for i, text := range h.subtitle {
		s.write(text, margin, s.down(y+lineDown*float64(i)), h.subtitlePen, startsAt)
	}
}

// noteLines are the words under a picture, broken into lines.
func (p page) noteLines() []string {
	text := strings.Join(wordsOf(p.notes), " ")
	if text == "" {
		return nil
	}
	return wrap(text, tickPen, innerWidth)
}

// notesHeight is how high so many lines of notes are, with the margin under them.
func notesHeight(lines []string) float64 { return 8 + lineDown*float64(len(lines)) }

// drawNoteLines writes them, the first with its baseline so far down.
func (s sheet) drawNoteLines(lines []string, y float64) {
	for i, text := range lines {
		s.write(text, margin, s.down(y+lineDown*float64(i)), tickPen, startsAt)
	}
}

// maxLines of a text over a picture.
const maxLines = 2

// leastSize is how small letters may be.
const leastSize = 10.0

// fitLines breaks text into at most maxLines of a width: one line if a little
// smaller words do it, else two, in smaller words if it must be, and cut as a last
// resort.
func fitLines(text string, p pen, width float64) (pen, []string) {
	for little := p; little.size >= max(0.88*p.size, leastSize); little.size -= 0.5 {
		if little.width(text) <= width {
			return little, []string{text}
		}
	}
	lines := wrap(text, p, width)
	for smaller := p; len(lines) > maxLines && smaller.size-0.5 >= max(0.8*p.size, leastSize); {
		smaller.size -= 0.5
		if lines = wrap(text, smaller, width); len(lines) <= maxLines {
			return smaller, lines
		}
	}
	if len(lines) > maxLines {
		p.size = max(0.8*p.size, leastSize)
		lines = wrap(text, p, width)
	}
	if len(lines) > maxLines {
		lines = append(lines[:maxLines-1:maxLines-1], truncate(strings.Join(lines[maxLines-1:], " "), p, width))
	}
	return p, lines
}

// wrap breaks text between words into lines of a width. A word that is
// longer has a line of its own, cut.
func wrap(text string, p pen, width float64) []string {
	var lines []string
	current := ""
	// No-break spaces hold a number and its unit together.
	for word := range strings.SplitSeq(text, " ") {
		switch {
		case word == "":
		case current == "":
			current = word
		case p.width(current+" "+word) <= width:
			current += " " + word
		default:
			lines = append(lines, truncate(current, p, width))
			current = word
		}
	}
	return append(lines, truncate(current, p, width))
}

// truncate ends text that is wider than there is room for in an ellipsis.
func truncate(text string, p pen, width float64) string {
	if p.width(text) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 {
		letters = letters[:wholeLetters(letters, len(letters)-1)]
		if short := strings.TrimRight(string(letters), " ,.-") + "…"; p.width(short) <= width {
			return short
		}
	}
	return ""
}

// subtitle says what is measured, in what, and when.
func (c viewText) subtitle() string {
	return c.l.T("chart.subtitle", "Title", c.unit.title(c.v.Indicator), "Period", c.l.Period(c.v.Period.ID))
}
