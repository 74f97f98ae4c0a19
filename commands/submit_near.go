package commands

import (
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// nearAnswers are the answers that a line can be that begins with no indicator's name, but with
// one that several have, or near one: "fall 12/1412" where the indicator is falls. What
// follows must read as an answer to it.
func nearAnswers(l *locale.Locale, t benchmark.Template, line string) (near []typedAnswer) {
	for _, a := range meantAnswers(t, line) {
		i, _ := t.Indicator(a.Only)
		if readsFully(l, i, a.Typed) {
			near = append(near, a)
		}
	}
	return near[:min(len(near), maxMeant)]
}

// meantAnswers are nearAnswers, whether what follows reads or doesn't.
func meantAnswers(t benchmark.Template, line string) (meant []typedAnswer) {
	t = withoutTexts(t)
	for _, c := range namesBefore(line) {
		called := indicatorsCalled(t, c.name)
		if len(called) == 0 && (c.rest == "" || isAnswerLike(c.rest)) {
			called = indicatorsNear(t, c.name)
		}
		for _, i := range called {
			meant = append(meant, typedAnswer{Only: i.ID, Typed: c.rest})
		}
		if len(meant) > 0 {
			break
		}
	}
	return meant
}

// withoutTexts has the indicators of which figures can be given.
func withoutTexts(t benchmark.Template) benchmark.Template {
	t.Indicators = slices.DeleteFunc(slices.Clone(t.Indicators), func(i benchmark.Indicator) bool { return i.Kind == benchmark.Text })
	return t
}

// maxMeant indicators are offered.
const maxMeant = 3

// nearEnough is how many letters may differ in a name: none in a short one.
func nearEnough(name string) int {
	switch n := len([]rune(name)); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// askNear asks which indicator a line is about, with a button for each that it may be.
func askNear(r *request, sheet answerSheet, line string) (text string, buttons []chat.Button) {
	var titles []string
	if i, typed, known := answeredAgain(sheet.template, line); known {
		return askTwice(r, sheet, i, typed, line)
	}
	near := nearAnswers(r.l, sheet.template, line)
	if len(near) == 0 {
		near = meantAnswers(sheet.template, line)
		near = near[:min(len(near), maxMeant)]
	}
	if len(near) == 0 {
		near = nearTexts(r, sheet, line)
	}
	for _, a := range near {
		i, _ := sheet.indicator(string(a.Only))
		state := submitButtonState{Round: sheet.id, typedAnswer: a}
		if sheet.isLocked(i) || !state.fits() {
			continue
		}
		titles = append(titles, oneLine(i.Title))
		label := clipText(r.t("submit.as-answer", "Title", oneLine(i.Title)), chat.MaxLabel)
		buttons = append(buttons, chat.Button{Label: label, Action: "submit", Value: state.value()})
	}
	if len(titles) == 0 {
		return "", nil
	}
	return r.t("submit.meant", "Typed", givenBack(line), "Titles", strings.Join(titles, " / ")), buttons
}

// answeredAgain finds the indicator that a line begins with that is left over: another line
// has answered it.
func answeredAgain(t benchmark.Template, line string) (i benchmark.Indicator, typed string, known bool) {
	if i, typed, known = leadingIndicator(t, line); known {
		return i, typed, known
	}
	return indicatorByPrefix(t, line)
}

// askTwice says that an indicator is there twice, and offers to take the second.
func askTwice(r *request, sheet answerSheet, i benchmark.Indicator, typed, line string) (text string, buttons []chat.Button) {
	state := submitButtonState{Round: sheet.id, typedAnswer: typedAnswer{Only: i.ID, Typed: typed}}
	if !sheet.isLocked(i) && state.fits() {
		label := clipText(r.t("submit.take-second", "Typed", echoed(typed)), chat.MaxLabel)
		buttons = []chat.Button{{Label: oneLine(label), Action: "submit", Value: state.value()}}
	}
	return r.t("submit.twice", "Title", oneLine(i.Title), "Typed", givenBack(line)), buttons
}

// nearTexts are the texts that a row of a table can be, of which the first column is no
// indicator and the second says something: those that nobody has written yet.
func nearTexts(r *request, sheet answerSheet, line string) (near []typedAnswer) {
	label, words, is := strings.Cut(line, "\t")
	words = strings.TrimSpace(words)
	if !is || strings.TrimSpace(label) == "" || !strings.ContainsAny(words, " ") || benchmark.LooksLikeTotal(line) {
		return nil
	}
	r.read(func(n *benchmark.Network) {
		c, _ := n.Round(sheet.id)
		for _, i := range sheet.template.Indicators {
			if _, answered := c.Submission(r.me.Organisation, i.ID); i.Kind == benchmark.Text && !answered {
				near = append(near, typedAnswer{Only: i.ID, Typed: words})
			}
		}
	})
	return near[:min(len(near), maxMeant)]
}

// tellUnread tells of the lines that answer nothing known, and asks about those that are
// near something.
func tellUnread(r *request, sheet answerSheet, m *chat.Message, unread []string) {
	unread = slices.DeleteFunc(slices.Clone(unread), func(line string) bool {
		text, buttons := askNear(r, sheet, line)
		if text == "" && benchmark.LooksLikeTotal(line) {
			text = r.t("submit.total", "Typed", givenBack(line))
		}
		if text == "" {
			return false
		}
		m.Text = joinLines(m.Text, text)
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: text})
		m.Blocks = append(m.Blocks, rows(buttons)...)
		return true
	})
	if len(unread) > 0 {
		text := r.t("submit.unread", "Typed", givenBack(strings.Join(unread, "\n")))
		m.Text = joinLines(m.Text, text)
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: text})
	}
}
