package mattermost

import (
	"maps"
	"sync"
	"time"
)

// dialogs remembers which dialogs have been sent, so that each is taken once, and
// the state that a form was given when it was shown again: a dialog keeps the one
// that it was opened with. Both are forgotten when the program ends; then the
// journal knows what it has taken. Safe for concurrent use.
type dialogs struct {
	mu   sync.Mutex
	sent map[string]sent
}

type sent struct {
	closed bool // sent, or on its way
	state  string
	until  time.Time
}

func newDialogs() *dialogs { return &dialogs{sent: map[string]sent{}} }

// claim begins to take a dialog and returns its state by now.
func (d *dialogs) claim(nonce, state string, until, now time.Time) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, known := d.sent[nonce]
	if !known {
		if len(d.sent)%1000 == 999 {
			maps.DeleteFunc(d.sent, func(_ string, s sent) bool { return now.After(s.until) })
		}
		s = sent{state: state, until: until}
	}
	if s.closed {
		return "", errUsed
	}
	s.closed = true
	d.sent[nonce] = s
	return s.state, nil
}

// again lets a dialog be sent once more, with this state.
func (d *dialogs) again(nonce, state string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.sent[nonce]
	s.closed, s.state = false, state
	d.sent[nonce] = s
}

// finish lets the state go; that the dialog was sent is remembered.
func (d *dialogs) finish(nonce string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.sent[nonce]
	s.state = ""
	d.sent[nonce] = s
}
