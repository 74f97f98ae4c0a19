package freetext

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Name returns a name as it is kept: in one line, and each letter with its accent as one
// sign, however it was typed (Unicode's form C, UAX 15).
func Name(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// NameKey is the same for names that people take for the same: whatever the case of
// their letters, however accents are composed (form KC, UAX 15), whichever of the many
// blanks, hyphens and apostrophes stand in them, and whatever punctuation or quotation marks
// stand around them. Greek and Cyrillic letters that look like Latin ones are those.
func NameKey(s string) string {
	s = norm.NFKC.String(s)
	s = strings.ToLower(strings.ToUpper(s))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune(blanks, r):
			return ' '
		case unicode.Is(unicode.Dash, r):
			return '-'
		case unicode.In(r, invisible...), unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		if k := strings.IndexRune(lookalikes, r); k >= 0 {
			return rune(latin[len([]rune(lookalikes[:k]))])
		}
		return r
	}, s)
	s = plainSigns.Replace(strings.Join(strings.Fields(s), " "))
	return strings.Trim(s, ` .,;:!?…"'”“„«»‹›`)
}

// plainSigns replaces what is written in several ways; bareLetters the letters
// that have an accent for good.
var (
	plainSigns  = strings.NewReplacer(" - ", "-", "- ", "-", " -", "-", "’", "'", "‘", "'", "´", "'", "`", "'", "ß", "ss")
	bareLetters = strings.NewReplacer("ø", "o", "æ", "ae", "œ", "oe", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")
)

const (
	// blanks look like one and aren't white space: braille's empty cell, and the
	// hangul fillers.
	blanks = "\u2800\u3164\uffa0\u115f\u1160"
	// lookalikes in small letters, and the Latin letters that they are taken for.
	lookalikes = "авсеһіјкмнорѕтухԛԝ" + "αβεικνορτυχ"
	latin      = "abcehijkmhopstyxqw" + "abeiknoptux"
)

// Bare is a [NameKey] without accents. Different names with the same differ in the accents of
// their letters only: Malmö and Malmo, Tromsø and Tromso. Some letters have theirs for good.
func Bare(key string) string {
	key = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(key))
	return bareLetters.Replace(key)
}
