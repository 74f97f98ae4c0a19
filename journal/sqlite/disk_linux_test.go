package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"roundtable/journal"
)

// disk mounts a disk of a few pages in memory, or skips the test.
func disk(t *testing.T, bytes int) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		fmt.Fprintf(os.Stderr, "*** %s IS LEFT OUT: a disk of its own can't be mounted here (%v) ***\n", t.Name(), err)
		t.Skipf("NOT TESTED on a real disk: mounting one takes root in a container that may mount (%v)", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return folder
}

func TestFullDisk(t *testing.T) {
	folder := disk(t, 1<<20)
	path, ballast := filepath.Join(folder, "roundtable.db"), filepath.Join(folder, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 600<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	s := opened(t, path)
	last := fill(t, s)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	write(t, s, "alpha", last, "there is room again")
	shut(t, s)
	s = opened(t, path)
	wantNotes(t, s, last+1)
	shut(t, s)
}

func TestFullDiskWhenOpened(t *testing.T) {
	folder := disk(t, 64<<10)
	if err := os.WriteFile(filepath.Join(folder, "ballast"), make([]byte, 64<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, filepath.Join(folder, "roundtable.db"), journal.ErrFull, "make room")
}

// TestReadOnly: root may write into every folder, so that it takes a disk to refuse
// it; others can't mount one.
func TestReadOnly(t *testing.T) {
	if os.Geteuid() == 0 {
		readOnlyDisk(t)
	} else {
		readOnlyFolder(t)
	}
}

func readOnlyDisk(t *testing.T) {
	t.Helper()
	folder := disk(t, 1<<20)
	path := filepath.Join(folder, "roundtable.db")
	s := opened(t, path)
	write(t, s, "alpha", 0, "content")
	shut(t, s)
	if err := syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, path, journal.ErrReadOnly, folder)
	wantRefused(t, filepath.Join(folder, "new.db"), journal.ErrReadOnly, folder)
	wantRefused(t, filepath.Join(folder, "sub", "new.db"), journal.ErrReadOnly)
}

func readOnlyFolder(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, filepath.Join(folder, "new.db"), journal.ErrReadOnly, folder)
}

// fill appends until there is no room, and returns the last number.
func fill(t *testing.T, s *Store) uint64 {
	t.Helper()
	for last := range uint64(10_000) {
		_, err := s.Append(t.Context(), journal.Batch{Network: "alpha", After: last, Entries: note(strings.Repeat("content ", 500))})
		if errors.Is(err, journal.ErrFull) {
			if !strings.Contains(err.Error(), s.path) {
				t.Errorf("the error doesn't say which file: %v", err)
			}
			wantNotes(t, s, last)
			return last
		}
		if err != nil {
			t.Fatalf("Append to a full disk returned %v, want ErrFull", err)
		}
	}
	t.Fatal("the disk never filled up")
	return 0
}

func wantNotes(t *testing.T, s *Store, want uint64) {
	t.Helper()
	got := uint64(0)
	for _, err := range s.Read(t.Context(), "alpha", 1) {
		if err != nil {
			t.Fatalf("Read: %v", err)
		}
		got++
	}
	if got != want {
		t.Errorf("the log holds %d entries, %d were acknowledged", got, want)
	}
}

// TestFullFile bounds the file by SQLite's own means, which needs no root.
func TestFullFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s, err := open(path, "max_page_count(60)")
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	last := fill(t, s)
	shut(t, s)
	s = opened(t, path)
	write(t, s, "alpha", last, "there is room again")
	wantNotes(t, s, last+1)
	shut(t, s)
}
