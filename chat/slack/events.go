package slack

import (
	"encoding/json"
	"fmt"

	"roundtable/chat"
)

// event takes an event of the Events API.
func (s *shift) event(payload []byte, ack *answering) error {
	var o outer
	if err := json.Unmarshal(payload, &o); err != nil {
		return fmt.Errorf("an event: %w", err)
	}
	me, err := s.p.me(s.ctx)
	if err != nil {
		ack.refuse() // not known who is meant: it comes again
		return err
	}
	defer acknowledged(ack, eventWithin)()
	if !o.concerns(me) {
		s.p.counts.unknown.Add(1)
		return nil
	}
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(o.Event, &kind); err != nil {
		return fmt.Errorf("an event: %w", err)
	}
	if !wanted[kind.Type] {
		return nil
	}
	var e event
	if err := json.Unmarshal(o.Event, &e); err != nil {
		return fmt.Errorf("an event %s: %w", kind.Type, err)
	}
	s.happened(incomingEvent{event: e, id: o.EventID, me: me, ack: ack})
	return nil
}

// wanted are the events that the bot does something about.
var wanted = set("app_mention", "message", "reaction_added", "reaction_removed", "app_home_opened", "channel_id_changed", "app_uninstalled", "tokens_revoked")

// concerns says whether an event is for the workspace that the bot is installed
// in. In Slack Connect the outer team may be that of who did it.
func (o outer) concerns(me identity) bool {
	if o.TeamID == "" || o.TeamID == me.team || o.ContextTeamID == me.team || me.enterprise != "" && o.TeamID == me.enterprise {
		return true
	}
	for _, a := range o.Authorizations {
		if a.TeamID == me.team || me.enterprise != "" && a.EnterpriseID == me.enterprise {
			return true
		}
	}
	return false
}

// incomingEvent is an event with what is known about it.
type incomingEvent struct {
	event
	id  string
	me  identity
	ack *answering
	// quiet: it is taken up long afterwards and not answered.
	quiet bool
}

// happened does what an event asks for. It returns when the handler has.
func (s *shift) happened(e incomingEvent) {
	switch e.Type {
	case "app_mention":
		s.mentioned(e)
	case "message":
		if !isDirect(e.Channel) {
			s.p.hearing.hears()
		}
		s.message(e)
	case "reaction_added", "reaction_removed":
		if e.Item.Type == "message" && e.User != e.me.user {
			s.inOrder(e, e.Item.Channel, func() { s.reacted(e) })
		}
	case "app_home_opened":
		if e.Tab == "home" || e.Tab == "" {
			s.entered(e)
		}
	case "channel_id_changed":
		in := chat.Incoming{ID: "e/" + e.id, Channel: s.p.channel(e.OldChannel), What: chat.Moved{To: s.p.channel(e.NewChannel)}}
		s.handled(in, e.ack)
	case "app_uninstalled":
		s.p.bar(e.Type)
	case "tokens_revoked":
		if len(e.Tokens.Bot) > 0 {
			s.p.bar(e.Type)
		}
	}
}

// inOrder does something when what happened before it in the channel is done,
// and returns then.
func (s *shift) inOrder(e incomingEvent, channel string, do func()) {
	done := make(chan struct{})
	ts := e.EventTS
	if ts == "" {
		ts = e.TS
	}
	s.p.order.add(channel, ts, func() { defer close(done); do() }, s.also)
	<-done
}

// mentioned takes a command that was given by naming the bot.
func (s *shift) mentioned(e incomingEvent) {
	text, is := addressed(e.Text, e.me.user)
	if !is || e.BotID != "" || e.User == "" || e.User == e.me.user {
		return
	}
	w := place{channel: e.Channel, thread: e.threadOf(), user: s.p.person(s.ctx, e.User, e.team()), root: e.TS}
	s.typed(w, "e/"+e.id, plain(text, s.p.people.nameOf(s.ctx)), e.ack)
}

// team is that of who wrote, as far as the event tells.
func (e event) team() string {
	if e.UserTeam != "" {
		return e.UserTeam
	}
	return e.Team
}

// threadOf is the root of the thread that a message is a reply in; empty for
// roots.
func (e event) threadOf() string {
	if e.ThreadTS == e.TS {
		return ""
	}
	return e.ThreadTS
}

func (p *Platform) channel(id string) chat.ChannelID {
	return chat.ChannelID{Connection: p.options.Connection, Channel: id}
}

// post names a message; the zero id for an empty ts.
func (p *Platform) post(channel, ts string) chat.PostID {
	if ts == "" || channel == "" {
		return chat.PostID{}
	}
	return chat.PostID{Connection: p.options.Connection, Channel: channel, Message: ts}
}

func (s *shift) reacted(e incomingEvent) {
	user := s.p.person(s.ctx, e.User, "")
	on := s.p.post(e.Item.Channel, e.Item.TS)
	in := chat.Incoming{ID: "e/" + e.id, From: s.p.from(user), Channel: s.p.channel(e.Item.Channel), Direct: isDirect(e.Item.Channel), What: chat.Reacted{Emoji: e.Reaction, On: on}}
	if e.Type == "reaction_removed" {
		in.What = chat.Unreacted{Emoji: e.Reaction, On: on}
	}
	s.answerAside(place{channel: e.Item.Channel, user: user, direct: in.Direct}, in, e.ack)
}

// isDirect says whether a channel is a direct conversation. The bot hears of
// those only that it is in.
func isDirect(channel string) bool { return len(channel) > 0 && channel[0] == 'D' }
