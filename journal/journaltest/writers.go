package journaltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
)

// appendRetrying appends the content as one entry, catching up after each conflict.
func appendRetrying(ctx context.Context, j journal.Journal, network, content string, mark *journal.Mark) error {
	for after := uint64(0); ; {
		_, err := j.Append(ctx, journal.Batch{Network: network, After: after, Entries: []journal.Entry{entry(content)}, Mark: mark})
		conflict, ok := errors.AsType[*journal.Conflict](err)
		if !ok {
			return err
		}
		after = conflict.Last
	}
}

// writersOnOneNetwork has 16 writers on two handles fight for every number.
func writersOnOneNetwork(t *testing.T, s suite) {
	j := s.fresh(t)
	handles := []journal.Journal{j, s.another(t, j)}
	const writers, each = 16, 8
	ctx := testContext(t)
	var all sync.WaitGroup
	var want []string
	for w := range writers {
		for i := range each {
			want = append(want, fmt.Sprintf("writer %d, entry %d", w, i))
		}
		all.Go(func() {
			for i := range each {
				if err := appendRetrying(ctx, handles[w%2], "alpha", fmt.Sprintf("writer %d, entry %d", w, i), nil); err != nil {
					t.Errorf("Append: %v", err)
				}
			}
		})
	}
	all.Wait()
	var got []string
	next := make(map[string]int)
	for _, e := range read(t, s.reopened(t, j), "alpha", 1) {
		got = append(got, string(e.Data))
		var w, i int
		if _, err := fmt.Sscanf(string(e.Data), "writer %d, entry %d", &w, &i); err != nil {
			t.Fatalf("entry %d holds %q: %v", e.Seq, e.Data, err)
		}
		if key := fmt.Sprint(w); i != next[key] {
			t.Errorf("entry %d is number %d of writer %d, want its number %d", e.Seq, i, w, next[key])
		} else {
			next[key]++
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was acknowledged and what is there (-want +got):\n%s", diff)
	}
}

func writersOnManyNetworks(t *testing.T, s suite) {
	j := s.fresh(t)
	handles := []journal.Journal{j, s.another(t, j)}
	const writers, each = 24, 10
	ctx := testContext(t)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range uint64(each) {
				b := journal.Batch{Network: fmt.Sprintf("n%02d", w), After: i, Entries: []journal.Entry{entry(fmt.Sprint(w, i))}, Mark: &journal.Mark{Due: noon}}
				if _, err := handles[w%2].Append(ctx, b); err != nil {
					t.Errorf("Append: %v", err)
				}
				b.After++
				b.After += i % 2 * 3
				if i%2 == 1 {
					if _, err := handles[w%2].Append(ctx, b); !errors.Is(err, journal.ErrConflict) {
						t.Errorf("Append after a number to come returned the error %v, want ErrConflict", err)
					}
				}
			}
		})
	}
	all.Wait()
	j = s.reopened(t, j)
	var names []string
	for w := range writers {
		var want []journal.Entry
		for i := range each {
			want = append(want, entry(fmt.Sprint(w, i)))
		}
		names = append(names, fmt.Sprintf("n%02d", w))
		wantEntries(t, j, names[w], stored(0, want...))
	}
	wantNetworks(t, j, names...)
	wantDue(t, j, noon, names, time.Time{})
}

// marksUnderWriters has writers set marks while others list them, as listing
// may tidy an index. In the end the indexes say what the last mark said.
func marksUnderWriters(t *testing.T, s suite) {
	j := s.fresh(t)
	handles := []journal.Journal{j, s.another(t, j)}
	ctx, stop := context.WithCancel(testContext(t))
	var readers, writers sync.WaitGroup
	for i := range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				_, _, err := handles[i%2].Due(ctx, noon.Add(time.Duration(i)*time.Hour))
				if _, findErr := handles[i%2].Find(ctx, "C0"); err != nil || findErr != nil {
					if ctx.Err() == nil {
						t.Errorf("Due, Find: %v", errors.Join(err, findErr))
					}
				}
			}
		})
	}
	const networks, each = 6, 14
	mark := func(n, i int) journal.Mark {
		if i%5 == 4 {
			return journal.Mark{Addresses: []string{}}
		}
		return journal.Mark{Due: noon.Add(time.Duration((n+i*7)%5) * time.Hour), Addresses: []string{fmt.Sprintf("C%d", (n+i)%3)}}
	}
	for n := range networks {
		writers.Go(func() {
			for i := range each {
				m := mark(n, i)
				if err := appendRetrying(ctx, handles[n%2], fmt.Sprintf("n%d", n), fmt.Sprint(i), &m); err != nil {
					t.Errorf("Append: %v", err)
				}
				if got, _, err := handles[1-n%2].Due(ctx, m.Due); err != nil || slices.Contains(got, fmt.Sprintf("n%d", n)) == m.Due.IsZero() {
					t.Errorf("n%d was marked due at %s, and then Due returned %v, %v", n, m.Due, got, err)
				}
			}
		})
	}
	writers.Wait()
	stop()
	readers.Wait()
	for i := range 3 {
		var want []string
		for n := range networks {
			if m := mark(n, each-1); slices.Contains(m.Addresses, fmt.Sprintf("C%d", i)) {
				want = append(want, fmt.Sprintf("n%d", n))
			}
		}
		wantFound(t, j, fmt.Sprintf("C%d", i), want)
	}
	var names []string
	for n := range networks {
		names = append(names, fmt.Sprintf("n%d", n))
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return mark(int(a[1]-'0'), each-1).Due.Compare(mark(int(b[1]-'0'), each-1).Due)
	})
	wantDue(t, j, noon.Add(24*time.Hour), names, time.Time{})
}
