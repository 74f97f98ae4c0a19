package benchmark

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Event is one thing that happened in a network.
type Event struct {
	// Seq is its number in the journal: 1, 2, 3 ... Zero until it is written.
	Seq uint64
	// At is when, UTC.
	At time.Time
	// By is who did it; empty for the bot itself.
	By ParticipantID
	// Incoming is the id of the incoming thing that caused it, on one event of
	// those it caused that is never erased; else empty. A thing that arrives
	// twice is known by it.
	Incoming string
	// Body is what happened.
	Body Body
}

// Body is the content of an event. Each kind of event is an unexported type in the
// file of its subject, beside the intents it follows from. Its kind is declared once,
// by [newKind]; apply is its fold; the compiler asks for both. Fields may be added,
// never renamed or re-used.
type Body interface {
	kind() *eventKind
	// apply folds the event into the network. The error says that it speaks of
	// something that was never there.
	apply(n *Network, e Event) error
}

// Kind is what the event is called in the journal: "answer.given".
func (e Event) Kind() string { return e.Body.kind().name }

// eventKind is what the journal calls a kind of event, and how its content is
// written there.
type eventKind struct {
	name    string // never changes
	version int    // of the content's shape, from 1; older versions must still be read
	encode  func(Event) ([]byte, error)
	decode  func([]byte, *Event) error
}

// eventKinds are all kinds of events, by name.
var eventKinds = map[string]*eventKind{}

// newKind makes T a kind of event.
func newKind[T Body](name string, version int) *eventKind {
	k := &eventKind{name: name, version: version, encode: encodeJSON[T], decode: decodeJSON[T]}
	eventKinds[name] = k
	return k
}

// content is an event's data in the journal.
type content[T Body] struct {
	By       ParticipantID `json:"by,omitempty"`
	Incoming string        `json:"incoming,omitempty"`
	Body     T             `json:"body"`
}

func encodeJSON[T Body](e Event) ([]byte, error) {
	body, ok := e.Body.(T)
	if !ok {
		return nil, fmt.Errorf("body is %T", e.Body)
	}
	return json.Marshal(content[T]{By: e.By, Incoming: e.Incoming, Body: body})
}

func decodeJSON[T Body](data []byte, e *Event) error {
	var c content[T]
	if err := json.Unmarshal(data, &c); err != nil {
		return err
	}
	e.By, e.Incoming, e.Body = c.By, c.Incoming, c.Body
	return nil
}

// Record is an event as it is written: the kind, its version and its content
// as JSON, nil when that has been erased.
type Record struct {
	Seq     uint64
	At      time.Time
	Kind    string
	Version int
	Data    []byte
}

// ErrUnknownEvent says that a journal holds an event of a kind or version that
// this program does not know: it was written by a newer one. Nothing is guessed.
var ErrUnknownEvent = errors.New("benchmark: event of a newer version")

// Encode returns the event as it is written. Seq stays as it is.
func (e Event) Encode() (Record, error) {
	k := e.Body.kind()
	if eventKinds[k.name] != k {
		return Record{}, fmt.Errorf("encode event: %T is no kind that is written", e.Body)
	}
	data, err := k.encode(e)
	if err != nil {
		return Record{}, fmt.Errorf("encode event %s: %w", k.name, err)
	}
	return Record{Seq: e.Seq, At: e.At, Kind: k.name, Version: k.version, Data: data}, nil
}

// Decode returns the event that was written; of one whose content was erased only
// the kind, the number and the instant are left. ErrUnknownEvent for a kind or
// version that isn't known.
func Decode(r Record) (Event, error) {
	k, ok := eventKinds[r.Kind]
	if !ok {
		return Event{}, fmt.Errorf("%w: number %d is of kind %q", ErrUnknownEvent, r.Seq, r.Kind)
	}
	if r.Version > k.version || r.Version < 1 {
		return Event{}, fmt.Errorf("%w: number %d is %s version %d, known up to %d", ErrUnknownEvent, r.Seq, r.Kind, r.Version, k.version)
	}
	e := Event{Seq: r.Seq, At: r.At, Body: erased{Was: r.Kind}}
	if r.Data == nil || decodePlain(k, r.Data, &e) {
		return e, nil
	}
	if err := k.decode(r.Data, &e); err != nil {
		return Event{}, fmt.Errorf("decode event %d (%s): %w", r.Seq, r.Kind, err)
	}
	return e, nil
}

// erased is the body of an event whose content was taken out of the journal.
type erased struct{ Was string }

func (b erased) kind() *eventKind { return &eventKind{name: b.Was} }

// apply keeps the counters right past an erased event, and changes nothing else.
func (b erased) apply(n *Network, e Event) error {
	if b.Was == textWrittenKind.name {
		n.textErased(e.Seq)
	}
	return nil
}

// errFounding: a network is founded once, and by its first event.
var errFounding = errors.New("a network is founded by its first event and by no other")

// Apply folds an event into the network. An event whose number was applied
// before changes nothing; one that leaves a gap is an error, as is one that
// speaks of something that was never there: then the journal is not of this
// network, or is damaged.
func (n *Network) Apply(e Event) error {
	switch {
	case e.Seq <= n.Seq:
		return nil
	case e.Seq != n.Seq+1:
		return fmt.Errorf("apply event %d: the last one was %d", e.Seq, n.Seq)
	}
	if _, first := e.Body.(networkFounded); first == n.Founded() {
		return fmt.Errorf("apply event %d (%s): %w", e.Seq, e.Kind(), errFounding)
	}
	n.Seq = e.Seq
	if e.Incoming != "" {
		n.handled.add(e.Incoming)
	}
	if err := e.Body.apply(n, e); err != nil {
		return fmt.Errorf("apply event %d (%s): %w", e.Seq, e.Kind(), err)
	}
	settleDecided(n, e)
	return nil
}

// handledKept is how many incoming things a network remembers. Platforms repeat
// a thing within minutes (Slack: at once, after 1 and after 5); this many
// things in five minutes is 27 a second.
const handledKept = 8192

// deduplicator remembers the ids of the last incoming things that were handled.
type deduplicator struct {
	order []string // a ring once it is full, the oldest at next
	next  int
	ids   map[string]struct{}
}

func (d *deduplicator) add(id string) {
	if d.ids == nil {
		d.ids = map[string]struct{}{}
	}
	if d.has(id) {
		return
	}
	d.ids[id] = struct{}{}
	if len(d.order) < handledKept {
		d.order = append(d.order, id)
		return
	}
	delete(d.ids, d.order[d.next])
	d.order[d.next] = id
	d.next = (d.next + 1) % handledKept
}

func (d *deduplicator) has(id string) bool {
	_, known := d.ids[id]
	return known
}
