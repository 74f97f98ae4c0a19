package redis

import (
	"errors"
	"testing"
	"time"

	"roundtable/journal"
)

// TestLayoutWithoutChecksums makes of a store what a program of layout 1 left, and
// opens it: every entry is there, with a proof; what was missing stays missed.
func TestLayoutWithoutChecksums(t *testing.T) {
	server := serve(t)
	url := server.url()
	s := opened(t, url)
	for i := range uint64(5) {
		write(t, s, "alpha", i, "content")
		write(t, s, "beta", i, "content")
	}
	if err := s.Erase(t.Context(), "alpha", []uint64{2}); err != nil {
		t.Fatal(err)
	}
	for _, network := range []string{"alpha", "beta"} {
		if err := s.client.Del(t.Context(), s.keys.proofs(network)).Err(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.client.HDel(t.Context(), s.keys.data("beta"), "4").Err(); err != nil {
		t.Fatal(err)
	}
	if err := s.client.Set(t.Context(), s.keys.layout(), "1", 0).Err(); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	if _, err := Open(t.Context(), url); !errors.Is(err, journal.ErrOlder) {
		t.Fatalf("Open returned %v, want ErrOlder", err)
	}
	for _, upgraded := range []int{9, 0} {
		if n, err := Upgrade(t.Context(), url, "courier", time.Minute); err != nil || n != upgraded {
			t.Fatalf("Upgrade returned %d, %v, want %d", n, err, upgraded)
		}
		s = opened(t, url)
		if got, err := contents(t, s, "alpha"); err != nil || len(got) != 5 {
			t.Errorf("alpha holds %q, %v", got, err)
		}
		_, err := contents(t, s, "beta")
		if d, ok := errors.AsType[*journal.Damage](err); !ok || d.Seq != 4 {
			t.Errorf("beta, whose fourth content is missing, was read with the error %v", err)
		}
		if due, _, err := s.Due(t.Context(), time.Now()); err != nil || len(due) != 2 {
			t.Errorf("due are %v (%v), want both", due, err)
		}
		shut(t, s)
	}
}
