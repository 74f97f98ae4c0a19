package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
	"roundtable/journal/journaltest"
)

func note(content string) []journal.Entry {
	return []journal.Entry{{At: time.Unix(1_790_000_000, 0), Kind: "note", Version: 1, Data: []byte(content)}}
}

func write(t *testing.T, s *Store, network string, after uint64, content string) {
	t.Helper()
	if _, err := s.Append(t.Context(), journal.Batch{Network: network, After: after, Entries: note(content)}); err != nil {
		t.Fatalf("Append: %v", err)
	}
}

// shut closes the store, or fails the test.
func shut(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
}

// query runs SQL on the file, as somebody with a database shell would.
func query(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// wantRefused opens the file and wants the error, with each of the words.
func wantRefused(t *testing.T, path string, want error, words ...string) {
	t.Helper()
	s, err := Open(path)
	if err == nil {
		shut(t, s)
		t.Fatal("Open succeeded")
	}
	if want != nil && !errors.Is(err, want) {
		t.Errorf("Open returned %v, want %v", err, want)
	}
	for _, word := range append(words, path) {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("Open returned %q, which doesn't say %q", err, word)
		}
	}
}

func TestFilesAreForTheOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "round?table #1 100%.db")
	s := opened(t, path)
	defer shut(t, s)
	write(t, s, "alpha", 0, "content")
	modes := make(map[string]fs.FileMode)
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, filepath.Dir(path), filepath.Dir(filepath.Dir(path))) {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		modes[name] = info.Mode()
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %s", name, info.Mode())
		}
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-tail"} {
		if _, ok := modes[path+suffix]; !ok {
			t.Errorf("there is no %s", path+suffix)
		}
	}
	if len(modes) != 6 {
		t.Errorf("there is more than the file, its -wal, its -shm and its -tail: %v", modes)
	}
}

func TestManyProcessesMayMakeTheFileAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	stores := make([]*Store, 8)
	var all sync.WaitGroup
	for i := range stores {
		all.Go(func() {
			var err error
			if stores[i], err = Open(path); err != nil {
				t.Errorf("Open: %v", err)
			}
		})
	}
	all.Wait()
	for i, s := range stores {
		if s != nil {
			write(t, s, "alpha", uint64(i), "content")
			defer shut(t, s)
		}
	}
}

func TestCloseLetsGoOfTheFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	write(t, s, "alpha", 0, "content")
	shut(t, s)
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the -wal is still there: somebody has the file open (%v)", err)
	}
}

func TestAnEmptyFileIsNew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := opened(t, path)
	write(t, s, "alpha", 0, "content")
	shut(t, s)
}

func TestFolderIsRefused(t *testing.T) {
	wantRefused(t, t.TempDir(), nil, "folder", "roundtable.db")
}

func TestFileAsFolderIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(filepath.Join(file, "roundtable.db")); err == nil {
		shut(t, s)
		t.Error("Open of a file below a file succeeded")
	} else if !strings.Contains(err.Error(), file) {
		t.Errorf("Open returned %q, which doesn't say %q", err, file)
	}
}

func TestFileOfAnotherProgramIsLeftAsItIs(t *testing.T) {
	for name, statement := range map[string]string{
		"no mark":        "CREATE TABLE recipes (name TEXT)",
		"its own mark":   "PRAGMA application_id = 42; CREATE TABLE recipes (name TEXT)",
		"write-ahead":    "PRAGMA journal_mode = WAL; CREATE TABLE recipes (name TEXT)",
		"same names":     "CREATE TABLE entries (network TEXT, seq INTEGER); CREATE TABLE marks (network TEXT)",
		"mark, no table": "PRAGMA application_id = 42",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "recipes.db")
			query(t, path, statement)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			wantRefused(t, path, nil, "another program", "name another file")
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
				t.Errorf("the file was changed, or %v", err)
			}
		})
	}
}

func TestFileOfANewerVersionIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	shut(t, opened(t, path))
	query(t, path, "PRAGMA user_version = 7")
	wantRefused(t, path, journal.ErrNewer, "layout 7", "up to 2", "newer program", "backup")
}

func TestWhatIsNoDatabaseIsDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is a text file\n", 300)), 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, path, journal.ErrDamaged, "backup")
}

func TestBrokenPagesAreDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	for i := range uint64(50) {
		write(t, s, "alpha", i, strings.Repeat("content ", 500))
	}
	shut(t, s)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 4096; at < len(raw); at++ {
		raw[at] ^= 0x55
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err = Open(path)
	if err == nil {
		defer shut(t, s)
		for _, err = range s.Read(t.Context(), "alpha", 1) {
			if err != nil {
				break
			}
		}
	}
	if !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("opening and reading a file of broken pages ended with %v, want ErrDamaged", err)
	}
}

func TestMissingEntryIsDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer shut(t, s)
	for i := range uint64(9) {
		write(t, s, "alpha", i, "content")
	}
	for _, c := range []struct {
		missing string
		from    uint64
		yields  int
	}{{"5", 1, 4}, {"5", 5, 0}, {"1", 1, 0}} {
		query(t, path, "DELETE FROM entries WHERE seq = "+c.missing)
		got := 0
		var err error
		for _, err = range s.Read(t.Context(), "alpha", c.from) {
			if err != nil {
				break
			}
			got++
		}
		if got != c.yields || !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("without entry %s, Read from %d yields %d entries and %v, want %d and ErrDamaged", c.missing, c.from, got, err, c.yields)
		}
	}
}

func TestPingNoticesThatTheFileIsGone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer shut(t, s)
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping: %v", err)
	}
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("Ping without the file returned %v, want ErrDamaged", err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("Ping with another file in its place returned %v, want ErrDamaged", err)
	}
}

func TestWritingWhatMayOnlyBeReadIsReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	shut(t, opened(t, path))
	s, err := open(path, "query_only(ON)")
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer shut(t, s)
	if _, err := s.Append(t.Context(), journal.Batch{Network: "alpha", Entries: note("content")}); !errors.Is(err, journal.ErrReadOnly) {
		t.Errorf("Append returned %v, want ErrReadOnly", err)
	}
}

// Looking whose file it is changes nothing: no file is added, and another
// program's write-ahead log is not folded in.
func TestInspectLeavesEverythingAsItWas(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "other.db")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, q := range []string{"PRAGMA journal_mode=WAL", "PRAGMA application_id=7", "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)"} {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	before := contents(t, folder)
	if len(before["other.db-wal"]) == 0 {
		t.Fatal("there is no write-ahead log to be left alone")
	}
	if s, err := Open(path); err == nil {
		_ = s.Close()
		t.Fatal("another program's file was opened")
	}
	if diff := cmp.Diff(before, contents(t, folder)); diff != "" {
		t.Errorf("the folder has changed (-before +after):\n%s", diff)
	}
}

// contents are the folder's files, but for the shared memory, which says nothing.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".db-shm" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(data)
	}
	return files
}

func TestConformance(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journal.Journal {
		return opened(t, filepath.Join(t.TempDir(), "roundtable.db"))
	}, journaltest.Options{
		Reopen: func(t *testing.T, j journal.Journal) journal.Journal { return opened(t, j.(*Store).path) },
		Damage: func(t *testing.T, j journal.Journal, network string, seq uint64, harm journaltest.Harm) {
			j.(*Store).harm(t, network, seq, harm)
		},
		ModelRuns: 15,
	})
}

// opened opens the file, or fails the test. It doesn't close it.
func opened(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return s
}
