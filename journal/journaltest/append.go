package journaltest

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"roundtable/journal"
)

func appendNumbersFromOne(t *testing.T, s suite) {
	j := s.fresh(t)
	all := numbered(6)
	appendTo(t, j, "alpha", 0, all[:1]...)
	appendTo(t, j, "alpha", 1, all[1:4]...)
	appendTo(t, j, "beta", 0, all[:2]...)
	appendTo(t, j, "alpha", 4, all[4:]...)
	for _, handle := range []journal.Journal{j, s.another(t, j)} {
		wantEntries(t, handle, "alpha", stored(0, all...))
		wantEntries(t, handle, "beta", stored(0, all[:2]...))
	}
	j = s.reopened(t, j)
	wantEntries(t, j, "alpha", stored(0, all...))
	appendTo(t, j, "alpha", 6, entry("after the reopening"))
	wantEntries(t, j, "alpha", stored(0, append(all, entry("after the reopening"))...))
}

func appendConflicts(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(5)...)
	for _, c := range []struct {
		name, network string
		after, last   uint64
		entries       int
	}{
		{"too low", "alpha", 4, 5, 1},
		{"as if new", "alpha", 0, 5, 1},
		{"too high", "alpha", 6, 5, 1},
		{"far too high", "alpha", 1 << 40, 5, 1},
		{"several too low", "alpha", 3, 5, 4},
		{"no entries", "alpha", 4, 5, 0},
		{"unknown network", "beta", 1, 0, 1},
		{"unknown network, no entries", "beta", 1, 0, 0},
	} {
		_, err := j.Append(testContext(t), journal.Batch{Network: c.network, After: c.after, Entries: numbered(c.entries)})
		if !errors.Is(err, journal.ErrConflict) {
			t.Errorf("%s: Append to %s after %d returned the error %v, want ErrConflict", c.name, c.network, c.after, err)
			continue
		}
		conflict, ok := errors.AsType[*journal.Conflict](err)
		if want := (journal.Conflict{Network: c.network, After: c.after, Last: c.last}); !ok || *conflict != want {
			t.Errorf("%s: the conflict is %+v, want %+v", c.name, conflict, want)
		}
	}
	wantEntries(t, j, "alpha", stored(0, numbered(5)...))
	wantEntries(t, j, "beta", nil)
	appendTo(t, j, "alpha", 5, entry("once caught up"))
}

func appendAllOrNothing(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(1)...)
	bad := append(numbered(3), journal.Entry{At: noon})
	mark := &journal.Mark{Due: noon, Addresses: []string{"C1"}}
	if _, err := j.Append(testContext(t), journal.Batch{Network: "alpha", After: 1, Entries: bad, Mark: mark}); err == nil {
		t.Error("Append of four entries, the last without a kind, succeeded")
	}
	if _, err := j.Append(testContext(t), journal.Batch{Network: "alpha", After: 0, Entries: numbered(3), Mark: mark}); err == nil {
		t.Error("Append after the wrong number succeeded")
	}
	wantEntries(t, j, "alpha", stored(0, numbered(1)...))
	wantDue(t, j, noon.Add(time.Hour), nil, time.Time{})
	wantFound(t, j, "C1", nil)
}

func appendInvalid(t *testing.T, s suite) {
	j := s.fresh(t)
	one := func(change func(*journal.Entry)) []journal.Entry {
		e := entry("content")
		change(&e)
		return []journal.Entry{e}
	}
	for name, b := range map[string]journal.Batch{
		"no name":             {Entries: numbered(1)},
		"name too long":       {Network: strings.Repeat("n", journal.MaxNetworkBytes+1), Entries: numbered(1)},
		"name with a slash":   {Network: "../alpha", Entries: numbered(1)},
		"name with a colon":   {Network: "al:pha", Entries: numbered(1)},
		"name with a brace":   {Network: "al}pha", Entries: numbered(1)},
		"name with a space":   {Network: "al pha", Entries: numbered(1)},
		"name with a NUL":     {Network: "al\x00pha", Entries: numbered(1)},
		"name beyond ASCII":   {Network: "älpha", Entries: numbered(1)},
		"no time":             {Network: "alpha", Entries: one(func(e *journal.Entry) { e.At = time.Time{} })},
		"time too late":       {Network: "alpha", Entries: one(func(e *journal.Entry) { e.At = noon.AddDate(300, 0, 0) })},
		"no kind":             {Network: "alpha", Entries: one(func(e *journal.Entry) { e.Kind = "" })},
		"kind not UTF-8":      {Network: "alpha", Entries: one(func(e *journal.Entry) { e.Kind = "\xff" })},
		"negative version":    {Network: "alpha", Entries: one(func(e *journal.Entry) { e.Version = -1 })},
		"content too long":    {Network: "alpha", Entries: one(func(e *journal.Entry) { e.Data = make([]byte, journal.MaxDataBytes+1) })},
		"erased with content": {Network: "alpha", Entries: one(func(e *journal.Entry) { e.Erased = true })},
		"too many entries":    {Network: "alpha", Entries: make([]journal.Entry, journal.MaxEntries+1)},
		"empty address":       {Network: "alpha", Mark: &journal.Mark{Addresses: []string{""}}},
		"address too long":    {Network: "alpha", Mark: &journal.Mark{Addresses: []string{strings.Repeat("a", journal.MaxAddressBytes+1)}}},
	} {
		if _, err := j.Append(testContext(t), b); !errors.Is(err, journal.ErrInvalid) {
			t.Errorf("%s: Append returned the error %v, want ErrInvalid", name, err)
		}
	}
	for name, call := range map[string]func(ctx context.Context) error{
		"Read": func(ctx context.Context) error {
			for _, err := range j.Read(ctx, "al pha", 1) {
				return err
			}
			return nil
		},
		"Follow": func(ctx context.Context) error { _, err := j.Follow(ctx, "", 0); return err },
		"Erase":  func(ctx context.Context) error { return j.Erase(ctx, "al pha", []uint64{1}) },
		"Find":   func(ctx context.Context) error { _, err := j.Find(ctx, ""); return err },
	} {
		if err := call(testContext(t)); !errors.Is(err, journal.ErrInvalid) {
			t.Errorf("%s of a bad name returned the error %v, want ErrInvalid", name, err)
		}
	}
	longest := strings.Repeat("Az09-_xy", journal.MaxNetworkBytes/8)
	appendTo(t, j, longest, 0, numbered(2)...)
	wantEntries(t, j, longest, stored(0, numbered(2)...))
}

func appendOfNothing(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0)
	setMark(t, j, "beta", 0, journal.Mark{Due: noon})
	appendTo(t, j, "gamma", 0, numbered(1)...)
	appendTo(t, j, "gamma", 1)
	setMark(t, j, "gamma", 1, journal.Mark{Due: noon.Add(time.Second)})
	wantNetworks(t, j, "gamma")
	wantDue(t, j, noon, []string{"beta"}, noon.Add(time.Second))
	appendTo(t, j, "beta", 0, numbered(1)...)
	wantNetworks(t, j, "beta", "gamma")
}

func appendEndedContext(t *testing.T, s suite) {
	j := s.fresh(t)
	ctx, cancel := context.WithCancel(testContext(t))
	cancel()
	if _, err := j.Append(ctx, journal.Batch{Network: "alpha", Entries: numbered(1)}); !errors.Is(err, context.Canceled) {
		t.Errorf("Append with an ended context returned the error %v, want context.Canceled", err)
	}
	if err := j.Ping(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Ping with an ended context returned the error %v, want context.Canceled", err)
	}
	if err := j.Ping(testContext(t)); err != nil {
		t.Errorf("Ping: %v", err)
	}
}

func erase(t *testing.T, j journal.Journal, network string, seqs ...uint64) {
	t.Helper()
	if err := j.Erase(testContext(t), network, seqs); err != nil {
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
	if _, err := j.Append(testContext(t), journal.Batch{Network: "alpha", After: 1, Entries: numbered(1)}); err == nil {
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
	for i, e := range read(t, to, "alpha", 1) {
		if e.Proof != moved[i].Proof {
			t.Errorf("entry %d was moved without its proof", e.Seq)
		}
	}
	erase(t, to, "alpha", 1, 2)
	wantEntries(t, to, "alpha", without(moved, 2))
}

// appendForged gives entries the proof of another, or of other content.
func appendForged(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(3)...)
	moved := read(t, j, "alpha", 1)
	other := moved[0]
	other.Data = []byte(`{"entry":2}`)
	unmarked := moved[0]
	unmarked.Erased, unmarked.Data = true, nil
	for name, b := range map[string]journal.Batch{
		"of other content":    {Network: "beta", Entries: []journal.Entry{other}},
		"of another number":   {Network: "alpha", After: 3, Entries: moved[:1]},
		"of another network":  {Network: "beta", Entries: moved[:1]},
		"of what isn't there": {Network: "beta", Entries: []journal.Entry{unmarked}},
	} {
		if _, err := j.Append(testContext(t), b); !errors.Is(err, journal.ErrInvalid) {
			t.Errorf("Append with the proof %s returned the error %v, want ErrInvalid", name, err)
		}
	}
	wantEntries(t, j, "alpha", stored(0, numbered(3)...))
	wantEntries(t, j, "beta", nil)
}
