package commands

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// submitInThread takes "falls 3/412 new ward" in the thread of the round that is open, on
// one line or on several, as an answer, as if it had been typed as a command: on some
// platforms commands don't work in threads. It is then no contribution, and nothing of it is
// passed on, since others see no figures before the round closes: its writer is told what of
// it was not saved.
func submitInThread(ctx context.Context, r *request, topic benchmark.TopicID, text string) (chat.Reply, bool) {
	var t benchmark.Template
	open := false
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil && topic == benchmark.RoundTopic(c.ID) && !isClosed(c, r.now()) {
			t, open = n.TemplateVersion(c.Template)
		}
	})
	if !open || !hasFigures(r.l, t, text) {
		return chat.Reply{}, false
	}
	reply, answers, unread := answerInThread(ctx, r, t, text)
	if reply.Message == nil {
		return reply, true
	}
	if len(unread) > 0 {
		addLine(reply.Message, r.t("submit.not-passed-on"))
	}
	seen := r.t("submit.all-read-unsaved") // what is posted there stays, whatever is hidden later
	if anyStands(r, answers) {
		seen = r.t("submit.all-read")
	}
	reply.Message.Text = joinLines(reply.Message.Text, seen)
	reply.Message.Blocks = append(reply.Message.Blocks, chat.Footnote{Text: seen})
	return reply, true
}

// answerInThread does what the command would, and says what it read, and what of the text
// answers nothing.
func answerInThread(ctx context.Context, r *request, t benchmark.Template, text string) (reply chat.Reply, answers []typedAnswer, unread []string) {
	rest, why := r.takeFor(strings.TrimSpace(text))
	if why != nil {
		return giveBack(r, r.refused(why), text), nil, nil
	}
	if reply, asked := forWhom(r, chat.Button{Action: "type", Value: submitVerb.name + " " + rest}); asked {
		return reply, nil, nil
	}
	answers, unread = splitAnswers(r.l, t, rest)
	if len(answers) > 0 || beginsWithAnswer(r.l, t, rest) {
		return submitTyped(ctx, r, rest), answers, unread
	}
	return r.say(r.t("submit.unread", "Typed", givenBack(strings.Join(unread, "\n")))), nil, unread
}

// anyStands says whether one of the answers stands as it was typed.
func anyStands(r *request, answers []typedAnswer) bool {
	sheet, err := openAnswerSheet(r, "")
	return err == nil && slices.ContainsFunc(answers, func(a typedAnswer) bool {
		i, _ := sheet.indicator(string(a.Only))
		item, err := sheet.item(r, i, a)
		return err == nil && sheet.proposed(r, i, item) == sheet.standing(r, i)
	})
}

// figureFirst is what can only be meant as an answer: a quotient, a share or columns, with or
// without a note, or a number and nothing else. "Falls 3 years ago were worse" isn't, nor is
// "falls 3 of 4 happen at night".
var figureFirst = regexp.MustCompile(`^(?:` +
	`\d[\d.,]*\s*(?:/\s*\d|%|[;\t]\s*\d)` +
	`|\d[\d.,]*\s+(?i:out of|of|av)\s+\d[\d.,\s]*(?:$|[,;.(\n])` +
	`|\d[\d.,\s]*(?i:\b(?:n|sd)\s*[=:].*)?$)`)

// hasFigures says whether a line of what was said begins with an answer, or names an indicator
// right before a quotient.
func hasFigures(l *locale.Locale, t benchmark.Template, text string) bool {
	for line := range strings.Lines(text) {
		if beginsWithAnswer(l, t, line) || namesQuotient(t, line) {
			return true
		}
	}
	return false
}

func beginsWithAnswer(l *locale.Locale, t benchmark.Template, line string) bool {
	line = strings.TrimSpace(line)
	i, typed, known := leadingIndicator(t, line)
	if !known {
		i, typed, known = indicatorByPrefix(t, line)
	}
	if known {
		return isMeantAsAnswer(l, i, typed)
	}
	for _, a := range nearAnswers(l, t, line) {
		if figureFirst.MatchString(a.Typed) {
			return true
		}
	}
	return false
}

// isMeantAsAnswer says whether what stands behind an indicator's name is its answer, not
// words about it.
func isMeantAsAnswer(l *locale.Locale, i benchmark.Indicator, typed string) bool {
	switch answer, _, is := leadingAnswer(typed, true); {
	case i.Kind == benchmark.Text || typed == "":
		return false
	case is && answer != "":
		return true
	case i.Kind != benchmark.Proportion && i.Kind != benchmark.Rate && i.Kind != benchmark.YesNo && readsFully(l, i, typed):
		return true
	case i.Kind == benchmark.YesNo:
		word, rest := firstWord(typed)
		_, _, err := readYesNo(l, i, word)
		return err == nil && (rest == "" || strings.TrimRight(word, ".,;:") != word)
	}
	number := typed
	if from, unit, is := strings.Cut(typed, " "); is && isUnit(unit) {
		number = from
	} else if m := unitBehind.FindStringSubmatch(typed); m != nil && isUnit(m[2]) {
		number = m[1]
	}
	return figureFirst.MatchString(number)
}

// quotientFirst is a quotient at the beginning.
var quotientFirst = regexp.MustCompile(`^\d[\d.,]*\s*/\s*\d`)

// namesQuotient says whether a word or more of the line name an indicator, and a quotient
// follows: "we had falls 3/412".
func namesQuotient(t benchmark.Template, line string) bool {
	before := ' '
	for k, c := range line {
		begins := isBetween(before) && !isBetween(c)
		before = c
		if !begins {
			continue
		}
		i, rest, known := leadingIndicator(t, nameWindow(line[k:]))
		isQuotient := i.Kind == benchmark.Proportion || i.Kind == benchmark.Rate
		if known && isQuotient && quotientFirst.MatchString(rest) {
			return true
		}
	}
	return false
}

// isBetween says whether a sign parts words.
func isBetween(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(",;:(", c) }
