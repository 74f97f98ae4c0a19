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
	round, reply, ok := openAnswerSheet(r, "")
	if !ok {
		return reply
	}
	i, typed, known := indicatorFirst(round.template, text)
	if !known {
		i, typed, known = indicatorBegun(round.template, text)
	}
	switch {
	case !known:
		name, _ := cut(text)
		return r.refused(unknownIndicator(round.template, name))
	case round.isShut(i):
		return r.refused(round.shut())
	case typed == "":
		return chat.Reply{Form: new(submitForm(r, round, []benchmark.Indicator{i}, submitState{Round: round.id, Only: i.ID}))}
	}
	return saveTyped(ctx, r, round, i, typed, false)
}

// saveTyped answers one indicator with what was typed; right says that the
// person has been asked and says that it is.
func saveTyped(ctx context.Context, r *request, round answering, i benchmark.Indicator, typed string, right bool) chat.Reply {
	item, err := readItem(r.l, i, typed, true)
	if err != nil {
		return refuseTyped(r, round, i, typed, err)
	}
	note, reason := item.Note, ""
	if round.closed {
		reason = note
		if round.correct(i, &item, right); item.Note == "" && i.Kind == benchmark.Text && item.Answer == benchmark.Value {
			return refuseTyped(r, round, i, typed, refuse(refusal.CorrectionReason, "Round", round.id))
		}
	}
	item.Confirmed = right
	err = r.decide(ctx, benchmark.Submit{Round: round.id, Items: []benchmark.Item{item}, Reason: reason})
	var many benchmark.Refusals
	if errors.As(err, &many) && many[0].Question {
		text := r.words(wordQuestion(r, round, many[0]))
		if note == "" {
			text += "\n" + r.t("submit.ask-note")
		}
		return r.say(text, primary(submitButton(r, "right", entry{Round: round.id, Only: i.ID, Typed: typed, Right: true})),
			submitButton(r, "mend", entry{Round: round.id, Only: i.ID, Typed: typed}))
	}
	if err != nil {
		return refuseTyped(r, round, i, typed, err)
	}
	return confirmSaved(r, round.id, []benchmark.Item{item}, reason)
}

// correct makes of an item that was typed after closing a correction: what
// follows the figure is the reason, and a note that says something of the figure
// is kept. A text is all note, so that its reason is asked for in the form.
func (a answering) correct(i benchmark.Indicator, item *benchmark.Item, right bool) {
	switch {
	case i.Kind == benchmark.Text && item.Answer == benchmark.Value:
		item.Note = ""
	case item.Answer != benchmark.Value: // why there is no figure is both note and reason
	case right: // so is why an unlikely figure is right
	case a.given[i.ID].Answer == benchmark.Value && !a.given[i.ID].Confirmed:
		item.Note = a.texts[i.ID]
	default: // what stands explains another answer
		item.Note = ""
	}
}

// wordQuestion is a question about a figure with its values in the indicator's unit.
func wordQuestion(r *request, a answering, x *benchmark.Refusal) *benchmark.Refusal {
	i, known := a.indicator(x.Field)
	if !x.Question || !known {
		return x
	}
	y := *x
	y.Args = append([]any(nil), x.Args...)
	for k := 1; k < len(y.Args); k += 2 {
		v, ok := y.Args[k].(float64)
		switch {
		case ok && y.Args[k-1] == "Value":
			y.Args[k] = sentence(valueText(r.l, i, v))
		case ok && y.Args[k-1] == "High":
			y.Args[k] = sentence(endText(r.l, i, v))
		case ok:
			y.Args[k] = sentence(numberText(r.l, v))
		}
	}
	return &y
}

// refuseTyped refuses what was typed and gives it back, to be changed.
func refuseTyped(r *request, round answering, i benchmark.Indicator, typed string, err error) chat.Reply {
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
		buttons = []chat.Button{submitButton(r, "mend", entry{Round: round.id, Only: i.ID, Typed: typed})}
	}
	reply := r.say(text, buttons...)
	if one.Reason != refusal.PersonalNumber { // which is not repeated either
		typed = r.t("submit.typed", "Typed", shown(string(i.ID)+" "+typed))
		reply.Message.Blocks = append(reply.Message.Blocks, chat.Footnote{Text: typed})
	}
	return reply
}

// entry is what a submit button carries: which form to open, or what was typed
// for one indicator.
type entry struct {
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
func (e entry) value() string {
	for {
		b, err := json.Marshal(e)
		if err == nil && len(b) <= mostValue {
			return string(b)
		}
		letters := []rune(e.Typed)
		if len(letters) == 0 {
			return ""
		}
		e.Typed = string(letters[:min(len(letters)/2, mostValue)])
	}
}

func submitButton(r *request, name string, e entry) chat.Button {
	return r.button(name, "submit", e.value())
}

// submitPressed opens the form that the button names.
func submitPressed(ctx context.Context, r *request, value string) chat.Reply {
	var e entry
	if value != "" && json.Unmarshal([]byte(value), &e) != nil {
		return r.refused(refuse(buttonOld))
	}
	round, reply, ok := openAnswerSheet(r, e.Round)
	if !ok {
		return reply
	}
	if e.Only != "" {
		return submitSingle(ctx, r, round, e)
	}
	parts := partsOf(r.l, round.template)
	switch {
	case len(parts) == 1:
		return chat.Reply{Form: new(submitForm(r, round, parts[0].indicators, submitState{Round: round.id}))}
	case e.Part < 1 || e.Part > len(parts):
		return offerParts(r, round, parts)
	case round.isShut(parts[e.Part-1].indicators...):
		return r.refused(round.shut())
	}
	return chat.Reply{Form: new(submitForm(r, round, parts[e.Part-1].indicators, submitState{Round: round.id, Part: e.Part}))}
}

// submitSingle takes what was typed as right, when it came with a note; otherwise
// it opens the form for the one indicator with what was typed.
func submitSingle(ctx context.Context, r *request, round answering, e entry) chat.Reply {
	i, known := round.indicator(string(e.Only))
	if !known {
		return r.refused(unknownIndicator(round.template, string(e.Only)))
	}
	if round.isShut(i) {
		return r.refused(round.shut())
	}
	item, err := readItem(r.l, i, e.Typed, true)
	if e.Right && err == nil && item.Note != "" {
		return saveTyped(ctx, r, round, i, e.Typed, true)
	}
	state := submitState{Round: round.id, Only: i.ID}
	if e.Right && err == nil {
		state.Asked = map[benchmark.IndicatorID]string{i.ID: fingerprint(item)}
	}
	f := submitForm(r, round, []benchmark.Indicator{i}, state)
	if e.Typed == "" {
		return chat.Reply{Form: &f}
	}
	values := map[string]string{string(i.ID): e.Typed}
	if err == nil && item.Answer == benchmark.Value && i.Kind != benchmark.Text {
		values[string(i.ID)] = figureFieldValue(r, i, benchmark.Version{Answer: item.Answer, Figure: item.Figure}, "")
		beside := string(i.ID) + noteSuffix
		if round.closed {
			beside = reasonField
		}
		if item.Note != "" {
			values[beside] = item.Note
		}
	}
	fillIn(&f, values)
	for k := range f.Fields {
		if e.Right && f.Fields[k].Name == string(i.ID)+noteSuffix && f.Fields[k].Value == "" {
			f.Fields[k].Error = r.t("submit.why-right")
		}
	}
	return chat.Reply{Form: &f}
}

// offerParts offers the parts of a long template.
func offerParts(r *request, round answering, parts []part) chat.Reply {
	text := r.t("submit.choose-section", "Period", r.period(round.id))
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	var buttons []chat.Button
	for k, p := range parts {
		label := r.t("submit.section", "Section", p.title, "Done", round.done(p), "All", len(p.indicators))
		buttons = append(buttons, chat.Button{Label: clipText(label, chat.MaxLabel), Action: "submit", Value: entry{Round: round.id, Part: k + 1}.value()})
	}
	m.Blocks = append(m.Blocks, rows(buttons)...)
	return chat.Reply{Message: &m}
}

// submitFilled answers with everything that was filled in; what was left empty
// stays as it is.
func submitFilled(ctx context.Context, r *request, filled chat.Filled) chat.Reply {
	var state submitState
	if err := json.Unmarshal([]byte(filled.State), &state); err != nil {
		return r.refused(refuse(formUnreadable))
	}
	round, reply, ok := openAnswerSheet(r, state.Round)
	if !ok {
		return reply
	}
	asked, ok := indicatorsOf(r, round, state)
	if !ok {
		return r.refused(refuse(formUnreadable))
	}
	items, wrong := parseSubmitForm(r, round, asked, state, filled.Values)
	intent := benchmark.Submit{Round: round.id, Items: items, Reason: filled.Values[reasonField]}
	if len(wrong) > 0 { // all mistakes are shown at once
		var more benchmark.Refusals
		if err := dryRun(r, intent); errors.As(err, &more) {
			wrong = append(wrong, more...)
			state.asks(more, items)
		}
		return r.showAgain(submitForm(r, round, asked, state), filled.Values, wordQuestions(r, round, wrong), fieldOf)
	}
	err := r.decide(ctx, intent)
	if err != nil {
		state.asks(err, items)
		return r.showAgain(submitForm(r, round, asked, state), filled.Values, wordQuestions(r, round, err), fieldOf)
	}
	return confirmSaved(r, round.id, items, intent.Reason)
}

// dryRun says what the network would refuse, and decides nothing.
func dryRun(r *request, intent benchmark.Intent) (err error) {
	r.read(func(n *benchmark.Network) {
		_, err = n.Decide(benchmark.Actor{By: r.me.ID}, intent, r.now())
	})
	return err
}

// confirmSaved confirms privately what stands now, and what is left; of a
// correction why.
func confirmSaved(r *request, id benchmark.RoundID, items []benchmark.Item, reason string) chat.Reply {
	round, reply, ok := openAnswerSheet(r, id)
	if !ok {
		return reply
	}
	text := r.t("submit.done", "Period", r.period(round.id))
	switch left := len(round.template.Indicators) - len(round.given); {
	case round.closed:
		text = r.t("submit.corrected", "Period", r.period(round.id))
	case left > 0:
		text += " " + r.t("submit.left", "Count", left)
	default:
		text += " " + r.t("submit.complete")
	}
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	var facts []chat.Fact
	for _, item := range items {
		i, _ := round.indicator(string(item.Indicator))
		if v, answered := round.given[i.ID]; answered {
			facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: answerText(r.l, i, v, round.texts[i.ID])})
		}
	}
	if round.closed && reason != "" {
		facts = append(facts, chat.Fact{Name: r.t("submit.why"), Value: clipText(chat.Quiet(reason), mostNote)})
	}
	if len(facts) > 0 {
		m.Blocks = append(m.Blocks, chat.Facts{Facts: facts})
	}
	if !round.closed {
		buttons := append(nextPartButton(r, round, items), r.button("change", "submit", ""))
		if hasGuessesLeft(r, round) {
			buttons = append(buttons, r.button("guess", "predict", ""))
		}
		m.Blocks = append(m.Blocks, chat.Buttons{Buttons: append(buttons, r.button("status", "status", ""))})
	}
	return chat.Reply{Message: &m}
}

// nextPartButton leads on in a long template: to the first part after the one that
// was answered, or else from the beginning, with something left.
func nextPartButton(r *request, round answering, items []benchmark.Item) []chat.Button {
	parts := partsOf(r.l, round.template)
	if len(parts) == 1 || len(items) == 0 {
		return nil
	}
	here := 0
	for k, p := range parts {
		for _, i := range p.indicators {
			if i.ID == items[len(items)-1].Indicator {
				here = k
			}
		}
	}
	for step := 1; step < len(parts); step++ {
		k := (here + step) % len(parts)
		if p := parts[k]; round.done(p) < len(p.indicators) {
			label := clipText(r.t("submit.next-section", "Section", p.title), chat.MaxLabel)
			return []chat.Button{{Label: label, Action: "submit", Value: entry{Round: round.id, Part: k + 1}.value(), Primary: true}}
		}
	}
	return nil
}
