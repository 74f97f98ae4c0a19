package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"roundtable/journal"
	"roundtable/journal/internal/bell"
	"roundtable/journal/internal/door"

	_ "modernc.org/sqlite" // the driver
)

var _ journal.Journal = (*Store)(nil)

// readConnections bounds how many pages are read at once. Each holds a page
// cache of about 2 MB.
const readConnections = 4

// Store is an open file. It implements [journal.Journal].
type Store struct {
	path   string
	file   os.FileInfo // as it was when opened, to notice when it is swapped
	secret []byte

	reads   *sql.DB
	queries queries
	writes  *sql.DB
	queue   chan *task
	writing sync.WaitGroup
	bell    bell.Bell

	door *door.Door
}

// Open opens the journal in the file, and makes the file and the folders above
// it when they are missing.
//
// Errors: [journal.ErrReadOnly] when the file or its folder may not be written,
// [journal.ErrNewer] when a newer version of the program has written it,
// [journal.ErrDamaged] when it is not an SQLite file or a broken one,
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
	if err := prepare(path); err != nil {
		return nil, fmt.Errorf("open journal: %w", explain(path, err))
	}
	s := &Store{path: path, queue: make(chan *task, maxGroup), door: door.New(journal.ErrClosed)}
	if err := s.connect(pragmas); err != nil {
		return nil, fmt.Errorf("open journal: %w", errors.Join(explain(path, err), s.disconnect()))
	}
	return s, nil
}

// connect opens the connections and starts the writer.
func (s *Store) connect(pragmas []string) error {
	ctx := context.Background()
	var err error
	if s.writes, err = sql.Open("sqlite", address(s.path, append(pragmas, writePragmas...)...)); err != nil {
		return err
	}
	s.writes.SetMaxOpenConns(1)
	if err := layOut(ctx, s.writes, s.path); err != nil {
		return err
	}
	if s.file, err = os.Stat(s.path); err != nil {
		return err
	}
	if err := s.writes.QueryRowContext(ctx, "SELECT bytes FROM secret").Scan(&s.secret); err != nil {
		return err
	}
	if s.reads, err = sql.Open("sqlite", address(s.path, readPragmas...)); err != nil {
		return err
	}
	s.reads.SetMaxOpenConns(readConnections)
	s.reads.SetMaxIdleConns(readConnections)
	if err := s.queries.prepare(ctx, s.reads); err != nil {
		return err
	}
	w, err := newWriter(ctx, s.writes, &s.bell, s.secret)
	if err != nil {
		return err
	}
	s.writing.Go(func() { w.run(ctx, s.queue) })
	return nil
}

// disconnect closes the connections; the writing one last, as the last one out
// folds the write-ahead log into the file.
func (s *Store) disconnect() error {
	var errs []error
	for _, db := range []*sql.DB{s.reads, s.writes} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Ping implements [journal.Journal]. It takes the file's write lock and gives it
// back, and notices when the file was deleted or replaced under the program.
func (s *Store) Ping(ctx context.Context) error {
	now, err := os.Stat(s.path)
	if errors.Is(err, os.ErrNotExist) || err == nil && !os.SameFile(now, s.file) {
		err = fmt.Errorf("%w: %s was deleted or replaced while it was open: restart the program, from a backup if the file is gone", journal.ErrDamaged, s.path)
	}
	if err == nil {
		err = s.submit(ctx, &task{do: func(context.Context, *writer) error { return nil }})
	}
	if err != nil {
		return fmt.Errorf("ping journal: %w", s.explain(ctx, err))
	}
	return nil
}

// Close implements [journal.Journal].
func (s *Store) Close() error {
	if !s.door.Close() {
		return nil
	}
	s.door.Wait()
	close(s.queue)
	s.writing.Wait()
	if err := s.disconnect(); err != nil {
		return fmt.Errorf("close journal: %w", explain(s.path, err))
	}
	return nil
}
