package benchmark_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// stays is a duration, in days.
func stays() benchmark.Indicator {
	return benchmark.Indicator{ID: "stay", Title: "Length of stay", Kind: benchmark.Duration}
}

// privately is a network where organisations don't see each other, whose round is open;
// the k-th organisation has answered with the k-th of the values.
func privately(t *testing.T, values ...float64) *table {
	t.Helper()
	b := founded(t, len(values), stays())
	b.do("p1", seeing(benchmark.Own))
	b.open("2026-Q4")
	for k, x := range values {
		b.stayed(k+1, x)
	}
	return b
}

// stayed answers with a value, with a reason if it is a correction.
func (b *table) stayed(k int, x float64) {
	b.t.Helper()
	b.do(participant(k), benchmark.Submit{Reason: "counted again", Items: []benchmark.Item{{
		Indicator: "stay", Answer: benchmark.Value, Figure: benchmark.Figure{Value: x},
	}}})
}

func (b *table) close() { b.do("p1", benchmark.CloseRound{}) }

func (b *table) publish() { b.do("p1", benchmark.PublishRound{}) }

// common is what everybody sees; the zero Common for nothing.
func (b *table) common() benchmark.Common {
	b.t.Helper()
	var seen []benchmark.Common
	for _, viewer := range append(viewers(b.n), view.Viewer{Draft: true}) {
		v, err := view.Of(b.n, lastQuarter, "stay", viewer)
		if err != nil {
			if viewer.Draft {
				b.t.Fatal(err)
			}
			continue // not published yet
		}
		if v.Signal() != "described" && v.HasMiddle || v.Signal() != "too-little" && !v.HasMiddle {
			b.t.Fatalf("the signal is %s", v.Signal())
		}
		seen = append(seen, benchmark.Common{Organisations: v.Counts.Values, Low: v.Low, Middle: v.Middle, High: v.High, HasThirds: v.HasSpread})
	}
	for _, c := range seen {
		if c != seen[0] {
			b.t.Fatalf("not all see the same: %+v", seen)
		}
	}
	return seen[0]
}

// How many it takes, and what is shown of them. Each number is a bound: one less shows
// less, or other means.
func TestCommonTakesSix(t *testing.T) {
	if benchmark.FewestForThirds != 9 {
		t.Errorf("thirds of %d organisations", benchmark.FewestForThirds)
	}
	for name, tt := range map[string]struct {
		values []float64
		want   benchmark.Common
	}{
		"five":  {[]float64{1, 2, 4, 7, 11}, benchmark.Common{}},
		"six":   {[]float64{1, 2, 4, 7, 11, 16}, benchmark.Common{Organisations: 6, Middle: 6}},           // 2 4 7 11
		"seven": {[]float64{1, 2, 4, 7, 11, 16, 22}, benchmark.Common{Organisations: 7, Middle: 7.3}},     // 4 7 11
		"eight": {[]float64{1, 2, 4, 7, 11, 16, 22, 29}, benchmark.Common{Organisations: 8, Middle: 9.5}}, // 4 7 11 16
		"nine": {[]float64{1, 2, 4, 7, 11, 16, 22, 29, 37}, benchmark.Common{
			Organisations: 9, Low: 2.3, Middle: 11.3, High: 29.3, HasThirds: true,
		}},
		"ten": {[]float64{1, 2, 4, 7, 11, 16, 22, 29, 37, 46}, benchmark.Common{
			Organisations: 10, Low: 2.3, Middle: 14, High: 37.3, HasThirds: true,
		}},
		"eleven": {[]float64{1, 2, 4, 7, 11, 16, 22, 29, 37, 46, 56}, benchmark.Common{
			Organisations: 11, Low: 2.3, Middle: 17, High: 46.3, HasThirds: true,
		}},
		"three significant digits":        {[]float64{1001, 2002, 4003, 7004, 11005, 16006}, benchmark.Common{Organisations: 6, Middle: 6000}},
		"all agree":                       {[]float64{5, 5, 5, 5, 5, 5}, benchmark.Common{}},
		"all read the same":               {[]float64{5.01, 5.02, 5.01, 5.02, 5.03, 5.01}, benchmark.Common{}},
		"those in the middle agree":       {[]float64{1, 5, 5, 5, 5, 9}, benchmark.Common{}},
		"one of the middle differs":       {[]float64{1, 5, 5, 5, 7, 9}, benchmark.Common{Organisations: 6, Middle: 5.5}},
		"the lower third agrees":          {[]float64{2, 2, 2, 7, 11, 16, 22, 29, 37}, benchmark.Common{Organisations: 9, Middle: 11.3}},
		"the upper third agrees":          {[]float64{1, 2, 4, 7, 11, 16, 22, 22, 22}, benchmark.Common{Organisations: 9, Middle: 11.3}},
		"the middle third agrees":         {[]float64{1, 2, 4, 7, 7, 7, 22, 29, 37}, benchmark.Common{}},
		"who lies far out knows the next": {[]float64{0, 0, 0, 0, 4, 100}, benchmark.Common{}},
		"who lies far out knows nothing":  {[]float64{0, 1, 1, 3, 4, 100}, benchmark.Common{Organisations: 6, Middle: 2.3}},
		"an eighth below and above":       {[]float64{69, 70, 71, 79, 80, 81, 89, 90, 91}, benchmark.Common{Organisations: 9, Low: 70, Middle: 80, High: 90, HasThirds: true}},
		"less than an eighth below":       {[]float64{69, 70.3, 71, 79, 80, 81, 89, 90, 91}, benchmark.Common{Organisations: 9, Middle: 80}},
		"less than an eighth above":       {[]float64{69, 70, 71, 79, 80, 81, 89, 89.7, 91}, benchmark.Common{Organisations: 9, Middle: 80}},
	} {
		b := privately(t, tt.values...)
		b.close()
		if diff := cmp.Diff(tt.want, b.common()); diff != "" {
			t.Errorf("%s, the draft (-want +got):\n%s", name, diff)
		}
		b.publish()
		if diff := cmp.Diff(tt.want, b.common()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Nobody's organisation is told by what the others, who answered, see of it: a figure that
// is withheld enters nothing, and with more than a quarter withheld there is nothing.
func TestCommonOfMuchWithheld(t *testing.T) {
	for withheld, want := range map[int]benchmark.Common{
		2: {Organisations: 6, Middle: 6.5},
		3: {},
	} {
		b := founded(t, 6+withheld, benchmark.Indicator{ID: "stay", Title: "Length of stay", Kind: benchmark.Duration})
		b.do("p1", seeing(benchmark.Own))
		b.open("2026-Q4")
		for k := range 6 + withheld {
			f := benchmark.Figure{Value: float64(4 + k), N: 100}
			if k >= 6 {
				f.N = 7
			}
			b.do(participant(k+1), benchmark.Submit{Items: []benchmark.Item{{Indicator: "stay", Answer: benchmark.Value, Figure: f}}})
		}
		b.close()
		if diff := cmp.Diff(want, b.common()); diff != "" {
			t.Errorf("%d withheld (-want +got):\n%s", withheld, diff)
		}
	}
}

// What was shown stays until three others have changed, whoever looks: so until four have.
func TestCommonIsFrozen(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16, 22)
	b.close()
	before := b.common()
	b.stayed(4, 9) // seen in the draft, it stays
	b.publish()
	for k := 5; k <= 6; k++ {
		b.stayed(k, 40)
		if diff := cmp.Diff(before, b.common()); diff != "" {
			t.Fatalf("%d have changed (-before +after):\n%s", k-3, diff)
		}
	}
	b.stayed(6, 16) // back, and so not changed
	b.stayed(7, 23)
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 9), Reason: "late ones"})
	if _, err := view.Of(b.n, lastQuarter, "stay", view.Viewer{Organisation: "o1", Draft: true}); err == nil {
		t.Error("something is shown of a round that is open again")
	}
	b.close()
	if diff := cmp.Diff(before, b.common()); diff != "" {
		t.Fatalf("three have changed (-before +after):\n%s", diff)
	}
	b.publish()
	b.stayed(1, 3)
	want := benchmark.Common{Organisations: 7, Middle: 9.7} // of 3 2 4 9 40 16 23: 4 9 16
	if diff := cmp.Diff(want, b.common()); diff != "" {
		t.Fatalf("four have changed (-want +got):\n%s", diff)
	}
	own, _ := view.Of(b.n, lastQuarter, "stay", view.Viewer{Organisation: "o5"})
	if m := own.Marks; len(m) != 1 || m[0].Value != 40 || !m[0].Corrected {
		t.Errorf("one's own moves at once: %+v", m)
	}
}

// A late one isn't told by the difference that it makes.
func TestCommonOfALateOne(t *testing.T) {
	b := founded(t, 8, stays())
	b.do("p1", seeing(benchmark.Own))
	b.open("2026-Q4")
	for k := 1; k <= 6; k++ {
		b.stayed(k, float64(k*k))
	}
	b.close()
	b.publish()
	before := b.common()
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 9), Reason: "late ones"})
	b.stayed(7, 90)
	b.stayed(8, 91)
	b.close()
	b.publish()
	if diff := cmp.Diff(before, b.common()); diff != "" || before.Organisations != 6 {
		t.Errorf("two came late (-before +after):\n%s", diff)
	}
	few := privately(t, 1, 2, 3, 4, 5, 6, 7)
	few.do("p6", benchmark.Withdraw{})
	few.do("p7", benchmark.Withdraw{})
	few.close()
	few.publish()
	few.do("p1", benchmark.ReopenRound{Closes: few.now.AddDate(0, 0, 9), Reason: "late ones"})
	few.stayed(6, 9)
	few.close()
	if got := few.common(); got.Organisations != 6 {
		t.Errorf("nothing was shown before, and with the sixth: %+v", got)
	}
}

// A journal of an earlier version says nothing of what was common: what it had shown by
// then followed every correction, and isn't made again.
func TestCommonOfEarlierVersions(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16, 22)
	b.close()
	b.publish()
	log := slices.DeleteFunc(slices.Clone(b.log), func(e benchmark.Event) bool { return e.Kind() == "common.shown" })
	for k := range log {
		log[k].Seq = uint64(k) + 1
	}
	n, err := benchmark.Fold(log)
	if err != nil {
		t.Fatal(err)
	}
	b.n, b.log = n, log
	if got := b.common(); got != (benchmark.Common{}) {
		t.Errorf("of an earlier version: %+v", got)
	}
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 9), Reason: "late ones"})
	for k := 1; k <= 5; k++ {
		b.stayed(k, float64(30+k))
	}
	b.close()
	b.publish()
	if got := b.common(); got != (benchmark.Common{}) {
		t.Errorf("opened again and published: %+v", got)
	}
}

// Past figures that were collected elsewhere are frozen when they are recorded.
func TestCommonOfRecordedFigures(t *testing.T) {
	b := founded(t, 8, stays())
	b.do("p1", seeing(benchmark.Own))
	record := func(from, to int, x float64) {
		var h benchmark.RecordHistory
		for k := from; k <= to; k++ {
			o := b.n.Organisations[k-1].ID
			h.Figures = append(h.Figures, benchmark.Recorded{Organisation: o, Indicator: "stay", Period: "2025", Figure: benchmark.Figure{Value: x * float64(k)}})
		}
		b.do("p1", h)
	}
	record(1, 6, 1)
	common := func() benchmark.Common { r, _ := b.n.Round("2025"); return r.Common("stay") }
	want := benchmark.Common{Organisations: 6, Middle: 3.5}
	if diff := cmp.Diff(want, common()); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
	record(7, 8, 10)
	if diff := cmp.Diff(want, common()); diff != "" {
		t.Errorf("two more (-before +after):\n%s", diff)
	}
}

// Who lies far below by itself can't tell the next, where the others can't be more.
func TestCommonOfNearlyAll(t *testing.T) {
	for name, tt := range map[string]struct {
		shares []float64 // of a thousand
		want   float64
	}{
		"the next alone isn't all":             {[]float64{500, 960, 1000, 1000, 1000, 1000}, 0},
		"the next could be lower":              {[]float64{500, 900, 920, 940, 960, 980}, 93},
		"the highest alone isn't none":         {[]float64{0, 0, 0, 0, 40, 500}, 0},
		"the highest could be above who looks": {[]float64{0, 0, 10, 10, 400, 410}, 10.5},
		"the highest could be higher":          {[]float64{20, 40, 60, 80, 100, 500}, 7},
	} {
		b := founded(t, 6, falls())
		b.do("p1", setting(func(s *benchmark.Settings) { s.Visibility, s.SmallNumber = benchmark.Own, 0 }))
		b.open("2026-Q4")
		for k, x := range tt.shares {
			b.submit(k+1, x, 1000)
		}
		b.close()
		r, _ := b.n.Round(lastQuarter)
		if got := r.Common("falls"); got.Middle != tt.want || (got.Organisations == 6) != (tt.want > 0) {
			t.Errorf("%s: %+v, want a middle of %v", name, got, tt.want)
		}
	}
}
