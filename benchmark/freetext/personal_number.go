package freetext

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// PersonalNumberKind names a kind of personal identity number.
type PersonalNumberKind string

// The kinds that [PersonalNumber] knows.
const (
	Personnummer      PersonalNumberKind = "personnummer"      // Swedish
	Samordningsnummer PersonalNumberKind = "samordningsnummer" // Swedish, for those not registered
	Fodselsnummer     PersonalNumberKind = "fødselsnummer"     // Norwegian
	DNumber           PersonalNumberKind = "d-nummer"          // Norwegian, for those not registered
	HelpNumber        PersonalNumberKind = "hjelpenummer"      // Norwegian health care's own
	CPRNumber         PersonalNumberKind = "cpr-nummer"        // Danish
	HETU              PersonalNumberKind = "henkilötunnus"     // Finnish
	NHSNumber         PersonalNumberKind = "nhs number"        // British, Scotland's CHI number too
)

// PersonalNumber looks for something like a personal identity number anywhere in
// a text, and returns the kind of the first, or the likeliest where the rules of
// several countries fit. It is a net for slips, so that no
// patient's number is kept or relayed, and it would rather refuse an innocent
// number than let one through:
//
//   - Swedish, 10 or 12 digits: a date (with 60 added to the day for
//     samordningsnummer) and the Luhn digit.
//   - Norwegian, 11 digits: a date (with 40 added to the day for D-numbers, to the
//     month for H-numbers) or a first digit of 8 or 9 (FH-numbers), and both
//     control digits modulo 11, the first by the wider rule that the tax
//     authority brings in for numbers from 2032 (a remainder of 0 to 3).
//   - Danish, 10 digits: a date; with a hyphen that is enough, for numbers given
//     out since 2007 have no control digit; without one, the digit modulo 11.
//   - Finnish: a date, one of the signs + - Y X W V U A B C D E F, three digits,
//     and the control character modulo 31.
//   - British, 10 digits: the digit modulo 11, and a first digit that is given
//     out; or, for CHI numbers, a date.
//
// The parts may stand apart as people write them (850709-9805, 19850709 9805,
// 943 476 5919, 010150 12345), with any kind of space or dash. Digits right
// beside it make another number of it, as does a decimal point before it;
// letters don't.
//
// Of random numbers written in one piece it takes for personal ones about 6 % of
// those with 10 digits (4 of the 6 as British), 0.7 % of those with 11 and 0.01 %
// of those with 12; of pairs such as 123456-7890, 4 %, for that is how often
// six digits are a date. Times written 120326-1430 and 202603121430 are among
// those. Fewer than 10 digits, fractions such as 3/412, dates and ranges of them
// are never taken.
func PersonalNumber(s string) (PersonalNumberKind, bool) {
	text := slices.DeleteFunc([]rune(dashes.Replace(s)), func(r rune) bool {
		return r != '\n' && unicode.In(r, invisible...) || unicode.Is(unicode.M, r)
	})
	groups := digitGroups(text)
	for i := range groups {
		if kind, ok := finnish(text, groups[i:]); ok {
			return kind, true
		}
		for _, shape := range personalShapes {
			digits, mark, ok := shape.match(text, groups[i:])
			if !ok {
				continue
			}
			for _, rule := range shape.rules {
				if kind, ok := rule(digits, mark); ok {
					return kind, true
				}
			}
		}
	}
	return "", false
}

// dashes makes one of all dashes, and ordinary digits of the wide ones that
// Asian keyboards type.
var dashes = strings.NewReplacer(
	"\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-", "\ufe63", "-", "\uff0d", "-", "\uff0b", "+",
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
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

// personalShape is a way to write a number: digits in groups of these lengths.
type personalShape struct {
	lengths []int
	rules   []personalRule
}

// personalRule tells whether digits are a number of a kind. The mark is what
// stands before the last group: '-', '+', ' ' or 0 for nothing.
type personalRule func(digits string, mark rune) (PersonalNumberKind, bool)

var personalShapes = []personalShape{
	{[]int{10}, []personalRule{swedish, danish, british, scottish}},
	{[]int{6, 4}, []personalRule{swedish, danish, scottish}},
	{[]int{2, 2, 2, 4}, []personalRule{swedish, danish}},
	{[]int{3, 3, 4}, []personalRule{british}},
	{[]int{12}, []personalRule{swedish}},
	{[]int{8, 4}, []personalRule{swedish}},
	{[]int{2, 6, 4}, []personalRule{swedish}},
	{[]int{4, 2, 2, 4}, []personalRule{swedish}},
	{[]int{11}, []personalRule{norwegian}},
	{[]int{6, 5}, []personalRule{norwegian}},
	{[]int{6, 3, 2}, []personalRule{norwegian}},
	{[]int{2, 2, 2, 5}, []personalRule{norwegian}},
}

// match returns the digits of the first groups if they are written in this way.
func (s personalShape) match(text []rune, groups []digitGroup) (digits string, mark rune, ok bool) {
	if len(groups) < len(s.lengths) {
		return "", 0, false
	}
	end := len(s.lengths) - 1
	for i, length := range s.lengths {
		g := groups[i]
		if g.to-g.from != length {
			return "", 0, false
		}
		if i > 0 {
			if mark = gapMark(text[groups[i-1].to:g.from]); mark == 0 || (mark == '+' && i < end) {
				return "", 0, false
			}
		}
		digits += string(text[g.from:g.to])
	}
	before, after := text[:groups[0].from], text[groups[end].to:]
	isFraction := end == 0 && decimals.MatchString(string(before[max(len(before)-2, 0):]))
	isRange := end == 3 && len(after) > 1 && after[0] == '-' && isASCIIDigit(after[1]) // 2026-10-01-2026-10-31
	return digits, mark, !isFraction && !isRange
}

// decimals is what stands before the digits of a decimal fraction. A comma may
// as well stand between the columns of a table, unless it comes after a zero.
var decimals = regexp.MustCompile(`\d\.$|0,$`)

// gapMark returns what stands between two groups: one '-' or '+' with or without
// space, or space alone; 0 for anything else.
func gapMark(text []rune) rune {
	mark := ' '
	if len(text) == 0 || len(text) > 3 {
		return 0
	}
	for _, r := range text {
		switch {
		case r == '\n':
			return 0
		case unicode.IsSpace(r):
		case (r == '-' || r == '+') && mark == ' ':
			mark = r
		default:
			return 0
		}
	}
	return mark
}

// swedish is by Skatteverket's rules (SKV 704 for personnummer, SKV 707 for
// samordningsnummer).
func swedish(digits string, _ rune) (PersonalNumberKind, bool) {
	century := ""
	if len(digits) == 12 {
		century, digits = digits[:2], digits[2:]
		if century < "18" || century > "20" {
			return "", false
		}
	}
	day := numeral(digits[4:6])
	kind := Personnummer
	if day > 60 {
		day -= 60
		kind = Samordningsnummer
	}
	return kind, isBirthDate(century, numeral(digits[0:2]), numeral(digits[2:4]), day) && luhn(digits)
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

// norwegian is by Skatteetaten's rules for fødselsnummer and D-number, those for
// 2032 included, and by the health standard HIS 1001 for H- and FH-numbers.
func norwegian(digits string, _ rune) (PersonalNumberKind, bool) {
	first := weigh(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11
	if first > 3 || weigh(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 != 0 {
		return "", false
	}
	if digits[0] >= '8' {
		return HelpNumber, first == 0
	}
	day, month := numeral(digits[0:2]), numeral(digits[2:4])
	kind := Fodselsnummer
	if day > 40 {
		day -= 40
		kind = DNumber
	}
	if month > 40 {
		month -= 40
		kind = HelpNumber
	}
	return kind, isBirthDate("", numeral(digits[4:6]), month, day)
}

// danish is by the CPR office's rules (Personnummeret i CPR): the control digit
// was given up in 2007.
func danish(digits string, mark rune) (PersonalNumberKind, bool) {
	return CPRNumber, isBirthDate("", numeral(digits[4:6]), numeral(digits[2:4]), numeral(digits[0:2])) &&
		(mark == '-' || weigh(digits, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0)
}

// british is by the NHS Data Dictionary (NHS number). Numbers begin with 3, 4, 6
// or 7, those for tests with 9.
func british(digits string, _ rune) (PersonalNumberKind, bool) {
	return NHSNumber, strings.ContainsRune("34679", rune(digits[0])) &&
		weigh(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}

// scottish is the CHI number: as the NHS number, but it begins with a date.
func scottish(digits string, _ rune) (PersonalNumberKind, bool) {
	return NHSNumber, weigh(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == 0 &&
		isBirthDate("", numeral(digits[4:6]), numeral(digits[2:4]), numeral(digits[0:2]))
}

// finnish is by the Digital and Population Data Services Agency's rules, with
// the signs of 2023.
func finnish(text []rune, groups []digitGroup) (PersonalNumberKind, bool) {
	const (
		signs    = "+-YXWVUABCDEF"
		controls = "0123456789ABCDEFHJKLMNPRSTUVWXY"
	)
	if len(groups) < 2 || groups[0].to-groups[0].from != 6 {
		return "", false
	}
	sign := string(text[groups[0].to:groups[1].from])
	if mark := gapMark([]rune(sign)); mark == '-' || mark == '+' {
		sign = string(mark)
	}
	if len(sign) != 1 || !strings.Contains(signs, strings.ToUpper(sign)) {
		return "", false
	}
	rest := text[groups[1].from:]
	if n := groups[1].to - groups[1].from; n != 3 && n != 4 || len(rest) < 4 || rest[3] >= utf8Self {
		return "", false
	}
	date, number := string(text[groups[0].from:groups[0].to]), string(rest[:3])
	control := strings.ToUpper(string(rest[3]))[0]
	return HETU, isBirthDate("", numeral(date[4:6]), numeral(date[2:4]), numeral(date[0:2])) &&
		control == controls[numeral(date+number)%len(controls)]
}

// utf8Self is where runes begin that are no ASCII.
const utf8Self = 0x80

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
	}
	t := time.Date(numeral(century)*100+year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return month >= 1 && month <= 12 && day >= 1 && t.Day() == day
}
