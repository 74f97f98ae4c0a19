package benchmark_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// joining is somebody who joins an organisation beside the one that they are in.
func joining(user, organisation string) benchmark.Join {
	return benchmark.Join{Person: benchmark.Identity{Connection: "play", User: user, Name: "P"}, Organisation: organisation, Also: true}
}

// inTwo: p2 is in Org 2 and, confirmed by p3, in Org 3.
func inTwo(b *table) {
	b.do("", joining("u2", "Org 3"))
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
}

func observing(b *table) {
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "Parent"}, Observer: true, Profession: "parent"})
}

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.PartFrom("o1")}},
	refusals: []refusalCase{
		{"which-organisation", func(b *table) { isOpen(b); inTwo(b) }, "p2", benchmark.Skip{}},
		{"not-your-organisation", nil, "p2", benchmark.PartFrom("o3")},
		{"not-a-participant", nil, "", benchmark.PartFrom("o1")},
		{"observers-dont-answer", func(b *table) { isOpen(b); observing(b) }, "p4", benchmark.Skip{}},
	},
	life: func(b *table) {
		p := b.n.Participants[len(b.n.Participants)-1]
		b.do("", benchmark.Join{Person: p.Identity, Organisation: "o2", Also: true})
		b.do(p.ID, benchmark.PartFrom("o2"))
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"join too": func() benchmark.Intent {
				j := w.join().(benchmark.Join)
				j.Also, j.Observer = !once(w.t, 5), once(w.t, 8)
				return j
			},
			"part": func() benchmark.Intent { return benchmark.PartFrom(w.anOrganisation()) },
			"vouch too": func() benchmark.Intent {
				return benchmark.Vouch{Newcomer: w.anybody(), Organisation: w.anOrganisation(), Yes: !once(w.t, 3)}
			},
		}
	},
})

// tryFor is try on behalf of an organisation.
func (b *table) tryFor(by benchmark.ParticipantID, o benchmark.OrganisationID, intent benchmark.Intent) error {
	_, err := b.tryAs(benchmark.Actor{By: by, For: o}, intent)
	return err
}

func fallsOf(r, n float64) benchmark.Submit {
	return benchmark.Submit{Items: []benchmark.Item{{Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: r, Denominator: n}}}}
}

// Who is in two organisations answers for each, once each has said that they belong to it,
// and says for which.
func TestInTwoOrganisations(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.do("", joining("u2", "Org 3"))
	if err := b.tryFor("p2", "o3", fallsOf(20, 400)); reason(err) != "not-confirmed" {
		t.Errorf("unconfirmed: %v", err)
	}
	if err := b.tryFor("p2", "o2", fallsOf(21, 400)); err != nil {
		t.Errorf("in the first one: %v", err)
	}
	if asked := b.toPerson("p3"); !slices.Contains(asked, benchmark.ConfirmDuty) {
		t.Errorf("p3 is told %v", asked)
	}
	if asked := b.toPerson("p2"); slices.Contains(asked, benchmark.ConfirmDuty) {
		t.Error("they are asked about themselves")
	}
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
	if err := b.tryFor("p2", "o3", fallsOf(22, 400)); err != nil {
		t.Errorf("confirmed: %v", err)
	}
	if err := b.tryFor("p2", "o1", fallsOf(23, 400)); reason(err) != "not-your-organisation" {
		t.Errorf("another's: %v", err)
	}
	if _, err := b.try("p2", fallsOf(24, 400)); reason(err) != "which-organisation" {
		t.Errorf("for nobody: %v", err)
	}
	for o, want := range map[benchmark.OrganisationID]float64{"o2": 21, "o3": 22} {
		if v, _ := b.n.Current().Submission(o, "falls"); v.Figure.Numerator != want {
			t.Errorf("%s has answered %+v", o, v.Figure)
		}
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	var views []benchmark.OrganisationID
	for _, d := range b.kinds(benchmark.PrivateDuty) {
		if d.Participant == "p2" {
			views = append(views, d.Organisation)
		}
	}
	if diff := cmp.Diff([]benchmark.OrganisationID{"o2", "o3"}, views); diff != "" {
		t.Errorf("own views (-want +got):\n%s", diff)
	}
}

// A No in one organisation leaves the other as it is; leaving the first makes the other one
// the first.
func TestEachMembershipByItself(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("", joining("u2", "Org 3"))
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3"})
	if p, _ := b.n.Participant("p2"); p.HasSeveral() || !p.Active() || p.Organisation != "o2" {
		t.Errorf("turned away by the second: %+v", p)
	}
	inTwo(b)
	b.do("p2", benchmark.PartFrom("o2"))
	if p, _ := b.n.Participant("p2"); p.HasSeveral() || !p.Active() || p.Organisation != "o3" {
		t.Errorf("having left the first: %+v", p)
	}
	if members := b.n.Members("o3"); len(members) != 2 {
		t.Errorf("Org 3 has %d members", len(members))
	}
	b.do("p2", benchmark.PartFrom("o3"))
	if p, _ := b.n.Participant("p2"); p.Active() || p.Left {
		t.Errorf("having left both: %+v", p)
	}
}

// Who answers for two is reminded of both at once, while one of them has something left.
func TestOneReminderForTwo(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	inTwo(b)
	nudges := func() (of []benchmark.OrganisationID) {
		for _, d := range b.kinds(benchmark.NudgeDuty) {
			if d.Participant == "p2" {
				of = append(of, d.Organisation)
			}
		}
		return slices.Compact(of)
	}
	if got := nudges(); !slices.Equal(got, []benchmark.OrganisationID{"o2"}) {
		t.Errorf("reminded of %v", got)
	}
	b.now = b.now.Add(time.Hour)
	if err := b.tryFor("p2", "o2", fallsOf(20, 400)); err != nil {
		t.Fatal(err)
	}
	if got := nudges(); !slices.Equal(got, []benchmark.OrganisationID{"o3"}) {
		t.Errorf("with the first answered, reminded of %v", got)
	}
}

// An observer asks and reflects, is in no organisation, and may join one later.
func TestObserver(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	observing(b)
	b.do("p3", benchmark.Ask{Text: "What is a fall?"})
	b.do("p3", benchmark.Reflect{Text: "I see."})
	if p, _ := b.n.Participant("p3"); !p.Observer || p.Active() || p.Profession != "parent" {
		t.Errorf("%+v", p)
	}
	if told := b.toPerson("p3"); len(told) > 0 {
		t.Errorf("they are told %v", told)
	}
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "Parent"}, Organisation: "Org 2"})
	if p, _ := b.n.Participant("p3"); p.Observer || p.Organisation != "o2" {
		t.Errorf("having joined: %+v", p)
	}
}

// Who takes part in no organisation is known by a new name once they join again, and a
// joining that comes twice changes nothing the second time.
func TestObserverOfANewName(t *testing.T) {
	b := founded(t, 3, falls())
	observing(b)
	again := benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "Parent of two"}, Observer: true, Profession: "parent"}
	who := benchmark.Actor{Incoming: "i1"}
	if _, err := b.tryAs(who, again); err != nil || b.n.Participants[3].Name != "Parent of two" || b.n.Participants[3].Profession != "parent" {
		t.Errorf("%v: %+v", err, b.n.Participants[3])
	}
	if events, err := b.tryAs(who, again); len(events) > 0 || !errors.Is(err, benchmark.ErrRepeated) {
		t.Errorf("%d events, %v", len(events), err)
	}
}
