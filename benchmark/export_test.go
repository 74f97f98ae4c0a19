package benchmark

import (
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Whole compares networks down to the last counter.
var Whole = cmp.Options{
	cmp.AllowUnexported(Network{}, Participant{}, Round{}, Topic{}, Contribution{}, spot{}, written{}, erasure{}, recent{}, offer{}),
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
}

// EveryBody returns a zero body of each kind that a journal may hold.
func EveryBody() map[string]Body {
	bodies := map[string]Body{}
	for kind, c := range kinds {
		var e Event
		if err := c.decode([]byte(`{}`), &e); err != nil {
			panic(err)
		}
		bodies[kind] = e.Body
	}
	return bodies
}

// OpenRelays is how many contributions still have somewhere to go.
func OpenRelays(n *Network) int { return len(n.relays) }

// RecentKept is how many incoming things a network remembers.
const RecentKept = recentKept
