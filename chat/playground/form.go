package playground

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"roundtable/chat"
)

// Fill sends the form that is open in front of a person. Fields that values
// leaves out are sent as they are. For a Choice the option's value or label may
// be given, for a Check "yes" or "". What a platform itself would not send, such
// as a required field without an answer, is [ErrImpossible] and leaves the form open.
func (c *Chat) Fill(ctx context.Context, who chat.PersonID, values map[string]string) (Seen, error) {
	c.mu.Lock()
	open, ok := c.state.forms[who]
	c.mu.Unlock()
	if !ok {
		return Seen{}, impossible("%s has no form open", who.User)
	}
	return c.act(ctx, who, open.Channel, func(s *state, _ *Platform) (Act, []Change, error) {
		if s.forms[who].ID != open.ID {
			return Act{}, nil, impossible("another form is open by now")
		}
		filled, err := fill(s.forms[who].Form, values)
		if err != nil {
			return Act{}, nil, err
		}
		return Act{Thread: open.Thread, Shown: open.Form.Title, Form: open.ID, Filled: &filled}, nil, nil
	})
}

// Cancel closes the form that is open in front of a person. The bot is not
// told.
func (c *Chat) Cancel(who chat.PersonID) error {
	return c.update(func(s *state) ([]Change, error) {
		open, ok := s.forms[who]
		if !ok {
			return nil, impossible("%s has no form open", who.User)
		}
		return []Change{{FormClosed: &Closed{ID: open.ID, To: who, Cancelled: true}}}, nil
	})
}

// Form returns the form that is open in front of a person, with what has been
// typed so far.
func (c *Chat) Form(who chat.PersonID) (form chat.Form, open bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, ok := c.state.forms[who]
	return f.Form, ok
}

// fill puts the values into the form and checks what a platform's own dialog
// checks.
func fill(form chat.Form, values map[string]string) (chat.Filled, error) {
	for name := range values {
		if !slices.ContainsFunc(form.Fields, func(f chat.Field) bool { return f.Name == name }) {
			return chat.Filled{}, impossible("the form %q has no field %q", form.Title, name)
		}
	}
	out := chat.Filled{Form: form.Name, State: form.State, Scope: form.Scope, Values: map[string]string{}}
	for _, f := range form.Fields {
		v, given := values[f.Name]
		if !given {
			v = f.Value
		}
		v = strings.ToValidUTF8(v, "\uFFFD")
		switch f.Kind {
		case chat.Choice:
			i := slices.IndexFunc(f.Options, func(o chat.Option) bool { return o.Value == v })
			if i < 0 {
				i = slices.IndexFunc(f.Options, func(o chat.Option) bool { return o.Label == v })
			}
			if i < 0 && v != "" {
				return out, impossible("the field %q has no option %q", f.Name, v)
			}
			if i >= 0 {
				v = f.Options[i].Value
			}
		case chat.Check:
			if v != "" && v != "yes" {
				return out, impossible(`the field %q takes "yes" or nothing`, f.Name)
			}
		case chat.Line:
			if strings.ContainsAny(v, "\r\n") {
				return out, impossible("the field %q takes one line", f.Name)
			}
		case chat.Area:
		}
		if n := f.Longest(); utf8.RuneCountInString(v) > n {
			return out, impossible("the field %q takes %d characters", f.Name, n)
		}
		if v == "" && !f.Optional && f.Kind != chat.Check {
			return out, impossible("the field %q must be filled in", f.Name)
		}
		out.Values[f.Name] = v
	}
	return out, nil
}

// restoreTyped puts what was typed back into a form that is shown again because
// of mistakes, as platforms do by themselves. A form without a mistake, such as
// one that follows, is shown as it is.
func restoreTyped(form *chat.Form, typed chat.Filled) {
	mistake := form.Error != "" || slices.ContainsFunc(form.Fields, func(f chat.Field) bool { return f.Error != "" })
	if !mistake || form.Name != typed.Form {
		return
	}
	for i, f := range form.Fields {
		v, ok := typed.Values[f.Name]
		if ok && (f.Kind != chat.Choice || v == "" || slices.ContainsFunc(f.Options, func(o chat.Option) bool { return o.Value == v })) {
			form.Fields[i].Value = v
		}
	}
}
