package benchmark_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// speakForThree: p2 speaks for Org 2, Org 3 and Org 4.
func speakForThree(b *table) {
	inTwo(b)
	b.do("", joining("u2", "Org 4"))
	b.do("p4", benchmark.Vouch{Newcomer: "p2", Organisation: "o4", Yes: true})
}

// Who speaks for several organisations knows the figures of all of them: to the bounds
// they are one.
func TestCommonKnownToOnePerson(t *testing.T) {
	all := []float64{1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56}
	for organisations, want := range map[int]benchmark.Common{
		7:  {},
		8:  {Organisations: 8, Middle: 9.5},
		10: {Organisations: 10, Middle: 14},
		11: {Organisations: 11, Low: 2.3, Middle: 17, High: 46.3, HasThirds: true},
	} {
		b := privately(t, all[:organisations]...)
		speakForThree(b)
		b.close()
		if diff := cmp.Diff(want, b.common()); diff != "" {
			t.Errorf("%d (-want +got):\n%s", organisations, diff)
		}
	}
}

// Who waits to be confirmed speaks for one only.
func TestCommonKnownToTheConfirmed(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16, 22)
	b.do("", joining("u2", "Org 3"))
	b.do("", joining("u2", "Org 4"))
	b.close()
	if got := b.common(); got.Organisations != 7 {
		t.Errorf("unconfirmed: %+v", got)
	}
}

// What is common is made anew when three have changed whom nobody speaks for who speaks
// for others that changed.
func TestCommonFrozenForOnePerson(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16, 22, 29)
	speakForThree(b)
	b.close()
	b.publish()
	before := b.common()
	for k := 4; k <= 8; k++ {
		b.stayed(k, 60+float64(k*k))
		if diff := cmp.Diff(before, b.common()); diff != "" {
			t.Fatalf("%d have changed (-before +after):\n%s", k-3, diff)
		}
	}
	b.stayed(1, 3)
	if got := b.common(); got == before || got.Organisations != 8 {
		t.Errorf("six have changed: %+v", got)
	}
}
