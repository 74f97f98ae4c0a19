package lettering

import (
	"bytes"
	"embed"
	"path"
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
)

// The fonts beside Liberation Sans, each with the letters of a script or, the
// last, of Chinese, Japanese and Korean. Their licences lie beside them.
//
//go:embed fonts/*.ttf
var files embed.FS

// typeface is a font that is read when one of its letters is first needed.
type typeface struct {
	plain, bold bool
	read        func() *font.Font
}

// typefaces are asked in turn for a letter.
var typefaces = func() []typeface {
	all := []typeface{
		{plain: true, read: sync.OnceValue(func() *font.Font { return parse(liberationsansregular.TTF) })},
		{plain: true, bold: true, read: sync.OnceValue(func() *font.Font { return parse(liberationsansbold.TTF) })},
	}
	entries, err := files.ReadDir("fonts")
	if err != nil {
		panic(err) // it is embedded
	}
	var wide []typeface
	for _, e := range entries {
		t := typeface{read: sync.OnceValue(func() *font.Font {
			content, err := files.ReadFile(path.Join("fonts", e.Name()))
			if err != nil {
				panic(err) // it is embedded
			}
			return parse(content)
		})}
		if strings.HasPrefix(e.Name(), "Noto") {
			all = append(all, t)
			continue
		}
		wide = append(wide, t)
	}
	return append(all, wide...)
}()

// parse reads a font that is part of the program.
func parse(content []byte) *font.Font {
	face, err := font.ParseTTF(bytes.NewReader(content))
	if err != nil {
		panic(err)
	}
	return face.Font
}

// fontFor returns the first font with a letter, nil when none has it.
func fontFor(r rune, bold bool) *font.Font {
	for _, t := range typefaces {
		if t.plain && t.bold != bold {
			continue
		}
		if _, ok := t.read().NominalGlyph(r); ok {
			return t.read()
		}
	}
	return nil
}

// setter has what shapes a text; it serves one at a time.
type setter struct {
	bold      bool
	segmenter shaping.Segmenter
	shaper    shaping.HarfbuzzShaper
	faces     map[*font.Font]*font.Face
}

var setters = sync.Pool{New: func() any { return &setter{faces: map[*font.Font]*font.Face{}} }}

// ResolveFace returns the face for a letter: the first that has it, or for a letter
// that none has the first of all, with its empty box.
func (t *setter) ResolveFace(r rune) *font.Face {
	f := fontFor(r, t.bold)
	if f == nil {
		f = fontFor(' ', t.bold)
	}
	face, ok := t.faces[f]
	if !ok {
		face = font.NewFace(f)
		t.faces[f] = face
	}
	return face
}

// plain reports whether a face is Liberation Sans.
func (t *setter) plain(face *font.Face) bool {
	return face.Font == typefaces[0].read() || face.Font == typefaces[1].read()
}

// Visible returns a text without control characters, which can be neither drawn nor
// stand in an SVG.
func Visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar || r >= 0xfffe && r <= 0xffff {
			return -1
		}
		return r
	}, text)
}

func onlyNumbers(letters []rune) bool {
	for _, r := range letters {
		if !unicode.IsDigit(r) && !unicode.IsSpace(r) && !unicode.IsPunct(r) {
			return false
		}
	}
	return true
}

// Spelt returns a text as it can be drawn: without signs that no font here has. It is
// empty where nothing is left to read, or where it has a letter that no font has.
func Spelt(text string) string {
	legible := false
	var spelt strings.Builder
	for _, r := range Visible(text) {
		switch letter := unicode.IsLetter(r) || unicode.IsDigit(r); {
		case unicode.IsSpace(r) || fontFor(r, false) != nil:
			legible = legible || letter
			spelt.WriteRune(r)
		case letter:
			return ""
		}
	}
	if !legible {
		return ""
	}
	return spelt.String()
}
