package commands

import (
	"context"
	"errors"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
	"roundtable/locale"
)

// splitAnswers reads what was typed or pasted as answers, each of which begins with an
// indicator: a line each, or one after the other ("falls 3/412, catheters 3/400").
// A line that begins with no indicator belongs to the answer before it, unless it reads
// as an answer to one whose name is near; that, and what stands before the first, is unread.
func splitAnswers(l *locale.Locale, t benchmark.Template, text string) (answers []typedAnswer, unread []string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		i, typed, known := leadingIndicator(t, line)
		if !known {
			i, typed, known = indicatorByPrefix(t, line)
		}
		switch {
		case line == "":
		case known && !slices.ContainsFunc(answers, func(a typedAnswer) bool { return a.Only == i.ID }):
			answers = append(answers, splitLine(l, t, i, typed, answers)...)
		case len(answers) == 0 || len(nearAnswers(l, t, line)) > 0:
			unread = append(unread, line)
		default:
			last := &answers[len(answers)-1]
			last.Typed = strings.TrimSpace(last.Typed + "\n" + line)
		}
	}
	return answers, unread
}

// splitLine reads on in a line whose first answer is to i. Another begins where an
// indicator that has none yet is followed by what can be its answer.
func splitLine(l *locale.Locale, t benchmark.Template, i benchmark.Indicator, typed string, before []typedAnswer) []typedAnswer {
	answers := []typedAnswer{{Only: i.ID, Typed: typed}}
	for k := 1; k < len(typed); k++ {
		if !strings.ContainsAny(typed[k-1:k], " \t,;") {
			continue
		}
		next, rest, begins := nextAnswer(l, t, i, typed[:k], typed[k:])
		if !begins || next.ID == i.ID || slices.ContainsFunc(before, func(a typedAnswer) bool { return a.Only == next.ID }) {
			continue
		}
		answers[0].Typed = strings.TrimRight(typed[:k], " ,;\t")
		return append(answers, splitLine(l, t, next, rest, append(before, answers...))...)
	}
	return answers
}

// nextAnswer says whether another answer begins after what was said of i: a figure does
// behind its indicator, and a text after a comma or a semicolon. A text that describes a
// practice may name whatever it likes: within one, other texts begin after a semicolon
// or with a colon, and figures after either sign.
func nextAnswer(l *locale.Locale, t benchmark.Template, i benchmark.Indicator, said, text string) (next benchmark.Indicator, rest string, begins bool) {
	said = strings.TrimRight(said, " \t")
	semicolon := strings.HasSuffix(said, ";")
	apart := semicolon || strings.HasSuffix(said, ",")
	if i.Kind == benchmark.Text && !apart {
		return next, text, false
	}
	next, rest, known := leadingIndicator(t, text)
	switch {
	case known && next.Kind == benchmark.Text:
		named := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), rest))
		return next, rest, apart && rest != "" && (i.Kind != benchmark.Text || semicolon || strings.HasSuffix(named, ":"))
	case !known && apart && i.Kind != benchmark.Text:
		next, rest, known = indicatorByPrefix(t, text)
	}
	return next, rest, known && next.Kind != benchmark.Text && readsFully(l, next, rest)
}

// readsFully says whether a text begins with an answer to the indicator.
func readsFully(l *locale.Locale, i benchmark.Indicator, text string) bool {
	item, err := readItem(l, i, text, true)
	return err == nil && (item.Answer != benchmark.Value || item.Figure.Check(i) == nil)
}

// item reads a typed answer. A figure that comes without a note leaves the note that
// stands, unless that explains why another figure is right.
func (a answerSheet) item(r *request, i benchmark.Indicator, t typedAnswer) (benchmark.Item, error) {
	asked := benchmark.Item{Indicator: i.ID, Confirmed: t.Right, NoteAsked: t.Noted, Seen: t.Seen}
	if t.KeepFigure {
		asked.KeepFigure, asked.Note = true, t.Note
		return asked, nil
	}
	item, err := readItem(r.l, i, t.Typed, t.Note == "")
	if err != nil {
		return item, err
	}
	if t.Note != "" {
		item.Note = t.Note
	}
	stands, answered := a.answers[i.ID]
	keeps := answered && stands.Answer == benchmark.Value && !stands.Confirmed && item.Answer == benchmark.Value
	item.KeepNote = t.KeepNote || item.Note == "" && !t.NoNote && keeps && i.Kind != benchmark.Text
	item.Confirmed, item.NoteAsked, item.Seen = asked.Confirmed, asked.NoteAsked, asked.Seen
	return item, nil
}

// unclearAnswer is what can't be saved of a typed answer as it is, and why.
type unclearAnswer struct {
	typedAnswer
	why benchmark.Refusals
}

// saveTyped saves what is clear of what was typed, and tells all that isn't in one
// message, with what was understood.
func saveTyped(ctx context.Context, r *request, sheet answerSheet, answers []typedAnswer, unread []string) chat.Reply {
	if sheet.closed {
		return correctTyped(r, sheet, answers, unread)
	}
	var items []benchmark.Item
	why := map[benchmark.IndicatorID]benchmark.Refusals{}
	for _, a := range answers {
		i, _ := sheet.indicator(string(a.Only))
		item, err := sheet.item(r, i, a)
		if bad, is := errors.AsType[*benchmark.Refusal](err); is {
			why[i.ID] = benchmark.Refusals{bad}
			continue
		}
		items = append(items, item)
	}
	events, wrong, err := saveWhatIsClear(ctx, r, sheet, items)
	if maybeNumber(err) != nil {
		return r.refused(err)
	}
	if err != nil {
		return giveBack(r, r.refused(err), typedOf(answers))
	}
	if onlyMoved(wrong) && len(wrong) > 0 {
		return askMoved(r, sheet, events, items, wrong)
	}
	for _, x := range wrong {
		id := benchmark.IndicatorID(x.Field)
		why[id] = append(why[id], x)
	}
	var doubts []unclearAnswer
	for _, a := range answers {
		if w := why[a.Only]; len(w) > 0 {
			doubts = append(doubts, unclearAnswer{a, w})
		}
	}
	if len(events) == 0 && len(doubts) == 1 && len(unread) == 0 {
		text, buttons := doubtText(r, sheet, doubts[0], versionsAfter(sheet, events, doubts[0].Only))
		reply := r.say(text, buttons...)
		if one := doubts[0].why[0]; one.Question || one.Reason == refusal.PersonalNumber {
			return reply // what is asked about is said already; the other is not repeated
		}
		return giveBack(r, reply, typedOf(answers))
	}
	if len(events)+len(doubts)+len(unread) == 0 {
		return unchanged(r, sheet, answers)
	}
	return confirmSaved(r, sheet, events, "", func(m *chat.Message) { tellDoubts(r, sheet, m, events, doubts, unread) })
}

// unchanged says that what was typed stands already.
func unchanged(r *request, sheet answerSheet, answers []typedAnswer) chat.Reply {
	var facts []chat.Fact
	for _, a := range answers {
		i, _ := sheet.indicator(string(a.Only))
		facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: sheet.standing(r, i)})
	}
	m := message(r.t("submit.unchanged", "Period", r.period(sheet.id)))
	m.Blocks = append(m.Blocks, chat.Facts{Facts: facts}, chat.Buttons{Buttons: afterwards(r, sheet, nil)})
	return chat.Reply{Message: &m}
}

// typedOf is what was typed, to be given back.
func typedOf(answers []typedAnswer) string {
	var lines []string
	for _, a := range answers {
		lines = append(lines, strings.TrimSpace(string(a.Only)+" "+a.Typed))
	}
	return strings.Join(lines, "\n")
}

// saveWhatIsClear saves the items that the network takes, and returns why it does not
// take the others. Where only the note is in doubt, the figure is saved.
func saveWhatIsClear(ctx context.Context, r *request, sheet answerSheet, items []benchmark.Item) (events []benchmark.Event, wrong benchmark.Refusals, err error) {
	for len(items) > 0 {
		events, err = r.decideEvents(ctx, benchmark.Submit{Round: sheet.id, Items: items})
		var many benchmark.Refusals
		if !errors.As(err, &many) || maybeNumber(err) != nil { // all of it is held until that is answered
			return events, wrong, err
		}
		wrong = append(wrong, many...)
		var left []benchmark.Item
		for _, item := range items {
			k := slices.IndexFunc(many, func(x *benchmark.Refusal) bool { return x.Field == string(item.Indicator) })
			switch {
			case k < 0:
				left = append(left, item)
			case sheet.isClearWithoutNote(item, many[k]):
				item.Note, item.KeepNote = "", true
				left = append(left, item)
			}
		}
		items = left
	}
	return nil, wrong, nil
}

// isClearWithoutNote says whether nothing but the note of an item is in doubt, and the
// note isn't of the same indicator.
func (a answerSheet) isClearWithoutNote(item benchmark.Item, why *benchmark.Refusal) bool {
	i, _ := a.indicator(string(item.Indicator))
	if i.Kind == benchmark.Text || item.Answer != benchmark.Value || item.KeepFigure || item.KeepNote {
		return false
	}
	return why.Reason == refusal.NoteHasFigure || isOfNote(why.Reason) && argument(why, "Named") != i.Title
}

// isOfNote says whether a refusal is about what a note reads as.
func isOfNote(reason refusal.Reason) bool {
	return reason == refusal.NoteHasFigure || reason == refusal.NoteIsAnswer || reason == refusal.NoteNamesIndicator
}

// argument is a refusal's argument of that name; nil for none.
func argument(x *benchmark.Refusal, name string) any {
	for k := 0; k+1 < len(x.Args); k += 2 {
		if x.Args[k] == name {
			return x.Args[k+1]
		}
	}
	return nil
}

// maxAskedApart are told with buttons of their own.
const maxAskedApart = 8

// tellDoubts tells what could not be saved, each with what can be done about it.
func tellDoubts(r *request, sheet answerSheet, m *chat.Message, events []benchmark.Event, doubts []unclearAnswer, unread []string) {
	for k, d := range doubts {
		i, _ := sheet.indicator(string(d.Only))
		text, buttons := doubtText(r, sheet, d, versionsAfter(sheet, events, d.Only))
		text = oneLine(i.Title) + ": " + text
		if !d.why[0].Question && d.why[0].Reason != refusal.PersonalNumber {
			text += " " + r.t("submit.typed", "Typed", givenBack(d.Typed))
		}
		m.Text = joinLines(m.Text, text)
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: text})
		if k < maxAskedApart {
			m.Blocks = append(m.Blocks, rows(buttons)...)
		}
	}
	tellUnread(r, sheet, m, unread)
}

// doubtText words a doubt, with the buttons that settle it, as long as there are no more
// versions of the answer.
func doubtText(r *request, sheet answerSheet, d unclearAnswer, versions int) (text string, buttons []chat.Button) {
	state := submitButtonState{Round: sheet.id, typedAnswer: d.typedAnswer}
	confirmed := state
	confirmed.Asked = new(versions)
	settles := true
	for _, x := range d.why {
		text = joinLines(text, r.words(wordQuestion(r, sheet, x)))
		switch {
		case !x.Question:
			settles = false
		case isOfNote(x.Reason):
			confirmed.Noted = true
		default:
			confirmed.Right = true
		}
	}
	label := "right"
	if confirmed.Noted && !confirmed.Right {
		label = "noted"
	}
	if item, err := readItem(r.l, indicatorOr(sheet, d.Only), d.Typed, d.Note == ""); confirmed.Right && settles && err == nil && item.Note == "" && d.Note == "" {
		text += "\n" + r.t("submit.ask-note")
	}
	if settles && confirmed.fits() {
		buttons = append(buttons, primary(submitButton(r, label, confirmed)))
	}
	buttons = append(buttons, asAnswer(r, sheet, d)...)
	if refusesTyped(d.why[0].Reason) {
		return text, append(buttons, r.nextSteps(d.why[0])...)
	}
	return text, append(buttons, submitButton(r, "mend", state))
}

func indicatorOr(sheet answerSheet, id benchmark.IndicatorID) benchmark.Indicator {
	i, _ := sheet.indicator(string(id))
	return i
}

// asAnswer offers to take a note that reads as an answer for one.
func asAnswer(r *request, sheet answerSheet, d unclearAnswer) []chat.Button {
	for _, x := range d.why {
		note, _ := argument(x, "Note").(string)
		if !isOfNote(x.Reason) || note == "" {
			continue
		}
		i, typed, known := leadingIndicator(sheet.template, note)
		if !known {
			i, typed, known = indicatorByPrefix(sheet.template, note)
		}
		e := submitButtonState{Round: sheet.id, typedAnswer: typedAnswer{Only: i.ID, Typed: typed}}
		if known && i.ID != d.Only && readsFully(r.l, i, typed) && e.fits() {
			label := clipText(r.t("submit.as-answer", "Title", oneLine(i.Title)), chat.MaxLabel)
			return []chat.Button{{Label: label, Action: "submit", Value: e.value()}}
		}
	}
	return nil
}

// giveBack adds what was typed to a refusal, so that it isn't lost.
func giveBack(r *request, reply chat.Reply, typed string) chat.Reply {
	if reply.Message != nil {
		typed = r.t("submit.typed", "Typed", givenBack(typed))
		reply.Message.Blocks = append(reply.Message.Blocks, chat.Footnote{Text: typed})
	}
	return reply
}

// wordQuestion is a question about a figure with its values in the indicator's unit, and
// one about a colleague's answer with what that is.
func wordQuestion(r *request, sheet answerSheet, x *benchmark.Refusal) *benchmark.Refusal {
	i, known := sheet.indicator(x.Field)
	if !x.Question || !known {
		return x
	}
	y := *x
	y.Args = append([]any(nil), x.Args...)
	if x.Reason == refusal.AnswerMoved {
		y.Args = append(y.Args, "Name", verbatim(r.nameOf(sheet.by[i.ID])), "When", verbatim(r.shortly(sheet.at[i.ID])), "Theirs", verbatim(strings.TrimRight(sheet.standing(r, i), ".")))
	}
	if x.Reason == refusal.NoteHasFigure {
		note, _ := argument(x, "Note").(string)
		y.Args = append(y.Args, "Others", verbatim(r.t(sheet.noteFate(r, i, note))))
	}
	decimals := likeDecimals(i, y.Args)
	for k := 1; k < len(y.Args); k += 2 {
		v, ok := y.Args[k].(float64)
		switch {
		case ok && x.Reason == refusal.FarFromOwn:
			y.Args[k] = verbatim(alikeText(r.l, i, v, decimals, y.Args[k-1] != "Low"))
		case ok && y.Args[k-1] == "Value":
			y.Args[k] = verbatim(valueText(r.l, i, v))
		case ok && y.Args[k-1] == "High":
			y.Args[k] = verbatim(endText(r.l, i, v))
		case ok:
			y.Args[k] = verbatim(numberText(r.l, v))
		}
	}
	return &y
}
