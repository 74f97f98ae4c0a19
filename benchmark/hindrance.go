package benchmark

import (
	"fmt"
	"iter"
	"slices"
	"time"
)

// HinderedNotice tells facilitators what keeps posts from a seat.
const HinderedNotice = "hindered"

// hindrance is something that keeps posts, or what belongs to them, from a seat.
type hindrance struct {
	why   string
	since time.Time
}

// Hindrances returns what keeps posts, or what belongs to them, from the seat: why, in a
// platform's word, and since when.
func (s Seat) Hindrances() iter.Seq2[string, time.Time] {
	return func(yield func(string, time.Time) bool) {
		for _, h := range s.hindrances {
			if !yield(h.why, h.since) {
				return
			}
		}
	}
}

// isHinderedBy says whether that keeps posts from the seat now.
func (s Seat) isHinderedBy(why string) bool {
	return slices.ContainsFunc(s.hindrances, func(h hindrance) bool { return h.why == why })
}

// Hinder is what the bot wants when something keeps posts, or what belongs to them, from
// a seat: why is a platform's word for it. Facilitators are told, each once, until
// [Free] says that it has ended. Nothing follows while it is known.
func Hinder(s SeatID, why string) Intent { return hinder{s, why, false} }

// Free is what the bot wants when that has ended.
func Free(s SeatID, why string) Intent { return hinder{s, why, true} }

type hinder struct {
	seat  SeatID
	why   string
	ended bool
}

func (h hinder) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	s, ok := d.n.Seat(h.seat)
	switch {
	case !ok || s.isHinderedBy(h.why) != h.ended:
	case h.ended:
		d.emit(seatFreed{Seat: s.ID, Why: h.why})
	case s.Left.IsZero():
		d.emit(seatHindered{Seat: s.ID, Why: h.why})
	}
	return nil
}

// seatHindered says that something keeps posts from a seat. Why is a word, not a text.
type seatHindered struct {
	Seat SeatID `json:"seat"`
	Why  string `json:"why"`
}

var seatHinderedKind = newKind[seatHindered]("seat.hindered", 1)

func (seatHindered) kind() *eventKind { return seatHinderedKind }

func (b seatHindered) apply(n *Network, e Event) error {
	k, ok := indexOf(string(b.Seat), "s", len(n.Seats))
	if !ok {
		return fmt.Errorf("seat %q was never there", b.Seat)
	}
	s := &n.Seats[k]
	s.hindrances = append(slices.Clone(s.hindrances), hindrance{b.Why, e.At})
	tell(n, e, others(n.Facilitators(), nil), Notice{About: HinderedNotice, Seat: b.Seat, Why: b.Why})
	return nil
}

// seatFreed says that it doesn't any more.
type seatFreed struct {
	Seat SeatID `json:"seat"`
	Why  string `json:"why"`
}

var seatFreedKind = newKind[seatFreed]("seat.freed", 1)

func (seatFreed) kind() *eventKind { return seatFreedKind }

func (b seatFreed) apply(n *Network, _ Event) error {
	k, ok := indexOf(string(b.Seat), "s", len(n.Seats))
	if !ok {
		return fmt.Errorf("seat %q was never there", b.Seat)
	}
	s := &n.Seats[k]
	s.hindrances = slices.DeleteFunc(slices.Clone(s.hindrances), func(h hindrance) bool { return h.why == b.Why })
	return nil
}

// isOver says whether a notice about a seat is no news any more.
func isOver(n *Network, o Notice) bool {
	if o.About != HinderedNotice {
		return false
	}
	s, ok := n.Seat(o.Seat)
	return !ok || !s.Left.IsZero() || !s.isHinderedBy(o.Why)
}

// owesResults says whether what a round shows is still to be taken to a seat that posts
// can't reach: however long that is so, it isn't forgotten.
func owesResults(n *Network, r *Round) (owes bool) {
	if r.Phase != Published {
		return false
	}
	a := &agenda{n: n, working: Weekdays, take: func(d Duty) {
		s, _ := n.Seat(d.Seat)
		owes = owes || d.Edit == (Post{}) && len(s.hindrances) > 0
	}}
	a.resultDuties(r)
	return owes
}
