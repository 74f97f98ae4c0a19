package commands

import (
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// nearAnswers are the answers that a line can be whose first word is no indicator's, but
// near one: "fall 12/1412" where the indicator is falls. What follows must read as an
// answer to it.
func nearAnswers(l *locale.Locale, t benchmark.Template, line string) (near []typedAnswer) {
	name, typed, quoted := cutQuoted(line)
	if !quoted {
		name, typed = firstWord(line)
	}
	name = strings.ToLower(strings.TrimRight(name, ":,="))
	typed = strings.TrimSpace(strings.TrimLeft(typed, ":,=;"))
	least := nearEnough(name) + 1
	for _, i := range t.Indicators {
		away := least + 1
		for _, word := range append(strings.FieldsFunc(strings.ToLower(string(i.ID)+" "+i.Title), isBetweenWords), string(i.ID), strings.ToLower(i.Title)) {
			away = min(away, distance(name, word))
		}
		if away > least || away > nearEnough(name) || i.Kind == benchmark.Text || !readsFully(l, i, typed) {
			continue
		}
		if away < least {
			near, least = nil, away
		}
		near = append(near, typedAnswer{Only: i.ID, Typed: typed})
	}
	return near[:min(len(near), maxMeant)]
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

func isBetweenWords(c rune) bool { return strings.ContainsRune(" -,:()", c) }

// askNear asks which indicator a line is about, with a button for each that it may be.
func askNear(r *request, sheet answerSheet, line string) (text string, buttons []chat.Button) {
	var titles []string
	near := nearAnswers(r.l, sheet.template, line)
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
