package journaltest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"roundtable/journal"
)

// closeFinishes closes in the midst of writing: what was acknowledged is there,
// what was refused is not.
func closeFinishes(t *testing.T, s suite) {
	j := s.fresh(t)
	ctx := testContext(t)
	const writers = 8
	acknowledged := make([]uint64, writers)
	var all, begun sync.WaitGroup
	for w := range writers {
		begun.Add(1)
		all.Go(func() {
			for i := uint64(0); ; i++ {
				_, err := j.Append(ctx, journal.Batch{Network: fmt.Sprintf("n%d", w), After: i, Entries: numbered(2)[:1]})
				if i == 0 {
					begun.Done()
				}
				if errors.Is(err, journal.ErrClosed) {
					return
				}
				if err != nil {
					t.Errorf("Append while another closes: %v", err)
					return
				}
				acknowledged[w]++
			}
		})
	}
	begun.Wait()
	if err := j.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	all.Wait()
	j = s.another(t, j)
	for w, want := range acknowledged {
		if got := len(read(t, j, fmt.Sprintf("n%d", w), 1)); uint64(got) != want {
			t.Errorf("%d entries were acknowledged before Close, %d are there", want, got)
		}
	}
}

func closedSaysSo(t *testing.T, s suite) {
	j := s.fresh(t)
	ctx := testContext(t)
	appendTo(t, j, "alpha", 0, numbered(1)...)
	following := make(chan error)
	go func() {
		_, err := j.Follow(ctx, "alpha", 1)
		following <- err
	}()
	if err := j.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	if err := <-following; !errors.Is(err, journal.ErrClosed) {
		t.Errorf("Follow while another closes returned the error %v, want ErrClosed", err)
	}
	if err := j.Close(); err != nil {
		t.Errorf("the second Close: %v", err)
	}
	for name, call := range map[string]func() error{
		"Append":   func() error { _, err := j.Append(ctx, journal.Batch{Network: "a", After: 1}); return err },
		"Follow":   func() error { _, err := j.Follow(ctx, "alpha", 0); return err },
		"Erase":    func() error { return j.Erase(ctx, "alpha", []uint64{1}) },
		"Networks": func() error { _, err := j.Networks(ctx); return err },
		"Due":      func() error { _, _, err := j.Due(ctx, noon); return err },
		"Find":     func() error { _, err := j.Find(ctx, "C1"); return err },
		"Secret":   func() error { _, err := j.Secret(ctx); return err },
		"Lease":    func() error { _, err := j.Lease(ctx, "courier"); return err },
		"Ping":     func() error { return j.Ping(ctx) },
		"Check":    func() error { return j.Check(ctx) },
		"Remains":  func() error { _, err := j.Remains(ctx, noon); return err },
		"Read": func() error {
			for _, err := range j.Read(ctx, "alpha", 1) {
				return err
			}
			return nil
		},
	} {
		if err := call(); !errors.Is(err, journal.ErrClosed) {
			t.Errorf("%s after Close returned the error %v, want ErrClosed", name, err)
		}
	}
}
