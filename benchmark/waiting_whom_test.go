package benchmark_test

import (
	"testing"
	"time"

	"roundtable/benchmark"
)

// What waits is for those who lead and can be reached, the longest first, and nobody decides
// about themselves.
func TestWhatWaitsForWhom(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.AppointFacilitator("p3"))
	added(b) // Ward of mine, o4
	b.now = b.now.Add(time.Hour)
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("p2", benchmark.Leave{})
	q := b.joins("u10", "Org 2")
	if !benchmark.WaitsForFacilitator(b.n, q) {
		t.Error("somebody of Org 2 is asked")
	}
	if p := b.joins("u11", "Org 3"); benchmark.WaitsForFacilitator(b.n, p) {
		t.Error("nobody of Org 3 is asked")
	}
	b.discharge()
	all := benchmark.AwaitingFacilitator(b.n, "p1")
	if len(all) != 3 || all[0].Organisation != "o4" || all[1].Newcomer != q.ID || !all[0].Since.Before(all[1].Since) {
		t.Errorf("%+v", all)
	}
	b.do("", benchmark.Deactivate("p3", true))
	for _, id := range []benchmark.ParticipantID{"p3", "p4", q.ID} {
		if all := benchmark.AwaitingFacilitator(b.n, id); len(all) > 0 {
			t.Errorf("%s decides of %+v", id, all)
		}
	}
}

// Where nobody leads any more it is counted from when the last one went.
func TestNobodyLeadsSince(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.now = b.now.Add(10 * 24 * time.Hour)
	b.do("", benchmark.Deactivate("p1", true))
	b.now = b.now.Add(10 * 24 * time.Hour)
	b.do("", benchmark.Deactivate("p2", true))
	gone := b.now
	b.now = b.now.Add(10 * 24 * time.Hour)
	b.do("", benchmark.Deactivate("p3", true)) // who never led
	events := b.n.Duties(b.now, nil)
	for _, d := range events {
		if d.Kind == benchmark.SeekDuty {
			if wait := d.NotBefore.Sub(gone); wait < time.Hour || wait > 4*24*time.Hour {
				t.Errorf("the network is told %v after", wait)
			}
			return
		}
	}
	t.Error("the network isn't told")
}

// It is known beforehand when who is away will be reminded: on the first working morning back.
func TestRemindedOnTheFirstMorningBack(t *testing.T) {
	b := founded(t, 3, falls())
	b.now = stockholm("2027-01-04 10:00") // a Monday
	draftWaits(b)
	b.do("p1", benchmark.Away{From: "2027-01-08", Until: "2027-01-12"})
	owed := b.kinds(benchmark.WaitingDuty)
	if len(owed) == 0 || !owed[0].NotBefore.Equal(stockholm("2027-01-13 09:00")) {
		t.Errorf("%+v", owed)
	}
}

// Who leads and waits to be let in somewhere isn't reminded of themselves; others who lead are.
func TestNotRemindedOfOneself(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.AppointFacilitator("p3"))
	b.open("2026-Q4")
	b.submit(2, 20, 400)
	b.do("p2", benchmark.Leave{})
	b.do("", joining("u1", "Org 2"))
	b.discharge()
	reminded := map[benchmark.ParticipantID]bool{}
	for _, d := range b.kinds(benchmark.WaitingDuty) {
		reminded[d.Participant] = true
	}
	if reminded["p1"] || !reminded["p3"] {
		t.Errorf("reminded are %v", reminded)
	}
}

// What an early journal told the network, without what for, isn't told as settled: nothing of it
// was said to wait.
func TestSoughtInEarlyJournals(t *testing.T) {
	b := founded(t, 3, falls())
	draftWaits(b)
	e := benchmark.Event{Seq: b.n.Seq + 1, At: b.now, By: benchmark.Bot, Body: benchmark.FacilitatorSought{}}
	if err := b.n.Apply(e); err != nil {
		t.Fatal(err)
	}
	b.discharge()
	b.do("p1", benchmark.AppointFacilitator("p2"))
	for _, d := range b.owed(benchmark.NoticeDuty) {
		if notice, _ := b.n.NoticeOf(d); notice.About == benchmark.SoughtNotice {
			t.Errorf("it is edited: %+v", notice)
		}
	}
}
