package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// event takes an event of the Events API.
func (r *run) event(payload []byte, ack *acknowledgement) error {
	var o outer
	if err := json.Unmarshal(payload, &o); err != nil {
		return fmt.Errorf("an event: %w", err)
	}
	me, err := r.p.self.me(r.ctx)
	if err != nil {
		ack.refuse() // not known who is meant: it comes again
		return err
	}
	defer ack.sendAfter(eventWithin)()
	if !o.concerns(me) {
		r.p.refused.unknown.Add(1)
		return nil
	}
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(o.Event, &kind); err != nil {
		return fmt.Errorf("an event: %w", err)
	}
	if kind.Type == "user_change" {
		return r.userChanged(o, me, ack)
	}
	if !wanted[kind.Type] {
		return nil
	}
	var e event
	if err := json.Unmarshal(o.Event, &e); err != nil {
		return fmt.Errorf("an event %s: %w", kind.Type, err)
	}
	r.happened(incomingEvent{event: e, id: o.EventID, me: me, ack: ack})
	return nil
}

// userChanged takes what Slack tells of a person who has changed. All that is known of
// them is believed at once; the bot's people are told of an account that is deactivated,
// or active again (docs.slack.dev/reference/events/user_change).
func (r *run) userChanged(o outer, me identity, ack *acknowledgement) error {
	var changed struct {
		User slack.User `json:"user"`
	}
	if err := json.Unmarshal(o.Event, &changed); err != nil {
		return fmt.Errorf("an event user_change: %w", err)
	}
	u := &changed.User
	if u.ID == "" || u.IsBot {
		return nil
	}
	was, known := r.p.people.known.Get(u.ID)
	who := r.p.people.read(u, me)
	r.p.people.known.Put(u.ID, who)
	r.p.people.hidden.Delete(u.ID)
	if !known || was.Gone != who.Gone {
		r.dispatch(chat.Incoming{ID: "e/" + o.EventID, From: chat.Person{ID: who.ID}, What: chat.Account{Gone: who.Gone}}, ack)
	}
	return nil
}

// wanted are the events that the bot does something about, beside user_change.
var wanted = map[string]bool{
	"app_mention": true, "message": true, "reaction_added": true, "reaction_removed": true, "app_home_opened": true, "channel_id_changed": true,
	"app_uninstalled": true, "tokens_revoked": true, "member_joined_channel": true,
}

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
	ack *acknowledgement
	// noReply: it is taken up long afterwards and not answered.
	noReply bool
}

// happened does what an event asks for. It returns when the handler has.
func (r *run) happened(e incomingEvent) {
	if channel := cmp.Or(e.Channel, e.Item.Channel); e.Type != "member_joined_channel" && r.p.unreached.Take(channel) {
		r.dispatch(chat.Incoming{ID: "e/" + e.id + "/reachable", Channel: r.p.channel(channel), What: chat.Reachable{}}, newAcknowledgement())
	}
	switch e.Type {
	case "member_joined_channel":
		if e.User == e.me.user {
			r.invited(e)
		}
	case "app_mention":
		r.mentioned(e)
	case "message":
		if !isDirect(e.Channel) {
			r.p.monitor.gotMessage()
		}
		r.message(e)
	case "reaction_added", "reaction_removed":
		if e.Item.Type == "message" && e.User != e.me.user {
			r.inOrder(e, e.Item.Channel, func() { r.reacted(e) })
		}
	case "app_home_opened":
		if e.Tab == "home" || e.Tab == "" {
			r.entered(e)
		}
	case "channel_id_changed":
		in := chat.Incoming{ID: "e/" + e.id, Channel: r.p.channel(e.OldChannel), What: chat.Moved{To: r.p.channel(e.NewChannel)}}
		r.dispatch(in, e.ack)
	case "app_uninstalled":
		r.p.api.Bar(e.Type)
	case "tokens_revoked":
		if len(e.Tokens.Bot) > 0 {
			r.p.api.Bar(e.Type)
		}
	}
}

// invited takes it that somebody has let the bot into a channel.
func (r *run) invited(e incomingEvent) {
	r.p.unreached.Take(e.Channel)
	in := chat.Incoming{ID: "e/" + e.id, Channel: r.p.channel(e.Channel), What: chat.Reachable{Invited: true}}
	w := place{channel: e.Channel}
	if e.Inviter != "" {
		user, known := r.who(e.Inviter, "", e.ack)
		if !known {
			return
		}
		w.user = user
		in.From = r.p.people.from(w.user)
	}
	r.dispatchAside(w, in, e.ack)
}

// inOrder does something when what happened before it in the channel is done,
// and returns then.
func (r *run) inOrder(e incomingEvent, channel string, do func()) {
	done := make(chan struct{})
	r.p.channels.Add(r.Run, channel, cmp.Or(e.EventTS, e.TS), func() { defer close(done); do() })
	<-done
}

// settle is how long an event waits for older ones of its channel: two sockets,
// or two requests, may overtake each other. It is well below [eventWithin], so that
// there is time for the handler too.
const settle = 50 * time.Millisecond

// compareTimes compares two of Slack's times, such as "1712345678.000100"; a longer
// one is later.
func compareTimes(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// before says whether one of Slack's times is before another.
func before(a, b string) bool { return compareTimes(a, b) < 0 }

// mentioned takes a command that was given by naming the bot.
func (r *run) mentioned(e incomingEvent) {
	text, is := addressed(e.Text, e.me.user)
	if !is || e.BotID != "" || e.User == "" || e.User == e.me.user {
		return
	}
	user, known := r.who(e.User, e.team(), e.ack)
	if !known {
		return
	}
	w := place{channel: e.Channel, thread: e.threadOf(), user: user, root: e.TS}
	r.typed(w, "e/"+e.id, plain(text, r.p.people.nameOf(r.ctx)), e.ack)
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

func (r *run) reacted(e incomingEvent) {
	user, known := r.who(e.User, "", e.ack)
	if !known {
		return
	}
	on := r.p.post(e.Item.Channel, e.Item.TS)
	in := chat.Incoming{ID: "e/" + e.id, From: r.p.people.from(user), Channel: r.p.channel(e.Item.Channel), Direct: isDirect(e.Item.Channel), What: chat.Reacted{Emoji: e.Reaction, On: on}}
	if e.Type == "reaction_removed" {
		in.What = chat.Unreacted{Emoji: e.Reaction, On: on}
	}
	reply, ok := r.dispatch(in, e.ack)
	if !ok || reply == (chat.Reply{}) {
		return
	}
	r.Continue(func() {
		w := place{channel: e.Item.Channel, user: user, direct: in.Direct}
		if !w.direct {
			w.thread = r.p.threadOf(r.ctx, e.Item.Channel, e.Item.TS)
		}
		r.show(w, in, reply, nil)
	})
}

// threadOf is the root of the thread that a message is a reply in: a reaction doesn't
// tell. It is empty for roots, and where nobody knows.
func (p *Platform) threadOf(ctx context.Context, channel, ts string) string {
	if root, known := p.threads.rootOf(channel, ts); known {
		return root
	}
	if kept, known := p.posts.sent.Get(channel + " " + ts); known {
		return kept.thread
	}
	ctx, cancel := context.WithTimeout(ctx, nameWithin)
	defer cancel()
	page, _, err := p.api.Replies(ctx, slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: ts, Limit: 1, Inclusive: true})
	if err != nil || len(page) == 0 || page[0].ThreadTimestamp == ts {
		return ""
	}
	return page[0].ThreadTimestamp
}

// isDirect says whether a channel is a direct conversation. The bot hears of
// those only that it is in.
func isDirect(channel string) bool { return len(channel) > 0 && channel[0] == 'D' }

// message takes an event "message" of any subtype.
func (r *run) message(e incomingEvent) {
	switch e.Subtype {
	case "", "thread_broadcast", "file_share", "me_message":
		r.written(e)
	case "message_changed":
		r.changed(e)
	case "message_deleted":
		r.deleted(e)
	}
}

// byPerson says whether a person wrote the message, and not this bot, another or
// Slack.
func (e *event) byPerson(me identity) bool {
	return e != nil && e.BotID == "" && e.User != "" && e.User != me.user && e.User != "USLACKBOT"
}

// written takes a new message: in a direct conversation it is a command, in a
// thread a contribution, elsewhere nothing to the bot.
func (r *run) written(e incomingEvent) {
	if !e.byPerson(e.me) || e.Text == "" && (len(e.Files) == 0 || isDirect(e.Channel)) {
		return
	}
	if isDirect(e.Channel) {
		user, known := r.who(e.User, e.team(), e.ack)
		if !known {
			return
		}
		w := place{channel: e.Channel, thread: e.threadOf(), direct: true, user: user, root: e.TS}
		text := e.Text
		if command, is := addressed(text, e.me.user); is {
			text = command
		}
		r.typed(w, "e/"+e.id, plain(text, r.p.people.nameOf(r.ctx)), e.ack)
		return
	}
	if _, is := addressed(e.Text, e.me.user); is || e.threadOf() == "" {
		return // a mention comes as app_mention too
	}
	r.inOrder(e, e.Channel, func() {
		r.inThread(e, &e.event, chat.Said{Text: plain(e.Text, r.p.people.nameOf(r.ctx)), Post: r.p.post(e.Channel, e.TS), Files: len(e.Files)})
	})
}

// inThread hands over what became of a reply in a thread.
func (r *run) inThread(e incomingEvent, of *event, what chat.What) {
	in := chat.Incoming{ID: e.idOf(of, what), Channel: r.p.channel(e.Channel), Thread: r.p.post(e.Channel, of.threadOf()), What: what}
	w := place{channel: e.Channel, thread: of.threadOf(), direct: isDirect(e.Channel)}
	if in.Direct = w.direct; w.thread == "" {
		in.Thread = chat.PostID{}
	}
	_, gone := what.(chat.Deleted)
	if !gone {
		ack := e.ack
		if e.noReply { // Slack won't send it again
			ack = nil
		}
		user, known := r.who(of.User, of.team(), ack)
		if !known {
			return
		}
		w.user = user
		in.From = r.p.people.from(w.user)
	}
	r.p.threads.note(e.Channel, of, gone)
	if e.noReply {
		r.dispatch(in, e.ack)
		return
	}
	r.dispatchAside(w, in, e.ack)
}

// idOf is the same whether an event tells of it or the channel's history does.
func (e *incomingEvent) idOf(of *event, what chat.What) string {
	id := "m/" + e.Channel + "/" + of.TS
	switch what.(type) {
	case chat.Said:
		return id
	case chat.Deleted:
		return id + "/deleted"
	}
	if of.Edited == nil || of.Edited.TS == "" {
		return "e/" + e.id
	}
	return id + "/" + of.Edited.TS
}

// changed takes a message that was rewritten. Slack says so too when it unfolds
// a link, when a thread grows, and of the bot's own edits.
func (r *run) changed(e incomingEvent) {
	now, was := e.Message, e.Previous
	if was == nil && now != nil && now.Edited != nil {
		was = &event{} // the writer did change it, who knows from what
	}
	switch {
	case now == nil, isDirect(e.Channel) && now.Subtype == "tombstone":
	case now.Subtype == "tombstone": // a root that was deleted, with replies
		r.gone(e, now)
	case was == nil, was.Text == now.Text && e.Previous != nil, !now.byPerson(e.me):
	case isDirect(e.Channel) || e.isCommand(was) || e.isCommand(now):
		if e.Previous != nil && !e.noReply { // of what wasn't heard nobody knows how it was done
			r.inOrder(e, e.Channel, func() {
				r.inThread(e, now, chat.Rewrote{Text: plain(now.Text, r.p.people.nameOf(r.ctx)), Post: r.p.post(e.Channel, now.TS), Command: true})
			})
		}
	case now.threadOf() == "":
	default:
		r.inOrder(e, e.Channel, func() {
			r.inThread(e, now, chat.Rewrote{Text: plain(now.Text, r.p.people.nameOf(r.ctx)), Post: r.p.post(e.Channel, now.TS)})
		})
	}
}

// isCommand says whether a message names the bot.
func (e *incomingEvent) isCommand(m *event) bool {
	_, is := addressed(m.Text, e.me.user)
	return is
}

// deleted takes a message that is gone: a contribution, or a post of the bot's.
// Where Slack does not tell what it was, it may have been one.
func (r *run) deleted(e incomingEvent) {
	was := e.Previous
	if was == nil {
		was = &event{}
	}
	if was.TS == "" {
		was.TS = e.DeletedTS
	}
	own := was.User == e.me.user || was.BotID != "" && was.BotID == e.me.bot
	if was.TS != "" && !isDirect(e.Channel) && (e.Previous == nil || own || was.threadOf() != "") {
		r.gone(e, was)
	}
}

func (r *run) gone(e incomingEvent, was *event) {
	r.p.posts.roots.Delete(e.Channel + " " + was.TS)
	r.inOrder(e, e.Channel, func() { r.inThread(e, was, chat.Deleted{Post: r.p.post(e.Channel, was.TS)}) })
}
