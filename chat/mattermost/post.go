package mattermost

import (
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

// Post implements [chat.Platform].
func (p *Platform) Post(ctx context.Context, to chat.ChannelID, thread chat.PostID, m chat.Message) (chat.PostID, error) {
	if err := p.reachable(to); err != nil {
		return chat.PostID{}, fmt.Errorf("post: %w", err)
	}
	if thread != (chat.PostID{}) {
		if err := p.within(to, thread); err != nil {
			return chat.PostID{}, fmt.Errorf("post: %w", err)
		}
	}
	if err := m.Check(); err != nil {
		return chat.PostID{}, fmt.Errorf("post: %w", err)
	}
	return p.send(ctx, place{channel: to.Channel, thread: thread.Message}, m, nil)
}

// Direct implements [chat.Platform].
func (p *Platform) Direct(ctx context.Context, to chat.PersonID, m chat.Message) (chat.PostID, error) {
	if err := m.Check(); err != nil {
		return chat.PostID{}, fmt.Errorf("direct message: %w", err)
	}
	channel, err := p.conversation(ctx, to)
	if err != nil {
		return chat.PostID{}, fmt.Errorf("direct message: %w", err)
	}
	return p.send(ctx, place{channel: channel, direct: true, person: to.User}, m, nil)
}

// reachable says whether a channel can be one of this connection's.
func (p *Platform) reachable(c chat.ChannelID) error {
	if c.Connection != p.o.Connection || !model.IsValidId(c.Channel) {
		return fmt.Errorf("no such channel on connection %s: %w", p.o.Connection, chat.ErrGone)
	}
	return nil
}

// within says whether a post can be in a channel.
func (p *Platform) within(in chat.ChannelID, post chat.PostID) error {
	if post.Connection != in.Connection || post.Channel != in.Channel || !model.IsValidId(post.Message) {
		return fmt.Errorf("no such post in the channel: %w", chat.ErrGone)
	}
	return nil
}

// send posts a checked message with these props besides.
func (p *Platform) send(ctx context.Context, at place, m chat.Message, props model.StringInterface) (chat.PostID, error) {
	at.nonce = newNonce()
	r, err := render(m, p.buttons(at))
	if err != nil {
		return chat.PostID{}, fmt.Errorf("post: %w", err)
	}
	return p.sendRendered(ctx, at, r, m.Key, props)
}

func (p *Platform) sendRendered(ctx context.Context, at place, r rendered, key string, props model.StringInterface) (chat.PostID, error) {
	me, err := p.self(ctx)
	if err != nil {
		return chat.PostID{}, err
	}
	first := r.files[:min(len(r.files), maxFiles)]
	ids, err := p.upload(ctx, at.channel, first)
	if err != nil {
		return chat.PostID{}, err
	}
	post := &model.Post{
		ChannelId: at.channel, RootId: at.thread, Message: r.message, FileIds: ids,
		PendingPostId: pending(me.Id, at, key),
	}
	for name, value := range props {
		post.AddProp(name, value)
	}
	if key != "" {
		post.AddProp(propKey, digest(key))
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
		p.known.put(at.nonce, made.Id)
	}
	p.roots.put(made.Id, made.RootId)
	if rest := r.files[len(first):]; len(rest) > 0 {
		if err := p.sendFiles(ctx, at.channel, made, rest); err != nil {
			return chat.PostID{}, err
		}
	}
	return p.postID(made.ChannelId, made.Id), nil
}

// patient are the pauses before a post to a person is tried again: for a moment
// after a conversation has been opened from both sides at once, the server says
// that the bot may not write there (server 9.9).
var patient = []time.Duration{50 * time.Millisecond, 150 * time.Millisecond, 500 * time.Millisecond, 2 * time.Second}

func (p *Platform) create(ctx context.Context, at place, post *model.Post) (*model.Post, error) {
	for try := 0; ; try++ {
		call, cancel := context.WithTimeout(ctx, callTimeout)
		made, resp, err := p.client.CreatePost(call, post)
		cancel()
		switch {
		case err == nil:
			return made, nil
		case !at.direct || status(resp) != http.StatusForbidden:
			return nil, failed("post", resp, err)
		case try == len(patient) || !sleep(ctx, patient[try]):
			return nil, errors.New("post: the server says that the bot may not write to the person")
		}
	}
}

// sendFiles posts more files in the thread of a post.
func (p *Platform) sendFiles(ctx context.Context, channel string, below *model.Post, files []file) error {
	root := below.RootId
	if root == "" {
		root = below.Id
	}
	for some := range slices.Chunk(files, maxFiles) {
		ids, err := p.upload(ctx, channel, some)
		if err != nil {
			return err
		}
		call, cancel := context.WithTimeout(ctx, callTimeout)
		_, resp, err := p.client.CreatePost(call, &model.Post{ChannelId: channel, RootId: root, FileIds: ids})
		cancel()
		if err != nil {
			return failed("post files", resp, err)
		}
	}
	return nil
}

// upload gives files to the server, in their order.
func (p *Platform) upload(ctx context.Context, channel string, files []file) (ids model.StringArray, err error) {
	for _, f := range files {
		call, cancel := context.WithTimeout(ctx, uploadTimeout)
		up, resp, err := p.client.UploadFile(call, f.data, channel, f.name)
		cancel()
		if err != nil {
			return nil, failed("upload a file", resp, err)
		}
		if len(up.FileInfos) != 1 {
			return nil, fmt.Errorf("upload a file: the server tells of %d files", len(up.FileInfos))
		}
		ids = append(ids, up.FileInfos[0].Id)
	}
	return ids, nil
}

// digest stands for a message's key where people could read it.
func digest(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}

// pending is the id by which the server knows a post that is sent again within 30
// seconds (app.PendingPostIDsCacheTTL).
func pending(bot string, at place, key string) string {
	if key == "" {
		return bot + ":" + newNonce()
	}
	return bot + ":" + digest(at.channel+"/"+at.thread+"/"+key)
}
