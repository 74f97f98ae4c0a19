package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// The people of an organisation that a facilitator has removed have what it kept still, and may
// take it out; nobody else does, nor whoever saw only a part of it.
func TestRemovedFiguresAreTheirPeoples(t *testing.T) {
	b := lived(t)
	unseen := func() {
		b.do("p3", benchmark.Leave{})
		b.do("", joins("u9", "Org 3"))
	}
	unseen()
	b.do("p1", benchmark.RemoveOrganisation("o2", true))
	b.do("p1", benchmark.RemoveOrganisation("o3", true))
	r, _ := b.n.Round("2026-Q3")
	for id, want := range map[benchmark.ParticipantID]bool{"p1": false, "p2": true, "p4": false} {
		p, _ := b.n.Participant(id)
		was, is := benchmark.LastOf(b.n, p, "o2")
		if is != want || is && !b.n.OwnRounds(was)(r, "o2") {
			t.Errorf("%s has what it kept: %v", id, is)
		}
		if _, err := b.try(id, benchmark.TakeOut("o2", true)); (err == nil) != want {
			t.Errorf("%s lets it stay: %v", id, err)
		}
	}
	if got := marks(t, b, "2026-Q3"); len(got) != 2 {
		t.Fatalf("it doesn't stay: %v", got)
	}
	b.do("p2", benchmark.TakeOut("o2", false))
	if got := marks(t, b, "2026-Q3"); len(got) != 1 {
		t.Errorf("it isn't taken out: %v", got)
	}
	if _, err := b.try("p2", benchmark.TakeOut("o2", false)); reason(err) != "organisation-went" {
		t.Errorf("a second time: %v", err)
	}
}

// Of several, who has been there longest takes the figures out; the others may have them.
func TestLongestThereTakesRemovedFiguresOut(t *testing.T) {
	b := lived(t)
	b.now = b.now.AddDate(0, 0, 1)
	b.do("", joins("u9", "Org 2"))
	newcomer := b.n.Participants[len(b.n.Participants)-1].ID
	b.do("p2", benchmark.Vouch{Newcomer: newcomer, Yes: true})
	b.do("p1", benchmark.RemoveOrganisation("o2", true))
	_, err := b.try(newcomer, benchmark.TakeOut("o2", false))
	if reason(err) != "not-longest-there" {
		t.Errorf("who came last takes them out: %v", err)
	}
	b.do(newcomer, benchmark.TakeOut("o2", true))
	b.do("p2", benchmark.TakeOut("o2", false))
}

// Who is told that they lead alone is there to read it.
func TestLeadingAloneWhileAway(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.close()
	away := benchmark.Away{Until: benchmark.Date(b.now.AddDate(0, 0, 20).Format("2006-01-02"))}
	b.do("p1", away)
	b.now = b.now.AddDate(0, 0, 10)
	if owed := b.owed(benchmark.AloneDuty); len(owed) > 0 {
		t.Errorf("told while away: %+v", owed)
	}
	b.now = b.now.AddDate(0, 0, 15)
	if owed := b.owed(benchmark.AloneDuty); len(owed) != 1 {
		t.Errorf("back, and told: %+v", owed)
	}
}
