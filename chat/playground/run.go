package playground

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"roundtable/chat"
)

// answerTimeout bounds how long a handler's context lives; the contract gives
// it about a second.
const answerTimeout = 10 * time.Second

// Seen is what a person sees in answer to what they did.
type Seen struct {
	// ID is the one that the incoming thing has for the bot; empty when the
	// bot got nothing.
	ID string
	// Post is the message that the person wrote, when it stands somewhere.
	Post chat.PostID
	// Private is what the bot answered to the person alone; nil when nothing.
	// On a platform without Private it stands in their direct conversation.
	Private *Post
	// Form is the form that opened, or that is shown again; nil when none.
	Form *chat.Form
}

// pendingAct is an act on its way to the bot; outcome gets what comes of it and is
// nil when nobody waits.
type pendingAct struct {
	act     Act
	outcome chan<- outcome
}

type outcome struct {
	seen Seen
	err  error
}

// Run implements [chat.Platform]. Each thing is handled in a goroutine of its
// own, with a context that outlives ctx so that what has begun is finished; what
// is said, rewritten, deleted and reacted in a channel waits for what came there
// before it. It begins with what an earlier Run, in this process or before, left
// without an answer. It returns nil when the context has ended.
func (p *Platform) Run(ctx context.Context, handle chat.Handler) error {
	select {
	case <-p.running:
	default:
		return fmt.Errorf("playground: connection %s is running already", p.name)
	}
	defer func() { p.running <- struct{}{} }()
	p.enqueueUnanswered()
	var handlers sync.WaitGroup
	defer handlers.Wait()
	turns := map[chat.ChannelID]<-chan struct{}{} // of the last that was said in a channel
	for ctx.Err() == nil {
		for _, d := range p.dequeueAll() {
			before, done := turns[d.act.Channel], make(chan struct{})
			if d.act.isOrdered() {
				turns[d.act.Channel] = done
			} else {
				before = nil
			}
			handlers.Go(func() {
				defer close(done)
				if before != nil {
					<-before
				}
				ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTimeout)
				defer cancel()
				seen, err := p.answer(ctx, d.act, handle(ctx, p.incoming(d.act)))
				if d.outcome != nil {
					d.outcome <- outcome{seen, err}
				}
			})
		}
		select {
		case <-ctx.Done():
		case <-p.wake:
		}
	}
	return nil
}

// enqueueUnanswered puts into the queue what has no answer and is not there: what a
// process that died had begun, or what was answered in vain.
func (p *Platform) enqueueUnanswered() {
	p.chat.mu.Lock()
	defer p.chat.mu.Unlock()
	for _, id := range p.chat.state.unanswered {
		act := p.chat.state.acts[id]
		queued := slices.ContainsFunc(p.queue, func(d pendingAct) bool { return d.act.ID == id })
		if act.Channel.Connection == p.name && !queued {
			p.queue = append(p.queue, pendingAct{act: act})
		}
	}
}

// dequeueAll empties the queue.
func (p *Platform) dequeueAll() []pendingAct {
	p.chat.mu.Lock()
	defer p.chat.mu.Unlock()
	q := p.queue
	p.queue = nil
	return q
}

// enqueue puts an act into the queue and returns where its outcome comes. The
// caller holds the chat's lock, and has held it since the act was kept, so that
// no Run takes it up twice.
func (p *Platform) enqueue(act Act) <-chan outcome {
	answer := make(chan outcome, 1)
	p.queue = append(p.queue, pendingAct{act, answer})
	select {
	case p.wake <- struct{}{}:
	default:
	}
	return answer
}

// awaitOutcome waits for the bot's answer to an act. When the context ends first the
// act stays: the bot gets it, but nobody hears.
func awaitOutcome(ctx context.Context, act Act, answer <-chan outcome) (Seen, error) {
	select {
	case <-ctx.Done():
		return Seen{ID: act.ID, Post: act.Post}, fmt.Errorf("playground: no answer to %s: %w", act.ID, context.Cause(ctx))
	case o := <-answer:
		return o.seen, o.err
	}
}

// Redeliver delivers an act a second time, as platforms do when they did not hear
// the bot's acknowledgement, and returns what the person sees then.
func (c *Chat) Redeliver(ctx context.Context, id string) (Seen, error) {
	c.mu.Lock()
	act, ok := c.state.acts[id]
	if !ok {
		c.mu.Unlock()
		return Seen{}, impossible("nothing came with the ID %q", id)
	}
	if act.isForgotten() {
		c.mu.Unlock()
		return Seen{}, impossible("what came with the ID %q was edited or deleted, and is forgotten", id)
	}
	answer := c.platform(act.By.Connection).enqueue(act)
	c.mu.Unlock()
	return awaitOutcome(ctx, act, answer)
}

// incoming is the act as the bot gets it. Of the person it tells the name and
// the language, as platforms do; the rest has to be asked for.
func (p *Platform) incoming(a Act) chat.Incoming {
	p.chat.mu.Lock()
	who := p.chat.state.people[a.By]
	p.chat.mu.Unlock()
	in := chat.Incoming{
		ID:      a.ID,
		From:    chat.Person{ID: a.By, Name: who.Name, Language: who.Language},
		Channel: a.Channel,
		Thread:  a.Thread,
		What:    a.toChat(),
	}
	_, in.Direct = directPartner(a.Channel)
	return in
}

// answer shows the person what the bot replied. A reply that can't be shown is
// an error for the person who acts, since the handler can't be told.
func (p *Platform) answer(ctx context.Context, a Act, r chat.Reply) (Seen, error) {
	seen := Seen{ID: a.ID, Post: a.Post}
	call := Call{Connection: p.name, Method: "Reply", Channel: a.Channel, Person: a.By, Post: a.Thread}
	err := p.call(ctx, call, func(s *state) (changes []Change, err error) {
		changes, err = p.reply(s, a, r, &seen)
		return append(changes, Change{Answered: &Answer{Act: a.ID}}), err
	})
	if err != nil {
		seen.Private, seen.Form = nil, nil
	}
	if errors.Is(err, chat.ErrRefused) {
		// It would be refused again: it counts as answered.
		refused := Change{Answered: &Answer{Act: a.ID, Refused: err.Error()}}
		err = errors.Join(err, p.chat.update(func(*state) ([]Change, error) { return []Change{refused}, nil }))
	}
	return seen, err
}

// reply returns the changes that show the reply, and fills in what is seen.
func (p *Platform) reply(s *state, a Act, r chat.Reply, seen *Seen) (changes []Change, err error) {
	if r.Message != nil {
		if err := r.Message.Check(); err != nil {
			return nil, err
		}
		post := Post{Message: cloneMessage(*r.Message)}
		switch _, direct := directPartner(a.Channel); {
		case direct:
			post.ID, post.Root = p.chat.newPostID(a.Channel), a.Thread
		case p.capabilities.Private:
			post.ID, post.Root, post.To = p.chat.newPostID(a.Channel), a.Thread, a.By
		default:
			post.ID = p.chat.newPostID(Direct(a.By))
		}
		seen.Private = &post
		changes = append(changes, Change{Posted: &post})
	}
	open, isOpen := s.forms[a.By]
	sent := a.Filled != nil && isOpen && open.ID == a.Form
	if r.Form == nil {
		if sent {
			changes = append(changes, Change{FormClosed: &Closed{ID: open.ID, To: a.By}})
		}
		return changes, nil
	}
	if err := p.checkForm(a, *r.Form); err != nil {
		return nil, err
	}
	form := OpenForm{To: a.By, Channel: a.Channel, Thread: a.Thread, Form: cloneForm(*r.Form)}
	if sent {
		form.ID = open.ID
		restoreTyped(&form.Form, *a.Filled)
	} else {
		form.ID = p.chat.newID(len(changes) + 1)
	}
	seen.Form = &form.Form
	return append(changes, Change{FormShown: &form}), nil
}

// checkForm returns an error that says why a form can't be shown in answer to the
// act.
func (p *Platform) checkForm(a Act, f chat.Form) error {
	switch {
	case !p.capabilities.Forms:
		return fmt.Errorf("connection %s has no forms: %w", p.name, chat.ErrRefused)
	case a.Typed == nil && a.Pressed == nil && a.Filled == nil:
		return fmt.Errorf("a form opens only in answer to a command, a button or a form: %w", chat.ErrRefused)
	}
	return f.Check()
}
