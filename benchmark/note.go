package benchmark

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// ReadsAsAnswer finds the indicator whose figure a note or a text carries: one that
// is named with a number beside the name, as "catheters 3/400", "3 of 400 falls" and
// "deaths: 4" do. Others don't see such a text, since the figure may be hidden.
func (t Template) ReadsAsAnswer(text string) (Indicator, bool) {
	i, how := t.answerIn(text)
	return i, how != noAnswer
}

// likeness says how much a text reads as an answer.
type likeness int

const (
	noAnswer    likeness = iota
	namedNumber          // an indicator's name and a number: "deaths 4 days later" may be something else
	namedFigure          // an indicator's name and how many of how many: that is an answer
)

// answerIn finds what in a text reads most as an answer.
func (t Template) answerIn(text string) (found Indicator, how likeness) {
	words := noteWords(text)
	if !slices.ContainsFunc(words, isNumber) {
		return found, how // as most are
	}
	firsts := t.firstWords()
	for _, i := range t.Indicators {
		if i.Kind == YesNo || i.Kind == Text {
			continue
		}
		for _, name := range namesOf(i, firsts) {
			if like := likenessBeside(words, name); like > how {
				found, how = i, like
			}
		}
	}
	return found, how
}

// likenessBeside looks for a number beside a name.
func likenessBeside(words, name []string) (how likeness) {
	for k := 0; k+len(name) <= len(words); k++ {
		if !slices.EqualFunc(words[k:k+len(name)], name, sameWord) {
			continue
		}
		after := words[k+len(name):]
		for between := 0; between < maxBetween && len(after) > 0 && slices.Contains(connecting, after[0]); between++ {
			after = after[1:]
		}
		how = max(how, likenessOf(after), likenessBefore(words[:k]))
	}
	return how
}

// maxBetween is how many words may stand between a name and its number.
const maxBetween = 3

// connecting may stand between a name and its number.
var connecting = []string{
	"is", "was", "were", "are", "had", "has", "about", "only", "we", "around", "number", "of",
	"är", "var", "blev", "hade", "har", "ca", "cirka", "bara", "endast", "vi", "antal", "st",
}

// likenessOf says what the words that begin with a number are.
func likenessOf(words []string) likeness {
	quotient, _ := quotientAt(words)
	switch {
	case quotient != "":
		return namedFigure
	case len(words) > 1 && isNumber(words[0]) && isPercent(words[1]):
		return namedFigure
	case len(words) > 0 && isNumber(words[0]) && !isAroundTheClock(words) && !isYear(words[0]):
		return namedNumber
	}
	return noAnswer
}

// likenessBefore says what the words that end with a number are.
func likenessBefore(words []string) likeness {
	n := len(words)
	for k := max(0, n-longestQuotient); k < n; k++ {
		if _, length := quotientAt(words[k:]); length == n-k {
			return namedFigure
		}
	}
	if n > 0 && isNumber(words[n-1]) && !isYear(words[n-1]) && (n < 2 || words[n-2] != "/") {
		return namedNumber
	}
	return noAnswer
}

// longestQuotient has so many words: "3 out of our 9".
const longestQuotient = 5

// quotientIn returns the first "3/400" or "3 of 400" of a text, empty for none.
func quotientIn(text string) string {
	words := noteWords(text)
	for k := range words {
		if q, _ := quotientAt(words[k:]); q != "" {
			return q
		}
	}
	return ""
}

// quotientAt reads "3 / 400", "3 of 400", "three out of 400" or "three of our nine" off
// the front, and says of how many words it is; 0 for none. "24/7" is none.
func quotientAt(words []string) (text string, length int) {
	if len(words) < 3 || isAroundTheClock(words) || inDigits(words[0]) == "" {
		return "", 0
	}
	after := words[1:]
	switch {
	case isOneOf(after[0], "/", "of", "av", "per"):
		after = after[1:]
	case after[0] == "out" && after[1] == "of":
		after = after[2:]
	default:
		return "", 0
	}
	if len(after) > 1 && slices.Contains(determiners, after[0]) {
		after = after[1:]
	}
	if len(after) == 0 || inDigits(after[0]) == "" {
		return "", 0
	}
	return inDigits(words[0]) + "/" + inDigits(after[0]), len(words) - len(after) + 1
}

// determiners may stand before how many there are in all.
var determiners = strings.Fields("our the these those my all its their våra vår de dessa mina alla samtliga sina deras")

func isAroundTheClock(words []string) bool {
	return len(words) > 2 && words[0] == "24" && words[1] == "/" && words[2] == "7"
}

func isNumber(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

func isPercent(word string) bool { return isOneOf(word, "%", "percent", "procent", "‰") }

// isYear: "falls 2025" names a year.
func isYear(word string) bool {
	x, err := strconv.Atoi(word)
	return err == nil && len(word) == 4 && x >= 1900 && x < 2100
}

// sameWord says whether two words are the same, but for an English plural.
func sameWord(a, b string) bool {
	return a == b || singular(a) == singular(b)
}

func singular(word string) string {
	if len(word) > shortestName {
		return strings.TrimSuffix(word, "s")
	}
	return word
}

// shortestName is how long the first word of a name must be in letters to stand for
// the whole name.
const shortestName = 4

// namesOf are the ways in which people name an indicator, as words: by its id, its
// title, what of the title stands before a mark, and the first word of either where
// firsts says that no other indicator begins so.
func namesOf(i Indicator, firsts map[string]int) [][]string {
	title := strings.ToLower(i.Title)
	short, _, _ := strings.Cut(titleMarks.Replace(title), ",")
	names := [][]string{noteWords(string(i.ID)), noteWords(title), noteWords(short)}
	for _, whole := range names[:2] {
		if len(whole) > 1 && len([]rune(whole[0])) >= shortestName && !isNumber(whole[0]) && firsts[singular(whole[0])] == 1 {
			names = append(names, whole[:1])
		}
	}
	return slices.DeleteFunc(names, func(name []string) bool { return len(name) == 0 || len(name) == 1 && isNumber(name[0]) })
}

var titleMarks = strings.NewReplacer(":", ",", "(", ",", ";", ",")

// firstWords says of how many indicators a word is the first, of the id or the title.
func (t Template) firstWords() map[string]int {
	firsts := map[string]int{}
	for _, i := range t.Indicators {
		id, title := firstWord(string(i.ID)), firstWord(i.Title)
		firsts[id]++
		if title != id {
			firsts[title]++
		}
	}
	return firsts
}

// firstWord is the first word of a name, in the singular; empty when it has none.
func firstWord(name string) string {
	words := noteWords(name)
	if len(words) == 0 {
		return ""
	}
	return singular(words[0])
}

// noteWord is a word, a number, a mark that says something of numbers, or the end of
// a sentence. A dash or an underscore parts words.
var noteWord = regexp.MustCompile(`\d+(?:[.,  ]\d+)*|[\p{L}\p{M}]+|[/%‰]|[.!?](?:\s|$)`)

// noteWords are the words of a text in small letters.
func noteWords(text string) []string {
	return noteWord.FindAllString(strings.Map(plainLetter, strings.ToLower(text)), -1)
}

// plainLetter writes the digits of every script, and every slash, as ASCII does.
func plainLetter(r rune) rune {
	switch r {
	case '⁄', '∕', '／', '÷':
		return '/'
	case '\u00a0', '\u2009', '\u2007':
		return ' '
	}
	if d := freetext.DigitValue(r); d >= 0 {
		return '0' + d
	}
	return r
}

// askOfNote says why a note should not be kept as it is: it reads as an answer to an
// indicator, or holds how many of how many or a total, which it is asked about once.
func askOfNote(t Template, of Indicator, note string, asked bool) *Refusal {
	switch i, how := t.answerIn(note); {
	case how == namedFigure:
		return refuse(refusal.NoteIsAnswer, "Named", i.Title, "Note", note)
	case asked:
		return nil
	case how == namedNumber:
		ask := refuse(refusal.NoteNamesIndicator, "Named", i.Title, "Note", note)
		ask.Question = true
		return ask
	}
	q := quotientIn(note)
	if q == "" && (of.Kind != Text || isRowOfTotals(note)) {
		q = cmp.Or(totalIn(note), bareFigureIn(note))
	}
	if q != "" {
		ask := refuse(refusal.NoteHasFigure, "Quotient", q, "Note", note)
		ask.Question = true
		return ask
	}
	return nil
}
