package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// What people write as a name is never taken for an id.
func TestAnIDIsNoName(t *testing.T) {
	for what, tt := range map[string]struct {
		join benchmark.Join
		want string
	}{
		"typed":          {benchmark.Join{Organisation: "o1", Written: true}, "no-such-organisation"},
		"as a new one":   {benchmark.Join{Organisation: "o1", New: true}, "name-too-short"},
		"and sure of it": {benchmark.Join{Organisation: " O1", New: true, Sure: true}, "name-too-short"},
		"chosen":         {benchmark.Join{Organisation: "o1"}, ""},
	} {
		b := founded(t, 2, falls())
		tt.join.Person = visitor("u8")
		if _, err := b.try("", tt.join); reason(err) != tt.want {
			t.Errorf("%s: %v, want %q", what, err, tt.want)
		}
	}
	b := founded(t, 2, falls())
	if o, ok := b.n.OrganisationNamed("o2"); ok {
		t.Errorf("%+v is called o2", o)
	}
}
