package chart

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark/period"
)

// marker is where something begins: a definition, limits, or what was tried.
type marker struct {
	x     float64
	flag  bool // what was tried
	title string
	words []string
	left  float64 // of its words; they have a place when they have a title
}

const (
	leastWords = 62.0  // that words need beside a marker
	mostWords  = 128.0 // wide
	wordLines  = 3     // under a title
	flagSize   = 8.0
)

// placedMarkers are the markers with as much of their words as there is room for; all are
// told beside the picture too.
func (d *trendDrawing) placedMarkers() []marker {
	var all []marker
	for _, c := range d.s.segments() {
		m := marker{x: d.x.at(d.edges[c.at]), title: d.l.T("chart.rebase"), words: []string{withoutFullStop(c.reason)}}
		if c.version > 0 {
			m.title, m.words = d.l.T("chart.version", "Version", c.version), []string{d.l.T("chart.break")}
		}
		all = append(all, m)
	}
	for _, a := range d.s.shownActions() {
		at, _ := d.s.positionOf(a.At)
		all = append(all, marker{
			x: d.x.at(at), flag: true, title: d.l.T("chart.flag"),
			words: []string{d.l.T("chart.flag-words", "Words", withoutFullStop(a.Text), "Date", d.l.ShortDate(a.At, time.UTC))},
		})
	}
	slices.SortStableFunc(all, func(a, b marker) int { return cmp.Compare(a.x, b.x) })
	taken := margin // to the right of the words that are placed
	for i := range all {
		next := innerRight
		if i+1 < len(all) {
			next = all[i+1].x - letterGap
		}
		all[i].place(taken, next)
		if all[i].title != "" {
			taken = all[i].right() + letterGap
		}
	}
	return all
}

// place finds room for a marker's words between two places: to its right, else to its left,
// else none.
func (m *marker) place(from, to float64) {
	begin := m.x - 4
	if m.flag {
		begin = m.x + 3
	}
	begin = max(begin, from)
	width := min(to-begin, mostWords)
	if width < leastWords {
		end := m.x - 3
		if width = min(end-from, mostWords); width < leastWords {
			m.title, m.words = "", nil
			return
		}
		m.breakWords(width)
		m.left = end - m.width()
		return
	}
	m.breakWords(width)
	m.left = begin
}

// breakWords breaks the words into lines of a width.
func (m *marker) breakWords(width float64) {
	m.title = truncate(m.title, middlePen, width-m.indent())
	lines := wrap(m.words[0], wordPen, width)
	if len(lines) > wordLines {
		rest := strings.Join(lines[wordLines-1:], " ")
		lines = append(lines[:wordLines-1:wordLines-1], truncate(rest+" …", wordPen, width))
	}
	m.words = lines
}

// indent is room for the flag.
func (m marker) indent() float64 {
	if m.flag {
		return flagSize + 4
	}
	return 0
}

func (m marker) width() float64 {
	widest := middlePen.width(m.title) + m.indent()
	for _, l := range m.words {
		widest = max(widest, wordPen.width(l))
	}
	return widest
}

func (m marker) right() float64 { return m.left + m.width() }

// linesOf is how many lines the words over the points take.
func linesOf(markers []marker) int {
	lines := 0
	for _, m := range markers {
		lines = max(lines, 1)
		if m.title != "" {
			lines = max(lines, 1+len(m.words))
		}
	}
	return lines
}

// drawMarkers draws where definitions and limits begin as dashed lines under their words, and
// what was tried as flags beside theirs.
func (d *trendDrawing) drawMarkers(s sheet) {
	first := d.head.bottom() + 19
	for _, m := range d.markers {
		beside := m.title == "" || m.left >= m.x || m.right() <= m.x
		top := first - 9
		if !m.flag && m.title != "" || !beside {
			top = first + 4 + lineDown*float64(len(m.words))
		}
		if m.flag {
			s.stroke([]point{{m.x, s.down(first - 9)}, {m.x, s.down(d.bottom)}}, 1.3, ink)
			pole, up := m.x, s.down(first-9)
			s.fill([]point{{pole, up}, {pole + flagSize, up}, {pole + flagSize - 2.4, up - 3}, {pole + flagSize, up - 6}, {pole, up - 6}}, ink)
		} else {
			s.stroke([]point{{m.x, s.down(top)}, {m.x, s.down(d.bottom)}}, 1.2, secondary, 3, 3)
		}
		if m.title == "" {
			continue
		}
		left := m.left
		if m.flag && m.left >= m.x {
			left += m.indent()
		}
		s.write(m.title, left, s.down(first), middlePen, startsAt)
		for i, l := range m.words {
			s.write(l, m.left, s.down(first+lineDown*float64(i+1)), wordPen, startsAt)
		}
	}
}

// runNote is a run and its length in words, under its points or, when it lies above, over them.
type runNote struct {
	run
	says     Sentence
	over     bool
	bracket  float64 // how far down it is
	from, to float64
	box      box // of the words
}

// gapNote is where values are missing, and how many in words.
type gapNote struct {
	from, to float64
	says     Sentence
	box      box
	ok       bool // its words have room
}

const noteRoom = 21.0 // that a note needs under the points, or over them

// setNotes finds places for what is said of a run and of gaps, and makes room for them beside
// the points where there is none.
func (d *trendDrawing) setNotes() {
	for i := range d.s.Points {
		if missing := d.s.gapBefore(i); missing > 0 {
			says := say(d.l, d.unit, Claim{Says: "picture.gap." + string(d.length()), Count: missing})
			d.gaps = append(d.gaps, gapNote{from: d.x.at(d.places[i-1] + 0.5), to: d.x.at(d.places[i] - 0.5), says: says})
		}
	}
	if r, ok := d.latestRun(); ok {
		d.run = &runNote{run: r, says: say(d.l, d.unit, Claim{Says: "picture.run." + r.says, Count: r.count})}
		d.run.over = r.says == "above" || r.says == "rising"
	}
	for _, room := range [][2]float64{{0, 0}, {noteRoom, 0}, {0, noteRoom}, {noteRoom, noteRoom}, {2 * noteRoom, noteRoom}} {
		d.y.from, d.y.to = d.bottom-room[0], d.top+room[1]
		d.placeGaps()
		if d.placeRun() {
			return
		}
	}
	d.run = nil // it is told in words
	for i, g := range d.gaps {
		d.gaps[i].ok = g.ok && !d.coversPoint(g.box)
	}
}

// placeGaps puts the words of gaps at the foot.
func (d *trendDrawing) placeGaps() {
	end := d.left
	for i := range d.gaps {
		g := &d.gaps[i]
		width := tickPen.width(g.says.text)
		left := min(max((g.from+g.to)/2-width/2, d.left+2), d.right-width)
		g.box = box{left, d.bottom - 18.5, left + width, d.bottom - 8}
		if g.ok = left >= end; g.ok {
			end = left + width + letterGap
		}
	}
}

// placeRun says whether there is room for what is said of the run, and the gaps' words cover
// no point.
func (d *trendDrawing) placeRun() bool {
	for _, g := range d.gaps {
		if g.ok && d.coversPoint(g.box) {
			return false
		}
	}
	r := d.run
	if r == nil {
		return true
	}
	r.from, r.to = d.place(r.Start).x-2.5, d.place(r.End-1).x+2.5
	width := middlePen.width(r.says.text)
	left := min(max((r.from+r.to)/2-width/2, d.left), d.right-width)
	edge := d.place(r.Start).y
	for i := range d.chart.Points {
		p := d.place(i)
		beside := p.x > min(left, r.from)-4 && p.x < max(left+width, r.to)+4
		if beside && (r.over && p.y < edge || !r.over && p.y > edge) {
			edge = p.y
		}
	}
	r.bracket = edge + 8
	r.box = box{left, r.bracket + 3, left + width, r.bracket + 14}
	if r.over {
		r.bracket = edge - 8
		r.box = box{left, r.bracket - 13, left + width, r.bracket - 3}
	}
	for _, g := range d.gaps {
		if g.ok && g.box.grown(2).overlaps(r.box) || !r.over && r.from < g.to && g.from < r.to && r.box.top > d.bottom-8 {
			return false
		}
	}
	return r.box.bottom >= d.top-3 && r.box.top <= d.bottom-1
}

func (d *trendDrawing) coversPoint(b box) bool {
	for i := range d.chart.Points {
		if b.grown(1).overlaps(around(d.place(i), d.dot()+1.8)) {
			return true
		}
	}
	return false
}

// said are the sentences of the picture.
func (d *trendDrawing) said() []Sentence {
	said := d.page.said()
	if d.run != nil {
		said = append(said, d.run.says)
	}
	for _, g := range d.gaps {
		said = append(said, g.says)
	}
	return said
}

// drawRun draws a bracket under the points of the latest run, or over those above, with its
// length in words.
func (d *trendDrawing) drawRun(s sheet) {
	r := d.run
	if r == nil {
		return
	}
	foot := r.bracket - 3.5
	if r.over {
		foot = r.bracket + 3.5
	}
	s.stroke([]point{{r.from, s.down(foot)}, {r.from, s.down(r.bracket)}, {r.to, s.down(r.bracket)}, {r.to, s.down(foot)}}, 1.3, ownColour)
	p := middlePen
	p.colour = ownColour
	s.writeHaloed(r.says.text, r.box.left, s.down(r.box.top-p.descent()), p, startsAt)
}

// drawGaps says how many values are missing where some are.
func (d *trendDrawing) drawGaps(s sheet) {
	y := d.bottom - 4
	for _, g := range d.gaps {
		s.stroke([]point{{g.from, s.down(y)}, {g.to, s.down(y)}}, 1, secondary)
		for _, x := range []float64{g.from, g.to} {
			s.stroke([]point{{x, s.down(y - 3)}, {x, s.down(y + 3)}}, 1, secondary)
		}
		if g.ok {
			s.writeHaloed(g.says.text, g.box.left, s.down(g.box.top-tickPen.descent()), tickPen, startsAt)
		}
	}
}

// length is the series' length of period, as the messages call it.
func (t trend) length() period.Length {
	if l := t.s.length(); slices.Contains(period.Lengths(), l) {
		return l
	}
	return period.Years
}
