package freetext

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// readings are the ways in which a text may be read: as it stands and, where it
// has any, with its HTML and the escapes of a web address taken out.
func readings(s string) [][]rune {
	all := [][]rune{plain(s)}
	if strings.ContainsAny(s, "&<%") {
		if other := percents.ReplaceAllStringFunc(tags.ReplaceAllString(lineTags.ReplaceAllString(html.UnescapeString(s), "\n"), ""), unescape); other != s {
			all = append(all, plain(other))
		}
	}
	return all
}

var (
	lineTags = regexp.MustCompile(`(?i)<(?:br|/?p|/?div|/?td|/?tr|/?li)\b[^<>]{0,80}>`)
	tags     = regexp.MustCompile(`</?[A-Za-z][^<>]{0,80}>`)
	percents = regexp.MustCompile(`(?:%[0-9A-Fa-f]{2})+`)
)

// lettered are the readings of a plain text with letters that stand for digits as these:
// o for 0, l and i for 1, wherever nothing else but digits stands with them; none where
// there are no such letters. A Finnish number has letters of its own, of which the last
// may be an l.
func lettered(text []rune) (all [][]rune) {
	as, found := slices.Clone(text), false
	for from := 0; from < len(text); from++ {
		to := from
		for to < len(text) && (isASCIIDigit(text[to]) || text[to] != digitFor(text[to])) {
			to++
		}
		alone := (from == 0 || !unicode.IsLetter(text[from-1])) && (to == len(text) || !unicode.IsLetter(text[to]))
		if alone && slices.ContainsFunc(text[from:to], isASCIIDigit) {
			for k := from; k < to; k++ {
				as[k] = digitFor(text[k])
				found = found || as[k] != text[k]
			}
		}
		from = max(from, to)
	}
	if found {
		all = append(all, as)
	}
	if !mayBeLettered(text) {
		return all
	}
	asWritten := string(text)
	for _, last := range []bool{false, true} {
		as := letteredFinnish.ReplaceAllStringFunc(asWritten, func(number string) string {
			if len(onlyDigits(number)) < fewestDigits {
				return number
			}
			signs := []rune(number)
			for k := range signs {
				if k < len(signs)-5 || k > len(signs)-5 && (k < len(signs)-1 || last) {
					signs[k] = digitFor(signs[k])
				}
			}
			return string(signs)
		})
		if as != asWritten {
			all = append(all, []rune(as))
		}
	}
	return all
}

// mayBeLettered tells whether a letter that may be a digit stands among digits, with
// nothing between but what a Finnish number has.
func mayBeLettered(text []rune) bool {
	digits, letters := 0, 0
	for _, r := range text {
		switch {
		case isASCIIDigit(r):
			digits++
		case digitFor(r) != r:
			letters++
		case r >= 'a' && r <= 'y' || r == '-' || r == '+':
		default:
			digits, letters = 0, 0
		}
		if digits >= fewestDigits && letters > 0 {
			return true
		}
	}
	return false
}

// fewestDigits of a Finnish number are written as such, else it may be words.
const fewestDigits = 3

// letteredFinnish is a Finnish number in which letters may stand for digits.
var letteredFinnish = regexp.MustCompile(`\b[0-9oli]{6}(?:[0-9oli]{2})?[-+yxwvua-f][0-9oli]{3}[0-9a-y]\b`)

// digitFor is the digit that a letter looks like; others are as they were.
func digitFor(r rune) rune {
	switch r {
	case 'o':
		return '0'
	case 'l', 'i':
		return '1'
	}
	return r
}

// unescape reads the bytes that percent signs stand for in a web address.
func unescape(escaped string) string {
	b := make([]byte, 0, len(escaped)/3)
	for i := 0; i+2 < len(escaped); i += 3 {
		b = append(b, hexDigit(escaped[i+1])<<4|hexDigit(escaped[i+2]))
	}
	return strings.ToValidUTF8(string(b), escaped)
}

func hexDigit(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}

// emphasis is what a plain text has for brackets, quotation marks and the signs of
// bold and slanted writing: they may stand between digits and mean nothing there.
const emphasis = '*'

// plain returns a text with digits and letters as ASCII has them, one sign for all
// dashes, dots, slashes and spaces, small letters, and nothing invisible.
func plain(s string) []rune {
	out := make([]rune, 0, len(s))
	text := []rune(lineBreaks.Replace(s))
	for k, r := range text {
		if k+1 < len(text) && isRaised(r) && !isRaised(text[k+1]) && DigitValue(text[k+1]) >= 0 {
			out = append(out, emphasis) // a footnote's number before a number
			continue
		}
		if r < 0x80 || unicode.IsSpace(r) || !unicode.In(r, invisible...) && !unicode.Is(unicode.M, r) {
			out = append(out, plainRune(r))
		}
	}
	return out
}

func isRaised(r rune) bool { return strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) }

func plainRune(r rune) rune {
	if d := DigitValue(r); d >= 0 {
		return '0' + d
	}
	switch {
	case r < 0x80 && strings.ContainsRune("*_~`'\"()[]{}<>", r):
		return emphasis
	case r < 0x80:
		return unicode.ToLower(r)
	case unicode.IsSpace(r), r == '\u2800':
		return ' '
	case unicode.Is(unicode.Pd, r), strings.ContainsRune("−˗⁃∼～〜ー─━─ǀ¯", r):
		return '-'
	case r == '＋', r == '﹢', r == '➕', r == '⁺', r == '₊':
		return '+'
	case strings.ContainsRune("．。·•‧⋅∙․・｡●", r):
		return '.'
	case strings.ContainsRune("⁄∕／⧸＼⧵", r):
		return '/'
	case strings.ContainsRune("，‚、٫٬", r):
		return ','
	case r == '：', r == '∶', r == 'ː':
		return ':'
	case unicode.In(r, unicode.Pi, unicode.Pf, unicode.Ps, unicode.Pe), strings.ContainsRune("´‵′″＊＿｀＂＇", r):
		return emphasis
	}
	return plainLetter(r)
}

// plainLetter is the letter that a fullwidth, circled or mathematical one shows,
// small; others are as they were, small.
func plainLetter(r rune) rune {
	switch {
	case r >= 'Ａ' && r <= 'Ｚ':
		return 'a' + r - 'Ａ'
	case r >= 'ａ' && r <= 'ｚ':
		return 'a' + r - 'ａ'
	case r >= 'Ⓐ' && r <= 'Ⓩ':
		return 'a' + r - 'Ⓐ'
	case r >= 'ⓐ' && r <= 'ⓩ':
		return 'a' + r - 'ⓐ'
	case r >= 0x1d400 && r <= 0x1d6a3: // thirteen alphabets of 26 capital and 26 small letters
		return 'a' + (r-0x1d400)%26
	case r >= 0x1f130 && r <= 0x1f189: // in squares and circles
		return 'a' + (r-0x1f130)%32%26
	}
	return unicode.ToLower(r)
}

// digitRows are digits that are no decimal digits by the Unicode Standard: raised,
// lowered, circled, in brackets, with a stop. Each row begins with first's digit.
var digitRows = []struct{ from, to, first rune }{
	{'⁴', '⁹', 4},
	{'⁰', '⁰', 0},
	{'¹', '¹', 1},
	{'²', '³', 2},
	{'₀', '₉', 0},
	{'①', '⑨', 1},
	{'⓪', '⓪', 0},
	{'⑴', '⑼', 1},
	{'⒈', '⒐', 1},
	{'⓵', '⓽', 1},
	{'⓿', '⓿', 0},
	{'❶', '❾', 1},
	{'➀', '➈', 1},
	{'➊', '➒', 1},
	{'🄁', '🄊', 0},
	{'🄀', '🄀', 0},
	{'🄋', '🄌', 0},
	{'㈠', '㈨', 1},
	{'㊀', '㊈', 1},
	{'〡', '〩', 1},
	{'〇', '〇', 0},
}

// DigitValue returns the value of a digit of any script, -1 for anything else. The
// decimal digits of a script stand in a row from zero to nine.
func DigitValue(r rune) rune {
	if r < 0x80 {
		if r >= '0' && r <= '9' {
			return r - '0'
		}
		return -1
	}
	if unicode.Is(unicode.Nd, r) {
		for _, row := range unicode.Nd.R16 {
			if r <= rune(row.Hi) && r >= rune(row.Lo) {
				return (r - rune(row.Lo)) % 10
			}
		}
		for _, row := range unicode.Nd.R32 {
			if r <= rune(row.Hi) && r >= rune(row.Lo) {
				return (r - rune(row.Lo)) % 10
			}
		}
	}
	for _, row := range digitRows {
		if r >= row.from && r <= row.to {
			return row.first + r - row.from
		}
	}
	return -1
}
