package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// Who names an organisation, leaves and comes again names no second one while the first waits for
// the network to know it.
func TestOneNewOrganisationAtATime(t *testing.T) {
	b := founded(t, 2, falls())
	join := func(name string) benchmark.Join {
		return benchmark.Join{Person: visitor("u8"), Organisation: name, New: true}
	}
	b.do("", join("Harbour"))
	p, _ := b.n.At(visitor("u8").Address())
	b.do(p.ID, benchmark.Leave{})
	if _, err := b.try("", join("Mountain")); reason(err) != "one-at-a-time" {
		t.Errorf("a second one: %v", err)
	}
	if _, err := b.try("", benchmark.Join{Person: visitor("u9"), Organisation: "Mountain", New: true}); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	b.do("p1", benchmark.RemoveOrganisation("o3", true))
	b.do("", join("Mountain"))
}

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
