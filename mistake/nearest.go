package mistake

import (
	"slices"
	"strconv"
	"strings"
)

// maxListed is how many known words a hint lists.
const maxListed = 8

// DidYouMean returns a hint for a word that isn't among the known ones: the
// nearest of them (see [Nearest]), else those that contain it or that it
// contains, else what there is. what names the known words: "the columns are".
// Without known words the hint is empty.
func DidYouMean(word string, known []string, what string) string {
	near := Likely(word, known)
	switch {
	case len(near) > 0:
		return "did you mean " + strings.Join(near, " or ") + "?"
	case len(known) == 0:
		return ""
	case len(known) > maxListed:
		return what + " " + strings.Join(known[:maxListed], ", ") + " and " + strconv.Itoa(len(known)-maxListed) + " more"
	}
	return what + " " + strings.Join(known, ", ")
}

// Likely returns the known words that another one most likely stands for: the nearest
// (see [Nearest]), else the first of those that contain it or that it contains.
func Likely(word string, known []string) []string {
	if near := Nearest(word, known); len(near) > 0 {
		return near
	}
	return containing(word, known)
}

// Limits of a suggestion.
const (
	maxSuggested = 3   // known words
	maxTyped     = 200 // characters; no known word comes near that
	maxEdits     = 2
)

// Nearest returns the known words that a mistyped one most likely stands for:
// those with the fewest edits (see [EditDistance]), whatever the case, at most
// two and at most a third of its length. Up to three that are equally near, in
// the order of known; none when nothing is near.
func Nearest(word string, known []string) []string {
	typed := []rune(folded(word))
	if len(typed) == 0 || len(typed) > maxTyped {
		return nil
	}
	least := min(maxEdits, len(typed)/3) + 1
	var near []string
	for _, k := range known {
		switch d := editDistance(typed, []rune(strings.ToLower(k)), least); {
		case d < least:
			near, least = []string{k}, d
		case d == least && len(near) > 0 && len(near) < maxSuggested:
			near = append(near, k)
		}
	}
	return near
}

// containing returns the first known words that contain the word, or that the
// word contains; of either, at least three characters.
func containing(word string, known []string) []string {
	typed := folded(word)
	if n := len([]rune(typed)); n < 3 || n > maxTyped {
		return nil
	}
	var found []string
	for _, k := range known {
		lower := strings.ToLower(k)
		if strings.Contains(lower, typed) || (len(lower) >= 3 && strings.Contains(typed, lower)) {
			found = append(found, k)
		}
	}
	return found[:min(len(found), maxSuggested)]
}

func folded(word string) string { return strings.ToLower(strings.TrimSpace(word)) }

// EditDistance returns the number of characters to insert, delete, replace or
// swap with their neighbour to get from a to b (optimal string alignment,
// Boytsov 2011, doi:10.1145/1963190.1963191, section 2), or limit+1 once it is
// more than limit.
func EditDistance(a, b string, limit int) int {
	return editDistance([]rune(a), []rune(b), limit)
}

func editDistance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	// Three rows of the table of distances between the beginnings of a and b.
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replace := last[j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		if slices.Min(row) > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
