package journaltest

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/journal"
)

// model is what a store should hold, as simply as can be said.
type model struct {
	entries   map[string][]journal.Entry
	due       map[string]time.Time
	addresses map[string][]string
}

func (m *model) append(b journal.Batch) (uint64, bool) {
	last := uint64(len(m.entries[b.Network]))
	if last != b.After {
		return last, false
	}
	if len(b.Entries) > 0 {
		m.entries[b.Network] = append(m.entries[b.Network], stored(b.After, b.Entries...)...)
	}
	if b.Mark != nil {
		m.due[b.Network] = b.Mark.Due
		if b.Mark.Addresses != nil {
			m.addresses[b.Network] = b.Mark.Addresses
		}
	}
	return last + uint64(len(b.Entries)), true
}

func (m *model) dueAt(at time.Time) (names []string, next time.Time) {
	for name, due := range m.due {
		switch {
		case due.IsZero():
		case !due.After(at):
			names = append(names, name)
		case next.IsZero() || due.Before(next):
			next = due
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if c := m.due[a].Compare(m.due[b]); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return names, next
}

func (m *model) find(address string) (names []string) {
	for name, addresses := range m.addresses {
		if slices.Contains(addresses, address) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// What the steps draw from: little, so that they meet.
var (
	someNetworks  = rapid.SampledFrom([]string{"a", "b", "a-b"})
	someAddresses = rapid.SampledFrom([]string{"C1", "C2", "U1"})
	someInstants  = rapid.Custom(func(t *rapid.T) time.Time {
		return time.UnixMilli(rapid.Int64Range(0, 9).Draw(t, "ms")).UTC()
	})
	someEntries = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) journal.Entry {
		return journal.Entry{
			At:      time.Unix(0, rapid.Int64().Draw(t, "at")).UTC(),
			Kind:    rapid.StringMatching(`[a-z]{1,8}\.[a-z]{1,8}`).Draw(t, "kind"),
			Version: rapid.IntRange(0, 3).Draw(t, "version"),
			Data:    rapid.OneOf(rapid.Just([]byte(nil)), rapid.SliceOf(rapid.Byte())).Draw(t, "data"),
		}
	}), 0, 4)
)

func someMark(t *rapid.T) *journal.Mark {
	if rapid.Bool().Draw(t, "no mark") {
		return nil
	}
	m := &journal.Mark{}
	if rapid.Bool().Draw(t, "due") {
		m.Due = someInstants.Draw(t, "due")
	}
	if rapid.Bool().Draw(t, "addresses") {
		m.Addresses = rapid.SliceOfN(someAddresses, 0, 3).Draw(t, "addresses")
	}
	return m
}

// likeTheModel takes random steps on a store and on a model, and compares what
// they answer.
func likeTheModel(t *testing.T, s suite) {
	limitChecks(t, s.ModelRuns)
	rapid.Check(t, func(rt *rapid.T) {
		j := s.open(t)
		defer func() {
			if err := j.Close(); err != nil {
				rt.Errorf("Close: %v", err)
			}
		}()
		m := &model{entries: map[string][]journal.Entry{}, due: map[string]time.Time{}, addresses: map[string][]string{}}
		rt.Repeat(map[string]func(*rapid.T){
			"append": func(rt *rapid.T) {
				b := journal.Batch{Network: someNetworks.Draw(rt, "network"), Entries: someEntries.Draw(rt, "entries"), Mark: someMark(rt)}
				b.After = uint64(len(m.entries[b.Network]))
				if rapid.IntRange(0, 4).Draw(rt, "stale") == 0 {
					b.After = rapid.Uint64Range(0, b.After+2).Draw(rt, "after")
				}
				last, err := j.Append(t.Context(), b)
				want, ok := m.append(b)
				if ok != (err == nil) || ok && last != want || !ok && !errors.Is(err, journal.ErrConflict) {
					rt.Fatalf("Append after %d returned %d, %v; the model %d, %t", b.After, last, err, want, ok)
				}
			},
			"erase": func(rt *rapid.T) {
				network := someNetworks.Draw(rt, "network")
				seqs := rapid.SliceOfN(rapid.Uint64Range(0, uint64(len(m.entries[network])+1)), 0, 3).Draw(rt, "seqs")
				if err := j.Erase(t.Context(), network, seqs); err != nil {
					rt.Fatalf("Erase: %v", err)
				}
				for _, seq := range seqs {
					if 0 < seq && seq <= uint64(len(m.entries[network])) {
						e := &m.entries[network][seq-1]
						e.Data, e.Erased = nil, true
					}
				}
			},
			"reopen": func(rt *rapid.T) {
				if err := j.Close(); err != nil {
					rt.Fatalf("Close: %v", err)
				}
				j = s.Reopen(t, j)
			},
			"": func(rt *rapid.T) { compare(t, rt, j, m) },
		})
	})
}

// compare asks the store and the model everything.
func compare(t *testing.T, rt *rapid.T, j journal.Journal, m *model) {
	ctx := t.Context()
	var names []string
	for _, network := range []string{"a", "a-b", "b"} {
		all := m.entries[network]
		if len(all) > 0 {
			names = append(names, network)
		}
		from := rapid.IntRange(1, len(all)+1).Draw(rt, "from")
		var got []journal.Entry
		for e, err := range j.Read(ctx, network, uint64(from)) {
			if err != nil {
				rt.Fatalf("Read %s: %v", network, err)
			}
			got = append(got, e)
		}
		same(rt, "Read "+network, append([]journal.Entry(nil), all[from-1:]...), got, nil)
	}
	got, err := j.Networks(ctx)
	same(rt, "Networks", names, got, err)

	at := someInstants.Draw(rt, "at")
	names, next := m.dueAt(at)
	got, gotNext, err := j.Due(ctx, at)
	same(rt, "Due", names, got, err)
	same(rt, "the next due", next, gotNext, err)
	for _, address := range []string{"C1", "C2", "U1"} {
		got, err := j.Find(ctx, address)
		same(rt, fmt.Sprintf("Find %s", address), m.find(address), got, err)
	}
}

func same(rt *rapid.T, what string, want, got any, err error) {
	if err != nil {
		rt.Fatalf("%s: %v", what, err)
	}
	if diff := cmp.Diff(want, got, content); diff != "" {
		rt.Fatalf("%s (-model +store):\n%s", what, diff)
	}
}

// limitChecks makes rapid check so often, unless -rapid.checks says otherwise.
func limitChecks(t *testing.T, checks int) {
	t.Helper()
	const name = "rapid.checks"
	set := checks == 0
	flag.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	if set {
		return
	}
	checked := flag.Lookup(name).Value
	before := checked.String()
	if err := checked.Set(strconv.Itoa(checks)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checked.Set(before) }) // it was valid before
}
