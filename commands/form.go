package commands

import (
	"errors"
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// showAgain shows a form once more with what was wrong, each at its field, keeping
// what was typed.
func (r *request) showAgain(f chat.Form, values map[string]string, err error, fieldOf func(x *benchmark.Refusal) string) chat.Reply {
	if errors.Is(err, benchmark.ErrRepeated) {
		return chat.Reply{}
	}
	var one *benchmark.Refusal
	var many benchmark.Refusals
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = benchmark.Refusals{one}
	default:
		f.Error = r.failure(err)
	}
	if maybeNumber(err) != nil || values[numberField] == "yes" {
		f.Fields = append(f.Fields, chat.Field{Name: numberField, Kind: chat.Check, Label: r.t("number.none"), Help: r.t("number.none-help")})
	}
	prefill(&f, values)
	for _, x := range many {
		text := r.words(x)
		if x.Question && x.Reason != refusal.MaybePersonalNumber {
			text += " " + r.t(sendAgain(x.Reason))
		}
		if fieldOf != nil && setFieldError(&f, fieldOf(x), text) {
			continue
		}
		if !setFieldError(&f, x.Field, text) {
			f.Error = joinLines(f.Error, text)
		}
	}
	return chat.Reply{Form: &f}
}

// unreadAnd is what can't be read, with what the network would refuse of the other fields:
// all mistakes are shown at once.
func unreadAnd(r *request, unread error, intent benchmark.Intent) error {
	if unread == nil {
		return nil
	}
	all := refusalsIn(unread)
	for _, x := range refusalsIn(dryRun(r, intent)) {
		if x.Field != "" && !slices.ContainsFunc(all, func(y *benchmark.Refusal) bool { return y.Field == x.Field }) {
			all = append(all, x)
		}
	}
	return all
}

// sendAgain is the message that says what sending the form again means after a question.
func sendAgain(reason refusal.Reason) string {
	switch {
	case reason == refusal.PeriodFar:
		return "open.send-again"
	case reason == refusal.AnswerMoved:
		return "submit.say-mine"
	case isOfNote(reason):
		return "submit.say-note"
	case reason == refusal.OrganisationsAlike:
		return "setup.alike-sure"
	}
	return "submit.say-why"
}

// setFieldError puts a mistake at a field; false when the form has none of that name.
func setFieldError(f *chat.Form, field, text string) bool {
	for k := range f.Fields {
		if f.Fields[k].Name == field {
			f.Fields[k].Error = joinLines(f.Fields[k].Error, text)
			return true
		}
	}
	return false
}

// prefill puts what was typed into a form, as far as its fields can hold it.
func prefill(f *chat.Form, values map[string]string) {
	for k := range f.Fields {
		field := &f.Fields[k]
		v, typed := values[field.Name]
		if !typed {
			continue
		}
		v, _ = freetext.Clean(v, len(v))
		switch field.Kind {
		case chat.Line:
			field.Value = clipText(oneLine(v), field.Longest())
		case chat.Area:
			field.Value = clipText(v, field.Longest())
		case chat.Choice:
			for _, o := range field.Options {
				if o.Value == v || v == "" {
					field.Value = v
				}
			}
		case chat.Check:
			field.Value = ""
			if v == "yes" {
				field.Value = v
			}
		}
	}
}
