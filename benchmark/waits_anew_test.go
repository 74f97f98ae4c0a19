package benchmark_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

const longAgo = 60 * 24 * time.Hour

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.WaitAnew()}},
	life: func(b *table) {
		now := b.now
		b.do("", joins("u90", "o1"))
		b.now = now.Add(longAgo)
		b.do(benchmark.ParticipantID("p8"), benchmark.WaitAnew())
		b.now = now
	},
	actions: func(*world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{"wait anew": benchmark.WaitAnew}
	},
})

// asked says who is asked about whom.
func (b *table) asked() (about []string) {
	for _, d := range b.owed(benchmark.ConfirmDuty) {
		about = append(about, string(d.Newcomer)+" "+string(d.Participant))
	}
	return about
}

// A network of long ago, or an organisation that gets a member after a long time, isn't
// asked about all who wait. They are in the list, and asked about once they do something.
func TestNewcomersOfLongAgo(t *testing.T) {
	for name, tt := range map[string]struct {
		after time.Duration
		want  []string
	}{
		"a day":                  {24 * time.Hour, []string{"p4 p2", "p5 p2"}},
		"two weeks":              {14 * 24 * time.Hour, []string{"p4 p2", "p5 p2", "p4 p1", "p5 p1"}},
		"just before two months": {longAgo - time.Second, []string{"p4 p2", "p5 p2", "p4 p1", "p5 p1"}},
		"two months":             {longAgo, nil},
	} {
		t.Run(name, func(t *testing.T) {
			b := founded(t, 3, falls())
			b.do("", joins("u4", "Org 2"))
			b.do("", joins("u5", "Org 2"))
			b.now = b.now.Add(tt.after)
			if diff := cmp.Diff(tt.want, b.asked()); diff != "" {
				t.Fatalf("asked about are (-want +got):\n%s", diff)
			}
			events := b.do("p4", benchmark.WaitAnew())
			if tt.want != nil {
				if len(events) > 0 {
					t.Errorf("it led to %d events", len(events))
				}
				return
			}
			if diff := cmp.Diff([]string{"p4 p2", "p4 p1"}, b.asked()); diff != "" {
				t.Errorf("once one has done something (-want +got):\n%s", diff)
			}
			if events := b.do("p4", benchmark.WaitAnew()); len(events) > 0 {
				t.Errorf("again led to %d events", len(events))
			}
			if events := b.do("p2", benchmark.WaitAnew()); len(events) > 0 || benchmark.WaitsLong(b.n, "p2", b.now) || !benchmark.WaitsLong(b.n, "p5", b.now) {
				t.Errorf("who is confirmed waits: %d events", len(events))
			}
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u6"}, Observer: true})
			b.now = b.now.Add(longAgo)
			if events := b.do("p6", benchmark.WaitAnew()); len(events) > 0 {
				t.Errorf("who is in no organisation waits: %d events", len(events))
			}
			b.do("p1", benchmark.Vouch{Newcomer: "p5", Yes: true}) // as the list lets a facilitator
			b.do("p5", benchmark.Leave{})
			if benchmark.WaitsLong(b.n, "p5", b.now) {
				t.Error("who has left waits")
			}
		})
	}
}
