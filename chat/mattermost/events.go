package mattermost

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// events takes what the server tells of, and gives it to the handler.
type events struct {
	*server
	lifecycle *adapter.Lifecycle
	lanes     adapter.Lanes
	people    *directory
	channels  *channels
	posts     *poster
	commands  *commands
	answers   *replies
	history   *history
	seen      *adapter.Deduplicator         // what came
	edits     *adapter.Cache[string, int64] // when posts were last edited, in the server's milliseconds
	reactions *adapter.Cache[string, reactionSet]
}

// handle takes what the server tells of. Unknown kinds of events are let go.
func (e *events) handle(ctx context.Context, ev *model.WebSocketEvent, connection string) {
	data := ev.GetData()
	switch ev.EventType() {
	case model.WebsocketEventPosted:
		if post, ok := decode[model.Post](data["post"]); ok {
			e.learnChannel(post.ChannelId, data)
			if !e.invited(ctx, post) {
				e.posted(ctx, post)
			}
		}
	case model.WebsocketEventPostEdited:
		if post, ok := decode[model.Post](data["post"]); ok {
			e.edited(ctx, post)
		}
	case model.WebsocketEventPostDeleted:
		if post, ok := decode[model.Post](data["post"]); ok {
			by, _ := data["delete_by"].(string)
			e.deleted(ctx, post, by)
		}
	case model.WebsocketEventReactionAdded:
		if r, ok := decode[model.Reaction](data["reaction"]); ok {
			e.reactionAdded(ctx, r, ev.GetBroadcast().ChannelId)
		}
	case model.WebsocketEventReactionRemoved:
		if r, ok := decode[model.Reaction](data["reaction"]); ok {
			// It has no time of its own; a resumed event keeps its number.
			id := fmt.Sprintf("unreact:%s:%s:%s:%s:%d", r.PostId, r.UserId, r.EmojiName, connection, ev.GetSequence())
			e.reactionRemoved(ctx, r, ev.GetBroadcast().ChannelId, id)
		}
	case model.WebsocketEventUserUpdated:
		if u, ok := data["user"].(*model.User); ok {
			e.accountChanged(ctx, u)
			e.people.forget(u.Id)
			e.rename(u)
		} else {
			e.people.forgetAll()
		}
	case model.WebsocketEventUserActivationStatusChange:
		e.people.forgetAll()
	case model.WebsocketEventUserRoleUpdated, model.WebsocketEventMemberroleUpdated: // the bot's own
		e.people.forgetAll()
		e.commands.requestCheck()
	case model.WebsocketEventUserRemoved:
		// The bot itself, where a channel is named: of others it is told in the channel.
		if channel, ok := data["channel_id"].(string); ok {
			e.channels.leave(channel)
		}
	case model.WebsocketEventChannelRestored:
		if channel, ok := data["channel_id"].(string); ok {
			e.restored(ctx, channel, fmt.Sprintf("restored:%s:%s:%d", channel, connection, ev.GetSequence()))
		}
	case model.WebsocketEventAddedToTeam, model.WebsocketEventRoleUpdated:
		e.commands.requestCheck()
	default:
	}
}

// accountChanged tells of an account that is deactivated, or active again, as far as it
// isn't known to be so.
func (e *events) accountChanged(ctx context.Context, u *model.User) {
	gone := u.DeleteAt > 0
	if was, known := e.people.users.Get(u.Id); u.IsBot || known && (was.DeleteAt > 0) == gone {
		return
	}
	run, done, ok := e.lifecycle.Hold()
	if !ok {
		return
	}
	defer done()
	in := chat.Incoming{ID: fmt.Sprintf("account:%s:%d", u.Id, u.UpdateAt), From: chat.Person{ID: e.personID(u.Id)}, What: chat.Account{Gone: gone}}
	ctx = context.WithoutCancel(ctx)
	e.lanes.Add(run, "by:"+u.Id, "", func() {
		ctx, cancel := context.WithTimeout(ctx, handlerTimeout)
		defer cancel()
		run.Handle(ctx, in)
	})
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

// learnChannel notes what an event in a channel tells of it.
func (e *events) learnChannel(id string, data map[string]any) {
	e.channels.enter(id)
	if _, known := e.channels.cached(id); known {
		return
	}
	kind, _ := data["channel_type"].(string)
	name, _ := data["channel_name"].(string)
	team, _ := data["team_id"].(string)
	e.channels.remember(e.botID(), &model.Channel{Id: id, Name: name, TeamId: team, Type: model.ChannelType(kind)})
}

// posted takes a message: a command, or something said in a thread.
func (e *events) posted(ctx context.Context, post *model.Post) {
	e.posts.roots.Put(post.Id, post.RootId)
	// Missed posts are looked up while events wait: it may be gone by then.
	if e.seen.Seen("delete:"+post.Id) || !e.isByPerson(post) || !e.seen.First("post:"+post.Id) {
		return
	}
	if post.RootId != "" {
		e.history.replies.Put(post.Id, post.ChannelId)
	}
	e.inChannel(ctx, post.ChannelId, func(ctx context.Context, run *adapter.Run, c channelInfo) {
		if e.channels.unreached.Take(post.ChannelId) { // the bot hears what is said in it
			run.Handle(ctx, chat.Incoming{ID: "post:" + post.Id + ":reachable", Channel: e.channelID(post.ChannelId), What: chat.Reachable{}})
		}
		from := origin{id: "post:" + post.Id, user: post.UserId, channel: post.ChannelId, thread: post.RootId, direct: c.direct}
		command, mentioned := e.mention(post.Message)
		switch {
		case c.direct || mentioned:
			e.people.acted(from)
			// It keeps nobody else waiting; a person's own come one after the other.
			e.lanes.Add(run, "by:"+from.user, "", func() { e.dispatch(ctx, run, from, chat.Typed{Text: command}) })
		case post.RootId != "":
			e.dispatch(ctx, run, from, chat.Said{Text: plainWords(post.Message), Post: e.postID(post.ChannelId, post.Id), Files: len(post.FileIds)})
		}
	})
}

// restored takes it that a channel is not archived any more, if that kept the bot from it.
func (e *events) restored(ctx context.Context, channel, id string) {
	e.inChannel(ctx, channel, func(ctx context.Context, run *adapter.Run, _ channelInfo) {
		if e.channels.unreached.Take(channel) {
			run.Handle(ctx, chat.Incoming{ID: id, Channel: e.channelID(channel), What: chat.Reachable{}})
		}
	})
}

// addedUser names, in the post by which the server tells of it, who was put into a channel.
const addedUser = "addedUserId"

// invited takes it that somebody has put the bot into a channel, and says whether that
// is what the post tells. What is looked up after an outage is no news: the bot tries
// then in any case.
func (e *events) invited(ctx context.Context, post *model.Post) bool {
	if id, _ := post.GetProp(addedUser).(string); post.Type != model.PostTypeAddToChannel || id == "" || id != e.botID() {
		return false
	}
	if e.seen.First("post:" + post.Id) {
		e.channels.unreached.Take(post.ChannelId)
		e.inChannel(ctx, post.ChannelId, func(ctx context.Context, run *adapter.Run, _ channelInfo) {
			e.dispatch(ctx, run, origin{id: "post:" + post.Id, user: post.UserId, channel: post.ChannelId}, chat.Reachable{Invited: true})
		})
	}
	return true
}

// edited takes a reply, or a command, that its writer has changed. The server tells of other
// changes to posts too; those have no time of editing, or an old one. Of a change
// and a deletion that happen at once it may tell the deletion first.
func (e *events) edited(ctx context.Context, post *model.Post) {
	if e.seen.Seen("delete:" + post.Id) {
		return
	}
	if post.EditAt == 0 || !e.isByPerson(post) {
		return
	}
	// An older change may be told of after a newer one was looked up.
	if last, known := e.edits.Get(post.Id); known && post.EditAt <= last {
		return
	}
	e.edits.Put(post.Id, post.EditAt)
	id := fmt.Sprintf("edit:%s:%d", post.Id, post.EditAt)
	e.inChannel(ctx, post.ChannelId, func(ctx context.Context, run *adapter.Run, c channelInfo) {
		from := origin{id: id, user: post.UserId, channel: post.ChannelId, thread: post.RootId, direct: c.direct}
		if command, mentioned := e.mention(post.Message); c.direct || mentioned {
			e.dispatch(ctx, run, from, chat.Rewrote{Text: command, Post: e.postID(post.ChannelId, post.Id), Command: true})
			return
		}
		if post.RootId == "" {
			return
		}
		e.dispatch(ctx, run, from, chat.Rewrote{Text: plainWords(post.Message), Post: e.postID(post.ChannelId, post.Id)})
	})
}

// deleted takes a post that is gone; by is empty where the server doesn't tell.
func (e *events) deleted(ctx context.Context, post *model.Post, by string) {
	if !e.seen.First("delete:" + post.Id) {
		return
	}
	e.inChannel(ctx, post.ChannelId, func(ctx context.Context, run *adapter.Run, c channelInfo) {
		if c.direct {
			return
		}
		run.Handle(ctx, e.deletion(post, by))
		if post.RootId == "" && post.UserId == e.botID() {
			e.deletedReplies(ctx, run, post, by)
		}
	})
}

// deletedReplies takes the replies that went with a root of the bot's own: the server
// tells of the root alone.
func (e *events) deletedReplies(ctx context.Context, run *adapter.Run, root *model.Post, by string) {
	since := e.serverTime(e.options.Clock().Add(-adapter.Overlap)).UnixMilli()
	posts, err := e.history.changedSince(ctx, root.ChannelId, since)
	if err != nil {
		e.options.Log.Error("what was deleted with a thread could not be looked up", "connection", e.options.Connection, "channel", root.ChannelId, "error", err)
		return
	}
	for _, post := range posts {
		if post.RootId == root.Id && post.DeleteAt > 0 && e.seen.First("delete:"+post.Id) {
			run.Handle(ctx, e.deletion(post, by))
		}
	}
}

// deletion says that a post was deleted; by is empty where the server doesn't tell.
func (e *events) deletion(post *model.Post, by string) chat.Incoming {
	from := origin{id: "delete:" + post.Id, user: by, channel: post.ChannelId, thread: post.RootId}
	in := e.incoming(from, chat.Deleted{Post: e.postID(post.ChannelId, post.Id)})
	if by == "" {
		in.From = chat.Person{}
	}
	return in
}

// inChannel does something about what happened in a channel, after all that
// happened there before. Channels of other teams than the configured one are not
// the bot's.
func (e *events) inChannel(ctx context.Context, id string, do func(context.Context, *adapter.Run, channelInfo)) {
	run, done, ok := e.lifecycle.Hold()
	if !ok {
		return
	}
	defer done()
	ctx = context.WithoutCancel(ctx)
	e.lanes.Add(run, id, "", func() {
		c, err := e.channels.get(ctx, id)
		if err != nil {
			e.options.Log.Error("something that happened could not be placed", "connection", e.options.Connection, "channel", id, "error", err)
			return
		}
		if e.channels.isForeign(c) {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, handlerTimeout)
		defer cancel()
		do(ctx, run, c)
	})
}

// dispatch gives something to the handler and answers the person.
func (e *events) dispatch(ctx context.Context, run *adapter.Run, from origin, what chat.What) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handlerTimeout)
	defer cancel()
	e.answers.send(context.WithoutCancel(ctx), from, run.Handle(ctx, e.incoming(from, what)))
}
