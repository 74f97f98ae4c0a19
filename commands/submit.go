package commands

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/bot"
)

// longForm is how many indicators a form may ask for at once; a longer template
// is filled in section by section.
const longForm = 10

// submit takes "falls 3/412 new ward", or opens the form.
func (r *request) submit(ctx context.Context, text string) bot.Reply {
	if strings.TrimSpace(text) == "" {
		return r.submitPressed(ctx, "")
	}
	round, reply, ok := r.answerable()
	if !ok {
		return reply
	}
	name, rest := cut(text)
	i, known := round.indicator(name)
	if !known {
		return r.refused(round.unknown(name))
	}
	item, err := readItem(r.l, i, rest, true)
	if err != nil {
		return r.kept(text, err)
	}
	reason := ""
	if round.closed {
		item.Note, reason = "", item.Note
		if round.texts[i.ID] != "" {
			item.Note = round.texts[i.ID]
		}
	}
	err = r.do(ctx, benchmark.Submit{Round: round.id, Items: []benchmark.Item{item}, Reason: reason})
	var many benchmark.Refusals
	if errors.As(err, &many) && many[0].Question {
		return r.say(r.words(many[0])+"\n"+r.t("submit.ask-note"),
			primary(r.button("right", "submit", clip(name+"="+rest))), r.button("mend", "submit", clip(name+"?"+rest)))
	}
	if err != nil {
		return r.kept(text, err)
	}
	return r.submitted([]benchmark.Item{item})
}

// clip keeps a button's value within its bound, whole characters only.
func clip(value string) string {
	for len(value) > bot.MaxValue {
		value = value[:len(value)-1]
	}
	return strings.ToValidUTF8(value, "")
}

// kept refuses what was typed and gives it back, to be mended.
func (r *request) kept(text string, err error) bot.Reply {
	reply := r.refused(err)
	if reply.Message != nil {
		reply.Message.Blocks = append(reply.Message.Blocks, bot.Footnote{Text: r.t("submit.typed", "Typed", shown(text))})
	}
	return reply
}

// submitPressed opens the form: of a section ("section:Falls"), of one
// indicator with what was typed ("falls=3/412": it is right; "falls?3/412": to
// be mended), or of everything.
func (r *request) submitPressed(_ context.Context, value string) bot.Reply {
	round, reply, ok := r.answerable()
	if !ok {
		return reply
	}
	if section, ok := strings.CutPrefix(value, "section:"); ok {
		return bot.Reply{Form: new(r.submitForm(round, round.of(section), submitState{Round: round.id, Section: section}))}
	}
	if k := strings.IndexAny(value, "=?"); k > 0 {
		return r.submitOne(round, value[:k], value[k+1:], value[k] == '=')
	}
	if i, known := round.indicator(value); known {
		return bot.Reply{Form: new(r.submitForm(round, []benchmark.Indicator{i}, submitState{Round: round.id, Only: i.ID}))}
	}
	if sections := round.sections(); len(round.template.Indicators) > longForm && len(sections) > 1 {
		return r.chooseSection(round, sections)
	}
	return bot.Reply{Form: new(r.submitForm(round, round.template.Indicators, submitState{Round: round.id}))}
}

// submitOne opens the form for one indicator, with what was typed. The figure
// and the note are told apart as they were when typed.
func (r *request) submitOne(round answering, name, typed string, right bool) bot.Reply {
	i, known := round.indicator(name)
	if !known {
		return r.refused(round.unknown(name))
	}
	state := submitState{Round: round.id, Only: i.ID}
	figure, note := typed, ""
	if item, err := readItem(r.l, i, typed, true); err == nil && item.Note != "" && i.Kind != benchmark.Text {
		note = item.Note
		figure = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(typed), note))
	}
	if right {
		state.Asked = map[benchmark.IndicatorID]string{i.ID: figure}
	}
	f := r.submitForm(round, []benchmark.Indicator{i}, state)
	for k := range f.Fields {
		switch f.Fields[k].Name {
		case string(i.ID):
			f.Fields[k].Value = figure
		case string(i.ID) + noteSuffix:
			f.Fields[k].Value = note
			if right && note == "" {
				f.Fields[k].Error = r.t("submit.why-right")
			}
		}
	}
	return bot.Reply{Form: &f}
}

func (r *request) chooseSection(round answering, sections []string) bot.Reply {
	var buttons []bot.Block
	row := bot.Buttons{}
	for _, s := range sections {
		done, all := 0, round.of(s)
		for _, i := range all {
			if _, answered := round.given[i.ID]; answered {
				done++
			}
		}
		label := r.t("submit.section", "Section", s, "Done", done, "All", len(all))
		row.Buttons = append(row.Buttons, bot.Button{Label: clipLabel(label), Action: "submit", Value: "section:" + s})
		if len(row.Buttons) == 5 {
			buttons, row = append(buttons, row), bot.Buttons{}
		}
	}
	if len(row.Buttons) > 0 {
		buttons = append(buttons, row)
	}
	text := r.t("submit.choose-section", "Period", r.period(round.id))
	return bot.Reply{Message: &bot.Message{Text: text, Blocks: append([]bot.Block{bot.Paragraph{Text: text}}, buttons...)}}
}

func clipLabel(s string) string {
	letters := []rune(s)
	if len(letters) <= bot.MaxLabel {
		return s
	}
	return string(letters[:bot.MaxLabel-1]) + "…"
}

// submitState travels with the form.
type submitState struct {
	Round   benchmark.RoundID     `json:"round"`
	Section string                `json:"section,omitempty"`
	Only    benchmark.IndicatorID `json:"only,omitempty"`
	// Asked are the figures, as typed, of which it was asked whether they are
	// right.
	Asked map[benchmark.IndicatorID]string `json:"asked,omitempty"`
}

func (s submitState) String() string {
	b, err := json.Marshal(s)
	if err != nil || len(b) > bot.MaxState {
		s.Asked = nil
		b, _ = json.Marshal(s) //nolint:errchkjson // strings only
	}
	return string(b)
}

// submitFilled answers with everything that was filled in; what was left empty
// stays as it is.
func (r *request) submitFilled(ctx context.Context, filled bot.Filled) bot.Reply {
	var state submitState
	if err := json.Unmarshal([]byte(filled.State), &state); err != nil {
		return r.refused(refusal("form-unreadable"))
	}
	round, reply, ok := r.answerableIn(state.Round)
	if !ok {
		return reply
	}
	asked := round.template.Indicators
	switch {
	case state.Only != "":
		i, _ := round.indicator(string(state.Only))
		asked = []benchmark.Indicator{i}
	case state.Section != "":
		asked = round.of(state.Section)
	}
	items, wrong := r.readForm(round, asked, state, filled.Values)
	if len(wrong) > 0 {
		return r.again(r.submitForm(round, asked, state), filled.Values, wrong, nil)
	}
	err := r.do(ctx, benchmark.Submit{Round: state.Round, Items: items, Reason: filled.Values[reasonField]})
	if err != nil {
		state.asks(err, filled.Values)
		return r.again(r.submitForm(round, asked, state), filled.Values, err, r.fieldOf)
	}
	return r.submitted(items)
}

// asks remembers which figures it was asked about, so that sending the same
// again, with a note, says that they are right.
func (s *submitState) asks(err error, values map[string]string) {
	var many benchmark.Refusals
	if !errors.As(err, &many) {
		return
	}
	for _, x := range many {
		if x.Question {
			if s.Asked == nil {
				s.Asked = map[benchmark.IndicatorID]string{}
			}
			s.Asked[benchmark.IndicatorID(x.Field)] = values[x.Field]
		}
	}
}

// fieldOf puts what is wrong with a note at the note.
func (r *request) fieldOf(x *benchmark.Refusal) string {
	switch x.Reason {
	case "why-missing", "personal-number", "text-too-long":
		return x.Field + noteSuffix
	case "correction-reason":
		return reasonField
	}
	return x.Field
}

func (r *request) readForm(round answering, asked []benchmark.Indicator, state submitState, values map[string]string) ([]benchmark.Item, benchmark.Refusals) {
	var items []benchmark.Item
	var wrong benchmark.Refusals
	for _, i := range asked {
		typed, note := strings.TrimSpace(values[string(i.ID)]), strings.TrimSpace(values[string(i.ID)+noteSuffix])
		if typed == "" && note == "" {
			continue
		}
		item, err := readItem(r.l, i, typed, false)
		var bad *benchmark.Refusal
		if errors.As(err, &bad) {
			bad.Field = string(i.ID)
			wrong = append(wrong, bad)
			continue
		}
		if i.Kind != benchmark.Text || item.Answer != benchmark.Value {
			item.Note = note
		}
		item.Confirmed = state.Asked[i.ID] != "" && state.Asked[i.ID] == typed
		if was, answered := round.given[i.ID]; answered && was.Confirmed && was.Answer == item.Answer {
			item.Confirmed = item.Confirmed || round.same(i, was, item)
		}
		items = append(items, item)
	}
	return items, wrong
}

// submitted confirms privately what stands now, and what is left.
func (r *request) submitted(items []benchmark.Item) bot.Reply {
	round, reply, ok := r.answerable()
	if !ok {
		return reply
	}
	var facts []bot.Fact
	for _, item := range items {
		i, _ := round.indicator(string(item.Indicator))
		v, answered := round.given[i.ID]
		if !answered {
			continue
		}
		facts = append(facts, bot.Fact{Name: i.Title, Value: r.answerText(i, v, round.texts[i.ID])})
	}
	text := r.t("submit.done", "Period", r.period(round.id))
	if left := len(round.template.Indicators) - len(round.given); left > 0 {
		text += " " + r.t("submit.left", "Count", left)
	} else {
		text += " " + r.t("submit.complete")
	}
	m := bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}, bot.Facts{Facts: facts}}}
	if !round.closed {
		m.Blocks = append(m.Blocks, bot.Buttons{Buttons: []bot.Button{
			r.button("change", "submit", ""), r.button("guess", "predict", ""), r.button("status", "status", ""),
		}})
	}
	return bot.Reply{Message: &m}
}
