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

// IsNear says whether two different names may be meant for the same: they are alike but
// for accents or blanks, few letters differ, or one is how the other begins. Names that
// differ in their numbers and single letters, as wards do, are different.
func IsNear(a, b string) bool {
	a, b = NameKey(a), NameKey(b)
	if a == b {
		return false
	}
	if a, b = spelled(a), spelled(b); strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", "") {
		return true
	}
	if numbers(a) != numbers(b) {
		return false
	}
	if Bare(a) == Bare(b) {
		return true
	}
	short, long := []rune(a), []rune(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) < 4 {
		return false
	}
	return strings.HasPrefix(string(long), string(short)) || editDistance(short, long) <= 1+len(short)/8
}

// spelled puts a word together whose letters stand apart, from three letters on.
func spelled(key string) string {
	var words []string
	apart := 0
	for word := range strings.FieldsSeq(key) {
		if len([]rune(word)) > 1 || unicode.IsDigit([]rune(word)[0]) {
			words, apart = append(words, word), 0
			continue
		}
		words, apart = append(words, word), apart+1
		switch k := len(words) - 1; {
		case apart == lettersApart:
			words = append(words[:k-apart+1], strings.Join(words[k-apart+1:], ""))
		case apart > lettersApart:
			words = append(words[:k-1], words[k-1]+word)
		}
	}
	return strings.Join(words, " ")
}

// lettersApart is from how many letters apart on they are one word.
const lettersApart = 3

// numbers are what tells wards from each other: digits, and words of one letter.
func numbers(name string) string {
	var found strings.Builder
	for word := range strings.FieldsSeq(name) {
		if len([]rune(word)) == 1 || strings.ContainsFunc(word, unicode.IsDigit) {
			found.WriteString(word + " ")
		}
	}
	return found.String()
}

// editDistance is how many letters have to be put in, taken out, replaced or exchanged with
// the next one (optimal string alignment, after Damerau 1964).
func editDistance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i, x := range a {
		for j, y := range b {
			swap := rows[i][j]
			if x != y {
				swap++
			}
			rows[i+1][j+1] = min(swap, rows[i][j+1]+1, rows[i+1][j]+1)
			if i > 0 && j > 0 && x == b[j-1] && y == a[i-1] {
				rows[i+1][j+1] = min(rows[i+1][j+1], rows[i-1][j-1]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
