package benchmark

import (
	"fmt"
	"iter"

	"roundtable/benchmark/refusal"
)

// Seated returns the seats at the table, in the order of being seated.
func (n *Network) Seated() iter.Seq[Seat] {
	return func(yield func(Seat) bool) {
		for _, s := range n.Seats {
			if s.Left.IsZero() && !yield(s) {
				return
			}
		}
	}
}

// SeatsTaken returns how many there are.
func (n *Network) SeatsTaken() (taken int) {
	for range n.Seated() {
		taken++
	}
	return taken
}

// Unlink takes a channel from the table: nothing is posted there any more but that it is
// so, nothing that is said there is heard, and what stands stays. A code that was given
// out is good no more. The last seat stays.
func Unlink(s SeatID) Intent { return unlink{s} }

type unlink struct{ seat SeatID }

func (u unlink) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	s, ok := d.n.Seat(u.seat)
	if !ok || !s.Left.IsZero() {
		return refuse(refusal.NoSuchSeat)
	}
	if d.n.SeatsTaken() == 1 {
		return refuse(refusal.LastSeat)
	}
	d.emit(seatLeft{Seat: s.ID})
	return nil
}

// seatLeft takes a channel from the table.
type seatLeft struct {
	Seat SeatID `json:"seat"`
}

var seatLeftKind = newKind[seatLeft]("seat.left", 1)

func (seatLeft) kind() *eventKind { return seatLeftKind }

func (b seatLeft) apply(n *Network, e Event) error {
	k, ok := indexOf(string(b.Seat), "s", len(n.Seats))
	if !ok {
		return fmt.Errorf("seat %q was never there", b.Seat)
	}
	n.Seats[k].Left = e.At
	n.offer = offer{}
	return nil
}

// unlinkedDuties: a channel that was taken from the table is told so, and the others
// are told that what is said no longer goes there.
func (a *agenda) unlinkedDuties() {
	for _, gone := range a.n.Seats {
		if gone.Left.IsZero() {
			continue
		}
		until := gone.Left.Add(welcomedFor)
		tell := func(s Seat) {
			a.owe(Duty{
				Key: dutyKey("unlinked", gone.ID, string(s.ID)), Kind: UnlinkedDuty,
				NotBefore: gone.Left, NotAfter: until, Seat: s.ID, Taken: gone.ID,
			})
		}
		if _, again := a.n.SeatAt(gone.Connection, gone.Channel); !again {
			tell(gone)
		}
		for s := range a.n.Seated() {
			if !gone.Left.Before(s.Taken) {
				tell(s)
			}
		}
	}
}
