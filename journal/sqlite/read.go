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

// A page of Read ends at either bound. Between pages no transaction is open, so
// that a slow reader never keeps the write-ahead log from being folded in.
const (
	pageEntries = 1024
	pageBytes   = 1 << 20
)

// statements are the prepared statements for reading. They are short, never block,
// and are run to their end: the context is checked before each, as a query that can
// be cancelled takes two goroutines more, which cost as much as the query itself.
type statements struct {
	page, last, networks, due, find *sql.Stmt
}

func (st *statements) prepare(ctx context.Context, db *sql.DB) (err error) {
	for stmt, query := range map[**sql.Stmt]string{
		&st.page: "SELECT seq, at, kind, version, erased, erased OR data IS NULL, data FROM entries WHERE network = ? AND seq >= ? ORDER BY seq LIMIT ?",
		&st.last: "SELECT seq FROM entries WHERE network = ? ORDER BY seq DESC LIMIT 1",
		// Hops from name to name, as DISTINCT would read every entry.
		&st.networks: `WITH RECURSIVE hop(name) AS (
			SELECT min(network) FROM entries
			UNION ALL SELECT (SELECT min(network) FROM entries WHERE network > name) FROM hop WHERE name IS NOT NULL)
			SELECT name FROM hop WHERE name IS NOT NULL`,
		// One statement, as both halves must see the same marks.
		&st.due: `SELECT network, due FROM marks WHERE due <= ?1
			UNION ALL SELECT NULL, min(due) FROM marks WHERE due > ?1 HAVING min(due) IS NOT NULL
			ORDER BY 2, 1`,
		&st.find: "SELECT network FROM addresses WHERE address = ? ORDER BY network",
	} {
		if *stmt, err = db.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // kept; the store closes them
			return err
		}
	}
	return nil
}

// Read implements [journal.Journal].
func (s *Store) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		if err := journal.CheckNetwork(network); err != nil {
			yield(journal.Entry{}, fmt.Errorf("read: %w", err))
			return
		}
		next := max(from, 1)
		for {
			page, err := s.page(ctx, network, next)
			for _, e := range page {
				if err == nil && e.Seq != next {
					err = fmt.Errorf("%w: %s: entry %d of network %s is missing: restore a backup", journal.ErrDamaged, s.path, next, network)
				}
				if err != nil {
					break
				}
				if !yield(e, nil) {
					return
				}
				next++
			}
			if err != nil {
				yield(journal.Entry{}, fmt.Errorf("read %s: %w", network, s.explain(ctx, err)))
				return
			}
			if len(page) == 0 {
				return
			}
		}
	}
}

// page returns entries from the number on, as many as fit; none at the journal's end.
func (s *Store) page(ctx context.Context, network string, from uint64) ([]journal.Entry, error) {
	if err := s.calls.Begin(ctx); err != nil {
		return nil, err
	}
	defer s.calls.End()
	if from > math.MaxInt64 {
		return nil, nil
	}
	rows, err := s.statements.page.QueryContext(context.WithoutCancel(ctx), network, int64(from), pageEntries)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	var page []journal.Entry
	for bytes := 0; bytes < pageBytes && rows.Next(); {
		var e journal.Entry
		var at int64
		var empty bool
		var data sql.RawBytes
		if err := rows.Scan(&e.Seq, &at, &e.Kind, &e.Version, &e.Erased, &empty, &data); err != nil {
			return nil, err
		}
		e.At = time.Unix(0, at).UTC()
		if !empty {
			e.Data = append(make([]byte, 0, len(data)), data...)
		}
		page = append(page, e)
		bytes += len(data)
	}
	return page, rows.Err()
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
