package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"roundtable/journal"
)

// copyOfRunning returns the path of a copy of a journal with as many entries, made while
// it is open: most of them are in the -wal.
func copyOfRunning(t *testing.T, entries int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer shut(t, s)
	for i := range uint64(entries) {
		if _, err := s.Append(t.Context(), journal.Batch{Network: "alpha", After: i, Entries: note("content")}); err != nil {
			t.Fatal(err)
		}
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	for _, suffix := range []string{"", "-wal", "-shm", "-tail"} {
		if err := os.WriteFile(to+suffix, bytesOf(t, path+suffix), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// TestEmptiedFile empties or loses the file, of which -tail knows entries: it is not
// taken for a new one, and what is beside it is left alone, for it can be rescued.
func TestEmptiedFile(t *testing.T) {
	for name, harm := range map[string]func(path string) error{
		"emptied": func(path string) error { return os.Truncate(path, 0) },
		"missing": os.Remove,
		"emptied, without a log": func(path string) error {
			return errors.Join(os.Truncate(path, 0), os.Remove(path+"-wal"))
		},
		"missing, without a tail": func(path string) error {
			return errors.Join(os.Remove(path), os.Remove(path+"-tail"))
		},
		"a few bytes": func(path string) error {
			return errors.Join(os.WriteFile(path, []byte("x"), 0o600), os.Remove(path+"-wal"), os.Remove(path+"-shm"), os.Remove(path+"-tail"))
		},
		"a database without tables": func(path string) error {
			return errors.Join(os.WriteFile(path, emptyDatabase(t), 0o600), os.Remove(path+"-wal"), os.Remove(path+"-shm"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := copyOfRunning(t, 7)
			if err := harm(path); err != nil {
				t.Fatal(err)
			}
			before := filesOf(t, path)
			s, err := Open(path)
			if err == nil {
				shut(t, s)
			}
			if !errors.Is(err, journal.ErrDamaged) || !strings.Contains(err.Error(), "restore a backup") {
				t.Errorf("Open returned %v, want ErrDamaged and what to do", err)
			}
			after := filesOf(t, path)
			for suffix, content := range before {
				if after[suffix] != content {
					t.Errorf("%q was changed", suffix)
				}
			}
			if len(after) != len(before) {
				t.Errorf("there are %d files, before %d", len(after), len(before))
			}
		})
	}
}

// emptyDatabase is an SQLite file without tables.
func emptyDatabase(t *testing.T) []byte {
	t.Helper()
	raw := make([]byte, 4096)
	copy(raw, "SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20\x00\x00\x00\x01\x00\x00\x00\x01")
	raw[47], raw[59], raw[100], raw[105] = 4, 1, 0x0d, 0x10
	return raw
}

// filesOf returns the contents of a journal's files by their suffix.
func filesOf(t *testing.T, path string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, suffix := range []string{"", "-wal", "-shm", "-tail"} {
		raw, err := os.ReadFile(path + suffix)
		if err == nil {
			files[suffix] = string(raw)
		}
	}
	return files
}

// TestLostLog loses the -wal: the store opens, as after a backup was restored, and says
// how many entries the tail knew of.
func TestLostLog(t *testing.T) {
	for name, harm := range map[string]func(path string) error{
		"removed": os.Remove,
		"emptied": func(path string) error { return os.Truncate(path, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "roundtable.db")
			s := opened(t, path)
			if _, err := s.Append(t.Context(), journal.Batch{Network: "alpha", Entries: note("a")}); err != nil {
				t.Fatal(err)
			}
			shut(t, s)
			s = opened(t, path)
			if got := s.Warnings(t.Context()); len(got) != 0 {
				t.Errorf("a journal that is well is warned of: %q", got)
			}
			if _, err := s.Append(t.Context(), journal.Batch{Network: "alpha", After: 1, Entries: append(note("b"), note("c")...)}); err != nil {
				t.Fatal(err)
			}
			files := map[string][]byte{"": bytesOf(t, path), "-wal": bytesOf(t, path+"-wal"), "-tail": bytesOf(t, path+"-tail")}
			shut(t, s)
			copied := filepath.Join(t.TempDir(), "copy.db")
			for suffix, raw := range files {
				if err := os.WriteFile(copied+suffix, raw, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := harm(copied + "-wal"); err != nil {
				t.Fatal(err)
			}
			s = opened(t, copied)
			got := strings.Join(s.Warnings(t.Context()), "\n")
			if !strings.Contains(got, "-tail knows of 3 entries, 1 is here: was a backup restored?") {
				t.Errorf("the loss of the log is told as %q", got)
			}
			shut(t, s)
			s = opened(t, copied)
			defer shut(t, s)
			if got := s.Warnings(t.Context()); len(got) != 0 {
				t.Errorf("it is told again once the tail is what the journal is: %q", got)
			}
		})
	}
}

// TestLogOfAnotherCopy says of a -wal that doesn't belong to the file to put it away
// first: without it the file may be whole.
func TestLogOfAnotherCopy(t *testing.T) {
	path := copyOfRunning(t, 7)
	raw, err := os.ReadFile(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	raw[40] ^= 0xff
	if err := os.WriteFile(path+"-wal", raw, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(path)
	if err == nil {
		t.Fatal("it was opened")
	}
	away, tail := strings.Index(err.Error(), "put "+path+"-wal and "+path+"-shm away"), strings.LastIndex(err.Error(), "remove "+path+"-tail")
	if !errors.Is(err, journal.ErrDamaged) || away < 0 || tail < away {
		t.Errorf("the error is: %v", err)
	}
}
