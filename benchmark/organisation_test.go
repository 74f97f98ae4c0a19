package benchmark_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"roundtable/benchmark"
)

// Codes are each one's own, stay, and don't tell who came when.
func TestCodes(t *testing.T) {
	for _, size := range []int{1, 5, 24, 25, 200} {
		b := newTable(t)
		b.do("", settled(func(f *benchmark.Found) {
			f.Seed = 42
			for k := range size {
				f.Organisations = append(f.Organisations, fmt.Sprintf("Org %d", k+1))
			}
		}))
		codes := codesOf(b)
		sorted := slices.Sorted(slices.Values(codes))
		if unique := slices.Compact(slices.Clone(sorted)); len(unique) != size {
			t.Errorf("%d organisations have %d codes", size, len(unique))
		}
		if size > 4 && slices.Equal(codes, sorted) {
			t.Errorf("codes follow the order of joining: %v", codes)
		}
		for _, c := range codes {
			if len(c) != len(codes[0]) || strings.ContainsAny(c, "IO01") {
				t.Errorf("code %q among %d", c, size)
			}
		}
		if size == benchmark.MaxOrganisations {
			continue
		}
		b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9"}, Organisation: "Late", New: true})
		if after := codesOf(b); !slices.Equal(codes, after[:size]) || slices.Contains(codes, after[size]) {
			t.Errorf("codes were %v, with a newcomer %v", codes, after)
		}
	}
}

func codesOf(b *table) []string {
	var codes []string
	for _, o := range b.n.Organisations {
		codes = append(codes, o.Code)
	}
	return codes
}

// The founder's own organisation is one of those named, however it is written.
func TestFoundersOwn(t *testing.T) {
	for _, mine := range []string{"North  Hospital", "north hospital", "North\u200b Hospital\n"} {
		b := newTable(t)
		b.do("", settled(func(f *benchmark.Found) { f.Organisations, f.Mine = []string{"South", "North\tHospital"}, mine }))
		if p, _ := b.n.Participant("p1"); p.Organisation != "o2" || len(b.n.Organisations) != 2 {
			t.Errorf("%q: %+v among %+v", mine, p, b.n.Organisations)
		}
	}
}
