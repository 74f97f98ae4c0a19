package freetext

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// digitGroup is a row of digits, from and to places in the text.
type digitGroup struct{ from, to int }

func digitGroups(text []rune) []digitGroup {
	var groups []digitGroup
	for i := 0; i < len(text); i++ {
		from := i
		for i < len(text) && isASCIIDigit(text[i]) {
			i++
		}
		if i > from {
			groups = append(groups, digitGroup{from, i})
		}
	}
	return groups
}

func isASCIIDigit(r rune) bool { return r >= '0' && r <= '9' }

// maxDigits is the length of the longest way to write a number: ddmmyyyy and the
// Norwegian five digits.
const maxDigits = 13

// window is some groups of digits that stand together.
type window struct {
	text   []rune
	groups []digitGroup
	i, j   int // from the i-th group up to the j-th, which isn't in it
	digits string
	cuts   []cut
	said   said
}

// cut is where a row of digits is parted: after so many, and by what.
type cut struct {
	at  int
	gap gap
}

// gap is what stands between two groups: its sign, 0 for nothing but emphasis, and
// whether a line ends there.
type gap struct {
	sign   rune
	broken bool
}

const wordsBetween = 'w' // the sign of a gap with words such as "last four"

// newWindow returns the i-th group as a window; false when it alone is too long.
func newWindow(text []rune, groups []digitGroup, i int, heard said) (*window, bool) {
	w := &window{text: text, groups: groups, i: i, j: i + 1, digits: string(text[groups[i].from:groups[i].to]), said: heard}
	return w, len(w.digits) <= maxDigits
}

// extend takes the next group in; false when none belongs to it.
func (w *window) extend() bool {
	if w.j == len(w.groups) {
		return false
	}
	g, ok := readGap(w.text[w.groups[w.j-1].to:w.groups[w.j].from])
	next := w.groups[w.j]
	if !ok || len(w.digits)+next.to-next.from > maxDigits {
		return false
	}
	if g.sign != 0 {
		w.cuts = append(w.cuts, cut{len(w.digits), g})
	}
	w.digits += string(w.text[next.from:next.to])
	w.j++
	return true
}

// The longest gaps: with a line break a quotation's margin may stand there.
const (
	maxGap       = 40
	maxGapSpaces = 8
	maxGapSigns  = 4
)

// betweenWords may stand between a date of birth and the rest of a number.
var betweenWords = strings.Fields(`
	sista fyra siffror siffrorna slutsiffror slut nr de och med på slutar löpnr kontrollsiffror kontrollnr
	siste fire fem tall siffer siffre personnr personnummer pnr cifre sidste løbenr kontrolcifre
	last four five digits digit then ending ends in the and with
	viimeiset neljä numeroa loppuosa tunnus`)

// readGap tells what stands between two groups; false when that parts them.
func readGap(between []rune) (g gap, ok bool) {
	if len(between) > maxGap {
		return g, false
	}
	spaces, signs := 0, ""
	word := func(r rune) bool { return unicode.IsLetter(r) }
	if slices.ContainsFunc(between, word) {
		for w := range strings.FieldsFuncSeq(string(between), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if !slices.Contains(betweenWords, w) {
				return g, false
			}
		}
		return gap{sign: wordsBetween}, true
	}
	for _, r := range between {
		switch {
		case r == '\n':
			g.broken, spaces = true, 0
		case r == ' ':
			spaces++
		case r == emphasis:
		case strings.ContainsRune("-+./,:;|=\\#@&^…", r):
			signs += string(r)
		default:
			return g, false
		}
		if !g.broken && spaces > maxGapSpaces {
			return g, false
		}
	}
	switch {
	case utf8.RuneCountInString(signs) > maxGapSigns:
		return g, false
	case strings.ContainsRune(signs, '+'):
		g.sign = '+'
	case strings.ContainsRune(signs, '-'):
		g.sign = '-'
	case signs != "":
		g.sign, _ = utf8.DecodeRuneInString(signs)
	case g.broken || slices.Contains(between, ' '):
		g.sign = ' '
	}
	return g, true
}

// written is how the digits of a number stand.
type written int

const (
	inOnePiece  written = iota // 8112189876
	hyphened                   // 811218-9876
	spaced                     // 811218 9876
	parted                     // 811218/9876, over a line break, with words
	dated                      // 81-12-18-9876, 81.12.18 9876
	datedSpaced                // 81 12 18 9876
	looseHyphen                // 8112 18-98 76
	loose                      // 8112 18 98 76
	unlikely                   // as nobody writes one
)

// written tells how a number is written whose date is the digits before boundary:
// with all of its parts parted or none. Where the others end, such as a century, may
// be parted or not.
func (w *window) written(boundary int, dateParts []int, others ...int) written {
	var at gap
	inDate, odd, spacesOnly := 0, 0, true
	for _, c := range w.cuts {
		switch {
		case c.at == boundary:
			at = c.gap
			continue
		case slices.Contains(dateParts, c.at) && c.gap.sign != '+' && c.gap.sign != wordsBetween:
			inDate++
		case !slices.Contains(others, c.at):
			odd++
		}
		spacesOnly = spacesOnly && c.gap.sign == ' '
	}
	isHyphen, isWhole := at.sign == '-' || at.sign == '+', odd == 0 && at.sign != 0
	switch {
	case len(w.cuts) == 0:
		return inOnePiece
	case isWhole && inDate == len(dateParts) && spacesOnly && !isHyphen:
		return datedSpaced
	case isWhole && inDate == len(dateParts):
		return dated
	case isWhole && inDate == 0 && isHyphen && !at.broken:
		return hyphened
	case isWhole && inDate == 0 && at.sign == ' ' && !at.broken:
		return spaced
	case isWhole && inDate == 0:
		return parted
	case isHyphen && spacesOnly:
		return looseHyphen
	case isWhole && spacesOnly && at.sign == ' ':
		return loose // 8112 18 9876
	}
	return w.looseness()
}

// looseness tells whether digits that are parted in no usual place may be one number.
func (w *window) looseness() written {
	if w.isRegular() {
		return loose
	}
	if !w.standsAlone() || w.isPhone() || w.isThousands() {
		return unlikely
	}
	for _, c := range w.cuts {
		if !strings.ContainsRune(" -", c.gap.sign) {
			return unlikely
		}
	}
	return loose
}

// standsAlone tells whether no other digits stand beside it, as they do in a list.
func (w *window) standsAlone() bool {
	before, after := w.neighbours()
	return before == nil && after == nil
}

// isRegular tells whether the digits stand one by one, or in twos, with the same sign
// between all of them, and none beside them that would go on with it: 8,1,1,2,1,8,9,8,7,6
// or 81.12.18.98.76. Before the last four may stand another sign.
func (w *window) isRegular() bool {
	if len(w.cuts) < 4 {
		return false
	}
	length, sign, others := w.cuts[0].at, w.cuts[0].gap.sign, 0
	for k, c := range w.cuts {
		if c.at != length*(k+1) || c.gap.broken {
			return false
		}
		if c.gap.sign != sign {
			others++
		}
	}
	goesOn := func(g *gap, beside digitGroup) bool {
		return g != nil && !g.broken && g.sign == sign && beside.to-beside.from == length
	}
	before, after := w.neighbours()
	switch {
	case length > 2, others > 1, sign == wordsBetween, length == 2 && sign == ',':
		return false
	case w.i > 0 && goesOn(before, w.groups[w.i-1]), w.j < len(w.groups) && goesOn(after, w.groups[w.j]):
		return false
	}
	return len(w.digits)-w.cuts[len(w.cuts)-1].at <= length
}

// isOneByOne tells whether the digits stand so.
func (w *window) isOneByOne() bool { return len(w.cuts) == len(w.digits)-1 && len(w.cuts) > 0 }

// isInColumn tells whether figures stand above or below it.
func (w *window) isInColumn() bool {
	before, after := w.neighbours()
	isLineEnd := func(g *gap) bool { return g != nil && g.broken && g.sign == ' ' }
	return isLineEnd(before) || isLineEnd(after)
}

// neighbours are the gaps to the digits beside the window; nil where none are near.
func (w *window) neighbours() (before, after *gap) {
	if w.i > 0 {
		if g, near := readGap(w.text[w.groups[w.i-1].to:w.groups[w.i].from]); near {
			before = &g
		}
	}
	if w.j < len(w.groups) {
		if g, near := readGap(w.text[w.groups[w.j-1].to:w.groups[w.j].from]); near {
			after = &g
		}
	}
	return before, after
}

// isPhone tells whether digits are grouped as those of a telephone: an area code
// that begins with 0 stands first.
func (w *window) isPhone() bool {
	if w.digits[0] != '0' || len(w.cuts) == 0 {
		return false
	}
	first := w.cuts[0]
	return first.at >= 3 && first.at <= 5 || first.at == 2 && (first.gap.sign == '-' || len(w.cuts) > 1 && w.cuts[1].at != 4)
}

// isThousands tells whether it is a large number in groups of three: 1 234 567 890.
func (w *window) isThousands() bool {
	for k, c := range w.cuts {
		if c.at != (len(w.digits)-1)%3+1+3*k {
			return false
		}
	}
	return len(w.cuts) == (len(w.digits)-1)/3
}

// tight is a sign and a digit directly after it, or before.
var (
	tightAfter  = regexp.MustCompile(`^[*]?-[*]?\d`)
	decimals    = regexp.MustCompile(`\d\.$|(?:^|\D)0,$`)
	decimalsEnd = regexp.MustCompile(`^\.\d`)
	bookPrefix  = regexp.MustCompile(`97[89][- ]$`)
	abroad      = regexp.MustCompile(`(?:^|[^\d\pL])\+$`)
)

func (w *window) before(most int) string {
	from := w.groups[w.i].from
	return string(w.text[max(from-most, 0):from])
}

func (w *window) after(most int) string {
	to := w.groups[w.j-1].to
	return string(w.text[to:min(to+most, len(w.text))])
}

// isPartOfAnother tells whether the digits belong to something else: a decimal
// number, a range of dates, an ISBN of 13 digits, a telephone number abroad.
func (w *window) isPartOfAnother(how written) bool {
	before, after := w.before(4), w.after(3)
	switch how {
	case inOnePiece:
		return decimals.MatchString(before) || decimalsEnd.MatchString(after) || abroad.MatchString(before)
	case dated, datedSpaced:
		return tightAfter.MatchString(after)
	case loose, looseHyphen:
		return abroad.MatchString(before)
	case hyphened, spaced, parted, unlikely:
	}
	return bookPrefix.MatchString(before)
}

// isTimeOfDay tells whether the last four digits are a time, and the six before them
// a date of these years, in either order: nothing but the writer tells such a time
// from a number.
func (w *window) isTimeOfDay() bool {
	date, clock := w.digits[:len(w.digits)-4], w.digits[len(w.digits)-4:]
	if numeral(clock[:2]) > 23 || numeral(clock[2:]) > 59 {
		return false
	}
	if len(date) == 8 {
		return date[:2] == "20" && isLately(date[2:4], date[4:6], date[6:]) || date[4:6] == "20" && isLately(date[6:], date[2:4], date[:2])
	}
	return len(date) == 6 && (isLately(date[:2], date[2:4], date[4:]) || isLately(date[4:], date[2:4], date[:2]))
}

// isLately tells whether it is a date of 2015 to 2040, of which times are likely.
func isLately(year, month, day string) bool {
	return numeral(year) >= 15 && numeral(year) <= 40 && isBirthDate("", numeral(year), numeral(month), numeral(day))
}

// isClock tells a time of day that is written as one: 12.03.26 14.30.
func (w *window) isClock() bool {
	n := len(w.cuts)
	if n < 2 {
		return false
	}
	last, before := w.cuts[n-1], w.cuts[n-2]
	return last.at == len(w.digits)-2 && (last.gap.sign == '.' || last.gap.sign == ':') &&
		before.at == len(w.digits)-4 && before.gap.sign == ' ' && numeral(w.digits[before.at:last.at]) < 24
}
