package journaltest

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
)

func wantNetworks(t *testing.T, j journal.Journal, want ...string) {
	t.Helper()
	got, err := j.Networks(testContext(t))
	if err != nil {
		t.Fatalf("Networks: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Networks (-want +got):\n%s", diff)
	}
}

func wantDue(t *testing.T, j journal.Journal, at time.Time, want []string, wantNext time.Time) {
	t.Helper()
	got, next, err := j.Due(testContext(t), at)
	if err != nil {
		t.Fatalf("Due: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Due at %s (-want +got):\n%s", at, diff)
	}
	if wantNext = wantNext.Truncate(time.Millisecond); !next.Equal(wantNext) || next.Location() != time.UTC {
		t.Errorf("Due at %s tells %s as the next, want %s", at, next, wantNext)
	}
}

func wantFound(t *testing.T, j journal.Journal, address string, want []string) {
	t.Helper()
	got, err := j.Find(testContext(t), address)
	if err != nil {
		t.Fatalf("Find: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Find %q (-want +got):\n%s", address, diff)
	}
}

func networks(t *testing.T, s suite) {
	j := s.fresh(t)
	wantNetworks(t, j)
	for _, name := range []string{"b", "a", "B", "a-1", "_", "0"} {
		appendTo(t, j, name, 0, numbered(3)...)
	}
	want := []string{"0", "B", "_", "a", "a-1", "b"}
	wantNetworks(t, j, want...)
	wantNetworks(t, s.reopened(t, j), want...)
}

func due(t *testing.T, s suite) {
	j := s.fresh(t)
	wantDue(t, j, noon, nil, time.Time{})
	minute := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	for name, at := range map[string]time.Time{
		"one": minute(1), "two": minute(2), "zwei": minute(2), "deux": minute(2).In(time.FixedZone("", 3600)), "four": minute(4),
		"1969": time.Unix(-1, 0), "never": {},
	} {
		setMark(t, j, name, 0, journal.Mark{Due: at})
	}
	wantDue(t, j, minute(0), []string{"1969"}, minute(1))
	wantDue(t, j, minute(2), []string{"1969", "one", "deux", "two", "zwei"}, minute(4))
	wantDue(t, j, minute(2).Truncate(time.Millisecond), []string{"1969", "one", "deux", "two", "zwei"}, minute(4))
	wantDue(t, j, minute(2).Truncate(time.Millisecond).Add(-1), []string{"1969", "one"}, minute(2))
	wantDue(t, j, minute(5), []string{"1969", "one", "deux", "two", "zwei", "four"}, time.Time{})

	setMark(t, j, "1969", 0, journal.Mark{})
	setMark(t, j, "one", 0, journal.Mark{Due: minute(9)})
	setMark(t, j, "four", 0, journal.Mark{Due: minute(1)})
	for _, handle := range s.handles(t, j) {
		wantDue(t, handle, minute(2), []string{"four", "deux", "two", "zwei"}, minute(9))
		wantDue(t, handle, minute(0), nil, minute(1))
		wantDue(t, handle, minute(9), []string{"four", "deux", "two", "zwei", "one"}, time.Time{})
	}
}

func find(t *testing.T, s suite) {
	j := s.fresh(t)
	longest := strings.Repeat("é", journal.MaxAddressBytes/2)
	odd := []string{"slack:C024BE7LD", "with space", "{brace}", "NUL\x00inside", "NUL\x00other", "\xff not UTF-8", longest}
	setMark(t, j, "b", 0, journal.Mark{Addresses: append(odd, "shared", "shared")})
	setMark(t, j, "a", 0, journal.Mark{Addresses: []string{"shared", "own"}})
	for _, address := range odd {
		wantFound(t, j, address, []string{"b"})
	}
	wantFound(t, j, "shared", []string{"a", "b"})
	wantFound(t, j, "own", []string{"a"})
	for _, unknown := range []string{"unknown", "SHARED", "share", "NUL", "*", "%"} {
		wantFound(t, j, unknown, nil)
	}
	setMark(t, j, "b", 0, journal.Mark{Addresses: []string{"own", odd[0]}})
	for _, handle := range s.handles(t, j) {
		wantFound(t, handle, "shared", []string{"a"})
		wantFound(t, handle, "own", []string{"a", "b"})
		wantFound(t, handle, odd[0], []string{"b"})
		wantFound(t, handle, odd[1], nil)
	}
}

func markLeavesAddresses(t *testing.T, s suite) {
	j := s.fresh(t)
	setMark(t, j, "a", 0, journal.Mark{Due: noon, Addresses: []string{"C1", "U1"}})
	setMark(t, j, "a", 0, journal.Mark{})
	wantFound(t, j, "C1", []string{"a"})
	wantDue(t, j, noon, nil, time.Time{})
	appendTo(t, j, "a", 0, numbered(1)...)
	wantFound(t, j, "U1", []string{"a"})
	setMark(t, j, "a", 1, journal.Mark{Due: noon})
	appendTo(t, j, "a", 1, numbered(1)...)
	wantDue(t, j, noon, []string{"a"}, time.Time{})
	setMark(t, j, "a", 2, journal.Mark{Due: noon, Addresses: []string{}})
	wantFound(t, j, "C1", nil)
	wantFound(t, j, "U1", nil)
	wantDue(t, j, noon, []string{"a"}, time.Time{})
}

func markOfConflict(t *testing.T, s suite) {
	j := s.fresh(t)
	later := noon.Add(time.Hour)
	appendTo(t, j, "a", 0, numbered(1)...)
	setMark(t, j, "a", 1, journal.Mark{Due: later, Addresses: []string{"C1"}})
	for _, m := range []journal.Mark{{Due: noon, Addresses: []string{"C2"}}, {Addresses: []string{}}, {Due: later.Add(time.Hour)}} {
		if _, err := j.Append(testContext(t), journal.Batch{Network: "a", After: 0, Mark: &m}); err == nil {
			t.Error("Append of a mark after the wrong number succeeded")
		}
		wantDue(t, j, noon, nil, later)
		wantFound(t, j, "C1", []string{"a"})
		wantFound(t, j, "C2", nil)
	}
}

func secret(t *testing.T, s suite) {
	j := s.fresh(t)
	handles := []journal.Journal{j, s.another(t, j), s.another(t, j)}
	got := make([][]byte, 4*len(handles))
	ctx := testContext(t)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() {
			var err error
			if got[i], err = handles[i%len(handles)].Secret(ctx); err != nil {
				t.Errorf("Secret: %v", err)
			}
		})
	}
	all.Wait()
	for _, one := range got {
		if len(one) != 32 || !bytes.Equal(one, got[0]) {
			t.Fatalf("of %d calls at once, one got a secret of %d bytes, or another one than the first", len(got), len(one))
		}
	}
	again, err := s.reopened(t, j).Secret(ctx)
	if err != nil || !bytes.Equal(again, got[0]) {
		t.Errorf("after a reopening the secret is another, or the error %v", err)
	}
	other, err := s.fresh(t).Secret(ctx)
	if err != nil || bytes.Equal(other, got[0]) {
		t.Errorf("another store has the same secret, or the error %v", err)
	}
}
