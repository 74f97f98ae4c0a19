package sqlite

import (
	"path/filepath"
	"testing"

	"roundtable/journal"
	"roundtable/journal/journaltest"
)

func TestConformance(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journal.Journal {
		return opened(t, filepath.Join(t.TempDir(), "roundtable.db"))
	}, journaltest.Options{
		Reopen:    func(t *testing.T, j journal.Journal) journal.Journal { return opened(t, j.(*Store).path) },
		ModelRuns: 15,
	})
}

// opened opens the file, or fails the test. It doesn't close it.
func opened(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return s
}
