package main

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"roundtable/journal"
)

// TestPlaygroundListsErasures erases an entry of a journal that the playground has
// opened: it is on the list, so that no backup brings it back.
func TestPlaygroundListsErasures(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("XDG_STATE_HOME", filepath.Join(folder, "state"))
	e := &env{ctx: t.Context(), cli: &cli{Journal: "sqlite:" + filepath.Join(folder, "data", "round.db")}, log: slog.New(slog.DiscardHandler)}
	j, lease, err := e.openPlaygroundJournal()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		lease.Release()
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	}()
	entry := journal.Entry{At: time.Unix(1, 0), Kind: "note", Version: 1, Data: []byte("words")}
	if _, err := j.Append(t.Context(), journal.Batch{Network: "n", Entries: []journal.Entry{entry}}); err != nil {
		t.Fatal(err)
	}
	if err := j.Erase(t.Context(), "n", []uint64{1}); err != nil {
		t.Fatal(err)
	}
	if lists, err := filepath.Glob(filepath.Join(folder, "state", "roundtable", "erased-*.txt")); err != nil || len(lists) != 1 {
		t.Errorf("what was erased is listed in %q, %v", lists, err)
	}
}
