package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"roundtable/journal"
)

// explain makes the journal's error of what the system or SQLite said, with the
// file and what to do about it. The context's end comes before the trouble that
// it brings about.
func (s *Store) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil && code(err) == sqlite3.SQLITE_INTERRUPT {
		return ctx.Err()
	}
	return explain(s.path, err)
}

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
		return fmt.Errorf("%w: %s: stop the program, keep a copy, and restore a backup or try \"sqlite3 %s .recover\" (%w)", journal.ErrDamaged, path, path, err)
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
