package chart

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/locale"
)

// Which form a comparison has, by kind and by how many have a value.
func TestForms(t *testing.T) {
	form := func(k benchmark.Kind, n int) string {
		e := newExample(t, benchmark.Indicator{ID: "any", Title: "Any", Kind: k, Levels: 5}, "2026-Q3")
		for i := range n {
			e.give(fmt.Sprintf("Ward %04d", i), map[benchmark.Kind]benchmark.Figure{
				benchmark.Proportion: {Numerator: float64(20 + i%9), Denominator: 140}, benchmark.Rate: {Numerator: float64(20 + i%9), Denominator: 1400},
				benchmark.Mean: {Value: float64(i % 7), N: 40, SD: new(2.0)}, benchmark.Count: {Value: float64(i * i % 23)}, benchmark.Duration: {Value: float64(i*i%97) / 7},
				benchmark.Scale: {Value: float64(i*i%5 + 1)}, benchmark.YesNo: {Value: float64(i % 2)},
			}[k])
		}
		d, ok := drawingOf(newViewText(locale.For("en"), e.seenBy("")))
		switch d := d.(type) {
		case heap:
			return map[heapForm]string{heapDots: "dots", heapBars: "bars", heapStretches: "histogram"}[d.form]
		case answers:
			if !ok {
				return "words"
			}
			if d.asBar() {
				return "bar"
			}
			return "answers"
		}
		if !ok {
			return "words"
		}
		return strings.TrimPrefix(fmt.Sprintf("%T", d), "chart.")
	}
	numbers := []int{2, 3, 5, 6, 12, 22, 23, 24, 25, 40, 41, 60, 100, 200, 2000}
	for kind, want := range map[benchmark.Kind]string{
		benchmark.Proportion: "words rows rows rows rows rows funnel funnel funnel funnel funnel funnel funnel funnel funnel",
		benchmark.Rate:       "words rows rows rows rows rows funnel funnel funnel funnel funnel funnel funnel funnel funnel",
		benchmark.Mean:       "words rows rows rows rows rows funnel funnel funnel funnel funnel funnel funnel funnel funnel",
		benchmark.Count:      "words rows rows rows rows rows dots dots dots dots bars bars bars bars bars",
		benchmark.Duration:   "words rows rows rows rows rows dots dots dots dots dots dots histogram histogram histogram",
		benchmark.Scale:      "words rows rows dots dots dots dots dots bars bars bars bars bars bars bars",
		benchmark.YesNo:      "words words words answers answers answers answers answers bar bar bar bar bar bar bar",
		benchmark.Text:       "words words words words words words words words words words words words words words words",
	} {
		for i, w := range strings.Fields(want) {
			if got := form(kind, numbers[i]); got != w {
				t.Errorf("%s of %d: %s, want %s", kind, numbers[i], got, w)
			}
		}
	}
}

// placesCanvas notes where words and points are.
type placesCanvas struct {
	words  []box
	texts  []string
	points []box
	colour color.Color
	off    vg.Point
	kept   []vg.Point
}

func (p *placesCanvas) Fill(path vg.Path) {
	if len(path) > 1 && path[1].Type == vg.ArcComp && p.colour != color.Color(paper) {
		r := float64(path[1].Radius)
		p.points = append(p.points, around(point{float64(path[1].Pos.X), float64(path[1].Pos.Y)}, r))
	}
	if p.colour == color.Color(outsideColour) {
		low, high := ends(path)
		p.points = append(p.points, box{float64(low.X), float64(low.Y), float64(high.X), float64(high.Y)})
	}
}

func (p *placesCanvas) FillString(f font.Face, at vg.Point, text string) {
	size := float64(f.Font.Size)
	x, y := float64(at.X+p.off.X), float64(at.Y+p.off.Y)
	if strings.TrimSpace(text) == "" {
		return
	}
	p.texts = append(p.texts, text)
	p.words = append(p.words, box{x, y, x + float64(f.Width(text)), y + 0.7*size})
}

func (p *placesCanvas) Stroke(vg.Path)                      {}
func (p *placesCanvas) SetLineWidth(vg.Length)              {}
func (p *placesCanvas) SetLineDash([]vg.Length, vg.Length)  {}
func (p *placesCanvas) SetColor(c color.Color)              { p.colour = c }
func (p *placesCanvas) Rotate(float64)                      {}
func (p *placesCanvas) Scale(float64, float64)              {}
func (p *placesCanvas) DrawImage(vg.Rectangle, image.Image) {}
func (p *placesCanvas) Translate(by vg.Point)               { p.off = p.off.Add(by) }
func (p *placesCanvas) Push()                               { p.kept = append(p.kept, p.off) }
func (p *placesCanvas) Pop()                                { p.off, p.kept = p.kept[len(p.kept)-1], p.kept[:len(p.kept)-1] }

// misplaced says what of a drawing's words covers a point or other words, or leaves the
// picture, or that the picture is higher than chats show.
func misplaced(d drawing) string {
	width, height, _ := sizeOf(d)
	if height > phoneTall+1e-9 || width != phoneWidth {
		return fmt.Sprintf("it is %g by %g", width, height)
	}
	p := &placesCanvas{}
	d.draw(sheet{canvas: p, height: height, words: true})
	sheetBox := box{0, 0, width, height}
	for i, w := range p.words {
		if !sheetBox.grown(0.5).holds(w) {
			return fmt.Sprintf("%q leaves the picture: %v", p.texts[i], w)
		}
		for k, o := range p.words[:i] {
			if w.grown(-0.4).overlaps(o.grown(-0.4)) {
				return fmt.Sprintf("%q covers %q", p.texts[i], p.texts[k])
			}
		}
		for _, o := range p.points {
			if w.grown(-0.4).overlaps(o) {
				return fmt.Sprintf("%q covers a point", p.texts[i])
			}
		}
	}
	return ""
}

// No words cover a point or other words, or leave the picture, whatever the figures; and no
// picture is too high.
func TestWordsCoverNothing(t *testing.T) { rapid.Check(t, wordsCoverNothing) }

func FuzzPlaces(f *testing.F) { f.Fuzz(rapid.MakeFuzz(wordsCoverNothing)) }

func wordsCoverNothing(r *rapid.T) {
	e, viewer := someNetwork(r)
	for range rapid.IntRange(0, 12).Draw(r, "absent") {
		e.v.Absent = append(e.v.Absent, e.v.Marks[0])
	}
	l := locale.For(rapid.SampledFrom(locale.Languages()).Draw(r, "language"))
	c := newViewText(l, e.seenBy(viewer))
	if d, ok := drawingOf(c); ok {
		if wrong := misplaced(d); wrong != "" {
			r.Errorf("%T: %s", d, wrong)
		}
	}
}

// So with a series.
func TestTrendWordsCoverNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, _, _ := someSeries(r)
		if n := len(s.Points); n > 2 {
			for range rapid.IntRange(0, 3).Draw(r, "actions") {
				at := s.Points[rapid.IntRange(0, n-1).Draw(r, "when")].Period.Start
				s.Actions = append(s.Actions, Action{At: at, Text: rapid.SampledFrom([]string{"Clocks", "Turning clocks by each bed, and a nurse who asks"}).Draw(r, "what")})
			}
		}
		t, err := newTrend(locale.For(rapid.SampledFrom(locale.Languages()).Draw(r, "language")), s)
		if err != nil || len(s.Points) < 2 || !t.drawable() {
			return
		}
		if wrong := misplaced(newTrendDrawing(t)); wrong != "" {
			r.Errorf("%s", wrong)
		}
	})
}
