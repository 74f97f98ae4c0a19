package benchmark_test

import (
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
)

// What happens to a round is told in the thread of its opening post, once, and the post
// says so.
func TestAnnouncementsStandBelowTheOpening(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.discharge()
	told := func(about string) {
		t.Helper()
		root := b.n.Topic(benchmark.RoundTopic("2026-Q4")).Roots["s1"]
		b.now = b.now.Add(2 * time.Minute)
		var all []benchmark.Duty
		for _, d := range b.owed(benchmark.NoticeDuty) {
			if n, _ := b.n.NoticeOf(d); n.About == about {
				all = append(all, d)
			}
		}
		if len(all) != 1 || all[0].Thread != root {
			t.Errorf("%s: owed is %+v", about, all)
		}
		if !slices.Contains(benchmark.Announced(b.n.Current()), about) {
			t.Errorf("%s: the opening post says %v", about, benchmark.Announced(b.n.Current()))
		}
		if edits := b.owed(benchmark.OpeningDuty); len(edits) != 1 {
			t.Errorf("%s: the opening post stays as it is", about)
		}
		b.discharge()
		if left := b.owed(benchmark.NoticeDuty); len(left) > 0 {
			t.Errorf("%s: told again: %+v", about, left)
		}
	}
	b.do("p1", benchmark.ExtendRound{Due: b.now.AddDate(0, 0, 25)})
	b.do("p1", benchmark.ExtendRound{Due: b.now.AddDate(0, 0, 26)}) // mended at once
	told(benchmark.ExtendedNotice)
	otherwise := falls()
	otherwise.Measures = "also those who are caught"
	b.do("p1", benchmark.AdoptTemplate{Name: "T", Indicators: []benchmark.Indicator{otherwise}, Reason: "as we count"})
	told(benchmark.DefinitionNotice)
	b.submit(1, 20, 400)
	b.close()
	b.publish()
	b.discharge()
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "one was late"})
	told(benchmark.ReopenedNotice)
	b.submit(2, 30, 400)
	b.close()
	b.publish()
	told(benchmark.ShownAgainNotice)
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "another one"})
	if got := benchmark.Announced(b.n.Current()); len(got) != 4 {
		t.Errorf("the opening post says %v", got)
	}
	// More time that nobody heard of before the round closed is no news.
	b.do("p1", benchmark.ExtendRound{Due: b.now.AddDate(0, 0, 8), Closes: b.now.AddDate(0, 0, 9)})
	b.close()
	b.now = b.now.Add(time.Hour)
	for _, d := range b.owed(benchmark.NoticeDuty) {
		if n, _ := b.n.NoticeOf(d); n.About == benchmark.ExtendedNotice {
			t.Errorf("a closed round's deadlines are told: %+v", d)
		}
	}
}
