package benchmark_test

import (
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// visible is a network of three with that visibility.
func visible(t *testing.T, visibility benchmark.Visibility) *table {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.ChangeSettings(func(_ *string, s *benchmark.Settings) { s.Visibility = visibility }))
	return b
}

// Who may not see what an organisation answered doesn't find it out by answering anew, not
// in a round that is open again either.
func TestAnsweringAnewReadsNothing(t *testing.T) {
	for _, visibility := range []benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own} {
		b := visible(t, visibility)
		isReopened(b)
		b.do("p2", benchmark.Leave{})
		b.do("", joins("u1", "Org 2"))
		if _, err := b.try("p1", submitting(value(figure, ""))); reason(err) != "round-before-you" {
			t.Errorf("%s: %v", visibility, err)
		}
	}
}

// Where an organisation had answered nothing, they answer and see that; not where its letter
// is that of what it had answered before.
func TestComingFirst(t *testing.T) {
	for visibility, want := range map[benchmark.Visibility]string{benchmark.Named: "", benchmark.Coded: "round-before-you", benchmark.Own: ""} {
		b := visible(t, visibility)
		isReopened(b)
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		b.open("2027-Q1")
		b.do("p2", benchmark.Leave{})
		b.do("", joins("u1", "Org 2"))
		if _, err := b.try("p1", submitting(value(figure, ""))); reason(err) != want {
			t.Errorf("%s: %v", visibility, err)
		}
		if b.seesOwn("p1") != (want == "") {
			t.Errorf("%s: sees what it answers itself: %v", visibility, b.seesOwn("p1"))
		}
		p, _ := b.n.Participant("p1")
		if why := b.n.NoNudge(b.n.Current(), p); (why == benchmark.NotTheirs) != (want != "") {
			t.Errorf("%s: not reminded: %q", visibility, why)
		}
	}
}

// What was shown and is answered otherwise while the round is open again is a correction.
func TestAnsweredOtherwiseThanShown(t *testing.T) {
	b := founded(t, 3, falls())
	isReopened(b)
	b.submit(1, 21, 400)
	b.submit(2, 31, 400)
	b.submit(2, 30, 400) // as it was shown after all
	b.submit(3, 25, 400) // new
	b.now = b.now.Add(time.Hour)
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	v, err := view.Of(b.n, lastQuarter, "falls", view.Viewer{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range v.Marks {
		if m.Corrected != (m.Organisation == "o1") {
			t.Errorf("%s: corrected is %v", m.Organisation, m.Corrected)
		}
	}
}
