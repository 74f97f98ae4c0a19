package benchmark

import (
	"strconv"
	"time"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// Bot is the bot itself as an actor: it does what falls due, and what whoever runs
// it asks for. No participant has this id, and events that it causes are by
// nobody.
const Bot ParticipantID = "bot"

// Actor is who wants something, and through which incoming thing. The zero Actor
// is somebody who is no participant: they may found a network, join one, seat a
// channel by a code and say that a message is gone, and nothing else.
type Actor struct {
	// By is a participant, or [Bot]; empty for somebody who is neither.
	By ParticipantID
	// Incoming is the id of the incoming thing; empty when it can't repeat.
	Incoming string
}

// Intent is what somebody wants: one of the types of this package that have a
// decide method, such as [Submit] or [OpenRound].
type Intent interface {
	decide(d *decision) error
}

// Decide returns the events that follow from the intent, numbered on from the
// network's last one and not yet applied. No events and no error: it is so
// already. The error is a [Refusal] or [Refusals], or [ErrRepeated] for a thing
// that arrived before; then nothing follows.
func (n *Network) Decide(who Actor, intent Intent, now time.Time) ([]Event, error) {
	if who.Incoming != "" && n.seen.has(who.Incoming) {
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
	}
	if err := intent.decide(d); err != nil {
		return nil, err
	}
	return d.events, nil
}

// decision is one decision in the making: the state as it is, who wants what,
// and the events so far.
type decision struct {
	n      *Network
	who    Actor
	isBot  bool
	me     Participant // zero for the bot, and for who is no participant
	now    time.Time
	events []Event
	texts  int
	caused bool // an event tells what caused them
}

// happens adds an event. The first that isn't there to be erased tells what caused
// them all: a thing that comes again is known after an erasure too.
func (d *decision) happens(b Body) {
	e := Event{Seq: d.n.Seq + uint64(len(d.events)) + 1, At: d.now, By: d.who.By, Body: b}
	if !d.caused && !erasable(b) {
		e.Incoming, d.caused = d.who.Incoming, true
	}
	d.events = append(d.events, e)
}

// erasable are the events that hold what may have to be erased.
func erasable(b Body) bool {
	switch b.(type) {
	case TextWritten, IdentityGiven:
		return true
	}
	return false
}

// maxText is the length of a free text in characters.
const maxText = 3000

// writes cleans a text, refuses one that is too long or holds a personal
// number, and adds it as an event; an empty one is no text.
func (d *decision) writes(text, field string) (TextID, error) {
	clean, err := checkText(text, maxText, field)
	if err != nil || clean == "" {
		return "", err
	}
	d.texts++
	id := TextID("t" + strconv.Itoa(d.n.lastText+d.texts))
	d.happens(TextWritten{Text: id, Body: clean})
	return id, nil
}

// checkText returns the text as it may be stored and shown.
func checkText(text string, limit int, field string) (string, error) {
	clean, err := freetext.Clean(text, limit)
	if err != nil {
		return "", refuse(refusal.TextTooLong, "Limit", limit, "Length", len([]rune(text))).at(field)
	}
	if kind, found := freetext.PersonalNumber(clean); found {
		return "", refuse(refusal.PersonalNumber, "Kind", string(kind)).at(field)
	}
	return clean, nil
}

// checkName is checkText for a name: one line, not empty.
func checkName(name, field string, limit int) (string, error) {
	clean, err := checkText(name, limit, field)
	if err != nil {
		return "", err
	}
	if clean == "" {
		return "", refuse(refusal.NameEmpty).at(field)
	}
	return oneLine(clean), nil
}

// Who may do what.

func (d *decision) founded() error {
	if !d.n.Founded() {
		return refuse(refusal.NoNetwork)
	}
	return nil
}

func (d *decision) facilitator() error {
	if err := d.founded(); err != nil {
		return err
	}
	if !d.isBot && !d.me.Facilitator {
		return refuse(refusal.FacilitatorOnly)
	}
	return nil
}

// bot: what nobody but the bot may do.
func (d *decision) bot() error {
	if err := d.founded(); err != nil {
		return err
	}
	if !d.isBot {
		return refuse(refusal.FacilitatorOnly)
	}
	return nil
}

func (d *decision) member() (Organisation, error) {
	if err := d.founded(); err != nil {
		return Organisation{}, err
	}
	o, ok := d.n.Organisation(d.me.Organisation)
	switch {
	case d.me.ID == "":
		return Organisation{}, refuse(refusal.NotAParticipant)
	case !ok:
		return Organisation{}, refuse(refusal.NoOrganisation)
	case !d.me.Confirmed:
		return Organisation{}, refuse(refusal.NotConfirmed, "Organisation", o.Name)
	}
	return o, nil
}

// openRound returns the open one.
func (d *decision) openRound() (*Round, error) {
	r, err := d.anyRound("")
	if err != nil {
		return nil, err
	}
	if r.Phase != Open || !d.now.Before(r.Closes) {
		return nil, refuseClosed(r)
	}
	return r, nil
}

// refuseClosed says when the round closed: a facilitator may have done it before
// its time.
func refuseClosed(r *Round) *Refusal {
	closed := r.Closes
	if r.Phase != Open {
		closed = r.Closed
	}
	return refuse(refusal.RoundClosed, "Round", r.ID, "Closed", closed)
}

func (d *decision) anyRound(id RoundID) (*Round, error) {
	if err := d.founded(); err != nil {
		return nil, err
	}
	if id != "" {
		r, ok := d.n.Round(id)
		if !ok {
			return nil, refuse(refusal.NoSuchRound, "Round", id)
		}
		return r, nil
	}
	r := d.n.Current()
	if r == nil {
		return nil, refuse(refusal.NoRound)
	}
	return r, nil
}

// asked refuses an indicator that the round doesn't ask for.
func (d *decision) asked(r *Round, id IndicatorID) error {
	t, _ := d.n.TemplateVersion(r.Template)
	if _, ok := t.Indicator(id); !ok {
		return refuse(refusal.NoSuchIndicator, "Indicator", id)
	}
	return nil
}
