package chart

import (
	"image/color"
	"math"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"

	"roundtable/chart/lettering"
)

// A picture is 800 by 500 units. In a PNG a unit is two pixels; on a phone, where
// a picture is about 400 wide, half a one. So 20 units are the least for words
// that have to be read there, and 15 for those that may be zoomed in on.
const (
	sheetWidth  = 800.0
	sheetHeight = 500.0
	dotsPerUnit = 2
)

// A picture for a phone is 360 units wide, each three dots of a PNG: chats show it 290
// to 345 wide there. Words of 10 units are the least that can be read, and one higher
// than 1.12 times its width is shown narrower by some chats.
const (
	phoneWidth = 360.0
	phoneDots  = 3
	phoneTall  = 1.12 * phoneWidth
)

// pen is how words are written.
type pen struct {
	size   float64
	bold   bool
	colour color.Color
}

func (p pen) style() lettering.Style { return lettering.Style{Size: p.size, Bold: p.bold} }

// width of the text on one line.
func (p pen) width(text string) float64 { return p.style().Width(text) }

// ascent and descent of a line, from its baseline.
func (p pen) ascent() float64 { return 0.74 * p.size }

func (p pen) descent() float64 { return 0.22 * p.size }

// sheet is what is drawn on. Its origin is the lower left corner.
type sheet struct {
	canvas vg.Canvas
	height float64
	// words: an SVG holds letters of Liberation Sans as text, so that they can be
	// searched and are small; all others, and those of a PNG, are outlines.
	words bool
}

// down is a place so far under the upper edge.
func (s sheet) down(y float64) float64 { return s.height - y }

// align is where words stand relative to their x.
type align float64

const (
	startsAt align = 0
	centred  align = 0.5
	endsAt   align = 1
)

// write puts one line of text on the baseline y.
func (s sheet) write(text string, x, y float64, p pen, a align) {
	pieces, width := p.style().Set(text)
	x -= float64(a) * width
	s.canvas.SetColor(p.colour)
	for _, piece := range pieces {
		if s.words && piece.Plain {
			s.canvas.FillString(p.face(), vg.Point{X: vg.Length(x + piece.X), Y: vg.Length(y)}, piece.Text)
			continue
		}
		s.canvas.Push()
		s.canvas.Translate(vg.Point{X: vg.Length(x), Y: vg.Length(y)})
		s.canvas.Fill(piece.Outline)
		if piece.Thicken > 0 {
			s.canvas.SetLineWidth(vg.Length(piece.Thicken))
			s.canvas.SetLineDash(nil, 0)
			s.canvas.Stroke(piece.Outline)
		}
		s.canvas.Pop()
	}
}

// fonts holds the typefaces that words in an SVG are set in; it is only read from, by
// many goroutines.
var fonts = font.NewCache(liberation.Collection())

func (p pen) face() font.Face {
	weight := stdfont.WeightNormal
	if p.bold {
		weight = stdfont.WeightBold
	}
	return fonts.Lookup(font.Font{Typeface: "Liberation", Variant: "Sans", Weight: weight}, vg.Length(p.size))
}

// stroke draws through the points; dashes are lengths of ink and gap.
func (s sheet) stroke(points []point, width float64, c color.Color, dashes ...float64) {
	if len(points) < 2 {
		return
	}
	lengths := make([]vg.Length, len(dashes))
	for i, d := range dashes {
		lengths[i] = vg.Length(d)
	}
	s.canvas.SetLineWidth(vg.Length(width))
	s.canvas.SetLineDash(lengths, 0)
	s.canvas.SetColor(c)
	s.canvas.Stroke(vgPath(points))
}

// fill fills the polygon.
func (s sheet) fill(points []point, c color.Color) {
	if len(points) < 3 {
		return
	}
	s.canvas.SetColor(c)
	p := vgPath(points)
	p.Close()
	s.canvas.Fill(p)
}

// dot fills a circle, with a paper-coloured rim that keeps neighbours apart.
func (s sheet) dot(at point, radius float64, c color.Color) {
	s.disc(at, radius+1.2, paper)
	s.disc(at, radius, c)
}

func (s sheet) disc(at point, radius float64, c color.Color) {
	s.canvas.SetColor(c)
	var p vg.Path
	centre := vg.Point{X: vg.Length(at.x), Y: vg.Length(at.y)}
	p.Move(vg.Point{X: centre.X + vg.Length(radius), Y: centre.Y})
	p.Arc(centre, vg.Length(radius), 0, 2*math.Pi)
	p.Close()
	s.canvas.Fill(p)
}

// square fills a square with sides of twice the radius, rimmed as a dot is.
func (s sheet) square(at point, radius float64, c color.Color) {
	s.fill(around(at, radius+1.2).corners(), paper)
	s.fill(around(at, radius).corners(), c)
}

// outline draws the edges of a box.
func (s sheet) outline(b box, width float64, c color.Color) {
	s.stroke(append(b.corners(), point{b.left, b.bottom}), width, c)
}

// bar draws an upright bar with round ends.
func (s sheet) bar(foot point, height float64, c color.Color) {
	const half = barWidth / 2
	s.disc(point{foot.x + half, foot.y + half}, half, c)
	s.disc(point{foot.x + half, foot.y + height - half}, half, c)
	s.fill(box{foot.x, foot.y + half, foot.x + barWidth, foot.y + height - half}.corners(), c)
}

func vgPath(points []point) vg.Path {
	var p vg.Path
	for i, at := range points {
		to := vg.Point{X: vg.Length(at.x), Y: vg.Length(at.y)}
		if i == 0 {
			p.Move(to)
			continue
		}
		p.Line(to)
	}
	return p
}

func vgPoint(p point) vg.Point { return vg.Point{X: vg.Length(p.x), Y: vg.Length(p.y)} }
