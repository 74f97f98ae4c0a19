package freetext

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TooLongError says that a text is longer than may be. Nothing is cut: the
// writer decides what to leave out.
type TooLongError struct {
	Limit int // in runes
	Over  int // how many runes there are beyond it
}

// Error implements error.
func (e *TooLongError) Error() string {
	return fmt.Sprintf("text is %d characters over the limit of %d", e.Over, e.Limit)
}

// Clean returns a free text as it may be kept and shown: valid UTF-8 with \n
// between lines, without what can't be seen but can deceive, without more than
// two blank lines together, and without space around it or at the ends of lines.
//
// Taken out are control characters (a tab becomes a space), the marks that turn
// the direction of writing (Unicode Standard Annex 9, the "Trojan source" ones
// among them), zero-width characters, invisible fillers, and the invisible tags
// and variation selectors that can carry a hidden text. Kept are the zero-width
// joiner within an emoji, both joiners after a letter of the scripts that spell
// with them (Persian, Hindi), one variation selector after a character, and the
// tags of a flag such as Scotland's. Bytes that are no UTF-8 become �.
//
// Cleaning a clean text changes nothing. The error is a *[TooLongError] when
// more than maxRunes are left; the text is returned all the same, so that it can
// be given back to its writer.
func Clean(s string, maxRunes int) (string, error) {
	c := cleaner{in: []rune(lineBreaks.Replace(strings.ToValidUTF8(s, "\uFFFD")))}
	for i, r := range c.in {
		if c.keeps(i, r) {
			c.out = append(c.out, r)
		}
	}
	text := tidyLines(string(c.out))
	if n := utf8.RuneCountInString(text); n > maxRunes {
		return text, &TooLongError{Limit: maxRunes, Over: n - maxRunes}
	}
	return text, nil
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ")

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	blackFlag          = '\U0001f3f4' // begins the flags that are written with tags
	cancelTag          = '\U000e007f' // ends them
)

// invisible is what is taken out wherever it stands: format characters (Cf) have
// the direction marks, zero-width space, word joiner, soft hyphen and byte order
// mark; the others are letters and marks in name only.
var invisible = []*unicode.RangeTable{unicode.Cc, unicode.Cf, unicode.Noncharacter_Code_Point, {
	R16: []unicode.Range16{{0x034f, 0x034f, 1}, {0x115f, 0x1160, 1}, {0x17b4, 0x17b5, 1}, {0x3164, 0x3164, 1}, {0xffa0, 0xffa0, 1}},
}}

// joining are the scripts in whose spelling the joiners have a part.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Myanmar, unicode.Khmer, unicode.Mongolian,
}

// cleaner goes through a text once.
type cleaner struct {
	in, out []rune
	flag    bool // among the tags of a flag
}

func (c *cleaner) keeps(i int, r rune) bool {
	tag := r >= 0xe0020 && r <= cancelTag
	if tag && (c.flag || c.last() == blackFlag) {
		c.flag = r != cancelTag
		return true
	}
	c.flag = false
	switch {
	case r == '\n':
		return true
	case unicode.Is(unicode.Variation_Selector, r):
		return len(c.out) > 0 && !unicode.IsSpace(c.last()) && !unicode.Is(unicode.Variation_Selector, c.last())
	case r == zeroWidthJoiner && i+1 < len(c.in) && isPictograph(c.in[i+1]) && isPictograph(c.last()):
		return true
	case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
		return unicode.In(c.last(), joining...)
	}
	return !unicode.In(r, invisible...)
}

// last returns the last rune that was kept, a newline before the first.
func (c *cleaner) last() rune {
	if len(c.out) == 0 {
		return '\n'
	}
	return c.out[len(c.out)-1]
}

// isPictograph reports whether an emoji can be joined here: symbols, skin tones
// and the selector that asks for the picture of a character.
func isPictograph(r rune) bool {
	return unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) && r >= 0x1f3fb || r == 0xfe0f
}

// tidyLines takes the space off the ends of lines and of the text, and leaves no
// more than two blank lines together.
func tidyLines(text string) string {
	var kept []string
	blank := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" {
			blank++
		} else {
			blank = 0
		}
		if blank <= 2 {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}
