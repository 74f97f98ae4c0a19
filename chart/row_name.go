package chart

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rowName is an indicator's name as it stands in a row.
type rowName struct {
	text string
	pen  pen
}

// rowNames fit titles to a width: in letters a little smaller if that does it, else
// without what stands in brackets or after a comma, else with words from the middle
// left out. No two of them become the same.
func rowNames(titles []string, width float64) []rowName {
	names := make([]rowName, len(titles))
	for i, title := range titles {
		sole := title // the shortest that is no other's
		for _, shorter := range shorterTitles(title) {
			if !isSole(titles, i, shorter) {
				break
			}
			sole = shorter
			if name, fits := fitName(shorter, width); fits {
				names[i] = name
				break
			}
		}
		if names[i].text == "" {
			names[i] = shortenedMiddle(sole, width)
		}
	}
	for i, title := range titles {
		for k, before := range titles[:i] {
			if names[k].text == names[i].text && before != title {
				names[i] = shortenedMiddle(sinceAlike(before, title), width)
			}
		}
	}
	return names
}

// isSole says whether no other title may be cut to the same.
func isSole(titles []string, i int, shorter string) bool {
	for k, other := range titles {
		if k != i && shorter != titles[i] && slices.Contains(shorterTitles(other), shorter) {
			return false
		}
	}
	return true
}

// shorterTitles are a title and what it may be cut to, the longest first.
func shorterTitles(title string) []string {
	all := []string{title}
	for _, sign := range []string{" (", ", ", ": "} {
		if before, _, cut := strings.Cut(title, sign); cut && utf8.RuneCountInString(before) > 5 {
			all = append(all, before)
		}
	}
	return all
}

// smallestName is how small a name is made before it is cut.
const smallestName = 11.0

func fitName(text string, width float64) (rowName, bool) {
	for p := rowPen; p.size >= smallestName; p.size -= 0.5 {
		if p.width(text) <= width {
			return rowName{text, p}, true
		}
	}
	return rowName{}, false
}

// shortenedMiddle leaves out words between the first ones and the last, and letters
// where that isn't enough.
func shortenedMiddle(title string, width float64) rowName {
	p := rowPen
	p.size = smallestName
	words := strings.Fields(title)
	for left := len(words) - 1; left >= 2; left-- {
		for last := 1; last < left; last++ { // as much of the beginning as can be
			if text := strings.Join(words[:left-last], " ") + " … " + strings.Join(words[len(words)-last:], " "); p.width(text) <= width {
				return rowName{text, p}
			}
		}
	}
	return rowName{truncate(title, p, width), p}
}

// sinceAlike is a title from where it differs from another.
func sinceAlike(other, title string) string {
	a, b := strings.Fields(other), strings.Fields(title)
	k := 0
	for k < len(a) && k < len(b)-1 && a[k] == b[k] {
		k++
	}
	return "… " + strings.Join(b[k:], " ")
}

// capital begins a text with a capital letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// inSentence begins a title with a small letter, unless it begins with an
// abbreviation.
func inSentence(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	second, _ := utf8.DecodeRuneInString(title[size:])
	if !unicode.IsLower(second) {
		return title
	}
	return string(unicode.ToLower(first)) + title[size:]
}
