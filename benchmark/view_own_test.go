package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// A guess is there for who made it alone, and the counts say who skipped and who is silent.
func TestViewCountsAndGuesses(t *testing.T) {
	b := founded(t, 5, falls(), stays())
	b.open("2026-Q4")
	b.do("p2", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Above}})
	b.submit(1, 20, 400)
	b.do("p3", benchmark.Skip{})
	b.do("p4", benchmark.Submit{Items: []benchmark.Item{unfit("falls")}})
	b.close()
	b.publish()
	for o, want := range map[benchmark.OrganisationID]benchmark.Position{"": "", "o1": "", "o2": benchmark.Above} {
		v := b.seenBy(o, "falls")
		if v.Guess != want {
			t.Errorf("%q sees the guess %q, want %q", o, v.Guess, want)
		}
		if want := (view.Counts{Organisations: 5, Values: 1, DoesNotFit: 1, Skipped: 1, Silent: 2}); v.Counts != want {
			t.Errorf("%+v, want %+v", v.Counts, want)
		}
	}
	if v := b.seenBy("o2", "stay"); v.Guess != "" {
		t.Errorf("a guess of another indicator: %q", v.Guess)
	}
}

// Questions are counted by the indicator that they are about, and nothing else is.
func TestViewCountsQuestions(t *testing.T) {
	b := founded(t, 2, falls(), stays())
	b.open("2026-Q4")
	for _, text := range []string{"Whose beds?", "Those of day care too?"} {
		b.do("p1", benchmark.Ask{Indicator: "falls", Text: text})
	}
	b.do("p2", benchmark.Ask{Indicator: "stay", Text: "In hours?"})
	b.do("p2", benchmark.Ask{Text: "When is it due?"})
	b.do("p2", benchmark.Reflect{Indicator: "falls", Text: "We count otherwise."})
	b.close()
	b.publish()
	for i, want := range map[benchmark.IndicatorID]int{"falls": 2, "stay": 1} {
		if got := b.seenBy("", i).Questions; got != want {
			t.Errorf("%s was asked about %d times, want %d", i, got, want)
		}
	}
}

// Where organisations don't see each other, one sees that others answered, and one's own.
func TestOwnViewOfFew(t *testing.T) {
	for name, tt := range map[string]struct {
		answer         []int
		answered, mine bool
	}{
		"nobody":  {nil, false, false},
		"oneself": {[]int{1}, false, true},
		"another": {[]int{2}, true, false},
		"both":    {[]int{1, 2}, true, true},
	} {
		b := founded(t, 4, falls())
		b.do("p1", seeing(benchmark.Own))
		b.open("2026-Q4")
		for _, k := range tt.answer {
			b.submit(k, 20, 400)
		}
		b.close()
		b.publish()
		v := b.seenBy("o1", "falls")
		if v.OthersAnswered != tt.answered || (len(v.Marks) == 1) != tt.mine || v.HasMiddle {
			t.Errorf("%s: others answered %v, marks %+v, middle %v", name, v.OthersAnswered, v.Marks, v.HasMiddle)
		}
		if want := (view.Counts{Organisations: 4}); v.Counts != want {
			t.Errorf("%s: %+v", name, v.Counts)
		}
		if !tt.mine {
			continue
		}
		if m := v.Marks[0]; !m.You || !m.HasInterval || m.Point != (stats.Point{}) {
			t.Errorf("%s: one's own has its interval, and lies in no funnel: %+v", name, m)
		}
	}
}

// An organisation that nobody vouched for sees its own answer in its place among the
// others, held against them; they don't see it.
func TestOwnViewOfWhoDoesNotBelong(t *testing.T) {
	b := founded(t, 4, falls())
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u8", Name: "H"}, Organisation: "Aside", New: true})
	o, _ := b.n.OrganisationNamed("Aside")
	b.open("2026-Q4")
	for k := range 4 {
		b.submit(k+1, float64(20+10*k), 400)
	}
	b.submit(5, 300, 400)
	b.close()
	b.publish()
	public, v := b.seenBy("", "falls"), b.seenBy(o.ID, "falls")
	if len(public.Marks) != 4 || len(v.Marks) != 5 || v.Counts != public.Counts {
		t.Fatalf("the public sees %+v, the organisation %+v", public.Marks, v.Marks)
	}
	m := v.Marks[0]
	want, err := public.Funnel.PlaceProportion(stats.Proportion{Numerator: 300, Denominator: 400})
	if err != nil {
		t.Fatal(err)
	}
	if m.Label != "Aside" || !m.You || !m.HasInterval || m.Point != want {
		t.Errorf("one's own is %+v, want it at %+v", m, want)
	}
}

// A participant looks as their organisation where its own things are theirs to see, else as
// the public does.
func TestViewerFor(t *testing.T) {
	b := founded(t, 2, falls())
	abandoned(b)
	b.do("", joins("u1", "Org 2")) // where nobody could vouch
	b.close()
	b.publish()
	b.open("2027-Q1")
	p, _ := b.n.Participant("p1")
	before, _ := b.n.Round("2026-Q4")
	for _, tt := range []struct {
		what  string
		round *benchmark.Round
		want  benchmark.OrganisationID
	}{{"no round", nil, ""}, {"before they came", before, ""}, {"since", b.n.Current(), "o2"}} {
		if got := view.ViewerFor(b.n, tt.round, p); got != (view.Viewer{Organisation: tt.want}) {
			t.Errorf("%s: %+v", tt.what, got)
		}
	}
}
