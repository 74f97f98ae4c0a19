package benchmark

import (
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

// offeredFor is how long a code that seats another channel is good.
const offeredFor = 24 * time.Hour

// Place is a channel of a connection.
type Place struct{ Connection, Channel string }

// TakeSeat seats another channel at the table.
type TakeSeat struct{ Connection, Channel string }

func (s TakeSeat) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	if _, taken := d.n.SeatAt(s.Connection, s.Channel); taken {
		return nil
	}
	d.seats(s.Connection, s.Channel, false)
	return nil
}

func (d *decision) seats(connection, channel string, linked bool) {
	id := SeatID("s" + strconv.Itoa(len(d.n.Seats)+1))
	d.happens(SeatTaken{Seat: id, Connection: connection, Channel: channel, Linked: linked})
}

// OfferSeat gives out a code, made by [NewCode], with which another channel may
// take a seat. It cancels the one before.
type OfferSeat struct{ Code string }

func (o OfferSeat) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	digest, ok := digestOf(o.Code)
	if !ok {
		return refuse(refusal.CodeUnreadable)
	}
	d.happens(SeatOffered{Digest: digest, Until: d.now.Add(offeredFor)})
	return nil
}

// LinkSeat seats a channel by a code that was given out. Whoever has the code may
// do it, participant or not; whether the channel is at another table only its
// caller knows.
type LinkSeat struct {
	Code                string
	Connection, Channel string
}

func (l LinkSeat) decide(d *decision) error {
	if err := d.founded(); err != nil {
		return err
	}
	digest, ok := digestOf(l.Code)
	if !ok {
		return refuse(refusal.CodeUnreadable)
	}
	if digest != d.n.offer.digest {
		return refuse(refusal.CodeUnknown)
	}
	if d.n.offer.used {
		return refuse(refusal.CodeUsed)
	}
	if !d.now.Before(d.n.offer.until) {
		return refuse(refusal.CodeExpired)
	}
	if _, taken := d.n.SeatAt(l.Connection, l.Channel); taken {
		return refuse(refusal.SeatTaken)
	}
	d.seats(l.Connection, l.Channel, true)
	return nil
}

// Offered returns until when the code that was given out last is good, and
// whether it still is.
func (n *Network) Offered(now time.Time) (until time.Time, good bool) {
	return n.offer.until, n.offer.digest != "" && !n.offer.used && now.Before(n.offer.until)
}

// MoveSeat says that the platform calls a channel otherwise now. Nothing follows
// where the channel has no seat, or the new one has.
type MoveSeat struct{ From, To Place }

func (m MoveSeat) decide(d *decision) error {
	if err := d.bot(); err != nil {
		return err
	}
	s, seated := d.n.SeatAt(m.From.Connection, m.From.Channel)
	if _, taken := d.n.SeatAt(m.To.Connection, m.To.Channel); !seated || taken || m.To.Channel == "" {
		return nil
	}
	d.happens(SeatMoved{Seat: s.ID, Connection: m.To.Connection, Channel: m.To.Channel})
	return nil
}
