package benchmark_test

import (
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
