package sqlite

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"roundtable/journal"
)

// TestSecretIsGone takes away the store's secret, while it is open and before: that is
// damage, said with what to do, and no other secret is made.
func TestSecretIsGone(t *testing.T) {
	for _, harm := range []string{"DELETE FROM secret", "DROP TABLE secret", "UPDATE secret SET bytes = zeroblob(32)"} {
		t.Run(harm, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "journal.db")
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("sqlite", dsn(path))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(t.Context(), harm); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			check := func(what string, err error) {
				t.Helper()
				if !errors.Is(err, journal.ErrDamaged) || !strings.Contains(err.Error(), "its secret is") || !strings.Contains(err.Error(), "docs/operating.md") {
					t.Errorf("%s returned %v", what, err)
				}
			}
			check("Ping", s.Ping(t.Context()))
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				again, err := Open(path)
				check("Open", err)
				if err == nil {
					_ = again.Close()
				}
			}
		})
	}
}
