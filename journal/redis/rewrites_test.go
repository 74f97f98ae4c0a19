package redis

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// TestLongRewriteIsAwaitedOn has the server take longer to write its file anew than its
// caller waits: who erases once more awaits that rewrite, and asks for no other, unless
// something more is erased.
func TestLongRewriteIsAwaitedOn(t *testing.T) {
	server := serve(t)
	s := opened(t, server.url())
	defer shut(t, s)
	c := server.client()
	defer func() { _ = c.Close() }()
	for i := range uint64(100) {
		write(t, s, "alpha", i, fmt.Sprint("content ", i))
	}
	if err := c.ConfigSet(t.Context(), "rdb-key-save-delay", "100000").Err(); err != nil { // microseconds a key
		t.Fatal(err)
	}
	if err := c.ConfigResetStat(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := s.Erase(short, "alpha", []uint64{1}); err == nil {
		t.Fatal("the rewrite was too fast to test anything")
	}
	for k, seq := range []uint64{1, 2} {
		if err := s.Erase(t.Context(), "alpha", []uint64{seq}); err != nil {
			t.Fatal(err)
		}
		stats, err := c.Info(t.Context(), "commandstats").Result()
		if err != nil {
			t.Fatal(err)
		}
		var calls int
		if _, err := fmt.Sscanf(infoField(stats, "cmdstat_bgrewriteaof"), "calls=%d", &calls); err != nil || calls != k+1 {
			t.Errorf("the file was to be written anew %d times (%v), want %d", calls, err, k+1)
		}
	}
}
