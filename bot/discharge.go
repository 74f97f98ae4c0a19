package bot

import (
	"context"
	"errors"

	"roundtable/benchmark"
)

// do discharges one duty: begun, looked for if it was begun before, done.
func (c *Courier) do(ctx context.Context, t *Table, d benchmark.Duty) error {
	switch d.Kind {
	case benchmark.CloseDuty:
		return c.decide(ctx, t, benchmark.CloseRound{Round: d.Round})
	case benchmark.PublishDuty:
		return c.decide(ctx, t, benchmark.PublishRound{Round: d.Round})
	}
	var to recipient
	var render func() (Message, error)
	t.Read(func(n *benchmark.Network) {
		to = c.recipient(n, d)
		render = c.compose(n, d)
	})
	m, err := render()
	if err != nil {
		return err
	}
	m.Key = d.Key
	if err := c.decide(ctx, t, benchmark.BeginDuty{Duty: d}); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	post, err := to.deliver(ctx, d, m)
	switch {
	case errors.Is(err, ErrGone):
		return c.decide(ctx, t, benchmark.DropDuty{Duty: d, Why: "gone"})
	case errors.Is(err, ErrRefused):
		c.log.Error("message refused by the platform", "duty_kind", string(d.Kind), "error", err)
		return c.decide(ctx, t, benchmark.DropDuty{Duty: d, Why: "refused"})
	case err != nil:
		return err
	}
	return c.decide(ctx, t, benchmark.FinishDuty{Duty: d, Post: post})
}

func (c *Courier) decide(ctx context.Context, t *Table, intent benchmark.Intent) error {
	_, err := t.Do(ctx, benchmark.Actor{}, intent)
	if err != nil {
		return &journalError{err}
	}
	return nil
}

// recipient is a channel or a person, on the platform that reaches them.
type recipient struct {
	platform Platform
	channel  ChannelID
	person   PersonID
}

func (c *Courier) recipient(n *benchmark.Network, d benchmark.Duty) recipient {
	if d.Seat != "" {
		s, _ := n.Seat(d.Seat)
		return recipient{platform: c.platforms[s.Connection], channel: ChannelID{s.Connection, s.Channel}}
	}
	p, _ := n.Participant(d.Participant)
	a := p.Address
	return recipient{platform: c.platforms[a.Connection], person: PersonID{a.Connection, a.User}}
}

// deliver edits what stands, finds what was sent before a crash, or sends. It
// returns where the post stands in a channel; nothing for private ones, since
// that would say who somebody is.
func (r recipient) deliver(ctx context.Context, d benchmark.Duty, m Message) (benchmark.Post, error) {
	if d.Edit != (benchmark.Post{}) {
		return d.Edit, r.platform.Edit(ctx, PostID(d.Edit), m)
	}
	if r.person != (PersonID{}) {
		if d.Begun {
			if _, found, err := r.platform.FindDirect(ctx, r.person, m.Key); found || err != nil {
				return benchmark.Post{}, err
			}
		}
		_, err := r.platform.Direct(ctx, r.person, m)
		return benchmark.Post{}, err
	}
	if d.Begun {
		post, found, err := r.platform.Find(ctx, r.channel, m.Key)
		if err != nil {
			return benchmark.Post{}, err
		}
		if found {
			return benchmark.Post(post), r.refresh(ctx, d, post, m)
		}
	}
	post, err := r.platform.Post(ctx, r.channel, PostID(d.Thread), m)
	return benchmark.Post(post), err
}

// refresh brings a post that was found after a crash up to date, if it is of a
// kind that changes.
func (r recipient) refresh(ctx context.Context, d benchmark.Duty, post PostID, m Message) error {
	if d.Revision <= 1 {
		return nil
	}
	return r.platform.Edit(ctx, post, m)
}
