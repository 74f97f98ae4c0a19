package freetext

import (
	"slices"
	"strings"
	"unicode"
)

// IsNear says whether two different names may be meant for the same: they are alike but for
// accents, blanks, signs, the order of their words or an article before them; they sound
// alike or look alike, as a nought does like an O; few letters of a word differ, by its
// length; or one is how the other begins. Names that differ in their numbers and single letters,
// as wards do, are different, and so are those that differ in a short word.
func IsNear(a, b string) bool {
	a, b = NameKey(a), NameKey(b)
	if a == b {
		return false
	}
	a, b = withoutSigns(a), withoutSigns(b)
	if a == b || spelledAlike(a, b) {
		return true
	}
	if numbers(a) != numbers(b) {
		return false
	}
	short, long := []rune(a), []rune(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) < 4 {
		return false
	}
	return strings.HasPrefix(string(long), string(short)) || isMistyped(a, b)
}

// articles that may stand before a name, or not.
var articles = []string{"the", "den", "det"}

// withoutSigns are the words of a key: no sign between them is one, and an article before
// them isn't either.
func withoutSigns(key string) string {
	words := strings.FieldsFunc(key, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
	if len(words) > 1 && slices.Contains(articles, words[0]) {
		words = words[1:]
	}
	return spelled(strings.Join(words, " "))
}

// spelledAlike says whether names are the same as they are heard or seen, whatever blanks stand
// in them and whichever of their words comes first.
func spelledAlike(a, b string) bool {
	one, other := heard(a), heard(b)
	if strings.Join(one, "") == strings.Join(other, "") {
		return true
	}
	slices.Sort(one)
	slices.Sort(other)
	return slices.Equal(one, other)
}

// fewestHeard is how many signs a word has at least that isn't a number or an abbreviation.
const fewestHeard = 4

var (
	// looks are signs, and what they are taken for; sounds are letters that are heard alike.
	looks  = strings.NewReplacer("0", "o", "1", "l", "i", "l", "3", "e", "4", "a", "5", "s", "8", "b", "rn", "m", "vv", "w")
	sounds = strings.NewReplacer("ph", "f", "th", "t", "ck", "k", "c", "k", "w", "v", "z", "s", "y", "l")
)

// heard are the words of a name as they are heard or seen. Numbers, and words of few
// signs, are as they are.
func heard(name string) []string {
	words := strings.Fields(Bare(name))
	for k, word := range words {
		if len([]rune(word)) >= fewestHeard && strings.ContainsFunc(word, unicode.IsLetter) {
			words[k] = string(slices.Compact([]rune(looks.Replace(sounds.Replace(word)))))
		}
	}
	return words
}

// isMistyped says whether few letters differ, in names of as many words in each of them.
func isMistyped(a, b string) bool {
	one, other := strings.Fields(a), strings.Fields(b)
	if len(one) != len(other) {
		one, other = []string{a}, []string{b}
	}
	for k := range one {
		x, y := []rune(one[k]), []rune(other[k])
		shorter := min(len(x), len(y))
		if one[k] != other[k] && (shorter < fewestHeard || editDistance(x, y) > 1+shorter/8) {
			return false
		}
	}
	return true
}

// spelled puts a word together whose letters stand apart, from three letters on.
func spelled(key string) string {
	var words []string
	apart := 0
	for word := range strings.FieldsSeq(key) {
		if len([]rune(word)) > 1 || unicode.IsDigit([]rune(word)[0]) {
			words, apart = append(words, word), 0
			continue
		}
		words, apart = append(words, word), apart+1
		switch k := len(words) - 1; {
		case apart == lettersApart:
			words = append(words[:k-apart+1], strings.Join(words[k-apart+1:], ""))
		case apart > lettersApart:
			words = append(words[:k-1], words[k-1]+word)
		}
	}
	return strings.Join(words, " ")
}

// lettersApart is from how many letters apart on they are one word.
const lettersApart = 3

// numbers are what tells wards from each other: digits, and words of one letter.
func numbers(name string) string {
	var found strings.Builder
	for word := range strings.FieldsSeq(name) {
		if len([]rune(word)) == 1 || strings.ContainsFunc(word, unicode.IsDigit) {
			found.WriteString(word + " ")
		}
	}
	return found.String()
}

// editDistance is how many letters have to be put in, taken out, replaced or exchanged with
// the next one (optimal string alignment, after Damerau 1964).
func editDistance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range b {
		rows[0][j+1] = j + 1
	}
	for i, x := range a {
		for j, y := range b {
			swap := rows[i][j]
			if x != y {
				swap++
			}
			rows[i+1][j+1] = min(swap, rows[i][j+1]+1, rows[i+1][j]+1)
			if i > 0 && j > 0 && x == b[j-1] && y == a[i-1] {
				rows[i+1][j+1] = min(rows[i+1][j+1], rows[i-1][j-1]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
