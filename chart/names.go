package chart

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"roundtable/benchmark/view"
	"roundtable/chart/lettering"
	"roundtable/locale"
)

// How organisations are called in a picture: by names that fit, each another.

// newViewText puts the organisations in the order in which the language sorts names.
func newViewText(l *locale.Locale, v view.View) viewText {
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	c.v.Marks = c.inNameOrder(v.Marks)
	return c
}

// inNameOrder returns the marks in the order in which the language sorts their names, or the
// letters that stand for them.
func (c viewText) inNameOrder(marks []view.Mark) []view.Mark {
	names := make([]string, len(marks))
	for i, m := range marks {
		names[i] = nameOf(m)
	}
	sorted := make([]view.Mark, len(marks))
	for i, k := range c.l.NameOrder(names) {
		sorted[i] = marks[k]
	}
	return sorted
}

// nameOf is what an organisation is called in a picture: by the short name that it chose,
// else by its own, or by its letter.
func nameOf(m view.Mark) string { return cmp.Or(m.Short, m.Label) }

// spelt is the name as it can be drawn: without signs that no font has, or, where it
// has a letter that none has, what it is known by otherwise.
func (c viewText) spelt(m view.Mark, place int) string {
	name := strings.Join(strings.Fields(lettering.Spelt(nameOf(m))), " ")
	if name != "" {
		return name
	}
	number := strings.TrimPrefix(string(m.Organisation), "o")
	if _, err := strconv.Atoi(number); err != nil {
		number = strconv.Itoa(place + 1)
	}
	return c.l.T("chart.nameless", "Number", number)
}

// drawnNames are the marks' names, each cut to a width where it must be, and no two the
// same. pens are those that they are written with.
func (c viewText) drawnNames(marks []view.Mark, pens func(view.Mark) pen, width float64) []string {
	whole, names := make([]string, len(marks)), make([]string, len(marks))
	for i, m := range marks {
		whole[i] = c.spelt(m, i)
	}
	for i, m := range marks {
		p := pens(m)
		names[i] = shorten(whole[i], "", func(text string) bool { return p.width(text) <= width })
	}
	c.tellApart(marks, whole, names, pens, width)
	return names
}

// tellApart changes names that became the same: each keeps a word that the others
// don't have, or gets a number.
func (c viewText) tellApart(marks []view.Mark, whole, names []string, pens func(view.Mark) pen, width float64) {
	same := map[string][]int{}
	for i, name := range names {
		same[name] = append(same[name], i)
	}
	for i := range names {
		group := same[names[i]]
		if len(group) < 2 || group[0] != i {
			continue
		}
		for _, k := range group {
			p := pens(marks[k])
			names[k] = shorten(whole[k], ownWord(whole, group, k), func(text string) bool { return p.width(text) <= width })
		}
	}
	taken := map[string]bool{}
	for i, name := range names {
		for number := 2; taken[names[i]]; number++ {
			end := " " + strconv.Itoa(number)
			p := pens(marks[i])
			names[i] = shorten(name, "", func(text string) bool { return p.width(text+end) <= width }) + end
		}
		taken[names[i]] = true
	}
}

// ownWord is the first word of a name that the others of a group don't have.
func ownWord(whole []string, group []int, k int) string {
	for _, word := range units(whole[k]) {
		own := true
		for _, other := range group {
			for _, theirs := range units(whole[other]) {
				own = own && (other == k || theirs != word)
			}
		}
		if own {
			return word
		}
	}
	return ""
}

// units are a name's words, each with the numbers that follow it.
func units(name string) []string {
	var all []string
	for word := range strings.FieldsSeq(name) {
		if len(all) > 0 && strings.ContainsFunc(word, unicode.IsDigit) {
			all[len(all)-1] += " " + word
			continue
		}
		all = append(all, word)
	}
	return all
}

// shorten cuts a name until it fits: whole words from its middle, so that its end stays,
// every word with a number, and the word that has to be kept; else letters.
func shorten(name, keep string, fits func(string) bool) string {
	if fits(name) {
		return name
	}
	words := units(name)
	best := ""
	for head := range words {
		for tail := range len(words) - head {
			short, whole := without(words, head, len(words)-tail, keep)
			if whole && len(short) > len(best) && fits(short) {
				best = short
			}
		}
	}
	if best != "" {
		return best
	}
	last := words[len(words)-1]
	if keep != "" {
		last = keep
	}
	var ends []string // what is kept after the letters, the most of it first
	if len(words) > 1 && (keep != "" || strings.ContainsFunc(last, unicode.IsDigit)) {
		ends = append(ends, " "+last)
	}
	if _, numbers, are := strings.Cut(last, " "); are {
		ends = append(ends, " "+numbers)
	}
	for _, end := range ends {
		if text := cut(name, func(start string) string { return start + "…" + end }, fits); fits(text) {
			return text
		}
	}
	return cut(name, func(start string) string { return start + "…" }, fits)
}

// without is a name without the words from one to another, but for the one to keep; whole
// is false where a word with a number would be lost, or the end.
func without(words []string, from, to int, keep string) (short string, whole bool) {
	if from == 0 || from >= to || to == len(words) {
		return "", false
	}
	kept := ""
	for _, word := range words[from:to] {
		switch {
		case word == keep:
			kept = word + " … "
		case strings.ContainsFunc(word, unicode.IsDigit):
			return "", false
		}
	}
	if kept != "" && to-from == 1 {
		return "", false
	}
	return strings.TrimRight(strings.Join(words[:from], " "), ",;") + " … " + kept + strings.Join(words[to:], " "), true
}

// cut takes letters from the end of a name until what is made of it fits.
func cut(name string, made func(start string) string, fits func(string) bool) string {
	letters := []rune(name)
	for n := wholeLetters(letters, len(letters)-1); n > 0; n = wholeLetters(letters, n-1) {
		if text := made(strings.TrimRight(string(letters[:n]), " ,;.-")); fits(text) {
			return text
		}
	}
	return made(string(letters[:1]))
}

// wholeLetters is how many of the first n letters can be kept without taking a letter
// from its marks.
func wholeLetters(letters []rune, n int) int {
	for n > 0 && n < len(letters) && (unicode.IsMark(letters[n]) || letters[n] == '\u200d' || letters[n-1] == '\u200d') {
		n--
	}
	return n
}
