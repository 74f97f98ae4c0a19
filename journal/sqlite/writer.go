package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"roundtable/journal"
	"roundtable/journal/internal/notify"
)

const (
	// maxGroup and maxGroupBytes bound what is committed together, and so how
	// long the last in a queue waits for the disk.
	maxGroup      = 512
	maxGroupBytes = 8 << 20

	// pollEvery is how often the file is polled for what other processes
	// wrote, while somebody follows. A poll costs microseconds.
	pollEvery = 100 * time.Millisecond
)

// Append implements [journal.Journal].
func (s *Store) Append(ctx context.Context, b journal.Batch) (uint64, error) {
	entries, err := b.Sealed()
	if err != nil {
		return 0, fmt.Errorf("append: %w", err)
	}
	b.Entries = entries
	t := &task{do: func(ctx context.Context, w *writer) error { return w.append(ctx, b) }}
	for _, e := range b.Entries {
		t.notify = b.Network
		t.bytes += len(e.Data)
	}
	if err := s.submit(ctx, t); err != nil {
		return 0, fmt.Errorf("append to %s: %w", b.Network, s.explain(ctx, err))
	}
	return b.After + uint64(len(b.Entries)), nil
}

// append moves the head before it writes anything, as a conflict must not roll back
// the other tasks of the transaction.
func (w *writer) append(ctx context.Context, b journal.Batch) error {
	if err := w.moveHead(ctx, b); err != nil {
		return err
	}
	for _, e := range b.Entries {
		result, err := w.insert.ExecContext(ctx, b.Network, int64(e.Seq), e.At.UnixNano(), e.Kind, e.Version, e.Erased, e.Proof.Salt[:], e.Proof.Digest[:], e.Data)
		if code(err) == sqlite3.SQLITE_CONSTRAINT {
			return &journal.Damage{Network: b.Network, Seq: e.Seq, What: "is there already, after the last number that is known", Mend: mend}
		}
		if err != nil {
			return fmt.Errorf("insert entry %d: %w", e.Seq, err)
		}
		if w.written, err = result.LastInsertId(); err != nil {
			return err
		}
	}
	if b.Mark == nil {
		return nil
	}
	return w.setMark(ctx, b.Network, *b.Mark)
}

// moveHead moves the network's last number from the batch's After to its own last.
// When it isn't After, it returns a conflict, and has written nothing.
func (w *writer) moveHead(ctx context.Context, b journal.Batch) error {
	if len(b.Entries) > 0 {
		result, err := w.moveHeadTo.ExecContext(ctx, b.Network, int64(b.After), int64(b.After)+int64(len(b.Entries)))
		if err != nil {
			return fmt.Errorf("count on: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 1 {
			return err
		}
	}
	var last int64
	err := w.last.QueryRowContext(ctx, b.Network).Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("find the last number: %w", err)
	}
	if uint64(last) != b.After {
		return &journal.Conflict{Network: b.Network, After: b.After, Last: uint64(last)}
	}
	return nil
}

// task is one write. Its do runs in the writer's transaction, which it shares with
// the other tasks of its group.
type task struct {
	ctx           context.Context //nolint:containedctx // of the call that waits for done
	do            func(ctx context.Context, w *writer) error
	bytes         int    // of content, about
	notify        string // network whose followers are woken once it is written
	noTransaction bool   // do runs outside any transaction
	done          chan error
}

// submit queues the task and waits until it is on disk, or the context has ended;
// then the task may still be done.
func (s *Store) submit(ctx context.Context, t *task) error {
	if err := s.calls.Begin(ctx); err != nil {
		return err
	}
	defer s.calls.End()
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

// writer owns the connection that writes, with its prepared statements.
type writer struct {
	conn        *sql.Conn
	news        *notify.Hub
	secret      []byte
	tail        *tail
	scrub       bool        // the -wal may hold what is erased, and is to be cut
	written     int64       // id of the last entry that was inserted
	dataVersion int64       // SQLite's, at the last poll
	stmts       []*sql.Stmt // all of those below

	last, moveHeadTo          *sql.Stmt
	insert, content, erase    *sql.Stmt
	setDue, clearDue          *sql.Stmt
	addAddress, removeAddress *sql.Stmt
}

// insertEntry and insertWithID write an entry, the latter under an id that it had.
const (
	insertEntry  = "INSERT INTO entries (network, seq, at, kind, version, erased, salt, digest, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	insertWithID = "INSERT INTO entries (network, seq, at, kind, version, erased, salt, digest, data, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

func newWriter(ctx context.Context, db *sql.DB, news *notify.Hub, secret []byte, tail *tail) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn, news: news, secret: secret, tail: tail, written: tail.id}
	for stmt, query := range map[**sql.Stmt]string{
		&w.last: "SELECT seq FROM heads WHERE network = ?",
		// Compares and writes in one statement, which is half the time of two. Only
		// the first entries make a row.
		&w.moveHeadTo: `INSERT INTO heads (network, seq) SELECT ?1, ?3
			WHERE ?2 = coalesce((SELECT seq FROM heads WHERE network = ?1), 0)
			ON CONFLICT DO UPDATE SET seq = excluded.seq`,
		&w.insert:  insertEntry,
		&w.content: "SELECT data IS NULL, data, salt FROM entries WHERE network = ? AND seq = ? AND erased = 0",
		// As long as before, so that SQLite overwrites it in place.
		&w.erase:         "UPDATE entries SET data = zeroblob(length(data)), salt = ?, erased = 1 WHERE network = ? AND seq = ? AND erased = 0",
		&w.setDue:        "INSERT INTO marks (network, due) VALUES (?, ?) ON CONFLICT DO UPDATE SET due = excluded.due WHERE due <> excluded.due",
		&w.clearDue:      "DELETE FROM marks WHERE network = ?",
		&w.addAddress:    "INSERT INTO addresses (network, address) VALUES (?, ?) ON CONFLICT DO NOTHING",
		&w.removeAddress: "DELETE FROM addresses WHERE network = ? AND address = ?",
	} {
		if *stmt, err = conn.PrepareContext(ctx, query); err != nil { //nolint:sqlclosecheck // kept; close closes them
			return nil, errors.Join(err, w.close())
		}
		w.stmts = append(w.stmts, *stmt)
	}
	return w, nil
}

// close closes the statements and the connection. A statement isn't closed with
// its connection, and would keep the file open.
func (w *writer) close() error {
	var errs []error
	for _, stmt := range w.stmts {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, w.conn.Close())...)
}

// run commits what is queued until the queue is closed, and polls for what other
// processes have written.
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
			w.commit(ctx, collectGroup(t, queue))
		case <-poll.C:
			w.pollNews(ctx)
			w.scrubLog(ctx)
		}
	}
}

// collectGroup returns the first task with what else is queued. It yields the
// processor first, as callers that the last commit released are about to queue
// again.
func collectGroup(first *task, queue <-chan *task) []*task {
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

// commit commits the group in one transaction. When that fails for lack of room or
// because of one task, each task gets a transaction of its own, so that none fails
// because of another.
func (w *writer) commit(ctx context.Context, group []*task) {
	var shared, alone []*task
	for _, t := range group {
		if err := t.ctx.Err(); err != nil {
			t.done <- err
		} else if t.noTransaction {
			alone = append(alone, t)
		} else {
			shared = append(shared, t)
		}
	}
	if len(shared) > 0 && !w.commitTogether(ctx, shared) {
		for _, t := range shared {
			w.commitTogether(ctx, []*task{t})
		}
	}
	for _, t := range alone {
		t.done <- t.do(ctx, w)
	}
}

// commitTogether commits the group and replies to every task, and returns true. It
// returns false when nothing was written and no task has its reply: then the tasks
// are to be tried one by one.
func (w *writer) commitTogether(ctx context.Context, group []*task) bool {
	if _, err := w.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return reply(group, nil, fmt.Errorf("lock the file: %w", err))
	}
	results := make([]error, len(group))
	for i, t := range group {
		results[i] = t.do(ctx, w)
		if err := results[i]; err != nil && !errors.Is(err, journal.ErrConflict) {
			rollbackErr := w.rollback(ctx)
			if len(group) > 1 && rollbackErr == nil {
				return false
			}
			return reply(group, nil, errors.Join(err, rollbackErr))
		}
	}
	if _, err := w.conn.ExecContext(ctx, "COMMIT"); err != nil {
		rollbackErr := w.rollback(ctx)
		if len(group) > 1 && rollbackErr == nil && errors.Is(explain("", err), journal.ErrFull) {
			return false
		}
		return reply(group, nil, errors.Join(fmt.Errorf("commit: %w", err), rollbackErr))
	}
	if err := w.tail.set(w.written); err != nil {
		return reply(group, nil, fmt.Errorf("note the last entry: %w", err))
	}
	for i, t := range group {
		if results[i] == nil && t.notify != "" {
			w.news.Notify(t.notify)
		}
	}
	return reply(group, results, nil)
}

// reply gives each task its result, or all of them the same error. It returns true.
func reply(group []*task, results []error, err error) bool {
	for i, t := range group {
		if err != nil {
			t.done <- err
		} else {
			t.done <- results[i]
		}
	}
	return true
}

// rollback rolls the transaction back, unless SQLite has done so itself.
func (w *writer) rollback(ctx context.Context) error {
	w.written = w.tail.id
	_, err := w.conn.ExecContext(ctx, "ROLLBACK")
	if err != nil && code(err) == 1 { // SQLITE_ERROR: no transaction is active
		return nil
	}
	return err
}

// pollNews wakes the followers when another process has written. An error isn't
// reported here: it comes again with the next write, which has a caller.
func (w *writer) pollNews(ctx context.Context) {
	if !w.news.HasSubscribers() {
		return
	}
	var now int64
	if err := w.conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&now); err != nil || now != w.dataVersion {
		w.dataVersion = now
		w.news.NotifyAll()
	}
}
