package benchmark

import (
	"fmt"
	"time"
)

// Seat is a channel that belongs to the network.
type Seat struct {
	ID         SeatID
	Connection string
	Channel    string
	// Taken is when it came to the table, and By who brought it; empty for
	// somebody who is no participant.
	Taken time.Time
	By    ParticipantID
}

// offer is the code that seats another channel: its digest, until when it is good,
// and whether it has been used. Zero when there never was one.
type offer struct {
	digest string
	until  time.Time
	used   bool
}

// Seat returns the seat with the id.
func (n *Network) Seat(id SeatID) (Seat, bool) {
	if k, ok := number(string(id), "s", len(n.Seats)); ok {
		return n.Seats[k], true
	}
	return Seat{}, false
}

// SeatAt returns the seat of the channel.
func (n *Network) SeatAt(connection, channel string) (Seat, bool) {
	for _, s := range n.Seats {
		if s.Connection == connection && s.Channel == channel {
			return s, true
		}
	}
	return Seat{}, false
}

// SeatAddress is how a channel is called in the journal's index.
func SeatAddress(connection, channel string) string { return "seat:" + connection + ":" + channel }

// applySeat folds the events of seats and workspaces.
func (n *Network) applySeat(e Event) error {
	switch b := e.Body.(type) {
	case SeatOffered:
		n.offer = offer{digest: b.Digest, until: b.Until}
	case SeatTaken:
		n.Seats = append(n.Seats, Seat{ID: b.Seat, Connection: b.Connection, Channel: b.Channel, Taken: e.At, By: e.By})
		n.offer.used = n.offer.used || b.Linked
	case SeatMoved:
		return n.seatMoved(b)
	case WorkspaceBound:
		n.bind(b)
	}
	return nil
}

// seatMoved has everything that stands in the channel stand where it is called
// now, so that threads are found and posts edited as before.
func (n *Network) seatMoved(b SeatMoved) error {
	k, ok := number(string(b.Seat), "s", len(n.Seats))
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
	n.posts, n.voices = rekeyed(n.posts, moved), rekeyed(n.voices, moved)
	for _, t := range n.topics {
		for k := range t.Contributions {
			c := &t.Contributions[k]
			c.Post, _ = moved(c.Post)
		}
		for seat, root := range t.Roots {
			t.Roots[seat], _ = moved(root)
		}
	}
	for key, d := range n.discharges {
		if to, is := moved(d.Post); is {
			d.Post = to
			n.discharges[key] = d
		}
	}
	return nil
}

// rekeyed is what is known of posts, by where they stand now.
func rekeyed[V any](known map[Post]V, moved func(Post) (Post, bool)) map[Post]V {
	now := make(map[Post]V, len(known))
	for p, v := range known {
		to, _ := moved(p)
		now[to] = v
	}
	return now
}
