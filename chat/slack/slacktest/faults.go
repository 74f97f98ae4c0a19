package slacktest

import (
	"net/http"
	"time"
)

// Faults are what goes wrong on purpose. Shares are from 0 to 1.
type Faults struct {
	// Web API: shares of calls that are answered 429 (with Retry-After 1), 500
	// or 503, or never (the connection is cut after Hang). Of the 5xx and the
	// unanswered ones half have had their effect.
	TooMany, Server, Unanswered float64
	// Hang is how long an unanswered call hangs; 0 is 100 ms.
	Hang time.Duration
	// Only these methods suffer; nil for all but apps.connections.open.
	Methods map[string]bool
	// Slow delays every answer.
	Slow time.Duration

	// Socket Mode: shares of envelopes that are lost on the way, come twice, or
	// come late (after others).
	Lost, Doubled, Late float64
	// Acknowledgements that get lost, so that Slack delivers again.
	AcksLost float64
	// Delay of a late envelope, at most; 0 is 50 ms.
	Delay time.Duration
}

// Fail makes things go wrong from now on; the zero Faults mend all.
func (s *Slack) Fail(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Hang == 0 {
		f.Hang = 100 * time.Millisecond
	}
	if f.Delay == 0 {
		f.Delay = 50 * time.Millisecond
	}
	s.faults = f
}

// CutAfter lets so many more calls of the Web API through, uploads among them,
// and takes none after them: the connection is cut and nothing happens, as when
// the caller's process ends. A negative number mends it.
func (s *Slack) CutAfter(calls int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cut, s.left = calls >= 0, calls
}

// Reached says whether a call was cut since [Slack.CutAfter].
func (s *Slack) Reached() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cut && s.left < 0
}

// spend counts a call, and cuts it when no more are let through.
func (s *Slack) spend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.cut {
		return
	}
	s.left = max(s.left-1, -1)
	if s.left < 0 {
		panic(http.ErrAbortHandler)
	}
}

type fate int

const (
	well fate = iota
	tooManyCalls
	serverError
	unanswered
)

// plan says what becomes of a call, before and after its effect.
type plan struct{ before, after fate }

func (s *Slack) plan(name string) plan {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.faults
	if f.Methods == nil && name == "apps.connections.open" || f.Methods != nil && !f.Methods[name] {
		return plan{}
	}
	x, half := s.dice.Float64(), s.dice.IntN(2) == 0
	var what fate
	switch {
	case x < f.TooMany:
		return plan{before: tooManyCalls}
	case x < f.TooMany+f.Server:
		what = serverError
	case x < f.TooMany+f.Server+f.Unanswered:
		what = unanswered
	}
	if half {
		return plan{before: what}
	}
	return plan{after: what}
}

// suffer lets the fate happen; false when the call is over.
func (s *Slack) suffer(r *http.Request, w http.ResponseWriter, f fate) bool {
	s.mu.Lock()
	hang, slow := s.faults.Hang, s.faults.Slow
	s.mu.Unlock()
	switch f {
	case tooManyCalls:
		tooMany(w, time.Second)
		return false
	case serverError:
		w.WriteHeader(http.StatusServiceUnavailable)
		return false
	case unanswered:
		s.wait(r.Context(), hang)
		panic(http.ErrAbortHandler)
	case well:
	}
	return slow == 0 || s.wait(r.Context(), slow)
}
