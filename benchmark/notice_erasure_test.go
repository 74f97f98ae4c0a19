package benchmark_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// noticesOwed are the keys of those that can be posted or edited now.
func (b *table) noticesOwed() (keys []string) {
	for _, d := range b.owed(benchmark.NoticeDuty) {
		if d.Participant == "" {
			keys = append(keys, d.Key)
		}
	}
	slices.Sort(keys)
	return keys
}

// A notice that names somebody is edited at every seat where it stands once they are
// erased, however old it is, and others are left alone.
func TestErasedNamesAreTakenOutOfNotices(t *testing.T) {
	for name, later := range map[string]time.Duration{"the same day": time.Hour, "a year later": 365 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			b := founded(t, 3, falls())
			b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
			b.do("p1", benchmark.AppointFacilitator("p3"))
			b.discharge()
			b.do("p1", benchmark.AppointFacilitator("p2"))
			named := b.noticesOwed()
			b.discharge()
			b.now = b.now.Add(later)
			b.do("p1", seeing(benchmark.Coded)) // notices of long ago are put by
			b.discharge()
			b.do("p2", benchmark.EraseMe(addressOf(2)))
			if diff := cmp.Diff(named, b.noticesOwed()); diff != "" || len(named) != 2 {
				t.Errorf("owed are (-want +got):\n%s", diff)
			}
			for _, d := range b.owed(benchmark.NoticeDuty) {
				notice, ok := b.n.NoticeOf(d)
				if d.Edit == (benchmark.Post{}) || !ok || notice.Participant != "p2" {
					t.Errorf("%+v is no edit of a notice about her: %+v", d, notice)
				}
			}
			b.discharge()
			b.do("p1", seeing(benchmark.Named))
			b.discharge()
			if left := b.noticesOwed(); len(left) > 0 {
				t.Errorf("owed still: %q", left)
			}
			b.do("p1", benchmark.EraseMe(addressOf(1))) // who did it is named in some
			if owed := b.noticesOwed(); len(owed) == 0 {
				t.Error("who appointed is named still")
			}
		})
	}
}

// What was not posted yet is posted without the name, while it is news; and a channel that
// has left the table is edited too.
func TestErasedNamesAndSeats(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.discharge()
	b.do("p1", benchmark.Unlink("s2"))
	b.discharge()
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	owed := b.owed(benchmark.NoticeDuty)
	if !slices.ContainsFunc(owed, func(d benchmark.Duty) bool { return d.Seat == "s2" && d.Edit != (benchmark.Post{}) }) {
		t.Errorf("the former seat keeps the name: %+v", owed)
	}
	b.discharge()

	b = founded(t, 3, falls())
	b.discharge()
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	owed = b.owed(benchmark.NoticeDuty)
	if len(owed) != 1 || owed[0].Edit != (benchmark.Post{}) {
		t.Errorf("owed are %+v", owed)
	}
	b.now = b.now.Add(8 * 24 * time.Hour)
	if owed := b.noticesOwed(); len(owed) > 0 {
		t.Errorf("owed when it is no news: %q", owed)
	}
}

// A note that goes while its round is open again goes from the comparison that stands,
// too.
func TestNotesThatGoWhileARoundIsOpenAgain(t *testing.T) {
	for name, goes := range map[string]func(b *table){
		"corrected":  func(b *table) { b.do("p2", submit("", noted("falls", 22, "another note"))) },
		"taken back": func(b *table) { b.do("p2", benchmark.Withdraw{Indicator: "falls"}) },
		"erased":     func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) },
		"dropped":    func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o2", false)) },
	} {
		t.Run(name, func(t *testing.T) {
			b := founded(t, 3, falls())
			b.open("2026-Q4")
			b.do("p2", submit("", noted("falls", 21, "a note")))
			b.do("p1", benchmark.CloseRound{})
			b.do("p1", benchmark.PublishRound{})
			b.discharge()
			b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "late ones"})
			b.discharge()
			goes(b)
			if owed := b.owed(benchmark.ComparisonDuty); len(owed) != 1 || owed[0].Edit == (benchmark.Post{}) {
				t.Errorf("owed are %+v", owed)
			}
			b.discharge()
			if owed := b.owed(benchmark.ComparisonDuty); len(owed) > 0 {
				t.Errorf("owed still: %+v", owed)
			}
		})
	}
}
