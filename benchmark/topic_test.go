package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// Where an indicator is talked about, through a round's life.
func TestTopicFor(t *testing.T) {
	b := founded(t, 2, falls())
	talked := func(when string, falls, other, round benchmark.TopicID) {
		t.Helper()
		got := [3]benchmark.TopicID{b.n.TopicFor("falls"), b.n.TopicFor("other"), b.n.TopicFor("")}
		if want := [3]benchmark.TopicID{falls, other, round}; got != want {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
	talked("before any round", "template", "template", "template")
	b.do("p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o1", Figure: figure}))
	talked("with figures of old", "template", "template", "template")
	b.open("2026-Q3")
	talked("open", "round/2026-Q3", "round/2026-Q3", "round/2026-Q3")
	b.do("p1", benchmark.CloseRound{})
	talked("closed", "round/2026-Q3", "round/2026-Q3", "round/2026-Q3")
	b.do("p1", benchmark.PublishRound{})
	talked("shown", "comparison/2026-Q3/falls", "summary/2026-Q3", "summary/2026-Q3")
	b.open("2026-Q4")
	talked("the next one is open", "round/2026-Q4", "round/2026-Q4", "round/2026-Q4")
	b.do("p1", benchmark.CloseRound{})
	talked("the next one is closed", "comparison/2026-Q3/falls", "round/2026-Q4", "round/2026-Q4")
	b.do("p1", benchmark.PublishRound{})
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 1), Reason: "a late one"})
	talked("reopened", "round/2026-Q4", "round/2026-Q4", "round/2026-Q4")
}

func TestSubject(t *testing.T) {
	for id, want := range map[benchmark.TopicID][2]string{
		benchmark.TemplateTopic:                       {"", ""},
		benchmark.RoundTopic("2026-Q4"):               {"2026-Q4", ""},
		benchmark.SummaryTopic("2026-Q4"):             {"2026-Q4", ""},
		benchmark.ComparisonTopic("2026-Q4", "falls"): {"2026-Q4", "falls"},
	} {
		if r, i := id.Subject(); string(r) != want[0] || string(i) != want[1] {
			t.Errorf("%s: %q %q, want %q", id, r, i, want)
		}
	}
}
