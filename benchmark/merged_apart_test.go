package benchmark_test

import (
	"bytes"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/report"
)

// taken: Org 2 has answered a round that was shown; a facilitator adds an empty name, somebody
// from nowhere joins it, says what may be said first, and Org 2 is merged into it.
func taken(t *testing.T, first func(b *table, outsider benchmark.ParticipantID)) (b *table, omega benchmark.OrganisationID, outsider benchmark.ParticipantID) {
	b = founded(t, 3, falls())
	b.open("2026-Q3")
	b.submit(2, 3, 4000)
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.do("p1", benchmark.AddOrganisation("Omega", false))
	o, _ := b.n.OrganisationNamed("Omega")
	outsider = b.joins("u9", "Omega").ID
	if first != nil {
		first(b, outsider)
	}
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: o.ID, Figures: true})
	return b, o.ID, outsider
}

func (b *table) knows(id benchmark.ParticipantID) string {
	p, _ := b.n.Participant(id)
	i, _ := b.n.Template().Indicator("falls")
	var file bytes.Buffer
	_, _ = report.WriteOwnFigures(&file, b.n, p)
	told := ""
	if len(b.n.History(p.Organisation, i, nil, b.n.OwnRounds(p))) > 0 {
		told = "trend"
	}
	if strings.Contains(file.String(), "4000") {
		told += " file"
	}
	return told
}

// Who sits in an empty name reads nothing of what is merged into it, takes none of it out, and
// locks nobody out; its own people are there at once.
func TestMergingGivesNothingToOthers(t *testing.T) {
	b, omega, outsider := taken(t, nil)
	if told := b.knows(outsider); told != "" {
		t.Errorf("the outsider reads its %s", told)
	}
	if told := b.knows("p2"); told != "trend file" {
		t.Errorf("its own person reads %q", told)
	}
	if p, _ := b.n.Participant("p2"); !p.Active() || p.AdmittedUnseen() || p.Organisation != omega {
		t.Errorf("its own person is %+v", p)
	}
	if _, err := b.try(outsider, benchmark.Vouch{Newcomer: "p2", Organisation: omega}); err == nil {
		t.Error("the outsider locks its own person out")
	}
	if _, err := b.try(outsider, benchmark.TakeOut(omega, false)); reason(err) != "not-yours-to-take-out" {
		t.Errorf("the outsider takes it out: %v", err)
	}
	if got := marks(t, b, "2026-Q3"); len(got) != 1 {
		t.Errorf("the outsider has taken its figures out: %v", got)
	}
}

// Its own people may take its figures out, and let others see them.
func TestMergedFiguresAreTheirOwn(t *testing.T) {
	b, omega, outsider := taken(t, nil)
	b.do("p2", benchmark.Vouch{Newcomer: outsider, Organisation: omega, Yes: true})
	if told := b.knows(outsider); told != "trend file" {
		t.Errorf("whom its own person lets see reads %q", told)
	}
	friend := b.joins("u10", "Omega")
	b.do("p2", benchmark.Vouch{Newcomer: friend.ID, Yes: true})
	if told := b.knows(friend.ID); told != "trend file" {
		t.Errorf("whom its own person confirms reads %q", told)
	}
	b.do("p2", benchmark.TakeOut(omega, false))
	b.do(outsider, benchmark.TakeOut(omega, false))
	if got := marks(t, b, "2026-Q3"); len(got) > 0 {
		t.Errorf("its own person has taken its figures out, and there are %v", got)
	}
}

// What is merged on stays that of its own people.
func TestMergingOnGivesNothingToOthers(t *testing.T) {
	b, omega, outsider := taken(t, nil)
	b.do("p1", benchmark.MergeOrganisations{From: omega, Into: "o3", Figures: true})
	if told := b.knows(outsider) + b.knows("p3"); told != "" {
		t.Errorf("others read its %s", told)
	}
	if told := b.knows("p2"); told != "trend file" {
		t.Errorf("its own person reads %q", told)
	}
}

// Who takes an organisation out that has figures of its own leaves those there that are others'.
func TestTakingOutLeavesWhatIsOthers(t *testing.T) {
	b, omega, outsider := taken(t, func(b *table, outsider benchmark.ParticipantID) {
		b.do(outsider, benchmark.Commit{Text: "We try.", Until: later})
		b.do("p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{{Period: "2025-Q1", Organisation: "o4", Indicator: "falls", Figure: figure}}})
	})
	b.do(outsider, benchmark.TakeOut(omega, false))
	if got := marks(t, b, "2026-Q3"); len(got) != 1 {
		t.Errorf("figures of others are taken out: %v", got)
	}
	if got := marks(t, b, "2025-Q1"); len(got) > 0 {
		t.Errorf("their own are there: %v", got)
	}
}

// Where nobody is left to say who belongs there, those who come with figures are there at once;
// what it kept before stays hidden from them.
func TestMergingWhereNobodyIsLeft(t *testing.T) {
	b, omega, outsider := taken(t, func(b *table, outsider benchmark.ParticipantID) {
		b.do(outsider, benchmark.Commit{Text: "We try.", Until: later})
		b.do("", benchmark.Join{Person: visitor("u9"), Organisation: "Org 3"})
		b.do("p3", benchmark.Vouch{Newcomer: outsider, Organisation: "o3", Yes: true})
	})
	p, _ := b.n.Participant("p2")
	if !p.Active() || b.knows("p2") != "trend file" {
		t.Errorf("its own person is %+v, and reads %q", p, b.knows("p2"))
	}
	back, is := b.joins("u9", "Omega").For(omega)
	if !is || back.Confirmed {
		t.Errorf("who went is there again, unasked: %+v of %s", back, outsider)
	}
}
