package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// place is where somebody did something, and with what they can be answered.
type place struct {
	channel string
	thread  string // root of the thread it happened in
	root    string // the message that it was said in, if any
	user    user
	direct  bool // the bot's direct conversation with the person
	home    bool // the person's own page

	typed, trigger, responseURL string
	began                       time.Time     // when the trigger and the response_url were given
	used                        *atomic.Int32 // how often the response_url was
	again                       *chat.Pressed // the press that a form would have answered
}

// incoming is what the handler gets.
func (r *run) incoming(w place, id string, what chat.What) chat.Incoming {
	return chat.Incoming{ID: id, From: r.p.people.from(w.user), Channel: r.p.channel(w.channel), Direct: w.direct, Thread: r.p.post(w.channel, w.thread), What: what}
}

// typed hands over a command and shows the answer.
func (r *run) typed(w place, id, text string, ack *acknowledgement) {
	w.typed = text
	r.withMoment(w, r.incoming(w, id, chat.Typed{Text: text}), ack)
}

// withMoment hands over what may be answered with a form. A trigger does not
// live long: when the handler takes its time, a form that says "one moment" is
// opened meanwhile.
func (r *run) withMoment(w place, in chat.Incoming, ack *acknowledgement) {
	opened := make(chan *slack.ViewResponse, 1)
	timer := time.AfterFunc(momentAfter, func() {
		if w.trigger == "" {
			opened <- nil
			return
		}
		ctx, cancel := context.WithTimeout(r.ctx, triggerLife-momentAfter)
		defer cancel()
		view, err := r.p.api.OpenView(ctx, w.trigger, r.p.modals.moment(w.user.id))
		if err != nil {
			r.p.options.Log.Warn("a form could not be opened in time", "error", err)
		}
		opened <- view
	})
	reply, ok := r.dispatch(in, ack)
	var open *slack.ViewResponse
	if !timer.Stop() {
		open = <-opened
	}
	if ok || open != nil {
		r.show(w, in, reply, open)
	}
}

// dispatchAside hands over something and has the answer shown meanwhile: what comes
// next in the channel doesn't wait for Slack to take it.
func (r *run) dispatchAside(w place, in chat.Incoming, ack *acknowledgement) {
	if reply, ok := r.dispatch(in, ack); ok && reply != (chat.Reply{}) {
		r.Continue(func() { r.show(w, in, reply, nil) })
	}
}

// show shows somebody the reply. open is the form that said "one moment", if
// one did.
func (r *run) show(w place, in chat.Incoming, reply chat.Reply, open *slack.ViewResponse) {
	if w.user.id == "" {
		return // nobody did it
	}
	ctx, cancel := context.WithTimeout(r.ctx, answerTimeout)
	defer cancel()
	if reply.Form != nil || open != nil {
		r.p.modals.present(ctx, w, reply.Form, open)
	}
	if reply.Message != nil {
		if err := r.p.answers.tell(ctx, w, *reply.Message, "answer/"+in.ID); err != nil {
			r.p.options.Log.Error("an answer did not arrive", "error", err)
		}
	}
}

// command takes a slash command.
func (r *run) command(payload []byte, ack *acknowledgement) error {
	defer ack.sendAfter(ackWithin)()
	var c command
	if err := json.Unmarshal(payload, &c); err != nil {
		return fmt.Errorf("a command: %w", err)
	}
	if c.UserID == "" || c.ChannelID == "" || c.TriggerID == "" {
		return fmt.Errorf("a command without user_id, channel_id or trigger_id")
	}
	team := c.TeamID
	if me, err := r.p.self.me(r.ctx); err == nil && team != me.team {
		if me.enterprise == "" || c.EnterpriseID != me.enterprise {
			r.p.refused.unknown.Add(1)
			return nil
		}
		team = me.team // commands are for the organisation's own people
	}
	user, known := r.who(c.UserID, team, ack)
	if !known {
		return nil
	}
	w := place{
		channel: c.ChannelID, user: user,
		trigger: c.TriggerID, responseURL: c.ResponseURL, began: adapter.Now(), used: new(atomic.Int32),
	}
	w.direct = isDirect(c.ChannelID) && r.p.people.isOurs(r.ctx, c.ChannelID, c.UserID)
	r.typed(w, "t/"+c.TriggerID, plain(c.Text, r.p.people.nameOf(r.ctx)), ack)
	return nil
}

// typedAction is the action of a button that the adapter itself adds: a command,
// whose text is its value. Actions of messages begin with a number.
const typedAction = "x:typed"

// interaction takes a press, a form sent back, or a shortcut.
func (r *run) interaction(payload []byte, ack *acknowledgement, overSocket bool) error {
	var i interaction
	if err := json.Unmarshal(payload, &i); err != nil {
		return fmt.Errorf("an interaction: %w", err)
	}
	if i.User.ID == "" {
		return fmt.Errorf("an interaction %q of nobody", i.Type)
	}
	me, err := r.p.self.me(r.ctx)
	if err == nil && i.View.AppTeamID != "" && i.View.AppTeamID != me.team && !i.within(me) {
		r.p.refused.unknown.Add(1)
		return nil
	}
	team := i.User.TeamID
	if team == "" {
		team = i.Team.ID
	}
	user, known := r.who(i.User.ID, team, ack)
	if !known {
		return nil
	}
	w := place{
		user: user, trigger: i.TriggerID,
		responseURL: i.ResponseURL, began: adapter.Now(), used: new(atomic.Int32),
	}
	if i.Type == "view_submission" {
		r.filled(w, i, ack, overSocket)
		return nil
	}
	defer ack.sendAfter(ackWithin)()
	switch i.Type {
	case "block_actions":
		r.pressed(w, i, ack)
	case "shortcut", "message_action":
		r.shortcut(w, i, ack)
	}
	return nil
}

// pressed takes the press of a button, in a message or on somebody's page. Forms
// have none.
func (r *run) pressed(w place, i interaction, ack *acknowledgement) {
	if len(i.Actions) == 0 || i.View.Type == "modal" {
		return
	}
	a := i.Actions[0]
	own, _, _ := strings.Cut(a.ActionID, "/")
	ts := cmp.Or(i.Container.MessageTS, i.Message.TS)
	w.channel, w.thread = cmp.Or(i.Container.ChannelID, i.Channel.ID), cmp.Or(i.Container.ThreadTS, i.Message.ThreadTS)
	if w.thread == ts {
		w.thread = ""
	}
	if i.View.Type == "home" {
		w.home, w.direct = true, true
		w.channel, _ = r.p.people.conversation(r.ctx, w.user.id)
	} else {
		w.direct = isDirect(w.channel) && !i.Container.IsEphemeral || isDirect(w.channel) && r.p.people.isOurs(r.ctx, w.channel, w.user.id)
	}
	id := "t/" + i.TriggerID
	if own == typedAction {
		r.typed(w, id, a.Value, ack)
		return
	}
	name, scope := readActionID(a.ActionID)
	press := chat.Pressed{Action: name, Value: a.Value, Scope: scope, On: r.p.post(w.channel, ts)}
	w.again = &press
	r.withMoment(w, r.incoming(w, id, press), ack)
	if w.home {
		r.refresh(w, id)
	}
}

// shortcut takes one of the app's shortcuts: its callback_id is the command or, for one
// on a message, a verb and a value, as if there were such a button below the message. A
// global one happens nowhere; the direct conversation stands for it.
func (r *run) shortcut(w place, i interaction, ack *acknowledgement) {
	w.channel = i.Channel.ID
	if i.Type == "message_action" {
		w.thread = i.Message.ThreadTS
		if w.thread == i.Message.TS {
			w.thread = ""
		}
	}
	if verb, value, is := strings.Cut(i.CallbackID, "/"); is && i.Type == "message_action" {
		press := chat.Pressed{Action: verb, Value: value, On: r.p.post(w.channel, cmp.Or(i.MessageTS, i.Message.TS))}
		w.again, w.direct = &press, isDirect(w.channel)
		r.withMoment(w, r.incoming(w, "t/"+i.TriggerID, press), ack)
		return
	}
	if w.channel == "" {
		w.direct = true
		w.channel, _ = r.p.people.conversation(r.ctx, w.user.id)
	}
	r.typed(w, "t/"+i.TriggerID, i.CallbackID, ack)
}
