package benchmark

import (
	"slices"
	"strconv"
	"time"
)

// erasable are the events that hold what may have to be erased.
func erasable(b Body) bool {
	switch b.(type) {
	case textWritten, identityGiven:
		return true
	}
	return false
}

// erasure is what is to be taken out of the journal.
type erasure struct {
	key   string // of the duty
	since time.Time
	seqs  []uint64
}

const erasePrefix = "erase/"

// forget takes texts out of the state, and notes the events that hold them. Whether
// the journal holds them still doesn't matter: until the duty is done nobody knows
// that their bytes are gone.
func (t *texts) forget(e Event, what string, all ...TextID) {
	var seqs []uint64
	for _, text := range all {
		if w, ok := t.written[text]; ok {
			delete(t.written, text)
			seqs = append(seqs, w.seq)
		}
	}
	if len(seqs) > 0 {
		t.owesErasure(e, what, seqs)
	}
}

// standing is the slot's last version; zero when it has none.
func (r *Round) standing(at Slot) Version {
	if s := r.Submissions[at]; s != nil {
		return s.Current()
	}
	return Version{}
}

// forgetReplaced forgets the note of a version that doesn't stand any more, and the
// reason for it, unless they are those of an answer that stands: one reason may be
// given for several. The figure stays, as history.
func forgetReplaced(n *Network, e Event, r *Round, at Slot, was Version) {
	if was.Note == "" && was.Reason == "" {
		return
	}
	gone := []TextID{was.Note, was.Reason}
	t, _ := n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		stands := r.standing(Slot{at.Organisation, i.ID})
		gone = slices.DeleteFunc(gone, func(text TextID) bool { return text == stands.Note || text == stands.Reason })
	}
	number := strconv.Itoa(len(r.Submissions[at].Versions) - 1)
	n.forget(e, dutyKey("answer", r.ID, string(at.Organisation), string(at.Indicator), number), gone...)
	rewordReopened(n, r, at.Indicator, was.Note != "" && slices.Contains(gone, was.Note))
}

func (t *texts) owesErasure(e Event, what string, seqs []uint64) {
	t.erasures = append(t.erasures, erasure{key: erasePrefix + what, since: e.At, seqs: seqs})
}

// erasureDone: what the duty was to erase is out of the journal, and so is what
// waited before it.
func erasureDone(n *Network, key string, at time.Time) {
	n.farewells = slices.DeleteFunc(n.farewells, func(f farewell) bool { return f.erasure() == key })
	if k := n.erasureAt(key); k >= 0 {
		n.erasures = slices.Delete(n.erasures, 0, k+1)
	}
	wordsErased(n, at)
}

// ToErase returns the numbers of the events whose content an EraseDuty takes out
// of the journal.
func (n *Network) ToErase(d Duty) []uint64 {
	for _, f := range n.farewells {
		if f.erasure() == d.Key {
			return []uint64{f.event}
		}
	}
	var seqs []uint64
	for _, x := range n.erasures[:n.erasureAt(d.Key)+1] {
		seqs = append(seqs, x.seqs...)
	}
	return seqs
}

func (t *texts) erasureAt(key string) int {
	return slices.IndexFunc(t.erasures, func(x erasure) bool { return x.key == key })
}

// eraseDuties: what was taken back, or reads otherwise now, is erased. What waits is
// erased together, as it costs a store much to see that the bytes are gone.
func (a *agenda) eraseDuties() {
	if k := len(a.n.erasures); k > 0 {
		last := a.n.erasures[k-1]
		a.owe(Duty{Key: last.key, Kind: EraseDuty, NotBefore: a.n.erasures[0].since})
	}
}
