package benchmark_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// told is what is owed to be told, and to whom: seats, or people.
func (b *table) told() (all []string) {
	for _, d := range b.owed(benchmark.NoticeDuty) {
		notice, ok := b.n.NoticeOf(d)
		if !ok {
			b.t.Fatalf("%s tells nothing", d.Key)
		}
		to := "all"
		if d.Participant != "" {
			to = string(d.Participant)
		}
		all = append(all, fmt.Sprint(notice.About, " ", to))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// What changes who belongs where is told to those whom it concerns.
func TestWhoBelongsWhereIsTold(t *testing.T) {
	for name, tt := range map[string]struct {
		before func(b *table)
		by     benchmark.ParticipantID
		intent benchmark.Intent
		want   string
	}{
		"a Yes": {stranger, "p2", benchmark.Vouch{Newcomer: "p4", Yes: true}, ""},
		"a No":  {stranger, "p2", benchmark.Vouch{Newcomer: "p4"}, ""},
		"a Yes that is taken back": {func(b *table) {
			stranger(b)
			b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
		}, "p1", benchmark.Vouch{Newcomer: "p4"}, "taken-back p2"},
		"a new name":           {nil, "p1", benchmark.RenameOrganisation("o2", "Org 2, new"), "organisation-renamed all"},
		"a removal":            {stranger, "p1", benchmark.RemoveOrganisation("o2", true), "homeless p2, homeless p4, organisation-removed all"},
		"a merger":             {nil, "p1", benchmark.MergeOrganisations{From: "o2", Into: "o3"}, "became p2, organisation-merged all"},
		"one word of two":      {added, "p2", benchmark.VouchFor("o4"), ""},
		"a facilitator's word": {added, "p1", benchmark.VouchFor("o4"), "known p4, organisation-counts all"},
		"one that is known":    {nil, "p1", benchmark.AddOrganisation("Harbour", false), "organisation-new all"},
	} {
		b := founded(t, 3, falls())
		if tt.before != nil {
			tt.before(b)
		}
		b.discharge()
		b.do(tt.by, tt.intent)
		if diff := cmp.Diff(tt.want, strings.Join(b.told(), ", ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
