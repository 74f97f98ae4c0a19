package benchmark

import (
	"regexp"
	"slices"
	"strings"
)

// LooksLikeTotal says whether a row of a table, or a note, gives the sum of others: then
// what is hidden could be had by subtracting.
func LooksLikeTotal(words string) bool { return totalIn(words) != "" }

// totalIn returns the first "summa 134" of a text; empty for none.
func totalIn(words string) string {
	for _, clause := range sentencesOf(words) {
		said := noteWords(clause)
		for k, word := range said {
			if !slices.Contains(totals, word) {
				continue
			}
			if k > 0 && isNumber(said[k-1]) {
				return said[k-1] + " " + word
			}
			for _, number := range said[k+1 : min(len(said), k+2+maxBetween)] {
				if isNumber(number) {
					return word + " " + number
				}
			}
		}
	}
	return ""
}

// totals are the words for all there are together.
var totals = strings.Fields(`sum sums total totals altogether
	summa summan summor totalt total totala totalen totalsumma totalsumman sammanlagt sammantaget riket`)

// sentencesOf parts a text where a total and a number don't belong together any more. The
// columns of a row do.
func sentencesOf(words string) []string {
	return strings.FieldsFunc(words, func(r rune) bool { return r == '\n' || r == '\r' })
}

// sideBySide are two numbers with nothing between them, and what follows.
var sideBySide = regexp.MustCompile(`(?:^|[^\d.,/–-])(\d[\d.,]*)([ \t]+)(\d[\d.,]*)(?:[ \t]+(\p{L}+))?`)

// thousandsApart: "1 200" is one number.
var thousandsApart = regexp.MustCompile(`^\d{1,3} \d{3}$`)

// bareFigureIn returns the first two numbers that stand side by side, as how many and of
// how many do in the row of a table; empty for none. "1 200 beds" has one number.
func bareFigureIn(words string) string {
	for _, m := range sideBySide.FindAllStringSubmatch(strings.Map(plainLetter, words), -1) {
		figure := m[1] + " " + m[3]
		if one := m[2] == " " && thousandsApart.MatchString(figure); !one || m[4] == "" || slices.Contains(parting, strings.ToLower(m[4])) {
			return figure
		}
	}
	return ""
}

// isRowOfTotals says whether words have a total with two numbers, one of the other: no
// description of a practice needs that.
func isRowOfTotals(words string) bool {
	for _, line := range sentencesOf(words) {
		if totalIn(line) != "" && (quotientIn(line) != "" || bareFigureIn(line) != "") {
			return true
		}
	}
	return false
}
