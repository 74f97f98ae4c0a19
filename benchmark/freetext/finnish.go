package freetext

import (
	"regexp"
	"slices"
	"strings"
)

// finnishForms are a date without or with its century, the sign of the century, three
// digits and the control character, with what people put between them. What follows a short
// one may make a long one of it, so that each is looked for.
var finnishForms = []*regexp.Regexp{
	regexp.MustCompile(`^((?:\d[ */.,-]{0,3}\n?[ *]{0,3}){5}\d)` + finnishRest),
	regexp.MustCompile(`^((?:\d[ */.,-]{0,3}\n?[ *]{0,3}){5}(?:\d[ */.,-]{0,3}){2}\d)` + finnishRest),
}

const finnishRest = `([*\s]{0,4})([-+yxwvuabcdef./:]{0,2})([*\s>]{0,6}\d[ *]{0,3}\d[ *]{0,3}\d)[ *.-]{0,3}([0-9a-fhj-npr-y])`

// finnishControls are the control characters, by the remainder modulo 31.
const finnishControls = "0123456789abcdefhjklmnprstuvwxy"

// finnish looks for a Finnish number that begins there, also for one whose signs stand one
// by one.
func finnish(text []rune, from int) finding {
	best := finnishAt(text, from)
	if together, ok := together(text, from); ok {
		best = best.worse(finnishAt(together, 0))
	}
	return best
}

// together takes out the same sign from between digits and letters that stand one by one
// from there on; false where they don't.
func together(text []rune, from int) (all []rune, ok bool) {
	first := from + 1
	for first < len(text) && first <= from+maxGapSigns && strings.ContainsRune(" ,./-", text[first]) {
		first++
	}
	between := text[from+1 : min(first, len(text))]
	all = append(all, text[from])
	at := from + 1
	for len(between) > 0 && at+len(between) < len(text) && slices.Equal(text[at:at+len(between)], between) {
		all = append(all, text[at+len(between)])
		at += len(between) + 1
	}
	if len(all) < maxDigits-3 {
		return nil, false
	}
	return append(all, text[at:min(at+wordsAfter, len(text))]...), true
}

// mayBeDate tells whether the first four digits from there on are a day and a month: the
// rest is looked at only then.
func mayBeDate(text []rune, from int) bool {
	day, month, seen := 0, 0, 0
	for _, r := range text[from:min(from+longestFinnish, len(text))] {
		switch {
		case !isASCIIDigit(r):
			continue
		case seen < 2:
			day = day*10 + int(r-'0')
		case seen < 4:
			month = month*10 + int(r-'0')
		}
		seen++
	}
	return seen >= 9 && day >= 1 && day <= 31 && month >= 1 && month <= 12
}

// longestFinnish is how long one may be, with all that may stand between its signs.
const longestFinnish = 60

// finnishAt looks for one that begins there.
func finnishAt(text []rune, from int) finding {
	best := finding{}
	if !mayBeDate(text, from) || from > 0 && isASCIIDigit(text[from-1]) {
		return best
	}
	row := string(text[from:min(from+longestFinnish, len(text))])
	for _, form := range finnishForms {
		if parts := form.FindStringSubmatch(row); parts != nil {
			best = best.worse(finnishOf(text, from, parts))
		}
	}
	return best
}

// finnishOf weighs one that is written in those parts.
func finnishOf(text []rune, from int, parts []string) finding {
	date, number, sign := onlyDigits(parts[1]), onlyDigits(parts[4]), parts[3]
	if len(date) == 8 {
		if date[4:6] < "18" || date[4:6] > "20" {
			return finding{}
		}
		date = date[:4] + date[6:]
	}
	control := parts[5]
	if len(date) != 6 || !isBirthDate("", numeral(date[4:]), numeral(date[2:4]), numeral(date[:2])) ||
		control[0] != finnishControls[numeral(date+number)%len(finnishControls)] {
		return finding{}
	}
	score := 3
	known := len(sign) == 1 && !strings.ContainsAny(sign, "./:")
	isDigit := isASCIIDigit(rune(control[0]))
	end := from + len([]rune(parts[0]))
	switch {
	case isDigit && end < len(text) && isASCIIDigit(text[end]):
		return finding{}
	case isDigit && !known:
		score = 0
	case isDigit:
		score = 2
	case sign == "" && len(parts[1]) == 6 && len(parts[2]) == 0 && len(parts[4]) == 3: // 131052308T may be an article's
		score = 1
	case !known:
		score = 2
	}
	w := &window{text: text, groups: []digitGroup{{from, end}}, j: 1, digits: date + number + "0"}
	if isDigit {
		w.digits = date + number + control
	} else {
		return finding{HETU, score + min(int(w.words()), 1)}
	}
	return w.weigh(HETU, hyphened, score)
}
