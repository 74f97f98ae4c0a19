package slack

import (
	"context"
	"fmt"
	"sync"
	"time"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// run is one Run: what comes in while it is on is handled, and it ends when all has
// been answered.
type run struct {
	*adapter.Run
	p   *Platform
	ctx context.Context //nolint:containedctx // of the work that outlives each request: Run's, without its end
}

// Run implements [chat.Platform]. It returns nil when the context has ended. What
// Slack sends while no Run is on is not acknowledged, so it comes again.
func (p *Platform) Run(ctx context.Context, handle chat.Handler) error {
	life, err := p.lifecycle.Start(handle)
	if err != nil {
		return fmt.Errorf("slack: connection %s: %w", p.options.Connection, err)
	}
	defer life.End()
	s := &run{Run: life, p: p, ctx: context.WithoutCancel(ctx)}
	p.run.Store(s)
	defer p.run.CompareAndSwap(s, nil)
	defer p.api.CloseIdle()

	// Sockets close only after the last answer: acknowledgements go over them.
	sockets, closeSockets := context.WithCancel(s.ctx)
	var open sync.WaitGroup
	if p.options.AppToken != "" {
		for range socketsAtOnce {
			open.Go(func() { p.sockets.keep(sockets, s) })
		}
	}
	open.Go(func() { p.self.greet(ctx) })
	open.Go(func() { p.catchUpAfterOutages(ctx, s) })
	<-ctx.Done()
	life.Drain()
	closeSockets()
	open.Wait()
	return nil
}

// receive hands over one thing that came: its kind as Socket Mode names it, and
// its JSON. It returns false when the run is over; otherwise ack gets an
// answer, in time for Slack. overSocket says that long answers get lost.
func (r *run) receive(kind string, payload []byte, ack *acknowledgement, overSocket bool) bool {
	return r.Go(func() {
		defer ack.send(nil)
		var err error
		switch kind {
		case "events_api":
			err = r.event(payload, ack)
		case "slash_commands":
			err = r.command(payload, ack)
		case "interactive":
			err = r.interaction(payload, ack, overSocket)
		default:
			err = fmt.Errorf("nothing is known of what Slack calls %q", kind)
		}
		if err != nil {
			r.p.options.Log.Warn("what came is not understood", "kind", kind, "error", err)
		}
	})
}

// acknowledgement is how a thing that came gets its acknowledgement: the first body
// wins. A nil body acknowledges and says nothing more.
type acknowledgement struct {
	once sync.Once
	body chan []byte
}

func newAcknowledgement() *acknowledgement { return &acknowledgement{body: make(chan []byte, 1)} }

// send answers, and says whether nobody had.
func (a *acknowledgement) send(body []byte) (won bool) {
	a.once.Do(func() {
		a.body <- body
		won = true
	})
	return won
}

// sendAfter acknowledges after a while if nobody has by then.
func (a *acknowledgement) sendAfter(after time.Duration) (stop func() bool) {
	return time.AfterFunc(after, func() { a.send(nil) }).Stop
}

// refuse leaves it to Slack to send the thing again, or to say that it went wrong: the
// body is closed. It says whether nobody had answered.
func (a *acknowledgement) refuse() (won bool) {
	a.once.Do(func() {
		close(a.body)
		won = true
	})
	return won
}

// dispatch calls the handler for one thing, once however often it comes, and
// acknowledges when the handler has returned. When the same has come before, ok
// is false: it has been answered.
func (r *run) dispatch(in chat.Incoming, ack *acknowledgement) (reply chat.Reply, ok bool) {
	defer ack.send(nil)
	return r.once(in)
}

// once calls the handler for one thing, once however often it comes.
func (r *run) once(in chat.Incoming) (reply chat.Reply, ok bool) {
	ok = r.p.arrivals.Once(in.ID, func() { reply = r.ask(in) })
	return reply, ok
}

// ask calls the handler.
func (r *run) ask(in chat.Incoming) chat.Reply {
	ctx, cancel := context.WithTimeout(r.ctx, handleTimeout)
	defer cancel()
	return r.Handle(ctx, in)
}
