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

// replies answers what people did, in the way that Mattermost has for it.
type replies struct {
	*server
	people  *directory
	private *private
	dialogs *dialogs
}

// toCommand answers a slash command.
func (as *replies) toCommand(ctx context.Context, from origin, reply chat.Reply) model.CommandResponse {
	text, attachments := as.inPlace(ctx, from, reply, true)
	return model.CommandResponse{
		ResponseType: model.CommandResponseTypeEphemeral, SkipSlackParsing: true, Text: text, Attachments: attachments,
	}
}

// toButton answers a button.
func (as *replies) toButton(ctx context.Context, from origin, reply chat.Reply) model.PostActionIntegrationResponse {
	text, _ := as.inPlace(ctx, from, reply, false)
	return model.PostActionIntegrationResponse{SkipSlackParsing: true, EphemeralText: text}
}

// inPlace returns what the server shows to the person at once, which is text and,
// where it takes them, attachments. Other messages and forms go their own way; the
// text says so where the person might not see it.
func (as *replies) inPlace(ctx context.Context, from origin, reply chat.Reply, takesAttachments bool) (string, []*model.MessageAttachment) {
	if reply.Form != nil {
		as.dialogs.openOrOffer(ctx, from, *reply.Form)
	}
	if reply.Message == nil {
		return "", nil
	}
	r, err := as.private.render(from, *reply.Message)
	if err == nil && len(r.files) == 0 && (takesAttachments || len(r.attachments) == 0) {
		return r.message, r.attachments
	}
	ephemeral := false
	if err == nil {
		ephemeral, err = as.private.show(ctx, from, *reply.Message)
	}
	switch {
	case err != nil:
		as.logUnanswered(from, err)
		return as.people.text(ctx, from.user, "platform.busy"), nil
	case !ephemeral && !from.direct:
		return escape(as.people.text(ctx, from.user, "platform.answered-directly")), nil
	}
	return "", nil
}

// send answers what has no answer of its own: a message, or a form that was
// sent.
func (as *replies) send(ctx context.Context, from origin, reply chat.Reply) {
	if reply.Message != nil {
		if _, err := as.private.show(ctx, from, *reply.Message); err != nil {
			as.logUnanswered(from, err)
		}
	}
	if reply.Form != nil {
		as.dialogs.openOrOffer(ctx, from, *reply.Form)
	}
}

// sendLate answers after the server's request has gone: through the command's
// response_url where there is one.
func (as *replies) sendLate(ctx context.Context, from origin, reply chat.Reply, hook string) {
	if model.IsValidId(hook) {
		if err := as.postToHook(ctx, hook, as.toCommand(ctx, from, reply)); err != nil {
			as.logUnanswered(from, err)
		}
		return
	}
	as.send(ctx, from, reply)
}

// postToHook uses a command's response_url: five times within 30 minutes. It goes
// to the server that the bot knows, whatever address the server has for itself.
func (as *replies) postToHook(ctx context.Context, hook string, answer model.CommandResponse) error {
	if answer.Text == "" && len(answer.Attachments) == 0 {
		return nil
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("answer a command: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, as.options.URL+"/hooks/commands/"+hook, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("answer a command: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := as.client.HTTPClient.Do(req)
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

// private shows messages to one person alone.
type private struct {
	*server
	channels *channels
	posts    *poster
	buttons  *buttons

	// ephemeralFrom is when the server is asked again, in Unix seconds, where it does
	// not let the bot make ephemeral posts.
	ephemeralFrom atomic.Int64
}

// ephemeralRetry is how long the server's refusal of ephemeral posts is remembered.
const ephemeralRetry = time.Hour

// show shows a message to one person alone: as an ephemeral post where the
// server lets the bot, else in their conversation.
func (p *private) show(ctx context.Context, from origin, m chat.Message) (ephemeral bool, err error) {
	r, err := p.render(from, m)
	if err != nil {
		return false, err
	}
	if len(r.files) == 0 && p.ephemeral(ctx, from, r) {
		return true, nil
	}
	return false, p.direct(ctx, from, m)
}

// render puts a reply into Mattermost's terms, for the person alone.
func (p *private) render(from origin, m chat.Message) (rendered, error) {
	if err := m.Check(); err != nil {
		return rendered{}, err
	}
	return render(m, p.buttons.at(place{channel: from.channel, thread: from.thread, direct: from.direct, person: from.user, ephemeral: true}))
}

// ephemeral makes an ephemeral post, if it may.
func (p *private) ephemeral(ctx context.Context, from origin, r rendered) bool {
	now := p.options.Clock()
	if from.direct || now.Unix() < p.ephemeralFrom.Load() {
		return false
	}
	post := &model.Post{ChannelId: from.channel, RootId: from.thread, Message: r.message}
	if len(r.attachments) > 0 {
		post.AddProp(model.PostPropsAttachments, r.attachments)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, resp, err := p.client.CreatePostEphemeral(ctx, &model.PostEphemeral{UserID: from.user, Post: post})
	if statusCode(resp) == http.StatusForbidden {
		p.ephemeralFrom.Store(now.Add(ephemeralRetry).Unix())
	}
	return err == nil
}

// direct answers in the person's conversation with the bot.
func (p *private) direct(ctx context.Context, from origin, m chat.Message) error {
	at, err := p.directPlace(ctx, from)
	if err != nil {
		return err
	}
	_, err = p.posts.send(ctx, at, m, model.StringInterface{propTo: from.id})
	if _, inWords := errors.AsType[*chat.InWords](err); inWords {
		return nil // they have what can be had
	}
	return err
}

// directPlace is the place in the person's conversation where they are answered.
func (p *private) directPlace(ctx context.Context, from origin) (place, error) {
	if from.direct {
		return place{channel: from.channel, thread: from.thread, direct: true, person: from.user}, nil
	}
	channel, err := p.channels.direct(ctx, p.personID(from.user))
	return place{channel: channel, direct: true, person: from.user}, err
}
