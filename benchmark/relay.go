package benchmark

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// relayedFor is how long a contribution waits for the other seats' threads. One
// that could not be taken there by then would come as a surprise.
const relayedFor = 30 * 24 * time.Hour

const relayPrefix = "relay/"

func relayKey(c Contribution, s SeatID) string {
	return relayPrefix + "m" + strconv.Itoa(c.Number) + "/" + string(s)
}

// relayOf returns the number of the contribution that a duty takes to a seat.
func relayOf(key string) (number int, is bool) {
	key, is = strings.CutPrefix(key, relayPrefix+"m")
	if !is {
		return 0, false
	}
	digits, _, _ := strings.Cut(key, "/")
	number, err := strconv.Atoi(digits)
	return number, err == nil
}

// toRelay says whether a contribution is still to be taken to a seat, or changed
// there. What is taken back goes from a channel that has left the table, too.
func toRelay(n *Network, c Contribution, s SeatID, at time.Time) bool {
	state := n.discharges[relayKey(c, s)]
	seat, _ := n.Seat(s)
	switch {
	case s == c.Seat, state.settled(c.Revision):
		return false
	case !seat.Left.IsZero():
		return c.Withdrawn && state.Done > 0
	case c.Withdrawn:
		return state.Begun > 0 || state.Done > 0 // it stands there, or may
	}
	return at.Before(relayedUntil(c, state))
}

// relayedUntil is when a contribution is too old to be taken to a seat or, where
// it stands, to be changed there.
func relayedUntil(c Contribution, d Discharge) time.Time {
	if d.Done > 0 {
		return c.Changed.Add(relayedFor)
	}
	return c.At.Add(relayedFor)
}

// dropRelayed forgets the contributions that are at every seat as they are now,
// and those that are too old to be taken anywhere.
func (n *Network) dropRelayed(at time.Time) {
	n.relays = slices.DeleteFunc(n.relays, func(p contributionRef) bool {
		return !slices.ContainsFunc(n.Seats, func(s Seat) bool { return toRelay(n, *n.contribution(p), s.ID, at) })
	})
}

// relayDone forgets the contribution with the number once it is at every seat as it is
// now. The others aren't looked at: many may be on their way.
func (n *Network) relayDone(number int, at time.Time) {
	k := slices.Index(n.relays, n.contributions[number])
	if k < 0 || slices.ContainsFunc(n.Seats, func(s Seat) bool { return toRelay(n, *n.contribution(n.relays[k]), s.ID, at) }) {
		return
	}
	n.relays = slices.Delete(n.relays, k, k+1)
}

// relayDuties: what was said at one seat is said at the others, and changed there when
// it is changed.
func (a *agenda) relayDuties() {
	for _, r := range a.n.relays {
		c := *a.n.contribution(r)
		for _, s := range a.n.Seats {
			root, stands := a.n.topics[r.topic].Roots[s.ID]
			if !stands || !toRelay(a.n, c, s.ID, a.now) {
				continue
			}
			d := Duty{
				Key: relayKey(c, s.ID), Kind: RelayDuty, Revision: c.Revision, NotBefore: c.At, Seat: s.ID,
				Topic: r.topic, Contribution: r.index, Thread: root, OnlyEdit: c.Withdrawn,
			}
			state := a.n.discharges[d.Key]
			if state.Done > 0 || c.Withdrawn {
				d.NotBefore = c.Changed
			}
			if !c.Withdrawn {
				d.NotAfter = relayedUntil(c, state)
			}
			a.owe(d)
		}
	}
}
