package mattermost

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"roundtable/chat"
)

// How long the server's request waits for an answer before it goes another way
// (the server gives up after OutgoingIntegrationRequestsTimeout, 30 s by default,
// and lets forms be opened as long), and how long a handler's context lives.
const (
	waitForAnswer = 10 * time.Second
	answerWithin  = 30 * time.Second
)

var errRunning = errors.New("mattermost: this connection is running already")

// shift is the time between Run's beginning and its end. What has begun within it
// is finished before Run returns.
type shift struct {
	mu     sync.Mutex
	handle chat.Handler // nil outside the shift
	work   *sync.WaitGroup
	lanes  map[string][]func()
	// wait is how long ask waits; zero for waitForAnswer.
	wait time.Duration
}

func (s *shift) open(handle chat.Handler) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.handle != nil || s.work != nil {
		return errRunning
	}
	s.handle, s.work, s.lanes = handle, &sync.WaitGroup{}, map[string][]func(){}
	return nil
}

// close lets nothing more begin and waits for what has begun.
func (s *shift) close() {
	s.mu.Lock()
	s.handle = nil
	work := s.work
	s.mu.Unlock()
	work.Wait()
	s.mu.Lock()
	s.work = nil
	s.mu.Unlock()
}

// begin returns the handler, and what must be called when all is done; ok is false
// outside a shift.
func (s *shift) begin() (handle chat.Handler, done func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.handle == nil {
		return nil, nil, false
	}
	s.work.Add(1)
	return s.handle, sync.OnceFunc(s.work.Done), true
}

// also does something more, in a goroutine that the shift waits for. The caller is
// part of the shift itself.
func (s *shift) also(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.work.Go(do)
}

// inOrder does things of one lane one after the other, in the order in which they
// were given. The caller is part of the shift.
func (s *shift) inOrder(lane string, do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	queue, busy := s.lanes[lane]
	s.lanes[lane] = append(queue, do)
	if !busy {
		s.work.Go(func() { s.drain(lane) })
	}
}

func (s *shift) drain(lane string) {
	for {
		s.mu.Lock()
		queue := s.lanes[lane]
		if len(queue) == 0 {
			delete(s.lanes, lane)
			s.mu.Unlock()
			return
		}
		s.lanes[lane] = queue[1:]
		s.mu.Unlock()
		queue[0]()
	}
}

// ask gives something to the handler and waits for its reply for a while. A reply
// that takes longer goes to late.
func (s *shift) ask(ctx context.Context, handle chat.Handler, in chat.Incoming, late func(context.Context, chat.Reply)) (chat.Reply, bool) {
	replied, left := make(chan chat.Reply), make(chan struct{})
	s.also(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerWithin)
		defer cancel()
		r := handle(ctx, in)
		select {
		case replied <- r:
		case <-left:
			late(context.WithoutCancel(ctx), r)
		}
	})
	timer := time.NewTimer(cmp.Or(s.wait, waitForAnswer))
	defer timer.Stop()
	select {
	case r := <-replied:
		return r, true
	case <-timer.C:
		close(left)
		return chat.Reply{}, false
	}
}
