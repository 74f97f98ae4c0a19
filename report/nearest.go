package report

import (
	"slices"
	"strconv"
	"strings"
)

// maxListed is how many known words a hint lists.
const maxListed = 8

// DidYouMean returns a hint for a word that isn't among the known ones: the
// nearest of them, or else what there is. what names them: "the columns are".
func DidYouMean(word string, known []string, what string) string {
	near := nearest(word, known)
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

// maxNear is how many words are suggested.
const maxNear = 3

// nearest returns the known words that a mistyped one may stand for, best
// first: those with the fewest edits, whatever the case, at most two and at
// most a third of its length; else those that hold it or that it holds.
func nearest(word string, known []string) []string {
	const tooLong = 200 // no word of ours
	typed := []rune(strings.ToLower(strings.TrimSpace(word)))
	if len(typed) == 0 || len(typed) > tooLong {
		return nil
	}
	least := min(2, len(typed)/3) + 1
	var near []string
	for _, k := range known {
		switch d := Edits(typed, []rune(strings.ToLower(k)), least); {
		case d < least:
			near, least = []string{k}, d
		case d == least && len(near) > 0 && len(near) < maxNear:
			near = append(near, k)
		}
	}
	if len(near) == 0 && len(typed) >= 3 {
		near = holding(string(typed), known)
	}
	return near
}

func holding(word string, known []string) []string {
	var near []string
	for _, k := range known {
		lower := strings.ToLower(k)
		if strings.Contains(lower, word) || (len(lower) >= 3 && strings.Contains(word, lower)) {
			near = append(near, k)
		}
	}
	return near[:min(len(near), maxNear)]
}

// Edits returns how many letters to insert, delete, replace or swap with
// their neighbour to get from a to b (optimal string alignment, Boytsov 2011,
// doi:10.1145/1963190.1963191, section 2), or more than enough once it is that.
func Edits(a, b []rune, enough int) int {
	if len(a)-len(b) > enough || len(b)-len(a) > enough {
		return enough + 1
	}
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
		if slices.Min(row) > enough {
			return enough + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
