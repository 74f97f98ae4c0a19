package journaltest

import (
	"math"
	"testing"

	"roundtable/journal"
)

func erase(t *testing.T, j journal.Journal, network string, seqs ...uint64) {
	t.Helper()
	if err := j.Erase(within(t), network, seqs); err != nil {
		t.Fatalf("Erase %v of %s: %v", seqs, network, err)
	}
}

// without returns the entries with the content of the given numbers taken out.
func without(entries []journal.Entry, seqs ...uint64) []journal.Entry {
	left := append([]journal.Entry(nil), entries...)
	for _, seq := range seqs {
		left[seq-1].Data, left[seq-1].Erased = nil, true
	}
	return left
}

func eraseTakesContent(t *testing.T, s suite) {
	j := s.fresh(t)
	all := stored(0, numbered(10)...)
	appendTo(t, j, "alpha", 0, numbered(10)...)
	appendTo(t, j, "beta", 0, numbered(10)...)
	erase(t, j, "alpha", 3, 7, 4)
	erase(t, j, "alpha", 3, 1)
	want := without(all, 1, 3, 4, 7)
	wantEntries(t, j, "alpha", want)
	wantEntries(t, s.another(t, j), "alpha", want)
	wantEntries(t, j, "beta", all)
	j = s.reopened(t, j)
	wantEntries(t, j, "alpha", want)
	erase(t, j, "alpha", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	wantEntries(t, j, "alpha", without(all, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
	wantNetworks(t, j, "alpha", "beta")
}

func eraseLast(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(2)...)
	erase(t, j, "alpha", 1, 2)
	j = s.reopened(t, j)
	if _, err := j.Append(within(t), journal.Batch{Network: "alpha", After: 1, Entries: numbered(1)}); err == nil {
		t.Error("Append took the number of an erased entry")
	}
	appendTo(t, j, "alpha", 2, entry("third"))
	wantEntries(t, j, "alpha", append(without(stored(0, numbered(2)...), 1, 2), stored(2, entry("third"))...))
}

func eraseIgnores(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(2)...)
	erase(t, j, "alpha", 0, 3, 1<<40, math.MaxUint64)
	erase(t, j, "alpha")
	erase(t, j, "unknown", 1, 2)
	wantEntries(t, j, "alpha", stored(0, numbered(2)...))
	wantNetworks(t, j, "alpha")
	appendTo(t, j, "alpha", 2, entry("third"))
	appendTo(t, j, "unknown", 0, entry("first"))
	wantEntries(t, j, "unknown", stored(0, entry("first")))
}

func appendErased(t *testing.T, s suite) {
	from, to := s.fresh(t), s.fresh(t)
	appendTo(t, from, "alpha", 0, numbered(4)...)
	erase(t, from, "alpha", 1, 3)
	moved := read(t, from, "alpha", 1)
	appendTo(t, to, "alpha", 0, moved...)
	wantEntries(t, to, "alpha", moved)
	erase(t, to, "alpha", 1, 2)
	wantEntries(t, to, "alpha", without(moved, 2))
}
