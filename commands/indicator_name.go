package commands

import (
	"slices"
	"strings"
	"unicode"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/chat"
	"roundtable/mistake"
)

// maxNameWords is how many words of what was typed can name an indicator.
const maxNameWords = 8

// indicatorsCalled are the indicators that a name is for, by the first of these that is true
// of any: it is the id or the title; the title before its first mark; the words that either
// begins with; whole words within either. The case of letters, how accents are composed, and
// whether words stand apart, together or with a hyphen don't count.
func indicatorsCalled(t benchmark.Template, name string) []benchmark.Indicator {
	folded := foldedName(name)
	if folded == "" {
		return nil
	}
	best := notCalled
	var found []benchmark.Indicator
	for _, i := range t.Indicators {
		switch how := calledHow(i, folded); {
		case how < best:
			found, best = []benchmark.Indicator{i}, how
		case how == best && how != notCalled:
			found = append(found, i)
		}
	}
	return found
}

// How an indicator is called by a name, the best first.
const (
	calledWhole = iota
	calledBeforeMark
	calledByBeginning
	calledWithin
	notCalled
)

func calledHow(i benchmark.Indicator, folded string) int {
	short := beforeMark(i.Title)
	switch {
	case folded == foldedName(string(i.ID)) || folded == foldedName(i.Title):
		return calledWhole
	case folded == foldedName(short):
		return calledBeforeMark
	}
	how := notCalled
	for _, words := range [][]string{nameWords(string(i.ID)), nameWords(i.Title)} {
		for from := range words {
			switch {
			case !isJoinOf(words[from:], folded):
			case from == 0:
				return calledByBeginning
			case len([]rune(folded)) >= shortestWithin:
				how = calledWithin
			}
		}
	}
	return how
}

// shortestWithin is how many letters a word has at least that names an indicator though
// neither its id nor its title begins with it.
const shortestWithin = 4

// isJoinOf says whether the first of the words, put together, are the name.
func isJoinOf(words []string, folded string) bool {
	rest, k := folded, 0
	for ; k < len(words) && rest != ""; k++ {
		after, begins := strings.CutPrefix(rest, words[k])
		if !begins {
			return false
		}
		rest = after
	}
	return rest == ""
}

// indicatorsNear are the indicators that a name may be meant for, though it isn't theirs: it is
// the beginning of a word in the id or title, or differs from them, or a few words of
// them, by a slip of the finger.
func indicatorsNear(t benchmark.Template, name string) (near []benchmark.Indicator) {
	folded := foldedName(name)
	least := nearEnough(folded) + 1
	for _, i := range t.Indicators {
		away := awayFrom(i, folded, least)
		if away > least || away > nearEnough(folded) {
			continue
		}
		if away < least {
			near, least = nil, away
		}
		near = append(near, i)
	}
	return near
}

// awayFrom is how many slips a name is away from an indicator's; more than limit: far.
func awayFrom(i benchmark.Indicator, folded string, limit int) int {
	away := limit + 1
	letters := len([]rune(folded))
	for _, words := range [][]string{nameWords(string(i.ID)), nameWords(i.Title)} {
		for from := range words {
			rest := strings.Join(words[from:], "")
			if strings.HasPrefix(rest, folded) && (letters >= shortestWithin || letters == shortestWithin-1 && from == 0) {
				return 0
			}
			for to := range words[from:] {
				away = min(away, mistake.EditDistance(folded, strings.Join(words[from:from+to+1], ""), limit))
			}
		}
	}
	return away
}

// foldedName is a name without what people write differently: letters and digits alone.
func foldedName(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, freetext.NameKey(name))
}

// nameWords are the words of an id or a title, in small letters.
func nameWords(name string) []string {
	return strings.FieldsFunc(freetext.NameKey(name), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// beforeMark is "Trycksår" of "Trycksår, prevalens".
func beforeMark(title string) string {
	short, _, _ := strings.Cut(title, ",")
	short, _, _ = strings.Cut(short, ":")
	short, _, _ = strings.Cut(short, "(")
	return short
}

// candidate is a beginning of a text that may be a name, and what follows.
type candidate struct{ name, rest string }

// namesBefore are the beginnings of a text that may be a name, the longest first: each word
// before a figure or another answer, and the first word before anything.
func namesBefore(text string) (all []candidate) {
	if name, rest, is := cutQuoted(text); is {
		return []candidate{{name, afterName(rest)}}
	}
	if column, numbers, is := cutColumn(text); is {
		return []candidate{{column, numbers}}
	}
	text = strings.TrimSpace(text)
	rest := text
	for k := 0; k < maxNameWords && rest != ""; k++ {
		_, rest = firstWord(rest)
		name := strings.TrimSpace(text[:len(text)-len(rest)])
		if after := afterName(rest); k == 0 || after == "" || isAnswerLike(after) {
			all = append(all, candidate{name, after})
		}
	}
	slices.Reverse(all)
	return all
}

// isAnswerLike says whether a text begins as an answer that is no text does.
func isAnswerLike(text string) bool {
	if strings.ContainsAny(text[:1], "0123456789+") {
		return true
	}
	word, _ := firstWord(strings.ToLower(text))
	word = strings.TrimRight(word, ".,;:")
	_, _, is := leadingAnswer(text, true)
	return is || slices.Contains(yesWords, word) || slices.Contains(noWords, word)
}

// findIndicator finds the one that a name is for, or that it can only be meant for: what is
// looked at may be guessed, what is changed may not. Where there is none or are several, reply
// asks: a press types the verb again, with what follows the name.
func findIndicator(r *request, t benchmark.Template, verb, name, rest string, mayGuess bool) (i benchmark.Indicator, reply chat.Reply, found bool) {
	called := indicatorsCalled(t, strings.TrimRight(strings.TrimSpace(name), ":,="))
	if len(called) == 0 {
		called = indicatorsNear(t, name)
		found = mayGuess && len(called) == 1
	} else {
		found = len(called) == 1
	}
	switch {
	case found:
		return called[0], reply, true
	case len(called) == 0:
		reply = r.refused(unknownIndicator(t, name))
		if rest != "" {
			reply = giveBack(r, reply, strings.TrimSpace(name+" "+rest))
		}
		return i, reply, false
	}
	return i, askWhichIndicator(r, called, name, func(i benchmark.Indicator) string {
		return strings.TrimSpace(verb + " " + string(i.ID) + " " + rest)
	}), false
}

// askWhichIndicator asks which one is meant; line is what a press types.
func askWhichIndicator(r *request, meant []benchmark.Indicator, name string, line func(benchmark.Indicator) string) chat.Reply {
	var titles []string
	var buttons []chat.Button
	for _, i := range meant[:min(len(meant), maxMeant)] {
		titles = append(titles, oneLine(i.Title))
		if typed := line(i); len(typed) <= chat.MaxValue {
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(i.Title), chat.MaxLabel), Action: typeVerb.name, Value: typed})
		}
	}
	return r.say(r.t("submit.meant", "Typed", givenBack(name), "Titles", strings.Join(titles, " / ")), buttons...)
}

// leadingName finds the indicator whose name a text begins with, however it is put. Unless
// that is the whole id or title, the words may be part of what is said: then whole is false.
func leadingName(t benchmark.Template, text string) (i benchmark.Indicator, rest string, whole, known bool) {
	if i, rest, known = leadingIndicator(t, text); known {
		return i, rest, true, true
	}
	text = strings.TrimSpace(text)
	after := text
	for k := 0; k < maxNameWords && after != ""; k++ {
		_, after = firstWord(after)
		name := text[:len(text)-len(after)]
		if found := indicatorsCalled(t, name); len(found) == 1 {
			i, rest, known = found[0], afterName(after), true
			whole = calledHow(i, foldedName(name)) == calledWhole
		}
	}
	return i, rest, whole, known
}
