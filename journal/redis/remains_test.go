package redis

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
)

func TestNextDump(t *testing.T) {
	noon := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
	for save, want := range map[string]time.Time{
		"3600 1 300 100 60 10000": noon.Add(time.Hour),
		"900 1 300 1":             noon.Add(5 * time.Minute),
		"300 100":                 {},
		"":                        {},
		"never":                   {},
	} {
		if got := nextDump(save, noon); !got.Equal(want) {
			t.Errorf("with save %q the next dump is at %s, want %s", save, got, want)
		}
	}
}

// TestRemains asks a server that dumps its memory, one that doesn't, and one that
// another follows.
func TestRemains(t *testing.T) {
	noon := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
	wantRemains := func(s *server, want journal.Remains) {
		t.Helper()
		store := opened(t, s.url())
		defer shut(t, store)
		got, err := store.Remains(t.Context(), noon)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	first := serve(t)
	wantRemains(first, nil)
	first.config(t, "save", "900 1")
	wantRemains(first, journal.Remains{{Where: journal.InDumps, Until: noon.Add(15 * time.Minute)}})
	first.config(t, "save", "")
	second := serve(t)
	c := second.client()
	defer func() { _ = c.Close() }()
	host, port := first.address[:len("127.0.0.1")], first.address[len("127.0.0.1:"):]
	if err := c.ReplicaOf(t.Context(), host, port).Err(); err != nil {
		t.Fatal(err)
	}
	of := first.client()
	defer func() { _ = of.Close() }()
	waitFor(t, func() bool { return infoField(of.Info(t.Context(), "replication").Val(), "connected_slaves") == "1" })
	wantRemains(first, journal.Remains{{Where: journal.InReplicas}})
}
