package commands

import (
	"encoding/json"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// correctTyped asks why, when what was typed is to correct answers of a round that has
// closed: in a form with all of it, so that a note is a note and the reason a reason.
// The form says what stands and what would.
func correctTyped(r *request, sheet answerSheet, answers []typedAnswer, unread []string) chat.Reply {
	var open, locked []typedAnswer
	for _, a := range answers {
		if i, known := sheet.indicator(string(a.Only)); known && !sheet.isLocked(i) {
			open = append(open, a)
		} else {
			locked = append(locked, a)
		}
	}
	if len(open) == 0 {
		return giveBack(r, r.refused(sheet.locked()), joinLines(typedOf(answers), strings.Join(unread, "\n")))
	}
	asked := open[:min(len(open), maxFormIndicators)]
	reply := formWith(r, sheet, asked)
	var left []string
	if len(unread) > 0 {
		left = append(left, r.t("submit.unread", "Typed", givenBack(strings.Join(unread, "\n"))))
	}
	if len(locked) > 0 {
		left = append(left, r.t("submit.rest-locked", "Closed", r.when(sheet.closedAt), "Typed", givenBack(typedOf(locked))))
	}
	if later := open[len(asked):]; len(later) > 0 {
		left = append(left, r.t("submit.rest-later", "Typed", givenBack(typedOf(later))))
	}
	reply.Form.Error = strings.Join(left, "\n")
	return reply
}

// formWith opens the form with what was typed in it.
func formWith(r *request, sheet answerSheet, answers []typedAnswer) chat.Reply {
	state := submitFormState{Round: sheet.id}
	var asked []benchmark.Indicator
	for _, a := range answers {
		i, _ := sheet.indicator(string(a.Only))
		asked = append(asked, i)
		state.Some = append(state.Some, i.ID)
		if item, err := sheet.item(r, i, a); err == nil && a.Right {
			state.Asked = with(state.Asked, i.ID, fingerprint(item))
		}
	}
	if len(asked) == 1 {
		state.Only, state.Some = asked[0].ID, nil
	}
	f := submitForm(r, sheet, asked, state)
	values := map[string]string{}
	for k, a := range answers {
		fillTyped(r, sheet, asked[k], a, values)
	}
	prefill(&f, values)
	for k := range f.Fields {
		for _, a := range answers {
			if a.Right && f.Fields[k].Name == string(a.Only)+noteSuffix && f.Fields[k].Value == "" {
				f.Fields[k].Error = r.t("submit.why-right")
			}
		}
	}
	if sheet.closed {
		showChanges(r, sheet, asked, &f)
	}
	return chat.Reply{Form: &f}
}

// fillTyped puts what was typed into its fields: the figure, and the note beside it.
func fillTyped(r *request, sheet answerSheet, i benchmark.Indicator, a typedAnswer, values map[string]string) {
	values[string(i.ID)] = a.Typed
	if a.Note != "" {
		values[string(i.ID)+noteSuffix] = a.Note
	}
	item, err := sheet.item(r, i, a)
	switch {
	case a.KeepFigure:
		delete(values, string(i.ID))
	case err != nil || i.Kind == benchmark.Text:
	default:
		values[string(i.ID)] = figureFieldValue(r, i, benchmark.Version{Answer: item.Answer, Figure: item.Figure}, "")
		if item.Note != "" {
			values[string(i.ID)+noteSuffix] = item.Note
		}
	}
}

// showChanges says in a form what stands, and what would stand if it were sent as it
// is. Of a round that everybody has seen, that is the question.
func showChanges(r *request, sheet answerSheet, asked []benchmark.Indicator, f *chat.Form) {
	values := map[string]string{}
	for _, field := range f.Fields {
		values[field.Name] = field.Value
	}
	var state submitFormState
	if json.Unmarshal([]byte(f.State), &state) != nil {
		return
	}
	items, wrong := parseSubmitForm(r, sheet, asked, state, values)
	if len(items) == 0 || len(wrong) > 0 {
		return
	}
	f.Intro += "\n" + changesText(r, sheet, items)
	if sheet.published {
		state.Shown = digestOf(items)
		f.State = state.String()
	}
}

// changesText is what stands and what would stand, a line each.
func changesText(r *request, sheet answerSheet, items []benchmark.Item) string {
	var lines []string
	for _, item := range items {
		i, _ := sheet.indicator(string(item.Indicator))
		lines = append(lines, r.t("submit.old-and-new", "Title", oneLine(i.Title),
			"Old", clipText(sheet.standing(r, i), maxNote), "New", clipText(sheet.proposed(r, i, item), maxNote)))
	}
	text := strings.Join(lines, "\n")
	if sheet.published {
		sees := "submit.all-see"
		switch {
		case sheet.isOwn:
			sees = "submit.all-see-own"
		case !sheet.isNamed:
			sees = "submit.all-see-coded"
		}
		text += "\n" + r.t(sees)
		if hidden := sheet.nowHidden(r, items); hidden != "" {
			text += " " + hidden
		}
	}
	return clipText(text, maxIntro)
}

// maxIntro is how much of what changes is shown above a form, in characters.
const maxIntro = 2000

// askBeforeAllSee shows the form again, with what stands and what would, before
// everybody sees it.
func askBeforeAllSee(r *request, sheet answerSheet, asked []benchmark.Indicator, state submitFormState, items []benchmark.Item, values map[string]string) chat.Reply {
	state.Shown = digestOf(items)
	f := submitForm(r, sheet, asked, state)
	prefill(&f, values)
	f.Error = changesText(r, sheet, items) + " " + r.t("submit.send-again")
	return chat.Reply{Form: &f}
}

// formCameLate says, once, that the round closed while the form was open, gives back
// what was typed, and shows what can be done with it.
func formCameLate(r *request, sheet answerSheet, asked []benchmark.Indicator, state submitFormState, values map[string]string) chat.Reply {
	text := r.t("submit.late", "Period", r.period(sheet.id), "Closed", r.when(sheet.closedAt))
	m := chat.Message{Blocks: []chat.Block{}}
	var facts []chat.Fact
	var buttons []chat.Button
	isNew := false
	for k, i := range asked {
		if len(state.Opened) == len(asked) {
			if sent := state.Opened[k].sent(values, i); !sent.figure && !sent.note {
				continue
			}
		}
		typed, note := strings.TrimSpace(values[string(i.ID)]), strings.TrimSpace(values[string(i.ID)+noteSuffix])
		if typed == "" && note == "" {
			continue
		}
		facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: givenBack(strings.Trim(typed+" · "+note, " ·"))})
		e := submitButtonState{Round: sheet.id, typedAnswer: typedAnswer{Only: i.ID, Typed: typed, Note: note}}
		if sheet.isLocked(i) {
			isNew = true
		} else if len(buttons) < chat.MaxButtons && e.fits() {
			label := clipText(r.t("submit.correct-one", "Title", oneLine(i.Title)), chat.MaxLabel)
			buttons = append(buttons, chat.Button{Label: label, Action: "submit", Value: e.value()})
		}
	}
	if len(facts) == 0 {
		return r.refused(sheet.locked())
	}
	if len(buttons) > 0 {
		text += " " + r.t("submit.late-correct")
	}
	if isNew {
		text += " " + r.t("submit.late-new")
	}
	if isNew && r.me.Facilitator {
		buttons = append(buttons, r.button("reopen", "reopen", ""))
	}
	m.Text = text
	m.Blocks = append(m.Blocks, chat.Paragraph{Text: text}, chat.Facts{Facts: facts})
	m.Blocks = append(m.Blocks, rows(append(buttons, r.button("status", "status", "")))...)
	return chat.Reply{Message: &m}
}

// nowHidden says which of the items others don't see in a round that has been shown, as their
// figures are too small; empty where there is none, or where nobody sees others'.
func (a answerSheet) nowHidden(r *request, items []benchmark.Item) string {
	if !a.published || a.isOwn {
		return ""
	}
	var titles []string
	r.read(func(n *benchmark.Network) {
		c, known := n.Round(a.id)
		for _, item := range items {
			i, is := a.indicator(string(item.Indicator))
			if known && is && item.Answer == benchmark.Value && !item.KeepFigure && n.Withholds(c, i, r.me.Organisation, item.Figure) {
				titles = append(titles, oneLine(i.Title))
			}
		}
	})
	if len(titles) == 0 {
		return ""
	}
	return r.t("submit.now-hidden", "Titles", r.l.List(titles))
}
