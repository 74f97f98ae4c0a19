package mattermost

import (
	"context"
	"fmt"
	"slices"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// kept are the props that an edit leaves as they are.
var kept = []string{propKey, propNonce, propTo, propForm, model.PostPropsFromBot}

// Edit implements [chat.Platform]. The server keeps the files that a post has: new
// ones, by name, are posted in its thread.
func (p *Platform) Edit(ctx context.Context, id chat.PostID, m chat.Message) error {
	if err := p.within(p.channelID(id.Channel), id); err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	if err := m.Check(); err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	old, err := p.own(ctx, id)
	if err != nil {
		return err
	}
	at, err := p.placeOf(ctx, old)
	if err != nil {
		return err
	}
	r, err := render(m, p.buttons(at))
	if err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	props := model.StringInterface{}
	for _, name := range kept {
		if value, ok := old.GetProps()[name]; ok {
			props[name] = value
		}
	}
	if len(r.attachments) > 0 {
		props[model.PostPropsAttachments] = r.attachments
	}
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if _, resp, err := p.client.PatchPost(call, old.Id, &model.PostPatch{Message: &r.message, Props: &props}); err != nil {
		return failed("edit", resp, err)
	}
	fresh := slices.DeleteFunc(r.files, func(f file) bool {
		return old.Metadata != nil && slices.ContainsFunc(old.Metadata.Files, func(i *model.FileInfo) bool { return i.Name == f.name })
	})
	if len(fresh) == 0 {
		return nil
	}
	return p.sendFiles(ctx, old.ChannelId, old, fresh)
}

// own returns a post of the bot's own as it is now.
func (p *Platform) own(ctx context.Context, id chat.PostID) (*model.Post, error) {
	me, err := p.self(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	post, resp, err := p.client.GetPost(ctx, id.Message, "")
	switch {
	case err != nil:
		return nil, failed("look at a post", resp, err)
	case post.DeleteAt > 0 || post.ChannelId != id.Channel:
		return nil, fmt.Errorf("the post is not there: %w", chat.ErrGone)
	case post.UserId != me.Id:
		return nil, fmt.Errorf("the post is not the bot's own: %w", chat.ErrRefused)
	}
	return post, nil
}

// placeOf is where a post stands and who may press its buttons.
func (p *Platform) placeOf(ctx context.Context, post *model.Post) (place, error) {
	at := place{channel: post.ChannelId, thread: post.RootId, post: post.Id}
	c, err := p.channel(ctx, post.ChannelId)
	if err != nil {
		return at, err
	}
	at.direct, at.person = c.direct, c.with
	return at, nil
}

// withdraw takes a post of the bot's own away, if it can.
func (p *Platform) withdraw(ctx context.Context, post string) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if resp, err := p.client.DeletePost(ctx, post); err != nil {
		p.o.Log.Warn("a button that has been used could not be taken away", "connection", p.o.Connection, "error", failed("delete a post", resp, err))
	}
}
