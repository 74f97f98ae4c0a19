package benchmark

import (
	"slices"
	"strconv"
	"strings"
)

// MayShowNote says whether others may see the words that came with an answer: not when
// they read as an answer to an indicator in any of the template's versions,
// whoever wrote them and whenever; nor, beside a figure, when they hold a figure without
// a name, which may be one that is hidden, or a number from 1 to the round's threshold.
// A text may say how many do something, but not of how few something has happened.
func MayShowNote(versions []Template, i Indicator, words string, threshold int) bool {
	for _, t := range versions {
		if _, reads := t.ReadsAsAnswer(words); reads {
			return false
		}
	}
	if i.Kind == Text {
		return !countsFew(noteWords(words), threshold, ofEvents) && !isRowOfTotals(words)
	}
	return !holdsFigure(words) && !holdsSmallNumber(words, threshold)
}

// holdsFigure says whether words hold how many of how many, a total, two numbers side by
// side, or somewhere nothing but a number, as what is typed after another answer does.
func holdsFigure(words string) bool {
	if totalIn(words) != "" || bareFigureIn(words) != "" {
		return true
	}
	said := noteWords(words)
	for k := range said {
		if q, _ := quotientAt(said[k:]); q != "" && !isLikeDate(q) {
			return true
		}
	}
	return slices.ContainsFunc(clausesOf(words), func(clause string) bool { return isNothingButNumbers(noteWords(clause)) })
}

func isNothingButNumbers(said []string) bool {
	if isAroundTheClock(said) || len(said) == 1 && isYear(said[0]) {
		return false
	}
	other := func(w string) bool { return !isNumber(w) && !isPercent(w) && !isOneOf(w, "/", "of", "av", ".") }
	return slices.ContainsFunc(said, isNumber) && !slices.ContainsFunc(said, other)
}

// clausesOf parts words where another answer may begin. A comma within a number ends nothing.
func clausesOf(words string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(words, ", ", ";"), endsClause)
}

// endsClause: after these signs another answer may stand.
func endsClause(r rune) bool { return strings.ContainsRune("\n\r\t;|()", r) }

// isLikeDate says whether "1/3" may be a day of a month.
func isLikeDate(quotient string) bool {
	first, second, _ := strings.Cut(quotient, "/")
	a, errA := strconv.Atoi(first)
	b, errB := strconv.Atoi(second)
	return errA == nil && errB == nil && (a <= 31 && b <= 12 || a <= 12 && b <= 31)
}

// NamesOrganisation says whether words hold an organisation's name as a phrase: where
// names aren't shown they would tell whose they are.
func NamesOrganisation(o Organisation, words string) bool {
	said, name := noteWords(words), noteWords(o.Name)
	for k := 0; len(name) > 0 && k+len(name) <= len(said); k++ {
		if slices.EqualFunc(said[k:k+len(name)], name, sameWord) {
			return true
		}
	}
	return false
}
