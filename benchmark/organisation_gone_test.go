package benchmark_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// Whatever organisation a facilitator is in beside their first, they bring nobody's figures
// to it; waiting to be let in is enough.
func TestMergingIntoASecondOfOnesOwn(t *testing.T) {
	for name, joins := range map[string]func(b *table){
		"confirmed": func(b *table) {
			b.do("", joining("u1", "Org 3"))
			b.do("p3", benchmark.Vouch{Newcomer: "p1", Organisation: "o3", Yes: true})
		},
		"waiting": func(b *table) { b.do("", joining("u1", "Org 3")) },
	} {
		for _, speaking := range []benchmark.OrganisationID{"", "o1", "o3"} {
			b := lived(t)
			joins(b)
			if err := b.tryFor("p1", speaking, benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true}); reason(err) != "merge-of-own" {
				t.Errorf("%s, for %q: %v", name, speaking, err)
			}
		}
	}
}

// An organisation whose figures go while a round that was shown is open again is taken out
// of what stands of it, at once.
func TestGoneFromReopenedRound(t *testing.T) {
	for name, goes := range map[string]benchmark.Intent{
		"removed": benchmark.RemoveOrganisation("o2", false),
		"merged":  benchmark.MergeOrganisations{From: "o2", Into: "o3"},
	} {
		for when, before := range map[string]func(b *table){
			"as it was": func(*table) {},
			"corrected": func(b *table) { b.submit(2, 31, 400) },
			"withdrawn": func(b *table) { b.do("p2", benchmark.Withdraw{}) },
		} {
			b := founded(t, 3, falls())
			isReopened(b)
			b.discharge()
			before(b)
			b.discharge()
			b.do("p1", goes)
			then := b.n.Current().AsShown(b.n)
			v, err := view.Of(then, "2026-Q4", "falls", view.Viewer{})
			if err != nil || len(v.Marks) != 1 {
				t.Errorf("%s, %s: shown are %+v, %v", name, when, v.Marks, err)
			}
			if brought := len(b.kinds(benchmark.ComparisonDuty)); brought != 1 {
				t.Errorf("%s, %s: %d comparisons are brought up to date", name, when, brought)
			}
		}
	}
}

// What is common stands as it was shown while the round is open again and closed again.
func TestReopenedCommonStandsAsShown(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16, 22)
	b.close()
	b.publish()
	before := b.common()
	b.now = b.now.Add(time.Hour)
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "more to come"})
	for k := 1; k <= 6; k++ {
		b.stayed(k, float64(50+k*k))
	}
	b.close()
	if now := b.n.Current().Common("stay"); now == before {
		t.Fatal("it isn't made anew")
	}
	r, _ := b.n.Current().AsShown(b.n).Round(lastQuarter)
	if diff := cmp.Diff(before, r.Common("stay")); diff != "" {
		t.Errorf("(-shown +got):\n%s", diff)
	}
}

// Who comes to be only in the second of their organisations, which knows them, is known
// there as before.
func TestJoiningOnlyTheSecond(t *testing.T) {
	b := founded(t, 3, falls())
	inTwo(b)
	b.do("", joins("u2", "Org 3"))
	if p, _ := b.n.Participant("p2"); p.Organisation != "o3" || p.HasSeveral() || !p.Active() {
		t.Errorf("%+v", p)
	}
}
