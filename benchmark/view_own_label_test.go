package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// A letter is shown only where organisations stand under letters: where they don't see each
// other, one's own point has one's own name.
func TestOwnPointHasNoLetter(t *testing.T) {
	for visibility, want := range map[benchmark.Visibility]string{benchmark.Own: "Org 2", benchmark.Named: "Org 2", benchmark.Coded: ""} {
		b := founded(t, 3, stays())
		b.do("p1", seeing(visibility))
		b.open("2026-Q4")
		b.stayed(2, 4)
		b.close()
		b.publish()
		v, err := view.Of(b.n, "2026-Q4", "stay", view.Viewer{Organisation: "o2"})
		if o, _ := b.n.RoundOrganisation(b.n.Current(), "o2"); want == "" {
			want = o.Code
		}
		if err != nil || len(v.Marks) != 1 || v.Marks[0].Label != want {
			t.Errorf("%s: %+v, %v; want %q", visibility, v.Marks, err, want)
		}
	}
}
