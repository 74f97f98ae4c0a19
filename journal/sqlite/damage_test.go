package sqlite

import (
	"database/sql"
	"testing"

	"roundtable/journal/journaltest"
)

// harm does to an entry in the file what others may do to it.
func (s *Store) harm(t *testing.T, network string, seq uint64, harm journaltest.Harm) {
	t.Helper()
	change := map[journaltest.Harm]string{
		journaltest.HarmContent: "UPDATE entries SET data = CAST('X' || substr(data, 2) AS BLOB) WHERE network = ?1 AND seq = ?2",
		journaltest.HarmTime:    "UPDATE entries SET at = at + 1 WHERE network = ?1 AND seq = ?2",
		journaltest.HarmKind:    "UPDATE entries SET kind = kind || 's' WHERE network = ?1 AND seq = ?2",
		journaltest.HarmVersion: "UPDATE entries SET version = version + 1 WHERE network = ?1 AND seq = ?2",
		journaltest.HarmProof:   "UPDATE entries SET digest = zeroblob(32) WHERE network = ?1 AND seq = ?2",
		journaltest.HarmSwap:    "UPDATE entries SET (data, salt) = (SELECT data, salt FROM entries WHERE network = ?1 AND seq = ?2 + 1) WHERE network = ?1 AND seq = ?2",
		journaltest.HarmLose:    "DELETE FROM entries WHERE network = ?1 AND seq = ?2",
		journaltest.HarmMark:    "UPDATE entries SET erased = 1, data = zeroblob(length(data)) WHERE network = ?1 AND seq = ?2",
		journaltest.HarmUnmark:  "UPDATE entries SET erased = 0 WHERE network = ?1 AND seq = ?2",
	}[harm]
	s.execute(t, change, network, int64(seq))
}

// execute changes the file past the store.
func (s *Store) execute(t *testing.T, query string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(s.path, "busy_timeout(10000)"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}
