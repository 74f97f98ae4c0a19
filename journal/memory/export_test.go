package memory

import (
	"slices"
	"testing"

	"roundtable/journal/journaltest"
)

// Damage harms an entry in the log.
func (s *Store) Damage(t *testing.T, network string, seq uint64, harm journaltest.Harm) {
	t.Helper()
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	n := s.log.networks[network]
	at, _ := n.find(seq)
	e := &n.entries[at]
	switch harm {
	case journaltest.HarmContent:
		e.Data[0] ^= 1
	case journaltest.HarmTime:
		e.At = e.At.Add(1)
	case journaltest.HarmKind:
		e.Kind += "s"
	case journaltest.HarmVersion:
		e.Version++
	case journaltest.HarmProof:
		e.Proof.Digest[0] ^= 1
	case journaltest.HarmSwap:
		e.Data, e.Proof.Salt = n.entries[at+1].Data, n.entries[at+1].Proof.Salt
	case journaltest.HarmLose:
		n.entries = slices.Delete(n.entries, at, at+1)
	case journaltest.HarmMark:
		e.Data, e.Erased = nil, true
	case journaltest.HarmUnmark:
		e.Erased = false
	default:
		t.Fatalf("nobody knows how to do %q", harm)
	}
}
