package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"roundtable/chat"
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

func (p *Platform) incoming(w place, id string, what chat.What) chat.Incoming {
	return chat.Incoming{ID: id, From: p.from(w.user), Channel: p.channel(w.channel), Direct: w.direct, Thread: p.post(w.channel, w.thread), What: what}
}

// typed hands over a command and shows the answer.
func (s *shift) typed(w place, id, text string, ack *answering) {
	w.typed = text
	s.withMoment(w, s.p.incoming(w, id, chat.Typed{Text: text}), ack)
}

// answerAside hands over something and has the answer shown meanwhile: what comes
// next in the channel doesn't wait for Slack to take it.
func (s *shift) answerAside(w place, in chat.Incoming, ack *answering) {
	if reply, ok := s.handled(in, ack); ok && reply != (chat.Reply{}) {
		s.also(func() { s.show(w, in, reply, nil) })
	}
}

// command takes a slash command.
func (s *shift) command(payload []byte, ack *answering) error {
	defer acknowledged(ack, ackWithin)()
	var c command
	if err := json.Unmarshal(payload, &c); err != nil {
		return fmt.Errorf("a command: %w", err)
	}
	if c.UserID == "" || c.ChannelID == "" || c.TriggerID == "" {
		return fmt.Errorf("a command without user_id, channel_id or trigger_id")
	}
	if me, err := s.p.me(s.ctx); err == nil && c.TeamID != me.team && (me.enterprise == "" || c.EnterpriseID != me.enterprise) {
		s.p.counts.unknown.Add(1)
		return nil
	}
	w := place{
		channel: c.ChannelID, user: s.p.person(s.ctx, c.UserID, c.TeamID),
		trigger: c.TriggerID, responseURL: c.ResponseURL, began: instant(), used: new(atomic.Int32),
	}
	w.direct = isDirect(c.ChannelID) && s.p.isOurs(s.ctx, c.ChannelID, c.UserID)
	s.typed(w, "t/"+c.TriggerID, plain(c.Text, s.p.people.nameOf(s.ctx)), ack)
	return nil
}

// Buttons that the adapter itself adds. Those of messages begin with a number.
const (
	typedAction = "x:typed" // a command; its value is the text
	backAction  = "x:back"  // the page before, in a form
)

// interaction takes a press, a form sent back, or a shortcut.
func (s *shift) interaction(payload []byte, ack *answering, overSocket bool) error {
	var i interaction
	if err := json.Unmarshal(payload, &i); err != nil {
		return fmt.Errorf("an interaction: %w", err)
	}
	if i.User.ID == "" {
		return fmt.Errorf("an interaction %q of nobody", i.Type)
	}
	me, err := s.p.me(s.ctx)
	if err == nil && i.View.AppTeamID != "" && i.View.AppTeamID != me.team && i.View.AppTeamID != me.enterprise {
		s.p.counts.unknown.Add(1)
		return nil
	}
	team := i.User.TeamID
	if team == "" {
		team = i.Team.ID
	}
	w := place{
		user: s.p.person(s.ctx, i.User.ID, team), trigger: i.TriggerID,
		responseURL: i.ResponseURL, began: instant(), used: new(atomic.Int32),
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
func (s *shift) pressed(w place, i interaction, ack *answering) {
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
	ts := first(i.Container.MessageTS, i.Message.TS)
	w.channel, w.thread = first(i.Container.ChannelID, i.Channel.ID), first(i.Container.ThreadTS, i.Message.ThreadTS)
	if w.thread == ts {
		w.thread = ""
	}
	if i.View.Type == "home" {
		w.home, w.direct = true, true
		w.channel, _ = s.p.conversation(s.ctx, w.user.id)
	} else {
		w.direct = isDirect(w.channel) && !i.Container.IsEphemeral || isDirect(w.channel) && s.p.isOurs(s.ctx, w.channel, w.user.id)
	}
	id := "t/" + i.TriggerID
	if own == typedAction {
		s.typed(w, id, a.Value, ack)
		return
	}
	name, scope := readActionID(a.ActionID)
	press := chat.Pressed{Action: name, Value: a.Value, Scope: scope, On: s.p.post(w.channel, ts)}
	w.again = &press
	s.withMoment(w, s.p.incoming(w, id, press), ack)
	if w.home {
		s.refresh(w, id)
	}
}

// shortcut takes one of the app's shortcuts: its callback_id is the command. A
// global one happens nowhere; the direct conversation stands for it.
func (s *shift) shortcut(w place, i interaction, ack *answering) {
	w.channel = i.Channel.ID
	if i.Type == "message_action" {
		w.thread = i.Message.ThreadTS
	}
	if w.channel == "" {
		w.direct = true
		w.channel, _ = s.p.conversation(s.ctx, w.user.id)
	}
	s.typed(w, "t/"+i.TriggerID, i.CallbackID, ack)
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
