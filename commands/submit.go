package commands

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// submitVerb answers the round.
var submitVerb = verb{
	name: "submit", forOne: true, synonyms: []string{"answer", "report", "enter", "svara", "rapportera"}, needs: aParticipant,
	typed: submitTyped, pressed: submitPressed, filled: submitFilled,
}

// submitTyped takes "falls 3/412 new ward", and several such at once, or opens the
// form: of everything, or with "falls" alone of that.
func submitTyped(ctx context.Context, r *request, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		return submitPressed(ctx, r, "")
	}
	sheet, err := openAnswerSheet(r, "")
	if err != nil {
		return giveBack(r, r.refused(err), text)
	}
	answers, unread := splitAnswers(r.l, sheet.template, text)
	switch {
	case len(answers) == 0 && !sheet.closed && len(readTyped(r, sheet, nil, unread).items) > 0:
	case len(answers) == 0:
		if text, buttons := askNear(r, sheet, strings.TrimSpace(text)); text != "" && len(unread) == 1 {
			return r.say(text, buttons...)
		}
		if slices.ContainsFunc(unread, func(line string) bool {
			return len(nearAnswers(r.l, sheet.template, line)) > 0 || benchmark.LooksLikeTotal(line)
		}) {
			m := message(r.t("submit.nothing-saved"))
			tellUnread(r, sheet, &m, unread)
			return chat.Reply{Message: &m}
		}
		name, _ := firstWord(text)
		return giveBack(r, r.refused(unknownIndicator(sheet.template, name)), text)
	case len(answers) == 1 && len(unread) == 0 && answers[0].Typed == "":
		i, _ := sheet.indicator(string(answers[0].Only))
		if sheet.isLocked(i) {
			return r.refused(sheet.locked())
		}
		return chat.Reply{Form: new(submitForm(r, sheet, []benchmark.Indicator{i}, submitFormState{Round: sheet.id, Only: i.ID}))}
	}
	return saveTyped(ctx, r, sheet, answers, unread)
}

// typedAnswer is an answer to one indicator as it was typed. A button carries it on.
type typedAnswer struct {
	Only benchmark.IndicatorID `json:"only,omitempty"`
	// Typed is the figure, and the note unless that stands in Note.
	Typed string `json:"typed,omitempty"`
	Note  string `json:"note,omitempty"`
	// Right: the figure has been asked about and is right. Noted: the note has been, and
	// is one.
	Right bool `json:"right,omitempty"`
	Noted bool `json:"noted,omitempty"`
	// KeepFigure and KeepNote: that half stays as it stands. NoNote: none is left.
	KeepFigure bool `json:"keep_figure,omitempty"`
	KeepNote   bool `json:"keep_note,omitempty"`
	NoNote     bool `json:"no_note,omitempty"`
	// Seen is how many versions of the answer the writer has seen.
	Seen *int `json:"seen,omitempty"`
}

// submitButtonState is what a submit button carries: which form to open, or what was typed
// for one indicator.
type submitButtonState struct {
	Round benchmark.RoundID `json:"round,omitempty"`
	// Part of a long template, from 1; 0: all, or Only one indicator.
	Part int `json:"part,omitempty"`
	typedAnswer
	// Asked is how many versions of the answer there were when it was asked about.
	Asked *int `json:"was,omitempty"`
	// Stay: what stands is to stay.
	Stay bool `json:"stay,omitempty"`
	// Doubts: what stands in doubt is to be listed.
	Doubts bool `json:"doubts,omitempty"`
	// Undo: what stood before these versions is to stand, with these notes. Bare: there was
	// no room for them.
	Undo  map[benchmark.IndicatorID]int    `json:"undo,omitempty"`
	Notes map[benchmark.IndicatorID]string `json:"notes,omitempty"`
	Bare  bool                             `json:"bare,omitempty"`
}

// fits says whether a button can carry all of it.
func (e submitButtonState) fits() bool {
	b, err := json.Marshal(e)
	return err == nil && len(b) <= chat.MaxValue
}

// value is what the button carries, within its bound: what was typed is left out when
// it is too long, and never cut.
func (e submitButtonState) value() string {
	if !e.fits() {
		e.Typed, e.Note = "", ""
	}
	b, err := json.Marshal(e)
	if err != nil || len(b) > chat.MaxValue {
		return ""
	}
	return string(b)
}

func submitButton(r *request, name string, e submitButtonState) chat.Button {
	return r.button(name, "submit", e.value())
}

// submitPressed opens the form that the button names.
func submitPressed(ctx context.Context, r *request, value string) chat.Reply {
	var e submitButtonState
	if value != "" && json.Unmarshal([]byte(value), &e) != nil {
		return r.refused(refuse(buttonOld))
	}
	sheet, err := openAnswerSheet(r, e.Round)
	if err != nil {
		return r.refused(err)
	}
	switch {
	case e.Doubts:
		return showDoubts(r, sheet)
	case len(e.Undo) > 0:
		return undoAnswers(ctx, r, sheet, e)
	case e.Only != "":
		return submitSingle(ctx, r, sheet, e)
	}
	parts := sheet.openParts(partsOf(r.l, sheet.template.Indicators))
	if len(parts) == 1 {
		return chat.Reply{Form: new(submitForm(r, sheet, parts[0].indicators, submitFormState{Round: sheet.id, Part: parts[0].number}))}
	}
	p, known := partNumbered(parts, e.Part)
	switch {
	case e.Part > 0 && !known && sheet.closed:
		return r.refused(sheet.locked())
	case !known:
		return offerParts(r, sheet, parts)
	}
	return chat.Reply{Form: new(submitForm(r, sheet, p.indicators, submitFormState{Round: sheet.id, Part: p.number}))}
}

// openParts are the parts in which something can still be answered or corrected.
func (a answerSheet) openParts(parts []part) []part {
	var open []part
	for _, p := range parts {
		if !a.isLocked(p.indicators...) {
			open = append(open, p)
		}
	}
	return open
}

// submitSingle takes what was typed as right, when it came with a note; otherwise
// it opens the form for the one indicator with what was typed.
func submitSingle(ctx context.Context, r *request, sheet answerSheet, e submitButtonState) chat.Reply {
	i, known := sheet.indicator(string(e.Only))
	switch {
	case !known:
		return r.refused(unknownIndicator(sheet.template, string(e.Only)))
	case sheet.isLocked(i):
		return r.refused(sheet.locked())
	case e.Stay:
		return r.say(r.t("submit.stays", "Title", oneLine(i.Title), "Answer", sheet.standing(r, i)))
	}
	item, err := sheet.item(r, i, e.typedAnswer)
	if e.KeepFigure && e.Right && e.Asked != nil && *e.Asked != sheet.versions[i.ID] {
		return r.say(r.t("submit.changed-since", "Title", oneLine(i.Title), "Answer", strings.TrimRight(sheet.standing(r, i), ".")), r.button("change", "submit", ""), r.button("status", "status", ""))
	}
	if err == nil && e.Asked != nil && *e.Asked != sheet.versions[i.ID] && sheet.proposed(r, i, item) != sheet.standing(r, i) && !sheet.closed {
		return askMoved(r, sheet, nil, []benchmark.Item{item}, benchmark.Refusals{{Reason: refusal.AnswerMoved, Field: string(i.ID)}})
	}
	saves := err == nil && (e.Seen != nil || e.Noted || e.Right && (item.Note != "" || item.KeepNote && sheet.saysWhy[i.ID]))
	if saves && !sheet.closed {
		e.Seen = cmp.Or(e.Seen, e.Asked)
		return saveTyped(ctx, r, sheet, []typedAnswer{e.typedAnswer}, nil)
	}
	if e.Typed != "" || e.Note != "" || e.Right {
		return formWith(r, sheet, []typedAnswer{e.typedAnswer})
	}
	return chat.Reply{Form: new(submitForm(r, sheet, []benchmark.Indicator{i}, submitFormState{Round: sheet.id, Only: i.ID}))}
}

// offerParts offers the parts of a long template.
func offerParts(r *request, sheet answerSheet, parts []part) chat.Reply {
	var buttons []chat.Button
	for _, p := range parts {
		label := r.partLabel(p, sheet.answered(p.indicators))
		buttons = append(buttons, chat.Button{Label: label, Action: "submit", Value: submitButtonState{Round: sheet.id, Part: p.number}.value()})
	}
	text := r.t("submit.choose-section", "Period", r.period(sheet.id))
	if sheet.closed {
		text = r.t("submit.choose-correction", "Period", r.period(sheet.id), "Closed", r.when(sheet.closedAt))
	}
	return r.say(text, buttons...)
}

// submitFilled answers with what was changed in the form; what was left as it was,
// stays as it stands by now.
func submitFilled(ctx context.Context, r *request, filled chat.Filled) chat.Reply {
	var state submitFormState
	if err := json.Unmarshal([]byte(filled.State), &state); err != nil {
		return r.refused(refuse(formUnreadable))
	}
	sheet, err := anyAnswerSheet(r, state.Round)
	if err != nil {
		return r.refused(err)
	}
	asked, ok := indicatorsOf(r, sheet, state)
	if !ok {
		return r.refused(refuse(formUnreadable))
	}
	items, wrong := parseSubmitForm(r, sheet, asked, state, filled.Values)
	if _, corrects := filled.Values[reasonField]; sheet.closed && !corrects {
		return formCameLate(r, sheet, asked, state, filled.Values)
	}
	if len(items) == 0 && len(wrong) == 0 && len(state.Saved) > 0 && len(openDoubts(r, sheet)) > 0 {
		return showDoubts(r, sheet)
	}
	if len(items) == 0 && len(wrong) == 0 && len(sheet.answers) > 0 {
		return r.say(r.t("submit.unchanged", "Period", r.period(sheet.id)), r.button("status", "status", ""))
	}
	again := func(err error) chat.Reply {
		state.rememberQuestions(err, items)
		state.rememberMoves(err, sheet, asked)
		return r.showAgain(submitForm(r, sheet, asked, state), filled.Values, wordQuestions(r, sheet, err), fieldOf)
	}
	intent := benchmark.Submit{Round: sheet.id, Items: items, Reason: filled.Values[reasonField]}
	if !sheet.closed && len(items) > 0 {
		return saveFilled(ctx, r, filledForm{sheet, asked, state, filled.Values}, items, wrong)
	}
	if len(wrong) > 0 { // all mistakes are shown at once
		var more benchmark.Refusals
		if err := dryRun(r, intent); len(items) > 0 && errors.As(err, &more) {
			wrong = append(wrong, more...)
		}
		return again(wrong)
	}
	if sheet.published && state.Shown != digestOf(items) {
		if err := dryRun(r, intent); err != nil {
			return again(err)
		}
		return askBeforeAllSee(r, sheet, asked, state, items, filled.Values)
	}
	events, err := r.decideEvents(ctx, intent)
	if err != nil {
		return again(err)
	}
	return confirmSaved(r, sheet, events, intent.Reason, nil)
}

// dryRun says what the network would refuse, and decides nothing.
func dryRun(r *request, intent benchmark.Intent) (err error) {
	who := r.actor()
	who.Incoming = ""
	r.read(func(n *benchmark.Network) {
		_, err = n.Decide(who, intent, r.now())
	})
	return err
}

// nextPartButton leads on in a long template, to a part with something left.
func nextPartButton(r *request, sheet answerSheet, changed []change) []chat.Button {
	parts := partsOf(r.l, sheet.template.Indicators)
	if len(parts) == 1 || len(changed) == 0 {
		return nil
	}
	next, is := nextPart(parts, changed[len(changed)-1].indicator.ID, sheet.answered)
	if !is {
		return nil
	}
	return []chat.Button{primary(chat.Button{Label: r.nextLabel(next), Action: "submit", Value: submitButtonState{Round: sheet.id, Part: next.number}.value()})}
}

// refusesTyped says which refusals of what was typed leave nothing to mend.
func refusesTyped(reason refusal.Reason) bool {
	return reason == refusal.RoundClosed || reason == refusal.RoundRecorded || reason == refusal.PersonalNumber
}
