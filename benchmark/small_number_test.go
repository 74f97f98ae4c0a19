package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// The rule of small numbers, at its bounds.
func TestIsSmall(t *testing.T) {
	no, yes := new(false), new(true)
	fraction := func(r, n float64) benchmark.Figure { return benchmark.Figure{Numerator: r, Denominator: n} }
	for _, tt := range []struct {
		what   string
		kind   benchmark.Kind
		people *bool
		figure benchmark.Figure
		want   bool
	}{
		{"none of many", benchmark.Proportion, nil, fraction(0, 408), false},
		{"one of many", benchmark.Proportion, nil, fraction(1, 408), true},
		{"seven of many", benchmark.Proportion, nil, fraction(7, 408), true},
		{"eight of many", benchmark.Proportion, nil, fraction(8, 408), false},
		{"all but eight", benchmark.Proportion, nil, fraction(400, 408), false},
		{"all but seven", benchmark.Proportion, nil, fraction(401, 408), true},
		{"all but three", benchmark.Proportion, nil, fraction(405, 408), true},
		{"all but one", benchmark.Proportion, nil, fraction(407, 408), true},
		{"all", benchmark.Proportion, nil, fraction(408, 408), false},
		{"none of few", benchmark.Proportion, nil, fraction(0, 7), true},
		{"all of few", benchmark.Proportion, nil, fraction(7, 7), true},
		{"all of eight", benchmark.Proportion, nil, fraction(8, 8), false},
		{"few of a drill's steps", benchmark.Proportion, no, fraction(3, 5), false},
		{"events per exposure", benchmark.Rate, nil, fraction(7, 4000), true},
		{"more events", benchmark.Rate, nil, fraction(8, 4000), false},
		{"a small exposure", benchmark.Rate, nil, fraction(0, 0.5), true},
		{"nearly as many events as exposure", benchmark.Rate, nil, fraction(30, 32), false},
		{"alarms per device", benchmark.Rate, no, fraction(2, 4000), false},
		{"a mean of few", benchmark.Mean, nil, benchmark.Figure{Value: 3, N: 7}, true},
		{"a mean of eight, small itself", benchmark.Mean, nil, benchmark.Figure{Value: 3, N: 8}, false},
		{"a time of few", benchmark.Duration, nil, benchmark.Figure{Value: 30, N: 1}, true},
		{"a time, small itself", benchmark.Duration, nil, benchmark.Figure{Value: 3}, false},
		{"a count", benchmark.Count, nil, benchmark.Figure{Value: 7}, true},
		{"no count", benchmark.Count, nil, benchmark.Figure{}, false},
		{"a count of people, as said", benchmark.Count, yes, benchmark.Figure{Value: 7}, true},
		{"a count of drills", benchmark.Count, no, benchmark.Figure{Value: 3}, false},
		{"a scale", benchmark.Scale, nil, benchmark.Figure{Value: 3}, false},
		{"a yes", benchmark.YesNo, nil, benchmark.Figure{Value: 1}, false},
	} {
		i := benchmark.Indicator{ID: "x", Kind: tt.kind, People: tt.people}
		if got := tt.figure.IsSmall(i, 7); got != tt.want {
			t.Errorf("%s: small %v, want %v", tt.what, got, tt.want)
		}
		if tt.figure.IsSmall(i, 0) {
			t.Errorf("%s: nothing is small where the threshold is 0", tt.what)
		}
	}
}

// Survivors of 104, from 99 on: those that tell of few deaths are hidden, and no words say
// what is left.
func TestComplementsAreHidden(t *testing.T) {
	b := founded(t, 6, falls())
	b.open("2026-Q4")
	for k := range 6 {
		b.submit(k+1, float64(99+k), 104)
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	v, err := view.Of(b.n, lastQuarter, "falls", view.Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	for k, m := range v.Marks {
		if hidden := k < 5; (m.Withheld != "") != hidden {
			t.Errorf("%d of 104 is withheld: %q", 99+k, m.Withheld)
		}
	}
	if v.Counts.Withheld != 5 || v.Signal() != "hidden" {
		t.Errorf("%+v, %s", v.Counts, v.Signal())
	}
}

// With more than a quarter of the values withheld nothing is computed of the others.
func TestMuchWithheld(t *testing.T) {
	for withheld, much := range map[int]bool{2: false, 3: true} {
		b := founded(t, 8, falls())
		b.open("2026-Q4")
		for k := range 8 {
			events := float64(20 + k)
			if k < withheld {
				events = 3
			}
			if k == 7 {
				events = 300
			}
			b.submit(k+1, events, 400)
		}
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		for _, viewer := range viewers(b.n) {
			v, err := view.Of(b.n, lastQuarter, "falls", viewer)
			if err != nil {
				t.Fatal(err)
			}
			outside := false
			for _, m := range v.Marks {
				outside = outside || m.Point.Flag != 0
			}
			if v.MuchWithheld() != much || v.HasMiddle == much || v.HasSpread == much || (v.Funnel.Centre == 0) != much || outside == much {
				t.Errorf("%d of 8 withheld: %+v", withheld, v)
			}
			if (v.Signal() == "hidden") != much {
				t.Errorf("%d of 8 withheld: %s", withheld, v.Signal())
			}
		}
	}
}
