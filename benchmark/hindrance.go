package benchmark

import (
	"fmt"
	"iter"
	"slices"
	"time"
)

// HinderedNotice tells facilitators what keeps posts from a seat.
const HinderedNotice = "hindered"

// Hindrance is something that keeps posts, or what belongs to them, from a seat.
type Hindrance struct {
	// Why is a platform's word for it.
	Why string
	// Key is that of the duty that it keeps from there, others being taken; empty where
	// it is so for all.
	Key string
	// Since is when it was first met.
	Since time.Time
}

// Hindrances returns what keeps posts, or what belongs to them, from the seat, the oldest
// first.
func (s Seat) Hindrances() iter.Seq[Hindrance] { return slices.Values(s.hindrances) }

// isHinderedBy says whether that keeps posts from the seat now, be it one.
func (s Seat) isHinderedBy(why string) bool {
	return slices.ContainsFunc(s.hindrances, func(h Hindrance) bool { return h.Why == why })
}

// has says whether that keeps the duty of that key from the seat; an empty key is all.
func (s Seat) has(why, key string) bool {
	return slices.ContainsFunc(s.hindrances, func(h Hindrance) bool { return h.Why == why && h.Key == key })
}

// oneToldFor is for how long nobody is told of another duty that a seat doesn't take,
// others being taken.
const oneToldFor = 24 * time.Hour

// Hinder is what the bot wants when something keeps posts, or what belongs to them, from
// a seat: why is a platform's word for it. Facilitators are told, each once, until
// [Free] says that it has ended. Nothing follows while it is known.
func Hinder(s SeatID, why string) Intent { return hinder{seat: s, why: why} }

// Free is what the bot wants when that has ended.
func Free(s SeatID, why string) Intent { return hinder{seat: s, why: why, ended: true} }

// HinderOne is [Hinder] for the duty of that key alone, while others are taken; it is
// [FreeOne] that ends it. Of several facilitators are told once.
func HinderOne(s SeatID, why, key string) Intent { return hinder{seat: s, why: why, key: key} }

// FreeOne is what the bot wants when the duty is done, or owed no more.
func FreeOne(s SeatID, why, key string) Intent {
	return hinder{seat: s, why: why, key: key, ended: true}
}

type hinder struct {
	seat     SeatID
	why, key string
	ended    bool
}

func (h hinder) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	s, ok := d.n.Seat(h.seat)
	switch {
	case !ok || s.has(h.why, h.key) != h.ended:
	case h.ended:
		d.emit(seatFreed{Seat: s.ID, Why: h.why, Key: h.key})
	case s.Left.IsZero():
		told := h.key != "" && (d.now.Sub(s.oneTold) < oneToldFor || slices.ContainsFunc(s.hindrances, func(other Hindrance) bool {
			return other.Key != "" && other.Why == h.why
		}))
		d.emit(seatHindered{Seat: s.ID, Why: h.why, Key: h.key, Told: told})
	}
	return nil
}

// seatHindered says that something keeps posts from a seat; where there is a Key, the
// duty of that key alone. Why is a word, not a text. Told: facilitators know already that
// there are such.
type seatHindered struct {
	Seat SeatID `json:"seat"`
	Why  string `json:"why"`
	Key  string `json:"key,omitempty"`
	Told bool   `json:"told,omitempty"`
}

var seatHinderedKind = newKind[seatHindered]("seat.hindered", 1)

func (seatHindered) kind() *eventKind { return seatHinderedKind }

func (b seatHindered) apply(n *Network, e Event) error {
	k, ok := indexOf(string(b.Seat), "s", len(n.Seats))
	if !ok {
		return fmt.Errorf("seat %q was never there", b.Seat)
	}
	s := &n.Seats[k]
	s.hindrances = append(slices.Clone(s.hindrances), Hindrance{Why: b.Why, Key: b.Key, Since: e.At})
	if b.Told {
		return nil
	}
	if b.Key != "" {
		s.oneTold = e.At
	}
	tell(n, e, others(n.Facilitators(), nil), Notice{About: HinderedNotice, Seat: b.Seat, Why: b.Why, Alone: b.Key != ""})
	return nil
}

// seatFreed says that it doesn't any more.
type seatFreed struct {
	Seat SeatID `json:"seat"`
	Why  string `json:"why"`
	Key  string `json:"key,omitempty"`
}

var seatFreedKind = newKind[seatFreed]("seat.freed", 1)

func (seatFreed) kind() *eventKind { return seatFreedKind }

func (b seatFreed) apply(n *Network, _ Event) error {
	k, ok := indexOf(string(b.Seat), "s", len(n.Seats))
	if !ok {
		return fmt.Errorf("seat %q was never there", b.Seat)
	}
	s := &n.Seats[k]
	s.hindrances = slices.DeleteFunc(slices.Clone(s.hindrances), func(h Hindrance) bool { return h.Why == b.Why && h.Key == b.Key })
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

// owesResults says whether what a round shows is still to be written anew, as figures were taken
// out of it, or taken to a seat that posts can't reach: however long that is so, it isn't
// forgotten.
func owesResults(n *Network, r *Round) (owes bool) {
	if r.Phase != Published {
		return false
	}
	a := &agenda{n: n, working: Weekdays, take: func(d Duty) {
		s, _ := n.Seat(d.Seat)
		owes = owes || d.Edit != (Post{}) || len(s.hindrances) > 0
	}}
	a.resultDuties(r)
	return owes
}
