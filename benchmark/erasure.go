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
	by    []ParticipantID // who wrote each
}

const erasePrefix = "erase/"

// forget takes texts out of the state, and notes the events that hold them. Whether
// the journal holds them still doesn't matter: until the duty is done nobody knows
// that their bytes are gone.
func (t *texts) forget(e Event, what string, all ...TextID) {
	x := erasure{key: erasePrefix + what, since: e.At}
	for _, text := range all {
		if w, ok := t.written[text]; ok {
			delete(t.written, text)
			x.seqs, x.by = append(x.seqs, w.seq), append(x.by, w.by)
		}
	}
	if len(x.seqs) > 0 {
		t.erasures = append(t.erasures, x)
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
	n.forget(e, answerKey(e, r, at), gone...)
	if was.Note != "" && slices.Contains(gone, was.Note) {
		rewordAnswer(n, e, r, at.Indicator)
	}
}

// answerKey is the key of what is erased of a slot with the event, and no other's: a
// slot may be answered anew, or be another organisation's afterwards.
func answerKey(e Event, r *Round, at Slot) string {
	return dutyKey("answer", r.ID, string(at.Organisation), string(at.Indicator), strconv.FormatUint(e.Seq, 10))
}

// owesErasure: events of somebody's are to be erased.
func (t *texts) owesErasure(e Event, what string, of ParticipantID, seqs []uint64) {
	t.erasures = append(t.erasures, erasure{
		key: erasePrefix + what, since: e.At, seqs: seqs, by: slices.Repeat([]ParticipantID{of}, len(seqs)),
	})
}

// erasureDone: what the duties were to erase is out of the journal. What waited beside
// them and isn't named may be there still: another version of the program, which knew
// nothing of it, may have done the duty.
func erasureDone(n *Network, at time.Time, keys ...string) {
	n.farewells = slices.DeleteFunc(n.farewells, func(f farewell) bool { return slices.Contains(keys, f.erasure()) })
	n.erasures = slices.DeleteFunc(n.erasures, func(x erasure) bool { return slices.Contains(keys, x.key) })
	wordsErased(n, at)
}

// erasedWith are the keys of what is erased with the duty, as it waited before it.
func (t *texts) erasedWith(d Duty) (keys []string) {
	for k := range t.erasureAt(d.Key) {
		keys = append(keys, t.erasures[k].key)
	}
	return keys
}

// wordsOf are the numbers of the events that hold what a participant wrote, and what
// they wish of the bot. What waits to be erased is among them.
func (t *texts) wordsOf(p Participant) []uint64 {
	seqs := slices.Clone(p.wishes)
	for _, w := range t.written {
		if w.by == p.ID {
			seqs = append(seqs, w.seq)
		}
	}
	for _, x := range t.erasures {
		for k, by := range x.by {
			if by == p.ID {
				seqs = append(seqs, x.seqs[k])
			}
		}
	}
	slices.Sort(seqs)
	return slices.Compact(seqs)
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
