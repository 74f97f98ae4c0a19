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
func (c *Courier) hinder(ctx context.Context, t *Table, d delivery, why chat.Obstacle) error {
	if d.duty.Seat == "" {
		return nil
	}
	if why.ShutsOut() {
		c.outOfReach.Store(d.to.channel, unreached{t.id, d.placeKey})
	}
	events, err := doAsBot(ctx, t, benchmark.Hinder(d.duty.Seat, string(why)))
	if len(events) > 0 {
		c.log.Error("a seat can't be posted to as it should", "network", string(t.id), "seat", string(d.duty.Seat), "why", string(why))
	}
	return err
}

// arrived has the network know that a message has gone to its seat: what kept others
// from there has ended. inWords is not nil where its pictures and files have not gone
// along.
func (c *Courier) arrived(ctx context.Context, t *Table, d delivery, m chat.Message, inWords error) error {
	if d.duty.Seat == "" {
		return nil
	}
	c.outOfReach.Delete(d.to.channel)
	var ended []string
	now := c.tables.clock()
	t.Read(func(n *benchmark.Network) {
		s, _ := n.Seat(d.duty.Seat)
		for why, since := range s.Hindrances() {
			switch why := chat.Obstacle(why); {
			case why == chat.NoFiles && (inWords != nil || !hasFiles(m)):
			case (why == chat.Declined || why == chat.Refused) && now.Sub(since) < singlyFor:
			default:
				ended = append(ended, string(why))
			}
		}
	})
	for _, why := range ended {
		if _, err := doAsBot(ctx, t, benchmark.Free(d.duty.Seat, why)); err != nil {
			return err
		}
		c.log.Info("a seat can be posted to again", "network", string(t.id), "seat", string(d.duty.Seat), "why", why)
	}
	if inWords == nil {
		return nil
	}
	return c.hinder(ctx, t, d, chat.NoFiles)
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
		t.Read(func(n *benchmark.Network) {
			for s := range n.Seated() {
				for why := range s.Hindrances() {
					if chat.Obstacle(why).ShutsOut() {
						seats++
						break
					}
				}
			}
		})
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

// unreached is a seat that is out of reach: its network, and the key of its place in the
// retry schedule.
type unreached struct {
	network  benchmark.NetworkID
	placeKey string
}

// Reachable has what waits for a channel that was out of reach tried at once: something
// has happened there. It returns at once; the end of the context ends the work.
func (c *Courier) Reachable(ctx context.Context, channel chat.ChannelID) {
	was, known := c.outOfReach.LoadAndDelete(channel)
	if !known {
		return
	}
	at := was.(unreached) //nolint:forcetypeassert // nothing else is in it
	c.retries.succeeded(at.placeKey)
	c.retries.succeeded(string(at.network))
	c.Start(ctx, at.network)
}
