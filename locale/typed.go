package locale

import "strings"

// signs makes one of the many ways to type a minus, a space or an apostrophe.
var signs = strings.NewReplacer(
	"\u2212", "-", "\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\ufe63", "-", "\uff0d", "-",
	"\u00a0", " ", "\u2007", " ", "\u2008", " ", "\u2009", " ", "\u202f", " ",
	"\u2019", "'",
)

// written is a number taken apart but not yet read.
type written struct {
	sign     string // "" or "-"
	mantissa string
	exponent string // "" or "e" with a sign and digits
}

func split(s string) written {
	var w written
	switch {
	case strings.HasPrefix(s, "-"):
		w.sign, s = "-", s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	s = strings.TrimPrefix(s, " ")
	w.mantissa = s
	if i := strings.IndexAny(s, "eE"); i > 0 && isExponent(s[i+1:]) {
		w.mantissa, w.exponent = s[:i], "e"+s[i+1:]
	}
	return w
}

// plain returns the mantissa with a decimal point and nothing between the
// thousands, and whether it is a number at all.
func (w written) plain() (string, bool) {
	whole, fraction, hasFraction := w.mantissa, "", false
	if i := w.decimalSign(); i >= 0 {
		whole, fraction, hasFraction = w.mantissa[:i], w.mantissa[i+1:], true
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
func (w written) decimalSign() int {
	i := strings.LastIndexAny(w.mantissa, ",.")
	if i < 0 || strings.IndexByte(w.mantissa, w.mantissa[i]) < i {
		return -1
	}
	return i
}

// ambiguous reports whether the only mark may be a decimal sign or stand
// between thousands.
func (w written) ambiguous() bool {
	if w.exponent != "" || strings.ContainsAny(w.mantissa, " '") {
		return false
	}
	i := w.decimalSign()
	if i < 1 || i > 3 || len(w.mantissa)-i-1 != 3 || w.mantissa[0] == '0' {
		return false
	}
	return strings.IndexAny(w.mantissa, ",.") == i
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
	for n, group := range groups {
		if !allDigits(group) || (n > 0 && len(group) != 3) || (n == 0 && (group == "" || len(group) > 3 || group[0] == '0')) {
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
