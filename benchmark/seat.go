package benchmark

import (
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

// rekeyed is what is known of posts, by where they stand now.
func rekeyed[V any](known map[Post]V, moved func(Post) (Post, bool)) map[Post]V {
	now := make(map[Post]V, len(known))
	for p, v := range known {
		to, _ := moved(p)
		now[to] = v
	}
	return now
}
