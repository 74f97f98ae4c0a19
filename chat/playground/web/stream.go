package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"roundtable/chat"
)

const (
	// heartbeat is how often a silent stream says that it lives.
	heartbeat = 15 * time.Second
	// writeTimeout bounds how long a page may take to take in what it is told.
	// One that doesn't comes back by itself and goes on where it was.
	writeTimeout = 10 * time.Second
	// reconnectMillis is how long a page waits before it comes back.
	reconnectMillis = 1000
)

// serveStream tells a page what happens, from a number on, as server-sent events.
func (p *Page) serveStream(w http.ResponseWriter, r *http.Request) {
	at, ok := p.viewpointOf(w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	after, err := strconv.ParseInt(q.Get("after"), 10, 64)
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		after, err = strconv.ParseInt(last, 10, 64)
	}
	if err != nil {
		http.Error(w, "After which number?", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	s := &streamer{w: w, to: http.NewResponseController(w)}
	if q.Get("epoch") != p.model.epoch() || after > p.model.lastSeq() {
		// Another chat, after the server was started again: begin anew.
		_ = s.write([]byte("data: {\"kind\":\"reload\"}\n\n")) // whoever asked may be gone
		return
	}
	if s.write(fmt.Appendf(nil, "retry: %d\n\n", reconnectMillis)) == nil {
		me := p.listeners.add(r)
		defer p.listeners.remove(me)
		p.follow(r.Context(), s, at.who, languageOf(r), after, me.tooMany)
	}
}

// follow tells everything after a number, until the page goes or falls behind.
func (p *Page) follow(ctx context.Context, s *streamer, who chat.PersonID, lang string, after int64, tooMany <-chan struct{}) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var batch []byte
	_, seen, _ := p.model.since(after, who)
	for {
		updates, signalled, updated := p.model.since(after, who)
		batch = p.appendSignals(batch[:0], seen, signalled)
		seen = signalled
		for _, u := range updates {
			text, err := p.render.event(u, who, lang)
			if err != nil {
				p.options.Log.Error("event not told", "error", err)
				continue
			}
			batch = append(batch, text...)
			after = u.seq
		}
		if len(batch) > 0 {
			if s.write(batch) != nil {
				return
			}
			if !isClosed(tooMany) {
				continue
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tooMany:
			_ = s.write([]byte("data: {\"kind\":\"too-many\"}\n\n")) // the page says so, and waits until somebody comes back to it
			return
		case <-updated:
		case <-beat.C:
			if s.write([]byte(": \n\n")) != nil {
				return
			}
		}
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// appendSignals adds what has happened beside the chat.
func (p *Page) appendSignals(batch []byte, before, now signals) []byte {
	if now.clock != before.clock {
		batch = fmt.Appendf(batch, "data: {\"kind\":\"clock\",\"now\":%d}\n\n", p.options.Clock.Now().UnixMilli())
	}
	if now.people != before.people {
		batch = append(batch, "data: {\"kind\":\"people\"}\n\n"...)
	}
	return batch
}

// streamer writes with a deadline and at once.
type streamer struct {
	w  http.ResponseWriter
	to *http.ResponseController
}

func (s *streamer) write(b []byte) error {
	// A server without deadlines, as in tests, is no reason not to write.
	_ = s.to.SetWriteDeadline(time.Now().Add(writeTimeout)) //nolint:forbidigo // a deadline on the wire is in real time
	if _, err := s.w.Write(b); err != nil {                 //nolint:gosec // events whose HTML the templates escaped
		return err
	}
	return s.to.Flush()
}
