package benchmark_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// epiphany is the calendar of a network that keeps Wednesday, 6 January.
func epiphany(year int, month time.Month, day int) bool {
	return benchmark.Weekdays(year, month, day) && (month != time.January || day != 6)
}

// draftWaits: a closed round waits for a facilitator to show it.
func draftWaits(b *table) {
	b.do("p1", setting(func(s *benchmark.Settings) { s.PublishAfter = 0 }))
	isClosed(b)
}

// reminded lives hour by hour, and returns who is reminded of what waits, and when the
// network is told, in the zone of each.
func (b *table) reminded(until time.Time, working benchmark.WorkingDay) (all []string) {
	for ; b.now.Before(until); b.now = b.now.Add(time.Hour) {
		for _, d := range b.n.Duties(b.now, working) {
			if d.NotBefore.After(b.now) {
				break
			}
			if d.Kind == benchmark.SeekDuty {
				all = append(all, b.now.In(b.n.Location()).Format("told Mon 02 15:04"))
				b.do("", benchmark.SeekFacilitator(working))
				continue
			}
			if d.Kind == benchmark.WaitingDuty {
				p, _ := b.n.Participant(d.Participant)
				all = append(all, string(p.ID)+b.now.In(b.n.LocationOf(p)).Format(" Mon 02 15:04"))
			}
			b.do("", d.Begin())
			s, _ := b.n.Seat(d.Seat)
			b.do("", d.Finish(benchmark.Post{Connection: "play", Channel: s.Channel, Message: d.Key}))
		}
	}
	return all
}

// Who leads is reminded on the fifth and the eighth working day, by day, in their zone, of
// all at once; the network is told on the tenth.
func TestRemindedBeforeTheNetworkIsTold(t *testing.T) {
	away := func(from, until benchmark.Date) func(b *table) {
		return func(b *table) { draftWaits(b); b.do("p1", benchmark.Away{From: from, Until: until}) }
	}
	at := func(when string, by benchmark.ParticipantID, intent benchmark.Intent) func(b *table) {
		return func(b *table) {
			draftWaits(b)
			b.reminded(stockholm(when), nil)
			b.do(by, intent)
		}
	}
	for name, test := range map[string]struct {
		happens func(b *table)
		working benchmark.WorkingDay
		want    string
	}{
		"nothing waits":     {func(*table) {}, nil, ""},
		"a draft":           {draftWaits, nil, "p1 Mon 11 09:00, p1 Thu 14 09:00, told Mon 18 09:00"},
		"over a holiday":    {draftWaits, epiphany, "p1 Tue 12 09:00, p1 Fri 15 09:00, told Tue 19 09:00"},
		"away on the fifth": {away("2027-01-11", "2027-01-12"), nil, "p1 Wed 13 09:00, told Mon 18 09:00"},
		"away on the eighth": {
			away("2027-01-13", "2027-01-14"), nil, "p1 Mon 11 09:00, p1 Fri 15 09:00, told Mon 18 09:00",
		},
		"away until the network is told": {away("2027-01-10", "2027-01-17"), nil, "told Mon 18 09:00"},
		"muted":                          {func(b *table) { draftWaits(b); b.do("p1", benchmark.Mute{Muted: true}) }, nil, "told Mon 18 09:00"},
		"gone on their platform, and another is here": {func(b *table) {
			b.do("p1", benchmark.AppointFacilitator("p2"))
			draftWaits(b)
			b.do("", benchmark.Deactivate("p1", true))
		}, nil, "p2 Mon 11 09:00, p2 Thu 14 09:00, told Mon 18 09:00"},
		"in another zone": {func(b *table) {
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "P", Zone: "America/New_York"}, Organisation: "Org 3"})
			b.do("p3", benchmark.Vouch{Newcomer: "p4", Yes: true})
			b.do("p1", benchmark.AppointFacilitator("p4"))
			b.do("p1", benchmark.DismissFacilitator("p1"))
			draftWaitsOf("p4")(b)
		}, nil, "p4 Mon 11 09:00, p4 Thu 14 09:00, told Mon 18 09:00"},
		"decided after the first": {at("2027-01-13 08:00", "p1", benchmark.PublishRound{}), nil, ""},
		"another came to lead": {
			at("2027-01-13 10:00", "p1", benchmark.AppointFacilitator("p2")), nil,
			"p1 Wed 20 09:00, p2 Wed 20 09:00, p1 Mon 25 09:00, p2 Mon 25 09:00, told Wed 27 09:00",
		},
		"the bot was down": {func(b *table) {
			draftWaits(b)
			b.discharge()
			b.now = stockholm("2027-01-14 21:00")
		}, nil, "p1 Fri 15 09:00, told Mon 18 09:00"},
		"down over a weekend": {func(b *table) {
			b.now = stockholm("2027-01-06 10:00") // Wednesday: the eighth day is Monday
			draftWaits(b)
			b.discharge()
			b.now = stockholm("2027-01-15 23:00")
		}, nil, "p1 Mon 18 09:00, told Wed 20 09:00"},
		"two together": {func(b *table) { draftWaits(b); added(b) }, nil, "p1 Mon 11 09:00, p1 Thu 14 09:00, told Mon 18 09:00"},
		"another one a day later": {func(b *table) {
			draftWaits(b)
			b.reminded(stockholm("2027-01-05 10:00"), nil)
			added(b)
		}, nil, "p1 Mon 11 09:00, p1 Thu 14 09:00, told Mon 18 09:00"},
		"another one two days later": {func(b *table) {
			draftWaits(b)
			b.reminded(stockholm("2027-01-06 10:00"), nil)
			added(b)
		}, nil, "p1 Mon 11 09:00, p1 Thu 14 09:00, told Mon 18 09:00"},
		"another one some days later": {func(b *table) {
			draftWaits(b)
			b.reminded(stockholm("2027-01-08 10:00"), nil)
			added(b)
		}, nil, "p1 Mon 11 09:00, p1 Thu 14 09:00, told Mon 18 09:00, p1 Wed 20 09:00"},
	} {
		b := founded(t, 3, falls())
		b.now = stockholm("2027-01-04 10:00")
		test.happens(b)
		if got := strings.Join(b.reminded(stockholm("2027-01-29 10:00"), test.working), ", "); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, test.want)
		}
	}
}

// draftWaitsOf is draftWaits where somebody else leads.
func draftWaitsOf(f benchmark.ParticipantID) func(b *table) {
	return func(b *table) {
		b.do(f, setting(func(s *benchmark.Settings) { s.PublishAfter = 0 }))
		b.do(f, benchmark.OpenRound{Period: "2026-Q4", Due: b.now.AddDate(0, 0, 21), Closes: b.now.AddDate(0, 0, 28)})
		b.submit(1, 20, 400)
		b.do(f, benchmark.CloseRound{})
	}
}

// What is decided between the reminder's turn and its sending is not reminded of.
func TestNotRemindedOfWhatIsDecided(t *testing.T) {
	b := founded(t, 3, falls())
	draftWaits(b)
	owed := b.kinds(benchmark.WaitingDuty)
	if len(owed) != 2 {
		t.Fatalf("owed: %+v", owed)
	}
	b.now = owed[0].NotBefore
	b.do("p1", benchmark.PublishRound{})
	if events := b.do("", owed[0].Begin()); len(events) > 0 || len(b.kinds(benchmark.WaitingDuty)) > 0 {
		t.Errorf("%d events; owed: %+v", len(events), b.kinds(benchmark.WaitingDuty))
	}
}

// soughtNotice is what the channels were told last of what waits.
func (b *table) soughtNotice() (told benchmark.Notice) {
	for _, e := range b.log {
		if notice, ok := b.n.NoticeOf(benchmark.Duty{Notice: e.Seq}); ok && notice.About == benchmark.SoughtNotice {
			told = notice
		}
	}
	return told
}

// waitingFor is what a notice is about, in words.
func waitingFor(told []benchmark.Waiting) (all []string) {
	for _, w := range told {
		all = append(all, strings.TrimSpace(fmt.Sprint(w.Round, " ", w.Newcomer, " ", w.Organisation)))
	}
	return all
}

// What the network is told of is what has waited ten days, and it is settled once none of
// it waits any more: by a decision of whomever it is, or as somebody else leads. Then the
// post is edited, once.
func TestSoughtIsSettled(t *testing.T) {
	const notYet = ""
	newcomer := func(b *table) {
		b.do("", benchmark.Deactivate("p2", true))
		stranger(b)
	}
	decides := func(by benchmark.ParticipantID, intent benchmark.Intent) func(b *table) {
		return func(b *table) { b.do(by, intent) }
	}
	both := func(b *table) { draftWaits(b); added(b) }
	for name, test := range map[string]struct {
		waits   func(b *table)
		about   []string
		happens func(b *table)
		want    string
	}{
		"nothing happens": {draftWaits, []string{"2026-Q4"}, func(*table) {}, notYet},
		"shown":           {draftWaits, []string{"2026-Q4"}, decides("p1", benchmark.PublishRound{}), benchmark.Decided},
		"open again": {draftWaits, []string{"2026-Q4"}, func(b *table) {
			b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 9), Reason: "late ones"})
		}, benchmark.Decided},
		"shown by itself hereafter": {draftWaits, []string{"2026-Q4"}, decides("p1", setting(func(s *benchmark.Settings) { s.PublishAfter = time.Hour })), benchmark.Decided},
		"known":                     {added, []string{"o4"}, decides("p1", benchmark.VouchFor("o4")), benchmark.Decided},
		"removed":                   {added, []string{"o4"}, decides("p1", benchmark.RemoveOrganisation("o4", true)), benchmark.Decided},
		"known to one other":        {added, []string{"o4"}, decides("p2", benchmark.VouchFor("o4")), notYet},
		"known to two others": {added, []string{"o4"}, func(b *table) {
			b.do("p2", benchmark.VouchFor("o4"))
			b.do("p3", benchmark.VouchFor("o4"))
		}, benchmark.Decided},
		"a Yes":                 {newcomer, []string{"p4 o2"}, decides("p1", benchmark.Vouch{Newcomer: "p4", Yes: true}), benchmark.Decided},
		"a No":                  {newcomer, []string{"p4 o2"}, decides("p1", benchmark.Vouch{Newcomer: "p4"}), benchmark.Decided},
		"they leave":            {newcomer, []string{"p4 o2"}, decides("p4", benchmark.Leave{}), benchmark.Decided},
		"are erased":            {newcomer, []string{"p4 o2"}, decides("p4", benchmark.EraseMe(addressOf(9))), benchmark.Decided},
		"are gone":              {newcomer, []string{"p4 o2"}, decides("", benchmark.Deactivate("p4", true)), benchmark.Decided},
		"a member is back":      {newcomer, []string{"p4 o2"}, decides("", benchmark.Deactivate("p2", false)), benchmark.Decided},
		"one of two is decided": {both, []string{"o4", "2026-Q4"}, decides("p1", benchmark.PublishRound{}), notYet},
		"both are": {both, []string{"o4", "2026-Q4"}, func(b *table) {
			b.do("p1", benchmark.PublishRound{})
			b.do("p1", benchmark.VouchFor("o4"))
		}, benchmark.Decided},
		"another leads too": {both, []string{"o4", "2026-Q4"}, decides("p1", benchmark.AppointFacilitator("p3")), benchmark.Led},
		"another is chosen": {draftWaits, []string{"2026-Q4"}, func(b *table) {
			b.do("p2", benchmark.ChooseFacilitator("p3"))
			b.do("p3", benchmark.ChooseFacilitator("p3"))
		}, benchmark.Led},
		"nobody leads":  {isLeaderless, []string{""}, decides("p2", benchmark.ChooseFacilitator("p3")), notYet},
		"they are back": {isLeaderless, []string{""}, decides("", benchmark.Deactivate("p1", false)), benchmark.Led},
	} {
		b := founded(t, 3, falls())
		b.now = stockholm("2027-01-04 10:00")
		test.waits(b)
		b.reminded(stockholm("2027-01-19 10:00"), nil)
		if diff := cmp.Diff(test.about, waitingFor(b.soughtNotice().Waiting)); diff != "" {
			t.Errorf("%s: what is said to wait (-want +got):\n%s", name, diff)
		}
		b.now = b.now.AddDate(0, 0, 20)
		b.do("p2", benchmark.Mute{Muted: true})
		b.do("p3", benchmark.Mute{Muted: true})
		test.happens(b)
		told := b.soughtNotice()
		if told.Settled != test.want || b.n.FacilitatorSought() != (test.want == notYet) {
			t.Errorf("%s: settled %q, want %q; sought: %v", name, told.Settled, test.want, b.n.FacilitatorSought())
		}
		edits := slices.DeleteFunc(b.kinds(benchmark.NoticeDuty), func(d benchmark.Duty) bool { return d.Notice != told.ID })
		if (len(edits) == 1) != (test.want != notYet) || len(edits) == 1 && (!edits[0].OnlyEdit || edits[0].Edit == benchmark.Post{}) {
			t.Errorf("%s: edits %+v", name, edits)
		}
		b.discharge()
		if again := b.kinds(benchmark.NoticeDuty); slices.ContainsFunc(again, func(d benchmark.Duty) bool { return d.Notice == told.ID }) {
			t.Errorf("%s: edited again: %+v", name, again)
		}
		b.erase("identity.given", "text.written")
		if after := b.soughtNotice(); after.Settled != test.want {
			t.Errorf("%s: settled %q after everybody is erased, want %q", name, after.Settled, test.want)
		}
	}
}

// What began to wait since isn't told with the rest, but when it has waited as long.
func TestOnlyWhatHasWaitedIsTold(t *testing.T) {
	b := founded(t, 3, falls())
	b.now = stockholm("2027-01-04 10:00")
	draftWaits(b)
	b.reminded(stockholm("2027-01-08 10:00"), nil)
	added(b)
	b.reminded(stockholm("2027-01-18 10:00"), nil)
	if got := waitingFor(b.soughtNotice().Waiting); !slices.Equal(got, []string{"2026-Q4"}) {
		t.Errorf("told of %q", got)
	}
	b.do("p1", benchmark.PublishRound{})
	if got := b.reminded(stockholm("2027-01-25 10:00"), nil); !slices.Equal(got, []string{"p1 Wed 20 09:00", "told Fri 22 09:00"}) {
		t.Errorf("then %q", got)
	}
	if got := waitingFor(b.soughtNotice().Waiting); !slices.Equal(got, []string{"o4"}) {
		t.Errorf("told of %q then", got)
	}
	b.do("", benchmark.Deactivate("p1", true))
	b.do("", benchmark.SeekFacilitator(nil))
	if got := waitingFor(b.soughtNotice().Waiting); !slices.Equal(got, []string{"o4"}) {
		t.Errorf("told again, of %q", got)
	}
}

// A race between a decision and the telling tells nothing that hasn't waited.
func TestNothingIsToldTooEarly(t *testing.T) {
	b := founded(t, 3, falls())
	draftWaits(b)
	added(b)
	if events := b.do("", benchmark.SeekFacilitator(nil)); len(events) > 0 {
		t.Errorf("told at once: %+v", events)
	}
}

// Who is back, or is chosen, has as long for what waits as anybody.
func TestWhoIsBackHasTime(t *testing.T) {
	b := founded(t, 3, falls())
	b.now = stockholm("2027-01-04 10:00")
	draftWaits(b)
	b.do("", benchmark.Deactivate("p1", true))
	b.reminded(stockholm("2027-01-20 10:00"), nil)
	b.do("", benchmark.Deactivate("p1", false))
	want := []string{"p1 Wed 27 09:00", "p1 Mon 01 09:00", "told Wed 03 09:00"}
	if got := b.reminded(stockholm("2027-02-10 10:00"), nil); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What is settled before a seat has heard of it is not posted there any more; where that
// isn't known it is looked for.
func TestSettledBeforeItIsTold(t *testing.T) {
	b := founded(t, 3, falls())
	isLeaderless(b)
	b.do("", benchmark.Deactivate("p1", false))
	owed := b.kinds(benchmark.NoticeDuty)
	if len(owed) != 1 || !owed[0].OnlyEdit || owed[0].Edit != (benchmark.Post{}) {
		t.Fatalf("owed: %+v", owed)
	}
	b.do("", owed[0].Begin())
	if crashed := b.kinds(benchmark.NoticeDuty); len(crashed) != 1 || !crashed[0].OnlyEdit || !crashed[0].Begun {
		t.Errorf("owed after a crash: %+v", crashed)
	}
	b.do("", owed[0].Finish(benchmark.Post{}))
	for _, d := range b.kinds(benchmark.NoticeDuty) {
		if !d.OnlyEdit || d.Edit != (benchmark.Post{}) {
			t.Errorf("owed then: %+v", d)
		}
	}
}

// A journal of before says only that something waited: it is as it was then.
func TestSoughtOfEarlyJournals(t *testing.T) {
	b := founded(t, 3, falls())
	draftWaits(b)
	e, err := benchmark.Decode(benchmark.Record{Seq: b.n.Seq + 1, At: b.now.AddDate(0, 0, 14), Kind: "facilitator.sought", Version: 1, Data: []byte(`{"body":{}}`)})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.n.Apply(e); err != nil {
		t.Fatal(err)
	}
	b.now = e.At
	if notice, ok := b.n.NoticeOf(benchmark.Duty{Notice: e.Seq}); !ok || len(notice.Waiting) > 0 || !b.n.FacilitatorSought() {
		t.Fatalf("sought: %v, told: %+v", b.n.FacilitatorSought(), notice)
	}
	b.discharge()
	b.do("p1", benchmark.PublishRound{})
	if got := b.notices(); len(got) > 0 || b.n.FacilitatorSought() {
		t.Errorf("sought: %v, told: %v", b.n.FacilitatorSought(), got)
	}
}
