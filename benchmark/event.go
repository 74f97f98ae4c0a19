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

// Body is the content of an event. Each kind is a type of its own, whose name
// in the journal never changes; fields may be added, never renamed or re-used.
type Body interface {
	// Kind names it in the journal: "answer.given".
	Kind() string
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

// version of the content of every kind that there is today. A kind that needs
// another shape gets a number of its own in kinds.
const version = 1

// content is an event's data in the journal.
type content[T Body] struct {
	By       ParticipantID `json:"by,omitempty"`
	Incoming string        `json:"incoming,omitempty"`
	Body     T             `json:"body"`
}

// Encode returns the event as it is written. Seq stays as it is.
func (e Event) Encode() (Record, error) {
	k, ok := kinds[e.Body.Kind()]
	if !ok {
		return Record{}, fmt.Errorf("encode event: kind %q is not in the table of kinds", e.Body.Kind())
	}
	data, err := k.encode(e)
	if err != nil {
		return Record{}, fmt.Errorf("encode event %s: %w", e.Body.Kind(), err)
	}
	return Record{Seq: e.Seq, At: e.At, Kind: e.Body.Kind(), Version: version, Data: data}, nil
}

// Decode returns the event that was written. An erased one has a [Gone] body.
// ErrUnknownEvent for a kind or version that isn't known.
func Decode(r Record) (Event, error) {
	k, ok := kinds[r.Kind]
	if !ok {
		return Event{}, fmt.Errorf("%w: number %d is of kind %q", ErrUnknownEvent, r.Seq, r.Kind)
	}
	if r.Version > version || r.Version < 1 {
		return Event{}, fmt.Errorf("%w: number %d is %s version %d, known up to %d", ErrUnknownEvent, r.Seq, r.Kind, r.Version, version)
	}
	e := Event{Seq: r.Seq, At: r.At, Body: Gone{Was: r.Kind}}
	if r.Data == nil {
		return e, nil
	}
	if err := k.decode(r.Data, &e); err != nil {
		return Event{}, fmt.Errorf("decode event %d (%s): %w", r.Seq, r.Kind, err)
	}
	return e, nil
}

type codec struct {
	encode func(Event) ([]byte, error)
	decode func([]byte, *Event) error
}

func of[T Body]() codec {
	return codec{
		encode: func(e Event) ([]byte, error) {
			body, ok := e.Body.(T)
			if !ok {
				return nil, fmt.Errorf("body is %T", e.Body)
			}
			return json.Marshal(content[T]{By: e.By, Incoming: e.Incoming, Body: body})
		},
		decode: func(data []byte, e *Event) error {
			var c content[T]
			if err := json.Unmarshal(data, &c); err != nil {
				return err
			}
			e.By, e.Incoming, e.Body = c.By, c.Incoming, c.Body
			return nil
		},
	}
}

// plain is a pointer to a body that reads itself from plain JSON.
type plain[T Body] interface {
	*T
	read(l *lexer)
}

// ofPlain is the codec of a kind that journals are full of.
func ofPlain[T Body, P plain[T]]() codec {
	c := of[T]()
	careful := c.decode
	c.decode = func(data []byte, e *Event) error {
		if readPlain[T, P](data, e) {
			return nil
		}
		return careful(data, e)
	}
	return c
}

func readPlain[T Body, P plain[T]](data []byte, e *Event) bool {
	var c content[T]
	l := &lexer{rest: data}
	l.open()
	for key := l.key(); key != nil; key = l.key() {
		switch string(key) {
		case "by":
			c.By = ParticipantID(l.text())
		case "incoming":
			c.Incoming = l.text()
		case "body":
			P(&c.Body).read(l)
		default:
			return false
		}
	}
	if l.lost || len(l.rest) > 0 {
		return false
	}
	e.By, e.Incoming, e.Body = c.By, c.Incoming, c.Body
	return true
}

// Gone is the body of an event whose content was erased. It changes nothing.
type Gone struct{ Was string }

// Kind implements Body.
func (g Gone) Kind() string { return g.Was }
