package mattermost

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// The WebSocket is read with gorilla/websocket itself: the client in package model
// can't be told to give up, has goroutines of its own, and may panic when it is
// closed while it answers a ping.
const (
	// pingEvery is how often the server is asked whether it is there; without a
	// sign of life for silentAfter the connection is given up. The server itself
	// asks once a minute.
	pingEvery   = 10 * time.Second
	silentAfter = 25 * time.Second
	// steadyAfter is how long a connection sound before it counts as one: a server
	// that is being stopped takes new ones, and lets go of them at once.
	steadyAfter = 5 * time.Second
	// dialTimeout bounds one try to connect.
	dialTimeout = 15 * time.Second
	// maxEvent bounds what one event may hold: a post's props have at most 800,000
	// characters (model.PostPropsMaxRunes).
	maxEvent = 8 << 20
	// eventBuffer is how many events are read ahead while missed posts are looked up.
	eventBuffer = 1000
)

// Pauses between tries to connect.
const (
	minReconnectDelay = 300 * time.Millisecond
	maxReconnectDelay = 20 * time.Second
)

// keepalive is how often the server is asked whether it is there, after what silence
// it isn't, and after what time a connection holds.
type keepalive struct{ ping, silence, steady time.Duration }

// errMissedEvents says that events were missed: the connection is of no use any more.
var errMissedEvents = errors.New("events were missed")

// position is where the stream of events was left.
type position struct {
	// A connection can be taken up again for some minutes, during which the server
	// keeps its last 128 events. An empty connectionID: it can't.
	connectionID string
	next         int64 // the number of the next event

	outage adapter.Outage // since the last event
}

// outageLog is what the log has been told of an outage: that there is no
// connection, and that the server doesn't accept the token, each once.
type outageLog struct{ down, tokenRejected bool }

// socket is the WebSocket over which the server tells what happens.
type socket struct {
	*server
	dialer    websocket.Dialer
	keepalive keepalive
	people    *directory
	events    *events
	catchUp   *catchUp
	trouble   trouble
}

// trouble is why there is no connection, and since when. The zero value is that of one
// that was never there. Safe for concurrent use.
type trouble struct {
	mu    sync.Mutex
	heard bool // the server was, once
	why   error
	since time.Time
}

// firstHeard notes that the server was heard.
func (t *trouble) firstHeard() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.heard = true
}

func (t *trouble) note(why error, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.why == nil {
		t.since = now
	}
	t.why = why
}

func (t *trouble) over() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.why = nil
}

// troubleAfter is for how long there may be no connection before it is trouble: servers
// start again.
const troubleAfter = time.Minute

// now returns what is wrong.
func (t *trouble) now(now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch known := t.why != nil && (errors.Is(t.why, errTokenRejected) || now.Sub(t.since) >= troubleAfter); {
	case known:
		return t.why
	case !t.heard:
		return chat.ErrConnecting
	}
	return nil
}

// listen keeps a WebSocket open until the context ends.
func (s *socket) listen(ctx context.Context) {
	at, told := &position{}, outageLog{}
	retry := adapter.Retry{
		First: minReconnectDelay, Longest: maxReconnectDelay,
		// However long a 429 on the way asks to wait, people are not left unheard for it.
		Pause: func(_ error, pause time.Duration) time.Duration { return min(pause, maxReconnectDelay) },
	}
	retry.Keep(ctx, func(sound func()) error {
		received, err := s.receive(ctx, at, func() {
			sound()
			s.trouble.over()
			if told.down {
				s.options.Log.Info("the connection to the server holds again", "connection", s.options.Connection)
			}
			told = outageLog{}
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !received || errors.Is(err, errMissedEvents) {
			at.connectionID = ""
		}
		s.trouble.note(err, s.options.Clock())
		s.closeIdleConnections() // what broke this connection broke those that wait
		switch refused := errors.Is(err, errTokenRejected); {
		case refused && !told.tokenRejected:
			s.options.Log.Error("the server does not accept the bot's token; run: roundtable check", "connection", s.options.Connection, "error", err)
			told = outageLog{down: true, tokenRejected: true}
		case !told.down:
			s.options.Log.Warn("there is no connection to the server; it is tried until there is one; if that takes long: roundtable check", "connection", s.options.Connection, "error", err)
			told.down = true
		}
		return err
	})
}

// receive opens a WebSocket and takes what it brings until it breaks. received
// says whether there was anything; sound is called when it has lasted for a while.
func (s *socket) receive(ctx context.Context, at *position, sound func()) (received bool, err error) {
	if _, err := s.bot(ctx); err != nil {
		return false, err
	}
	conn, err := s.dial(ctx, *at)
	if err != nil {
		return false, err
	}
	var parts sync.WaitGroup
	defer parts.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	events, done := make(chan *model.WebSocketEvent, eventBuffer), make(chan error, 1)
	parts.Go(func() { done <- readEvents(ctx, conn, s.keepalive, events) })
	parts.Go(func() {
		<-ctx.Done()
		_ = conn.Close() // ends the reader
	})
	var steady <-chan time.Time // since it was first received
	for {
		select {
		case ev, ok := <-events:
			if !ok {
				err := <-done
				if !received && ctx.Err() == nil {
					err = errors.Join(s.checkToken(ctx), err)
				}
				return received, err
			}
			if err := s.take(ctx, ev, at); err != nil {
				cancel()
				for range events { // until the reader has ended
				}
				return received, err
			}
			if !received {
				s.trouble.firstHeard()
				steady = time.After(s.keepalive.steady)
			}
			received = true
		case <-steady:
			sound()
		case <-ctx.Done():
			for range events {
			}
			return received, <-done
		}
	}
}

// take takes one event, in its place.
func (s *socket) take(ctx context.Context, ev *model.WebSocketEvent, at *position) error {
	if ev.EventType() == model.WebsocketEventHello {
		now := s.options.Clock()
		at.connectionID, _ = ev.GetData()["connection_id"].(string)
		at.next = ev.GetSequence() + 1
		s.people.forgetAll()
		if err := s.catchUp.run(ctx, at.outage); err != nil {
			at.connectionID = "" // what is missing must be looked up again
			return err
		}
		at.outage.Began = now
		return nil
	}
	if ev.GetSequence() != at.next {
		return errMissedEvents
	}
	at.next++
	s.events.handle(ctx, ev, at.connectionID)
	at.outage.Began = s.options.Clock()
	return nil
}

// dialerFor returns what opens WebSockets the way that the transport opens
// connections. HTTP/2, which it may have been set up for, can't carry them.
func dialerFor(t http.RoundTripper) websocket.Dialer {
	d := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: dialTimeout}
	if t, ok := t.(*http.Transport); ok {
		d.Proxy, d.NetDialContext = t.Proxy, t.DialContext
		if t.TLSClientConfig != nil {
			d.TLSClientConfig = t.TLSClientConfig.Clone()
			d.TLSClientConfig.NextProtos = nil
		}
	}
	return d
}

// dial connects, resuming where that was left.
func (s *socket) dial(ctx context.Context, at position) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	address := strings.Replace(s.options.URL, "http", "ws", 1) + model.APIURLSuffix + "/websocket"
	if at.connectionID != "" {
		address += "?connection_id=" + url.QueryEscape(at.connectionID) + "&sequence_number=" + strconv.FormatInt(at.next, 10)
	}
	conn, resp, err := s.dialer.DialContext(ctx, address, http.Header{"Authorization": {"Bearer " + s.options.Token}})
	if resp != nil {
		_ = resp.Body.Close()
	}
	if err != nil {
		switch {
		case resp == nil:
		case resp.StatusCode == http.StatusUnauthorized:
			return nil, fmt.Errorf("connect: the server answered 401 Unauthorized: %w", errTokenRejected)
		default:
			return nil, fmt.Errorf("connect: the server answered %d", resp.StatusCode)
		}
		return nil, fmt.Errorf("connect: %w", err)
	}
	conn.SetReadLimit(maxEvent)
	return conn, nil
}

// readEvents reads events until the connection breaks or falls silent.
func readEvents(ctx context.Context, conn *websocket.Conn, k keepalive, events chan<- *model.WebSocketEvent) error {
	defer close(events)
	silent := time.AfterFunc(k.silence, func() { _ = conn.Close() })
	defer silent.Stop()
	alive := func() { silent.Reset(k.silence) }
	conn.SetPongHandler(func(string) error { alive(); return nil })
	answer := conn.PingHandler()
	conn.SetPingHandler(func(data string) error { alive(); return answer(data) })
	stop := make(chan struct{})
	defer func() { <-stop }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(stop)
		for adapter.Sleep(ctx, k.ping) {
			if conn.WriteControl(websocket.PingMessage, nil, time.Time{}) != nil {
				return
			}
		}
	}()
	for {
		kind, data, err := conn.ReadMessage()
		if err != nil {
			return fmt.Errorf("read: %w", err)
		}
		alive()
		if kind != websocket.TextMessage {
			continue
		}
		ev, err := model.WebSocketEventFromJSON(bytes.NewReader(data))
		if err != nil || !ev.IsValid() {
			continue // an answer to a request, or of a newer server
		}
		// While the events before are worked on nothing is read: that is no silence.
		silent.Stop()
		select {
		case events <- ev:
		case <-ctx.Done():
			return ctx.Err()
		}
		alive()
	}
}
