package sqlite

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"

	"roundtable/journal"
)

// tail is the file beside the journal, its path with "-tail", that has the id of the
// last entry committed. It is there because SQLite takes a write-ahead log with a
// damaged page for one that was being written when the machine died: it leaves out
// that page and all that follows, acknowledged or not, without a word.
//
// It is written after each commit and before those who wait for it have their answer,
// without waiting for the disk. So it is never ahead of the journal; and what it may
// lag behind, after the death of the machine, is only missed as before.
type tail struct {
	file *os.File
	id   int64
}

// tailFormat has the id and its checksum. It is as long as it ever gets, so that it is
// overwritten in place.
const (
	tailFormat = "%020d %08x\n"
	tailBytes  = 20 + 1 + 8 + 1
)

func tailPath(path string) string { return path + "-tail" }

// readTail returns the id in the file, 0 when there is none that can be relied on.
func readTail(path string) int64 {
	text, err := os.ReadFile(tailPath(path))
	if err != nil {
		return 0
	}
	var id int64
	var sum uint32
	if _, err := fmt.Sscanf(string(text), tailFormat, &id, &sum); err != nil || sum != tailSum(id) {
		return 0
	}
	return id
}

func tailSum(id int64) uint32 { return crc32.ChecksumIEEE(fmt.Appendf(nil, "%020d", id)) }

// openTail opens the file, or makes it, and has it say the id.
func openTail(path string, id int64) (*tail, error) {
	file, err := os.OpenFile(tailPath(path), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	t := &tail{file: file, id: -1}
	if readTail(path) == id {
		t.id = id
	}
	return t, errors.Join(t.set(id), file.Truncate(tailBytes))
}

// set has the file say the id.
func (t *tail) set(id int64) error {
	if id == t.id {
		return nil
	}
	_, err := t.file.WriteAt(fmt.Appendf(nil, tailFormat, id, tailSum(id)), 0)
	if err == nil {
		t.id = id
	}
	return err
}

func (t *tail) close() error { return t.file.Close() }

// missesTail returns damage when the journal ends before the entry that the tail
// has, and there was a write-ahead log that should have held the rest. Without one the
// file is an older copy: somebody has restored a backup.
func missesTail(ctx context.Context, db querier, path string, tail, logBytes int64) error {
	if tail == 0 || logBytes == 0 {
		return nil
	}
	last, err := lastID(ctx, db)
	if err != nil || last >= tail {
		return err
	}
	return fmt.Errorf("%w: %s: the last %d of %d entries are missing, as %s-wal is damaged or of another copy: %s; or put %s-wal and %s-shm away, if they are of another copy, and try again; or, to go on without the entries, do that and remove %s",
		journal.ErrDamaged, path, tail-last, tail, path, mend, path, path, tailPath(path))
}

// missesAll returns damage when there is no journal in the file, and yet was one: the
// tail has an entry, or there is a write-ahead log. Making a new one would throw that
// log away, with all that can still be rescued from it.
func missesAll(path string, tail, logBytes int64) error {
	if tail == 0 && logBytes == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s is empty or missing, and it was a journal, of %d entries as far as %s knows: %s; or, to begin a new one, put %s-wal, %s-shm and %s away",
		journal.ErrDamaged, path, tail, tailPath(path), mend, path, path, tailPath(path))
}

// Exists says whether there is a journal at the path, for who would not make one. Where
// it is empty or gone, and what was beside it is still there, the error is
// [journal.ErrDamaged]. Nothing is opened.
func Exists(path string) (bool, error) {
	size, err := sizeOf(path)
	if err != nil || size > 0 {
		return size > 0, err
	}
	logBytes, err := sizeOf(path + "-wal")
	if err != nil {
		return false, err
	}
	return false, missesAll(path, readTail(path), logBytes)
}

// restored says what the tail knows of that isn't here; empty when all is. As there was
// no write-ahead log, it is no damage; see [missesTail].
func restored(path string, tail, last int64) string {
	if last >= tail {
		return ""
	}
	here := fmt.Sprintf("%d are here", last)
	if last == 1 {
		here = "1 is here"
	}
	return fmt.Sprintf("%s knows of %d entries, %s: was a backup restored? If not, %s-wal was lost, and the last entries with it", tailPath(path), tail, here, path)
}

// Warnings says in a sentence each what whoever runs the bot should know of the file,
// that is no damage: that it ends before the entry that was the last when it was open
// before. It is told once, for as long as the store is open.
func (s *Store) Warnings(context.Context) []string {
	if s.restored == "" {
		return nil
	}
	return []string{s.restored}
}

// lastID returns the id of the last entry, 0 for none.
func lastID(ctx context.Context, db querier) (id int64, err error) {
	err = db.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM entries").Scan(&id)
	return id, err
}

// sizeOf returns how long a file is, 0 when there is none.
func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
