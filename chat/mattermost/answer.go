package mattermost

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// asker is who did something, where, and how they can be answered.
type asker struct {
	id                    string // of what they did
	user, channel, thread string
	direct                bool
	trigger               string // opens a form; empty when what they did can't
}

func (p *Platform) incoming(a asker, what chat.What) chat.Incoming {
	return chat.Incoming{
		ID: a.id, From: chat.Person{ID: p.personID(a.user)}, Channel: p.channelID(a.channel), Direct: a.direct,
		Thread: p.postID(a.channel, a.thread), What: what,
	}
}

// say is a text of the adapter's own in a person's language, if that is known
// soon.
func (p *Platform) say(ctx context.Context, user, id string, args ...any) string {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	language := ""
	if u, err := p.user(ctx, p.personID(user)); err == nil {
		language = u.Locale
	}
	return p.o.T(language, id, append([]any{"Trigger", p.o.Trigger}, args...)...)
}

// rendered puts a reply into Mattermost's terms, for the person alone.
func (p *Platform) renderFor(a asker, m chat.Message) (rendered, error) {
	if err := m.Check(); err != nil {
		return rendered{}, err
	}
	return render(m, p.buttons(place{channel: a.channel, thread: a.thread, direct: a.direct, person: a.user, ephemeral: true}))
}

// commandResponse answers a slash command: ephemeral where the message allows.
func (p *Platform) commandResponse(ctx context.Context, a asker, reply chat.Reply) model.CommandResponse {
	out := model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral, SkipSlackParsing: true}
	if reply.Form != nil {
		p.openOrOffer(ctx, a, *reply.Form)
	}
	if reply.Message == nil {
		return out
	}
	r, err := p.renderFor(a, *reply.Message)
	switch {
	case err != nil:
		p.unanswered(a, err)
		out.Text = p.say(ctx, a.user, "platform.busy")
	case len(r.files) > 0:
		if err := p.direct(ctx, a, *reply.Message); err != nil {
			p.unanswered(a, err)
			out.Text = p.say(ctx, a.user, "platform.busy")
		} else if !a.direct {
			out.Text = escape(p.say(ctx, a.user, "platform.answered-directly"))
		}
	default:
		out.Text, out.Attachments = r.message, r.attachments
	}
	return out
}

// actionResponse answers a button: in place where the message is nothing but text.
func (p *Platform) actionResponse(ctx context.Context, a asker, reply chat.Reply) model.PostActionIntegrationResponse {
	out := model.PostActionIntegrationResponse{SkipSlackParsing: true}
	if reply.Form != nil {
		p.openOrOffer(ctx, a, *reply.Form)
	}
	if reply.Message == nil {
		return out
	}
	r, err := p.renderFor(a, *reply.Message)
	switch {
	case err != nil:
		p.unanswered(a, err)
		out.EphemeralText = p.say(ctx, a.user, "platform.busy")
	case len(r.files) == 0 && len(r.attachments) == 0:
		out.EphemeralText = r.message
	default:
		ephemeral, err := p.private(ctx, a, *reply.Message)
		switch {
		case err != nil:
			p.unanswered(a, err)
			out.EphemeralText = p.say(ctx, a.user, "platform.busy")
		case !ephemeral && !a.direct:
			out.EphemeralText = escape(p.say(ctx, a.user, "platform.answered-directly"))
		}
	}
	return out
}

// answer answers what has no answer of its own: a message, or a form that was
// sent.
func (p *Platform) answer(ctx context.Context, a asker, reply chat.Reply) {
	if reply.Message != nil {
		if _, err := p.private(ctx, a, *reply.Message); err != nil {
			p.unanswered(a, err)
		}
	}
	if reply.Form != nil {
		p.openOrOffer(ctx, a, *reply.Form)
	}
}

// answerLate answers after the server's request has gone: through the command's
// response_url where there is one.
func (p *Platform) answerLate(ctx context.Context, a asker, reply chat.Reply, hook string) {
	if model.IsValidId(hook) {
		if err := p.respondTo(ctx, hook, p.commandResponse(ctx, a, reply)); err != nil {
			p.unanswered(a, err)
		}
		return
	}
	p.answer(ctx, a, reply)
}

// respondTo uses a command's response_url: five times within 30 minutes. It goes
// to the server that the bot knows, whatever address the server has for itself.
func (p *Platform) respondTo(ctx context.Context, hook string, answer model.CommandResponse) error {
	if answer.Text == "" && len(answer.Attachments) == 0 {
		return nil
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("answer a command: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.o.URL+"/hooks/commands/"+hook, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("answer a command: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.client.HTTPClient.Do(req)
	if err != nil {
		// Without the address: who has it can answer in the bot's place for a while.
		if u, ok := errors.AsType[*url.Error](err); ok {
			err = u.Err
		}
		return fmt.Errorf("answer a command: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("answer a command: the server answered %d", resp.StatusCode)
	}
	return nil
}

// mayWhisper remembers that the server doesn't let the bot make ephemeral posts.
type mayWhisper struct{ notUntil atomic.Int64 }

// askAgain is how long a refusal is remembered.
const askAgain = time.Hour

// private shows a message to one person alone: as an ephemeral post where the
// server lets the bot, else in their conversation.
func (p *Platform) private(ctx context.Context, a asker, m chat.Message) (ephemeral bool, err error) {
	r, err := p.renderFor(a, m)
	if err != nil {
		return false, err
	}
	if len(r.files) == 0 && p.whisper(ctx, a, r) {
		return true, nil
	}
	return false, p.direct(ctx, a, m)
}

// whisper makes an ephemeral post, if it may.
func (p *Platform) whisper(ctx context.Context, a asker, r rendered) bool {
	now := p.o.Clock()
	if a.direct || now.Unix() < p.whispers.notUntil.Load() {
		return false
	}
	post := &model.Post{ChannelId: a.channel, RootId: a.thread, Message: r.message}
	if len(r.attachments) > 0 {
		post.AddProp(model.PostPropsAttachments, r.attachments)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, resp, err := p.client.CreatePostEphemeral(ctx, &model.PostEphemeral{UserID: a.user, Post: post})
	if status(resp) == http.StatusForbidden {
		p.whispers.notUntil.Store(now.Add(askAgain).Unix())
	}
	return err == nil
}

// direct answers in the person's conversation with the bot.
func (p *Platform) direct(ctx context.Context, a asker, m chat.Message) error {
	at, err := p.aside(ctx, a)
	if err != nil {
		return err
	}
	_, err = p.send(ctx, at, m, model.StringInterface{propTo: a.id})
	return err
}

// aside is the place in the person's conversation where they are answered.
func (p *Platform) aside(ctx context.Context, a asker) (place, error) {
	if a.direct {
		return place{channel: a.channel, thread: a.thread, direct: true, person: a.user}, nil
	}
	channel, err := p.conversation(ctx, p.personID(a.user))
	return place{channel: channel, direct: true, person: a.user}, err
}

// unanswered logs that somebody was not answered.
func (p *Platform) unanswered(a asker, err error) {
	p.o.Log.Error("an answer could not be given", "connection", p.o.Connection, "incoming", a.id, "error", err)
}
