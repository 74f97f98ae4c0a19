package benchmark_test

import (
	"testing"
	"time"

	"roundtable/benchmark"
)

var _ = with(subject{refusals: []refusalCase{{"leaving-fell", nil, "p2", benchmark.AgreeToTakeOut("o2", false, "p3")}}})

// Who wants an organisation to leave and then speaks for it no more has said nothing: a yes to
// them is refused, even where only one is left there, and even if they come back.
func TestLeavingFallsWithWhoWantedIt(t *testing.T) {
	back := func(b *table) {
		b.do("p2", benchmark.Vouch{Newcomer: "p4"})
		b.now = b.now.Add(24 * time.Hour)
		b.joins("u9", "Org 2")
		b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
	}
	for name, falls := range map[string]func(b *table){
		"thrown out": func(b *table) { b.do("p2", benchmark.Vouch{Newcomer: "p4"}) },
		"left":       func(b *table) { b.do("p4", benchmark.Leave{}) },
		"erased":     func(b *table) { b.do("p4", benchmark.EraseMe(addressOf(9))) },
		"moved": func(b *table) {
			b.joins("u9", "Org 1")
			b.do("p1", benchmark.Vouch{Newcomer: "p4", Organisation: "o1", Yes: true})
		},
		"out, and back":  back,
		"stopped":        func(b *table) { b.do("p2", benchmark.StayTogether("o2")) },
		"long ago":       func(b *table) { b.now = b.now.Add(benchmark.LeavingWaits + time.Hour) },
		"wants it still": nil,
	} {
		t.Run(name, func(t *testing.T) {
			b := letIn(t)
			b.open("2026-Q4")
			b.submit(2, 20, 400)
			b.do("p5", benchmark.Leave{})
			b.do("p4", benchmark.TakeOut("o2", false))
			if falls != nil {
				falls(b)
			}
			events, err := b.try("p2", benchmark.AgreeToTakeOut("o2", false, "p4"))
			if falls == nil {
				if err != nil || !benchmark.Leaves(events) {
					t.Errorf("%v, %v", events, err)
				}
				return
			}
			if reason(err) != "leaving-fell" {
				t.Errorf("%v, %v", events, err)
			}
			if by, _, waits := benchmark.LeavingOf(b.n, "o2"); waits && name != "long ago" {
				t.Errorf("%s wants it still", by)
			}
		})
	}
}
