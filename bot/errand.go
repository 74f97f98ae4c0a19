package bot

import (
	"errors"

	"roundtable/benchmark"
	"roundtable/chat"
)

// errand is a duty on its way: to whom, and what to say.
type errand struct {
	duty       benchmark.Duty
	key        string // of the duty, among all networks
	place      string // where the duty is seen: order is kept there
	connection string
	to         recipient
	render     func() (chat.Message, error) // nil for what is no message
	erase      []uint64                     // the events that it takes the content of
}

// errWordless says that a duty can't be put into words.
var errWordless = errors.New("no words")

// next returns the first duty that can be done now, as the network is now.
func (c *Courier) next(t *Table, stuck map[string]bool) (e errand, ok bool) {
	now := c.tables.clock()
	t.Read(func(n *benchmark.Network) {
		held := map[string]bool{}
		for _, d := range n.Duties(now, c.tables.working(n.Settings.Holidays)) {
			if d.NotBefore.After(now) {
				return
			}
			e = c.errand(t, n, d)
			waits, blocks := c.patience.waits(e.key)
			switch {
			case stuck[e.key], stuck[e.place], stuck[e.connection], held[e.place]:
			case waits:
				held[e.place] = blocks
			case ownDecision(d) != nil:
				ok = true
				return
			case d.Kind == benchmark.EraseDuty:
				e.erase, ok = n.ToErase(d), true
				return
			case e.to.platform != nil:
				e.render, ok = c.compose(n, d), true
				return
			}
		}
	})
	return e, ok
}

// errand finds out where the duty goes. A connection that isn't configured has
// no platform.
func (c *Courier) errand(t *Table, n *benchmark.Network, d benchmark.Duty) errand {
	var to recipient
	if d.Seat != "" {
		s, _ := n.Seat(d.Seat)
		to.channel = chat.ChannelID{Connection: s.Connection, Channel: s.Channel}
	} else {
		p, _ := n.Participant(d.Participant)
		to.person = chat.PersonID(p.Address)
	}
	connection := to.channel.Connection + to.person.Connection
	to.platform = c.platforms[connection]
	return errand{
		duty: d, key: string(t.id) + "/" + d.Key, place: "place " + string(d.Seat) + " " + string(d.Participant),
		connection: "connection " + connection, to: to,
	}
}

// ownDecision returns what the network itself decides now; nil for a duty that
// is a message.
func ownDecision(d benchmark.Duty) benchmark.Intent {
	switch d.Kind {
	case benchmark.CloseDuty:
		return benchmark.CloseRound{Round: d.Round}
	case benchmark.PublishDuty:
		return benchmark.PublishRound{Round: d.Round}
	default:
		return nil
	}
}
