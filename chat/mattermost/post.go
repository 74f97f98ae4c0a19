package mattermost

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// Names of what the bot keeps with its posts. All who see a post can read them.
const (
	propKey   = "roundtable_key"   // a digest of the message's key
	propNonce = "roundtable_nonce" // what ties buttons to the post
	propTo    = "roundtable_to"    // what the post answers, by the Incoming's ID
	propForm  = "roundtable_form"  // a button on it opens a form
)

// maxFiles is how many files a post has: their ids have 26 characters and the list
// of them 300 (model.PostFileidsMaxRunes).
const maxFiles = 10

// poster writes posts and changes them.
type poster struct {
	*server
	channels *channels
	buttons  *buttons
	roots    *adapter.Cache[string, string] // the root of posts, by their ids; empty for roots themselves
}

// post is [Platform.Post].
func (p *poster) post(ctx context.Context, to chat.ChannelID, thread chat.PostID, m chat.Message) (chat.PostID, error) {
	if err := p.checkChannel(to); err != nil {
		return chat.PostID{}, fmt.Errorf("post: %w", err)
	}
	if thread != (chat.PostID{}) {
		if err := p.checkPost(to, thread); err != nil {
			return chat.PostID{}, fmt.Errorf("post: %w", err)
		}
	}
	if err := m.Check(); err != nil {
		return chat.PostID{}, fmt.Errorf("post: %w", err)
	}
	return p.send(ctx, place{channel: to.Channel, thread: thread.Message}, m, nil)
}

// direct is [Platform.Direct].
func (p *poster) direct(ctx context.Context, to chat.PersonID, m chat.Message) (chat.PostID, error) {
	if err := m.Check(); err != nil {
		return chat.PostID{}, fmt.Errorf("direct message: %w", err)
	}
	channel, err := p.channels.direct(ctx, to)
	if err != nil {
		return chat.PostID{}, fmt.Errorf("direct message: %w", err)
	}
	return p.send(ctx, place{channel: channel, direct: true, person: to.User}, m, nil)
}

// send posts a checked message with these props besides.
func (p *poster) send(ctx context.Context, at place, m chat.Message, props model.StringInterface) (chat.PostID, error) {
	at.nonce = newNonce()
	r, err := render(m, p.buttons.at(at))
	if err != nil {
		return chat.PostID{}, fmt.Errorf("post: %w", err)
	}
	up, err := p.upload(ctx, at.channel, r.files)
	if err != nil {
		return chat.PostID{}, err
	}
	if up.lacking != nil {
		if r, err = renderInWords(m, p.buttons.at(at), up.refused); err != nil {
			return chat.PostID{}, fmt.Errorf("post: %w", err)
		}
	}
	post, err := p.sendRendered(ctx, at, r, up.ids, m.Key, props)
	return post, cmp.Or(err, up.err())
}

// sendRendered posts a message in Mattermost's terms, with these files; an empty key is
// none.
func (p *poster) sendRendered(ctx context.Context, at place, r rendered, files []string, key string, props model.StringInterface) (chat.PostID, error) {
	me, err := p.bot(ctx)
	if err != nil {
		return chat.PostID{}, err
	}
	first := files[:min(len(files), maxFiles)]
	post := &model.Post{
		ChannelId: at.channel, RootId: at.thread, Message: r.message, FileIds: first,
		PendingPostId: pendingPostID(me.Id, at, key),
	}
	for name, value := range props {
		post.AddProp(name, value)
	}
	if key != "" {
		post.AddProp(propKey, shortHash(key))
	}
	if len(r.attachments) > 0 {
		post.AddProp(model.PostPropsAttachments, r.attachments)
	}
	if at.nonce != "" {
		post.AddProp(propNonce, at.nonce)
	}
	made, err := p.create(ctx, at, post)
	if err != nil {
		return chat.PostID{}, err
	}
	// A repeated post is the first one, with its nonce.
	if nonce, _ := made.GetProp(propNonce).(string); nonce == at.nonce {
		p.buttons.posts.Put(at.nonce, made.Id)
	}
	p.roots.Put(made.Id, made.RootId)
	if err := p.sendFiles(ctx, at.channel, made, files[len(first):]); err != nil {
		return chat.PostID{}, err
	}
	return p.postID(made.ChannelId, made.Id), nil
}

// errMayNotWrite is what the server says of a conversation for a moment after it
// has been opened from both sides at once (server 9.9).
var errMayNotWrite = errors.New("post: the server says that the bot may not write to the person")

// create makes a post. It tries again as long as errMayNotWrite may pass.
func (p *poster) create(ctx context.Context, at place, post *model.Post) (made *model.Post, err error) {
	retry := adapter.Retry{
		First: 50 * time.Millisecond, Longest: 2 * time.Second, Growth: 3.4, Exact: true, Tries: 5,
		Worth: func(err error) bool { return errors.Is(err, errMayNotWrite) },
	}
	err = retry.Do(ctx, func() error {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		created, resp, err := p.client.CreatePost(call, post)
		switch {
		case err == nil:
			made = created
			return nil
		case at.direct && statusCode(resp) == http.StatusForbidden:
			return errMayNotWrite
		}
		return p.channels.closed(ctx, at.channel, "post", resp, err)
	})
	return made, err
}

// sendFiles posts more files, by their ids, in the thread of a post.
func (p *poster) sendFiles(ctx context.Context, channel string, below *model.Post, files []string) error {
	root := below.RootId
	if root == "" {
		root = below.Id
	}
	for some := range slices.Chunk(files, maxFiles) {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		_, resp, err := p.client.CreatePost(call, &model.Post{ChannelId: channel, RootId: root, FileIds: some})
		cancel()
		if err != nil {
			return p.channels.closed(ctx, channel, "post files", resp, err)
		}
	}
	return nil
}

// keptProps are the props that an edit leaves as they are.
var keptProps = []string{propKey, propNonce, propTo, propForm, model.PostPropsFromBot}

// edit is [Platform.Edit].
func (p *poster) edit(ctx context.Context, id chat.PostID, m chat.Message) error {
	if err := p.checkPost(p.channelID(id.Channel), id); err != nil {
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
	r, err := render(m, p.buttons.at(at))
	if err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	fresh := slices.DeleteFunc(r.files, func(f file) bool {
		return old.Metadata != nil && slices.ContainsFunc(old.Metadata.Files, func(i *model.FileInfo) bool { return i.Name == f.name })
	})
	up, err := p.upload(ctx, old.ChannelId, fresh)
	if err != nil {
		return err
	}
	if up.lacking != nil {
		if r, err = renderInWords(m, p.buttons.at(at), up.refused); err != nil {
			return fmt.Errorf("edit: %w", err)
		}
	}
	props := model.StringInterface{}
	for _, name := range keptProps {
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
		return p.channels.closed(ctx, old.ChannelId, "edit", resp, err)
	}
	return cmp.Or(p.sendFiles(ctx, old.ChannelId, old, up.ids), up.err())
}

// own returns a post of the bot's own as it is now.
func (p *poster) own(ctx context.Context, id chat.PostID) (*model.Post, error) {
	me, err := p.bot(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	post, resp, err := p.client.GetPost(ctx, id.Message, "")
	switch {
	case err != nil:
		return nil, p.channels.closed(ctx, id.Channel, "look at a post", resp, err)
	case post.DeleteAt > 0 || post.ChannelId != id.Channel:
		return nil, fmt.Errorf("the post is not there: %w", chat.ErrGone)
	case post.UserId != me.Id:
		return nil, fmt.Errorf("the post is not the bot's own: %w", chat.ErrRefused)
	}
	return post, nil
}

// placeOf is where a post stands and who may press its buttons.
func (p *poster) placeOf(ctx context.Context, post *model.Post) (place, error) {
	at := place{channel: post.ChannelId, thread: post.RootId, post: post.Id}
	c, err := p.channels.get(ctx, post.ChannelId)
	if err != nil {
		return at, err
	}
	at.direct, at.person = c.direct, c.partner
	return at, nil
}

// delete deletes a post of the bot's own, if it can.
func (p *poster) delete(ctx context.Context, post string) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if resp, err := p.client.DeletePost(ctx, post); err != nil {
		p.options.Log.Warn("a button that has been used could not be taken away", "connection", p.options.Connection, "error", apiError("delete a post", resp, err))
	}
}

// rootOf returns the root of a reply's thread; empty for a root, or when the post
// can't be seen.
func (p *poster) rootOf(ctx context.Context, post string) string {
	if root, known := p.roots.Get(post); known {
		return root
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	found, _, err := p.client.GetPost(ctx, post, "")
	if err != nil {
		return ""
	}
	p.roots.Put(post, found.RootId)
	return found.RootId
}

// shortHash returns a digest of a text, such as a message's key, that stands for it
// where people could read it.
func shortHash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}

// pendingPostID is the id by which the server knows a post that is sent again within
// 30 seconds (app.PendingPostIDsCacheTTL).
func pendingPostID(bot string, at place, key string) string {
	if key == "" {
		return bot + ":" + newNonce()
	}
	return bot + ":" + shortHash(at.channel+"/"+at.thread+"/"+key)
}
