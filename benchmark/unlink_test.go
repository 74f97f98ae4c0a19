package benchmark_test

import (
	"slices"
	"testing"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.Unlink("s1")}},
	refusals: []refusalCase{
		{"facilitator-only", nil, "p2", benchmark.Unlink("s1")},
		{"no-such-seat", nil, "p1", benchmark.Unlink("s9")},
		{"last-seat", nil, "p1", benchmark.Unlink("s1")},
		{"no-such-seat", func(b *table) { twoSeats(b); b.do("p1", benchmark.Unlink("s2")) }, "p1", benchmark.Unlink("s2")},
		{"last-seat", func(b *table) { twoSeats(b); b.do("p1", benchmark.Unlink("s1")) }, "p1", benchmark.Unlink("s2")},
		{"code-unknown", func(b *table) {
			b.do("p1", benchmark.OfferSeat{Code: benchmark.NewCode(7)})
			twoSeats(b)
			b.do("p1", benchmark.Unlink("s2"))
		}, "p2", benchmark.LinkSeat{Code: benchmark.NewCode(7), Connection: "play", Channel: "c3"}},
	},
	life: func(b *table) {
		b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c9"})
		b.do("p1", benchmark.Unlink(b.n.Seats[len(b.n.Seats)-1].ID))
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"unlink": func() benchmark.Intent { return benchmark.Unlink(pick[benchmark.SeatID](w.t, "s1", "s2", "s3", "s9")) },
		}
	},
})

func twoSeats(b *table) { b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"}) }

// A channel that is unlinked is told so and nothing else, and is found no more; its
// place is free.
func TestUnlink(t *testing.T) {
	b := founded(t, 3, falls())
	twoSeats(b)
	b.open("2026-Q4")
	b.discharge()
	b.do("p1", benchmark.Unlink("s2"))
	b.do("p2", benchmark.Ask{Indicator: "falls", Text: "Do near falls count?"})
	if got := b.keysAt("s2"); !slices.Equal(got, []string{"unlinked/s2/s2"}) {
		t.Errorf("there, it is told %v", got)
	}
	if got := b.keysAt("s1"); !slices.Contains(got, "unlinked/s2/s1") {
		t.Errorf("elsewhere, they are told %v", got)
	}
	if _, seated := b.n.SeatAt("play", "c2"); seated || slices.Contains(b.n.Addresses(), benchmark.SeatAddress("play", "c2")) {
		t.Error("the channel is still found at the table")
	}
	b.discharge()
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	if got := b.keysAt("s2"); len(got) > 0 {
		t.Errorf("there, it is told %v", got)
	}
	b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	if s, seated := b.n.SeatAt("play", "c2"); !seated || s.ID != "s3" {
		t.Errorf("it comes again as %+v", s)
	}
	if got := b.keysAt("s3"); !slices.Contains(got, "opening/2026-Q4/s3") {
		t.Errorf("there again, it is told %v", got)
	}
}
