package sqlite

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Looking whose file it is changes nothing: no file is added, and another
// program's write-ahead log is not folded in.
func TestInspectLeavesEverythingAsItWas(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "other.db")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, q := range []string{"PRAGMA journal_mode=WAL", "PRAGMA application_id=7", "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)"} {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	before := contents(t, folder)
	if len(before["other.db-wal"]) == 0 {
		t.Fatal("there is no write-ahead log to be left alone")
	}
	if s, err := Open(path); err == nil {
		_ = s.Close()
		t.Fatal("another program's file was opened")
	}
	if diff := cmp.Diff(before, contents(t, folder)); diff != "" {
		t.Errorf("the folder has changed (-before +after):\n%s", diff)
	}
}

// contents are the folder's files, but for the shared memory, which says nothing.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".db-shm" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(data)
	}
	return files
}
