package slacktest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// What a person sees when the app does not answer as it must.
var (
	// ErrNobody: no socket is open, or the app's URL did not take the delivery
	// ("failed with the error dispatch_failed"). The app did not do anything, as
	// far as it says.
	ErrNobody = errors.New("fake: dispatch_failed: the app could not be reached")
	// ErrTimeout: nothing came back in time ("operation_timeout"). The app may
	// have worked on it.
	ErrTimeout = errors.New("fake: operation_timeout: the app did not answer in time")
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
			s.tellApp(a, c, kind, by, event)
		}
	}
}

// eventScopes are the scopes without which Slack does not tell of an event.
var eventScopes = map[string]string{
	"message.channels": "channels:history", "message.groups": "groups:history", "message.im": "im:history", "app_mention": "app_mentions:read",
	"reaction_added": "reactions:read", "reaction_removed": "reactions:read", "member_joined_channel": "channels:read",
	"channel_id_changed": "channels:read",
}

// tellApp queues an event for one app.
func (s *Slack) tellApp(a *App, c *Channel, kind string, by *User, event map[string]any) {
	if !slices.Contains(a.Events, kind) {
		return
	}
	if scope := eventScopes[kind]; scope != "" && !a.has(scope) {
		return
	}
	d := &delivery{app: a, kind: "events_api", key: s.id("Ev"), payload: s.eventPayload(a, c, by, event)}
	d.payload["event_id"], d.payload["event_context"] = d.key, "4-"+d.key
	if c != nil {
		d.queue = c.ID
	}
	a.sent[d.key] = d
	s.underway++
	s.enqueue(d)
}

// enqueue delivers in order within a channel: the next thing goes when the one
// before was acknowledged or failed for the first time. Slack promises no order;
// this is what people's own pace makes of it. Late envelopes break it.
func (s *Slack) enqueue(d *delivery) {
	q, busy := d.app.queues[d.queue]
	if !busy {
		q = &queue{}
		d.app.queues[d.queue] = q
	}
	q.waiting = append(q.waiting, d)
	if !busy {
		s.asyncLocked(func() { s.drain(d.app, d.queue, q) })
	}
}

func (s *Slack) drain(a *App, name string, q *queue) {
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
			s.async(func() { s.deliver(d, 0, attempt{}) })
			continue
		}
		if err := s.once(d, attempt{}); err != nil {
			s.async(func() { s.deliver(d, 1, attempt{reason: reasonOf(err)}) })
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
func (s *Slack) deliver(d *delivery, from int, at attempt) {
	defer s.finished()
	if from == 0 && !s.wait(s.ctx, s.lateness()) {
		return
	}
	for n := from; n < len(between); n++ {
		if !s.wait(s.ctx, between[n]/time.Duration(s.opts.Hurry)) {
			return
		}
		at.number = n
		err := s.once(d, at)
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
func (s *Slack) once(d *delivery, at attempt) error {
	_, err := s.send(s.ctx, d, at)
	return err
}

// send delivers over whichever way the app has, and returns the answer.
func (s *Slack) send(ctx context.Context, d *delivery, at attempt) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, s.opts.Patience)
	defer cancel()
	s.mu.Lock()
	linked := d.app.linked
	s.mu.Unlock()
	by := s.sendHTTP
	if linked {
		by = s.sendSocket
	}
	answer, err := by(ctx, d, at)
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
	_, err := a.s.send(ctx, found, attempt{number: 1, reason: "timeout"})
	return true, err
}

// Idle says whether nothing is on its way to any app.
func (s *Slack) Idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.underway == 0
}
