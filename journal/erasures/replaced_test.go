package erasures_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
	"roundtable/journal/erasures"
	"roundtable/journal/memory"
)

// What was only replaced goes from another copy where that holds what replaced it, or
// where that was erased for good; an entry that merely has its number is none.
func TestReplacedGoesWithWhatReplacedIt(t *testing.T) {
	options := erasures.Options{Clock: clock, Replaceable: "text.written", Replaces: func(later, earlier journal.Entry) bool {
		return later.Data[0] == earlier.Data[0]
	}}
	for _, tt := range []struct {
		what   string
		erased []uint64
		copied []string
		at     time.Time // of what is copied after the first
		want   []string
	}{
		{"before it was replaced", []uint64{1}, []string{"a one", "b"}, noon, []string{"a one", "b"}},
		{"since", []uint64{1}, []string{"a one", "b", "a two"}, noon, []string{"", "b", "a two"}},
		{"another way", []uint64{1}, []string{"a one", "b", "c"}, noon.Add(time.Hour), []string{"a one", "b", "c"}},
		{"erased for good later", []uint64{1, 3}, []string{"a one", "b"}, noon, []string{"", "b"}},
		{"not replaced", []uint64{2}, []string{"a one", "b"}, noon, []string{"a one", ""}},
	} {
		folder, store := t.TempDir(), memory.New()
		list := open(t, folder, store)
		j, _, err := list.Keep(t.Context(), store, options)
		if err != nil {
			t.Fatal(err)
		}
		write(t, j, "alpha", 0, noon, "a one", "b", "a two")
		for _, seq := range tt.erased {
			if err := j.Erase(t.Context(), "alpha", []uint64{seq}); err != nil {
				t.Fatal(err)
			}
		}
		path := list.Path()
		if raw, err := os.ReadFile(path); err != nil || strings.Contains(string(raw), "one") {
			t.Errorf("%s: the list says %q, %v", tt.what, raw, err)
		}
		other := memory.New()
		for k, text := range tt.copied {
			at := noon
			if k > 1 {
				at = tt.at
			}
			write(t, other, "alpha", uint64(k), at, text)
		}
		again, err := store.Secret(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		list, err = erasures.Open(folder, again)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := list.Keep(t.Context(), other, options); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, contents(t, other, "alpha")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.what, diff)
		}
	}
}
