package examples

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/report"
)

type totals struct{ Numerator, Denominator float64 }

func TestChildHeart(t *testing.T) {
	template, figures := ChildHeart()
	record(t, template, figures)
	if got, want := sum(figures)["1991-1995"], (totals{397, 3319}); got != want || len(figures.Rows) != 12 {
		t.Errorf("%d hospitals, %v, want %v", len(figures.Rows), got, want)
	}
	for _, r := range figures.Rows {
		if r.Organisation == "Bristol" && (r.Figure.Numerator != 41 || r.Figure.Denominator != 143) {
			t.Errorf("Bristol: %v", r.Figure)
		}
	}
}

func TestViennaClinics(t *testing.T) {
	template, figures := ViennaClinics()
	record(t, template, figures)
	byClinic := map[string]totals{}
	for _, r := range figures.Rows {
		x := byClinic[r.Organisation]
		byClinic[r.Organisation] = totals{x.Numerator + r.Figure.Numerator, x.Denominator + r.Figure.Denominator}
	}
	want := map[string]totals{"First clinic": {1989, 20042}, "Second clinic": {691, 17791}}
	if diff := cmp.Diff(want, byClinic); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got, want := sum(figures)["1846"], (totals{564, 7764}); got != want || len(sum(figures)) != 6 {
		t.Errorf("1846: %v, want %v", got, want)
	}
}

func sum(f report.Figures) map[string]totals {
	all := map[string]totals{}
	for _, r := range f.Rows {
		x := all[r.Period]
		all[r.Period] = totals{x.Numerator + r.Figure.Numerator, x.Denominator + r.Figure.Denominator}
	}
	return all
}

// record sees that a network takes the example as it is.
func record(t *testing.T, template report.TemplateFile, figures report.Figures) {
	t.Helper()
	var n benchmark.Network
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	do := func(by benchmark.ParticipantID, intent benchmark.Intent) {
		events, err := n.Decide(benchmark.Actor{By: by}, intent, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if err := n.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
	}
	do("", benchmark.Found{
		ID: "n", Name: "Example", Settings: benchmark.DefaultSettings(), Connection: "c", Channel: "c",
		Organisations: figures.Organisations(), TemplateName: template.Name, Indicators: template.Indicators,
		Founder: benchmark.Identity{Connection: "c", User: "u", Name: "F"},
	})
	history, err := figures.History(n.Organisations)
	if err != nil {
		t.Fatal(err)
	}
	do("p1", history)
	given := 0
	for _, r := range n.Rounds {
		for _, i := range n.Template().Indicators {
			v, err := view.Of(&n, r.ID, i.ID, view.Viewer{})
			if err != nil {
				t.Fatal(err)
			}
			given += v.Counts.Values
		}
	}
	if given != len(figures.Rows) {
		t.Errorf("%d figures in the network, %d in the file", given, len(figures.Rows))
	}
}
