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

// submitFilled answers with everything that was filled in; what was left empty
// stays as it is.
func (r *request) submitFilled(ctx context.Context, filled chat.Filled) chat.Reply {
	var state submitState
	if err := json.Unmarshal([]byte(filled.State), &state); err != nil {
		return r.refused(refuse(formUnreadable))
	}
	round, reply, ok := r.answerable(state.Round)
	if !ok {
		return reply
	}
	asked, ok := r.askedIn(round, state)
	if !ok {
		return r.refused(refuse(formUnreadable))
	}
	items, wrong := r.readForm(round, asked, state, filled.Values)
	intent := benchmark.Submit{Round: round.id, Items: items, Reason: filled.Values[reasonField]}
	if len(wrong) > 0 { // all mistakes are shown at once
		var more benchmark.Refusals
		if err := r.would(intent); errors.As(err, &more) {
			wrong = append(wrong, more...)
			state.asks(more, items)
		}
		return r.again(r.submitForm(round, asked, state), filled.Values, r.askedAll(round, wrong), fieldOf)
	}
	err := r.do(ctx, intent)
	if err != nil {
		state.asks(err, items)
		return r.again(r.submitForm(round, asked, state), filled.Values, r.askedAll(round, err), fieldOf)
	}
	return r.submitted(round.id, items, intent.Reason)
}

// would says what the network would refuse, and decides nothing.
func (r *request) would(intent benchmark.Intent) (err error) {
	r.read(func(n *benchmark.Network) {
		_, err = n.Decide(benchmark.Actor{By: r.me.ID}, intent, r.now())
	})
	return err
}

// askedIn are the indicators that the form asked for.
func (r *request) askedIn(round answering, s submitState) ([]benchmark.Indicator, bool) {
	if s.Only != "" {
		i, known := round.indicator(string(s.Only))
		return []benchmark.Indicator{i}, known
	}
	parts := partsOf(r.l, round.template)
	if len(parts) == 1 {
		return parts[0].indicators, true
	}
	if s.Part < 1 || s.Part > len(parts) {
		return nil, false
	}
	return parts[s.Part-1].indicators, true
}

// asks remembers which figures it was asked about, so that sending the same
// again, with a note, says that they are right.
func (s *submitState) asks(err error, items []benchmark.Item) {
	var many benchmark.Refusals
	if !errors.As(err, &many) {
		return
	}
	asked := map[benchmark.IndicatorID]string{}
	for _, x := range many {
		for _, item := range items {
			if x.Question && x.Field == string(item.Indicator) {
				asked[item.Indicator] = fingerprint(item)
			}
		}
	}
	for id, figure := range s.Asked {
		if _, now := asked[id]; !now {
			asked[id] = figure
		}
	}
	s.Asked = asked
}

// askedAll puts the values of questions into their indicator's unit.
func (r *request) askedAll(a answering, err error) error {
	var many benchmark.Refusals
	if !errors.As(err, &many) {
		return err
	}
	worded := make(benchmark.Refusals, len(many))
	for k, x := range many {
		worded[k] = r.asked(a, x)
	}
	return worded
}

// fieldOf puts what is wrong with a note at the note.
func fieldOf(x *benchmark.Refusal) string {
	switch x.Reason {
	case refusal.WhyMissing, refusal.PersonalNumber, refusal.TextTooLong:
		return x.Field + noteSuffix
	case refusal.CorrectionReason:
		return reasonField
	}
	return x.Field
}

// readForm reads what was filled in. Of an answer without a figure the note may
// stand in either field.
func (r *request) readForm(round answering, asked []benchmark.Indicator, state submitState, values map[string]string) ([]benchmark.Item, benchmark.Refusals) {
	var items []benchmark.Item
	var wrong benchmark.Refusals
	for _, i := range asked {
		typed, note := strings.TrimSpace(values[string(i.ID)]), strings.TrimSpace(values[string(i.ID)+noteSuffix])
		if typed == "" && note == "" {
			continue
		}
		item, err := readItem(r.l, i, typed, false)
		if bad, ok := errors.AsType[*benchmark.Refusal](err); ok {
			bad.Field = string(i.ID)
			wrong = append(wrong, bad)
			continue
		}
		if i.Kind != benchmark.Text {
			item.Note = strings.TrimSpace(item.Note + "\n" + note)
			if stands := round.texts[i.ID]; oneLine(stands) == oneLine(item.Note) {
				item.Note = stands // a field of one line shows it without its line breaks
			}
		}
		item.Confirmed = state.Asked[i.ID] != "" && state.Asked[i.ID] == fingerprint(item)
		if was, answered := round.given[i.ID]; answered && was.Confirmed && was.Answer == item.Answer {
			item.Confirmed = item.Confirmed || fingerprint(benchmark.Item{Figure: was.Figure}) == fingerprint(item)
		}
		items = append(items, item)
	}
	return items, wrong
}

// submitted confirms privately what stands now, and what is left; of a
// correction why.
func (r *request) submitted(id benchmark.RoundID, items []benchmark.Item, reason string) chat.Reply {
	round, reply, ok := r.answerable(id)
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
		buttons := append(r.nextPart(round, items), r.button("change", "submit", ""))
		if r.hasToGuess(round) {
			buttons = append(buttons, r.button("guess", "predict", ""))
		}
		m.Blocks = append(m.Blocks, chat.Buttons{Buttons: append(buttons, r.button("status", "status", ""))})
	}
	return chat.Reply{Message: &m}
}

// nextPart leads on in a long template: to the first part after the one that
// was answered, or else from the beginning, with something left.
func (r *request) nextPart(round answering, items []benchmark.Item) []chat.Button {
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
