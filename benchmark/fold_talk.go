package benchmark

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// written is a text, and the number of the event that holds it.
type written struct {
	body string
	seq  uint64
}

func (n *Network) topic(id TopicID) *Topic {
	t := n.topics[id]
	if t == nil {
		t = &Topic{ID: id, Roots: map[SeatID]Post{}}
		n.topics[id] = t
	}
	return t
}

func (n *Network) contributed(e Event, b ContributionMade) {
	t := n.topic(b.Topic)
	t.Contributions = append(t.Contributions, Contribution{
		Number: b.Contribution, By: e.By, At: e.At,
		Manner: b.Manner, Indicator: b.Indicator, Text: b.Text, Seat: b.Seat, Post: b.Post, Commitment: b.Commitment,
		Revision: 1, Changed: e.At,
	})
	at := spot{b.Topic, len(t.Contributions) - 1}
	n.contributions[b.Contribution] = at
	if b.Post != (Post{}) {
		n.voices[b.Post] = b.Contribution
	}
	n.relays = append(n.relays, at)
	n.settleRelays(e.At)
}

// revised forgets at once how it read before, which is still to be erased from the
// journal.
func (n *Network) revised(e Event, b ContributionRevised) error {
	return n.changingContribution(e, b.Contribution, func(c *Contribution) {
		n.forget(e, "m"+strconv.Itoa(c.Number)+"/"+strconv.Itoa(c.Revision), c.Text)
		c.Text = b.Text
	})
}

// withdrawn does the same with the words that are taken back.
func (n *Network) withdrawn(e Event, b ContributionWithdrawn) error {
	err := n.changingContribution(e, b.Contribution, func(c *Contribution) {
		n.forget(e, "m"+strconv.Itoa(c.Number), c.Text)
		c.Text, c.Withdrawn, c.WithdrawnBy = "", true, e.By
	})
	if l, kept := n.learning(n.learnings[b.Contribution]); kept {
		l.Supporters = nil
	}
	return err
}

// changingContribution changes one, which is then taken to the other seats again.
func (n *Network) changingContribution(e Event, number int, change func(*Contribution)) error {
	at, ok := n.contributions[number]
	if !ok {
		return fmt.Errorf("contribution %d was never there", number)
	}
	c := &n.topics[at.topic].Contributions[at.index]
	change(c)
	c.Revision++
	c.Changed = e.At
	if !slices.Contains(n.relays, at) {
		n.relays = append(n.relays, at)
	}
	n.settleRelays(e.At)
	return nil
}

func (n *Network) dutyDone(e Event, b DutyDone) {
	d := n.discharges[b.Key]
	d.Done, d.At, d.Dropped = b.Revision, e.At, ""
	if b.Post != (Post{}) {
		d.Post = b.Post
	}
	n.discharges[b.Key] = d
	if b.Topic != "" && b.Post != (Post{}) {
		n.topic(b.Topic).Roots[b.Seat] = b.Post
		n.posts[b.Post] = b.Topic
	}
	if number, is := relayOf(b.Key); is && b.Post != (Post{}) {
		n.voices[b.Post] = number
	}
	n.settle(b.Key, e.At)
}

// settle lets go of what a duty that is done, or given up, was owed for.
func (n *Network) settle(key string, at time.Time) {
	switch {
	case strings.HasPrefix(key, relayPrefix):
		n.settleRelays(at)
	case strings.HasPrefix(key, erasePrefix):
		n.erasures = slices.DeleteFunc(n.erasures, func(x erasure) bool { return x.key == key })
	}
}

// settleRelays forgets the contributions that are at every seat as they are now,
// and those that are too old to be taken anywhere.
func (n *Network) settleRelays(at time.Time) {
	n.relays = slices.DeleteFunc(n.relays, func(p spot) bool {
		c := n.topics[p.topic].Contributions[p.index]
		return !slices.ContainsFunc(n.Seats, func(s Seat) bool { return n.toRelay(c, s.ID, at) })
	})
}

// toRelay says whether a contribution is still to be taken to a seat, or changed
// there.
func (n *Network) toRelay(c Contribution, s SeatID, at time.Time) bool {
	state := n.discharges[relayKey(c, s)]
	switch {
	case s == c.Seat, state.over(c.Revision):
		return false
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
