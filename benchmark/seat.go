package benchmark

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"roundtable/benchmark/refusal"
)

// Seat is a channel that belongs to the network.
type Seat struct {
	ID         SeatID
	Connection string
	Channel    string
	// Taken is when it came to the table, and By who brought it; empty for
	// a non-participant.
	Taken time.Time
	By    ParticipantID
	// Left is when it was taken from the table again; zero: it sits there.
	Left time.Time

	hindrances []Hindrance // what keeps posts from it
	oneTold    time.Time   // when facilitators were told last of one post that isn't taken
}

// SeatID is "s1", "s2", ... in the order of being seated.
type SeatID string

// Place is a channel of a connection.
type Place struct{ Connection, Channel string }

// Seat returns the seat with the id.
func (n *Network) Seat(id SeatID) (Seat, bool) {
	if k, ok := indexOf(string(id), "s", len(n.Seats)); ok {
		return n.Seats[k], true
	}
	return Seat{}, false
}

// SeatAt returns the seat of the channel, if it is at the table.
func (n *Network) SeatAt(connection, channel string) (Seat, bool) {
	for s := range n.Seated() {
		if s.Connection == connection && s.Channel == channel {
			return s, true
		}
	}
	return Seat{}, false
}

// TakeSeat seats another channel at the table.
type TakeSeat struct{ Connection, Channel string }

func (s TakeSeat) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	if _, taken := d.n.SeatAt(s.Connection, s.Channel); taken {
		return nil
	}
	d.takeSeat(s.Connection, s.Channel, false)
	return nil
}

func (d *decision) takeSeat(connection, channel string, linked bool) {
	id := SeatID("s" + strconv.Itoa(len(d.n.Seats)+1))
	d.emit(seatTaken{Seat: id, Connection: connection, Channel: channel, Linked: linked})
}

// seatTaken seats a channel of a connection at the table. Linked: by the
// code that was given out, which is used up by it.
type seatTaken struct {
	Seat       SeatID `json:"seat"`
	Connection string `json:"connection"`
	Channel    string `json:"channel"`
	Linked     bool   `json:"linked,omitempty"`
}

var seatTakenKind = newKind[seatTaken]("seat.taken", 1)

func (seatTaken) kind() *eventKind { return seatTakenKind }

func (b seatTaken) apply(n *Network, e Event) error {
	n.Seats = append(n.Seats, Seat{ID: b.Seat, Connection: b.Connection, Channel: b.Channel, Taken: e.At, By: e.By})
	n.offer.used = n.offer.used || b.Linked
	return nil
}

// MoveSeat says that the platform calls a channel otherwise now. Nothing follows
// where the channel has no seat, or the new one has.
type MoveSeat struct{ From, To Place }

func (m MoveSeat) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	s, seated := d.n.SeatAt(m.From.Connection, m.From.Channel)
	if _, taken := d.n.SeatAt(m.To.Connection, m.To.Channel); !seated || taken || m.To.Channel == "" {
		return nil
	}
	d.emit(seatMoved{Seat: s.ID, Connection: m.To.Connection, Channel: m.To.Channel})
	return nil
}

// seatMoved says that the platform calls a seat's channel otherwise now.
// What stood in it stands in it still.
type seatMoved struct {
	Seat       SeatID `json:"seat"`
	Connection string `json:"connection"`
	Channel    string `json:"channel"`
}

var seatMovedKind = newKind[seatMoved]("seat.moved", 1)

func (seatMoved) kind() *eventKind { return seatMovedKind }

// apply has everything that stands in the channel stand where it is called now, so
// that threads are found and posts edited as before.
func (b seatMoved) apply(n *Network, _ Event) error {
	k, ok := indexOf(string(b.Seat), "s", len(n.Seats))
	if !ok {
		return fmt.Errorf("seat %q was never there", b.Seat)
	}
	s := &n.Seats[k]
	from := Place{s.Connection, s.Channel}
	s.Connection, s.Channel = b.Connection, b.Channel
	moved := func(p Post) (Post, bool) {
		if p.Message == "" || (Place{p.Connection, p.Channel}) != from {
			return p, false
		}
		return Post{b.Connection, b.Channel, p.Message}, true
	}
	n.movePosts(moved)
	for key, d := range n.discharges {
		if to, is := moved(d.Post); is {
			d.Post = to
			n.discharges[key] = d
		}
	}
	return nil
}

// movedKeys returns what is known of posts by where they stand now.
func movedKeys[V any](known map[Post]V, moved func(Post) (Post, bool)) map[Post]V {
	now := make(map[Post]V, len(known))
	for p, v := range known {
		to, _ := moved(p)
		now[to] = v
	}
	return now
}

// offeredFor is how long a code that seats another channel is good.
const offeredFor = 24 * time.Hour

// offer is the code that seats another channel: its digest, until when it is good,
// and whether it has been used. Zero when there never was one.
type offer struct {
	digest string
	until  time.Time
	used   bool
}

// Offered returns until when the code that was given out last is good, and
// whether it still is.
func (n *Network) Offered(now time.Time) (until time.Time, good bool) {
	return n.offer.until, n.offer.digest != "" && !n.offer.used && now.Before(n.offer.until)
}

// OfferSeat gives out a code, made by [NewCode], with which another channel may
// take a seat. It cancels the one before.
type OfferSeat struct{ Code string }

func (o OfferSeat) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	digest, ok := digestOf(o.Code)
	if !ok {
		return refuse(refusal.CodeUnreadable)
	}
	d.emit(seatOffered{Digest: digest, Until: d.now.Add(offeredFor)})
	return nil
}

// seatOffered gives out a code with which another channel may take a seat,
// once, until the instant. It takes the place of an earlier one. The code
// itself is nowhere written.
type seatOffered struct {
	Digest string    `json:"digest"`
	Until  time.Time `json:"until"`
}

var seatOfferedKind = newKind[seatOffered]("seat.offered", 1)

func (seatOffered) kind() *eventKind { return seatOfferedKind }

func (b seatOffered) apply(n *Network, _ Event) error {
	n.offer = offer{digest: b.Digest, until: b.Until}
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
	if err := d.requireNetwork(); err != nil {
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
	d.takeSeat(l.Connection, l.Channel, true)
	return nil
}

// codeSymbols are digits and letters without those that are taken for others,
// so that a code can be read aloud (Douglas Crockford's base 32).
const codeSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeLength symbols hold 60 bits.
const codeLength = 12

// NewCode writes 60 of 64 bits of chance as a code that can be read aloud:
// "7K3M-9QXT-2HVB". Nobody can guess it if nobody can guess the bits.
func NewCode(chance uint64) string {
	var b strings.Builder
	for k := range codeLength {
		if k > 0 && k%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeSymbols[chance>>(5*k)&31])
	}
	return b.String()
}

// digestOf is what is kept of a code; ok is false for what is no code. However
// it was typed, and whichever of two like symbols was heard, it is the same.
func digestOf(code string) (digest string, ok bool) {
	heard := strings.NewReplacer("O", "0", "I", "1", "L", "1", "U", "V", "-", "", "–", "", " ", "", "\t", "", "\u00a0", "").Replace(strings.ToUpper(strings.TrimSpace(code)))
	if len(heard) != codeLength || strings.Trim(heard, codeSymbols) != "" {
		return "", false
	}
	sum := sha256.Sum256([]byte("roundtable link code\x00" + heard))
	return hex.EncodeToString(sum[:]), true
}

// welcomedFor is how long a seat may be welcomed, and others told of it. Later
// it would be no news.
const welcomedFor = 7 * 24 * time.Hour

// seatDuties: a channel that comes to the table is welcomed; those who sit there
// already are told that somebody hears them in another place.
func (a *agenda) seatDuties() {
	for taken := range a.n.Seated() {
		until := taken.Taken.Add(welcomedFor)
		if !a.now.Before(until) {
			continue
		}
		for s := range a.n.Seated() {
			a.owe(Duty{
				Key: dutyKey("seated", taken.ID, string(s.ID)), Kind: SeatedDuty,
				NotBefore: taken.Taken, NotAfter: until, Seat: s.ID, Taken: taken.ID,
			})
			if s.ID == taken.ID {
				break
			}
		}
		if taken.ID == a.n.Seats[0].ID {
			continue
		}
		for _, f := range a.n.Facilitators() {
			if f.isReachable() && f.ID != taken.By {
				a.owe(Duty{
					Key: dutyKey("linked", taken.ID, string(f.ID)), Kind: LinkedDuty,
					NotBefore: taken.Taken, NotAfter: until, Participant: f.ID, Taken: taken.ID,
				})
			}
		}
	}
}
