package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"roundtable/journal"
)

// onDisk returns the bytes of the file, its -wal and its -shm. Another process
// reads them, as closing a file that this process has open elsewhere would drop
// its locks.
func onDisk(t *testing.T, path string) []byte {
	t.Helper()
	names, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	all, err := exec.CommandContext(t.Context(), "cat", names...).Output()
	if err != nil {
		t.Fatalf("read %v: %v", names, err)
	}
	return all
}

// TestErasedBytesLeaveTheFiles writes entries of many sizes in an order that
// splits pages, with the same few bytes all over each, and looks for those bytes
// in the raw files after each was erased.
func TestErasedBytesLeaveTheFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer func() { _ = s.Close() }()
	random := rand.New(rand.NewPCG(1, 6))
	const networks, rounds = 7, 60
	trace := func(network, seq int) string { return fmt.Sprintf("<%d:%d>", network, seq) }
	for round := range rounds {
		for _, n := range random.Perm(networks) {
			size := []int{1, 10, 100, 1000, 5000, 30_000}[random.IntN(6)] + random.IntN(50)
			e := journal.Entry{At: time.Unix(int64(round), 0), Kind: "note", Data: []byte(strings.Repeat(trace(n, round+1), 1+size/6))}
			if _, err := s.Append(t.Context(), journal.Batch{Network: fmt.Sprint("n", n), After: uint64(round), Entries: []journal.Entry{e}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := onDisk(t, path)
	var erased []string
	for n := range networks {
		order := random.Perm(rounds)
		for range 3 { // three quarters, so that pages would empty and be merged
			var seqs []uint64
			for range rounds / 4 {
				seq := 1 + order[0]
				order = order[1:]
				seqs = append(seqs, uint64(seq))
				erased = append(erased, trace(n, seq))
				if !bytes.Contains(before, []byte(trace(n, seq))) {
					t.Fatalf("%s is not to be found before it is erased", trace(n, seq))
				}
			}
			if err := s.Erase(t.Context(), fmt.Sprint("n", n), seqs); err != nil {
				t.Fatal(err)
			}
		}
		raw := onDisk(t, path)
		for _, gone := range erased {
			if at := bytes.Index(raw, []byte(gone)); at >= 0 {
				t.Fatalf("%s is erased, and its bytes are at offset %d of the files: %q", gone, at, raw[max(0, at-40):at+60])
			}
		}
	}
}

// TestErasureBehindAReader has somebody read while words are erased, so that the log
// can't be cut: the erasure says that it isn't done, and the words leave as soon as the
// reader does, without being asked for once more.
func TestErasureBehindAReader(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer shut(t, s)
	const words = "<words that are taken back>"
	write(t, s, "alpha", 0, words)
	reader, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reader.Close() }()
	reading, err := reader.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := reading.QueryRowContext(t.Context(), "SELECT count(*) FROM entries").Scan(&n); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := s.Erase(ctx, "alpha", []uint64{1}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Erase while somebody reads returned %v, want the context's error", err)
	}
	if !bytes.Contains(onDisk(t, path), []byte(words)) {
		t.Fatal("nothing was in its way: this is no test")
	}
	write(t, s, "alpha", 1, "and nobody is held up")
	if err := reading.Rollback(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); bytes.Contains(onDisk(t, path), []byte(words)); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the words are still in the files")
		}
	}
}
