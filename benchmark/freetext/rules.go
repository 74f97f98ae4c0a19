package freetext

import (
	"slices"
	"strings"
	"time"
)

// rules are the countries' check rules, each for numbers of so many digits. The
// sources:
//
//   - Swedish: Skatteverket, SKV 704 (personnummer) and SKV 707 (samordningsnummer, 60
//     added to the day); the control digit is that of ISO/IEC 7812-1, annex B; + for
//     those of a hundred years (Folkbokföringslagen 18 §).
//   - Norwegian: Skatteetaten, "Fødselsnummer" and "D-nummer" (40 added to the day), and
//     "Nytt fødselsnummer fra 2032": the first control digit may then leave a remainder
//     of 0 to 3. Direktoratet for e-helse, HIS 1001 for H-numbers (40 added to the month)
//     and FH-numbers (8 or 9 first). The synthetic ones of test populations (65 or 80
//     added to the month) are nobody's, and only asked about.
//   - Danish: CPR-kontoret, "Personnummeret i CPR": modulo 11, given up for numbers from
//     1 October 2007 on.
//   - Finnish: Digi- ja väestötietovirasto, "Henkilötunnus"; new signs of the century by
//     Valtioneuvoston asetus 690/2022 (- Y X W V U for 1900, A B C D E F for 2000).
//   - British: NHS Data Dictionary, "NHS number": modulo 11; numbers begin with 3, 4, 6
//     or 7, those for tests with 9. Public Health Scotland, "CHI number": the same rule,
//     and a date first. ISBN-10 (ISO 2108:1992) has the same rule.
var rules = map[int][]func(*window) finding{
	10: {(*window).swedish, (*window).danish, (*window).scottish, (*window).british},
	11: {(*window).norwegian},
	12: {(*window).swedish, (*window).danish},
	13: {(*window).norwegian},
}

// judge says by each rule whether the digits are a number, and returns the
// likeliest.
func (w *window) judge() finding {
	best := finding{}
	for _, rule := range rules[len(w.digits)] {
		best = best.worse(rule(w))
	}
	return best
}

// dayMonthYear are where the parts of a date of six digits end, in whichever order.
var dayMonthYear = []int{2, 4}

// swedishScores and the others below are what a number that is right by its rule
// counts, by how it is written; 0 for those that aren't there.
var swedishScores = map[written]int{hyphened: 3, dated: 3, spaced: 2, parted: 2, inOnePiece: 2, looseHyphen: 2, datedSpaced: 2, loose: 1}

func (w *window) swedish() finding {
	if len(w.digits) == 10 {
		return w.swedishOf("", w.digits, w.written(6, dayMonthYear))
	}
	f := finding{}
	if century := w.digits[:2]; century == "18" || century == "19" || century == "20" {
		f = w.swedishOf(century, w.digits[2:], w.written(8, []int{4, 6}, 2))
	}
	if w.written(8, dayMonthYear) == dated { // 18.12.1981-9876
		f = f.worse(w.swedishOf(w.digits[4:6], w.digits[6:8]+w.digits[2:4]+w.digits[:2]+w.digits[8:], dated))
	}
	return f
}

func (w *window) swedishOf(century, digits string, how written) finding {
	day, kind := numeral(digits[4:6]), Personnummer
	if day > 60 {
		day, kind = day-60, Samordningsnummer
	}
	score := swedishScores[how]
	if !isBirthDate(century, numeral(digits[:2]), numeral(digits[2:4]), day) {
		return finding{}
	}
	if !luhn(digits) {
		return w.mistyped(kind, how)
	}
	if how == inOnePiece && kind == Samordningsnummer && century == "" {
		score = 1
	}
	return w.weigh(kind, how, score)
}

// luhn is ISO/IEC 7812-1, annex B.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		n := int(digits[i] - '0')
		if (len(digits)-i)%2 == 0 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0
}

var norwegianScores = map[written]int{hyphened: 3, dated: 3, spaced: 3, parted: 2, inOnePiece: 3, looseHyphen: 2, datedSpaced: 3, loose: 1}

func (w *window) norwegian() finding {
	digits, how := w.digits, w.written(6, dayMonthYear, 9)
	if len(digits) == 13 {
		how = w.written(8, dayMonthYear, 11)
		if how == inOnePiece || how == loose {
			return finding{}
		}
		digits = digits[:4] + digits[6:]
	}
	score := norwegianScores[how]
	day, month, year := numeral(digits[:2]), numeral(digits[2:4]), numeral(digits[4:6])
	kind := Fodselsnummer
	if day > 40 {
		day, kind = day-40, DNumber
	}
	switch {
	case digits[0] >= '8':
		day, month, kind = 1, 1, HelpNumber
	case month > 80:
		month, score = month-80, score-2
	case month > 65:
		month, score = month-65, score-2
	case month > 40:
		month, kind = month-40, HelpNumber
	}
	if !isBirthDate("", year, month, day) && digits[0] < '8' {
		return finding{}
	}
	first := weigh(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11
	switch {
	case first > 3 || weigh(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 != 0:
		if kind == HelpNumber {
			return finding{}
		}
		return w.mistyped(kind, how)
	case first > 0 && digits[0] >= '8':
		return finding{}
	case first > 0 && how == inOnePiece, kind == HelpNumber && how == inOnePiece:
		score--
	}
	return w.weigh(kind, how, score)
}

var danishScores = map[written]int{hyphened: 3, dated: 3, spaced: 2, parted: 2, inOnePiece: 2, looseHyphen: 2, datedSpaced: 2, loose: 1}

func (w *window) danish() finding {
	digits, how := w.digits, w.written(6, dayMonthYear)
	if len(digits) == 12 {
		how = w.written(8, dayMonthYear)
		if century := digits[4:6]; how == loose || century < "18" || century > "20" {
			return finding{}
		}
		digits = digits[:4] + digits[6:]
	}
	score := danishScores[how]
	if !isBirthDate("", numeral(digits[4:6]), numeral(digits[2:4]), numeral(digits[:2])) {
		return finding{}
	}
	if weigh(digits, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 {
		if len(w.digits) == 12 && how == inOnePiece {
			score = 1
		}
		return w.weigh(CPRNumber, how, score)
	}
	if how == loose || how == unlikely || w.isTimeOfDay() && w.words() != strong {
		return finding{}
	}
	score = 0 // no control digit since 2007: the words beside it tell
	if how == hyphened || how == dated && w.cuts[len(w.cuts)-1].gap.sign == '-' {
		score = 1
	}
	return w.weigh(CPRNumber, how, score)
}

func (w *window) british() finding {
	if weigh(w.digits, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 != 0 {
		return finding{}
	}
	how, score := w.inThrees(), 1
	switch {
	case how == datedSpaced && w.standsAlone():
		score = 2 // 943 476 5919
	case how == inOnePiece && tightAfter.MatchString(w.after(4)):
		score = 0 // SE2321000016-1003
	case how == loose && w.isRegular() && (w.isOneByOne() || w.cuts[0].gap.sign != ' '):
	case how == loose && (w.isInPairs() || slices.ContainsFunc(w.cuts, func(c cut) bool { return c.gap.sign != ' ' })):
		score = 0
	}
	if !strings.ContainsRune("34679", rune(w.digits[0])) && w.words() != strong {
		return finding{}
	}
	return w.weigh(NHSNumber, how, score)
}

// inThrees is how the digits of an NHS number are written: in three, three and four.
func (w *window) inThrees() written {
	signs := map[rune]int{}
	for _, c := range w.cuts {
		if c.at != 3 && c.at != 6 {
			return w.looseness()
		}
		if c.gap.broken && w.isInColumn() {
			return unlikely // a column of figures
		}
		signs[c.gap.sign]++
	}
	switch {
	case len(w.cuts) == 0:
		return inOnePiece
	case signs[' '] == 2:
		return datedSpaced
	case signs['.'] == 2, signs['/'] == 2, signs[' ']+signs['-'] == 2, signs[' '] == len(w.cuts):
		return parted
	}
	return unlikely
}

// isInPairs tells whether the digits stand in twos, as counts of a list may.
func (w *window) isInPairs() bool {
	for k, c := range w.cuts {
		if c.at != 2*k+2 {
			return false
		}
	}
	return len(w.cuts) > 0
}

// scottish is the CHI number: as the NHS number, but it begins with a date.
func (w *window) scottish() finding {
	how := w.written(6, dayMonthYear)
	score := danishScores[how]
	if how == inOnePiece || how == loose {
		score = 1
	}
	if weigh(w.digits, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 != 0 ||
		!isBirthDate("", numeral(w.digits[4:6]), numeral(w.digits[2:4]), numeral(w.digits[:2])) {
		return finding{}
	}
	return w.weigh(NHSNumber, how, score)
}

// mistyped is a number with a date and a wrong control digit: with a word such as
// "pnr" before it, somebody's all the same.
func (w *window) mistyped(kind PersonalNumberKind, how written) finding {
	if w.words() != strong || how == loose || how == unlikely || w.isTimeOfDay() || w.isPartOfAnother(how) {
		return finding{}
	}
	return finding{kind, 1}
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if isASCIIDigit(r) {
			return r
		}
		return -1
	}, s)
}

// weigh adds the digits up, each times its weight.
func weigh(digits string, weights ...int) int {
	sum := 0
	for i, weight := range weights {
		sum += weight * int(digits[i]-'0')
	}
	return sum
}

// numeral reads digits.
func numeral(digits string) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// isBirthDate reports whether there is such a date. Without a century 29 February is
// right in every fourth year, 00 among them, which it was in 2000.
func isBirthDate(century string, year, month, day int) bool {
	if century == "" {
		century = "20"
	} else if century == "20" && year > 50 {
		return false // nobody is born yet
	}
	t := time.Date(numeral(century)*100+year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return month >= 1 && month <= 12 && day >= 1 && t.Day() == day
}
