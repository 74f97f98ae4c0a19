package commands

import (
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

const (
	notOpen   refusal.Reason = "not-open"
	roundOver refusal.Reason = "round-over"
)

// confirmRound says something of the current round, with its period and
// deadlines at hand.
func confirmRound(r *request, id string) chat.Reply {
	var text string
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			text = r.t(id, "Period", r.period(c.ID), "Due", r.when(dueOf(c)), "Closes", r.when(c.Closes))
		}
	})
	if text == "" {
		return r.refused(refuse(refusal.NoRound))
	}
	return r.say(text)
}

// noOpenRound says why there is no open round; nil when there is one.
func noOpenRound(r *request) *benchmark.Refusal {
	why := refuse(refusal.NoRound)
	r.read(func(n *benchmark.Network) {
		c := n.Current()
		switch {
		case c == nil:
		case c.Phase == benchmark.Open:
			why = nil
		default:
			why = refuse(notOpen, "Round", c.ID, "Closed", closedAt(c))
		}
	})
	return why
}

// refuseOtherRound says why a button or form of another round than the current one is not
// followed; nil when it is of the current one, or of none.
func refuseOtherRound(r *request, id benchmark.RoundID) *benchmark.Refusal {
	if id == "" {
		return nil
	}
	why := refuse(refusal.NoSuchRound, "Round", id)
	r.read(func(n *benchmark.Network) {
		c, known := n.Round(id)
		switch {
		case c == n.Current() && known:
			why = nil
		case known:
			why = refuse(roundOver, "Round", id, "Closed", closedAt(c))
		}
	})
	return why
}

// isClosed says whether nothing new comes into a round.
func isClosed(c *benchmark.Round, now time.Time) bool {
	return c.Phase != benchmark.Open || !now.Before(c.Closes)
}

// closedAt is when a round closed: a facilitator may have done it before its
// time.
func closedAt(c *benchmark.Round) time.Time {
	if c.Phase != benchmark.Open && !c.Closed.IsZero() {
		return c.Closed
	}
	return c.Closes
}

// dueOf is when answers are due: no later than the round closes, which a
// facilitator who opens it again may have set.
func dueOf(c *benchmark.Round) time.Time {
	if c.Due.After(c.Closes) {
		return c.Closes
	}
	return c.Due
}

// trimWord takes one of the words off the front.
func trimWord(text string, words ...string) string {
	first, rest := firstWord(text)
	for _, w := range words {
		if strings.EqualFold(strings.TrimRight(first, ":,"), w) {
			return rest
		}
	}
	return text
}
