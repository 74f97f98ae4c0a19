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

	"roundtable/bot"
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
			p.reacted(ctx, r, ev.GetBroadcast().ChannelId, reactionID(r), bot.Reacted{Emoji: r.EmojiName, On: p.postID(ev.GetBroadcast().ChannelId, r.PostId)})
		}
	case model.WebsocketEventReactionRemoved:
		if r, ok := decode[model.Reaction](data["reaction"]); ok {
			// It has no time of its own; a resumed event keeps its number.
			id := fmt.Sprintf("unreact:%s:%s:%s:%s:%d", r.PostId, r.UserId, r.EmojiName, connection, ev.GetSequence())
			p.reacted(ctx, r, ev.GetBroadcast().ChannelId, id, bot.Unreacted{Emoji: r.EmojiName, On: p.postID(ev.GetBroadcast().ChannelId, r.PostId)})
		}
	case model.WebsocketEventUserUpdated:
		if u, ok := data["user"].(*model.User); ok {
			p.people.forget(u.Id)
		} else {
			p.people.forgetAll()
		}
	case model.WebsocketEventUserRoleUpdated, model.WebsocketEventMemberroleUpdated, model.WebsocketEventUserActivationStatusChange:
		p.people.forgetAll()
	case model.WebsocketEventAddedToTeam:
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
	if !p.byPerson(post) || !p.seen.first("post:"+post.Id) {
		return
	}
	p.inChannel(ctx, post.ChannelId, func(ctx context.Context, handle bot.Handler, c channelInfo) {
		a := asker{id: "post:" + post.Id, user: post.UserId, channel: post.ChannelId, thread: post.RootId, direct: c.direct}
		command, mentioned := p.mention(post.Message)
		switch {
		case c.direct || mentioned:
			p.people.act(a.user, a.channel)
			p.shift.also(func() { p.hear(ctx, handle, a, bot.Typed{Text: command}) })
		case post.RootId != "":
			p.hear(ctx, handle, a, bot.Said{Text: post.Message, Post: p.postID(post.ChannelId, post.Id)})
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
	id := "edit:" + post.Id + ":" + strconv.FormatInt(post.EditAt, 10)
	if post.EditAt == 0 || post.RootId == "" || !p.byPerson(post) || !p.seen.first(id) {
		return
	}
	p.inChannel(ctx, post.ChannelId, func(ctx context.Context, handle bot.Handler, c channelInfo) {
		if c.direct {
			return
		}
		a := asker{id: id, user: post.UserId, channel: post.ChannelId, thread: post.RootId}
		p.hear(ctx, handle, a, bot.Rewrote{Text: post.Message, Post: p.postID(post.ChannelId, post.Id)})
	})
}

// deleted takes a post that is gone; by is empty where the server doesn't tell.
func (p *Platform) deleted(ctx context.Context, post *model.Post, by string) {
	if !p.seen.first("delete:" + post.Id) {
		return
	}
	p.inChannel(ctx, post.ChannelId, func(ctx context.Context, handle bot.Handler, c channelInfo) {
		if c.direct {
			return
		}
		a := asker{id: "delete:" + post.Id, user: by, channel: post.ChannelId, thread: post.RootId}
		in := p.incoming(a, bot.Deleted{Post: p.postID(post.ChannelId, post.Id)})
		if by == "" {
			in.From = bot.Person{}
		}
		handle(ctx, in)
	})
}

// reactionID is the same each time the same reaction comes.
func reactionID(r *model.Reaction) string {
	return fmt.Sprintf("react:%s:%s:%s:%d", r.PostId, r.UserId, r.EmojiName, r.CreateAt)
}

func (p *Platform) reacted(ctx context.Context, r *model.Reaction, channel, id string, what bot.What) {
	if r.UserId == p.myID() || channel == "" || !p.seen.first(id) {
		return
	}
	p.inChannel(ctx, channel, func(ctx context.Context, handle bot.Handler, c channelInfo) {
		p.hear(ctx, handle, asker{id: id, user: r.UserId, channel: channel, thread: p.rootOf(ctx, r.PostId), direct: c.direct}, what)
	})
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
func (p *Platform) inChannel(ctx context.Context, id string, do func(context.Context, bot.Handler, channelInfo)) {
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
func (p *Platform) hear(ctx context.Context, handle bot.Handler, a asker, what bot.What) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerWithin)
	defer cancel()
	p.answer(context.WithoutCancel(ctx), a, handle(ctx, p.incoming(a, what)))
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
