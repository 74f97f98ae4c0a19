package benchmark_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// worth is what a viewer's views of the last quarter make worth a talk.
func (b *table) worth(viewer view.Viewer) []view.Talk {
	b.t.Helper()
	seen := views(b.t, b.n, viewer)
	var inOrder []view.View
	for _, i := range b.n.Template().Indicators {
		inOrder = append(inOrder, seen[i.ID])
	}
	return view.Worth(inOrder)
}

// What makes an indicator worth a talk.
func TestWorth(t *testing.T) {
	much, none := answerFalls(20, 400), answerFalls(0, 400)
	var apart, huddles []benchmark.Item
	for k := range 12 {
		apart = append(apart, answerFalls(float64(20+60*(k%2)), 400))
		huddles = append(huddles, stayOf(4))
	}
	but := func(items []benchmark.Item, others ...benchmark.Item) []benchmark.Item {
		return append(slices.Clone(items[:len(items)-len(others)]), others...)
	}
	repeat := func(item benchmark.Item, times int) []benchmark.Item {
		return slices.Repeat([]benchmark.Item{item}, times)
	}
	for name, tt := range map[string]struct {
		items []benchmark.Item
		want  view.Why
	}{
		"nothing but chance":             {but(repeat(much, 6), answerFalls(25, 400)), ""},
		"one far out":                    {but(repeat(much, 6), answerFalls(120, 400)), view.OutsideChance},
		"all apart":                      {apart, view.SpreadWide},
		"much is withheld":               {but(repeat(much, 6), answerFalls(3, 400), answerFalls(3, 400)), ""},
		"one far out, one doesn't fit":   {but(repeat(much, 7), answerFalls(120, 400), unfit("falls")), view.OutsideChance},
		"all at nothing":                 {repeat(none, 6), view.NearlyAlike},
		"five at nothing":                {repeat(none, 5), ""},
		"ten at nothing, two withheld":   {but(repeat(none, 12), answerFalls(1, 400), answerFalls(2, 400)), ""},
		"all stays alike":                {repeat(stayOf(4), 6), view.NearlyAlike},
		"eleven of twelve stays alike":   {but(huddles, stayOf(5)), view.NearlyAlike},
		"ten of twelve stays alike":      {but(huddles, stayOf(5), stayOf(6)), ""},
		"five of six stays alike":        {but(repeat(stayOf(4), 6), stayOf(5)), ""},
		"eleven at nothing, one is told": {but(repeat(none, 12), answerFalls(8, 4000)), view.NearlyAlike},
	} {
		var got view.Why
		talks := saying(t, benchmark.Named, tt.items...).worth(view.Viewer{})
		if len(talks) > 0 {
			got = talks[0].Why
		}
		if got != tt.want || len(talks) > 1 {
			t.Errorf("%s: %v, want %q", name, talks, tt.want)
		}
		if talks := saying(t, benchmark.Own, tt.items...).worth(view.Viewer{}); talks != nil {
			t.Errorf("%s, where nobody sees it: %v", name, talks)
		}
	}
}

// A definition is new in the first round after another, which was opened before; told of
// also where organisations don't see each other, and not of an indicator that is new.
func TestWorthOfANewDefinition(t *testing.T) {
	for _, visibility := range []benchmark.Visibility{benchmark.Named, benchmark.Own} {
		b := founded(t, 9, stays())
		b.do("p1", seeing(visibility))
		round := func(period string) (talks []view.Talk) {
			b.open(period)
			for k := range 9 {
				b.stayed(k+1, float64(2*k+1))
			}
			b.close()
			b.publish()
			b.now = b.now.AddDate(0, 0, 1)
			v, err := view.Of(b.n, b.n.Current().ID, "stay", view.Viewer{})
			if err != nil {
				t.Fatal(err)
			}
			return view.Worth([]view.View{v})
		}
		anew := func(indicators ...benchmark.Indicator) {
			b.do("p1", benchmark.AdoptTemplate{Name: "T", Indicators: indicators, Reason: "as we count"})
		}
		if got := round("2026-Q1"); got != nil {
			t.Errorf("the first round ever: %v", got)
		}
		otherwise := stays()
		otherwise.Measures = "from the door, not from the desk"
		anew(otherwise, falls())
		want := []view.Talk{{Indicator: "stay", Why: view.NewDefinition}}
		if diff := cmp.Diff(want, round("2026-Q2")); diff != "" {
			t.Errorf("%s, counted anew (-want +got):\n%s", visibility, diff)
		}
		if got := round("2026-Q3"); got != nil {
			t.Errorf("the second round with it: %v", got)
		}
		if v, _ := view.Of(b.n, "2026-Q2", "falls", view.Viewer{}); v.FirstSoDefined {
			t.Error("an indicator that wasn't there before is counted anew")
		}
		anew(otherwise)
		anew(stays()) // as at first, which is another change
		if got := round("2026-Q4"); len(got) != 1 {
			t.Errorf("counted as at first: %v", got)
		}
	}
}

// Where more is worth a talk, the reason decides, and then the template's order.
func TestMostWorth(t *testing.T) {
	one := func(id benchmark.IndicatorID, why string) view.View {
		v := view.View{Indicator: benchmark.Indicator{ID: id, Kind: benchmark.YesNo}, Counts: view.Counts{Values: 6}}
		for range 6 {
			v.Marks = append(v.Marks, view.Mark{Answer: benchmark.Value, HasValue: true, Value: 1})
		}
		v.FirstSoDefined = why == "definition"
		v.Funnel.Dispersion.Found = why == "wide"
		return v
	}
	got := view.Worth([]view.View{
		one("a", "alike"), one("b", "alike"), one("c", "definition"), one("d", "wide"), one("e", "alike"),
	})
	want := []view.Talk{{Indicator: "a", Why: view.NearlyAlike}, {Indicator: "c", Why: view.NewDefinition}, {Indicator: "d", Why: view.SpreadWide}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// At most three, in the template's order, and the same for whoever looks: so nothing that
// is hidden from others makes anything worth a talk, nor keeps it from being so.
func TestWorthIsTheSameForAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyShown(t)
		public := b.worth(view.Viewer{})
		at := -1
		for _, talk := range public {
			k := slices.IndexFunc(b.n.Template().Indicators, func(i benchmark.Indicator) bool { return i.ID == talk.Indicator })
			if k <= at || talk.Why == "" {
				t.Fatalf("%v isn't in the template's order", public)
			}
			at = k
			r, _ := b.n.Round(lastQuarter)
			if r.Visibility == benchmark.Own && talk.Why != view.NewDefinition {
				t.Fatalf("%v tells what others answered", public)
			}
		}
		if len(public) > view.MaxWorth {
			t.Fatalf("%v are too many", public)
		}
		for _, viewer := range viewers(b.n) {
			if diff := cmp.Diff(public, b.worth(viewer)); diff != "" {
				t.Fatalf("%q sees other things worth a talk (-public +own):\n%s", viewer.Organisation, diff)
			}
		}
	})
}

// What is worth a talk has a post of its own once the round is shown.
func TestShow(t *testing.T) {
	b := founded(t, 6, falls(), stays())
	if _, err := b.try("p1", view.Show(b.n, "", 0)); reason(err) != "no-round" {
		t.Errorf("no round is shown: %v", err)
	}
	b.open("2026-Q4")
	for k := range 6 {
		b.stayed(k+1, 4)
		b.submit(k+1, 20+float64(k), 400)
	}
	b.close()
	b.do("p1", view.Show(b.n, "", 1))
	r := b.n.Current()
	if !benchmark.HasThread(r, "stay") || benchmark.HasThread(r, "falls") {
		t.Errorf("without a post of their own are %v", benchmark.Rest(b.n, r))
	}
}
