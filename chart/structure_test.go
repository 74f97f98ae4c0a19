package chart

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// goldenStructure compares what stands where in a drawing with testdata/<name>.txt, to
// whole units, so that other letters or softer edges don't change it.
func goldenStructure(t *testing.T, name string, d drawing) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	got := structureOf(d)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s stands otherwise (-want +got; -update writes it; look at the picture):\n%s", name, diff)
	}
}

// structureOf lists what is drawn, a line for each thing, with places from the upper
// left corner.
func structureOf(d drawing) string {
	width, height, _ := sizeOf(d)
	return fmt.Sprintf("sheet %.0f x %.0f\n%s", width, height, strings.Join(noted(d).things, "\n")) + "\n"
}

// notedCanvas notes what is drawn on it.
type notedCanvas struct {
	height float64
	things []string
	colour color.Color
	dashed bool
	wide   vg.Length
	off    vg.Point
	kept   []vg.Point
	words  []placedWords
}

// placedWords are words and where they stand.
type placedWords struct {
	text string
	size float64
	at   box
}

// noted is what a drawing puts where.
func noted(d drawing) *notedCanvas {
	_, height, _ := sizeOf(d)
	n := &notedCanvas{height: height}
	d.draw(sheet{canvas: n, height: height, words: true})
	return n
}

// checkWords finds words that are cut, too small, off the sheet or over each other.
func checkWords(t *testing.T, d drawing) {
	t.Helper()
	width, height, _ := sizeOf(d)
	if height > phoneTall+0.5 {
		t.Errorf("%.0f high, at most %.0f", height, phoneTall)
	}
	words := noted(d).words
	for i, w := range words {
		if strings.Contains(w.text, "…") || w.size < 10 {
			t.Errorf("%q is cut, or of size %.1f", w.text, w.size)
		}
		if !(box{0, 0, width, height}).holds(w.at) {
			t.Errorf("%q leaves the sheet: %v", w.text, w.at)
		}
		for _, o := range words[:i] {
			if w.at.overlaps(o.at) {
				t.Errorf("%q lies over %q", w.text, o.text)
			}
		}
	}
}

func (n *notedCanvas) note(what string, args ...any) {
	n.things = append(n.things, fmt.Sprintf(what, args...)+" "+n.colourName())
}

func (n *notedCanvas) colourName() string {
	r, g, b, _ := n.colour.RGBA()
	return hexOf(color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff})
}

// place is a point of the sheet to whole units.
func (n *notedCanvas) place(p vg.Point) string {
	x, y := float64(p.X+n.off.X), n.height-float64(p.Y+n.off.Y)
	return fmt.Sprintf("%.0f,%.0f", math.Round(x)+0, math.Round(y)+0)
}

func (n *notedCanvas) Fill(p vg.Path) {
	if len(p) > 1 && p[1].Type == vg.ArcComp {
		n.note("disc %s radius %.1f", n.place(p[1].Pos), float64(p[1].Radius))
		return
	}
	low, high := ends(p)
	n.note("area %s to %s", n.place(vg.Point{X: low.X, Y: high.Y}), n.place(vg.Point{X: high.X, Y: low.Y}))
}

func (n *notedCanvas) Stroke(p vg.Path) {
	what := "line"
	if n.dashed {
		what = "dashed line"
	}
	if len(p) > 8 {
		low, high := ends(p)
		n.note("%s of %d points within %s to %s", what, len(p), n.place(vg.Point{X: low.X, Y: high.Y}), n.place(vg.Point{X: high.X, Y: low.Y}))
		return
	}
	var places []string
	for _, c := range p {
		if c.Type != vg.CloseComp {
			places = append(places, n.place(c.Pos))
		}
	}
	n.note("%s %s", what, strings.Join(places, " "))
}

// ends are the lower left and the upper right end of a path's points.
func ends(p vg.Path) (low, high vg.Point) {
	low, high = vg.Point{X: vg.Length(math.Inf(1)), Y: vg.Length(math.Inf(1))}, vg.Point{X: vg.Length(math.Inf(-1)), Y: vg.Length(math.Inf(-1))}
	for _, c := range p {
		if c.Type != vg.CloseComp {
			low = vg.Point{X: min(low.X, c.Pos.X), Y: min(low.Y, c.Pos.Y)}
			high = vg.Point{X: max(high.X, c.Pos.X), Y: max(high.Y, c.Pos.Y)}
		}
	}
	return low, high
}

func (n *notedCanvas) FillString(f font.Face, at vg.Point, text string) {
	bold := ""
	if f.Font.Weight > 0 {
		bold = " bold"
	}
	p := pen{size: float64(f.Font.Size), bold: bold != ""}
	x, y := float64(at.X+n.off.X), float64(at.Y+n.off.Y)
	n.words = append(n.words, placedWords{text, p.size, box{x, y, x + p.width(text), y + 0.7*p.size}})
	n.note("words %q %s size %.1f%s", text, n.place(at), float64(f.Font.Size), bold)
}

func (n *notedCanvas) SetLineWidth(w vg.Length)                    { n.wide = w }
func (n *notedCanvas) SetLineDash(dashes []vg.Length, _ vg.Length) { n.dashed = len(dashes) > 0 }
func (n *notedCanvas) SetColor(c color.Color)                      { n.colour = c }
func (n *notedCanvas) Rotate(float64)                              {}
func (n *notedCanvas) Scale(float64, float64)                      {}
func (n *notedCanvas) DrawImage(vg.Rectangle, image.Image)         {}
func (n *notedCanvas) Translate(p vg.Point)                        { n.off = n.off.Add(p) }
func (n *notedCanvas) Push()                                       { n.kept = append(n.kept, n.off) }

func (n *notedCanvas) Pop() { n.off, n.kept = n.kept[len(n.kept)-1], n.kept[:len(n.kept)-1] }
