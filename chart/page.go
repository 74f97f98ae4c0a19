package chart

import "strings"

// page is what surrounds every picture: what it finds, what it is about, and how
// it was made.
type page struct{ headline, subtitle, footnote string }

const margin = 20.0

var (
	headlinePen = pen{size: 27, bold: true, colour: ink}
	subtitlePen = pen{size: 18, colour: secondary}
	footnotePen = pen{size: 15, colour: secondary}
	tickPen     = pen{size: 17, colour: secondary}
	namePen     = pen{size: 17, colour: ink}
	linePen     = pen{size: 16, colour: secondary}
)

// drawPage writes the words around a picture, from the left, and returns the room
// that is left for it.
func (s sheet) drawPage(p page) box {
	room := box{margin, margin, sheetWidth - margin, sheetHeight - margin}
	headline, lines := fitLines(p.headline, headlinePen, room.width())
	y := sheetHeight - 12
	for _, text := range lines {
		y -= headline.size * 1.14
		s.write(text, room.left, y+headline.descent(), headline, startsAt)
	}
	y -= 4
	subtitle, lines := fitLines(p.subtitle, subtitlePen, room.width())
	for _, text := range lines {
		y -= subtitle.size * 1.25
		s.write(text, room.left, y+subtitle.descent(), subtitle, startsAt)
	}
	room.top = y - 14
	footnote, lines := fitLines(p.footnote, footnotePen, room.width())
	y = 14 + footnote.size*1.25*float64(len(lines)-1)
	room.bottom = y + footnote.size + 6
	for _, text := range lines {
		s.write(text, room.left, y, footnote, startsAt)
		y -= footnote.size * 1.25
	}
	return room
}

// minTextScale is how far words are made smaller, at most, before they are cut.
const minTextScale = 0.8

// maxLines of a text around a picture.
const maxLines = 2

// fitLines breaks text into at most maxLines of a width: one line if a little
// smaller words do it, else several, in smaller words if it must be, and cut as
// a last resort.
func fitLines(text string, p pen, width float64) (pen, []string) {
	for little := p; little.size >= 0.86*p.size; little.size-- {
		if little.width(text) <= width {
			return little, []string{text}
		}
	}
	for smaller := p; smaller.size >= minTextScale*p.size; smaller.size-- {
		if lines := wrap(text, smaller, width); len(lines) <= maxLines {
			return smaller, lines
		}
	}
	p.size *= minTextScale
	lines := wrap(text, p, width)
	last := strings.Join(lines[maxLines-1:], " ")
	return p, append(lines[:maxLines-1:maxLines-1], truncate(last, p, width))
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
		letters = letters[:len(letters)-1]
		if short := strings.TrimRight(string(letters), " ,.-") + "…"; p.width(short) <= width {
			return short
		}
	}
	return ""
}

// subtitle says what is measured, in what, when and, where definitions have
// versions, by which.
func (c viewText) subtitle() string {
	title := c.unit.title(c.v.Indicator)
	if c.v.Indicator.Since == 0 {
		return c.l.T("chart.subtitle-plain", "Title", title, "Period", c.l.Period(c.v.Period.ID))
	}
	return c.l.T("chart.subtitle", "Title", title, "Period", c.l.Period(c.v.Period.ID), "Version", c.v.Indicator.Since)
}

// purpose adds to a method what every picture says.
func (c viewText) purpose(method string) string {
	if c.v.Counts.Withheld > 0 && !ownWithheldFromOthers(c.v) {
		method += " " + c.l.T("chart.withheld", "Count", c.v.Counts.Withheld)
	}
	return strings.TrimSpace(method + " " + c.l.T("chart.purpose"))
}

func (c viewText) targetNote() []note {
	t := c.v.Indicator.Target
	if t == nil || !drawable(*t) {
		return nil
	}
	return []note{{c.l.T("chart.line.target", "Value", c.unit.agreedShort(*t)), *t, targetColour}}
}

// middleNotes are the words at the middle and the target.
func (c viewText) middleNotes() []note {
	var notes []note
	if c.v.HasMiddle {
		notes = append(notes, note{c.l.T("chart.line.middle", "Value", c.unit.short(c.v.Middle)), c.v.Middle, ink})
	}
	return append(notes, c.targetNote()...)
}
