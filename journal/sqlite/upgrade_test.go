package sqlite

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
)

// layout1 is the layout before entries had checksums.
const layout1 = `
PRAGMA journal_mode = WAL;
PRAGMA application_id = 1381261932;
PRAGMA user_version = 1;
CREATE TABLE entries (
	id      INTEGER NOT NULL PRIMARY KEY,
	network TEXT    NOT NULL,
	seq     INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	kind    TEXT    NOT NULL,
	version INTEGER NOT NULL,
	erased  INTEGER NOT NULL,
	data    BLOB
) STRICT;
CREATE UNIQUE INDEX entries_by_number ON entries (network, seq);
CREATE TABLE marks (
	network TEXT    NOT NULL PRIMARY KEY,
	due     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_by_due ON marks (due, network);
CREATE TABLE addresses (
	network TEXT NOT NULL,
	address BLOB NOT NULL,
	PRIMARY KEY (network, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_address ON addresses (address, network);
CREATE TABLE secret (
	id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	bytes BLOB    NOT NULL
) STRICT;
INSERT INTO secret VALUES (1, zeroblob(32));
INSERT INTO marks VALUES ('alpha', 7000);`

// TestLayoutWithoutChecksums opens a file of layout 1: every entry and mark is there,
// in place, and each entry has a proof. What is erased afterwards is nowhere in the
// file, the old table included.
func TestLayoutWithoutChecksums(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	db, err := sql.Open("sqlite", dsn(path, "secure_delete(ON)"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), layout1); err != nil {
		t.Fatal(err)
	}
	want := map[string][]journal.Entry{}
	for i := range 400 {
		network := []string{"alpha", "beta"}[i%2]
		e := journal.Entry{Seq: uint64(i/2) + 1, At: time.Unix(int64(i), 7).UTC(), Kind: "note", Version: 3, Data: []byte(strings.Repeat(fmt.Sprintf("<%d>", i), 1+i%90))}
		switch i % 10 {
		case 3:
			e.Data = nil
		case 4:
			e.Data = []byte{}
		}
		data := e.Data
		if i%10 == 5 {
			e.Data, e.Erased, data = nil, true, make([]byte, 50)
		}
		if _, err := db.ExecContext(t.Context(), "INSERT INTO entries (network, seq, at, kind, version, erased, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
			network, e.Seq, e.At.UnixNano(), e.Kind, e.Version, e.Erased, data); err != nil {
			t.Fatal(err)
		}
		want[network] = append(want[network], e)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	withoutProof := cmp.Comparer(func(_, _ journal.Proof) bool { return true })
	before := bytesOf(t, path)
	if s, err := Open(path); !errors.Is(err, journal.ErrOlder) {
		if err == nil {
			shut(t, s)
		}
		t.Fatalf("Open returned %v, want ErrOlder", err)
	}
	server, err := lockFile(path + ".courier.lock")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Upgrade(t.Context(), path, "courier", 3*leaseRetryEvery); !errors.Is(err, journal.ErrHeld) {
		t.Errorf("Upgrade under somebody who serves the file returned %v, want ErrHeld", err)
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytesOf(t, path), before) {
		t.Error("the file was changed by who may not")
	}
	for _, upgraded := range []int{400, 0} {
		if n, err := Upgrade(t.Context(), path, "courier", time.Minute); err != nil || n != upgraded {
			t.Fatalf("Upgrade returned %d, %v, want %d", n, err, upgraded)
		}
		s := opened(t, path)
		for network := range want {
			var got []journal.Entry
			for e, err := range s.Read(t.Context(), network, 1) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, e)
			}
			if diff := cmp.Diff(want[network], got, withoutProof); diff != "" {
				t.Errorf("%s (-want +got):\n%s", network, diff)
			}
		}
		for at, want := range map[time.Time]int{time.UnixMilli(7000): 1, time.Now(): 2} {
			if due, _, err := s.Due(t.Context(), at); err != nil || len(due) != want {
				t.Errorf("due at %v are %v (%v), want %d", at, due, err, want)
			}
		}
		if err := s.Check(t.Context()); err != nil {
			t.Error(err)
		}
		shut(t, s)
	}
	s := opened(t, path)
	defer shut(t, s)
	var all []uint64
	for seq := range uint64(200) {
		all = append(all, seq+1)
	}
	if err := s.Erase(t.Context(), "alpha", all); err != nil {
		t.Fatal(err)
	}
	raw := onDisk(t, path)
	for i := 0; i < 400; i += 2 {
		if bytes.Contains(raw, fmt.Appendf(nil, "<%d>", i)) {
			t.Errorf("the content of entry %d is erased, and in the file", i/2+1)
		}
	}
	if !bytes.Contains(raw, []byte("<1>")) {
		t.Error("what isn't erased can't be found like this")
	}
}
