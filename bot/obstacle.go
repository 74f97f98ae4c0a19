package bot

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

const (
	// declinedTries is after how many attempts people are told of a message that a
	// platform doesn't take for a reason that nobody knows: it may pass.
	declinedTries = 3
	// singlyFor is for how long nobody is told of another message of a seat that isn't
	// taken: several at once are told of once.
	singlyFor = 24 * time.Hour
)

// isInWords says whether a message stands with its pictures and files in words.
func isInWords(err error) bool {
	_, is := errors.AsType[*chat.InWords](err)
	return is
}

// hinder has the network know that something keeps a duty from its seat, so that its
// facilitators are told. A person's own place is only logged: they alone could be told.
// Where the platform doesn't let the bot in, that concerns a seat there whoever was meant.
func (c *Courier) hinder(ctx context.Context, t *Table, d delivery, why *chat.Unreachable) error {
	seat := d.duty.Seat
	if seat == "" && why.Why == chat.SignedOut {
		seat = seatOn(t, d.to.person.Connection)
	}
	if seat == "" {
		return nil
	}
	intent := benchmark.Hinder(seat, string(why.Why))
	switch {
	case why.Alone:
		intent = benchmark.HinderOne(seat, string(why.Why), d.duty.Key)
	case why.Why.ShutsOut() && d.duty.Seat != "":
		c.outOfReach.Store(d.to.channel, unreached{t.id, d.holdKey(why), why.Why})
	}
	events, err := doAsBot(ctx, t, intent)
	if len(events) > 0 {
		c.log.Error("a seat can't be posted to as it should", "network", string(t.id), "seat", string(seat), "why", string(why.Why), "one_post", why.Alone)
	}
	return err
}

// seatOn is a seat of the network on the connection; empty when there is none.
func seatOn(t *Table, connection string) (seat benchmark.SeatID) {
	t.Read(func(n *benchmark.Network) {
		for s := range n.Seated() {
			if s.Connection == connection {
				seat = s.ID
				return
			}
		}
	})
	return seat
}

// arrived has the network know that a message has gone where it should: what kept others
// from there has ended. inWords is not nil where its pictures and files have not gone
// along.
func (c *Courier) arrived(ctx context.Context, t *Table, d delivery, m chat.Message, inWords error) error {
	now := c.tables.clock()
	c.outOfReach.Delete(d.to.channel)
	err := c.free(ctx, t, d, func(h benchmark.Hindrance) bool {
		switch why := chat.Obstacle(h.Why); why {
		case chat.NoFiles:
			return inWords == nil && hasFiles(m)
		case chat.Declined, chat.Refused, chat.ThreadGone:
			return now.Sub(h.Since) >= singlyFor
		default:
			return true
		}
	})
	if err != nil || inWords == nil {
		return err
	}
	return c.hinder(ctx, t, d, &chat.Unreachable{Why: chat.NoFiles, Err: inWords})
}

// free has the network know what hinders no more: of the delivery's seat that which has
// ended, and what kept from there what has been done, given up, or is owed no more; and
// that the platform lets the bot in again.
func (c *Courier) free(ctx context.Context, t *Table, d delivery, hasEnded func(benchmark.Hindrance) bool) error {
	type ending struct {
		seat benchmark.SeatID
		what benchmark.Hindrance
	}
	var ended []ending
	t.Read(func(n *benchmark.Network) {
		var owed map[string]bool
		isOwed := func(key string) bool {
			if owed == nil {
				owed = map[string]bool{}
				for _, duty := range n.Duties(c.tables.clock(), t.WorkingDay(n)) {
					owed[duty.Key] = true
				}
			}
			return owed[key]
		}
		for s := range n.Seated() {
			for h := range s.Hindrances() {
				over := false
				switch {
				case h.Key != "":
					over = s.ID == d.duty.Seat && (h.Key == d.duty.Key || !isOwed(h.Key))
				case h.Why == string(chat.SignedOut):
					over = s.Connection == d.to.channel.Connection+d.to.person.Connection && hasEnded(h)
				default:
					over = s.ID == d.duty.Seat && hasEnded(h)
				}
				if over {
					ended = append(ended, ending{s.ID, h})
				}
			}
		}
	})
	for _, e := range ended {
		intent := benchmark.Free(e.seat, e.what.Why)
		if e.what.Key != "" {
			intent = benchmark.FreeOne(e.seat, e.what.Why, e.what.Key)
		}
		if _, err := doAsBot(ctx, t, intent); err != nil {
			return err
		}
		c.log.Info("a seat can be posted to again", "network", string(t.id), "seat", string(e.seat), "why", e.what.Why, "one_post", e.what.Key != "")
	}
	return nil
}

// drop gives a delivery up, and tells facilitators of a message of theirs that won't
// come.
func (c *Courier) drop(ctx context.Context, t *Table, d delivery, why string, told chat.Obstacle, cause error) error {
	c.log.Error("message given up", "duty_kind", string(d.duty.Kind), "network", string(t.id), "seat", string(d.duty.Seat), "why", why, "error", cause)
	if _, err := doAsBot(ctx, t, d.duty.Drop(why)); err != nil {
		return err
	}
	if err := c.free(ctx, t, d, func(benchmark.Hindrance) bool { return false }); err != nil || told == "" {
		return err
	}
	return c.hinder(ctx, t, d, &chat.Unreachable{Why: told, Err: cause})
}

// OutOfReach returns how many seats of the networks that are loaded can't be posted to
// at all.
func (ts *Tables) OutOfReach() (seats int) {
	ts.mu.Lock()
	all := slices.Collect(maps.Values(ts.tables))
	ts.mu.Unlock()
	for _, l := range all {
		if !l.mu.TryLock() { // being loaded
			continue
		}
		t := l.table
		l.mu.Unlock()
		if t == nil {
			continue
		}
		t.Read(func(n *benchmark.Network) { seats += len(SeatsOutOfReach(n)) })
	}
	return seats
}

// SeatsOutOfReach returns which of a network's seats can't be posted to at all: where the
// platform doesn't let the bot in, all that are on that connection.
func SeatsOutOfReach(n *benchmark.Network) (seats []benchmark.SeatID) {
	shut := map[string]bool{} // connections
	for s := range n.Seated() {
		for h := range s.Hindrances() {
			shut[s.Connection] = shut[s.Connection] || h.Why == string(chat.SignedOut)
		}
	}
	for s := range n.Seated() {
		if shut[s.Connection] || slices.ContainsFunc(slices.Collect(s.Hindrances()), func(h benchmark.Hindrance) bool {
			return h.Key == "" && chat.Obstacle(h.Why).ShutsOut()
		}) {
			seats = append(seats, s.ID)
		}
	}
	return seats
}

// hasFiles says whether a message has pictures or files.
func hasFiles(m chat.Message) bool {
	for _, b := range m.Blocks {
		switch b.(type) {
		case chat.Picture, chat.File:
			return true
		}
	}
	return false
}

// unreached is a seat that is out of reach: its network, the key of what waits for it in
// the retry schedule, and why.
type unreached struct {
	network benchmark.NetworkID
	key     string
	why     chat.Obstacle
}

// Reachable has what waits for a channel that was out of reach tried at once: something
// has happened there. Where the bot may hear what is said and yet not post, it is tried
// now and then only, however much is said. It returns at once; the end of the context
// ends the work.
func (c *Courier) Reachable(ctx context.Context, channel chat.ChannelID) {
	was, known := c.outOfReach.Load(channel)
	if !known {
		return
	}
	at := was.(unreached) //nolint:forcetypeassert // nothing else is in it
	least := longestPause
	if at.why.EndsByHearing() {
		least = firstLook
	}
	if !c.retries.hurry(at.key, least) {
		return
	}
	c.outOfReach.Delete(channel)
	c.retries.succeeded(string(at.network))
	c.Start(ctx, at.network)
}
