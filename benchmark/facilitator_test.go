package benchmark_test

import (
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{
		{reason: "no-network", intent: benchmark.AppointFacilitator("p1")},
		{reason: "no-network", intent: benchmark.HandOver("p1")},
		{reason: "no-network", intent: benchmark.DismissFacilitator("p1")},
		{reason: "no-network", intent: benchmark.ChooseFacilitator("p1")},
		{reason: "no-network", intent: benchmark.SeekFacilitator(nil)},
	},
	refusals: []refusalCase{
		{"facilitator-only", nil, "p2", benchmark.AppointFacilitator("p2")},
		{"facilitator-only", nil, "p2", benchmark.HandOver("p3")},
		{"facilitator-only", nil, "p2", benchmark.DismissFacilitator("p1")},
		{"bot-only", nil, "p1", benchmark.SeekFacilitator(nil)},
		{"not-a-participant", nil, "", benchmark.HandOver("p2")},
		{"leads-already", nil, "p1", benchmark.AppointFacilitator("p1")},
		{"leads-already", nil, "p1", benchmark.HandOver("p1")},
		{"cannot-lead", nil, "p1", benchmark.AppointFacilitator("p9")},
		{"cannot-lead", func(b *table) { b.do("p2", benchmark.Leave{}) }, "p1", benchmark.HandOver("p2")},
		{"cannot-lead", func(b *table) { b.do("", benchmark.Deactivate("p2", true)) }, "p1", benchmark.AppointFacilitator("p2")},
		{"leads-not", nil, "p1", benchmark.DismissFacilitator("p2")},
		{"last-facilitator", nil, "p1", benchmark.DismissFacilitator("p1")},
		{"leads-longer", func(b *table) { b.do("p1", benchmark.AppointFacilitator("p2")) }, "p2", benchmark.DismissFacilitator("p1")},
		{"leads-by-word", comesBack, "p2", benchmark.DismissFacilitator("p1")},
		{"last-facilitator", func(b *table) {
			b.do("p1", benchmark.AppointFacilitator("p2"))
			b.do("", benchmark.Deactivate("p2", true))
		}, "p1", benchmark.Leave{}},
		{"none-sought", nil, "p2", benchmark.ChooseFacilitator("p2")},
		{"not-a-participant", nil, "", benchmark.ChooseFacilitator("p2")},
		{"word-too-early", func(b *table) {
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "New"}, Organisation: "Org 9", New: true})
			isLeaderless(b)
		}, "p4", benchmark.ChooseFacilitator("p2")},
		{"cannot-lead", isLeaderless, "p2", benchmark.ChooseFacilitator("p1")},
	},
	life: func(b *table) {
		b.do("p1", benchmark.AppointFacilitator("p4"))
		b.do("p4", benchmark.DismissFacilitator("p4"))
		b.do("p1", benchmark.HandOver("p3"))
		isLeaderlessBy("p3")(b)
		b.do("p1", benchmark.ChooseFacilitator("p4"))
		b.do("", benchmark.Deactivate("p3", false))
		b.do("p3", benchmark.AppointFacilitator("p1"))
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"appoint":    func() benchmark.Intent { return benchmark.AppointFacilitator(w.anybody()) },
			"hand over":  func() benchmark.Intent { return benchmark.HandOver(w.anybody()) },
			"dismiss":    func() benchmark.Intent { return benchmark.DismissFacilitator(w.anybody()) },
			"choose":     func() benchmark.Intent { return benchmark.ChooseFacilitator(w.anybody()) },
			"choose 2":   func() benchmark.Intent { return benchmark.ChooseFacilitator(w.anybody()) },
			"deactivate": func() benchmark.Intent { return benchmark.Deactivate(w.anybody(), !once(w.t, 3)) },
		}
	},
})

// isLeaderlessBy: the only one who led is deactivated, and the network has been told.
func isLeaderlessBy(p benchmark.ParticipantID) func(b *table) {
	return func(b *table) {
		b.do("", benchmark.Deactivate(p, true))
		b.do("", benchmark.SeekFacilitator(nil))
	}
}

func isLeaderless(b *table) { isLeaderlessBy("p1")(b) }

// notices are what seats are to be told, in order.
func (b *table) notices() (about []string) {
	for _, d := range b.owed(benchmark.NoticeDuty) {
		notice, ok := b.n.NoticeOf(d)
		if !ok {
			b.t.Fatalf("%s tells nothing", d.Key)
		}
		about = append(about, notice.About)
	}
	return about
}

func (b *table) leaders() (ids []benchmark.ParticipantID) {
	for _, f := range b.n.Facilitators() {
		ids = append(ids, f.ID)
	}
	return ids
}

// Who leads is said at every seat, whatever way they came to it, and to themselves.
func TestWhoLeadsIsTold(t *testing.T) {
	b := founded(t, 3, falls())
	b.discharge()
	b.do("p1", benchmark.AppointFacilitator("p2"))
	if got := b.notices(); !slices.Equal(got, []string{benchmark.LeadsNotice, benchmark.YouLeadNotice}) {
		t.Errorf("told: %v", got)
	}
	b.discharge()
	b.now = b.now.AddDate(0, 0, 15)
	b.do("p2", benchmark.DismissFacilitator("p1"))
	if got := b.notices(); !slices.Equal(got, []string{benchmark.LeadsNoMoreNotice, benchmark.DismissedNotice}) || !slices.Equal(b.leaders(), []benchmark.ParticipantID{"p2"}) {
		t.Errorf("told: %v; %v lead", got, b.leaders())
	}
	b.discharge()
	b.do("p2", benchmark.HandOver("p3"))
	if got := b.notices(); !slices.Equal(got, []string{benchmark.HandedOverNotice, benchmark.YouLeadNotice}) || !slices.Equal(b.leaders(), []benchmark.ParticipantID{"p3"}) {
		t.Errorf("told: %v; %v lead", got, b.leaders())
	}
	b.do("p2", benchmark.Leave{}) // who handed over may leave
	b.now = b.now.AddDate(0, 0, 8)
	if got := b.notices(); len(got) > 0 {
		t.Errorf("told a week later: %v", got)
	}
}

// Handing over to somebody who leads already is stepping down.
func TestHandOverToACoFacilitator(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.do("p1", benchmark.HandOver("p2"))
	if !slices.Equal(b.leaders(), []benchmark.ParticipantID{"p2"}) {
		t.Errorf("%v lead", b.leaders())
	}
}

// soughtAt lives hour by hour, and returns when the network is told that it may choose.
func (b *table) soughtAt(until time.Time) time.Time {
	for ; b.now.Before(until); b.now = b.now.Add(time.Hour) {
		for _, d := range b.owed(benchmark.SeekDuty) {
			if !d.NotBefore.After(b.now) {
				b.do("", benchmark.SeekFacilitator(nil))
				return b.now
			}
		}
		b.discharge()
	}
	return time.Time{}
}

// Whatever only a facilitator decides waits ten working days and no longer; where nobody
// leads, one. Then two organisations choose.
func TestNobodyIsStuck(t *testing.T) {
	for name, test := range map[string]struct {
		waits func(b *table)
		want  string // empty: nothing waits
	}{
		"nothing":                 {func(*table) {}, ""},
		"the facilitator is gone": {func(b *table) { b.do("", benchmark.Deactivate("p1", true)) }, "2027-01-05 09:00"},
		"one of two is": {func(b *table) {
			b.do("p1", benchmark.AppointFacilitator("p2"))
			b.do("", benchmark.Deactivate("p1", true))
		}, ""},
		"gone, and back": {func(b *table) {
			b.do("", benchmark.Deactivate("p1", true))
			b.do("", benchmark.Deactivate("p1", false))
		}, ""},
		"a draft that waits for ever": {func(b *table) { b.do("p1", setting(func(s *benchmark.Settings) { s.PublishAfter = 0 })); isClosed(b) }, "2027-01-18 09:00"},
		"a draft that doesn't":        {isClosed, ""},
		"a newcomer with no member to ask": {func(b *table) {
			b.do("", benchmark.Deactivate("p2", true))
			stranger(b)
		}, "2027-01-18 09:00"},
		"a newcomer whom a member was asked about": {stranger, ""},
		"an organisation that nobody knows": {func(b *table) {
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "New"}, Organisation: "Org 9", New: true})
		}, "2027-01-18 09:00"},
	} {
		b := founded(t, 3, falls())
		b.now = stockholm("2027-01-04 10:00")
		test.waits(b)
		sought := b.soughtAt(stockholm("2027-02-04 10:00"))
		got := ""
		if !sought.IsZero() {
			got = sought.In(b.n.Location()).Format("2006-01-02 ") + "09:00"
			if hour := sought.In(b.n.Location()).Hour(); hour < 9 || hour > 10 {
				t.Errorf("%s: told at %v", name, sought)
			}
		}
		if got != test.want {
			t.Errorf("%s: told %q, want %q", name, got, test.want)
		}
		if b.n.FacilitatorSought() != (test.want != "") {
			t.Errorf("%s: sought: %v", name, b.n.FacilitatorSought())
		}
	}
}

// Two people of two organisations choose; until then nobody leads. What waited goes on
// waiting for the one who was chosen, and not for ever.
func TestChooseAnother(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", setting(func(s *benchmark.Settings) { s.PublishAfter = 0 }))
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u8", Name: "Second"}, Organisation: "Org 3"})
	b.do("p3", benchmark.Vouch{Newcomer: "p4", Yes: true})
	isClosed(b)
	sought := b.soughtAt(b.now.AddDate(0, 1, 0))
	b.discharge()
	b.do("p3", benchmark.ChooseFacilitator("p4"))
	b.do("p4", benchmark.ChooseFacilitator("p4")) // of the same organisation
	if got := b.notices(); !slices.Equal(got, []string{benchmark.ProposedNotice}) || len(b.leaders()) != 1 {
		t.Errorf("told: %v; %v lead", got, b.leaders())
	}
	b.discharge()
	b.do("p2", benchmark.ChooseFacilitator("p4"))
	if got := b.notices(); !slices.Equal(got, []string{benchmark.SoughtNotice, benchmark.ChosenNotice, benchmark.YouLeadNotice}) || !slices.Equal(b.leaders(), []benchmark.ParticipantID{"p1", "p4"}) {
		t.Errorf("told: %v; %v lead", got, b.leaders())
	}
	if b.n.FacilitatorSought() || reason(second(b.try("p2", benchmark.ChooseFacilitator("p3")))) != "none-sought" {
		t.Error("a third may be chosen")
	}
	if again := b.soughtAt(sought.AddDate(0, 1, 0)); again.Before(sought.AddDate(0, 0, 14)) {
		t.Errorf("told again at %v, the first time at %v", again, sought)
	}
}

func second[T, U any](_ T, u U) U { return u }

// Who does what was waited for in time has nobody chosen in their place.
func TestDecidedAfterAll(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", setting(func(s *benchmark.Settings) { s.PublishAfter = 0 }))
	isClosed(b)
	b.soughtAt(b.now.AddDate(0, 1, 0))
	b.do("p2", benchmark.ChooseFacilitator("p3"))
	b.do("p1", benchmark.PublishRound{})
	if _, err := b.try("p3", benchmark.ChooseFacilitator("p3")); reason(err) != "none-sought" {
		t.Errorf("%v; %v lead", err, b.leaders())
	}
}

// Who leads alone is told so, once.
func TestLeadingAlone(t *testing.T) {
	b := founded(t, 2, falls())
	isClosed(b)
	owed := b.kinds(benchmark.AloneDuty)
	if len(owed) != 1 || owed[0].Participant != "p1" || !owed[0].NotBefore.After(b.now) {
		t.Fatalf("owed: %+v", owed)
	}
	b.now = owed[0].NotBefore
	b.discharge()
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.do("", benchmark.Deactivate("p2", true))
	if owed := b.kinds(benchmark.AloneDuty); len(owed) > 0 {
		t.Errorf("told twice: %+v", owed)
	}
}
