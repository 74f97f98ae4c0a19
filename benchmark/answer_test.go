package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// colleagues: p1 and p4 both speak for Org 1, and p1 has answered 20/400.
func colleagues(b *table) {
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u8", Name: "Colleague"}, Organisation: "Org 1"})
	b.do("p1", benchmark.Vouch{Newcomer: "p4", Yes: true})
	b.open("2026-Q4")
	b.submit(1, 20, 400)
}

// overwritten: p1 looked at 20/400, and p4 has saved 22/400 with a note since.
func overwritten(b *table) {
	colleagues(b)
	b.do("p4", submitting(value(benchmark.Figure{Numerator: 22, Denominator: 400}, "found late")))
}

func guessedBelow(b *table) {
	colleagues(b)
	b.do("p4", guess(benchmark.Below))
}

func guess(p benchmark.Position) benchmark.Predict {
	return benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": p}}
}

// looked is an item of somebody who saw so many versions of the answer.
func looked(versions int, item benchmark.Item) benchmark.Item {
	item.Seen = &versions
	return item
}

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.Undo("2026-Q4", nil, nil)}},
	refusals: []refusalCase{
		{"answer-moved", overwritten, "p1", submitting(looked(1, value(benchmark.Figure{Numerator: 21, Denominator: 400}, "")))},
		{"answer-moved", overwritten, "p1", submitting(looked(0, value(benchmark.Figure{Numerator: 21, Denominator: 400}, "")))},
		{"answer-moved", overwritten, "p1", submitting(looked(1, benchmark.Item{Indicator: "falls", KeepFigure: true, Note: "mine"}))},
		{"answer-moved", func(b *table) { colleagues(b); b.do("p4", benchmark.Withdraw{}) }, "p1", submitting(looked(1, value(benchmark.Figure{Numerator: 21, Denominator: 400}, "")))},
		{"undo-too-late", overwritten, "p1", benchmark.Undo("2026-Q4", map[benchmark.IndicatorID]int{"falls": 1}, nil)},
		{"undo-too-late", overwritten, "p1", benchmark.Undo("2026-Q3", map[benchmark.IndicatorID]int{"falls": 2}, nil)},
		{"undo-too-late", overwritten, "p1", benchmark.Undo("2026-Q4", nil, nil)},
		{"undo-too-late", func(b *table) { overwritten(b); b.do("p4", benchmark.Withdraw{}) }, "p1", benchmark.Undo("2026-Q4", map[benchmark.IndicatorID]int{"falls": 2}, nil)},
		{"note-is-answer", isOpen, "p1", submitting(value(figure, "new ward, falls 3/400"))},
		{"note-is-answer", isOpen, "p1", submitting(benchmark.Item{Indicator: "falls", Answer: benchmark.Value, Figure: figure, Note: "3 of 400 falls", NoteAsked: true})},
		{"note-is-answer", isOpen, "p1", submitting(value(figure, "new ward, falls 3 %"))},
		{"note-names-indicator", isOpen, "p1", submitting(value(figure, "3 falls at night"))},
		{"note-has-figure", isOpen, "p1", submitting(value(figure, "new ward 4/1412"))},
		{"history-reason", func(b *table) {
			b.do("p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o1", Figure: figure}))
		}, "p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o1", Figure: benchmark.Figure{Numerator: 21, Denominator: 400}})},
		{"guess-no-middle", asking(benchmark.Text), "p1", guess(benchmark.Below)},
		{"guess-no-middle", asking(benchmark.YesNo), "p1", guess(benchmark.Below)},
		{"guess-moved", guessedBelow, "p1", benchmark.Predict{
			Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Above}, Seen: map[benchmark.IndicatorID]benchmark.Position{},
		}},
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"undo": func() benchmark.Intent {
				return benchmark.Undo(w.aRound(), map[benchmark.IndicatorID]int{w.anIndicator(): pick(w.t, 1, 2, 3), w.anIndicator(): pick(w.t, 1, 2)}, map[benchmark.IndicatorID]string{w.anIndicator(): anyWords(w.t)})
			},
			"submit a half": func() benchmark.Intent {
				s := w.submitting().(benchmark.Submit)
				s.SaveDoubts = once(w.t, 2)
				for k := range s.Items {
					s.Items[k].KeepFigure, s.Items[k].KeepNote = once(w.t, 3), once(w.t, 3)
					s.Items[k].Seen = pick(w.t, nil, new(0), new(1), new(2))
				}
				return s
			},
		}
	},
})

// What a writer did not touch stays as a colleague left it, and what both changed to
// the same needs no question.
func TestUntouchedHalfStays(t *testing.T) {
	for name, test := range map[string]struct {
		item benchmark.Item
		want float64
		note string
		new  bool
	}{
		"nothing touched":        {item: looked(1, benchmark.Item{KeepFigure: true, KeepNote: true}), want: 22, note: "found late"},
		"the same figure":        {item: looked(1, benchmark.Item{Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 22, Denominator: 400}, KeepNote: true}), want: 22, note: "found late"},
		"a figure, having seen":  {item: looked(2, benchmark.Item{Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 23, Denominator: 400}, KeepNote: true}), want: 23, note: "found late", new: true},
		"a note, having seen":    {item: looked(2, benchmark.Item{KeepFigure: true, Note: "two wards"}), want: 22, note: "two wards", new: true},
		"no note, having seen":   {item: looked(2, benchmark.Item{KeepFigure: true}), want: 22, new: true},
		"typed over, unseen":     {item: value(benchmark.Figure{Numerator: 23, Denominator: 400}, ""), want: 23, new: true},
		"a figure with its note": {item: looked(2, value(benchmark.Figure{Numerator: 23, Denominator: 400}, "three")), want: 23, note: "three", new: true},
	} {
		t.Run(name, func(t *testing.T) {
			b := founded(t, 3, falls())
			overwritten(b)
			test.item.Indicator = "falls"
			events := b.do("p1", submitting(test.item))
			v, _ := b.n.Current().Submission("o1", "falls")
			if v.Figure.Numerator != test.want || b.n.Text(v.Note) != test.note || (len(events) > 0) != test.new {
				t.Errorf("%g, note %q, %d events; want %g, %q, new %v", v.Figure.Numerator, b.n.Text(v.Note), len(events), test.want, test.note, test.new)
			}
		})
	}
}

// Undoing gives back the figure and the note of whoever was written over.
func TestUndo(t *testing.T) {
	b := founded(t, 3, falls())
	overwritten(b)
	b.submit(1, 25, 400)
	b.discharge() // the note that was written over is erased
	b.do("p1", benchmark.Undo("2026-Q4", map[benchmark.IndicatorID]int{"falls": 3}, map[benchmark.IndicatorID]string{"falls": "found late"}))
	v, _ := b.n.Current().Submission("o1", "falls")
	if v.Figure.Numerator != 22 || b.n.Text(v.Note) != "found late" || v.By != "p4" {
		t.Errorf("%+v, note %q", v, b.n.Text(v.Note))
	}
	b.do("p4", benchmark.Withdraw{})
	b.do("p4", benchmark.Undo("2026-Q4", map[benchmark.IndicatorID]int{"falls": 5}, nil))
	if v, stands := b.n.Current().Submission("o1", "falls"); !stands || v.Figure.Numerator != 22 {
		t.Errorf("after the taking back was undone: %+v, %v", v, stands)
	}
	b = founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(1, 25, 400)
	b.do("p1", benchmark.Undo("2026-Q4", map[benchmark.IndicatorID]int{"falls": 1}, nil))
	if v, stands := b.n.Current().Submission("o1", "falls"); stands || b.n.Current().Answered("o1") != 0 {
		t.Errorf("after the first answer was undone there stands %+v", v)
	}
}

// A note that comes back remains its writer's: it goes with their words, not with those
// of who undid something. Of somebody about whom nothing is kept, none comes back.
func TestNoteComesBackAsItsWriters(t *testing.T) {
	for name, c := range map[string]struct{ first, erased, want string }{
		"who undid it is erased":  {"", "p1", "found late"},
		"who wrote it is erased":  {"", "p4", ""},
		"who wrote it was erased": {"p4", "", ""},
		"nobody has been":         {"", "", "found late"},
	} {
		b := founded(t, 3, falls())
		overwritten(b)
		b.submit(1, 25, 400)
		b.discharge()
		erase := func(who string) {
			if p, known := b.n.Participant(benchmark.ParticipantID(who)); known {
				b.do(p.ID, benchmark.EraseMe(p.Address()))
			}
		}
		erase(c.first)
		b.do("p1", benchmark.Undo("2026-Q4", map[benchmark.IndicatorID]int{"falls": 3}, map[benchmark.IndicatorID]string{"falls": "found late"}))
		erase(c.erased)
		if v, _ := b.n.Current().Submission("o1", "falls"); b.n.Text(v.Note) != c.want {
			t.Errorf("%s: the note is %q, want %q", name, b.n.Text(v.Note), c.want)
		}
	}
}

// One's own earlier answer, and one's own guess, may be written over from an old form.
func TestOwnAnswerMayBeWrittenOver(t *testing.T) {
	b := founded(t, 3, falls())
	overwritten(b)
	b.do("p4", submitting(looked(1, value(benchmark.Figure{Numerator: 21, Denominator: 400}, ""))))
	guessedAgain := benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Above}, Seen: map[benchmark.IndicatorID]benchmark.Position{}}
	b.do("p4", guess(benchmark.Below))
	b.do("p4", guessedAgain)
	if by, at := b.n.Current().Guessed("o1", "falls"); by != "p4" || at.IsZero() || b.n.Current().Predictions[benchmark.Slot{Organisation: "o1", Indicator: "falls"}] != benchmark.Above {
		t.Errorf("guessed by %q at %v", by, at)
	}
}

// A question about a note is asked once; a note that needs none is kept as it is.
func TestNoteIsAskedAboutOnce(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	for _, note := range []string{"open 24/7", "new ward", "falls 2025 were counted by hand"} {
		b.do("p1", submitting(value(figure, note)))
	}
	for _, note := range []string{"new ward 4/1412", "from 1/3", "3 falls at night"} {
		item := value(figure, note)
		item.NoteAsked = true
		b.do("p1", submitting(item))
		v, _ := b.n.Current().Submission("o1", "falls")
		if b.n.Text(v.Note) != note {
			t.Errorf("kept %q of %q", b.n.Text(v.Note), note)
		}
	}
}

// A recorded figure is changed with a reason, which is kept with it.
func TestHistoryReasonIsKept(t *testing.T) {
	b := founded(t, 3, falls())
	row := benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o1", Figure: figure}
	b.do("p1", history(row))
	row.Figure.Numerator = 21
	b.do("p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{row}, Reason: "counted again"})
	r, _ := b.n.Round("2020")
	if v, _ := r.Submission("o1", "falls"); v.Figure.Numerator != 21 || b.n.Text(v.Reason) != "counted again" {
		t.Errorf("%+v, because %q", v, b.n.Text(v.Reason))
	}
	if events := b.do("p1", history(row)); len(events) > 0 {
		t.Errorf("read again: %d events", len(events))
	}
}
