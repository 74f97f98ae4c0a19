package erasures_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"roundtable/journal"
	"roundtable/journal/erasures"
	"roundtable/journal/memory"
	"roundtable/journal/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// keep opens the list in the folder over the store.
func keep(t *testing.T, folder string, store journal.Journal) (k *erasures.Keeper, again int) {
	t.Helper()
	list := open(t, folder, store)
	k, again, err := list.Keep(t.Context(), store, erasures.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return k, again
}

func open(t *testing.T, folder string, store journal.Journal) *erasures.List {
	t.Helper()
	secret, err := store.Secret(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list, err := erasures.Open(folder, secret)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func write(t *testing.T, j journal.Journal, network string, after uint64, at time.Time, contents ...string) {
	t.Helper()
	b := journal.Batch{Network: network, After: after}
	for _, text := range contents {
		b.Entries = append(b.Entries, journal.Entry{At: at, Kind: "text.written", Data: []byte(text)})
	}
	if _, err := j.Append(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

func contents(t *testing.T, j journal.Journal, network string) (all []string) {
	t.Helper()
	for e, err := range j.Read(context.Background(), network, 1) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(e.Data))
	}
	return all
}

func sqliteAt(t *testing.T, path string) journal.Journal {
	t.Helper()
	s, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func shut(t *testing.T, j journal.Journal) {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestRestoredBackup puts an old copy of the file in the journal's place: what was
// erased since is erased before anything can be read, and out of the file. What got the
// number of something erased afterwards stays.
func TestRestoredBackup(t *testing.T) {
	folder := t.TempDir()
	path, backup, list := filepath.Join(folder, "data", "roundtable.db"), filepath.Join(folder, "backup.db"), filepath.Join(folder, "elsewhere", "lists")
	j, again := keep(t, list, sqliteAt(t, path))
	if again != 0 {
		t.Errorf("%d entries were erased anew in a new journal", again)
	}
	write(t, j, "alpha", 0, noon, "one", "second words", "three")
	var many []string
	for i := range 3000 {
		many = append(many, fmt.Sprint("many ", i+1))
	}
	write(t, j, "beta", 0, noon, many...)
	shut(t, j)
	copyFile(t, path, backup)

	j, _ = keep(t, list, sqliteAt(t, path))
	write(t, j, "alpha", 3, noon.Add(time.Hour), "four", "five")
	for network, seqs := range map[string][]uint64{"alpha": {2, 5, 99}, "beta": {1, 2, 700, 2999}} {
		for range 2 { // as after an erasure that failed
			if err := j.Erase(t.Context(), network, seqs); err != nil {
				t.Fatal(err)
			}
		}
	}
	shut(t, j)

	copyFile(t, backup, path)
	j, again = keep(t, list, sqliteAt(t, path))
	if again != 5 {
		t.Errorf("%d entries were erased anew, want 5", again)
	}
	if diff := cmp.Diff([]string{"one", "", "three"}, contents(t, j, "alpha")); diff != "" {
		t.Errorf("alpha (-want +got):\n%s", diff)
	}
	many[0], many[1], many[699], many[2998] = "", "", "", ""
	if diff := cmp.Diff(many, contents(t, j, "beta")); diff != "" {
		t.Errorf("beta (-want +got):\n%s", diff)
	}
	write(t, j, "alpha", 3, noon.Add(2*time.Hour), "another four", "another five")
	shut(t, j)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"second words", "many 700"} {
		if strings.Contains(string(raw), words) {
			t.Errorf("%q is in the file", words)
		}
	}

	j, again = keep(t, list, sqliteAt(t, path))
	if got := contents(t, j, "alpha"); again != 0 || got[4] != "another five" {
		t.Errorf("opened once more: %d erased anew, alpha holds %q", again, got)
	}
	if err := j.Erase(t.Context(), "alpha", []uint64{5}); err != nil {
		t.Fatal(err)
	}
	shut(t, j)
	copyFile(t, backup, path)
	j, again = keep(t, list, sqliteAt(t, path))
	if again != 5 {
		t.Errorf("restored once more: %d entries were erased anew, want 5", again)
	}
	shut(t, j)
}

// TestListHasNoContent looks at the list's bytes, and at who may read it.
func TestListHasNoContent(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "lists")
	j, _ := keep(t, folder, memory.New())
	write(t, j, "alpha", 0, noon, "Anna thinks so")
	if err := j.Erase(t.Context(), "alpha", []uint64{1}); err != nil {
		t.Fatal(err)
	}
	shut(t, j)
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(names) != 1 {
		t.Fatalf("%v, %v", names, err)
	}
	raw, err := os.ReadFile(names[0])
	if want := ` alpha 1 1791201600000000000 2026-10-05T12:00:00Z "text.written"` + "\n"; err != nil || len(raw) < 8 || string(raw[8:]) != want {
		t.Errorf("the list says %q, %v", raw, err)
	}
	if info, err := os.Stat(names[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// failing is a store that can't erase.
type failing struct{ journal.Journal }

func (failing) Erase(context.Context, string, []uint64) error { return errors.New("no room") }

// TestListedFirst has the store fail, and the process die there: the list has the
// numbers, and the next process erases.
func TestListedFirst(t *testing.T) {
	folder, store := t.TempDir(), memory.New()
	j, _ := keep(t, folder, failing{store})
	write(t, j, "alpha", 0, noon, "one", "two")
	if err := j.Erase(t.Context(), "alpha", []uint64{2}); err == nil {
		t.Error("a store that can't erase did")
	}
	j, again := keep(t, folder, store)
	if got := contents(t, j, "alpha"); again != 1 || got[1] != "" {
		t.Errorf("%d erased anew, alpha holds %q", again, got)
	}
}

// TestListThatCannotBeWritten erases nothing: it would come back with a backup.
func TestListThatCannotBeWritten(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	folder = filepath.Join(folder, "lists")
	store := memory.New()
	secret, err := store.Secret(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if list, err := erasures.Open(folder, secret); err == nil {
		if err := list.Writable(); err == nil {
			t.Error("a list below a file can be written")
		}
		j, _ := keep(t, folder, store)
		write(t, j, "alpha", 0, noon, "one")
		if err := j.Erase(t.Context(), "alpha", []uint64{1}); err == nil || contents(t, j, "alpha")[0] != "one" {
			t.Errorf("Erase returned %v, alpha holds %q", err, contents(t, j, "alpha"))
		}
	}
}

// TestDamagedList cuts the last line anywhere, which is what the death of a process
// leaves, and damages another, which isn't.
func TestDamagedList(t *testing.T) {
	folder, store := t.TempDir(), memory.New()
	secret, err := store.Secret(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	j, _ := keep(t, folder, store)
	write(t, j, "alpha", 0, noon, "one", "second words", "three")
	for _, seq := range []uint64{1, 2} {
		if err := j.Erase(t.Context(), "alpha", []uint64{seq}); err != nil {
			t.Fatal(err)
		}
	}
	path := open(t, folder, store).Path()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := len(raw)/2 + 1; cut < len(raw); cut++ {
		if err := os.WriteFile(path, raw[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		j, _ := keep(t, folder, store)
		if err := j.Erase(t.Context(), "alpha", []uint64{3}); err != nil {
			t.Fatal(err)
		}
		if _, err := erasures.Open(folder, secret); err != nil {
			t.Fatalf("cut after %d of %d bytes and written on: %v", cut, len(raw), err)
		}
	}
	raw[len(raw)/4] ^= 1
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := erasures.Open(folder, secret); !errors.Is(err, journal.ErrDamaged) || !strings.Contains(err.Error(), path+":1") {
		t.Errorf("a damaged line: %v", err)
	}
}

// TestRemains tells of backups, as far as somebody has said how long they are kept.
func TestRemains(t *testing.T) {
	days := func(n int) *time.Duration {
		d := time.Duration(n) * 24 * time.Hour
		return &d
	}
	for _, tt := range []struct {
		backups *time.Duration
		want    journal.Remains
	}{
		{nil, journal.Remains{{Where: journal.InBackups}}},
		{days(0), nil},
		{days(30), journal.Remains{{Where: journal.InBackups, Until: noon.AddDate(0, 0, 30)}}},
	} {
		store := memory.New()
		k, _, err := open(t, t.TempDir(), store).Keep(t.Context(), store, erasures.Options{Clock: clock, Backups: tt.backups})
		if err != nil {
			t.Fatal(err)
		}
		got, err := k.Remains(t.Context(), noon)
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}

// countedReads counts how often a journal is read.
type countedReads struct {
	journal.Journal
	reads int
}

func (c *countedReads) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	c.reads++
	return c.Journal.Read(ctx, network, from)
}

// Erasing much of what somebody wrote reads it in ranges, not one by one, and all of it
// is listed.
func TestMuchIsErasedInRanges(t *testing.T) {
	store := &countedReads{Journal: memory.New()}
	folder := t.TempDir()
	j, _ := keep(t, folder, store)
	defer shut(t, j)
	var seqs []uint64
	for k := range uint64(30) {
		var texts []string
		for range 100 {
			texts = append(texts, "words")
		}
		write(t, j, "alpha", 100*k, noon, texts...)
		for seq := 100*k + 1; seq <= 100*(k+1); seq += 2 {
			seqs = append(seqs, seq)
		}
	}
	slices.Reverse(seqs)
	if err := j.Erase(t.Context(), "alpha", append(seqs, seqs[0], 0, 9999)); err != nil {
		t.Fatal(err)
	}
	if store.reads > 10 {
		t.Errorf("%d readings for %d entries", store.reads, len(seqs))
	}
	list, err := os.ReadFile(open(t, folder, store).Path())
	if lines := strings.Count(string(list), "\n"); err != nil || lines != len(seqs) {
		t.Errorf("%d lines on the list (%v), want %d", lines, err, len(seqs))
	}
	for k, text := range contents(t, j, "alpha") {
		if (text == "") != (k%2 == 0) {
			t.Fatalf("entry %d reads %q", k+1, text)
		}
	}
}
