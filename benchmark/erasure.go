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

// forget takes texts out of the state, and notes the events that hold them. Of
// texts that the journal holds no more there is nothing to note.
func (n *Network) forget(e Event, what string, texts ...TextID) {
	x := erasure{key: erasePrefix + what, since: e.At}
	for _, id := range texts {
		if t, ok := n.texts[id]; ok {
			x.seqs = append(x.seqs, t.seq)
			delete(n.texts, id)
		}
	}
	if len(x.seqs) > 0 {
		n.erasures = append(n.erasures, x)
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

// erasing: what was taken back is erased.
func (w *watch) erasing() {
	for _, x := range w.n.erasures {
		w.owe(Duty{Key: x.key, Kind: EraseDuty, NotBefore: x.since})
	}
}
