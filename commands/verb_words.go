package commands

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/locale"
)

// homeWords are asked by somebody who wants to know what they can do: they are answered as
// nothing typed is.
const homeWords = "home"

// takeVerb takes the verb off what was typed: its name, or the words that any language has for
// it, of which the longest counts. "påminn mig imorgon" is snooze, and "imorgon". Home:
// they ask what they can do.
func takeVerb(all []verb, line string) (v verb, rest string, isHome, known bool) {
	longest := 0
	try := func(words, name string) {
		after, begins := cutWords(line, words)
		if begins && len(words) > longest {
			v, known = verbNamed(all, name)
			isHome = name == homeWords
			longest, rest = len(words), after
		}
	}
	for _, one := range append([]verb{{name: homeWords}}, all...) {
		if one.name != homeWords {
			try(one.name, one.name)
		}
		for _, words := range verbWords(one.name) {
			try(words, one.name)
		}
	}
	if isHome && strings.Trim(rest, " ?!.") != "" {
		return v, rest, false, false
	}
	return v, rest, isHome, known && v.typed != nil
}

// verbWords are the words for a verb in every language.
func verbWords(name string) (words []string) {
	if !locale.Has("verb." + name) {
		return nil
	}
	for _, language := range locale.Languages() {
		for one := range strings.SplitSeq(locale.For(language).T("verb."+name), ",") {
			words = append(words, strings.TrimSpace(one))
		}
	}
	return words
}

// shownVerb is what a verb is called in the language of who reads.
func shownVerb(r *request, name string) string {
	if !locale.Has("verb." + name) {
		return name
	}
	first, _, _ := strings.Cut(r.t("verb."+name), ",")
	return first
}

// cutWords takes words off the beginning of a line, whatever their case and the blanks
// between.
func cutWords(line, words string) (rest string, begins bool) {
	rest = strings.TrimSpace(line)
	for word := range strings.FieldsSeq(words) {
		first, after := firstWord(rest)
		if freetext.NameKey(first) != word {
			return line, false
		}
		rest = after
	}
	return rest, true
}

// isAnswers says whether what was typed without a verb is an answer to the round: an indicator,
// and what can be its figure.
func isAnswers(r *request, line string) bool {
	var t benchmark.Template
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			t, _ = n.TemplateVersion(c.Template)
		}
	})
	i, typed, known := leadingIndicator(t, line)
	if !known {
		i, typed, known = indicatorByPrefix(t, line)
	}
	if known && i.Kind != benchmark.Text && typed != "" && (isAnswerLike(typed) || readsFully(r.l, i, typed)) {
		return true
	}
	return len(nearAnswers(r.l, t, line)) > 0
}
