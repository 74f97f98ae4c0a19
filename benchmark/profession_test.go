package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// A profession names no organisation and claims to lead nothing, however it is set off;
// one of an early journal isn't shown where it does.
func TestProfessionsClaimNothing(t *testing.T) {
	b := founded(t, 3, falls())
	observer := func(p benchmark.Profession) benchmark.Intent {
		return benchmark.Join{Person: visitor("u9"), Observer: true, Profession: p}
	}
	for _, claims := range []benchmark.Profession{"nurse, Org 1", "nurse (ORG\u00a01)", "nurse） Org 1", "Org 1", "nurse/org 1", "facilitator", "nurse, Facilitator"} {
		if _, err := b.try("", observer(claims)); reason(err) != "profession-claims" {
			t.Errorf("%q: %v", claims, err)
		}
		if shown := benchmark.ProfessionOf(b.n, benchmark.Participant{Profession: claims}); shown != "" {
			t.Errorf("%q is shown as %q", claims, shown)
		}
	}
	for does, want := range map[benchmark.Profession]benchmark.Profession{
		"nurse": "nurse", "physician (ICU)": "physician / ICU", "nurse, manager": "nurse / manager", "Organiser 1": "Organiser 1", "": "",
	} {
		b := founded(t, 3, falls())
		b.do("", observer(does))
		if p, _ := b.n.Participant("p4"); p.Profession != want || benchmark.ProfessionOf(b.n, p) != want {
			t.Errorf("%q is kept as %q", does, p.Profession)
		}
	}
}
