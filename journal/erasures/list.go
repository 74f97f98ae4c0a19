// Package erasures keeps a list of what was erased from a journal, so that a backup
// that is restored is erased anew.
//
// The list is a file outside the journal's folder, so that restoring the journal
// doesn't restore the list. It has numbers and no content: of each erased entry its
// network, number, time and kind, which the journal keeps too. It is on the disk before
// an erasure counts as done. [List.Keep] erases what is on it and has come back, and
// then lets the journal be used; it holds for every store.
//
// It does not notice that the list itself was lost or restored, nor reach the backups.
package erasures

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"roundtable/journal"
)

// List is the list of one journal. Safe for concurrent use, also by several processes.
type List struct {
	path string

	mu     sync.Mutex // guards what follows
	listed map[string]map[uint64][]mark
	file   *os.File // nil until something is added
}

// mark tells an erased entry from another that got its number after a backup was
// restored; a number may have several.
type mark struct {
	at   int64 // nanoseconds
	kind string
}

func markOf(e journal.Entry) mark { return mark{e.At.UnixNano(), e.Kind} }

// Open reads the list of the journal with the secret in the folder. Neither needs to be
// there: both are made with the first erasure. A last line that isn't whole is left
// out; damage elsewhere is [journal.ErrDamaged].
func Open(folder string, secret []byte) (*List, error) {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("name of the list of erasures"))
	l := &List{path: filepath.Join(folder, fmt.Sprintf("erased-%x.txt", mac.Sum(nil)[:8])), listed: map[string]map[uint64][]mark{}}
	text, err := os.ReadFile(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of what was erased: %w", err)
	}
	for n := 1; len(text) > 0; n++ {
		line, rest, whole := bytes.Cut(text, []byte("\n"))
		if err := l.read(string(line)); err != nil {
			if !whole || len(rest) == 0 {
				break // a process died while it wrote, and what it erased was not done
			}
			return nil, fmt.Errorf("%w: %s:%d: %w: restore the list from a copy, or remove the line: what it lists may then come back with a backup", journal.ErrDamaged, l.path, n, err)
		}
		text = rest
	}
	return l, nil
}

// Path is where the list is.
func (l *List) Path() string { return l.path }

// A line is the checksum of what follows, the network, the number, the entry's time in
// nanoseconds, when it was erased, and the entry's kind.
const lineFormat = "%s %d %d %s %q"

func lineOf(network string, e journal.Entry, now time.Time) string {
	text := fmt.Sprintf(lineFormat, network, e.Seq, e.At.UnixNano(), now.UTC().Format(time.RFC3339), e.Kind)
	return fmt.Sprintf("%08x %s\n", crc32.ChecksumIEEE([]byte(text)), text)
}

var errLine = errors.New("not a line of the list, or a damaged one")

func (l *List) read(line string) error {
	var network, when string
	var seq uint64
	var m mark
	if len(line) < 9 || fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(line[9:]))) != line[:8] {
		return errLine
	}
	if _, err := fmt.Sscanf(line[9:], lineFormat, &network, &seq, &m.at, &when, &m.kind); err != nil {
		return errLine
	}
	l.note(network, seq, m)
	return nil
}

func (l *List) note(network string, seq uint64, m mark) {
	if l.listed[network] == nil {
		l.listed[network] = map[uint64][]mark{}
	}
	l.listed[network][seq] = append(l.listed[network][seq], m)
}

// add puts entries on the list, those that aren't, and returns when they are on the
// disk.
func (l *List) add(network string, entries []journal.Entry, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var text []byte
	var added []journal.Entry
	for _, e := range entries {
		if !slices.Contains(l.listed[network][e.Seq], markOf(e)) {
			text = append(text, lineOf(network, e, now)...)
			added = append(added, e)
		}
	}
	if len(text) == 0 {
		return nil
	}
	if err := l.open(); err != nil {
		return err
	}
	if _, err := l.file.Write(text); err != nil {
		return err
	}
	if err := l.file.Sync(); err != nil {
		return err
	}
	for _, e := range added {
		l.note(network, e.Seq, markOf(e))
	}
	return nil
}

// open opens the file for appending, and makes it and its folder where they are
// missing. What a process that died left of a line is ended, so that it spoils no
// other.
func (l *List) open() error {
	if l.file != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(cutTorn(file), syncFolder(filepath.Dir(l.path))); err != nil {
		return errors.Join(err, file.Close())
	}
	l.file = file
	return nil
}

// cutTorn cuts off what follows the last line's end.
func cutTorn(file *os.File) error {
	text, err := os.ReadFile(file.Name())
	if err != nil {
		return err
	}
	if whole := bytes.LastIndexByte(text, '\n') + 1; whole < len(text) {
		return file.Truncate(int64(whole))
	}
	return nil
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	_ = folder.Sync() // not every system can
	return folder.Close()
}

// Writable returns nil when something could be added. It makes the folder, and no list.
func (l *List) Writable() error {
	folder := filepath.Dir(l.path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_APPEND, 0o600)
	if !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = file.Close()
		}
		return err
	}
	if file, err = os.CreateTemp(folder, ".roundtable-check-*"); err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

func (l *List) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closeFile()
}

func (l *List) closeFile() error {
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}
