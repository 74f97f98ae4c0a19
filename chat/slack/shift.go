package slack

import (
	"context"
	"fmt"
	"sync"
	"time"

	"roundtable/chat"
)

// shift is one Run: what comes in while it is on is handled, and it ends when
// all has been answered.
type shift struct {
	p      *Platform
	handle chat.Handler
	ctx    context.Context //nolint:containedctx // of the work that outlives each request: Run's, without its end

	mu   sync.Mutex
	over bool
	work sync.WaitGroup
}

// Run implements [chat.Platform]. It returns nil when the context has ended. What
// Slack sends while no Run is on is not acknowledged, so it comes again.
func (p *Platform) Run(ctx context.Context, handle chat.Handler) error {
	select {
	case <-p.running:
	default:
		return fmt.Errorf("slack: connection %s is running already", p.options.Connection)
	}
	defer func() { p.running <- struct{}{} }()
	s := &shift{p: p, handle: handle, ctx: context.WithoutCancel(ctx)}
	p.shift.Store(s)
	defer p.shift.CompareAndSwap(s, nil)
	defer p.http.CloseIdleConnections()

	// Sockets close only after the last answer: acknowledgements go over them.
	sockets, closeSockets := context.WithCancel(s.ctx)
	var open sync.WaitGroup
	if p.options.AppToken != "" {
		for range socketsAtOnce {
			open.Go(func() { p.keepSocket(sockets, s) })
		}
	}
	open.Go(func() { p.greet(ctx) })
	open.Go(func() { p.keepUp(ctx, s) })
	<-ctx.Done()
	s.end()
	closeSockets()
	open.Wait()
	return nil
}

// receive hands over one thing that came: its kind as Socket Mode names it, and
// its JSON. It returns false when the shift is over; otherwise ack gets an
// answer, in time for Slack. overSocket says that long answers get lost.
func (s *shift) receive(kind string, payload []byte, ack *answering, overSocket bool) bool {
	return s.begin(func() {
		defer ack.give(nil)
		var err error
		switch kind {
		case "events_api":
			err = s.event(payload, ack)
		case "slash_commands":
			err = s.command(payload, ack)
		case "interactive":
			err = s.interaction(payload, ack, overSocket)
		default:
			err = fmt.Errorf("nothing is known of what Slack calls %q", kind)
		}
		if err != nil {
			s.p.log.Warn("what came is not understood", "kind", kind, "error", err)
		}
	})
}

// acknowledged acknowledges after a while if nobody has by then.
func acknowledged(ack *answering, after time.Duration) (stop func() bool) {
	return time.AfterFunc(after, func() { ack.give(nil) }).Stop
}

// begin runs work that the shift waits for, unless the shift is over.
func (s *shift) begin(work func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return false
	}
	s.work.Go(work)
	return true
}

func (s *shift) end() {
	s.mu.Lock()
	s.over = true
	s.mu.Unlock()
	s.work.Wait()
}

// also runs more work for something whose own work is not yet done.
func (s *shift) also(work func()) { s.work.Go(work) }

// answering is how a thing that came gets its acknowledgement: the first body
// wins. A nil body acknowledges and says nothing more.
type answering struct {
	once sync.Once
	body chan []byte
}

func newAnswering() *answering { return &answering{body: make(chan []byte, 1)} }

// give answers, and says whether nobody had.
func (a *answering) give(body []byte) (won bool) {
	a.once.Do(func() {
		a.body <- body
		won = true
	})
	return won
}

// refuse leaves it to Slack to send the thing again: the body is closed.
func (a *answering) refuse() { a.once.Do(func() { close(a.body) }) }

// handled calls the handler for one thing, once however often it comes, and
// acknowledges when the handler has returned. When the same has come before, ok
// is false: it has been answered.
func (s *shift) handled(in chat.Incoming, ack *answering) (reply chat.Reply, ok bool) {
	defer ack.give(nil)
	return s.once(in)
}

// once calls the handler for one thing, once however often it comes.
func (s *shift) once(in chat.Incoming) (reply chat.Reply, ok bool) {
	a, first := s.p.seen.first(in.ID)
	if !first {
		<-a.handled
		return chat.Reply{}, false
	}
	defer close(a.handled)
	return s.ask(in), true
}

// ask calls the handler.
func (s *shift) ask(in chat.Incoming) chat.Reply {
	ctx, cancel := context.WithTimeout(s.ctx, handleTimeout)
	defer cancel()
	return s.handle(ctx, in)
}
