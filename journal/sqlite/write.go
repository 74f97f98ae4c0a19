package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"time"

	"roundtable/journal"
	"roundtable/journal/internal/bell"
)

const (
	// maxGroup and maxGroupBytes bound what is committed together, and so how
	// long the last in a queue waits for the disk.
	maxGroup      = 512
	maxGroupBytes = 8 << 20

	// pollEvery is how often the file is looked at for what other processes
	// wrote, while somebody follows. A look costs microseconds.
	pollEvery = 100 * time.Millisecond
)

// task is one thing to write. Its do runs in the writer's transaction, which
// others share.
type task struct {
	ctx   context.Context //nolint:containedctx // of the call that waits for done
	do    func(ctx context.Context, w *writer) error
	bytes int    // of content, roughly
	news  string // network that has news when it is written
	alone bool   // not in a transaction
	done  chan error
}

// submit queues the task and waits until it is on the disk.
func (s *Store) submit(ctx context.Context, t *task) error {
	if err := s.door.Enter(ctx); err != nil {
		return err
	}
	defer s.door.Leave()
	t.ctx, t.done = ctx, make(chan error, 1)
	select {
	case s.queue <- t:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-t.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// writer owns the one connection that writes.
type writer struct {
	conn   *sql.Conn
	bell   *bell.Bell
	secret []byte
	seen   int64       // data_version at the last look
	stmts  []*sql.Stmt // all of those below

	last, insert, erase *sql.Stmt
	mark, unmark        *sql.Stmt
	enlist, delist      *sql.Stmt
}

func newWriter(ctx context.Context, db *sql.DB, b *bell.Bell, secret []byte) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn, bell: b, secret: secret}
	for stmt, query := range map[**sql.Stmt]string{
		&w.last: "SELECT seq FROM entries WHERE network = ? ORDER BY seq DESC LIMIT 1",
		// Compares and writes in one statement, which is half the time of two.
		&w.insert: `INSERT INTO entries (network, seq, at, kind, version, erased, data)
			SELECT ?1, ?2 + 1, ?3, ?4, ?5, ?6, ?7
			WHERE ?2 = coalesce((SELECT seq FROM entries WHERE network = ?1 ORDER BY seq DESC LIMIT 1), 0)`,
		// As long as before, so that SQLite overwrites it in place.
		&w.erase:  "UPDATE entries SET data = zeroblob(length(data)), erased = 1 WHERE network = ? AND seq = ? AND erased = 0",
		&w.mark:   "INSERT INTO marks (network, due) VALUES (?, ?) ON CONFLICT DO UPDATE SET due = excluded.due WHERE due <> excluded.due",
		&w.unmark: "DELETE FROM marks WHERE network = ?",
		&w.enlist: "INSERT INTO addresses (network, address) VALUES (?, ?) ON CONFLICT DO NOTHING",
		&w.delist: "DELETE FROM addresses WHERE network = ? AND address = ?",
	} {
		if *stmt, err = conn.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // kept; close closes them
			return nil, errors.Join(err, w.close())
		}
		w.stmts = append(w.stmts, *stmt)
	}
	return w, nil
}

// close gives the connection back. A statement of one connection isn't closed
// with it, and keeps the file open.
func (w *writer) close() error {
	var errs []error
	for _, stmt := range w.stmts {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, w.conn.Close())...)
}

// run writes what is queued until the queue is closed, and meanwhile looks for
// what other processes wrote.
func (w *writer) run(ctx context.Context, queue <-chan *task) {
	defer func() { _ = w.close() }() // an error comes again when the database is closed
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		select {
		case t, open := <-queue:
			if !open {
				return
			}
			w.write(ctx, gather(t, queue))
		case <-poll.C:
			w.look(ctx)
		}
	}
}

// gather takes along what else is queued. It lets others run first, as those
// that the last commit released are about to queue again.
func gather(first *task, queue <-chan *task) []*task {
	group, bytes := []*task{first}, first.bytes
	for idle := 0; idle < 2; idle++ {
		runtime.Gosched()
		for more := true; more; {
			if len(group) >= maxGroup || bytes >= maxGroupBytes {
				return group
			}
			select {
			case t, open := <-queue:
				if !open {
					return group
				}
				group, bytes, idle = append(group, t), bytes+t.bytes, 0
			default:
				more = false
			}
		}
	}
	return group
}

// write commits the group in one transaction. When that fails for want of room
// or for anything that one of them did, each gets a transaction of its own, so
// that nobody fails for another.
func (w *writer) write(ctx context.Context, group []*task) {
	var shared, alone []*task
	for _, t := range group {
		if err := t.ctx.Err(); err != nil {
			t.done <- err
		} else if t.alone {
			alone = append(alone, t)
		} else {
			shared = append(shared, t)
		}
	}
	if len(shared) > 0 && !w.together(ctx, shared) {
		for _, t := range shared {
			w.together(ctx, []*task{t})
		}
	}
	for _, t := range alone {
		t.done <- t.do(ctx, w)
	}
}

// together answers every task and returns true, or it answers none, has written
// nothing and returns false: then they are to be tried one by one.
func (w *writer) together(ctx context.Context, group []*task) bool {
	if _, err := w.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return answer(group, nil, fmt.Errorf("lock the file: %w", err))
	}
	results := make([]error, len(group))
	for i, t := range group {
		results[i] = t.do(ctx, w)
		if err := results[i]; err != nil && !errors.Is(err, journal.ErrConflict) {
			rollbackErr := w.rollback(ctx)
			if len(group) > 1 && rollbackErr == nil {
				return false
			}
			return answer(group, nil, errors.Join(err, rollbackErr))
		}
	}
	if _, err := w.conn.ExecContext(ctx, "COMMIT"); err != nil {
		rollbackErr := w.rollback(ctx)
		if len(group) > 1 && rollbackErr == nil && errors.Is(explain("", err), journal.ErrFull) {
			return false
		}
		return answer(group, nil, errors.Join(fmt.Errorf("commit: %w", err), rollbackErr))
	}
	for i, t := range group {
		if results[i] == nil && t.news != "" {
			w.bell.Ring(t.news)
		}
	}
	return answer(group, results, nil)
}

// answer gives each task its result, or all of them the same error.
func answer(group []*task, results []error, err error) bool {
	for i, t := range group {
		if err != nil {
			t.done <- err
		} else {
			t.done <- results[i]
		}
	}
	return true
}

// rollback undoes the transaction, which SQLite itself may have undone.
func (w *writer) rollback(ctx context.Context) error {
	_, err := w.conn.ExecContext(ctx, "ROLLBACK")
	if err != nil && code(err) == 1 { // SQLITE_ERROR: no transaction is active
		return nil
	}
	return err
}

// look wakes the followers when another process has written. An error will come
// again with the next write, which has somebody to tell it to.
func (w *writer) look(ctx context.Context) {
	if !w.bell.Awaited() {
		return
	}
	var now int64
	if err := w.conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&now); err != nil || now != w.seen {
		w.seen = now
		w.bell.RingAll()
	}
}
