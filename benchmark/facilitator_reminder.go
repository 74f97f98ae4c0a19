package benchmark

import (
	"slices"
	"strconv"
	"time"
)

// remindedOn are the working days on which a facilitator is reminded of what waits for
// them, before the network is told on the tenth.
var remindedOn = []int{5, 8}

// remindUndecided owes again, on those days, what a facilitator was asked and hasn't
// decided since: each until the next one comes.
func (a *agenda) remindUndecided(asked Duty, since time.Time) {
	since = later(since, a.n.appointed)
	if since.IsZero() {
		return
	}
	p, _ := a.n.Participant(asked.Participant)
	zone, key := a.n.LocationOf(p), asked.Key
	on := func(days int) time.Time { return nudgeAt(a.working.daysFrom(since.In(zone), days), zone) }
	for k, days := range remindedOn {
		until := daysUndecided
		if k+1 < len(remindedOn) {
			until = remindedOn[k+1]
		}
		asked.Key = key + "/day-" + strconv.Itoa(days)
		asked.NotBefore, asked.NotAfter = on(days), on(until)
		a.owe(asked)
	}
}

// settleSought has the posts edited that say that something waits for a facilitator, once
// nothing of it does and they stand.
func settleSought(n *Network, e Event) {
	for k := range n.notices {
		one := &n.notices[k]
		if one.About == SoughtNotice && !one.Settled && !n.FacilitatorSought() && !comesYet(n, *one, e.At) {
			one.Settled, one.changed = true, e.At
			one.revision++
		}
	}
}

// comesYet says whether a notice is still to be posted at a seat.
func comesYet(n *Network, o Notice, at time.Time) bool {
	return at.Sub(o.At) <= noticedFor && slices.ContainsFunc(n.Seats, func(s Seat) bool {
		return s.Left.IsZero() && !o.At.Before(s.Taken) && n.discharges[noticeKey(o, s.ID)].Done == 0
	})
}
