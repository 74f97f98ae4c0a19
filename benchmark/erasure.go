package benchmark

import (
	"slices"
	"time"
)

// erasure is what is to be taken out of the journal.
type erasure struct {
	key   string // of the duty
	since time.Time
	seqs  []uint64
}

const erasePrefix = "erase/"

// forget takes a text out of the state, and notes the event that holds it. Of one
// that the journal holds no more there is nothing to note.
func (n *Network) forget(e Event, what string, text TextID) {
	if t, ok := n.texts[text]; ok {
		delete(n.texts, text)
		n.erasures = append(n.erasures, erasure{key: erasePrefix + what, since: e.At, seqs: []uint64{t.seq}})
	}
}

// ToErase returns the numbers of the events whose content an EraseDuty takes out
// of the journal.
func (n *Network) ToErase(d Duty) []uint64 {
	for _, x := range n.erasures {
		if x.key == d.Key {
			return slices.Clone(x.seqs)
		}
	}
	return nil
}

// erasing: what was taken back, or reads otherwise now, is erased.
func (w *watch) erasing() {
	for _, x := range w.n.erasures {
		w.owe(Duty{Key: x.key, Kind: EraseDuty, NotBefore: x.since})
	}
}
