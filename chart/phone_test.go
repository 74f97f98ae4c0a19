package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// palettes is a drawing for a phone, of each colour one stroke.
type palettes struct{}

func (palettes) height() float64 { return 150 }

func (palettes) draw(s sheet) {
	y := 10.0
	for _, c := range slices.SortedFunc(maps.Keys(darkened), func(a, b color.RGBA) int { return strings.Compare(hexOf(a), hexOf(b)) }) {
		s.fill(box{10, s.down(y + 4), 90, s.down(y)}.corners(), c)
		y += 9
	}
	s.outline(box{100, 20, 140, 60}, 1, gridColour)
	s.bar(point{5, 20}, 26, ink)
	s.write("Words", 14, s.down(140), pen{size: 12, colour: ink}, startsAt)
}

// A picture for a phone is 360 units wide and three dots a unit; it is as high as it
// needs.
func TestPhonePictureSize(t *testing.T) {
	p, err := asPNG.render(palettes{}, "x", "alt")
	if err != nil {
		t.Fatal(err)
	}
	if got := decode(t, p.PNG).Bounds().Size(); got != (image.Point{X: 1080, Y: 450}) {
		t.Errorf("size %v", got)
	}
	p, err = asSVG.render(palettes{}, "x", "alt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(p.SVG, []byte(`viewBox="0 0 360 150"`)) {
		t.Errorf("head: %s", p.SVG[:200])
	}
	if got := structureOf(palettes{}); !strings.Contains(got, `words "Words" 14,140 size 12.0 #1F2328`) || !strings.Contains(got, "disc 7,106 radius 1.5") {
		t.Errorf("structure:\n%s", got)
	}
}

// An SVG turns dark by rules for every colour that it has, and only where its reader
// asks for that.
func TestSVGTurnsDark(t *testing.T) {
	p, err := asSVG.render(palettes{}, "x", "alt")
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(string(p.SVG), "</style>")
	if !strings.Contains(head, "@media (prefers-color-scheme:dark){") {
		t.Fatalf("no rules: %s", head)
	}
	if !strings.Contains(body, fmt.Sprintf(`<text textLength="%.1f" lengthAdjust="spacingAndGlyphs" `, pen{size: 12}.width("Words"))) {
		t.Errorf("words have no width: %s", body)
	}
	used := regexp.MustCompile(`(fill|stroke):#[0-9A-F]{6}`).FindAllString(body, -1)
	if len(used) < len(darkened) {
		t.Fatalf("%d colours", len(used))
	}
	for _, colour := range used {
		if !strings.Contains(head, fmt.Sprintf("[style*=%q]", colour)) {
			t.Errorf("%s stays as it is", colour)
		}
	}
}

// Words and marks stand out from what lies behind them, on white and on dark.
func TestContrast(t *testing.T) {
	dark := func(c color.RGBA) color.RGBA { return darkened[c] }
	for name, shade := range map[string]func(color.RGBA) color.RGBA{"light": func(c color.RGBA) color.RGBA { return c }, "dark": dark} {
		for _, c := range []color.RGBA{ink, secondary} {
			if got := contrast(shade(c), shade(paper)); got < 5.6 {
				t.Errorf("%s: words %v have %.1f : 1", name, c, got)
			}
		}
		for _, c := range []color.RGBA{othersColour, ownColour, outsideColour} {
			if got := contrast(shade(c), shade(paper)); got < 3.5 { // each has a halo of paper
				t.Errorf("%s: marks %v have %.1f : 1", name, c, got)
			}
		}
	}
}

// contrast is the ratio of two colours' luminance (WCAG 2).
func contrast(a, b color.RGBA) float64 {
	luminance := func(c color.RGBA) float64 {
		linear := func(x uint8) float64 {
			v := float64(x) / 255
			if v <= 0.04045 {
				return v / 12.92
			}
			return math.Pow((v+0.055)/1.055, 2.4)
		}
		return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
