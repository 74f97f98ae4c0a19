package benchmark_test

import (
	"testing"
	"time"

	"roundtable/benchmark"
)

// Whoever was let in, alone or with whom they let in, takes no organisation out; it takes a
// second word, and one of who has been there longest.
func TestLeavingTakesASecondWord(t *testing.T) {
	say := func(by benchmark.ParticipantID) func(*table) {
		return func(b *table) { b.do(by, benchmark.TakeOut("o2", false)) }
	}
	stops := func(by benchmark.ParticipantID) func(*table) {
		return func(b *table) { b.do(by, benchmark.StayTogether("o2")) }
	}
	keeps := func(b *table) { b.do("p4", benchmark.TakeOut("o2", true)) }
	later := func(b *table) { b.now = b.now.Add(benchmark.LeavingWaits + time.Hour) }
	out := func(b *table) { b.do("p2", benchmark.Vouch{Newcomer: "p4"}) }
	for name, tt := range map[string]struct {
		deeds []func(*table)
		goes  bool
	}{
		"a newcomer":                      {[]func(*table){say("p4")}, false},
		"a newcomer, twice":               {[]func(*table){say("p4"), say("p4")}, false},
		"two newcomers":                   {[]func(*table){say("p4"), say("p5")}, false},
		"the first":                       {[]func(*table){say("p2")}, false},
		"a newcomer, and the first":       {[]func(*table){say("p4"), say("p2")}, true},
		"the first, and a newcomer":       {[]func(*table){say("p2"), say("p5")}, true},
		"two newcomers, and the first":    {[]func(*table){say("p4"), say("p5"), say("p2")}, true},
		"not the same":                    {[]func(*table){keeps, say("p2")}, false},
		"stopped":                         {[]func(*table){say("p2"), stops("p5"), say("p4")}, false},
		"too late":                        {[]func(*table){say("p4"), later, say("p2")}, false},
		"by somebody who is out by then":  {[]func(*table){say("p4"), out, say("p2")}, false},
		"another, after who is out since": {[]func(*table){say("p4"), out, say("p2"), say("p5")}, true},
	} {
		b := letIn(t)
		b.open("2026-Q4")
		b.submit(2, 20, 400)
		for _, deed := range tt.deeds {
			deed(b)
		}
		if o, _ := b.n.Organisation("o2"); o.Gone != tt.goes {
			t.Errorf("%s: gone is %v", name, o.Gone)
		}
		if r := b.n.Current(); (r.Answered("o2") == 0) != tt.goes {
			t.Errorf("%s: %d answers are there", name, r.Answered("o2"))
		}
	}
}

// The others are told before anything happens, each once, and that it was stopped.
func TestLeavingIsTold(t *testing.T) {
	b := letIn(t)
	b.discharge()
	b.do("p4", benchmark.TakeOut("o2", false))
	toldOf := func(about string) (who []benchmark.ParticipantID) {
		for _, d := range b.kinds(benchmark.NoticeDuty) {
			if notice, _ := b.n.NoticeOf(d); notice.About == about {
				who = append(who, d.Participant)
			}
		}
		return who
	}
	if who := toldOf(benchmark.LeavingNotice); len(who) != 2 || who[0] != "p2" || who[1] != "p5" {
		t.Errorf("told are %v", who)
	}
	b.discharge()
	b.do("p2", benchmark.StayTogether("o2"))
	if who := toldOf(benchmark.StaysNotice); len(who) != 2 {
		t.Errorf("told that it stays are %v", who)
	}
	if events := b.do("p2", benchmark.StayTogether("o2")); len(events) > 0 {
		t.Errorf("stopped again: %v", events)
	}
}
