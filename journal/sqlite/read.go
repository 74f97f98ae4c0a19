package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"time"

	"roundtable/journal"
)

// A page of Read ends at either bound; the first is short, as often one entry is
// wanted, or the news. Between pages no transaction is open, so
// that a slow reader never keeps the write-ahead log from being folded in.
const (
	firstPage   = 16
	pageEntries = 1024
	pageBytes   = 1 << 20
)

// statements are the prepared statements for reading. They are short, never block,
// and are run to their end: the context is checked before each, as a query that can
// be cancelled takes two goroutines more, which cost as much as the query itself.
type statements struct {
	page, last, networks, due, find, check *sql.Stmt
}

func (st *statements) prepare(ctx context.Context, db *sql.DB) (err error) {
	for stmt, query := range map[**sql.Stmt]string{
		&st.page: "SELECT seq, at, kind, version, erased, erased OR data IS NULL, salt, digest, data FROM entries WHERE network = ? AND seq >= ? ORDER BY seq LIMIT ?",
		&st.last: "SELECT seq FROM heads WHERE network = ?",
		// Those with entries too, so that one whose head is lost is missed. Hops from
		// name to name, as DISTINCT would read every entry.
		&st.networks: `WITH RECURSIVE hop(name) AS (
			SELECT min(network) FROM entries
			UNION ALL SELECT (SELECT min(network) FROM entries WHERE network > name) FROM hop WHERE name IS NOT NULL)
			SELECT name FROM hop WHERE name IS NOT NULL UNION SELECT network FROM heads ORDER BY 1`,
		// One statement, as both halves must see the same marks.
		&st.due: `SELECT network, due FROM marks WHERE due <= ?1
			UNION ALL SELECT NULL, min(due) FROM marks WHERE due > ?1 HAVING min(due) IS NOT NULL
			ORDER BY 2, 1`,
		&st.check: "PRAGMA integrity_check(10)",
		&st.find:  "SELECT network FROM addresses WHERE address = ? ORDER BY network",
	} {
		if *stmt, err = db.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // kept; the store closes them
			return err
		}
	}
	return nil
}

// Read implements [journal.Journal].
func (s *Store) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	size := firstPage
	pages := journal.Pages{
		Page: func(ctx context.Context, from uint64) ([]journal.Entry, error) {
			page, err := s.page(ctx, network, from, size)
			size = min(8*size, pageEntries)
			return page, err
		},
		Last: func(ctx context.Context) (uint64, error) { return s.lastOf(ctx, network) },
		Mend: s.path + ": " + mend,
	}
	return pages.Read(ctx, network, from, func(err error) error { return s.explain(ctx, err) })
}

// page returns entries from the number on, as many as fit; none at the journal's end.
func (s *Store) page(ctx context.Context, network string, from uint64, size int) ([]journal.Entry, error) {
	if err := s.calls.Begin(ctx); err != nil {
		return nil, err
	}
	defer s.calls.End()
	if from > math.MaxInt64 {
		return nil, nil
	}
	rows, err := s.statements.page.QueryContext(context.WithoutCancel(ctx), network, int64(from), size)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	var page []journal.Entry
	for bytes := 0; bytes < pageBytes && rows.Next(); {
		var e journal.Entry
		var at int64
		var empty bool
		var salt, digest, data sql.RawBytes
		if err := rows.Scan(&e.Seq, &at, &e.Kind, &e.Version, &e.Erased, &empty, &salt, &digest, &data); err != nil {
			return page, s.misread(ctx, network, from+uint64(len(page)), err)
		}
		copy(e.Proof.Salt[:], salt)
		copy(e.Proof.Digest[:], digest)
		e.At = time.Unix(0, at).UTC()
		if !empty {
			e.Data = append(make([]byte, 0, len(data)), data...)
		}
		page = append(page, e)
		bytes += len(data)
	}
	return page, rows.Err()
}

// misread turns the failure to read a row's columns, which are not of their types,
// into damage.
func (s *Store) misread(ctx context.Context, network string, seq uint64, err error) error {
	if code(err) != 0 || ctx.Err() != nil {
		return err
	}
	return &journal.Damage{Network: network, Seq: seq, What: fmt.Sprintf("can't be read (%v)", err)}
}

// Follow implements [journal.Journal].
func (s *Store) Follow(ctx context.Context, network string, after uint64) (uint64, error) {
	if err := journal.CheckNetwork(network); err != nil {
		return 0, fmt.Errorf("follow: %w", err)
	}
	for {
		news, stop := s.news.Subscribe(network)
		last, err := s.lastOf(ctx, network)
		if err == nil && last < after {
			err = &journal.Conflict{Network: network, After: after, Last: last}
		}
		if err != nil || last > after {
			stop()
			if err != nil {
				return 0, fmt.Errorf("follow %s: %w", network, s.explain(ctx, err))
			}
			return last, nil
		}
		select {
		case <-news:
		case <-ctx.Done():
		case <-s.calls.Closed():
		}
		stop()
	}
}

func (s *Store) lastOf(ctx context.Context, network string) (uint64, error) {
	if err := s.calls.Begin(ctx); err != nil {
		return 0, err
	}
	defer s.calls.End()
	var last int64
	err := s.statements.last.QueryRowContext(context.WithoutCancel(ctx), network).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return uint64(last), err
}
