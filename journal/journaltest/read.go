package journaltest

import (
	"bytes"
	"context"
	"errors"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
)

func contentRoundTrip(t *testing.T, s suite) {
	j := s.fresh(t)
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	entries := []journal.Entry{
		{At: noon, Kind: "nil", Version: 1},
		{At: noon, Kind: "empty", Version: 1, Data: []byte{}},
		{At: noon, Kind: "a NUL", Version: 1, Data: []byte{0}},
		{At: noon, Kind: "every byte", Version: 1, Data: all},
		{At: noon, Kind: "a megabyte", Version: 1, Data: bytes.Repeat([]byte("0123456789abcdef"), 1<<16)},
		{At: noon, Kind: "umlaut, emoji, right-to-left", Version: 1, Data: []byte("Grüße 🎉 שלום e\u0301")},
		{At: noon, Kind: "größe.🎉", Version: 1, Data: []byte("the kind is beyond ASCII")},
		{At: noon, Kind: strings.Repeat("k", journal.MaxKindBytes), Version: 0, Data: []byte("version 0")},
		{At: noon, Kind: "version", Version: math.MaxInt32, Data: []byte("the highest version")},
		{At: time.Unix(0, 1).UTC(), Kind: "time", Data: []byte("a nanosecond after 1970")},
		{At: time.Unix(0, -1).UTC(), Kind: "time", Data: []byte("a nanosecond before 1970")},
		{At: time.Unix(0, math.MaxInt64).UTC(), Kind: "time", Data: []byte("the last instant")},
		{At: time.Unix(0, math.MinInt64).UTC(), Kind: "time", Data: []byte("the first instant")},
		{At: noon.In(time.FixedZone("", 5*3600)), Kind: "time", Data: []byte("in another zone")},
	}
	appendTo(t, j, "alpha", 0, entries...)
	wantEntries(t, j, "alpha", stored(0, entries...))
	wantEntries(t, s.reopened(t, j), "alpha", stored(0, entries...))
}

func readFrom(t *testing.T, s suite) {
	j := s.fresh(t)
	entries := numbered(10)
	appendTo(t, j, "alpha", 0, entries...)
	appendTo(t, j, "alphabet", 0, numbered(3)...)
	appendTo(t, j, "alph", 0, numbered(3)...)
	for _, from := range []uint64{0, 1, 2, 9, 10, 11, 12, 1 << 60, math.MaxUint64} {
		var want []journal.Entry
		if first := max(from, 1); first <= 10 {
			want = stored(0, entries...)[first-1:]
		}
		if diff := cmp.Diff(want, read(t, j, "alpha", from), content); diff != "" {
			t.Errorf("Read from %d (-want +got):\n%s", from, diff)
		}
	}
	if got := read(t, j, "unknown", 1); got != nil {
		t.Errorf("Read of an unknown network yields %v", got)
	}
	taken := 0
	for _, err := range j.Read(testContext(t), "alpha", 1) {
		if err != nil {
			t.Fatal(err)
		}
		if taken++; taken == 3 {
			break
		}
	}
	if taken != 3 {
		t.Errorf("a loop that ends at the third entry saw %d", taken)
	}
}

// readManyPages has more entries than a store reads at once, small and big.
func readManyPages(t *testing.T, s suite) {
	j := s.fresh(t)
	entries := numbered(5000)
	for i := 1000; i < 1100; i++ {
		entries[i] = entry(strings.Repeat("big ", 20_000))
	}
	for at := 0; at < len(entries); at += 1000 {
		appendTo(t, j, "alpha", uint64(at), entries[at:at+1000]...)
	}
	wantEntries(t, j, "alpha", stored(0, entries...))
	if diff := cmp.Diff(stored(0, entries...)[3333:], read(t, j, "alpha", 3334), content); diff != "" {
		t.Errorf("Read from 3334 (-want +got):\n%s", diff)
	}
}

// readWhileErased reads while others erase and append: never a gap.
func readWhileErased(t *testing.T, s suite) {
	j := s.fresh(t)
	const n = 2000
	appendTo(t, j, "alpha", 0, numbered(n)...)
	ctx := testContext(t)
	var others sync.WaitGroup
	others.Go(func() {
		for seq := uint64(n); seq > 0; seq -= 100 {
			if err := j.Erase(ctx, "alpha", []uint64{seq, seq - 1, seq - 57}); err != nil {
				t.Errorf("Erase: %v", err)
			}
		}
	})
	others.Go(func() {
		for after := uint64(n); after < n+20; after++ {
			if _, err := j.Append(ctx, journal.Batch{Network: "alpha", After: after, Entries: numbered(1)}); err != nil {
				t.Errorf("Append: %v", err)
			}
		}
	})
	for range 5 {
		next := uint64(1)
		for e, err := range j.Read(ctx, "alpha", 1) {
			if err != nil || e.Seq != next {
				t.Fatalf("Read yields entry %d, %v, want entry %d", e.Seq, err, next)
			}
			next++
		}
		if next <= n {
			t.Fatalf("Read ended before entry %d", next)
		}
	}
	others.Wait()
}

func readEndedContext(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(5000)...)
	ctx, cancel := context.WithCancel(testContext(t))
	defer cancel()
	var err error
	for _, err = range j.Read(ctx, "alpha", 1) {
		if err != nil {
			break
		}
		cancel()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Read whose context ends on the way ended with %v, want context.Canceled", err)
	}
}

func followAtOnce(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(5)...)
	wantFollowed(t, j, "alpha", 0, 5)
	wantFollowed(t, j, "alpha", 4, 5)
	if err := j.Erase(testContext(t), "alpha", []uint64{4, 5}); err != nil {
		t.Fatalf("Erase: %v", err)
	}
	wantFollowed(t, j, "alpha", 3, 5)
}

func wantFollowed(t *testing.T, j journal.Journal, network string, after, want uint64) {
	t.Helper()
	if last, err := j.Follow(testContext(t), network, after); err != nil || last != want {
		t.Errorf("Follow %s after %d returned %d, %v, want %d", network, after, last, err, want)
	}
}

func followWakes(t *testing.T, s suite) {
	j := s.fresh(t)
	followWhile(t, j, j)
}

func followWakesAcross(t *testing.T, s suite) {
	j := s.fresh(t)
	followWhile(t, j, s.another(t, j))
}

// followWhile follows on one handle what is appended on another. The appender
// waits for the follower each time, so that the follower mostly sleeps when the
// next entry comes, from a network that did not exist at first on.
func followWhile(t *testing.T, follower, appender journal.Journal) {
	ctx := testContext(t)
	const rounds = 5
	got := make(chan uint64)
	go func() {
		defer close(got)
		for after := uint64(0); after < 2*rounds; {
			last, err := follower.Follow(ctx, "alpha", after)
			if err != nil {
				t.Errorf("Follow after %d: %v", after, err)
				return
			}
			got <- last
			after = last
		}
	}()
	for round := range uint64(rounds) {
		appendTo(t, appender, "beta", round, numbered(1)...)
		appendTo(t, appender, "alpha", 2*round, numbered(2)...)
		if last := <-got; last != 2*round+2 {
			t.Fatalf("Follow returned %d, want %d", last, 2*round+2)
		}
	}
	if _, more := <-got; more {
		t.Error("Follow returned once more than there was news")
	}
}

func followEnds(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(1)...)
	for _, network := range []string{"alpha", "unknown"} {
		after := uint64(len(read(t, j, network, 1)))
		ctx, cancel := context.WithCancel(testContext(t))
		ended := make(chan error)
		go func() {
			_, err := j.Follow(ctx, network, after)
			ended <- err
		}()
		appendTo(t, j, "beta-"+network, 0, numbered(1)...)
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Follow %s whose context ends returned the error %v, want context.Canceled", network, err)
		}
	}
}

func followLost(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, numbered(3)...)
	_, err := j.Follow(testContext(t), "alpha", 7)
	conflict, ok := errors.AsType[*journal.Conflict](err)
	if !ok || !conflict.Lost() || conflict.Last != 3 {
		t.Errorf("Follow after 7 of a network that ends at 3 returned the error %v, want a conflict at 3 that tells of a loss", err)
	}
}
