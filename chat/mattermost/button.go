package mattermost

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// contextKey is the key of a button's context that holds its payload.
const contextKey = "roundtable"

// buttonPayload is what a button means, encrypted in the context that the server
// keeps for it and shows nobody. It works on one post only: the one named, or,
// since a post's id isn't known before it is posted, the one whose props hold the
// nonce. Ephemeral posts are kept nowhere: their buttons are bound to the person.
type buttonPayload struct {
	Action   string    `json:"a,omitempty"`
	Value    string    `json:"v,omitempty"`
	Scope    string    `json:"s,omitempty"`
	Draft    *draft    `json:"f,omitempty"` // opens a form instead,
	ReturnTo *returnTo `json:"b,omitempty"` // which comes back to here

	Person    string `json:"u,omitempty"` // empty: anybody
	Channel   string `json:"c"`
	Thread    string `json:"r,omitempty"`
	Direct    bool   `json:"d,omitempty"`
	Post      string `json:"p,omitempty"`
	Nonce     string `json:"n,omitempty"`
	Ephemeral bool   `json:"e,omitempty"`
	Expires   int64  `json:"x"` // Unix seconds
}

// returnTo is where a form belongs that is opened from another place.
type returnTo struct {
	Channel string `json:"c"`
	Thread  string `json:"r,omitempty"`
	Direct  bool   `json:"d,omitempty"`
}

// place is where a post of the bot's stands and for whom.
type place struct {
	channel, thread string
	direct          bool
	person          string // the only one who may press; empty: anybody
	post, nonce     string // one of them, unless the post is ephemeral
	ephemeral       bool
}

// buttons makes what is pressed, and checks what comes back when it is. It is safe
// for concurrent use.
type buttons struct {
	*server
	cipher cipher.AEAD
	posts  *adapter.Cache[string, string] // the post that a nonce stands on
}

// at makes the actions of posts at a place; nil when the server can't reach
// the bot.
func (bs *buttons) at(at place) func(chat.Button) (*model.PostAction, error) {
	if bs.options.PublicURL == "" {
		return nil
	}
	return func(b chat.Button) (*model.PostAction, error) {
		return bs.action(at, b, buttonPayload{Action: b.Action, Value: b.Value, Scope: b.Scope}, buttonLifetime)
	}
}

// action makes one button, which works for so long.
func (bs *buttons) action(at place, b chat.Button, payload buttonPayload, life time.Duration) (*model.PostAction, error) {
	payload.Person, payload.Channel, payload.Thread, payload.Direct = at.person, at.channel, at.thread, at.direct
	payload.Post, payload.Nonce, payload.Ephemeral = at.post, at.nonce, at.ephemeral
	payload.Expires = bs.options.Clock().Add(life).Unix()
	encrypted, err := encrypt(bs.cipher, payload)
	if err != nil {
		return nil, err
	}
	style := "default"
	if b.Primary {
		style = "primary"
	}
	return &model.PostAction{
		Type: model.PostActionTypeButton, Name: plainLabel(b.Label), Style: style,
		Integration: &model.PostActionIntegration{URL: bs.callbackURL(pathAction), Context: map[string]any{contextKey: encrypted}},
	}, nil
}

// Reasons for which what comes back is refused.
var (
	errForged    = errors.New("forged")
	errElsewhere = errors.New("used elsewhere")
	errOther     = errors.New("another person's")
	errExpired   = errors.New("expired")
	errUsed      = errors.New("used already")
)

// decode checks what a pressed button sent back.
func (bs *buttons) decode(ctx context.Context, r *model.PostActionIntegrationRequest) (buttonPayload, error) {
	var payload buttonPayload
	encrypted, _ := r.Context[contextKey].(string)
	if decrypt(bs.cipher, encrypted, &payload) != nil {
		return buttonPayload{}, errForged
	}
	switch {
	case payload.Channel != r.ChannelId:
		return buttonPayload{}, errElsewhere
	case payload.Person != "" && payload.Person != r.UserId:
		return buttonPayload{}, errOther
	case bs.options.Clock().Unix() > payload.Expires:
		return buttonPayload{}, errExpired
	}
	return payload, bs.verifyPost(ctx, payload, r.PostId)
}

// verifyPost checks that a button stands on a post.
func (bs *buttons) verifyPost(ctx context.Context, payload buttonPayload, post string) error {
	switch {
	case payload.Ephemeral && payload.Person != "":
		return nil
	case payload.Post != "":
		if payload.Post != post {
			return errElsewhere
		}
		return nil
	}
	if on, known := bs.posts.Get(payload.Nonce); known {
		if on != post {
			return errElsewhere
		}
		return nil
	}
	if !model.IsValidId(post) {
		return errElsewhere
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, err := bs.bot(ctx)
	if err != nil {
		return err
	}
	found, resp, err := bs.client.GetPost(ctx, post, "")
	if err != nil {
		if err = apiError("look at a button's post", resp, err); errors.Is(err, chat.ErrGone) {
			return errElsewhere
		}
		return err
	}
	if nonce, _ := found.GetProp(propNonce).(string); found.UserId != me.Id || nonce != payload.Nonce || nonce == "" {
		return errElsewhere
	}
	bs.posts.Put(payload.Nonce, post)
	return nil
}

// newNonce is a text that nobody guesses.
func newNonce() string { return rand.Text() }
