package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/locale"
)

// Progress is how far a round has come: who has answered what, and never with
// which value.
type Progress struct {
	Period     benchmark.Period
	Counts     benchmark.Progress
	Indicators []IndicatorProgress
	// Rows are the organisations by name or code. Where organisations don't see
	// each other there are none.
	Rows []ProgressRow
}

// IndicatorProgress is how many organisations have answered an indicator.
type IndicatorProgress struct {
	Title    string
	Answered int
}

// ProgressRow is one organisation's answers in the order of the indicators;
// empty for one that it has not answered.
type ProgressRow struct {
	Label   string
	Skipped bool
	Answers []benchmark.Answer
}

// ProgressOf returns how far a round has come. Organisations are named as the
// round's visibility has it: by name, by code, or not at all.
func ProgressOf(n *benchmark.Network, r *benchmark.Round) Progress {
	c := Progress{Period: r.Period, Counts: n.Progress(r)}
	t, _ := n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		c.Indicators = append(c.Indicators, IndicatorProgress{Title: i.Title})
	}
	for _, o := range n.RoundOrganisations(r) {
		row := ProgressRow{Label: o.Name, Skipped: r.Skipped[o.ID]}
		if r.Visibility != benchmark.Named {
			row.Label = o.Code
		}
		for k, i := range t.Indicators {
			v, ok := r.Submission(o.ID, i.ID)
			if ok {
				c.Indicators[k].Answered++
			}
			row.Answers = append(row.Answers, v.Answer)
		}
		if r.Visibility != benchmark.Own {
			c.Rows = append(c.Rows, row)
		}
	}
	sortRows(c.Rows)
	return c
}

func sortRows(rows []ProgressRow) {
	slices.SortStableFunc(rows, func(a, b ProgressRow) int {
		return cmp.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label))
	})
}

// RoundProgress draws how far a round has come as a PNG: who has answered what,
// or, of many organisations or where they don't see each other, how many have
// answered each indicator. It returns [ErrNoPicture] without organisations or
// indicators, and with more indicators than can be read.
func RoundProgress(l *locale.Locale, c Progress) (Picture, error) { return drawProgress(l, c, asPNG) }

// RoundProgressSVG is [RoundProgress] as an SVG.
func RoundProgressSVG(l *locale.Locale, c Progress) (Picture, error) {
	return drawProgress(l, c, asSVG)
}

const (
	maxProgressIndicators = 30 // indicators
	maxProgressRows       = 20 // organisations that are named
)

func drawProgress(l *locale.Locale, c Progress, f format) (Picture, error) {
	if c.Counts.Organisations == 0 || len(c.Indicators) == 0 || len(c.Indicators) > maxProgressIndicators {
		return Picture{}, fmt.Errorf("progress of %s: %w", c.Period.ID, ErrNoPicture)
	}
	p := progressPicture{l, c}
	return f.render(p, fileName("progress", c.Period.ID), p.alt())
}

// ProgressCaption returns what can be said of how far a round has come. It names
// nobody.
func ProgressCaption(l *locale.Locale, c Progress) Words {
	p := c.Counts
	u := unit{l: l}
	w := Words{Headline: say(l, u, Claim{Says: "caption.progress.headline", Count: p.Complete, Of: p.Organisations})}
	for _, part := range []struct {
		says  string
		count int
	}{
		{"caption.progress.begun", p.Begun},
		{"caption.progress.silent", p.Organisations - p.Complete - p.Begun - p.Skipped},
		{"caption.progress.skipped", p.Skipped},
	} {
		if part.count > 0 {
			w.Sentences = append(w.Sentences, say(l, u, Claim{Says: part.says, Count: part.count}))
		}
	}
	return w
}

// progressPicture draws how far a round has come, in one language.
type progressPicture struct {
	l *locale.Locale
	Progress
}

// named says whether organisations are drawn by name, rather than counted.
func (c progressPicture) named() bool { return len(c.Rows) > 0 && len(c.Rows) <= maxProgressRows }

func (c progressPicture) draw(s sheet) {
	method := "bars"
	if c.named() {
		method = "grid"
	}
	room := s.drawPage(page{
		ProgressCaption(c.l, c.Progress).Headline.String(),
		c.l.T("chart.progress.subtitle", "Period", c.l.Period(c.Period.ID)),
		c.l.T("chart.progress." + method),
	})
	if c.named() {
		c.drawGrid(s, room)
		return
	}
	c.drawBars(s, room)
}

// minTitleWidth is how wide a column must be to have its title over it; narrower
// ones have numbers.
const minTitleWidth = 80.0

// drawGrid draws a row for each organisation and a column for each indicator.
func (c progressPicture) drawGrid(s sheet, room box) {
	names := 0.0
	for _, r := range c.Rows {
		names = max(names, namePen.width(truncate(r.Label, namePen, maxLabelWidth)))
	}
	left := room.left + names + 14
	width := min((room.right-left)/float64(len(c.Indicators)), 180)
	top := room.top - 26
	height := min((top-room.bottom)/float64(len(c.Rows)), 34)
	for k, i := range c.Indicators {
		text := truncate(i.Title, linePen, width-10)
		if width < minTitleWidth {
			text = strconv.Itoa(k + 1)
		}
		s.write(text, left+width*(float64(k)+0.5), top+8, linePen, centred)
	}
	for j, r := range c.Rows {
		y := top - height*(float64(j)+0.5)
		name := namePen
		name.size = min(name.size, 0.82*height)
		s.stroke([]point{{room.left, y - height/2}, {left + width*float64(len(c.Indicators)), y - height/2}}, 1, gridColour)
		s.write(truncate(r.Label, name, maxLabelWidth), room.left, y-0.35*name.size, name, startsAt)
		for k, a := range r.Answers {
			s.drawAnswer(point{left + width*(float64(k)+0.5), y}, min(7, 0.32*height), a, r.Skipped)
		}
	}
}

// drawAnswer draws a disc for a value, a ring for another answer, and a short
// line where there is none; nothing for those who skip the round.
func (s sheet) drawAnswer(at point, r float64, a benchmark.Answer, skipped bool) {
	switch {
	case a == benchmark.Value:
		s.disc(at, r, ownColour)
	case a != "":
		s.disc(at, r, ownColour)
		s.disc(at, r-2, paper)
	case !skipped:
		s.stroke([]point{{at.x - r, at.y}, {at.x + r, at.y}}, 2, barColour)
	}
}

// drawBars draws how many have answered each indicator.
func (c progressPicture) drawBars(s sheet, room box) {
	height := min(room.height()/float64(len(c.Indicators)), 40)
	name := namePen
	name.size = min(name.size, 0.8*height)
	names, figures := 0.0, name.width(c.answered(c.Counts.Organisations))
	for _, i := range c.Indicators {
		names = max(names, name.width(truncate(i.Title, name, maxLabelWidth)))
	}
	left, right := room.left+names+14, room.right-figures-12
	for k, i := range c.Indicators {
		y := room.top - height*(float64(k)+0.5)
		half := min(9, 0.36*height)
		end := left + (right-left)*float64(i.Answered)/float64(c.Counts.Organisations)
		s.write(truncate(i.Title, name, maxLabelWidth), left-14, y-0.35*name.size, name, endsAt)
		s.fill(box{left, y - half, right, y + half}.corners(), innerBand)
		s.fill(box{left, y - half, end, y + half}.corners(), ownColour)
		s.write(c.answered(i.Answered), room.right, y-0.35*name.size, name, endsAt)
	}
}

func (c progressPicture) answered(n int) string {
	return c.l.T("chart.progress.of", "Answered", n, "Organisations", c.Counts.Organisations)
}

// alt says what the picture shows: how many have answered each indicator.
func (c progressPicture) alt() string {
	text := strings.Join(wordsOf(c.altSentences()), " ")
	items := make([]string, len(c.Indicators))
	for k, i := range c.Indicators {
		items[k] = c.l.T("caption.pair", "Label", i.Title, "Value", c.answered(i.Answered))
	}
	return withItems(c.l, text, items)
}

// altSentences are what it says before the indicators.
func (c progressPicture) altSentences() []Sentence {
	words := ProgressCaption(c.l, c.Progress)
	words.Headline.text += "."
	said := sayAll(c.l, unit{l: c.l}, []Claim{{Says: "alt.progress", Periods: []string{c.Period.ID}}})
	said = append(append(said, words.Headline), words.Sentences...)
	return append(said, say(c.l, unit{l: c.l}, Claim{Says: "alt.answered", Count: len(c.Indicators)}))
}
