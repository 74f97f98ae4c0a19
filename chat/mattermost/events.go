package mattermost

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// heard takes what the server tells of. Unknown kinds of events are let go.
func (p *Platform) heard(ctx context.Context, ev *model.WebSocketEvent, connection string) {
	data := ev.GetData()
	switch ev.EventType() {
	case model.WebsocketEventPosted:
		if post, ok := decode[model.Post](data["post"]); ok {
			p.learnChannel(post.ChannelId, data)
			p.posted(ctx, post)
		}
	case model.WebsocketEventPostEdited:
		if post, ok := decode[model.Post](data["post"]); ok {
			p.edited(ctx, post)
		}
	case model.WebsocketEventPostDeleted:
		if post, ok := decode[model.Post](data["post"]); ok {
			by, _ := data["delete_by"].(string)
			p.deleted(ctx, post, by)
		}
	case model.WebsocketEventReactionAdded:
		if r, ok := decode[model.Reaction](data["reaction"]); ok {
			p.reacted(ctx, r, ev.GetBroadcast().ChannelId)
		}
	case model.WebsocketEventReactionRemoved:
		if r, ok := decode[model.Reaction](data["reaction"]); ok {
			// It has no time of its own; a resumed event keeps its number.
			id := fmt.Sprintf("unreact:%s:%s:%s:%s:%d", r.PostId, r.UserId, r.EmojiName, connection, ev.GetSequence())
			p.unreacted(ctx, r, ev.GetBroadcast().ChannelId, id)
		}
	case model.WebsocketEventUserUpdated:
		if u, ok := data["user"].(*model.User); ok {
			p.people.forget(u.Id)
			p.renamed(u)
		} else {
			p.people.forgetAll()
		}
	case model.WebsocketEventUserActivationStatusChange:
		p.people.forgetAll()
	case model.WebsocketEventUserRoleUpdated, model.WebsocketEventMemberroleUpdated: // the bot's own
		p.people.forgetAll()
		p.command.lookAgain()
	case model.WebsocketEventUserRemoved:
		// The bot itself, where a channel is named: of others it is told in the channel.
		if channel, ok := data["channel_id"].(string); ok {
			p.channels.leave(channel)
		}
	case model.WebsocketEventAddedToTeam, model.WebsocketEventRoleUpdated:
		p.command.lookAgain()
	default:
	}
}

// decode reads what an event holds as JSON in a text.
func decode[T any](v any) (*T, bool) {
	text, ok := v.(string)
	if !ok {
		return nil, false
	}
	var out T
	return &out, json.Unmarshal([]byte(text), &out) == nil
}

// learnChannel notes what an event tells of a channel.
func (p *Platform) learnChannel(id string, data map[string]any) {
	p.channels.enter(id)
	if _, known := p.channels.get(id); known {
		return
	}
	kind, _ := data["channel_type"].(string)
	name, _ := data["channel_name"].(string)
	team, _ := data["team_id"].(string)
	p.note(p.myID(), &model.Channel{Id: id, Name: name, TeamId: team, Type: model.ChannelType(kind)})
}

// myID is the bot's user id; it is known while the WebSocket is open.
func (p *Platform) myID() string {
	p.meLock.Lock()
	defer p.meLock.Unlock()
	if p.me == nil {
		return ""
	}
	return p.me.Id
}

// byPerson says whether a post was written by a person.
func (p *Platform) byPerson(post *model.Post) bool {
	if post.UserId == p.myID() || (post.Type != model.PostTypeDefault && post.Type != model.PostTypeMe) {
		return false
	}
	for _, prop := range []string{model.PostPropsFromBot, model.PostPropsFromWebhook, model.PostPropsFromPlugin} {
		if is, _ := post.GetProp(prop).(string); is == "true" {
			return false
		}
	}
	return true
}

// posted takes a message: a command, or something said in a thread.
func (p *Platform) posted(ctx context.Context, post *model.Post) {
	p.roots.put(post.Id, post.RootId)
	// Missed posts are looked up while events wait: it may be gone by then.
	if _, gone := p.seen.get("delete:" + post.Id); gone || !p.byPerson(post) || !p.seen.first("post:"+post.Id) {
		return
	}
	if post.RootId != "" {
		p.replies.put(post.Id, post.ChannelId)
	}
	p.inChannel(ctx, post.ChannelId, func(ctx context.Context, handle chat.Handler, c channelInfo) {
		a := asker{id: "post:" + post.Id, user: post.UserId, channel: post.ChannelId, thread: post.RootId, direct: c.direct}
		command, mentioned := p.mention(post.Message)
		switch {
		case c.direct || mentioned:
			p.people.act(a.user, a.channel)
			// It keeps nobody else waiting; the person's own in a channel come one after the other.
			p.shift.inOrder("by:"+a.user, func() { p.hear(ctx, handle, a, chat.Typed{Text: command}) })
		case post.RootId != "":
			p.hear(ctx, handle, a, chat.Said{Text: post.Message, Post: p.postID(post.ChannelId, post.Id)})
		}
	})
}

// edited takes a reply that its writer has changed. The server tells of other
// changes to posts too; those have no time of editing, or an old one. Of a change
// and a deletion that happen at once it may tell the deletion first.
func (p *Platform) edited(ctx context.Context, post *model.Post) {
	if _, gone := p.seen.get("delete:" + post.Id); gone {
		return
	}
	if post.EditAt == 0 || post.RootId == "" || !p.byPerson(post) {
		return
	}
	at := strconv.FormatInt(post.EditAt, 10)
	id := "edit:" + post.Id
	// An older change may be told of after a newer one was looked up. (Both have as
	// many digits.)
	if last, known := p.seen.get(id); known && at <= last {
		return
	}
	p.seen.put(id, at)
	id += ":" + at
	p.inChannel(ctx, post.ChannelId, func(ctx context.Context, handle chat.Handler, c channelInfo) {
		if c.direct {
			return
		}
		a := asker{id: id, user: post.UserId, channel: post.ChannelId, thread: post.RootId}
		p.hear(ctx, handle, a, chat.Rewrote{Text: post.Message, Post: p.postID(post.ChannelId, post.Id)})
	})
}

// deleted takes a post that is gone; by is empty where the server doesn't tell.
func (p *Platform) deleted(ctx context.Context, post *model.Post, by string) {
	if !p.seen.first("delete:" + post.Id) {
		return
	}
	p.inChannel(ctx, post.ChannelId, func(ctx context.Context, handle chat.Handler, c channelInfo) {
		if c.direct {
			return
		}
		handle(ctx, p.gone(post, by))
		if post.RootId == "" && post.UserId == p.myID() {
			p.deletedBelow(ctx, handle, post, by)
		}
	})
}

// deletedBelow takes the replies that went with a root of the bot's own: the server
// tells of the root alone.
func (p *Platform) deletedBelow(ctx context.Context, handle chat.Handler, root *model.Post, by string) {
	since := p.serverTime(p.o.Clock().Add(-overlap)).UnixMilli()
	posts, err := p.missed(ctx, root.ChannelId, since)
	if err != nil {
		p.o.Log.Error("what was deleted with a thread could not be looked up", "connection", p.o.Connection, "channel", root.ChannelId, "error", err)
		return
	}
	for _, post := range posts {
		if post.RootId == root.Id && post.DeleteAt > 0 && p.seen.first("delete:"+post.Id) {
			handle(ctx, p.gone(post, by))
		}
	}
}

// gone says that a post was deleted; by is empty where the server doesn't tell.
func (p *Platform) gone(post *model.Post, by string) chat.Incoming {
	a := asker{id: "delete:" + post.Id, user: by, channel: post.ChannelId, thread: post.RootId}
	in := p.incoming(a, chat.Deleted{Post: p.postID(post.ChannelId, post.Id)})
	if by == "" {
		in.From = chat.Person{}
	}
	return in
}

// rootOf returns the root of a reply's thread; empty for a root, or when the post
// can't be seen.
func (p *Platform) rootOf(ctx context.Context, post string) string {
	if root, known := p.roots.get(post); known {
		return root
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	found, _, err := p.client.GetPost(ctx, post, "")
	if err != nil {
		return ""
	}
	p.roots.put(post, found.RootId)
	return found.RootId
}

// inChannel does something with what happened in a channel, after all that
// happened there before. Channels of other teams than the configured one are not
// the bot's.
func (p *Platform) inChannel(ctx context.Context, id string, do func(context.Context, chat.Handler, channelInfo)) {
	handle, done, ok := p.shift.begin()
	if !ok {
		return
	}
	ctx = context.WithoutCancel(ctx)
	p.shift.inOrder(id, func() {
		defer done()
		c, err := p.channel(ctx, id)
		if err != nil {
			p.o.Log.Error("something that happened could not be placed", "connection", p.o.Connection, "channel", id, "error", err)
			return
		}
		if p.outside(c) {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, answerWithin)
		defer cancel()
		do(ctx, handle, c)
	})
}

// hear gives something to the handler and answers the person.
func (p *Platform) hear(ctx context.Context, handle chat.Handler, a asker, what chat.What) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerWithin)
	defer cancel()
	p.answer(context.WithoutCancel(ctx), a, handle(ctx, p.incoming(a, what)))
}

// renamed follows the bot's account when it gets another name.
func (p *Platform) renamed(u *model.User) {
	p.meLock.Lock()
	defer p.meLock.Unlock()
	if p.me != nil && p.me.Id == u.Id && u.Username != "" {
		me := *p.me
		me.Username = u.Username
		p.me = &me
	}
}

// mention returns a message without the mention of the bot that it begins with.
func (p *Platform) mention(text string) (rest string, mentioned bool) {
	text = strings.TrimSpace(text)
	p.meLock.Lock()
	defer p.meLock.Unlock()
	if p.me == nil {
		return text, false
	}
	name := "@" + p.me.Username
	if len(text) < len(name) || !strings.EqualFold(text[:len(name)], name) {
		return text, false
	}
	rest = text[len(name):]
	// "@roundtable2" and "@roundtable.old" are others.
	next, n := utf8.DecodeRuneInString(rest)
	after, _ := utf8.DecodeRuneInString(rest[min(n, len(rest)):])
	if rest != "" && (word(next) || (strings.ContainsRune(".-", next) && word(after))) {
		return text, false
	}
	return strings.TrimLeftFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == ':' || r == ',' }), true
}
