// Package erasures keeps a list of what was erased from a journal, so that a backup
// that is restored is erased anew.
//
// The list is a file outside the journal's folder, so that restoring the journal
// doesn't restore the list. It has numbers and no content: of each erased entry its
// network, number, time and kind, which the journal keeps too. It is on the disk before
// an erasure counts as done. [List.Keep] erases what is on it and has come back, and
// then lets the journal be used; it holds for every store.
//
// What was only replaced by a later entry is listed with that one, and goes again where
// that one is there, or is itself erased: an older copy has nothing else to say it.
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
	"strings"
	"sync"
	"time"

	"roundtable/journal"
)

// List is the list of one journal. Safe for concurrent use, also by several processes.
type List struct {
	path string

	mu     sync.Mutex // guards what follows
	listed map[string]map[uint64][]listing
	file   *os.File // nil until something is added
}

// mark tells an erased entry from another that got its number after a backup was
// restored; a number may have several.
type mark struct {
	at   int64 // nanoseconds
	kind string
}

func markOf(e journal.Entry) mark { return mark{e.At.UnixNano(), e.Kind} }

// listing is one line about an entry.
type listing struct {
	mark
	by place // the entry that replaced it; zero: it was erased for good
}

// place is an entry of a network.
type place struct {
	seq uint64
	mark
}

func placeOf(e journal.Entry) place { return place{e.Seq, markOf(e)} }

// Open reads the list of the journal with the secret in the folder. Neither needs to be
// there: both are made with the first erasure. A last line that isn't whole is left
// out; damage elsewhere is [journal.ErrDamaged].
func Open(folder string, secret []byte) (*List, error) {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("name of the list of erasures"))
	l := &List{path: filepath.Join(folder, fmt.Sprintf("erased-%x.txt", mac.Sum(nil)[:8])), listed: map[string]map[uint64][]listing{}}
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
// nanoseconds, when it was erased, and the entry's kind; of one that was replaced also
// the number, time and kind of the entry that did.
const (
	lineFormat     = "%s %d %d %s %q"
	replacedFormat = lineFormat + " %d %d %q"
)

func lineOf(network string, at place, by place, now time.Time) string {
	text := fmt.Sprintf(lineFormat, network, at.seq, at.at, now.UTC().Format(time.RFC3339), at.kind)
	if by != (place{}) {
		text += fmt.Sprintf(replacedFormat[len(lineFormat):], by.seq, by.at, by.kind)
	}
	return fmt.Sprintf("%08x %s\n", crc32.ChecksumIEEE([]byte(text)), text)
}

var errLine = errors.New("not a line of the list, or a damaged one")

func (l *List) read(line string) error {
	var network, when string
	var seq uint64
	var of listing
	if len(line) < 9 || fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(line[9:]))) != line[:8] {
		return errLine
	}
	read, err := fmt.Sscanf(line[9:], replacedFormat, &network, &seq, &of.at, &when, &of.kind, &of.by.seq, &of.by.at, &of.by.kind)
	if err != nil && read != strings.Count(lineFormat, "%") {
		return errLine
	}
	l.note(network, seq, of)
	return nil
}

func (l *List) note(network string, seq uint64, of listing) {
	if l.listed[network] == nil {
		l.listed[network] = map[uint64][]listing{}
	}
	l.listed[network][seq] = append(l.listed[network][seq], of)
}

// has says whether all is on the list that is known of an entry that is to be erased: one
// may have been replaced by several, after backups that were restored.
func (l *List) has(network string, e journal.Entry, by place) bool {
	return slices.ContainsFunc(l.listed[network][e.Seq], func(of listing) bool {
		return of.mark == markOf(e) && (e.Erased || of.by == place{} || of.by == by)
	})
}

// isGone says whether an entry is to be erased from a journal that holds some others: it
// was erased for good, or what replaced it is there, or is itself to be erased.
func (l *List) isGone(network string, at place, holds map[place]bool) bool {
	return slices.ContainsFunc(l.listed[network][at.seq], func(of listing) bool {
		return of.mark == at.mark && (of.by == place{} || holds[of.by] || of.by.seq > at.seq && l.isGone(network, of.by, holds))
	})
}

// add puts entries on the list, those that aren't, each with what replaced it, if
// anything did, and returns when they are on the disk.
func (l *List) add(network string, entries []journal.Entry, replacedBy map[uint64]place, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var text []byte
	var added []journal.Entry
	for _, e := range entries {
		if !l.has(network, e, replacedBy[e.Seq]) {
			text = append(text, lineOf(network, placeOf(e), replacedBy[e.Seq], now)...)
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
		l.note(network, e.Seq, listing{markOf(e), replacedBy[e.Seq]})
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
