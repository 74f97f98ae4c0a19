package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"roundtable/journal"
	"roundtable/journal/internal/inflight"
)

// Upgrade brings the file of an earlier layout up to date, and returns how many entries
// got a checksum; none when it is up to date. It holds the lease meanwhile, which whoever
// serves the file has: an earlier program would fail at it afterwards.
//
// Errors: [journal.ErrHeld] when the lease is somebody's still after the wait, and
// those of [Open].
func Upgrade(ctx context.Context, path, lease string, wait time.Duration) (entries int, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return 0, fmt.Errorf("upgrade journal: %w", err)
	}
	s := &Store{path: path, calls: inflight.New(journal.ErrClosed)}
	waiting, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	held, err := s.Lease(waiting, lease)
	if err != nil {
		return 0, fmt.Errorf("upgrade journal: %w", err)
	}
	defer held.Release()
	db, err := sql.Open("sqlite", dsn(path, writePragmas...))
	if err != nil {
		return 0, fmt.Errorf("upgrade journal: %w", err)
	}
	entries, err = upgradeFile(ctx, db, path)
	if err = errors.Join(err, db.Close()); err != nil {
		return 0, fmt.Errorf("upgrade journal: %w", s.explain(ctx, err))
	}
	return entries, nil
}

func upgradeFile(ctx context.Context, db *sql.DB, path string) (entries int, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close() }() // goes back to the pool
	version, err := readVersion(ctx, conn, path)
	if err != nil || version == 0 || version == schemaVersion {
		return 0, err
	}
	err = inTransaction(ctx, conn, path, version, func() (err error) {
		entries, err = upgrade(ctx, conn)
		return err
	})
	if err != nil {
		return 0, err
	}
	// The old rows may be in the log still.
	_, err = conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return entries, err
}

// upgrade brings layout 1, which had neither checksums nor heads, up to date. Each
// entry is written anew with its checksum, in a table that grows at its end as the
// old one did; the old one is dropped, and with it, by secure_delete, its bytes.
// Every network is due once, as this program may owe what the earlier one didn't know.
func upgrade(ctx context.Context, conn *sql.Conn) (entries int, err error) {
	if _, err := conn.ExecContext(ctx, `ALTER TABLE entries RENAME TO entries_1; DROP INDEX entries_by_number;`+entriesSchema); err != nil {
		return 0, err
	}
	insert, err := conn.PrepareContext(ctx, insertWithID)
	if err != nil {
		return 0, err
	}
	defer func() { _ = insert.Close() }() // nothing is left in it
	for last := int64(0); ; {
		rows, err := readLayout1(ctx, conn, last)
		if err != nil {
			return 0, err
		}
		for _, r := range rows {
			e, err := r.entry.Sealed(r.network)
			if err != nil {
				return 0, err
			}
			if _, err := insert.ExecContext(ctx, r.network, e.Seq, e.At.UnixNano(), e.Kind, e.Version, e.Erased, e.Proof.Salt[:], e.Proof.Digest[:], r.data, r.id); err != nil {
				return 0, fmt.Errorf("give entry %d of network %s its checksum: %w", e.Seq, r.network, err)
			}
			last = r.id
			entries++
		}
		if len(rows) == 0 {
			break
		}
	}
	_, err = conn.ExecContext(ctx, fmt.Sprintf(`
		INSERT INTO heads (network, seq) SELECT network, max(seq) FROM entries NOT INDEXED GROUP BY network;
		INSERT INTO marks (network, due) SELECT network, unixepoch() * 1000 FROM heads WHERE TRUE ON CONFLICT DO UPDATE SET due = min(due, excluded.due);
		DROP TABLE entries_1;
		ALTER TABLE secret ADD COLUMN digest BLOB NOT NULL DEFAULT x'';
		PRAGMA user_version = %d;`, schemaVersion))
	if err != nil {
		return 0, err
	}
	var secret []byte
	if err := conn.QueryRowContext(ctx, "SELECT bytes FROM secret").Scan(&secret); err != nil {
		return 0, err
	}
	_, err = conn.ExecContext(ctx, "UPDATE secret SET digest = ?", secretDigest(secret))
	return entries, err
}

// row is an entry of layout 1. data is what its column holds: of an erased one, zeros.
type row struct {
	id      int64
	network string
	entry   journal.Entry
	data    []byte
}

// rowsAtOnce bounds what the upgrade has in memory: an entry has 16 MiB at most.
const rowsAtOnce = 16

// readLayout1 returns the next entries after an id.
func readLayout1(ctx context.Context, conn *sql.Conn, after int64) (all []row, err error) {
	rows, err := conn.QueryContext(ctx, "SELECT id, network, seq, at, kind, version, erased, data IS NULL, data FROM entries_1 WHERE id > ? ORDER BY id LIMIT ?", after, rowsAtOnce)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	for rows.Next() {
		var r row
		var at int64
		var empty bool
		if err := rows.Scan(&r.id, &r.network, &r.entry.Seq, &at, &r.entry.Kind, &r.entry.Version, &r.entry.Erased, &empty, &r.data); err != nil {
			return nil, err
		}
		r.entry.At = time.Unix(0, at).UTC()
		if !empty && r.data == nil {
			r.data = []byte{}
		}
		if !r.entry.Erased {
			r.entry.Data = r.data
		}
		all = append(all, r)
	}
	return all, rows.Err()
}
