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

func (s *run) incoming(w place, id string, what chat.What) chat.Incoming {
	return chat.Incoming{ID: id, From: s.p.people.from(w.user), Channel: s.p.channel(w.channel), Direct: w.direct, Thread: s.p.post(w.channel, w.thread), What: what}
}

// typed hands over a command and shows the answer.
func (s *run) typed(w place, id, text string, ack *acknowledgement) {
	w.typed = text
	s.withMoment(w, s.incoming(w, id, chat.Typed{Text: text}), ack)
}

// withMoment hands over what may be answered with a form. A trigger does not
// live long: when the handler takes its time, a form that says "one moment" is
// opened meanwhile.
func (s *run) withMoment(w place, in chat.Incoming, ack *acknowledgement) {
	opened := make(chan *slack.ViewResponse, 1)
	timer := time.AfterFunc(momentAfter, func() {
		if w.trigger == "" {
			opened <- nil
			return
		}
		ctx, cancel := context.WithTimeout(s.ctx, triggerLife-momentAfter)
		defer cancel()
		view, err := s.p.api.OpenView(ctx, w.trigger, s.p.forms.moment(w.user.id))
		if err != nil {
			s.p.options.Log.Warn("a form could not be opened in time", "error", err)
		}
		opened <- view
	})
	reply, ok := s.handled(in, ack)
	var open *slack.ViewResponse
	if !timer.Stop() {
		open = <-opened
	}
	if ok || open != nil {
		s.show(w, in, reply, open)
	}
}

// answerAside hands over something and has the answer shown meanwhile: what comes
// next in the channel doesn't wait for Slack to take it.
func (s *run) answerAside(w place, in chat.Incoming, ack *acknowledgement) {
	if reply, ok := s.handled(in, ack); ok && reply != (chat.Reply{}) {
		s.Continue(func() { s.show(w, in, reply, nil) })
	}
}

// show shows somebody the reply. open is the form that said "one moment", if
// one did.
func (s *run) show(w place, in chat.Incoming, r chat.Reply, open *slack.ViewResponse) {
	if w.user.id == "" {
		return // nobody did it
	}
	ctx, cancel := context.WithTimeout(s.ctx, answerTimeout)
	defer cancel()
	if r.Form != nil || open != nil {
		s.p.forms.present(ctx, w, r.Form, open)
	}
	if r.Message != nil {
		if err := s.p.answers.tell(ctx, w, *r.Message, "answer/"+in.ID); err != nil {
			s.p.options.Log.Error("an answer did not arrive", "error", err)
		}
	}
}

// command takes a slash command.
func (s *run) command(payload []byte, ack *acknowledgement) error {
	defer acknowledged(ack, ackWithin)()
	var c command
	if err := json.Unmarshal(payload, &c); err != nil {
		return fmt.Errorf("a command: %w", err)
	}
	if c.UserID == "" || c.ChannelID == "" || c.TriggerID == "" {
		return fmt.Errorf("a command without user_id, channel_id or trigger_id")
	}
	if me, err := s.p.self.me(s.ctx); err == nil && c.TeamID != me.team && (me.enterprise == "" || c.EnterpriseID != me.enterprise) {
		s.p.refused.unknown.Add(1)
		return nil
	}
	w := place{
		channel: c.ChannelID, user: s.p.people.resolve(s.ctx, c.UserID, c.TeamID),
		trigger: c.TriggerID, responseURL: c.ResponseURL, began: adapter.Now(), used: new(atomic.Int32),
	}
	w.direct = isDirect(c.ChannelID) && s.p.people.isOurs(s.ctx, c.ChannelID, c.UserID)
	s.typed(w, "t/"+c.TriggerID, plain(c.Text, s.p.people.nameOf(s.ctx)), ack)
	return nil
}

// Buttons that the adapter itself adds. Those of messages begin with a number.
const (
	typedAction = "x:typed" // a command; its value is the text
	backAction  = "x:back"  // the page before, in a form
)

// interaction takes a press, a form sent back, or a shortcut.
func (s *run) interaction(payload []byte, ack *acknowledgement, overSocket bool) error {
	var i interaction
	if err := json.Unmarshal(payload, &i); err != nil {
		return fmt.Errorf("an interaction: %w", err)
	}
	if i.User.ID == "" {
		return fmt.Errorf("an interaction %q of nobody", i.Type)
	}
	me, err := s.p.self.me(s.ctx)
	if err == nil && i.View.AppTeamID != "" && i.View.AppTeamID != me.team && i.View.AppTeamID != me.enterprise {
		s.p.refused.unknown.Add(1)
		return nil
	}
	team := i.User.TeamID
	if team == "" {
		team = i.Team.ID
	}
	w := place{
		user: s.p.people.resolve(s.ctx, i.User.ID, team), trigger: i.TriggerID,
		responseURL: i.ResponseURL, began: adapter.Now(), used: new(atomic.Int32),
	}
	if i.Type == "view_submission" {
		s.filled(w, i, ack, overSocket)
		return nil
	}
	defer acknowledged(ack, ackWithin)()
	switch i.Type {
	case "block_actions":
		s.pressed(w, i, ack)
	case "shortcut", "message_action":
		s.shortcut(w, i, ack)
	}
	return nil
}

// pressed takes the press of a button, in a message, on somebody's page or in a
// form.
func (s *run) pressed(w place, i interaction, ack *acknowledgement) {
	if len(i.Actions) == 0 {
		return
	}
	a := i.Actions[0]
	own, _, _ := strings.Cut(a.ActionID, "/")
	if i.View.Type == "modal" {
		if own == backAction {
			s.back(w, i, ack)
		}
		return
	}
	ts := cmp.Or(i.Container.MessageTS, i.Message.TS)
	w.channel, w.thread = cmp.Or(i.Container.ChannelID, i.Channel.ID), cmp.Or(i.Container.ThreadTS, i.Message.ThreadTS)
	if w.thread == ts {
		w.thread = ""
	}
	if i.View.Type == "home" {
		w.home, w.direct = true, true
		w.channel, _ = s.p.people.conversation(s.ctx, w.user.id)
	} else {
		w.direct = isDirect(w.channel) && !i.Container.IsEphemeral || isDirect(w.channel) && s.p.people.isOurs(s.ctx, w.channel, w.user.id)
	}
	id := "t/" + i.TriggerID
	if own == typedAction {
		s.typed(w, id, a.Value, ack)
		return
	}
	_, name, _ := strings.Cut(a.ActionID, ":")
	press := chat.Pressed{Action: name, Value: a.Value, On: s.p.post(w.channel, ts)}
	w.again = &press
	s.withMoment(w, s.incoming(w, id, press), ack)
	if w.home {
		s.refresh(w, id)
	}
}

// shortcut takes one of the app's shortcuts: its callback_id is the command. A
// global one happens nowhere; the direct conversation stands for it.
func (s *run) shortcut(w place, i interaction, ack *acknowledgement) {
	w.channel = i.Channel.ID
	if i.Type == "message_action" {
		w.thread = i.Message.ThreadTS
	}
	if w.channel == "" {
		w.direct = true
		w.channel, _ = s.p.people.conversation(s.ctx, w.user.id)
	}
	s.typed(w, "t/"+i.TriggerID, i.CallbackID, ack)
}
