package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What a person sees when the app does not answer as it must.
var (
	// ErrNobody: no socket is open, or the app's URL did not take the delivery
	// ("failed with the error dispatch_failed"). The app did not do anything, as
	// far as it says.
	ErrNobody = errors.New("slacktest: dispatch_failed: the app could not be reached")
	// ErrTimeout: nothing came back in time ("operation_timeout"). The app may
	// have worked on it.
	ErrTimeout = errors.New("slacktest: operation_timeout: the app did not answer in time")
)

// delivery is something that an app is told of.
type delivery struct {
	app     *App
	kind    string // events_api, slash_commands, interactive
	key     string // event id or trigger id: the same whenever it comes
	payload map[string]any
	accepts bool // an answer may come with the acknowledgement
	queue   string
}

// attempt is one try to deliver.
type attempt struct {
	number int
	reason string
}

// queue is what an app is to be told of one channel, in order.
type queue struct{ waiting []*delivery }

// between are the waits before each delivery of an event,
// https://docs.slack.dev/apis/events-api#retries: nearly at once, after one
// minute, after five.
var between = []time.Duration{0, 0, time.Minute, 5 * time.Minute}

// tell tells all apps that may know of the channel of an event. The lock is
// held.
func (s *Slack) tell(c *Channel, kind string, by *User, event map[string]any) {
	for _, a := range s.apps {
		if c.has(a.Self) {
			a.tell(c, kind, by, event)
		}
	}
}

// eventScopes are the scopes without which Slack does not tell of an event.
var eventScopes = map[string]string{
	"message.channels": "channels:history", "message.groups": "groups:history", "message.im": "im:history", "app_mention": "app_mentions:read",
	"reaction_added": "reactions:read", "reaction_removed": "reactions:read", "member_joined_channel": "channels:read",
	"channel_id_changed": "channels:read", "user_change": "users:read",
}

// tell queues an event for one app.
func (a *App) tell(c *Channel, kind string, by *User, event map[string]any) {
	s := a.s
	if !slices.Contains(a.Events, kind) {
		return
	}
	if scope := eventScopes[kind]; scope != "" && !a.has(scope) {
		return
	}
	d := &delivery{app: a, kind: "events_api", key: s.id("Ev"), payload: a.eventPayload(c, by, event)}
	d.payload["event_id"], d.payload["event_context"] = d.key, "4-"+d.key
	if c != nil {
		d.queue = c.ID
	}
	a.sent[d.key] = d
	s.underway++
	d.enqueue()
}

// enqueue delivers in order within a channel: the next thing goes when the one
// before was acknowledged or failed for the first time. Slack promises no order;
// this is what people's own pace makes of it. Late envelopes break it.
func (d *delivery) enqueue() {
	s := d.app.s
	q, busy := d.app.queues[d.queue]
	if !busy {
		q = &queue{}
		d.app.queues[d.queue] = q
	}
	q.waiting = append(q.waiting, d)
	if !busy {
		s.asyncLocked(func() { d.app.drain(d.queue, q) })
	}
}

func (a *App) drain(name string, q *queue) {
	s := a.s
	for {
		s.mu.Lock()
		if len(q.waiting) == 0 || s.closed {
			delete(a.queues, name)
			s.mu.Unlock()
			return
		}
		d := q.waiting[0]
		q.waiting = q.waiting[1:]
		late := s.chance(s.faults.Late)
		s.mu.Unlock()
		if late {
			s.async(func() { d.deliver(0, attempt{}) })
			continue
		}
		if err := d.once(attempt{}); err != nil {
			s.async(func() { d.deliver(1, attempt{reason: reasonOf(err)}) })
			continue
		}
		s.finished()
	}
}

func (s *Slack) finished() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.underway--
}

func reasonOf(err error) string {
	if errors.Is(err, ErrTimeout) {
		return "timeout"
	}
	return "http_error"
}

// deliver delivers an event until it is acknowledged or given up.
func (d *delivery) deliver(from int, at attempt) {
	s := d.app.s
	defer s.finished()
	if from == 0 && !s.wait(s.ctx, s.lateness()) {
		return
	}
	for n := from; n < len(between); n++ {
		if !s.wait(s.ctx, between[n]/time.Duration(s.opts.Hurry)) {
			return
		}
		at.number = n
		err := d.once(at)
		if err == nil || s.ctx.Err() != nil {
			return
		}
		at.reason = reasonOf(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d.app.was { // one that has never been up breaks no rule
		s.breaks("an event was never acknowledged: %s", describe(d.payload))
	}
}

func describe(payload map[string]any) string {
	event, _ := payload["event"].(map[string]any)
	return strings.TrimSuffix(fmt.Sprintf("%v %v %v", event["type"], event["event_ts"], event["subtype"]), " <nil>")
}

func (s *Slack) lateness() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults.Delay == 0 {
		return 0
	}
	return time.Duration(s.dice.Int64N(int64(s.faults.Delay)))
}

func (s *Slack) chance(share float64) bool { return share > 0 && s.dice.Float64() < share }

// once delivers an event one time.
func (d *delivery) once(at attempt) error {
	s := d.app.s
	_, err := d.send(s.ctx, at)
	return err
}

// send delivers over whichever way the app has, and returns the answer.
func (d *delivery) send(ctx context.Context, at attempt) (json.RawMessage, error) {
	s := d.app.s
	ctx, cancel := context.WithTimeout(ctx, s.opts.Patience)
	defer cancel()
	s.mu.Lock()
	linked := d.app.linked
	s.mu.Unlock()
	by := d.sendHTTP
	if linked {
		by = d.sendSocket
	}
	answer, err := by(ctx, at)
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		d.app.was = true
	}
	return answer, err
}

// Again delivers once more what was delivered with this event id or trigger id,
// or whose id is part of the one given; false when there is none.
func (a *App) Again(ctx context.Context, id string) (bool, error) {
	a.s.mu.Lock()
	var found *delivery
	for key, d := range a.sent {
		if strings.Contains(id, key) {
			found = d
		}
	}
	a.s.mu.Unlock()
	if found == nil {
		return false, nil
	}
	_, err := found.send(ctx, attempt{number: 1, reason: "timeout"})
	return true, err
}

// Idle says whether nothing is on its way to any app.
func (s *Slack) Idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.underway == 0
}

// sendHTTP posts a delivery to the app's URL, signed.
func (d *delivery) sendHTTP(ctx context.Context, at attempt) (json.RawMessage, error) {
	s := d.app.s
	s.mu.Lock()
	r := d.app.routes
	var target, kind string
	var body []byte
	var err error
	switch d.kind {
	case "events_api":
		target, kind = r.Events, "application/json"
		body, err = json.Marshal(d.payload)
	case "slash_commands":
		target, kind = r.Commands, "application/x-www-form-urlencoded"
		form := url.Values{}
		for k, v := range d.payload {
			form.Set(k, fmt.Sprint(v))
		}
		body = []byte(form.Encode())
	default:
		target, kind = r.Interactions, "application/x-www-form-urlencoded"
		var payload []byte
		payload, err = json.Marshal(d.payload)
		body = []byte(url.Values{"payload": {string(payload)}}.Encode())
	}
	doubled := s.chance(s.faults.Doubled) && d.kind == "events_api"
	s.mu.Unlock()
	if err != nil || target == "" {
		return nil, errors.Join(ErrNobody, err)
	}
	if doubled {
		s.async(func() { _, _ = d.post(s.ctx, at, target, kind, body) }) // the copy's answer is nobody's
	}
	return d.post(ctx, at, target, kind, body)
}

// Sign is the signature of a body, https://docs.slack.dev/authentication/verifying-requests-from-slack.
func Sign(secret string, timestamp int64, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%d:", timestamp)
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

func (d *delivery) post(ctx context.Context, at attempt, target, kind string, body []byte) (json.RawMessage, error) {
	s := d.app.s
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return nil, errors.Join(ErrNobody, err)
	}
	now := s.opts.Clock().Unix()
	req.Header.Set("Content-Type", kind)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	req.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now, 10))
	req.Header.Set("X-Slack-Signature", Sign(d.app.SigningSecret, now, body))
	if at.number > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(at.number))
		req.Header.Set("X-Slack-Retry-Reason", at.reason)
	}
	resp, err := s.server.Client().Do(req)
	if ctx.Err() != nil {
		return nil, ErrTimeout
	}
	if err != nil {
		return nil, errors.Join(ErrNobody, err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	switch {
	case ctx.Err() != nil:
		return nil, ErrTimeout
	case err != nil:
		return nil, errors.Join(ErrNobody, err)
	case resp.StatusCode/100 != 2:
		return nil, fmt.Errorf("%w: HTTP %d", ErrNobody, resp.StatusCode)
	}
	answer = bytes.TrimSpace(answer)
	if len(answer) == 0 || d.kind == "events_api" {
		return nil, nil
	}
	if !json.Valid(answer) || !strings.Contains(resp.Header.Get("Content-Type"), "json") {
		if d.kind == "interactive" { // plain text says nothing there
			return nil, nil
		}
		if answer, err = json.Marshal(map[string]any{"text": string(answer)}); err != nil {
			return nil, err
		}
	}
	recordAnswer(d, answer)
	return answer, nil
}

// Verify sends the handshake with which Slack makes sure of an app's events URL.
func (a *App) Verify(ctx context.Context) error {
	challenge := "challenge-" + a.ID
	body, err := json.Marshal(map[string]any{"token": a.Verifier, "challenge": challenge, "type": "url_verification"})
	if err != nil {
		return err
	}
	d := &delivery{app: a, kind: "url_verification"}
	answer, err := d.post(ctx, attempt{}, a.routes.Events, "application/json", body)
	if err != nil {
		return err
	}
	var said struct {
		Challenge string `json:"challenge"`
		Text      string `json:"text"`
	}
	if json.Unmarshal(answer, &said) != nil || said.Challenge != challenge && said.Text != challenge {
		return fmt.Errorf("slacktest: the events URL answered %q to the challenge", answer)
	}
	return nil
}
