package benchmark_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// An indicator keeps the version that brought its definition, through changes
// that don't change what is measured; what goes and comes back is new.
func TestTemplateVersions(t *testing.T) {
	b := founded(t, 1, falls())
	renamed, redefined := falls(), falls()
	renamed.Title, renamed.Section, renamed.Target = "Falls on the ward", "Safety", new(3.0)
	redefined.Denominator = "patients over 65"
	other := benchmark.Indicator{ID: "stay", Title: "Stay", Kind: benchmark.Duration}
	for k, test := range []struct {
		indicators []benchmark.Indicator
		version    int
		since      map[benchmark.IndicatorID]int
	}{
		{[]benchmark.Indicator{falls()}, 1, map[benchmark.IndicatorID]int{"falls": 1}}, // nothing new
		{[]benchmark.Indicator{renamed}, 2, map[benchmark.IndicatorID]int{"falls": 1}},
		{[]benchmark.Indicator{other, renamed}, 3, map[benchmark.IndicatorID]int{"falls": 1, "stay": 3}},
		{[]benchmark.Indicator{renamed, other}, 4, map[benchmark.IndicatorID]int{"falls": 1, "stay": 3}},
		{[]benchmark.Indicator{redefined, other}, 5, map[benchmark.IndicatorID]int{"falls": 5, "stay": 3}},
		{[]benchmark.Indicator{redefined}, 6, map[benchmark.IndicatorID]int{"falls": 5}},
		{[]benchmark.Indicator{redefined, other}, 7, map[benchmark.IndicatorID]int{"falls": 5, "stay": 7}},
	} {
		b.do("p1", benchmark.AdoptTemplate{Name: "T", Indicators: test.indicators, Reason: "agreed"})
		since := map[benchmark.IndicatorID]int{}
		for _, i := range b.n.Template().Indicators {
			since[i.ID] = i.Since
		}
		if diff := cmp.Diff(test.since, since); diff != "" || b.n.Template().Version != test.version {
			t.Errorf("change %d: version %d, %s", k, b.n.Template().Version, diff)
		}
	}
	if first, ok := b.n.TemplateVersion(1); !ok || first.Indicators[0].Title != "Falls" {
		t.Errorf("the first version has become %+v", first)
	}
}

// A round keeps the version it was opened with.
func TestRoundKeepsItsTemplate(t *testing.T) {
	b := founded(t, 1, falls())
	b.open("2026-Q4")
	b.do("p1", benchmark.AdoptTemplate{Indicators: []benchmark.Indicator{{ID: "stay", Title: "Stay", Kind: benchmark.Duration}}})
	b.submit(1, 20, 400)
	if _, err := b.try("p1", submitting(benchmark.Item{Indicator: "stay", Answer: benchmark.NotMeasured})); reason(err) != "no-such-indicator" {
		t.Errorf("%v, want no-such-indicator", err)
	}
	if c := b.n.Current(); !c.Complete("o1") {
		t.Error("the answer to the old version doesn't count")
	}
}

// What is adopted is stored as it may be shown.
func TestTemplateIsCleaned(t *testing.T) {
	b := founded(t, 1)
	b.do("p1", benchmark.AdoptTemplate{Name: " Falls\nand more", Reason: "said\u202e so", Indicators: []benchmark.Indicator{{
		ID: "falls", Title: "Falls\u200b \n here", Kind: benchmark.Proportion, Unit: "%\x00", Measures: "a\r\nb", Professions: []benchmark.Profession{" nurse\t"},
	}}})
	want := benchmark.Template{Version: 1, Name: "Falls and more", Reason: "said so", Indicators: []benchmark.Indicator{{
		ID: "falls", Title: "Falls here", Kind: benchmark.Proportion, Unit: "%", Measures: "a\nb", Professions: []benchmark.Profession{"nurse"}, Since: 1,
	}}}
	if diff := cmp.Diff(want, b.n.Template()); diff != "" {
		t.Error(diff)
	}
}

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

// A facilitator who changes organisation is one still, and needs nobody to vouch.
func TestFacilitatorMoves(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u1"}, Organisation: "Org 2", Profession: "manager"})
	if p, _ := b.n.Participant("p1"); !p.Facilitator || !p.Confirmed || p.Organisation != "o2" || p.Profession != "manager" {
		t.Errorf("%+v", p)
	}
}

// Who left comes back as anybody else does; who was turned away and comes again
// is asked about again.
func TestComingBack(t *testing.T) {
	b := founded(t, 3, falls())
	stranger(b) // a second one at Org 2, who stays
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
	again := benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2"}, Organisation: "Org 2"}
	b.do("p2", benchmark.Leave{})
	b.do("", again)
	if p, _ := b.n.Participant("p5"); p.Confirmed || p.Organisation != "o2" {
		t.Errorf("%+v is confirmed at once", p)
	}
	for range 2 {
		b.discharge()
		b.do("p4", benchmark.Vouch{Newcomer: "p5"})
		b.do("", again)
		owed := slices.IndexFunc(b.n.Duties(b.now, nil), func(d benchmark.Duty) bool { return d.Kind == benchmark.ConfirmDuty && d.Participant == "p4" })
		if owed < 0 {
			t.Fatal("nobody is asked")
		}
	}
}
