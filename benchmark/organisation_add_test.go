package benchmark_test

import (
	"errors"
	"slices"
	"testing"

	"roundtable/benchmark"
)

// Several that are added at once count from the next round on, each by a letter of its own,
// and are told together.
func TestAddingSeveral(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("p1", benchmark.AddOrganisations([]string{"Harbour", "Lake", "Malmö", "Malmo"}, []string{"Malmo"}))
	var codes []string
	for _, o := range b.n.Organisations {
		if !o.Vouched || slices.Contains(codes, o.Code) {
			t.Errorf("%+v beside %q", o, codes)
		}
		codes = append(codes, o.Code)
	}
	if len(codes) != 6 {
		t.Errorf("%d organisations", len(codes))
	}
	told := b.owed(benchmark.NoticeDuty)
	if len(told) != 1 {
		t.Fatalf("told are %+v", told)
	}
	if notice, _ := b.n.NoticeOf(told[0]); notice.Organisation != "o3" || !slices.Equal(notice.Besides, []benchmark.OrganisationID{"o4", "o5", "o6"}) {
		t.Errorf("told is %+v", notice)
	}
}

// Of several each is refused by its name, and none is added.
func TestAddingSeveralOfWhichSomeAreRefused(t *testing.T) {
	b := founded(t, 2, falls())
	_, err := b.try("p1", benchmark.AddOrganisations([]string{"Harbour", "org 2", "Orgg 1", "HARBOUR", "Hårbour", "Lake"}, nil))
	var why benchmark.Refusals
	errors.As(err, &why)
	got := map[string]string{}
	for _, x := range why {
		got[x.Field] = string(x.Reason)
	}
	want := map[string]string{"org 2": "organisation-taken", "Orgg 1": "organisation-near", "HARBOUR": "organisation-twice", "Hårbour": "organisations-alike"}
	if len(got) != len(want) || len(b.n.Organisations) != 2 {
		t.Errorf("%v, %d organisations", got, len(b.n.Organisations))
	}
	for name, reason := range want {
		if got[name] != reason {
			t.Errorf("%s: %q, want %q", name, got[name], reason)
		}
	}
}
