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
		8:  {Organisations: 8, Middle: 10.3},  // 2 4 7 11 16 22
		10: {Organisations: 10, Middle: 14.8}, // 4 7 11 16 22 29
		11: {Organisations: 11, Middle: 17},
	} {
		b := privately(t, all[:organisations]...)
		speakForThree(b)
		b.close()
		if diff := cmp.Diff(want, b.common()); diff != "" {
			t.Errorf("%d (-want +got):\n%s", organisations, diff)
		}
	}
}

// inTwoEach: p2 speaks for Org 2 and Org 3 and, with both, p4 for Org 4 and Org 5.
func inTwoEach(b *table, both bool) {
	inTwo(b)
	if both {
		b.do("", joining("u4", "Org 5"))
		b.do("p5", benchmark.Vouch{Newcomer: "p4", Organisation: "o5", Yes: true})
	}
}

// No two people know between them all that a mean is made of: who knows two of three
// reads the third.
func TestMeanIsOfThreeParties(t *testing.T) {
	all := []float64{1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56, 67, 79, 92, 106}
	for _, tt := range []struct {
		organisations int
		both          bool
		want          benchmark.Common
	}{
		{7, false, benchmark.Common{Organisations: 7, Middle: 8}},    // 2 4 7 11 16
		{8, false, benchmark.Common{Organisations: 8, Middle: 9.5}},  // 4 7 11 16
		{9, false, benchmark.Common{Organisations: 9, Middle: 12}},   // 4 7 11 16 22
		{11, false, benchmark.Common{Organisations: 11, Middle: 17}}, // 7 11 16 22 29
		{12, false, benchmark.Common{Organisations: 12, Low: 3.5, Middle: 19.5, High: 51.5, HasThirds: true}},
		{7, true, benchmark.Common{Organisations: 7, Middle: 8}},
		{8, true, benchmark.Common{Organisations: 8, Middle: 10.3}}, // 2 4 7 11 16 22
		{12, true, benchmark.Common{Organisations: 12, Middle: 20.3}},
		{15, true, benchmark.Common{Organisations: 15, Low: 5, Middle: 30, High: 80, HasThirds: true}},
	} {
		b := privately(t, all[:tt.organisations]...)
		inTwoEach(b, tt.both)
		b.close()
		if diff := cmp.Diff(tt.want, b.common()); diff != "" {
			t.Errorf("%d, %v (-want +got):\n%s", tt.organisations, tt.both, diff)
		}
	}
}

// Who is in two organisations that lie far out reads nothing of the next by them.
func TestMiddleTellsWhoIsInTwoNobodysValue(t *testing.T) {
	for want, values := range map[int][]float64{
		0: {30, 100, 110, 0, 0, 0, 0, 1},
		8: {30, 100, 110, 1, 2, 4, 7, 14},
	} {
		b := privately(t, values...)
		inTwo(b)
		b.close()
		if got := b.common(); got.Organisations != want {
			t.Errorf("%v: %+v", values, got)
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

// Of two people who share one of the organisations that they speak for, or have spoken for,
// that one counts once.
func TestMeanOfTwoWhoShareOne(t *testing.T) {
	for name, parts := range map[string]bool{"speak": false, "spoke": true} {
		t.Run(name, func(t *testing.T) {
			b := privately(t, 1, 2, 4, 7, 11, 16, 22, 29)
			inTwo(b)
			if parts {
				if err := b.tryFor("p2", "o3", benchmark.Submit{Items: []benchmark.Item{{Indicator: "stay", Answer: benchmark.Value, Figure: benchmark.Figure{Value: 5}}}}); err != nil {
					t.Fatal(err)
				}
				b.do("p2", benchmark.PartFrom("o3"))
				b.stayed(3, 4)
			}
			b.do("", joining("u4", "Org 3"))
			b.do("p3", benchmark.Vouch{Newcomer: "p4", Organisation: "o3", Yes: true})
			b.close()
			if diff := cmp.Diff(benchmark.Common{Organisations: 8, Middle: 9.5}, b.common()); diff != "" { // 4 7 11 16
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// An organisation that doesn't belong to the round is none of those that somebody knows.
func TestWhoKnowsOneBeside(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16)
	b.do("", benchmark.Join{Person: visitor("u2"), Organisation: "Ward", New: true, Also: true})
	o, _ := b.n.OrganisationNamed("Ward")
	if err := b.tryFor("p2", o.ID, benchmark.Submit{Items: []benchmark.Item{{Indicator: "stay", Answer: benchmark.Value, Figure: benchmark.Figure{Value: 5}}}}); err != nil {
		t.Fatal(err)
	}
	b.close()
	if got := b.common(); got.Organisations != 6 {
		t.Errorf("%+v", got)
	}
}
