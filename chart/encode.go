package chart

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"roundtable/chart/lettering"
)

// format is what a drawing is made into.
type format uint8

const (
	asPNG format = iota
	asSVG
)

// render draws and encodes.
func (f format) render(d drawing, name, alt string) (Picture, error) {
	width, height, dots := sizeOf(d)
	if f == asSVG {
		canvas := vgsvg.New(vg.Length(width), vg.Length(height))
		s := sheet{canvas: canvas, height: height, words: true}
		s.fill(box{0, 0, width, height}.corners(), paper)
		d.draw(s)
		var out bytes.Buffer
		if _, err := canvas.WriteTo(&out); err != nil {
			return Picture{}, fmt.Errorf("write %s.svg: %w", name, err)
		}
		return Picture{SVG: standalone(out.Bytes(), alt, width, height), Alt: alt, Name: name + ".svg"}, nil
	}
	canvas := vgimg.NewWith(vgimg.UseWH(vg.Length(width), vg.Length(height)), vgimg.UseDPI(dots*int(vg.Inch)))
	d.draw(sheet{canvas: canvas, height: height})
	encoded, err := encodePNG(canvas.Image())
	if err != nil {
		return Picture{}, fmt.Errorf("write %s.png: %w", name, err)
	}
	return Picture{PNG: encoded, Alt: alt, Name: name + ".png"}, nil
}

// renderAll draws and encodes so many parts of one picture, with a number in their names
// where they are several.
func (f format) renderAll(name string, parts int, part func(k int) (d drawing, alt string)) ([]Picture, error) {
	pictures := make([]Picture, parts)
	for k := range pictures {
		numbered := name
		if parts > 1 {
			numbered = fmt.Sprintf("%s-%d", name, k+1)
		}
		d, alt := part(k)
		p, err := f.render(d, numbered, alt)
		if err != nil {
			return nil, err
		}
		pictures[k] = p
	}
	return pictures, nil
}

// phoneDrawing is drawn as wide as a phone shows it, and as high as it needs.
type phoneDrawing interface {
	drawing
	height() float64
}

// sizeOf returns a drawing's size in units, and how many dots of a PNG each has.
func sizeOf(d drawing) (width, height float64, dots int) {
	if p, ok := d.(phoneDrawing); ok {
		return phoneWidth, p.height(), phoneDots
	}
	return sheetWidth, sheetHeight, dotsPerUnit
}

// standalone gives an SVG a head with which it may stand in a page or alone: a
// role, its alternative text as its title, dark colours for who asks for them, and
// other fonts where ours isn't.
func standalone(svg []byte, alt string, width, height float64) []byte {
	_, body, _ := bytes.Cut(svg, []byte("<g "))
	body = inTheirWidth(body)
	body = bytes.ReplaceAll(body, []byte("font-family:Liberation Sans;"), []byte("font-family:'Liberation Sans',Arial,Helvetica,sans-serif;"))
	head := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" role="img"><title>%s</title>%s`+"\n<g ",
		width, height, width, height, html.EscapeString(lettering.Visible(alt)), darkStyle())
	return append([]byte(head), body...)
}

// svgWords are words of an SVG, with whether they are bold and how large.
var svgWords = regexp.MustCompile(`<text ([^>]*font-weight:(normal|bold)[^>]*font-size:([0-9.]+)px[^>]*)>([^<]*)</text>`)

// inTheirWidth says of all words how wide they are, so that they keep their room where
// they are set in another font.
func inTheirWidth(svg []byte) []byte {
	return svgWords.ReplaceAllFunc(svg, func(text []byte) []byte {
		m := svgWords.FindSubmatch(text)
		size, err := strconv.ParseFloat(string(m[3]), 64)
		if err != nil {
			return text
		}
		p := pen{size: size, bold: string(m[2]) == "bold"}
		return fmt.Appendf(nil, `<text textLength="%.1f" lengthAdjust="spacingAndGlyphs" %s>%s</text>`, p.width(html.UnescapeString(string(m[4]))), m[1], m[4])
	})
}

// encodePNG writes an image in the 256 colours that it has most of. Charts
// have few; the others are the soft edges of letters, and are put next to the
// nearest. It is a third of the size of full colour, and quicker.
func encodePNG(img image.Image) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if full, ok := img.(*image.RGBA); ok {
		img = paletted(full)
	}
	if err := encoder.Encode(&out, img); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// paletted returns the image in at most 256 colours. It depends on nothing but
// the pixels.
func paletted(img *image.RGBA) *image.Paletted {
	counts := map[uint32]int{}
	eachRun(img, func(_ int, c uint32, n int) { counts[c] += n })
	colours := make([]uint32, 0, len(counts))
	for c := range counts {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var palette color.Palette
	index := make(map[uint32]uint8, len(colours))
	for i, c := range colours {
		r, g, b := uint8(c>>16), uint8(c>>8), uint8(c)
		if i < 256 {
			palette = append(palette, color.RGBA{r, g, b, 0xff})
			index[c] = uint8(i)
			continue
		}
		index[c] = uint8(palette.Index(color.RGBA{r, g, b, 0xff}))
	}
	small := image.NewPaletted(img.Bounds(), palette)
	eachRun(img, func(at int, c uint32, n int) {
		k := index[c]
		for i := range n {
			small.Pix[at+i] = k
		}
	})
	return small
}

// eachRun goes through the pixels in stretches of one colour, each with its
// place among all, its colour as 0xRRGGBB and its length.
func eachRun(img *image.RGBA, do func(at int, c uint32, n int)) {
	pixels := len(img.Pix) / 4
	colourAt := func(i int) uint32 {
		p := img.Pix[4*i : 4*i+3 : 4*i+3]
		return uint32(p[0])<<16 | uint32(p[1])<<8 | uint32(p[2])
	}
	for start := 0; start < pixels; {
		c, end := colourAt(start), start+1
		for end < pixels && colourAt(end) == c {
			end++
		}
		do(start, c, end-start)
		start = end
	}
}
