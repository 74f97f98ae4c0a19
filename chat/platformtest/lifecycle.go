package platformtest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/chat"
)

// inBackground lets somebody act while the test goes on; the harness may wait for the
// bot's answer. It returns how to wait for the act's end.
func (p *fixture) inBackground(act func() error) (wait func()) {
	done := make(chan error, 1)
	go func() { done <- act() }()
	return func() { p.t.Helper(); p.must(<-done) }
}

func runEnds(t *testing.T, p *fixture) {
	begun, release := make(chan struct{}), make(chan struct{})
	var finished atomic.Bool
	stop := p.start(func(ctx context.Context, _ chat.Incoming) chat.Reply {
		close(begun)
		<-release
		if ctx.Err() != nil {
			t.Error("the handler's context ended with Run's")
		}
		finished.Store(true)
		m := chat.Say("answered")
		return chat.Reply{Message: &m}
	})
	wait := p.inBackground(func() error { return p.Type(p.ctx, p.one, p.here, "help") })
	select {
	case <-begun:
	case <-p.ctx.Done():
		t.Fatal("nothing came")
	}
	stopped := make(chan struct{})
	go func() {
		stop()
		if !finished.Load() {
			t.Error("Run returned before the handler")
		}
		close(stopped)
	}()
	time.Sleep(20 * time.Millisecond) // a Run that does not wait has returned by now
	close(release)
	select {
	case <-stopped:
	case <-p.ctx.Done():
		t.Fatal("Run does not return")
	}
	wait()
	p.expectAnswer(p.one, "answered")
}

func runAgain(_ *testing.T, p *fixture) {
	p.start(func(context.Context, chat.Incoming) chat.Reply { return chat.Reply{} })()
	c := p.run(nil)
	p.must(p.Type(p.ctx, p.one, p.here, "help"))
	c.expect(chat.Incoming{From: chat.Person{ID: p.one}, Channel: p.here, What: chat.Typed{Text: "help"}})
}

func handlesConcurrently(t *testing.T, p *fixture) {
	var both sync.WaitGroup
	both.Add(2)
	stop := p.start(func(context.Context, chat.Incoming) chat.Reply {
		both.Done()
		both.Wait() // one alone never ends
		return chat.Reply{}
	})
	defer stop()
	first := p.inBackground(func() error { return p.Type(p.ctx, p.one, p.here, "help") })
	second := p.inBackground(func() error { return p.Type(p.ctx, p.other, p.here, "help") })
	met := make(chan struct{})
	go func() { both.Wait(); close(met) }()
	select {
	case <-met:
	case <-p.ctx.Done():
		both.Add(-1) // let the handler go
		t.Error("two handlers never ran at the same time")
	}
	first()
	second()
}
