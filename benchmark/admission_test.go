package benchmark_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

func cmpDiff(a, b any) string { return cmp.Diff(a, b, whole) }

var _ = with(subject{refusals: []refusalCase{
	{"round-before-you", func(b *table) { abandoned(b); b.do("", joins("u1", "Org 2")) }, "p1", benchmark.Withdraw{}},
}})

func joins(user, organisation string) benchmark.Join { return settledJoin(user, organisation) }

// abandoned: Org 2 has answered, and its only member has left.
func abandoned(b *table) {
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("p2", benchmark.Leave{})
}

// Who comes to an organisation that has answered, guessed, said or imported anything, or
// has members, waits for one of its members, else for another facilitator.
func TestAdmitsNobodyUnvouched(t *testing.T) {
	for name, done := range map[string]func(b *table){
		"has a member": func(*table) {},
		"answered":     abandoned,
		"took it back": func(b *table) {
			b.open("2026-Q4")
			b.submit(2, 20, 400)
			b.do("p2", benchmark.Withdraw{})
			b.do("p2", benchmark.Leave{})
		},
		"guessed": func(b *table) {
			b.open("2026-Q4")
			b.do("p2", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Above}})
			b.do("p2", benchmark.Leave{})
		},
		"asked": func(b *table) {
			b.do("p2", benchmark.Ask{Text: "Why?"})
			b.do("p2", benchmark.Leave{})
		},
		"reflected": func(b *table) {
			b.open("2026-Q4")
			b.do("p2", benchmark.Reflect{Text: "Hm."})
			b.do("p2", benchmark.Leave{})
		},
		"learned": func(b *table) {
			b.do("p2", benchmark.Learn{Text: "Hm."})
			b.do("p2", benchmark.Leave{})
		},
		"committed": func(b *table) {
			b.do("p2", benchmark.Commit{Text: "We try.", Until: later})
			b.do("p2", benchmark.Leave{})
		},
		"had figures imported": func(b *table) {
			b.do("p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o2", Figure: figure}))
			b.do("p2", benchmark.Leave{})
		},
	} {
		b := founded(t, 3, falls())
		done(b)
		b.do("", joins("u9", "Org 2"))
		if p, _ := b.n.Participant("p4"); p.Confirmed {
			t.Errorf("%s: a stranger is let in: %+v", name, p)
		}
		b.do("", joins("u1", "Org 2")) // the facilitator
		p, _ := b.n.Participant("p1")
		if role, _ := p.For("o2"); (role.Confirmed || !p.Facilitator) && name == "has a member" {
			t.Errorf("%s: a facilitator is let in: %+v", name, p)
		}
	}
	b := founded(t, 3, falls())
	b.do("p2", benchmark.Leave{})
	b.do("", joins("u9", "Org 2"))
	if p, _ := b.n.Participant("p4"); !p.Confirmed {
		t.Error("where nothing was said and nobody is, a newcomer waits")
	}
}

// Where nobody could vouch, somebody is let in, and sees of what is the organisation's own
// only the rounds that open afterwards.
func TestNobodyCouldVouch(t *testing.T) {
	b := founded(t, 2, falls())
	abandoned(b)
	b.do("", joins("u1", "Org 2")) // the only facilitator
	seesOwn := func(p benchmark.ParticipantID, r benchmark.RoundID) bool {
		who, _ := b.n.Participant(p)
		round, _ := b.n.Round(r)
		return b.n.MaySeeOwn(who, round)
	}
	if p, _ := b.n.Participant("p1"); !p.Confirmed || seesOwn("p1", "2026-Q4") {
		t.Fatalf("%+v sees what Org 2 answered before", p)
	}
	o, _ := b.n.Organisation("o2")
	was, _ := b.n.RoundOrganisation(b.n.Current(), "o2")
	if o.Code == was.Code {
		t.Errorf("its letter in the round, %s, tells the newcomer which it was", o.Code)
	}
	for _, x := range b.n.RoundOrganisations(b.n.Current()) {
		if x.ID == "o2" && x.Code != was.Code {
			t.Errorf("to those who were there it is %s in the round, was %s", x.Code, was.Code)
		}
	}
	for name, intent := range map[string]benchmark.Intent{
		"withdraw": benchmark.Withdraw{}, "skip": benchmark.Skip{}, "the same answer": submitting(value(figure, "")),
		"guess": benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Above}},
	} {
		if _, err := b.try("p1", intent); reason(err) != "round-before-you" {
			t.Errorf("%s: %v", name, err)
		}
	}
	b.do("p1", benchmark.CloseRound{})
	if _, err := b.try("p1", benchmark.Submit{Items: []benchmark.Item{value(figure, "")}, Reason: "counted again"}); reason(err) != "round-before-you" {
		t.Errorf("correcting what one may not see: %v", err)
	}
	b.do("p1", benchmark.PublishRound{})
	i, _ := b.n.Template().Indicator("falls")
	p, _ := b.n.Participant("p1")
	if past := b.n.History("o2", i, nil, b.n.OwnRounds(p)); len(past) > 0 {
		t.Errorf("the organisation's history before him: %+v", past)
	}
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Kind == benchmark.PrivateDuty {
			t.Errorf("an own view of what was before: %+v", d)
		}
	}
	b.open("2027-Q1")
	if !seesOwn("p1", "2027-Q1") {
		t.Error("a round that opened after him isn't his to see")
	}
	// Whom he vouches for sees no more than he does.
	b.do("", joins("u9", "Org 2"))
	b.do("p1", benchmark.Vouch{Newcomer: "p3", Yes: true})
	if seesOwn("p3", "2026-Q4") || !seesOwn("p3", "2027-Q1") {
		t.Error("a newcomer sees more than who vouched for them")
	}
}

// A facilitator takes nothing along to another organisation, nor back.
func TestMovingTakesNothingAlong(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(1, 20, 400)
	b.submit(2, 30, 400)
	colleague := b.joins("u9", "Org 1")
	b.do("p1", benchmark.Vouch{Newcomer: colleague.ID, Yes: true})
	for _, organisation := range []benchmark.OrganisationID{"o2", "o1"} {
		b.do("", benchmark.Join{Person: visitor("u1"), Organisation: string(organisation)})
		p, _ := b.n.Participant("p1")
		role, is := p.For(organisation)
		if !is || b.n.MaySeeOwn(role, b.n.Current()) {
			t.Errorf("at %s he sees what is there: %+v", organisation, role)
		}
		if organisation == "o2" {
			b.do("p2", benchmark.Vouch{Newcomer: "p1", Organisation: organisation, Yes: true})
		}
	}
}

// A Yes can be taken back by who said it and by a facilitator, and not by who came later.
func TestTakingAYesBack(t *testing.T) {
	for by, want := range map[benchmark.ParticipantID]string{"p1": "", "p2": "", "p3": "confirmed-already", "p4": "not-yours-to-confirm", "p5": "confirmed-by"} {
		b := founded(t, 3, falls())
		stranger(b)
		b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
		b.do("", joins("u10", "Org 2"))
		b.do("p2", benchmark.Vouch{Newcomer: "p5", Yes: true})
		b.open("2026-Q4")
		b.submit(4, 20, 400)
		_, err := b.try(by, benchmark.Vouch{Newcomer: "p4", Organisation: "o2"})
		p, _ := b.n.Participant("p4")
		if reason(err) != want || p.Active() != (want != "") || b.n.MaySeeOwn(p, b.n.Current()) != (want != "") {
			t.Errorf("by %s: %v, %+v", by, err, p)
		}
		if v, ok := b.n.Current().Submission("o2", "falls"); !ok || v.By != "p4" {
			t.Errorf("what they answered is gone: %+v", v)
		}
	}
}

// Facilitators are asked about a newcomer whom the members leave waiting.
func TestMembersWhoDontAnswer(t *testing.T) {
	b := founded(t, 3, falls())
	stranger(b)
	asked := func() (who []benchmark.ParticipantID) {
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Kind == benchmark.ConfirmDuty && !d.NotBefore.After(b.now) {
				who = append(who, d.Participant)
			}
		}
		return who
	}
	if diff := cmp.Diff([]benchmark.ParticipantID{"p2"}, asked()); diff != "" {
		t.Errorf("asked at first (-want +got):\n%s", diff)
	}
	if _, err := b.try("p1", benchmark.Vouch{Newcomer: "p4", Yes: true}); reason(err) != "not-yours-to-confirm" {
		t.Errorf("a facilitator, before the members: %v", err)
	}
	b.now = b.now.Add(14 * 24 * time.Hour)
	if diff := cmp.Diff([]benchmark.ParticipantID{"p2", "p1"}, asked()); diff != "" {
		t.Errorf("asked after two weeks (-want +got):\n%s", diff)
	}
	b.do("p1", benchmark.Vouch{Newcomer: "p4", Yes: true})
}

// Their own view gets who spoke for an organisation before the round was shown.
func TestOwnViewsOfWhoWasThere(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.now = b.now.Add(time.Minute)
	stranger(b)
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
	var got []benchmark.ParticipantID
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Kind == benchmark.PrivateDuty {
			got = append(got, d.Participant)
		}
	}
	if diff := cmp.Diff([]benchmark.ParticipantID{"p2"}, got); diff != "" {
		t.Errorf("own views (-want +got):\n%s", diff)
	}
}

// A facilitator opens no organisation to themselves by binding their own workspace.
func TestBindingOpensNothingToOneself(t *testing.T) {
	b := founded(t, 3, falls())
	me := benchmark.Identity{Connection: "play", User: "u1", Name: "Anna", Workspace: "w2"}
	b.do("", benchmark.Join{Person: me, Organisation: "Org 1"})
	b.do("p1", benchmark.BindWorkspace{Workspace: abroad, Organisation: "Org 2"})
	b.do("", benchmark.Join{Person: me})
	waits := func(p benchmark.Participant) bool {
		role, is := p.For("o2")
		return is && !role.Confirmed
	}
	if p, _ := b.n.Participant("p1"); !waits(p) {
		t.Errorf("bound, then joined: %+v", p)
	}
	b = founded(t, 3, falls())
	b.do("", benchmark.Join{Person: me, Organisation: "Org 2"})
	b.do("p1", benchmark.BindWorkspace{Workspace: abroad, Organisation: "Org 2"})
	if p, _ := b.n.Participant("p1"); !waits(p) {
		t.Errorf("joined, then bound: %+v", p)
	}
}
