// Package lettering sets one line of words in any script: it chooses a font that
// has the letters, joins and stacks them as their script asks, and puts runs that
// are read from right to left in their places.
//
// The line itself runs from left to right, as the pictures do: a name that is read
// from right to left keeps its own direction within it.
//
//   - [Style.Width] says how wide a text is.
//   - [Style.Set] returns its outlines, piece by piece from left to right.
//
// A letter that no font here has is an empty box.
//
// What it promises: the same text gives the same outlines; nothing is read from
// the machine's own fonts; all may be called at once. What it doesn't do: break
// lines, hyphenate, or set emoji in colours.
package lettering

import (
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/vg"
)

// Style is how words are set.
type Style struct {
	// Size of the letters, in the units of the picture; 0 sets nothing.
	Size float64
	Bold bool
}

// Piece is a stretch of a line in one font.
type Piece struct {
	// Text is what it says, in the order in which it is written.
	Text string
	// Plain: the letters are those of Liberation Sans, one after the other, so
	// that an SVG may hold them as text.
	Plain bool
	// X is where it begins, from the beginning of the line; Width how far it goes.
	X, Width float64
	// Outline of its letters, with the line's beginning at the origin, on the
	// baseline, y upwards.
	Outline vg.Path
	// Thicken is how wide a line around the outline makes it bold, 0 where the
	// font itself is.
	Thicken float64
}

// Width returns how wide the text is on one line.
func (s Style) Width(text string) float64 { return s.Size * setting(text, s.Bold).width }

// Set returns the pieces of a text on one line, from left to right, and its width.
func (s Style) Set(text string) ([]Piece, float64) {
	line := setting(text, s.Bold)
	pieces := make([]Piece, len(line.pieces))
	for i, p := range line.pieces {
		p.X, p.Width, p.Thicken = p.X*s.Size, p.Width*s.Size, p.Thicken*s.Size
		p.Outline = scaled(p.Outline, s.Size)
		pieces[i] = p
	}
	return pieces, line.width * s.Size
}

// line is a text set at size 1.
type line struct {
	pieces []Piece
	width  float64
}

// The lines that were set last. A picture measures a text more than once, and the
// same names come back in each.
var cache = struct {
	sync.RWMutex
	lines map[cacheKey]line
}{lines: map[cacheKey]line{}}

type cacheKey struct {
	text string
	bold bool
}

// maxCached lines are kept, some 4 kB each; then all are forgotten.
const maxCached = 4096

func setting(text string, bold bool) line {
	key := cacheKey{text, bold}
	cache.RLock()
	known, ok := cache.lines[key]
	cache.RUnlock()
	if ok {
		return known
	}
	made := set(text, bold)
	cache.Lock()
	if len(cache.lines) >= maxCached {
		clear(cache.lines)
	}
	cache.lines[key] = made
	cache.Unlock()
	return made
}

// unit is the size at which is shaped: outlines are scaled afterwards.
const unit = 1 << 10

// set shapes a text at size 1.
func set(text string, bold bool) line {
	letters := []rune(Visible(text))
	if len(letters) == 0 {
		return line{}
	}
	t := setters.Get().(*setter)
	defer setters.Put(t)
	t.bold = bold
	runs := t.segmenter.Split(shaping.Input{
		Text: letters, RunEnd: len(letters), Direction: di.DirectionLTR, Size: fixed.I(unit), Language: "und",
	}, t)
	runs = inPlace(letters, runs)
	var l line
	for _, run := range runs {
		shaped := t.shaper.Shape(run)
		piece := Piece{Text: string(letters[run.RunStart:run.RunEnd]), X: l.width}
		piece.Plain = t.plain(run.Face) && run.Direction == di.DirectionLTR
		if bold && !t.plain(run.Face) {
			piece.Thicken = 1.0 / 28
		}
		at := l.width
		for _, g := range shaped.Glyphs {
			addGlyph(&piece.Outline, run.Face, g, at)
			at += ems(g.Advance)
		}
		piece.Width, l.width = at-l.width, at
		l.pieces = append(l.pieces, piece)
	}
	return l
}

func ems(x fixed.Int26_6) float64 { return float64(x) / 64 / unit }

// addGlyph adds a letter's outline, which begins at x.
func addGlyph(path *vg.Path, face *font.Face, g shaping.Glyph, x float64) {
	outline, ok := face.GlyphData(g.GlyphID).(font.GlyphOutline)
	if !ok {
		return
	}
	scale, y := 1/float64(face.Upem()), ems(g.YOffset)
	x += ems(g.XOffset)
	at := func(p opentype.SegmentPoint) vg.Point {
		return vg.Point{X: vg.Length(x + scale*float64(p.X)), Y: vg.Length(y + scale*float64(p.Y))}
	}
	open := false
	for _, s := range outline.Segments {
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if open {
				path.Close()
			}
			open = true
			path.Move(at(s.Args[0]))
		case opentype.SegmentOpLineTo:
			path.Line(at(s.Args[0]))
		case opentype.SegmentOpQuadTo:
			path.QuadTo(at(s.Args[0]), at(s.Args[1]))
		case opentype.SegmentOpCubeTo:
			path.CubeTo(at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
		}
	}
	if open {
		path.Close()
	}
}

// scaled returns the path in another size.
func scaled(path vg.Path, size float64) vg.Path {
	by := func(p vg.Point) vg.Point { return vg.Point{X: p.X * vg.Length(size), Y: p.Y * vg.Length(size)} }
	larger := make(vg.Path, len(path))
	for i, c := range path {
		c.Pos = by(c.Pos)
		if len(c.Control) > 0 {
			control := make([]vg.Point, len(c.Control))
			for k, p := range c.Control {
				control[k] = by(p)
			}
			c.Control = control
		}
		larger[i] = c
	}
	return larger
}

// inPlace puts runs in the order in which they stand: those that are read from
// right to left the other way round, with the numbers between and
// behind them.
func inPlace(letters []rune, runs []shaping.Input) []shaping.Input {
	rtl := func(i int) bool { return runs[i].Direction == di.DirectionRTL }
	placed := make([]shaping.Input, 0, len(runs))
	for i := 0; i < len(runs); i++ {
		if !rtl(i) {
			placed = append(placed, runs[i])
			continue
		}
		last := i
		for k := i + 1; k < len(runs); k++ {
			if !rtl(k) && !onlyNumbers(letters[runs[k].RunStart:runs[k].RunEnd]) {
				break
			}
			last = k
		}
		for k := last; k >= i; k-- {
			placed = append(placed, runs[k])
		}
		i = last
	}
	return placed
}
