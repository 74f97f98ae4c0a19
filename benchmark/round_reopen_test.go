package benchmark_test

import (
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
)

// isReopened: Org 1 and 2 answered 20/400 and 30/400, that was shown, and the round is
// open again.
func isReopened(b *table) {
	b.open("2026-Q4")
	b.submit(1, 20, 400)
	b.submit(2, 30, 400)
	b.now = b.now.Add(time.Hour)
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.discharge()
	b.now = b.now.Add(time.Hour)
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "two wards were away"})
}

var _ = with(subject{
	refusals: []refusalCase{
		{"draft-old", func(b *table) { isReopened(b); b.do("p1", benchmark.CloseRound{}) }, "p1", benchmark.PublishRound{Round: "2026-Q4", Closing: 1}},
		{"draft-old", func(b *table) { isReopened(b); b.do("p1", benchmark.CloseRound{}) }, "p1", benchmark.PublishRound{Closing: 3}},
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"publish a draft": func() benchmark.Intent { return benchmark.PublishRound{Round: w.aRound(), Closing: pick(w.t, 1, 2)} },
		}
	},
})

// The draft that is looked at is the one that is shown.
func TestNewDraftIsPublished(t *testing.T) {
	b := founded(t, 3, falls())
	isReopened(b)
	b.do("p1", benchmark.CloseRound{})
	if events := b.do("p1", benchmark.PublishRound{Round: "2026-Q4", Closing: 2}); len(events) != 1 {
		t.Errorf("%d events", len(events))
	}
}

// While a round is open again what was shown stands as it was, marked once: nothing that
// comes in meanwhile is in it.
func TestReopenedResultsStandAsShown(t *testing.T) {
	b := founded(t, 3, falls())
	isReopened(b)
	kinds := func() (all []benchmark.DutyKind) {
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Kind == benchmark.SummaryDuty || d.Kind == benchmark.ComparisonDuty {
				if d.Edit == (benchmark.Post{}) {
					t.Errorf("%s posts something new", d.Key)
				}
				all = append(all, d.Kind)
			}
		}
		return all
	}
	if got := kinds(); !slices.Equal(got, []benchmark.DutyKind{benchmark.SummaryDuty, benchmark.ComparisonDuty}) {
		t.Errorf("to be marked: %v", got)
	}
	b.submit(1, 21, 400)
	b.submit(3, 40, 400)
	b.do("p2", benchmark.Withdraw{})
	b.discharge()
	b.submit(1, 22, 400)
	if got := kinds(); len(got) > 0 {
		t.Errorf("to be changed: %v", got)
	}
	then := b.n.Current().AsShown(b.n)
	r, _ := then.Round("2026-Q4")
	if r.Phase != benchmark.Published || then.Current() != r {
		t.Errorf("%s", r.Phase)
	}
	for o, want := range map[benchmark.OrganisationID]float64{"o1": 20, "o2": 30, "o3": 0} {
		if v, _ := r.Submission(o, "falls"); v.Figure.Numerator != want {
			t.Errorf("%s is shown as %g, and was %g", o, v.Figure.Numerator, want)
		}
	}
	if p := then.Progress(r); p.Complete != 2 {
		t.Errorf("%+v", p)
	}
	if now, _ := b.n.Round("2026-Q4"); now.Phase != benchmark.Open {
		t.Errorf("the round itself is %s", now.Phase)
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	if b.n.Current().AsShown(b.n) != b.n {
		t.Error("what is shown anew is not what is shown")
	}
	if got := kinds(); len(got) != 2 {
		t.Errorf("to be brought up to date: %v", got)
	}
}

// After a round was open again, own views go to those of whose own something has changed:
// what others changed is told where all see it.
func TestOwnViewsGoOutWhereSomethingChanged(t *testing.T) {
	for name, test := range map[string]struct {
		visibility benchmark.Visibility
		change     func(b *table)
		want       []benchmark.ParticipantID
	}{
		"nothing":                    {change: func(*table) {}},
		"there and back":             {change: func(b *table) { b.submit(1, 21, 400); b.submit(1, 20, 400) }},
		"one's own, and not others'": {change: func(b *table) { b.submit(1, 21, 400) }, want: []benchmark.ParticipantID{"p1"}},
		"somebody new":               {change: func(b *table) { b.submit(3, 40, 400) }, want: []benchmark.ParticipantID{"p3"}},
		"one's own, where it's own":  {visibility: benchmark.Own, change: func(b *table) { b.submit(1, 21, 400) }, want: []benchmark.ParticipantID{"p1"}},
		"taken back":                 {change: func(b *table) { b.do("p1", benchmark.Withdraw{}) }},
	} {
		t.Run(name, func(t *testing.T) {
			b := founded(t, 3, falls())
			b.n.Settings.Visibility = benchmark.Named
			if test.visibility != "" {
				b.n.Settings.Visibility = test.visibility
			}
			isReopened(b)
			b.now = b.now.Add(time.Hour)
			test.change(b)
			b.do("p1", benchmark.CloseRound{})
			b.do("p1", benchmark.PublishRound{})
			var got []benchmark.ParticipantID
			for _, d := range b.owed(benchmark.PrivateDuty) {
				got = append(got, d.Participant)
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("sent to %v, want %v", got, test.want)
			}
		})
	}
}

// A reopening is told at every seat below the opening post, a new definition at every
// seat too, and the first one of a network nowhere.
func TestReopeningAndDefinitionAreTold(t *testing.T) {
	b := founded(t, 3, falls())
	about := func() (all []string) {
		for _, d := range b.owed(benchmark.NoticeDuty) {
			n, _ := b.n.NoticeOf(d)
			all = append(all, n.About)
			if n.About == benchmark.ReopenedNotice && d.Thread != b.n.Topic(benchmark.RoundTopic("2026-Q4")).Roots[d.Seat] {
				t.Errorf("told below %+v", d.Thread)
			}
		}
		return all
	}
	if got := about(); len(got) > 0 {
		t.Errorf("the first definition is told: %v", got)
	}
	isReopened(b)
	b.do("p1", adopting(func(i *benchmark.Indicator) { i.Measures = "otherwise" }))
	if got := about(); !slices.Equal(got, []string{benchmark.ReopenedNotice, benchmark.DefinitionNotice}) {
		t.Errorf("told: %v", got)
	}
}

// Who changes an answer of a round that is open again and puts back what was shown, word for
// word, has corrected nothing.
func TestPuttingBackWithANoteIsNoCorrection(t *testing.T) {
	b := shownWithNote(t)
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "late ones"})
	for _, numerator := range []float64{22, 21} {
		b.do("p2", submit("", noted("falls", numerator, "Bert in bed four")))
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	if r, _ := b.n.Round("2026-Q4"); r.Corrected("o2", "falls") {
		t.Error("it is marked as corrected")
	}
}
