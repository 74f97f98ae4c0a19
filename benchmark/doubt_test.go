package benchmark_test

import (
	"strings"
	"testing"

	"roundtable/benchmark"
)

var doubtful = benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Proportion, Plausible: &benchmark.Range{Low: 0, High: 30}}

// saving is an answer whose doubt is saved with it.
func saving(item benchmark.Item) benchmark.Submit {
	s := submitting(item)
	s.SaveDoubts = true
	return s
}

// A figure in doubt is saved with its doubt, and settled by a reason, by another figure or
// by what stood before.
func TestDoubtIsSavedAndSettled(t *testing.T) {
	far := func(note string) benchmark.Item {
		return value(benchmark.Figure{Numerator: 70, Denominator: 100}, note)
	}
	right := far("")
	right.Confirmed = true
	because := far("a new way to count")
	because.Confirmed = true
	kept := benchmark.Item{Indicator: "falls", KeepFigure: true, Note: "a new way to count"}
	for name, test := range map[string]struct {
		first, then benchmark.Item
		confirmed   bool
		inDoubt     bool
	}{
		"the same with a reason":           {far(""), because, true, false},
		"a note beside what stands":        {far(""), kept, true, false},
		"the same, typed with a note":      {far(""), far("a new way to count"), true, false},
		"its note was the reason":          {far("a new way to count"), because, true, false},
		"right, without a word":            {far(""), right, false, true},
		"the same again":                   {far("winter"), far("winter"), false, true},
		"another figure":                   {far(""), value(benchmark.Figure{Numerator: 7, Denominator: 100}, ""), false, false},
		"another that is in doubt as well": {far(""), value(benchmark.Figure{Numerator: 80, Denominator: 100}, ""), false, true},
	} {
		b := founded(t, 1, doubtful)
		b.open("2026-Q4")
		b.do("p1", saving(test.first))
		r := b.n.Current()
		if v, _ := r.Submission("o1", "falls"); !v.InDoubt() || v.Confirmed || benchmark.Doubts(b.n, r) != 1 {
			t.Fatalf("%s: %+v, want a doubt", name, v)
		}
		b.do("p1", saving(test.then))
		v, _ := b.n.Current().Submission("o1", "falls")
		if v.Confirmed != test.confirmed || v.InDoubt() != test.inDoubt {
			t.Errorf("%s: confirmed %v, in doubt %v", name, v.Confirmed, v.InDoubt())
		}
	}
}

// Who leads is told how many figures are in doubt, but not of those that nobody else will
// see: a hidden number would be known to be an unlikely one.
func TestDoubtsOfHiddenFiguresAreNotCounted(t *testing.T) {
	for name, test := range map[string]struct {
		visibility benchmark.Visibility
		figure     benchmark.Figure
		want       int
	}{
		"shown":             {benchmark.Named, benchmark.Figure{Numerator: 70, Denominator: 100}, 1},
		"few":               {benchmark.Named, benchmark.Figure{Numerator: 5, Denominator: 9}, 0},
		"only one's own":    {benchmark.Own, benchmark.Figure{Numerator: 70, Denominator: 100}, 0},
		"few under letters": {benchmark.Coded, benchmark.Figure{Numerator: 93, Denominator: 96}, 0},
	} {
		b := founded(t, 3, doubtful)
		b.do("p1", seeing(test.visibility))
		b.open("2026-Q4")
		b.do("p1", saving(value(test.figure, "")))
		r := b.n.Current()
		if v, _ := r.Submission("o1", "falls"); !v.InDoubt() || benchmark.Doubts(b.n, r) != test.want {
			t.Errorf("%s: %d in doubt, want %d (%+v)", name, benchmark.Doubts(b.n, r), test.want, v)
		}
	}
}

// Undo gives a doubt back with its figure.
func TestUndoGivesTheDoubtBack(t *testing.T) {
	b := founded(t, 1, doubtful)
	b.open("2026-Q4")
	b.do("p1", saving(value(benchmark.Figure{Numerator: 70, Denominator: 100}, "")))
	b.do("p1", saving(value(benchmark.Figure{Numerator: 7, Denominator: 100}, "")))
	b.do("p1", benchmark.Undo("2026-Q4", map[benchmark.IndicatorID]int{"falls": 2}, nil))
	if v, _ := b.n.Current().Submission("o1", "falls"); !v.InDoubt() {
		t.Errorf("%+v", v)
	}
}

// After closing a correction asks, whoever would save doubts: others may see it at once.
func TestDoubtOfACorrectionIsAsked(t *testing.T) {
	b := founded(t, 1, doubtful)
	b.open("2026-Q4")
	b.do("p1", saving(value(benchmark.Figure{Numerator: 7, Denominator: 100}, "")))
	b.do("p1", benchmark.CloseRound{})
	correction := saving(value(benchmark.Figure{Numerator: 70, Denominator: 100}, ""))
	correction.Reason = "a mistake"
	if _, err := b.try("p1", correction); reason(err) != "outside-plausible" {
		t.Errorf("%v, want outside-plausible", err)
	}
}

// What was said to be right in the last round is not asked again, unless it lies much
// farther out, or on the other side.
func TestTheSameDoubtIsNotAskedAgain(t *testing.T) {
	for numerator, want := range map[float64]string{70: "", 76: "", 98: "", 31: "", 2: "outside-plausible"} {
		i := doubtful
		i.Plausible = &benchmark.Range{Low: 5, High: 30}
		b := founded(t, 1, i)
		b.open("2026-Q3")
		first := value(benchmark.Figure{Numerator: 70, Denominator: 100}, "we count all of them")
		first.Confirmed = true
		b.do("p1", saving(first))
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		b.open("2026-Q4")
		if _, err := b.try("p1", submitting(value(benchmark.Figure{Numerator: numerator, Denominator: 100}, ""))); reason(err) != want {
			t.Errorf("%g: %v, want %q", numerator, err, want)
		}
	}
}

// The journal says that there was a doubt, and of which kind.
func TestDoubtStandsInTheJournal(t *testing.T) {
	b := founded(t, 1, doubtful)
	b.open("2026-Q4")
	b.do("p1", saving(value(benchmark.Figure{Numerator: 70, Denominator: 100}, "")))
	records := b.records()
	last := string(records[len(records)-1].Data)
	if want := `"doubt":"outside-plausible"`; !strings.Contains(last, want) {
		t.Errorf("%s, want %s", last, want)
	}
}
