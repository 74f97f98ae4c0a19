package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// One that a facilitator adds counts from the next round on.
func TestAddingAnOrganisation(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("p1", benchmark.AddOrganisation("Harbour", false))
	o, there := b.n.OrganisationNamed("Harbour")
	b.open("2026-Q4")
	if !there || !o.Vouched || !b.n.Current().TakesPart(o.ID) {
		t.Errorf("%+v, there %v", o, there)
	}
}

// The same name again is nothing new.
func TestRenamingToTheSame(t *testing.T) {
	b := founded(t, 2, falls())
	if events := b.do("p1", benchmark.RenameOrganisation("o2", "Org 2")); len(events) > 0 {
		t.Errorf("%+v", events)
	}
}

// A facilitator may bring another organisation to their own where that brings no figures.
func TestMergingIntoOnesOwn(t *testing.T) {
	for what, tt := range map[string]struct{ answered, figures bool }{
		"without its figures":       {true, false},
		"one that answered nothing": {false, true},
	} {
		b := founded(t, 3, falls())
		b.open("2026-Q4")
		if tt.answered {
			b.submit(2, 20, 400)
		}
		if _, err := b.try("p1", benchmark.MergeOrganisations{From: "o2", Into: "o1", Figures: tt.figures}); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if _, answered := b.n.Current().Submission("o1", "falls"); answered {
			t.Errorf("%s: its figure is there", what)
		}
	}
}

// In a round that wasn't shown yet the one that stays takes over what it has not said
// itself: guesses, and that the other one skipped.
func TestMergingTakesOverGuessesAndSkips(t *testing.T) {
	for what, tt := range map[string]struct {
		theirs, ours, want benchmark.Position
		answered, skipped  bool
	}{
		"a guess":                {benchmark.Above, "", benchmark.Above, false, true},
		"a guess beside its own": {benchmark.Above, benchmark.Below, benchmark.Below, true, false},
	} {
		b := founded(t, 3, falls())
		b.open("2026-Q4")
		guess := func(p benchmark.ParticipantID, x benchmark.Position) {
			if x != "" {
				b.do(p, benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": x}})
			}
		}
		guess("p2", tt.theirs)
		guess("p3", tt.ours)
		b.do("p2", benchmark.Skip{})
		if tt.answered {
			b.submit(3, 20, 400)
		}
		b.do("p1", benchmark.AppointFacilitator("p2"))
		b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
		r := b.n.Current()
		if got := r.Predictions[benchmark.Slot{Organisation: "o3", Indicator: "falls"}]; got != tt.want {
			t.Errorf("%s: it is %q, want %q", what, got, tt.want)
		}
		if len(r.Predictions) != 1 || r.Skipped["o3"] != tt.skipped || r.Skipped["o2"] {
			t.Errorf("%s: guesses %v, skipped %v", what, r.Predictions, r.Skipped)
		}
	}
}

// What an organisation will try goes with its figures.
func TestMergingTakesCommitmentsAlong(t *testing.T) {
	for figures, want := range map[bool]benchmark.OrganisationID{true: "o3", false: "o2"} {
		b := founded(t, 3, falls())
		b.do("p2", benchmark.Commit{Text: "We try.", Until: later})
		b.do("p1", benchmark.Commit{Text: "So do we.", Until: later})
		b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: figures})
		if c := b.n.Commitments; c[0].Organisation != want || c[1].Organisation != "o1" {
			t.Errorf("figures %v: %+v", figures, c)
		}
	}
}

// An organisation that comes with nothing, or without its figures, leaves the one that it
// becomes as open to newcomers as it was.
func TestMergingNothingGuardsNothing(t *testing.T) {
	for what, tt := range map[string]struct{ answered, figures bool }{
		"nothing":             {false, true},
		"without its figures": {true, false},
	} {
		b := founded(t, 3, falls())
		b.open("2026-Q4")
		if tt.answered {
			b.submit(2, 20, 400)
		}
		b.do("p3", benchmark.Leave{})
		b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: tt.figures})
		b.do("p2", benchmark.Leave{})
		if p := b.joins("u9", "Org 3"); !p.Confirmed || p.AdmittedUnseen() {
			t.Errorf("%s: a newcomer isn't let in: %+v", what, p)
		}
	}
}

// A journal that merges an organisation with none, with one that is gone or with itself is
// damaged.
func TestMergersThatCannotBe(t *testing.T) {
	for _, into := range []benchmark.OrganisationID{"o9", "o3", "o2"} {
		b := founded(t, 3, falls())
		b.do("p1", benchmark.RemoveOrganisation("o3", true))
		e := benchmark.Event{Seq: b.n.Seq + 1, At: b.now, Body: benchmark.OrganisationMerged{Organisation: "o2", Into: into}}
		if err := b.n.Apply(e); err == nil {
			t.Errorf("o2 becomes of %s", into)
		}
	}
}

// Whose workspace was bound to the one that goes comes to the one that stays where its
// people do unasked; elsewhere nobody is let in by it any more.
func TestMergingTakesWorkspacesAlong(t *testing.T) {
	for _, admits := range []bool{true, false} {
		b := founded(t, 3, falls())
		other := benchmark.Workspace{Connection: "play", ID: "w3"}
		for user, w := range map[string]benchmark.Workspace{"u8": abroad, "u9": other} {
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: user, Name: user, Workspace: w.ID}, Organisation: "Org 1"})
		}
		b.do("p1", benchmark.BindWorkspace{Workspace: abroad, Organisation: "o2"})
		b.do("p1", benchmark.BindWorkspace{Workspace: other, Organisation: "o1"})
		if admits {
			b.do("p3", benchmark.Leave{})
		}
		b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3"})
		o, bound := b.n.BoundTo(abroad)
		if bound != admits || admits && o.ID != "o3" {
			t.Errorf("its people are let in %v: the workspace is bound to %+v, %v", admits, o, bound)
		}
		if o, _ := b.n.BoundTo(other); o.ID != "o1" {
			t.Errorf("another workspace is bound to %+v", o)
		}
	}
}

// The one that takes over an answer belongs to the round where the other did, and has the
// note too.
func TestMergingTakesThePlaceInTheRound(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.do("p1", benchmark.AddOrganisation("Harbour", false))
	harbour, _ := b.n.OrganisationNamed("Harbour")
	b.do("p2", submitting(value(figure, "a new ward")))
	b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: harbour.ID, Figures: true})
	v, answered := b.n.Current().Submission(harbour.ID, "falls")
	if o, belongs := b.n.RoundOrganisation(b.n.Current(), harbour.ID); !belongs || o.Code != harbour.Code {
		t.Errorf("it is %+v in the round, belongs %v", o, belongs)
	}
	if !answered || b.n.Text(v.Note) != "a new ward" {
		t.Errorf("its answer is %+v, its note %q", v, b.n.Text(v.Note))
	}
}

// Of an organisation that is removed without its figures nothing is left in a round, and
// the opening post counts without it.
func TestRemovingTakesAllOut(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.do("p2", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Above}})
	b.submit(2, 20, 400)
	b.do("p3", benchmark.Skip{})
	for _, o := range []benchmark.OrganisationID{"o2", "o3"} {
		b.discharge()
		b.do("p1", benchmark.RemoveOrganisation(o, false))
		if owed := b.owed(benchmark.OpeningDuty); len(owed) != 1 {
			t.Errorf("%s is gone, and the opening post stands as it was: %v", o, owed)
		}
	}
	if r := b.n.Current(); len(r.Predictions) > 0 || len(r.Submissions) > 0 || len(r.Skipped) > 0 {
		t.Errorf("left are guesses %v, answers %v, skipped %v", r.Predictions, r.Submissions, r.Skipped)
	}
}

// Who is in both organisations that become one is told once.
func TestMergingTellsOnce(t *testing.T) {
	b := founded(t, 3, falls())
	inTwo(b)
	b.discharge()
	b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	told := map[benchmark.ParticipantID]int{}
	for _, d := range b.owed(benchmark.NoticeDuty) {
		if d.Participant != "" {
			told[d.Participant]++
		}
	}
	if told["p2"] != 1 || told["p3"] != 1 {
		t.Errorf("told: %v", told)
	}
}
