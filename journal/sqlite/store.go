package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"modernc.org/sqlite" // the driver too
	sqlite3 "modernc.org/sqlite/lib"

	"roundtable/journal"
	"roundtable/journal/internal/inflight"
	"roundtable/journal/internal/notify"
)

var _ journal.Journal = (*Store)(nil)

// readConnections bounds how many pages are read at once. Each holds a page
// cache of about 2 MB.
const readConnections = 4

// Store is an open file. It implements [journal.Journal].
type Store struct {
	path     string
	file     os.FileInfo // as it was when opened, to notice a replaced file
	secret   []byte
	restored string // what [Store.Warnings] tells

	reads      *sql.DB
	statements statements
	writes     *sql.DB
	queue      chan *task
	tail       *tail
	background sync.WaitGroup
	news       notify.Hub

	calls *inflight.Calls
}

// Open opens the journal in the file, and makes the file and the folders above
// it when they are missing.
//
// Errors: [journal.ErrReadOnly] when the file or its folder may not be written,
// [journal.ErrNewer] when a newer version of the program has written it,
// [journal.ErrOlder] when an earlier one has, see [Upgrade],
// [journal.ErrDamaged] when it is not an SQLite file or a broken one, or is gone from beside what it left,
// [journal.ErrFull]; and a plain error when it is a folder, or the SQLite file
// of another program, which is left as it is. All of them say which file and
// what to do.
func Open(path string) (*Store, error) {
	return open(path)
}

// open takes further pragmas for the writing connection, for tests.
func open(path string, pragmas ...string) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	if err := ensureFile(path); err != nil {
		return nil, fmt.Errorf("open journal: %w", explain(path, err))
	}
	s := &Store{path: path, queue: make(chan *task, maxGroup), calls: inflight.New(journal.ErrClosed)}
	if err := s.connect(pragmas); err != nil {
		return nil, fmt.Errorf("open journal: %w", errors.Join(explain(path, err), s.disconnect()))
	}
	return s, nil
}

// connect opens the connections and starts the writer.
func (s *Store) connect(pragmas []string) error {
	ctx := context.Background()
	known := readTail(s.path) // before what it is compared with
	var err error
	if s.writes, err = sql.Open("sqlite", dsn(s.path, append(pragmas, writePragmas...)...)); err != nil {
		return err
	}
	s.writes.SetMaxOpenConns(1)
	if err = setUpSchema(ctx, s.writes, s.path); err != nil {
		return err
	}
	if s.file, err = os.Stat(s.path); err != nil {
		return err
	}
	if s.secret, err = readSecret(ctx, s.writes, s.path); err != nil {
		return err
	}
	if s.reads, err = sql.Open("sqlite", dsn(s.path, readPragmas...)); err != nil {
		return err
	}
	s.reads.SetMaxOpenConns(readConnections)
	s.reads.SetMaxIdleConns(readConnections)
	if err := s.statements.prepare(ctx, s.reads); err != nil {
		return err
	}
	last, err := lastID(ctx, s.reads)
	if err != nil {
		return err
	}
	s.restored = restored(s.path, known, last)
	if s.tail, err = openTail(s.path, last); err != nil {
		return err
	}
	w, err := newWriter(ctx, s.writes, &s.news, s.secret, s.tail)
	if err != nil {
		return err
	}
	w.scrub = true
	w.scrubLog(ctx)
	s.background.Go(func() { w.run(ctx, s.queue) })
	return nil
}

// disconnect closes the connections, the writing one last, as the last connection
// to close folds the write-ahead log into the file.
func (s *Store) disconnect() error {
	var errs []error
	for _, db := range []*sql.DB{s.reads, s.writes} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.tail != nil {
		errs = append(errs, s.tail.close())
	}
	return errors.Join(errs...)
}

// Ping implements [journal.Journal]. It takes the file's write lock and gives it
// back, and notices when the file was deleted or replaced under the program, or its
// secret is gone.
func (s *Store) Ping(ctx context.Context) error {
	now, err := os.Stat(s.path)
	if errors.Is(err, os.ErrNotExist) || err == nil && !os.SameFile(now, s.file) {
		err = fmt.Errorf("%w: %s was deleted or replaced while it was open: restart the program, from a backup if the file is gone", journal.ErrDamaged, s.path)
	}
	if err == nil {
		err = s.submit(ctx, &task{do: func(context.Context, *writer) error { return nil }})
	}
	if err == nil {
		_, err = readSecret(ctx, s.reads, s.path)
	}
	if err != nil {
		return fmt.Errorf("ping journal: %w", s.explain(ctx, err))
	}
	return nil
}

// Check implements [journal.Journal], with SQLite's own look at the whole file. It
// holds up no writer.
func (s *Store) Check(ctx context.Context) error {
	found, err := s.names(ctx, s.statements.check)
	if err == nil && !slices.Equal(found, []string{"ok"}) {
		err = fmt.Errorf("%w: %s: %s: %s", journal.ErrDamaged, s.path, strings.Join(found, "; "), mend)
	}
	if err != nil {
		return fmt.Errorf("check journal: %w", s.explain(ctx, err))
	}
	return nil
}

// Close implements [journal.Journal].
func (s *Store) Close() error {
	if !s.calls.Close() {
		return nil
	}
	s.calls.Wait()
	close(s.queue)
	s.background.Wait()
	if err := s.disconnect(); err != nil {
		return fmt.Errorf("close journal: %w", explain(s.path, err))
	}
	return nil
}

// mend is what to do about a damaged file.
const mend = "stop the program, keep a copy of the file with its -wal, and restore a backup; docs/operating.md says how, and what to do without one"

// explain turns an error of the system or of SQLite into the journal's, with the
// file and what to do about it. The context's own error takes precedence over the
// interrupted query that it causes.
func (s *Store) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil && code(err) == sqlite3.SQLITE_INTERRUPT {
		return ctx.Err()
	}
	return explain(s.path, err)
}

// explain without a context, for errors that no context can have caused.
func explain(path string, err error) error {
	switch code := code(err); {
	case err == nil:
		return nil
	case code == sqlite3.SQLITE_FULL, isOutOfRoom(err), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("%w: %s: make room on its disk (%w)", journal.ErrFull, path, err)
	case code == sqlite3.SQLITE_READONLY, code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_PERM,
		errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %s: let the program's user write it and the folder %s, on a disk that is not mounted read-only (%w)", journal.ErrReadOnly, path, filepath.Dir(path), err)
	case code == sqlite3.SQLITE_CORRUPT, code == sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %s: %s (%w)", journal.ErrDamaged, path, mend, err)
	case isBusy(err):
		return fmt.Errorf("%s: another process has kept it locked for %s: see who has it open (%w)", path, busyTimeout, err)
	case code != 0:
		return fmt.Errorf("%s: %w", path, err)
	}
	return err
}

// code returns SQLite's primary result code, 0 if the error is not SQLite's.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return sqlite3.SQLITE_OK
}

func isBusy(err error) bool { return code(err) == sqlite3.SQLITE_BUSY }

// isOutOfRoom tells the failure to grow the -shm file, which SQLite reports as
// a plain input/output error.
func isOutOfRoom(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE
}

// Secret implements [journal.Journal].
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	if err := s.calls.Begin(ctx); err != nil {
		return nil, fmt.Errorf("read the secret: %w", err)
	}
	defer s.calls.End()
	return slices.Clone(s.secret), nil
}
