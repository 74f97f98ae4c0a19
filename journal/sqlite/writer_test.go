package sqlite

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/journal"
)

// commits counts the transactions in the -wal: frames that carry the size of
// the file after a commit (https://www.sqlite.org/fileformat2.html#walformat).
// It counts nothing after the -wal was begun anew.
func commits(t *testing.T, path string) int {
	t.Helper()
	raw := onDisk(t, path+"-wal")
	if len(raw) < 32 {
		return 0
	}
	page := int(binary.BigEndian.Uint32(raw[8:]))
	n := 0
	for at := 32; at+24+page <= len(raw); at += 24 + page {
		if binary.BigEndian.Uint32(raw[at+4:]) > 0 {
			n++
		}
	}
	return n
}

// queued holds up the writer until all of the appends are in the queue, and
// returns what each returned.
func queued(t *testing.T, s *Store, batches []journal.Batch) []error {
	t.Helper()
	begun, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		if err := s.submit(t.Context(), &task{noTransaction: true, do: func(context.Context, *writer) error {
			close(begun)
			<-release
			return nil
		}}); err != nil {
			t.Errorf("hold up the writer: %v", err)
		}
	})
	<-begun
	results := make([]error, len(batches))
	for i, b := range batches {
		all.Go(func() { _, results[i] = s.Append(t.Context(), b) })
	}
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for len(s.queue) < len(batches) {
		<-look.C
	}
	close(release)
	all.Wait()
	return results
}

func TestWhatIsQueuedIsCommittedTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer shut(t, s)
	before := commits(t, path)
	var batches []journal.Batch
	for i := range 50 {
		batches = append(batches, journal.Batch{Network: fmt.Sprint("n", i), Entries: note("content")})
	}
	batches = append(batches, journal.Batch{Network: "ahead", After: 3, Entries: note("content")})
	results := queued(t, s, batches)
	for i, err := range results[:50] {
		if err != nil {
			t.Errorf("Append %d: %v", i, err)
		}
	}
	if err := results[50]; !errors.Is(err, journal.ErrConflict) {
		t.Errorf("the conflicting Append returned %v, want ErrConflict", err)
	}
	if n := commits(t, path) - before; n != 1 {
		t.Errorf("50 queued batches took %d transactions, want 1", n)
	}
}

func TestNobodyFailsForAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s, err := open(path, "max_page_count(60)")
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer shut(t, s)
	batches := []journal.Batch{
		{Network: "small", Entries: note("content")},
		{Network: "large", Entries: note(strings.Repeat("content ", 1<<16))},
		{Network: "little", Entries: note("content")},
		{Network: "behind", After: 1, Entries: note("content")},
	}
	results := queued(t, s, batches)
	for i, want := range []error{nil, journal.ErrFull, nil, journal.ErrConflict} {
		if !errors.Is(results[i], want) {
			t.Errorf("Append to %s returned %v, want %v", batches[i].Network, results[i], want)
		}
	}
	if names, err := s.Networks(t.Context()); err != nil || strings.Join(names, " ") != "little small" {
		t.Errorf("Networks returned %v, %v", names, err)
	}
}

func TestAppendGivesUpWithItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer shut(t, s)
	begun, release := make(chan struct{}), make(chan struct{})
	var other sync.WaitGroup
	other.Go(func() {
		_ = s.submit(t.Context(), &task{noTransaction: true, do: func(context.Context, *writer) error {
			close(begun)
			<-release
			return nil
		}})
	})
	<-begun
	ctx, cancel := context.WithCancel(t.Context())
	gaveUp := make(chan error)
	go func() {
		_, err := s.Append(ctx, journal.Batch{Network: "alpha", Entries: note("content")})
		gaveUp <- err
	}()
	cancel()
	if err := <-gaveUp; !errors.Is(err, context.Canceled) {
		t.Errorf("Append behind a slow writer returned %v, want context.Canceled", err)
	}
	close(release)
	other.Wait()
}
