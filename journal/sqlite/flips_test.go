package sqlite

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"roundtable/journal"
)

var flipped = []string{"alpha", "beta", "gamma"}

// TestFlips flips one random bit in a copy of the files, ROUNDTABLE_FLIPS times: of
// a journal that was closed, and of one whose process died. Whoever opens it then
// reads exactly what was written, or is told of the damage; never less, or other
// things.
func TestFlips(t *testing.T) {
	flips := 60
	if n, err := strconv.Atoi(os.Getenv("ROUNDTABLE_FLIPS")); err == nil {
		flips = n
	}
	original := map[string]map[string][]byte{"closed": {}, "died": {}}
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	random := rand.New(rand.NewPCG(11, 500))
	want := map[string]map[string]string{}
	remember := func(state string) {
		var err error
		if want[state], err = contentOf(t, s); err != nil {
			t.Fatal(err)
		}
	}
	fillWith(t, s, random, 400)
	remember("closed")
	shut(t, s)
	copyFiles(t, path, original["closed"])
	s = opened(t, path)
	fillWith(t, s, random, 60)
	remember("died")
	copyFiles(t, path, original["died"])
	shut(t, s)
	for state, files := range original {
		found := map[string]int{}
		for range flips / len(original) {
			name, at := somewhere(random, files)
			bit := byte(1) << random.IntN(8)
			files[name][at] ^= bit
			what := openFlipped(t, files, want[state])
			files[name][at] ^= bit
			found[what]++
			if strings.HasPrefix(what, "SILENT") {
				t.Errorf("%s, bit %08b of byte %d of %q flipped: %s", state, bit, at, name, what)
			}
		}
		t.Logf("%s: %v", state, found)
	}
}

// fillWith appends entries of many sizes to the networks, and erases some.
func fillWith(t *testing.T, s *Store, random *rand.Rand, batches int) {
	t.Helper()
	for range batches {
		network := flipped[random.IntN(len(flipped))]
		after, err := s.lastOf(t.Context(), network)
		if err != nil {
			t.Fatal(err)
		}
		b := journal.Batch{Network: network, After: after, Mark: &journal.Mark{Due: time.Unix(int64(after), 0), Addresses: []string{network}}}
		for range 1 + random.IntN(4) {
			b.Entries = append(b.Entries, journal.Entry{At: time.Unix(int64(random.IntN(1e9)), 0).UTC(), Kind: "note", Version: 1, Data: []byte(strings.Repeat(fmt.Sprint(after, " of ", network, " "), 1+random.IntN(60)))})
		}
		if _, err := s.Append(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
}

// copyFiles reads the files of a journal, by what follows the path in their names.
func copyFiles(t *testing.T, path string, files map[string][]byte) {
	t.Helper()
	names, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if suffix := strings.TrimPrefix(name, path); suffix != "-shm" { // is made anew
			files[suffix] = bytesOf(t, name)
		}
	}
}

// somewhere returns a place in one of the files, any byte as likely as any other.
func somewhere(random *rand.Rand, files map[string][]byte) (name string, at int) {
	total := 0
	for _, content := range files {
		total += len(content)
	}
	at = random.IntN(total)
	for name, content := range files {
		if at < len(content) {
			return name, at
		}
		at -= len(content)
	}
	panic("unreachable")
}

// contentOf collects what the journal holds of the networks, as text.
func contentOf(t *testing.T, s *Store) (all map[string]string, err error) {
	t.Helper()
	all = map[string]string{}
	for _, network := range flipped {
		for e, err := range s.Read(t.Context(), network, 1) {
			if err != nil {
				return nil, err
			}
			all[network] += fmt.Sprintf("%d %s %s %d %t %q\n", e.Seq, e.At, e.Kind, e.Version, e.Erased, e.Data)
		}
	}
	return all, nil
}

// openFlipped says what somebody who opens the files gets.
func openFlipped(t *testing.T, files map[string][]byte, want map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "roundtable.db")
	for suffix, content := range files {
		if err := os.WriteFile(path+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(path)
	if err != nil {
		return "refused to open"
	}
	defer func() { _ = s.Close() }()
	got, err := contentOf(t, s)
	switch {
	case errors.Is(err, journal.ErrDamaged):
		return "ErrDamaged"
	case err != nil:
		return "another error"
	}
	for network, text := range want {
		switch {
		case strings.HasPrefix(text, got[network]) && len(got[network]) < len(text):
			return "SILENT: reads less"
		case got[network] != text:
			return "SILENT: reads other things"
		}
	}
	return "exact"
}
