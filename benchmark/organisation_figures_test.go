package benchmark_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
)

var guessing = benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Above}}

// Who leads can't bring the people of one organisation what another has guessed, before it is
// shown; that others have guessed hinders nothing.
func TestGuessesAreNotBrought(t *testing.T) {
	for by, want := range map[benchmark.ParticipantID]string{"p2": "merge-unshown", "p4": ""} {
		b := founded(t, 4, falls())
		b.open("2026-Q4")
		b.do(by, guessing)
		b.do("p2", benchmark.Leave{}) // so that nobody of it waits
		if _, err := b.try("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true}); reason(err) != want {
			t.Errorf("%s has guessed: %v, want %q", by, err, want)
		}
	}
}

// What is taken over counts for the one that stays, which then hasn't skipped the round.
func TestTakenOverIsCounted(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("p3", benchmark.Skip{})
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	if r := b.n.Current(); r.Answered("o3") != 1 || r.Answered("o2") != 0 || r.Skipped["o3"] {
		t.Errorf("Org 3 has answered %d, Org 2 %d, skipped: %v", r.Answered("o3"), r.Answered("o2"), r.Skipped)
	}
}

// Who came to an organisation unseen sees of a round what it has done there since, and what has
// come to it since; nothing, where any of that is of before.
func TestWhatIsTakenOverIsOfItsTime(t *testing.T) {
	for name, tt := range map[string]struct {
		before, after func(b *table)
		sees          bool
	}{
		"answered since":                      {nil, func(b *table) { b.submit(2, 20, 400) }, true},
		"answered before":                     {func(b *table) { b.submit(2, 20, 400) }, nil, false},
		"answered before, beside one's guess": {func(b *table) { b.submit(2, 20, 400) }, func(b *table) { b.do("p5", guessing) }, false},
		"answered since, beside one's guess":  {nil, func(b *table) { b.do("p5", guessing); b.submit(2, 20, 400) }, true},
	} {
		b := founded(t, 4, falls())
		b.do("p3", benchmark.Commit{Text: "We try.", Until: later})
		b.open("2026-Q4")
		if tt.before != nil {
			tt.before(b)
		}
		b.do("p3", benchmark.Leave{})
		b.joins("u9", "Org 3")
		b.do("p1", benchmark.Vouch{Newcomer: "p5", Yes: true})
		if p, _ := b.n.Participant("p5"); !p.AdmittedUnseen() {
			t.Fatalf("%s: %+v", name, p)
		}
		if tt.after != nil {
			tt.after(b)
		}
		b.do("p1", benchmark.AppointFacilitator("p2"))
		b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
		if got := b.seesOwn("p5"); got != tt.sees {
			t.Errorf("%s: sees %v", name, got)
		}
	}
}

// results are the posts of a round's results that are to be written anew.
func (b *table) results(r benchmark.RoundID) (keys []string) {
	for _, d := range b.owed(benchmark.SummaryDuty, benchmark.ComparisonDuty) {
		if d.Round == r {
			keys = append(keys, string(d.Kind))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Where figures go that were shown, what was posted of them is written anew, however long ago
// that was; where nothing was shown of the one that goes it stands as it is.
func TestResultsAreWrittenAnewWithoutFigures(t *testing.T) {
	remove := benchmark.RemoveOrganisation("o3", false)
	for name, tt := range map[string]struct {
		before func(b *table)
		anew   bool
	}{
		"shown":     {func(b *table) { b.submit(3, 40, 400) }, true},
		"withdrawn": {func(b *table) { b.submit(3, 40, 400); b.do("p3", benchmark.Withdraw{}) }, false},
		"silent":    {func(*table) {}, false},
	} {
		b := founded(t, 4, falls())
		b.open("2025-Q1")
		b.submit(2, 20, 400)
		b.submit(4, 30, 400)
		tt.before(b)
		b.close()
		b.publish()
		b.discharge()
		for k := range 5 {
			b.now = b.now.Add(time.Hour)
			b.open(fmt.Sprintf("%d-Q%d", 2025+(k+1)/4, 1+(k+1)%4))
			b.submit(2, 20, 400)
			b.close()
			b.publish()
			b.discharge()
		}
		if owed := b.results("2025-Q1"); len(owed) > 0 {
			t.Fatalf("%s: %v", name, owed)
		}
		b.do("p1", remove)
		if owed := b.results("2025-Q1"); len(owed) > 0 != tt.anew {
			t.Errorf("%s: written anew are %v", name, owed)
		}
	}
}

// lastRoundOf: everybody has answered a round that was shown, for the organisation of their number.
func lastRoundOf(b *table, many int) {
	b.open("2026-Q3")
	for k := 1; k <= many; k++ {
		if err := b.tryFor(participant(k), benchmark.OrganisationID(fmt.Sprint("o", k)), fallsOf(float64(20*k), 400)); err != nil {
			b.t.Fatal(err)
		}
	}
	b.close()
	b.publish()
}

// Who is in both organisations that become one sees, where they are then, what the other had
// kept to itself; whom they have let in elsewhere doesn't.
func TestWhoIsInBothKnowsWhatCame(t *testing.T) {
	b := founded(t, 3, falls())
	inTwo(b)
	lastRoundOf(b, 3)
	b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	p, _ := b.n.Participant("p2")
	r, _ := b.n.Round("2026-Q3")
	other, _ := b.n.Participant("p3")
	if !b.n.OwnRounds(p)(r, "o2") || !b.n.OwnRounds(p)(r, "o3") || b.n.OwnRounds(other)(r, "o2") {
		t.Errorf("%+v, %+v", p, other)
	}
}

// What somebody knows of one of their organisations they don't pass on in another one, wherever
// that goes.
func TestKnowingStaysWhereItIs(t *testing.T) {
	for _, figures := range []bool{true, false} {
		b := founded(t, 4, falls())
		b.do("", joining("u2", "Org 4"))
		b.do("p4", benchmark.Vouch{Newcomer: "p2", Organisation: "o4", Yes: true})
		lastRoundOf(b, 4)
		b.do("p1", benchmark.AppointFacilitator("p4"))
		b.do("p1", benchmark.AppointFacilitator("p3"))
		b.do("p4", benchmark.MergeOrganisations{From: "o4", Into: "o3", Figures: true})
		b.do("p3", benchmark.Vouch{Newcomer: "p4", Yes: true})
		b.do("p2", benchmark.Vouch{Newcomer: b.joins("u9", "Org 2").ID, Yes: true})
		b.do("p3", benchmark.MergeOrganisations{From: "o3", Into: "o2", Figures: figures})
		b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
		r, _ := b.n.Round("2026-Q3")
		for id, want := range map[benchmark.ParticipantID]bool{"p4": figures, "p5": false} {
			p, _ := b.n.Participant(id)
			if got := b.n.OwnRounds(p)(r, "o4"); got != want {
				t.Errorf("with figures %v: %s sees what Org 4 kept: %v", figures, id, got)
			}
		}
	}
}

// Those of an organisation hear of it when another one comes to them whose people wait for
// nobody.
func TestWhoIsThereHearsOfAMerger(t *testing.T) {
	b, _, outsider := taken(t, nil)
	told := slices.ContainsFunc(b.owed(benchmark.NoticeDuty), func(d benchmark.Duty) bool {
		notice, _ := b.n.NoticeOf(d)
		return d.Participant == outsider && notice.About == benchmark.BecameNotice
	})
	if !told {
		t.Errorf("told is %s", b.toldOf())
	}
}
