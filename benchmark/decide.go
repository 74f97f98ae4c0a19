package benchmark

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"roundtable/benchmark/refusal"
)

// Intent is what somebody wants: one of the types of this package that have a
// decide method, such as [Submit] or [OpenRound].
type Intent interface {
	decide(d *decision) error
}

// Actor is who wants something, and through which incoming thing. The zero Actor
// is a non-participant: they may found a network, join one, seat a
// channel by a code and say that a message is gone, and nothing else.
type Actor struct {
	// By is a participant, or [Bot]; empty for somebody who is neither.
	By ParticipantID
	// Incoming is the id of the incoming thing; empty when it can't repeat.
	Incoming string
	// For is the organisation on whose behalf it is wanted, of somebody who is in
	// several; empty for one's only one.
	For OrganisationID
	// NoPersonalNumber: they have been asked, and say that no number in what they wrote
	// is somebody's personal one. What surely is one is refused all the same.
	NoPersonalNumber bool
}

// Bot is the bot itself as an actor: it does what falls due, and what whoever runs
// it asks for. No participant has this id, and events that it causes are by
// nobody.
const Bot ParticipantID = "bot"

// Decide returns the events that follow from the intent, numbered on from the
// network's last one and not yet applied. No events and no error: it is so
// already. The error is a [Refusal] or [Refusals], or [ErrRepeated] for a thing
// that arrived before; then nothing follows.
func (n *Network) Decide(who Actor, intent Intent, now time.Time) ([]Event, error) {
	if who.Incoming != "" && n.handled.has(who.Incoming) {
		return nil, ErrRepeated
	}
	d := &decision{n: n, who: who, now: now.UTC().Round(0)} // no monotonic clock, which the journal doesn't keep
	switch who.By {
	case "":
	case Bot:
		d.isBot, d.who.By = true, ""
	default:
		p, ok := n.Participant(who.By)
		if !ok || p.Left {
			return nil, refuse(refusal.NotAParticipant)
		}
		d.me = p
		if who.For != "" {
			if d.me, ok = p.For(who.For); !ok {
				return nil, refuse(refusal.NotYourOrganisation)
			}
		}
	}
	if err := intent.decide(d); err != nil {
		return nil, err
	}
	return d.events, nil
}

// decision is one decision in the making: the state as it is, who wants what,
// and the events so far.
type decision struct {
	n        *Network
	who      Actor
	isBot    bool
	me       Participant // zero for the bot and for a non-participant
	now      time.Time
	events   []Event
	texts    int  // written by this decision
	hasCause bool // an event tells which incoming thing caused them
}

// emit adds an event. The first that isn't there to be erased tells what caused
// them all: a thing that comes again is known after an erasure too.
func (d *decision) emit(b Body) {
	e := Event{Seq: d.n.Seq + uint64(len(d.events)) + 1, At: d.now, By: d.who.By, Body: b}
	if !d.hasCause && !erasable(b) {
		e.Incoming, d.hasCause = d.who.Incoming, true
	}
	d.events = append(d.events, e)
}

// requireNetwork refuses what can't be done before a network is founded.
func (d *decision) requireNetwork() error {
	if !d.n.Founded() {
		return refuse(refusal.NoNetwork)
	}
	return nil
}

// requireFacilitator refuses everybody but facilitators and the bot.
func (d *decision) requireFacilitator() error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	if !d.isBot && !d.me.Facilitator {
		return refuse(refusal.FacilitatorOnly)
	}
	return nil
}

// requireBot refuses everybody but the bot.
func (d *decision) requireBot() error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	if !d.isBot {
		return refuse(refusal.BotOnly)
	}
	return nil
}

// requireMember returns the organisation that one speaks for, or refuses when one
// speaks for none.
func (d *decision) requireMember() (Organisation, error) {
	if err := d.requireNetwork(); err != nil {
		return Organisation{}, err
	}
	o, ok := d.n.Organisation(d.me.Organisation)
	switch {
	case d.me.ID == "":
		return Organisation{}, refuse(refusal.NotAParticipant)
	case d.me.HasSeveral() && d.who.For == "":
		return Organisation{}, refuse(refusal.WhichOrganisation)
	case d.me.Observer:
		return Organisation{}, refuse(refusal.ObserversDontAnswer)
	case !ok:
		return Organisation{}, refuse(refusal.NoOrganisation)
	case !d.me.Confirmed:
		return Organisation{}, refuse(refusal.NotConfirmed, "Organisation", o.Name)
	}
	return o, nil
}

// requireParticipant refuses who is not in the network; confirmed or not.
func (d *decision) requireParticipant() error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	if d.me.ID == "" {
		return refuse(refusal.NotAParticipant)
	}
	return nil
}

// Refusal is a decision not to do what was asked, with a named reason. What
// people read is made from the reason and the arguments in their language.
type Refusal struct {
	// Reason names why: "round-closed", "numerator-over-denominator".
	Reason refusal.Reason
	// Field is the form field or indicator that it is about; may be empty.
	Field string
	// Args are alternating names and values for the words.
	Args []any
	// Question is true when the same thing will be accepted once the person
	// has confirmed it and said why.
	Question bool
}

// Error implements error with the reason and its arguments, for logs and tests.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString("refused: " + string(r.Reason))
	for i := 0; i+1 < len(r.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", r.Args[i], r.Args[i+1])
	}
	return b.String()
}

// refuse makes a refusal; args are alternating names and values.
func refuse(reason refusal.Reason, args ...any) *Refusal {
	return &Refusal{Reason: reason, Args: args}
}

// at says which field is wrong.
func (r *Refusal) at(field string) *Refusal {
	r.Field = field
	return r
}

// Refusals are several at once, one for each field that was wrong.
type Refusals []*Refusal

// Error implements error.
func (r Refusals) Error() string {
	words := make([]string, len(r))
	for i, one := range r {
		words[i] = one.Error()
	}
	return strings.Join(words, "; ")
}

// Unwrap lets errors.As find each of them.
func (r Refusals) Unwrap() []error {
	errs := make([]error, len(r))
	for i, one := range r {
		errs[i] = one
	}
	return errs
}

// ErrRepeated says that the thing that arrived has been handled before. There
// is nothing to do, and nothing to complain of.
var ErrRepeated = errors.New("benchmark: handled before")

// together is all that is wrong at once: nil where nothing is, and one refusal as itself. An
// error that is none comes first.
func together(errs ...error) error {
	var all Refusals
	for _, err := range errs {
		one, isOne := errors.AsType[*Refusal](err)
		many, areMany := errors.AsType[Refusals](err)
		switch {
		case areMany:
			all = append(all, many...)
		case isOne:
			all = append(all, one)
		case err != nil:
			return err
		}
	}
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return all
}
