package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

// socketsAtOnce is how many sockets are open: Slack takes one away every few
// hours, and gives what it has to say to any that is open.
const socketsAtOnce = 2

// Pauses between tries to open a socket, and how long one that Slack is taking
// away is still read.
const (
	firstRetry   = 500 * time.Millisecond
	longestRetry = time.Minute
	// unwantedRetry is the least pause where Slack wants no other socket.
	unwantedRetry = time.Minute
	lingering     = 30 * time.Second
	// dialTimeout bounds one try to open a socket.
	dialTimeout = 15 * time.Second
	// soundAfter is how long a socket lives that has nothing wrong with it.
	soundAfter = 5 * time.Second
)

// errRefresh says that Slack wants the socket to be replaced, errCut that it was
// open and broke, errDropped that Slack has closed it for a reason that the bot doesn't
// know; errLinkDisabled that Socket Mode was switched off, and
// errTooManySockets that others of the app are open.
var (
	errCut            = errors.New("the socket was cut")
	errDropped        = errors.New("slack has closed the socket")
	errRefresh        = errors.New("slack wants a new socket")
	errTooManySockets = errors.New("the app has too many sockets open: another bot runs with the same app token")
	errLinkDisabled   = errors.New(`slack has switched off Socket Mode; switch it on at the app's page "Socket Mode"`)
)

// sockets are the open ones of Socket Mode. Safe for concurrent use.
type sockets struct {
	api     *webapi.Client
	log     *slog.Logger
	clock   func() time.Time
	monitor *connectionMonitor

	open    atomic.Int64
	mu      sync.Mutex
	lastErr error // why the last socket was lost
}

// keep keeps one socket open until the context ends, and returns when all
// that came over it has been acknowledged.
func (s *sockets) keep(ctx context.Context, r *run) {
	var old sync.WaitGroup
	defer old.Wait()
	retry := adapter.Retry{First: s.api.Scaled(firstRetry), Longest: s.api.Scaled(longestRetry), Pause: func(err error, pause time.Duration) time.Duration {
		if errors.Is(err, errCut) { // Slack is there: people wait
			pause = min(pause, s.api.Scaled(soundAfter))
		}
		if errors.Is(err, errLinkDisabled) || errors.Is(err, errTooManySockets) { // somebody has to do something
			pause = max(pause, s.api.Scaled(unwantedRetry))
		}
		if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
			pause = max(pause, s.api.Scaled(limited.RetryAfter))
		}
		if later, ok := errors.AsType[*chat.Later](err); ok {
			pause = max(pause, later.After)
		}
		return pause
	}}
	retry.Keep(ctx, func(sound func()) error {
		began := adapter.Now()
		err := s.one(ctx, r, &old)
		if ctx.Err() != nil {
			return err
		}
		s.note(err)
		unwanted := errors.Is(err, errLinkDisabled) || errors.Is(err, errTooManySockets)
		if unwanted || adapter.Now().Sub(began) <= s.api.Scaled(soundAfter) {
			return err // whatever Slack says: at once would be for ever
		}
		sound()
		if errors.Is(err, errRefresh) {
			return nil // at once
		}
		return err
	})
}

// whyLost returns why a socket was lost last; nil when all have been there since.
func (s *sockets) whyLost() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lastErr
}

// recovered forgets why a socket was lost once all are open again.
func (s *sockets) recovered() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open.Load() >= socketsAtOnce {
		s.lastErr = nil
	}
}

// note logs why there is one socket less, and keeps it for [Platform.Examine].
func (s *sockets) note(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	news := s.lastErr == nil || s.lastErr.Error() != err.Error()
	s.lastErr = err
	switch {
	case errors.Is(err, errRefresh):
		s.log.Debug("socket refreshed")
	case news:
		s.log.Warn("socket lost; another is being opened", "open", s.open.Load(), "error", err)
	}
}

// socket is one open socket.
type socket struct {
	conn *websocket.Conn
	mu   sync.Mutex // of writing
}

// one opens a socket and returns when it is time for another one. The
// old one is read until Slack closes it.
func (s *sockets) one(ctx context.Context, r *run, old *sync.WaitGroup) error {
	conn, err := s.dial(ctx)
	if err != nil {
		return err
	}
	k, ended := &socket{conn: conn}, make(chan error, 1)
	old.Go(func() { k.read(ctx, s, r, ended) })
	return <-ended
}

func (s *sockets) dial(ctx context.Context) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	address, err := s.api.SocketAddress(ctx)
	if err != nil {
		return nil, fmt.Errorf("apps.connections.open: %w", err)
	}
	dialer := *websocket.DefaultDialer // with the environment's proxy
	dialer.WriteBufferSize = 32 << 10  // Slack drops an answer in several frames
	conn, response, err := dialer.DialContext(ctx, address, nil)
	if response != nil && response.Body != nil {
		_ = response.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("open a socket: %w", err)
	}
	return conn, nil
}

// read hands over what comes until the socket is closed. ended gets the reason
// as soon as there should be another socket.
func (k *socket) read(ctx context.Context, s *sockets, r *run, ended chan<- error) {
	s.open.Add(1)
	s.monitor.opened(s.clock(), s.api.Scaled(outageAfter))
	var acks sync.WaitGroup
	stop := context.AfterFunc(ctx, func() { _ = k.conn.Close() })
	defer func() {
		stop()
		acks.Wait()
		_ = k.conn.Close()
		s.monitor.closed(s.clock())
		s.open.Add(-1)
	}()
	alive := func() { _ = k.conn.SetReadDeadline(adapter.Now().Add(pingWithin)) }
	alive()
	k.conn.SetPingHandler(func(data string) error {
		alive()
		return k.conn.WriteControl(websocket.PongMessage, []byte(data), adapter.Now().Add(pongWithin))
	})
	retired := false
	for {
		_, data, err := k.conn.ReadMessage()
		if err != nil {
			if !retired {
				ended <- fmt.Errorf("%w: %w", errCut, err)
			}
			return
		}
		if !retired {
			alive()
		}
		var e envelope
		if err := json.Unmarshal(data, &e); err != nil {
			s.log.Warn("what came over the socket can't be read", "error", err)
			continue
		}
		switch {
		case e.Type == "hello":
			s.log.Info("socket open", "sockets_of_the_app", e.Number)
			s.recovered()
		case e.Type == "disconnect" && !retired:
			retired = true
			ended <- reason(e)
			// What is on its way still comes here.
			_ = k.conn.SetReadDeadline(adapter.Now().Add(lingering))
			alive = func() {}
		case e.EnvelopeID != "":
			acks.Go(func() { k.take(s, r, e) })
		}
	}
}

const pongWithin = 5 * time.Second

// reason is why Slack wants to be rid of a socket.
func reason(e envelope) error {
	switch e.Reason {
	case "refresh_requested", "warning":
		return errRefresh
	case "link_disabled":
		return errLinkDisabled
	case "too_many_websockets":
		return errTooManySockets
	default:
		return fmt.Errorf("%w: %q", errDropped, e.Reason)
	}
}

// take hands over one envelope and acknowledges it. What comes when the run is
// over is left to be sent again.
func (k *socket) take(s *sockets, r *run, e envelope) {
	sent := make(chan struct{})
	defer close(sent)
	// The run, and with it the socket, waits for the answer to be written.
	if !r.Go(func() { <-sent }) {
		return
	}
	ack := newAcknowledgement()
	if !r.receive(e.Type, e.Payload, ack, true) {
		return
	}
	body, ok := <-ack.body
	if !ok {
		return
	}
	answer := struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload,omitempty"`
	}{e.EnvelopeID, body}
	k.mu.Lock()
	defer k.mu.Unlock()
	_ = k.conn.SetWriteDeadline(adapter.Now().Add(pongWithin))
	if err := k.conn.WriteJSON(answer); err != nil {
		s.log.Warn("not acknowledged: the socket is gone; it will come again", "kind", e.Type, "error", err)
	}
}
