package commands

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
	"roundtable/locale"
)

// A submission is answered once. What is clear is saved, and so is what is in doubt, as
// long as the round is open; all doubts stand in the one answer, each with what was
// understood and a way to mend it. What can't be read, or might show what is hidden, is
// told there too, and isn't saved.

// unclearAnswer is an answer that isn't clear, and why. Saved: it stands nevertheless.
type unclearAnswer struct {
	typedAnswer
	why   benchmark.Refusals
	saved bool
}

// savedDoubts are those of the answers that have been saved although they are in doubt, now
// or before the form was shown again.
func savedDoubts(r *request, sheet answerSheet, events []benchmark.Event, before []benchmark.IndicatorID) (doubts []unclearAnswer) {
	given := map[benchmark.IndicatorID]bool{}
	for _, id := range before {
		given[id] = true
	}
	for _, e := range events {
		_, slot, is := e.Answers()
		given[slot.Indicator] = given[slot.Indicator] || is
	}
	for _, d := range openDoubts(r, sheet) {
		if given[d.Only] {
			doubts = append(doubts, d)
		}
	}
	return doubts
}

// openDoubts are the answers of one's own that stand in doubt.
func openDoubts(r *request, sheet answerSheet) (doubts []unclearAnswer) {
	r.read(func(n *benchmark.Network) { doubts = doubtsIn(r, n, sheet) })
	return doubts
}

func doubtsIn(r *request, n *benchmark.Network, sheet answerSheet) (doubts []unclearAnswer) {
	c, known := n.Round(sheet.id)
	o, _ := n.Organisation(r.me.Organisation)
	if !known || sheet.closed || !n.MaySeeOwn(r.me, c) {
		return nil
	}
	for _, i := range sheet.template.Indicators {
		ask, is := benchmark.DoubtOf(n, c, o, i, n.OwnRounds(r.me))
		if v, _ := c.Submission(o.ID, i.ID); !is || v.By != r.me.ID {
			continue
		}
		d := unclearAnswer{typedAnswer: typedAnswer{Only: i.ID}, saved: true}
		if ask != nil {
			d.why = benchmark.Refusals{ask}
		}
		doubts = append(doubts, d)
	}
	return doubts
}

// showDoubts lists what stands in doubt, each with what settles it.
func showDoubts(r *request, sheet answerSheet) chat.Reply {
	doubts := openDoubts(r, sheet)
	if len(doubts) == 0 {
		return r.say(r.t("submit.no-doubts", "Period", r.period(sheet.id)), r.button("status", "status", ""))
	}
	m := message(r.t("status.doubts", "Count", len(doubts)))
	var facts []chat.Fact
	for _, d := range doubts {
		i, _ := sheet.indicator(string(d.Only))
		facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: sheet.standing(r, i)})
	}
	m.Blocks = append(m.Blocks, chat.Facts{Facts: facts})
	tellDoubts(r, sheet, &m, nil, doubts, nil)
	return chat.Reply{Message: &m}
}

// maxAskedApart are told with buttons of their own.
const maxAskedApart = 8

// tellDoubts tells what isn't clear, each with what can be done about it.
func tellDoubts(r *request, sheet answerSheet, m *chat.Message, events []benchmark.Event, doubts []unclearAnswer, unread []string) {
	for k, d := range doubts {
		if d.saved && (k == 0 || !doubts[k-1].saved) {
			addLine(m, r.t("submit.as-it-stands"))
		}
		i, _ := sheet.indicator(string(d.Only))
		text, buttons := doubtText(r, sheet, d, versionsAfter(sheet, events, d.Only))
		text = oneLine(i.Title) + ": " + text
		if !d.saved && !d.why[0].Question && d.why[0].Reason != refusal.PersonalNumber {
			text += " " + r.t("submit.typed", "Typed", givenBack(d.Typed))
		}
		addLine(m, text)
		if k < maxAskedApart {
			m.Blocks = append(m.Blocks, rows(labelled(buttons, i, len(doubts) > 1))...)
		}
	}
	tellUnread(r, sheet, m, unread)
}

// labelled says on each button which indicator it is about, where there are several.
func labelled(buttons []chat.Button, i benchmark.Indicator, several bool) []chat.Button {
	for k := range buttons {
		if several && !strings.Contains(buttons[k].Label, oneLine(i.Title)) {
			buttons[k].Label = clipText(buttons[k].Label+": "+oneLine(i.Title), chat.MaxLabel)
		}
	}
	return buttons
}

// doubtText words a doubt, with the buttons that settle it, as long as there are no more
// versions of the answer.
func doubtText(r *request, sheet answerSheet, d unclearAnswer, versions int) (text string, buttons []chat.Button) {
	if d.saved {
		return savedDoubtText(r, sheet, d, versions)
	}
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
	if settles && confirmed.fits() {
		buttons = append(buttons, primary(submitButton(r, label, confirmed)))
	}
	buttons = append(buttons, asAnswer(r, sheet, d)...)
	if refusesTyped(d.why[0].Reason) {
		return text, append(buttons, r.nextSteps(d.why[0])...)
	}
	return text, append(buttons, submitButton(r, "mend", state))
}

// savedDoubtText words a doubt of what stands. That it is right is said with one press
// where a note is there to say why.
func savedDoubtText(r *request, sheet answerSheet, d unclearAnswer, versions int) (text string, buttons []chat.Button) {
	for _, x := range d.why {
		text = joinLines(text, r.words(wordQuestion(r, sheet, x)))
	}
	if text == "" {
		text = r.t("submit.is-it-right")
	}
	right := submitButtonState{
		Round: sheet.id, Asked: new(versions),
		typedAnswer: typedAnswer{Only: d.Only, KeepFigure: true, KeepNote: true, Right: true},
	}
	mend := submitButtonState{Round: sheet.id, typedAnswer: typedAnswer{Only: d.Only}}
	return text, []chat.Button{submitButton(r, "right", right), submitButton(r, "mend", mend)}
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
	return InUnits(r.l, i, &y)
}

// InUnits is a question about a figure with its values written in the indicator's unit.
func InUnits(l *locale.Locale, i benchmark.Indicator, x *benchmark.Refusal) *benchmark.Refusal {
	y := *x
	y.Args = append([]any(nil), x.Args...)
	decimals := likeDecimals(i, y.Args)
	for k := 1; k < len(y.Args); k += 2 {
		v, ok := y.Args[k].(float64)
		switch {
		case ok && x.Reason == refusal.FarFromOwn:
			y.Args[k] = verbatim(alikeText(l, i, v, decimals, y.Args[k-1] != "Low"))
		case ok && y.Args[k-1] == "Value":
			y.Args[k] = verbatim(valueText(l, i, v))
		case ok && y.Args[k-1] == "High":
			y.Args[k] = verbatim(endText(l, i, v))
		case ok:
			y.Args[k] = verbatim(numberText(l, v))
		}
	}
	return &y
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
