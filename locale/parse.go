package locale

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// LargestNumber is the largest value that [ParseNumber] takes, and its negative
// the smallest. Up to here a float64 keeps every whole number apart (it can to
// 2^53, about 9.007e15), so that nothing typed is changed in silence.
const LargestNumber = 1e15

// NumberProblem names why something typed isn't a number.
type NumberProblem string

// What can be wrong with a number.
const (
	NumberEmpty     NumberProblem = "empty"        // nothing was typed
	NumberUnread    NumberProblem = "not-a-number" // anything else than a decimal number, hexadecimal too
	NumberNotFinite NumberProblem = "not-finite"   // NaN or an infinity, in letters or as ∞
	NumberTooLarge  NumberProblem = "too-large"    // beyond [LargestNumber]
	NumberTooSmall  NumberProblem = "too-small"    // not zero, but would be kept as zero
	NumberAmbiguous NumberProblem = "ambiguous"    // "1,234": a decimal or a thousand?
)

// NumberError is the only error of [ParseNumber].
type NumberError struct {
	Problem NumberProblem
	Typed   string // as it was typed, without the space around it
	// Readings are the two possible values of an ambiguous number: first with
	// the sign read as a decimal one, then as one between thousands.
	Readings []float64
}

// Error says what was wrong in English, for logs and tests; it quotes what was
// typed. People get [Locale.NumberProblem].
func (e *NumberError) Error() string {
	return fmt.Sprintf("number %q: %s", e.Typed, e.Problem)
}

// NumberProblem says what was wrong with a number, and what to type instead.
func (l *Locale) NumberProblem(e *NumberError) string {
	if e.Problem != NumberAmbiguous || len(e.Readings) != 2 {
		return l.T("number."+string(e.Problem), "Typed", e.Typed)
	}
	return l.T("number.ambiguous", "Typed", e.Typed, "Decimal", l.Number(e.Readings[0], 3),
		"Grouped", l.Decimal(e.Readings[1]), "Longer", l.Number(e.Readings[0], 4),
		"Plain", strconv.FormatFloat(e.Readings[1], 'f', -1, 64))
}

// ParseNumber reads a number as people type it, in any of the languages.
//
// The decimal sign is a comma or a point: 12,5 and 12.5. Thousands may be kept
// apart, in whole groups of three, by spaces of any kind, apostrophes, or the
// one of comma and point that isn't the decimal sign: 1 234,5 1'234.5 1,234.5
// 1.234,5 and 1,234,567. A sign may stand first, a typographic minus too; an
// exponent last (1e3).
//
// One comma or point before exactly three digits (1,234 and 1.234) can be
// either, for this is how English and Danish, say, differ. It is refused as
// [NumberAmbiguous], with both readings to ask about; 0,412 and 1234,567 can
// only be decimals, and 1,2340 is a way to say so.
//
// The error is always a *[NumberError].
func ParseNumber(s string) (float64, error) {
	typed := strings.TrimSpace(s)
	problem := func(p NumberProblem, readings ...float64) error {
		return &NumberError{Problem: p, Typed: typed, Readings: readings}
	}
	if typed == "" {
		return 0, problem(NumberEmpty)
	}
	n := splitNumeral(normaliser.Replace(typed))
	if notFinite(n.mantissa) && n.exponent == "" {
		return 0, problem(NumberNotFinite)
	}
	digits, ok := n.decimal()
	if !ok {
		return 0, problem(NumberUnread)
	}
	value, reason := n.value(digits)
	if reason != "" {
		return 0, problem(reason)
	}
	if n.ambiguous() {
		return 0, problem(NumberAmbiguous, value, value*1000)
	}
	return value, nil
}

// normaliser replaces each of the many ways to type a minus, a space or an
// apostrophe by one.
var normaliser = strings.NewReplacer(
	"\u2212", "-", "\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\ufe63", "-", "\uff0d", "-",
	"\u00a0", " ", "\u2007", " ", "\u2008", " ", "\u2009", " ", "\u202f", " ",
	"\u2019", "'",
)

// numeral is a number as it was typed, in parts.
type numeral struct {
	sign     string // "" or "-"
	mantissa string
	exponent string // "" or "e" with a sign and digits
}

func splitNumeral(s string) numeral {
	var n numeral
	switch {
	case strings.HasPrefix(s, "-"):
		n.sign, s = "-", s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	s = strings.TrimPrefix(s, " ")
	n.mantissa = s
	if i := strings.IndexAny(s, "eE"); i > 0 && isExponent(s[i+1:]) {
		n.mantissa, n.exponent = s[:i], "e"+s[i+1:]
	}
	return n
}

// decimal returns the mantissa with a decimal point and nothing between the
// thousands, and whether it is a number at all.
func (n numeral) decimal() (string, bool) {
	whole, fraction, hasFraction := n.mantissa, "", false
	if i := n.decimalSign(); i >= 0 {
		whole, fraction, hasFraction = n.mantissa[:i], n.mantissa[i+1:], true
	}
	whole, ok := ungroup(whole, hasFraction)
	if !ok || !allDigits(fraction) || (hasFraction && fraction == "") {
		return "", false
	}
	return whole + "." + fraction + "0", true
}

// decimalSign returns where the decimal sign is, or -1: the last comma or
// point, unless there are several of that one and so it stands between
// thousands.
func (n numeral) decimalSign() int {
	i := strings.LastIndexAny(n.mantissa, ",.")
	if i < 0 || strings.IndexByte(n.mantissa, n.mantissa[i]) < i {
		return -1
	}
	return i
}

// ambiguous reports whether the only mark may be a decimal sign or stand
// between thousands.
func (n numeral) ambiguous() bool {
	if n.exponent != "" || strings.ContainsAny(n.mantissa, " '") {
		return false
	}
	i := n.decimalSign()
	if i < 1 || i > 3 || len(n.mantissa)-i-1 != 3 || n.mantissa[0] == '0' {
		return false
	}
	return strings.IndexAny(n.mantissa, ",.") == i
}

// value returns the number of the digits, with the numeral's sign and exponent.
func (n numeral) value(digits string) (float64, NumberProblem) {
	// An exponent out of range is reported as infinity or as zero.
	value, err := strconv.ParseFloat(n.sign+digits+n.exponent, 64)
	switch {
	case err != nil && !math.IsInf(value, 0):
		return 0, NumberUnread
	case math.Abs(value) > LargestNumber:
		return 0, NumberTooLarge
	case value == 0 && strings.ContainsAny(digits, "123456789"):
		return 0, NumberTooSmall
	}
	return value + 0, "" // +0 takes the sign off -0
}

// ungroup takes out what is between thousands, all of the same kind and in
// groups of three. No digits at all are right only before a fraction (",5").
func ungroup(whole string, hasFraction bool) (string, bool) {
	if whole == "" {
		return "", hasFraction
	}
	i := strings.IndexAny(whole, " ',.")
	if i < 0 {
		return whole, allDigits(whole)
	}
	groups := strings.Split(whole, whole[i:i+1])
	for k, group := range groups {
		if !allDigits(group) || (k > 0 && len(group) != 3) || (k == 0 && (group == "" || len(group) > 3 || group[0] == '0')) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

func isExponent(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return s != "" && allDigits(s)
}

func notFinite(s string) bool {
	switch strings.ToLower(s) {
	case "nan", "inf", "infinity", "∞":
		return true
	}
	return false
}
