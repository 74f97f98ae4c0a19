package commands

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// submitVerb answers the round.
var submitVerb = verb{
	name: "submit", synonyms: []string{"answer", "report", "enter", "svara", "rapportera"}, needs: aParticipant,
	typed: submitTyped, pressed: submitPressed, filled: submitFilled,
}

// submitTyped takes "falls 3/412 new ward", or opens the form: of everything, or
// with "falls" alone of that.
func submitTyped(ctx context.Context, r *request, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		return submitPressed(ctx, r, "")
	}
	sheet, err := openAnswerSheet(r, "")
	if err != nil {
		return r.refused(err)
	}
	i, typed, known := leadingIndicator(sheet.template, text)
	if !known {
		i, typed, known = indicatorByPrefix(sheet.template, text)
	}
	switch {
	case !known:
		name, _ := firstWord(text)
		return r.refused(unknownIndicator(sheet.template, name))
	case sheet.isLocked(i):
		return r.refused(sheet.locked())
	case typed == "":
		return chat.Reply{Form: new(submitForm(r, sheet, []benchmark.Indicator{i}, submitFormState{Round: sheet.id, Only: i.ID}))}
	}
	return saveTyped(ctx, r, sheet, i, typed, false)
}

// saveTyped answers one indicator with what was typed; right says that the
// person has been asked and says that it is.
func saveTyped(ctx context.Context, r *request, sheet answerSheet, i benchmark.Indicator, typed string, right bool) chat.Reply {
	item, err := readItem(r.l, i, typed, true)
	if err != nil {
		return refuseTyped(r, sheet, i, typed, err)
	}
	note, reason := item.Note, ""
	if sheet.closed {
		reason = note
		if sheet.makeCorrection(i, &item, right); item.Note == "" && i.Kind == benchmark.Text && item.Answer == benchmark.Value {
			return refuseTyped(r, sheet, i, typed, refuse(refusal.CorrectionReason, "Round", sheet.id))
		}
	}
	item.Confirmed = right
	err = r.decide(ctx, benchmark.Submit{Round: sheet.id, Items: []benchmark.Item{item}, Reason: reason})
	var many benchmark.Refusals
	if maybeNumber(err) != nil {
		return r.refused(err)
	}
	if errors.As(err, &many) && many[0].Question {
		text := r.words(wordQuestion(r, sheet, many[0]))
		if note == "" {
			text += "\n" + r.t("submit.ask-note")
		}
		return r.say(text, primary(submitButton(r, "right", submitButtonState{Round: sheet.id, Only: i.ID, Typed: typed, Right: true})),
			submitButton(r, "mend", submitButtonState{Round: sheet.id, Only: i.ID, Typed: typed}))
	}
	if err != nil {
		return refuseTyped(r, sheet, i, typed, err)
	}
	return confirmSaved(r, sheet.id, []benchmark.Item{item}, reason)
}

// makeCorrection makes of an item that was typed after closing a correction: what
// follows the figure is the reason, and a note that says something of the figure
// is kept. A text is all note, so that its reason is asked for in the form.
func (a answerSheet) makeCorrection(i benchmark.Indicator, item *benchmark.Item, right bool) {
	switch {
	case i.Kind == benchmark.Text && item.Answer == benchmark.Value:
		item.Note = ""
	case item.Answer != benchmark.Value: // why there is no figure is both note and reason
	case right: // so is why an unlikely figure is right
	case a.answers[i.ID].Answer == benchmark.Value && !a.answers[i.ID].Confirmed:
		item.Note = a.notes[i.ID]
	default: // what stands explains another answer
		item.Note = ""
	}
}

// wordQuestion is a question about a figure with its values in the indicator's unit.
func wordQuestion(r *request, sheet answerSheet, x *benchmark.Refusal) *benchmark.Refusal {
	i, known := sheet.indicator(x.Field)
	if !x.Question || !known {
		return x
	}
	y := *x
	y.Args = append([]any(nil), x.Args...)
	for k := 1; k < len(y.Args); k += 2 {
		v, ok := y.Args[k].(float64)
		switch {
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

// refuseTyped refuses what was typed and gives it back, to be changed.
func refuseTyped(r *request, sheet answerSheet, i benchmark.Indicator, typed string, err error) chat.Reply {
	var one *benchmark.Refusal
	if !errors.As(err, &one) {
		return r.refused(err)
	}
	text := r.words(one)
	var buttons []chat.Button
	switch one.Reason {
	case refusal.RoundClosed, refusal.RoundRecorded, refusal.PersonalNumber:
		buttons = r.nextSteps(one)
	default:
		buttons = []chat.Button{submitButton(r, "mend", submitButtonState{Round: sheet.id, Only: i.ID, Typed: typed})}
	}
	reply := r.say(text, buttons...)
	if one.Reason != refusal.PersonalNumber { // which is not repeated either
		typed = r.t("submit.typed", "Typed", echoed(string(i.ID)+" "+typed))
		reply.Message.Blocks = append(reply.Message.Blocks, chat.Footnote{Text: typed})
	}
	return reply
}

// submitButtonState is what a submit button carries: which form to open, or what was typed
// for one indicator.
type submitButtonState struct {
	Round benchmark.RoundID `json:"round,omitempty"`
	// Part of a long template, from 1; 0: all, or Only one indicator.
	Part  int                   `json:"part,omitempty"`
	Only  benchmark.IndicatorID `json:"only,omitempty"`
	Typed string                `json:"typed,omitempty"`
	// Right: what was typed has been asked about and is right.
	Right bool `json:"right,omitempty"`
}

// value is what the button carries, within its bound: what was typed is cut if
// it must be.
func (e submitButtonState) value() string {
	for {
		b, err := json.Marshal(e)
		if err == nil && len(b) <= chat.MaxValue {
			return string(b)
		}
		letters := []rune(e.Typed)
		if len(letters) == 0 {
			return ""
		}
		e.Typed = string(letters[:min(len(letters)/2, chat.MaxValue)])
	}
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
	if e.Only != "" {
		return submitSingle(ctx, r, sheet, e)
	}
	parts := partsOf(r.l, sheet.template.Indicators)
	if len(parts) == 1 {
		return chat.Reply{Form: new(submitForm(r, sheet, parts[0].indicators, submitFormState{Round: sheet.id}))}
	}
	p, known := partNumbered(parts, e.Part)
	switch {
	case !known:
		return offerParts(r, sheet, parts)
	case sheet.isLocked(p.indicators...):
		return r.refused(sheet.locked())
	}
	return chat.Reply{Form: new(submitForm(r, sheet, p.indicators, submitFormState{Round: sheet.id, Part: p.number}))}
}

// submitSingle takes what was typed as right, when it came with a note; otherwise
// it opens the form for the one indicator with what was typed.
func submitSingle(ctx context.Context, r *request, sheet answerSheet, e submitButtonState) chat.Reply {
	i, known := sheet.indicator(string(e.Only))
	if !known {
		return r.refused(unknownIndicator(sheet.template, string(e.Only)))
	}
	if sheet.isLocked(i) {
		return r.refused(sheet.locked())
	}
	item, err := readItem(r.l, i, e.Typed, true)
	if e.Right && err == nil && item.Note != "" {
		return saveTyped(ctx, r, sheet, i, e.Typed, true)
	}
	state := submitFormState{Round: sheet.id, Only: i.ID}
	if e.Right && err == nil {
		state.Asked = map[benchmark.IndicatorID]string{i.ID: fingerprint(item)}
	}
	f := submitForm(r, sheet, []benchmark.Indicator{i}, state)
	if e.Typed == "" {
		return chat.Reply{Form: &f}
	}
	values := map[string]string{string(i.ID): e.Typed}
	if err == nil && item.Answer == benchmark.Value && i.Kind != benchmark.Text {
		values[string(i.ID)] = figureFieldValue(r, i, benchmark.Version{Answer: item.Answer, Figure: item.Figure}, "")
		beside := string(i.ID) + noteSuffix
		if sheet.closed {
			beside = reasonField
		}
		if item.Note != "" {
			values[beside] = item.Note
		}
	}
	prefill(&f, values)
	for k := range f.Fields {
		if e.Right && f.Fields[k].Name == string(i.ID)+noteSuffix && f.Fields[k].Value == "" {
			f.Fields[k].Error = r.t("submit.why-right")
		}
	}
	return chat.Reply{Form: &f}
}

// offerParts offers the parts of a long template.
func offerParts(r *request, sheet answerSheet, parts []part) chat.Reply {
	var buttons []chat.Button
	for _, p := range parts {
		label := r.partLabel(p, sheet.answered(p.indicators))
		buttons = append(buttons, chat.Button{Label: label, Action: "submit", Value: submitButtonState{Round: sheet.id, Part: p.number}.value()})
	}
	return r.say(r.t("submit.choose-section", "Period", r.period(sheet.id)), buttons...)
}

// submitFilled answers with everything that was filled in; what was left empty
// stays as it is.
func submitFilled(ctx context.Context, r *request, filled chat.Filled) chat.Reply {
	var state submitFormState
	if err := json.Unmarshal([]byte(filled.State), &state); err != nil {
		return r.refused(refuse(formUnreadable))
	}
	sheet, err := openAnswerSheet(r, state.Round)
	if err != nil {
		return r.refused(err)
	}
	asked, ok := indicatorsOf(r, sheet, state)
	if !ok {
		return r.refused(refuse(formUnreadable))
	}
	items, wrong := parseSubmitForm(r, sheet, asked, state, filled.Values)
	intent := benchmark.Submit{Round: sheet.id, Items: items, Reason: filled.Values[reasonField]}
	if len(wrong) > 0 { // all mistakes are shown at once
		var more benchmark.Refusals
		if err := dryRun(r, intent); errors.As(err, &more) {
			wrong = append(wrong, more...)
			state.rememberQuestions(more, items)
		}
		return r.showAgain(submitForm(r, sheet, asked, state), filled.Values, wordQuestions(r, sheet, wrong), fieldOf)
	}
	if err := r.decide(ctx, intent); err != nil {
		state.rememberQuestions(err, items)
		return r.showAgain(submitForm(r, sheet, asked, state), filled.Values, wordQuestions(r, sheet, err), fieldOf)
	}
	return confirmSaved(r, sheet.id, items, intent.Reason)
}

// dryRun says what the network would refuse, and decides nothing.
func dryRun(r *request, intent benchmark.Intent) (err error) {
	r.read(func(n *benchmark.Network) {
		_, err = n.Decide(benchmark.Actor{By: r.me.ID, NoPersonalNumber: r.noPersonalNumber}, intent, r.now())
	})
	return err
}

// confirmSaved confirms privately what stands now, and what is left; of a
// correction why.
func confirmSaved(r *request, id benchmark.RoundID, items []benchmark.Item, reason string) chat.Reply {
	sheet, err := openAnswerSheet(r, id)
	if err != nil {
		return r.refused(err)
	}
	text := r.t("submit.done", "Period", r.period(sheet.id))
	switch left := len(sheet.template.Indicators) - len(sheet.answers); {
	case sheet.closed:
		text = r.t("submit.corrected", "Period", r.period(sheet.id))
	case left > 0:
		text += " " + r.t("submit.left", "Count", left)
	default:
		text += " " + r.t("submit.complete")
	}
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	var facts []chat.Fact
	for _, item := range items {
		i, _ := sheet.indicator(string(item.Indicator))
		if v, answered := sheet.answers[i.ID]; answered {
			facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: answerText(r.l, i, v, sheet.notes[i.ID])})
		}
	}
	if sheet.closed && reason != "" {
		facts = append(facts, chat.Fact{Name: r.t("submit.why"), Value: clipText(chat.Quiet(reason), maxNote)})
	}
	if len(facts) > 0 {
		m.Blocks = append(m.Blocks, chat.Facts{Facts: facts})
	}
	if !sheet.closed {
		buttons := append(nextPartButton(r, sheet, items), r.button("change", "submit", ""))
		if hasGuessesLeft(r, sheet) {
			buttons = append(buttons, r.button("guess", "predict", ""))
		}
		m.Blocks = append(m.Blocks, chat.Buttons{Buttons: append(buttons, r.button("status", "status", ""))})
	}
	return chat.Reply{Message: &m}
}

// nextPartButton leads on in a long template, to a part with something left.
func nextPartButton(r *request, sheet answerSheet, items []benchmark.Item) []chat.Button {
	parts := partsOf(r.l, sheet.template.Indicators)
	if len(parts) == 1 || len(items) == 0 {
		return nil
	}
	next, is := nextPart(parts, items[len(items)-1].Indicator, sheet.answered)
	if !is {
		return nil
	}
	return []chat.Button{primary(chat.Button{Label: r.nextLabel(next), Action: "submit", Value: submitButtonState{Round: sheet.id, Part: next.number}.value()})}
}
