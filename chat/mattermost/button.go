package mattermost

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// sealedIn is the key of a button's context that holds what is sealed.
const sealedIn = "roundtable"

// press is what a button means, sealed in the context that the server keeps for
// it and shows nobody. It works on one post only: the one named, or, since a
// post's id isn't known before it is posted, the one whose props hold the nonce.
// Ephemeral posts are kept nowhere: their buttons are bound to the person.
type press struct {
	Action string `json:"a,omitempty"`
	Value  string `json:"v,omitempty"`
	Draft  *draft `json:"f,omitempty"` // opens a form instead,
	Back   *back  `json:"b,omitempty"` // which comes back to here

	Person    string `json:"u,omitempty"` // empty: anybody
	Channel   string `json:"c"`
	Thread    string `json:"r,omitempty"`
	Direct    bool   `json:"d,omitempty"`
	Post      string `json:"p,omitempty"`
	Nonce     string `json:"n,omitempty"`
	Ephemeral bool   `json:"e,omitempty"`
	Expires   int64  `json:"x"` // Unix seconds
}

// back is where a form belongs that is opened from another place.
type back struct {
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

// buttons makes the actions of posts at a place; nil when the server can't reach
// the bot.
func (p *Platform) buttons(at place) func(chat.Button) (*model.PostAction, error) {
	if p.o.PublicURL == "" {
		return nil
	}
	return func(b chat.Button) (*model.PostAction, error) {
		return p.action(at, b, press{Action: b.Action, Value: b.Value}, buttonLife)
	}
}

func (p *Platform) action(at place, b chat.Button, is press, life time.Duration) (*model.PostAction, error) {
	is.Person, is.Channel, is.Thread, is.Direct = at.person, at.channel, at.thread, at.direct
	is.Post, is.Nonce, is.Ephemeral = at.post, at.nonce, at.ephemeral
	is.Expires = p.o.Clock().Add(life).Unix()
	sealed, err := seal(p.seals.button, is)
	if err != nil {
		return nil, err
	}
	style := "default"
	if b.Primary {
		style = "primary"
	}
	return &model.PostAction{
		Type: model.PostActionTypeButton, Name: label(b.Label), Style: style,
		Integration: &model.PostActionIntegration{URL: p.callback(pathAction), Context: map[string]any{sealedIn: sealed}},
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

// unsealPress checks what a pressed button sent back.
func (p *Platform) unsealPress(ctx context.Context, r *model.PostActionIntegrationRequest) (press, error) {
	var is press
	sealed, _ := r.Context[sealedIn].(string)
	if unseal(p.seals.button, sealed, &is) != nil {
		return press{}, errForged
	}
	switch {
	case is.Channel != r.ChannelId:
		return press{}, errElsewhere
	case is.Person != "" && is.Person != r.UserId:
		return press{}, errOther
	case p.o.Clock().Unix() > is.Expires:
		return press{}, errExpired
	}
	return is, p.standsOn(ctx, is, r.PostId)
}

// standsOn checks that a button stands on a post.
func (p *Platform) standsOn(ctx context.Context, is press, post string) error {
	switch {
	case is.Ephemeral && is.Person != "":
		return nil
	case is.Post != "":
		if is.Post != post {
			return errElsewhere
		}
		return nil
	}
	if on, known := p.known.get(is.Nonce); known {
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
	me, err := p.self(ctx)
	if err != nil {
		return err
	}
	found, resp, err := p.client.GetPost(ctx, post, "")
	if err != nil {
		if err = failed("look at a button's post", resp, err); errors.Is(err, chat.ErrGone) {
			return errElsewhere
		}
		return err
	}
	if nonce, _ := found.GetProp(propNonce).(string); found.UserId != me.Id || nonce != is.Nonce || nonce == "" {
		return errElsewhere
	}
	p.known.put(is.Nonce, post)
	return nil
}

// newNonce is a text that nobody guesses.
func newNonce() string { return rand.Text() }
