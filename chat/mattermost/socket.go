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

	"github.com/cenkalti/backoff/v5"
	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"
)

// The WebSocket is read with gorilla/websocket itself: the client in package model
// can't be told to give up, has goroutines of its own, and may panic when it is
// closed while it answers a ping.
const (
	// pingEvery is how often the server is asked whether it is there; without a
	// sign of life for deadAfter the connection is given up. The server itself
	// asks once a minute.
	pingEvery = 10 * time.Second
	deadAfter = 25 * time.Second
	// steadyAfter is how long a connection holds before it counts as one: a server
	// that is being stopped takes new ones, and lets go of them at once.
	steadyAfter = 5 * time.Second
	// dialTimeout bounds one try to connect.
	dialTimeout = 15 * time.Second
	// maxEvent bounds what one event may hold: a post's props have at most 800,000
	// characters (model.PostPropsMaxRunes).
	maxEvent = 8 << 20
	// waiting is how many events are read ahead while missed posts are looked up.
	waiting = 1000
)

// Pauses between tries to connect: each about one and a half times the one before,
// spread so that many bots don't come back at once.
const (
	firstPause   = 300 * time.Millisecond
	longestPause = 20 * time.Second
)

// pulse is how often the server is asked whether it is there, after what silence
// it isn't, and after what time a connection holds.
type pulse struct{ every, dead, steady time.Duration }

// errLost says that events were missed: the connection is of no use any more.
var errLost = errors.New("events were missed")

// resume is where a connection can be taken up again: the server keeps the last
// 128 events for some minutes.
type resume struct {
	id  string
	seq int64 // the number of the next event
}

// complaint is what the log has been told of an outage: that there is no
// connection, and that the server doesn't accept the token, each once.
type complaint struct{ said, refused bool }

// listen keeps a WebSocket open until the context ends.
func (p *Platform) listen(ctx context.Context) {
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = firstPause, longestPause
	at := &resume{}
	gap := &gap{}
	told := complaint{}
	holds := func() {
		pause.Reset()
		if told.said {
			p.o.Log.Info("the connection to the server holds again", "connection", p.o.Connection)
		}
		told = complaint{}
	}
	for {
		heard, err := p.connection(ctx, at, gap, holds)
		if ctx.Err() != nil {
			return
		}
		if !heard || errors.Is(err, errLost) {
			at.id = "" // can't be resumed
		}
		p.hangUp() // what broke this connection broke those that wait
		switch refused := errors.Is(err, errToken); {
		case refused && !told.refused:
			p.o.Log.Error("the server does not accept the bot's token; run: roundtable check", "connection", p.o.Connection, "error", err)
			told = complaint{said: true, refused: true}
		case !told.said:
			p.o.Log.Warn("there is no connection to the server; it is tried until there is one; if that takes long: roundtable check", "connection", p.o.Connection, "error", err)
			told.said = true
		}
		if !sleep(ctx, pause.NextBackOff()) {
			return
		}
	}
}

// connection opens a WebSocket and takes what it brings until it breaks. heard
// says whether there was anything; holds is called when it has lasted for a while.
func (p *Platform) connection(ctx context.Context, at *resume, g *gap, holds func()) (heard bool, err error) {
	if _, err := p.self(ctx); err != nil {
		return false, err
	}
	conn, err := p.dial(ctx, *at)
	if err != nil {
		return false, err
	}
	var parts sync.WaitGroup
	defer parts.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	events, done := make(chan *model.WebSocketEvent, waiting), make(chan error, 1)
	parts.Go(func() { done <- read(ctx, conn, p.pulse, events) })
	parts.Go(func() {
		<-ctx.Done()
		_ = conn.Close() // ends the reader
	})
	var steady <-chan time.Time // since it was first heard
	for {
		select {
		case ev, ok := <-events:
			if !ok {
				err := <-done
				if !heard && ctx.Err() == nil {
					err = errors.Join(p.refusedBy(ctx), err)
				}
				return heard, err
			}
			if err := p.take(ctx, ev, at, g); err != nil {
				cancel()
				for range events { // until the reader has ended
				}
				return heard, err
			}
			if !heard {
				steady = time.After(p.pulse.steady)
			}
			heard = true
		case <-steady:
			holds()
		case <-ctx.Done():
			for range events {
			}
			return heard, <-done
		}
	}
}

// refusedBy says whether the server doesn't know the token (any more): it takes
// WebSockets from everybody and lets them wait until they give up (server 9.9).
func (p *Platform) refusedBy(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if _, resp, err := p.client.GetMe(ctx, ""); err != nil {
		return failed("look up the bot account", resp, err)
	}
	return nil
}

// dialerLike returns what opens WebSockets the way that the transport opens
// connections. HTTP/2, which it may have been set up for, can't carry them.
func dialerLike(t http.RoundTripper) websocket.Dialer {
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

// hangUp closes connections that wait to be used again.
func (p *Platform) hangUp() { p.client.HTTPClient.CloseIdleConnections() }

// dial connects, resuming where that was left.
func (p *Platform) dial(ctx context.Context, at resume) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	address := strings.Replace(p.o.URL, "http", "ws", 1) + model.APIURLSuffix + "/websocket"
	if at.id != "" {
		address += "?connection_id=" + url.QueryEscape(at.id) + "&sequence_number=" + strconv.FormatInt(at.seq, 10)
	}
	conn, resp, err := p.dialer.DialContext(ctx, address, http.Header{"Authorization": {"Bearer " + p.o.Token}})
	if resp != nil {
		_ = resp.Body.Close()
	}
	if err != nil {
		switch {
		case resp == nil:
		case resp.StatusCode == http.StatusUnauthorized:
			return nil, fmt.Errorf("connect: the server answered 401 Unauthorized: %w", errToken)
		default:
			return nil, fmt.Errorf("connect: the server answered %d", resp.StatusCode)
		}
		return nil, fmt.Errorf("connect: %w", err)
	}
	conn.SetReadLimit(maxEvent)
	return conn, nil
}

// read reads events until the connection breaks or falls silent.
func read(ctx context.Context, conn *websocket.Conn, is pulse, events chan<- *model.WebSocketEvent) error {
	defer close(events)
	silent := time.AfterFunc(is.dead, func() { _ = conn.Close() })
	defer silent.Stop()
	alive := func() { silent.Reset(is.dead) }
	conn.SetPongHandler(func(string) error { alive(); return nil })
	answer := conn.PingHandler()
	conn.SetPingHandler(func(data string) error { alive(); return answer(data) })
	stop := make(chan struct{})
	defer func() { <-stop }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(stop)
		for sleep(ctx, is.every) {
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

// take takes one event, in its place.
func (p *Platform) take(ctx context.Context, ev *model.WebSocketEvent, at *resume, g *gap) error {
	if ev.EventType() == model.WebsocketEventHello {
		id, _ := ev.GetData()["connection_id"].(string)
		*at = resume{id: id, seq: ev.GetSequence() + 1}
		p.people.forgetAll()
		if err := p.catchUp(ctx, g); err != nil {
			at.id = "" // what is missing must be looked up again
			return err
		}
		return nil
	}
	if ev.GetSequence() != at.seq {
		return errLost
	}
	at.seq++
	p.heard(ctx, ev, at.id)
	g.heardAt(p.o.Clock())
	return nil
}
