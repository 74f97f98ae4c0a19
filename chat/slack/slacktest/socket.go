package slacktest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// MaxSockets is how many sockets an app may have open.
	MaxSockets = 10
	// maxAck is the size of an acknowledgement's payload, in bytes.
	maxAck = 20 << 10
	// pingEvery is how often Slack pings.
	pingEvery = 5 * time.Second
	// ticketLife is how long a socket's URL can be used.
	ticketLife = 30 * time.Second
)

// socket is one open connection of an app.
type socket struct {
	s       *Slack
	app     *App
	conn    *websocket.Conn
	writing sync.Mutex
	gone    chan struct{} // closed when the socket is
	once    sync.Once
	leaving bool // Slack has asked to refresh: nothing new goes here
}

// envelope is a delivery on its way over a socket.
type envelope struct {
	delivery *delivery
	acked    chan json.RawMessage
}

func connectionsOpen(c *call) (result, *failure) {
	if !c.app.linked {
		return nil, refuse("socket_mode_not_enabled")
	}
	ticket := strings.ToLower(c.s.id("ticket"))
	c.s.tickets[ticket] = c.app
	c.s.asyncLocked(func() {
		c.s.wait(c.s.ctx, ticketLife)
		c.s.mu.Lock()
		defer c.s.mu.Unlock()
		delete(c.s.tickets, ticket)
	})
	return result{"url": "ws" + strings.TrimPrefix(c.s.server.URL, "http") + "/link/?ticket=" + ticket + "&app_id=" + c.app.ID}, nil
}

func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ticket := r.URL.Query().Get("ticket")
	app := s.tickets[ticket]
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if app == nil {
		http.Error(w, "no such link", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	sock := &socket{s: s, app: app, conn: conn, gone: make(chan struct{})}
	defer sock.cut()
	s.mu.Lock()
	tooMany, closed := len(app.sockets) >= app.mostSockets(), s.closed
	number := len(app.sockets) + 1
	if tooMany && app.limit == 0 {
		s.breaks("an eleventh socket")
	}
	s.mu.Unlock()
	if closed {
		return
	}
	if tooMany {
		sock.write(map[string]any{"type": "disconnect", "reason": "too_many_websockets", "debug_info": debugInfo()})
		return
	}
	if reason := app.turnsAway(); reason != "" {
		sock.write(map[string]any{"type": "hello", "num_connections": number, "debug_info": debugInfo(), "connection_info": map[string]any{"app_id": app.ID}})
		sock.write(map[string]any{"type": "disconnect", "reason": reason, "debug_info": debugInfo()})
		return
	}
	sock.writing.Lock() // nothing comes before hello
	s.mu.Lock()
	app.sockets = append(app.sockets, sock)
	s.mu.Unlock()
	err = conn.WriteJSON(map[string]any{
		"type": "hello", "num_connections": number, "debug_info": debugInfo(), "connection_info": map[string]any{"app_id": app.ID},
	})
	sock.writing.Unlock()
	if err != nil {
		return
	}
	var pings sync.WaitGroup
	pings.Go(sock.ping)
	sock.read()
	sock.cut()
	pings.Wait()
}

func debugInfo() map[string]any {
	return map[string]any{"host": "applink-fake", "started": "", "build_number": 1, "approximate_connection_time": 18060}
}

// cut ends the socket abruptly, without a closing frame.
func (k *socket) cut() {
	k.once.Do(func() {
		close(k.gone)
		_ = k.conn.Close() // it is gone either way
		k.s.mu.Lock()
		defer k.s.mu.Unlock()
		k.app.sockets = slices.DeleteFunc(k.app.sockets, func(other *socket) bool { return other == k })
	})
}

// write writes a message; one that can't be written is lost with the socket.
func (k *socket) write(v any) {
	k.writing.Lock()
	defer k.writing.Unlock()
	_ = k.conn.SetWriteDeadline(time.Now().Add(k.s.opts.Patience))
	_ = k.conn.WriteJSON(v)
}

func (k *socket) ping() {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for n := 0; ; n++ {
		k.writing.Lock()
		err := k.conn.WriteControl(websocket.PingMessage, []byte("Ping from applink-fake"), time.Now().Add(time.Second))
		k.writing.Unlock()
		if err != nil {
			return
		}
		select {
		case <-tick.C:
		case <-k.gone:
			return
		}
	}
}

// read takes acknowledgements until the socket ends.
func (k *socket) read() {
	for {
		_, data, err := k.conn.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if json.Unmarshal(data, &ack) != nil || ack.ID == "" {
			k.s.note("something on a socket that is no acknowledgement")
			continue
		}
		k.app.acknowledged(ack.ID, ack.Payload)
	}
}

func (s *Slack) note(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.breaks(format, args...)
}

func (a *App) acknowledged(id string, payload json.RawMessage) {
	s := a.s
	s.mu.Lock()
	defer s.mu.Unlock()
	e, known := a.waiting[id]
	empty := len(payload) == 0 || string(payload) == "{}" || string(payload) == "null" || string(payload) == `""`
	switch {
	case !known: // late, or the second of two
		return
	case s.chance(s.faults.AcksLost):
		return
	case len(payload) >= maxAck:
		s.breaks("an acknowledgement with %d bytes", len(payload))
		return
	case !empty && !e.delivery.accepts:
		s.breaks("an answer in the acknowledgement of %s, which takes none", e.delivery.kind)
	}
	if empty {
		payload = nil
	}
	select {
	case e.acked <- payload:
	default:
	}
}

// pick chooses a socket by chance.
func (a *App) pick(but *socket) *socket {
	s := a.s
	var open []*socket
	for _, k := range a.sockets {
		if !k.leaving && k != but {
			open = append(open, k)
		}
	}
	if len(open) == 0 {
		return but
	}
	return open[s.dice.IntN(len(open))]
}

// sendSocket puts a delivery into an envelope, sends it on one of the app's
// sockets and waits for the acknowledgement.
func (d *delivery) sendSocket(ctx context.Context, at attempt) (json.RawMessage, error) {
	s := d.app.s
	s.mu.Lock()
	k := d.app.pick(nil)
	if k == nil {
		s.mu.Unlock()
		return nil, ErrNobody
	}
	id := strings.ToLower(s.id("envelope-"))
	e := &envelope{delivery: d, acked: make(chan json.RawMessage, 1)}
	d.app.waiting[id] = e
	lost, doubled := s.chance(s.faults.Lost), s.chance(s.faults.Doubled)
	second := d.app.pick(k)
	wire := map[string]any{"envelope_id": id, "type": d.kind, "payload": d.payload, "accepts_response_payload": d.accepts}
	if d.kind == "events_api" {
		wire["retry_attempt"], wire["retry_reason"] = at.number, at.reason
	}
	data, err := json.Marshal(wire)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(d.app.waiting, id)
	}()
	if err != nil {
		return nil, err
	}
	if !lost {
		k.write(json.RawMessage(data))
	}
	if doubled && second != nil {
		second.write(json.RawMessage(data))
	}
	select {
	case payload := <-e.acked:
		if payload != nil {
			recordAnswer(d, payload)
		}
		return payload, nil
	case <-k.gone:
		if second == nil || second == k || !doubled {
			return nil, ErrTimeout
		}
		select {
		case payload := <-e.acked:
			return payload, nil
		case <-ctx.Done():
		}
		return nil, ErrTimeout
	case <-ctx.Done():
		return nil, ErrTimeout
	}
}

// recordAnswer keeps what came with an acknowledgement.
func recordAnswer(d *delivery, payload json.RawMessage) {
	kind, _ := d.payload["type"].(string)
	if d.kind == "slash_commands" {
		kind = "slash_command"
	}
	var args map[string]any
	if d.accepts && json.Unmarshal(payload, &args) == nil {
		record(kind, args)
	}
}

// Sockets is how many sockets of the app are open.
func (a *App) Sockets() int {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	return len(a.sockets)
}

// CutSockets cuts all sockets of all apps abruptly and says how many there were.
func (s *Slack) CutSockets() int {
	var all []*socket
	s.mu.Lock()
	for _, a := range s.apps {
		all = append(all, a.sockets...)
	}
	s.mu.Unlock()
	for _, k := range all {
		k.cut()
	}
	return len(all)
}

// CutSocket cuts one of the app's sockets, by chance; false when none is open.
func (a *App) CutSocket() bool {
	a.s.mu.Lock()
	k := a.pick(nil)
	a.s.mu.Unlock()
	if k == nil {
		return false
	}
	k.cut()
	return true
}

// Refresh asks each socket of the app to reconnect, as Slack does every few
// hours: a warning, then the request, then the socket is closed.
func (a *App) Refresh(ctx context.Context, warning time.Duration) {
	a.s.mu.Lock()
	all := slices.Clone(a.sockets)
	a.s.mu.Unlock()
	for _, k := range all {
		k.write(map[string]any{"type": "disconnect", "reason": "warning", "debug_info": debugInfo()})
	}
	if !a.s.wait(ctx, warning) {
		return
	}
	for _, k := range all {
		a.s.mu.Lock()
		k.leaving = true
		a.s.mu.Unlock()
		k.write(map[string]any{"type": "disconnect", "reason": "refresh_requested", "debug_info": debugInfo()})
		k.close()
	}
}

// Unlink switches Socket Mode off for the app: its sockets are told
// "link_disabled" and closed, and new ones are refused until [App.Link].
func (a *App) Unlink() {
	a.s.mu.Lock()
	a.linked = false
	all := slices.Clone(a.sockets)
	a.s.mu.Unlock()
	for _, k := range all {
		k.write(map[string]any{"type": "disconnect", "reason": "link_disabled", "debug_info": debugInfo()})
		k.close()
	}
}

// Link switches Socket Mode on again.
func (a *App) Link() {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.linked = true
}

// close ends the socket with a closing frame.
func (k *socket) close() {
	k.writing.Lock()
	_ = k.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
	k.writing.Unlock()
	k.cut()
}
