package slacktest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// button finds the button of that label in blocks.
func button(v any, label string) (block string, found map[string]any) {
	all, _ := v.([]any)
	for _, b := range all {
		m, _ := b.(map[string]any)
		id, _ := m["block_id"].(string)
		inside, _ := m["elements"].([]any)
		for _, e := range append([]any{m["accessory"]}, inside...) {
			el, _ := e.(map[string]any)
			if el["type"] == "button" && textOf(el["text"]) == label {
				return id, el
			}
		}
	}
	return "", nil
}

// action is what a pressed button sends.
func (s *Slack) action(block string, el map[string]any) map[string]any {
	a := map[string]any{"type": "button", "block_id": block, "action_id": el["action_id"], "text": el["text"], "action_ts": s.actionTime()}
	for _, key := range []string{"value", "style", "url", "confirm"} {
		if el[key] != nil {
			a[key] = el[key]
		}
	}
	return a
}

// Press presses the button of that label on a message, which may be one that
// only this person sees. It returns when the app has acknowledged it.
func (u *User) Press(ctx context.Context, channel, ts, label string) error {
	s := u.s
	s.mu.Lock()
	m, err := u.message(channel, ts)
	if err != nil {
		s.mu.Unlock()
		return err
	}
	block, el := button(m.blocks, label)
	if el == nil || m.from.bot == nil {
		s.mu.Unlock()
		return fmt.Errorf("%w: no button %q on %q", ErrNotThere, label, m.reads())
	}
	d := m.from.bot.pressOn(u, m, s.action(block, el))
	s.mu.Unlock()
	if _, err = d.send(ctx, attempt{}); err != nil {
		return u.suffers(fmt.Errorf("%s: %w", label, err))
	}
	return nil
}

// PressHere presses a button in the modal that is open.
func (u *User) PressHere(ctx context.Context, label string) error {
	u.s.mu.Lock()
	return u.pressIn(ctx, u.top(), label)
}

// PressHome presses a button on the person's page of the app.
func (u *User) PressHome(ctx context.Context, a *App, label string) error {
	u.s.mu.Lock()
	return u.pressIn(ctx, u.homes[a.ID], label)
}

// pressIn presses a button in a view; the lock is held and is given up.
func (u *User) pressIn(ctx context.Context, v *view, label string) error {
	s := u.s
	var block string
	var el map[string]any
	if v != nil {
		block, el = button(v.spec["blocks"], label)
	}
	if el == nil {
		s.mu.Unlock()
		return fmt.Errorf("%w: no button %q", ErrNotThere, label)
	}
	d := v.press(s.action(block, el))
	s.mu.Unlock()
	if _, err := d.send(ctx, attempt{}); err != nil {
		return u.suffers(fmt.Errorf("%s: %w", label, err))
	}
	return nil
}

// top is the modal in front.
func (u *User) top() *view {
	if len(u.stack) == 0 {
		return nil
	}
	return u.stack[len(u.stack)-1]
}

// Fill types values into the fields of the modal in front, by action id or
// label.
func (u *User) Fill(values map[string]string) error {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	v := u.top()
	if v == nil {
		return fmt.Errorf("%w: no modal is open for %s", ErrNotThere, u.Name)
	}
	for name, value := range values {
		found := false
		for _, in := range v.inputs() {
			if in.action != name && in.label != name {
				continue
			}
			if err := v.set(in, value); err != nil {
				return err
			}
			found = true
		}
		if !found {
			return fmt.Errorf("%w: no field %q in %q", ErrNotThere, name, textOf(v.spec["title"]))
		}
	}
	return nil
}

// Submit sends the modal in front and does what the app answers.
func (u *User) Submit(ctx context.Context) error {
	s := u.s
	s.mu.Lock()
	v := u.top()
	if v == nil || v.spec["submit"] == nil {
		s.mu.Unlock()
		return fmt.Errorf("%w: no modal to send is open for %s", ErrNotThere, u.Name)
	}
	v.errors = map[string]string{}
	for _, in := range v.inputs() {
		if problem := v.amiss(in); problem != "" {
			v.errors[in.block] = problem
		}
	}
	if len(v.errors) > 0 {
		s.mu.Unlock()
		return fmt.Errorf("%w: %v", ErrIncomplete, v.errors)
	}
	d := v.submission()
	s.mu.Unlock()
	answer, err := d.send(ctx, attempt{})
	if err != nil {
		return u.suffers(fmt.Errorf("we had some trouble connecting: %w", err))
	}
	s.mu.Lock()
	trouble := u.answered(v, answer)
	s.mu.Unlock()
	if trouble != nil {
		return u.suffers(trouble)
	}
	return nil
}

// answered does what the app answered to a submission. The lock is held.
func (u *User) answered(v *view, answer json.RawMessage) error {
	s := u.s
	var said struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   map[string]any    `json:"view"`
	}
	if len(answer) > 0 && json.Unmarshal(answer, &said) != nil {
		s.breaks("the answer to a submission is no JSON object of the right shape")
		return fmt.Errorf("we had some trouble connecting: %s", answer)
	}
	at := slices.Index(u.stack, v)
	switch said.Action {
	case "":
		if at >= 0 {
			u.stack = slices.Delete(u.stack, at, at+1)
		}
	case "clear":
		u.stack = nil
	case "errors":
		return u.fieldErrors(v, said.Errors)
	case "update", "push":
		spec, fail := v.app.checkView("response_action "+said.Action, said.View, "modal")
		if fail == nil && said.Action == "update" {
			v.fill(spec)
		} else if fail == nil {
			fail = u.push(v.app, spec)
		}
		if fail != nil {
			return fmt.Errorf("we had some trouble connecting: %s %v", fail.code, fail.messages)
		}
	default:
		s.breaks("response_action %q", said.Action)
		return fmt.Errorf("we had some trouble connecting: %s", said.Action)
	}
	return nil
}

// fieldErrors shows errors at input blocks, and only there.
func (u *User) fieldErrors(v *view, errs map[string]string) error {
	if len(errs) == 0 {
		u.s.breaks("response_action errors without errors")
		return fmt.Errorf("we had some trouble connecting: no errors")
	}
	known := map[string]bool{}
	for _, in := range v.inputs() {
		known[in.block] = in.inInputBlock
	}
	for block, text := range errs {
		if !known[block] || text == "" || runes(text) > maxErrorMessage {
			u.s.breaks("response_action errors: %q is no input block, or its text is empty or too long", block)
			return fmt.Errorf("we had some trouble connecting: errors at %q", block)
		}
	}
	v.errors = errs
	return nil
}

// Close closes the modal in front, by its cross when all is true: then what lies
// below goes too.
func (u *User) Close(ctx context.Context, all bool) error {
	s := u.s
	s.mu.Lock()
	v := u.top()
	if v == nil {
		s.mu.Unlock()
		return fmt.Errorf("%w: no modal is open for %s", ErrNotThere, u.Name)
	}
	all = all || v.spec["clear_on_close"] == true
	u.stack = u.stack[:len(u.stack)-1]
	if all {
		u.stack = nil
	}
	var d *delivery
	if v.spec["notify_on_close"] == true {
		d = v.closing(all)
	}
	s.mu.Unlock()
	if d == nil {
		return nil
	}
	_, err := d.send(ctx, attempt{})
	return err
}

// OpenHome opens the app's page; only people of its workspace have one.
func (u *User) OpenHome(a *App) error { return u.openApp(a, "home") }

// OpenMessages opens the tab with the direct conversation.
func (u *User) OpenMessages(a *App) error { return u.openApp(a, "messages") }

func (u *User) openApp(a *App, tab string) error {
	s := u.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if !a.installed(u) {
		return fmt.Errorf("%w: %s is not installed in %s", ErrNotThere, a.Name, u.Team.Name)
	}
	c := u.direct(a)
	event := map[string]any{"type": "app_home_opened", "user": u.ID, "channel": c.ID, "tab": tab, "event_ts": s.stamp()}
	if v := u.homes[a.ID]; v != nil && tab == "home" {
		event["view"] = v.wire()
	}
	a.tell(c, "app_home_opened", u, event)
	return nil
}

// Shortcut uses a global shortcut of the app; MessageShortcut one on a message.
func (u *User) Shortcut(ctx context.Context, a *App, callback string) error {
	return u.shortcut(ctx, a, callback, nil)
}

// MessageShortcut uses a shortcut of the app on a message.
func (u *User) MessageShortcut(ctx context.Context, a *App, callback, channel, ts string) error {
	u.s.mu.Lock()
	m, err := u.message(channel, ts)
	u.s.mu.Unlock()
	if err != nil {
		return err
	}
	return u.shortcut(ctx, a, callback, m)
}

func (u *User) shortcut(ctx context.Context, a *App, callback string, m *message) error {
	s := u.s
	s.mu.Lock()
	if !a.installed(u) || !slices.Contains(a.Shortcuts, callback) {
		s.mu.Unlock()
		return fmt.Errorf("%w: shortcut %s for %s", ErrNotThere, callback, u.Name)
	}
	d := a.shortcut(u, callback, m)
	s.mu.Unlock()
	if _, err := d.send(ctx, attempt{}); err != nil {
		return u.suffers(fmt.Errorf("%s: %w", callback, err))
	}
	return nil
}

// Uninstall takes the app out of its workspace: its tokens are revoked, and it
// is told of both.
func (a *App) Uninstall() {
	s := a.s
	s.mu.Lock()
	defer s.mu.Unlock()
	a.revoked = "account_inactive"
	a.tell(nil, "tokens_revoked", nil, map[string]any{
		"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{}, "bot": []string{a.BotUser}}, "event_ts": s.stamp(),
	})
	a.tell(nil, "app_uninstalled", nil, map[string]any{"type": "app_uninstalled", "event_ts": s.stamp()})
}
