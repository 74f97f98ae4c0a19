package benchmark_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.OpenTalk("", "falls")}},
	refusals: []refusalCase{
		{"not-a-participant", nil, "p99", benchmark.OpenTalk("", "falls")},
		{"not-published", isClosed, "p1", benchmark.OpenTalk("", "falls")},
		{"no-such-indicator", isShown, "p1", benchmark.OpenTalk("", "stairs")},
		{"no-such-round", nil, "p1", benchmark.OpenTalk("2031", "falls")},
	},
	last: func(b *table) { // a round in which nothing is worth a talk, until somebody says so
		b.open("2027-Q3")
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{Talks: []benchmark.IndicatorID{}})
		b.do("p1", benchmark.OpenTalk("2027-Q3", b.n.Template().Indicators[0].ID))
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"open a talk": func() benchmark.Intent { return benchmark.OpenTalk(w.aRound(), w.anIndicator()) },
			"publish some": func() benchmark.Intent {
				return benchmark.PublishRound{Talks: []benchmark.IndicatorID{w.anIndicator(), w.anIndicator()}[:pick(w.t, 0, 1, 2)]}
			},
		}
	},
})

// four indicators, of which a round's first are worth a talk.
func four() []benchmark.Indicator {
	var all []benchmark.Indicator
	for _, id := range []benchmark.IndicatorID{"falls", "sores", "pain", "stay"} {
		i := falls()
		i.ID = id
		all = append(all, i)
	}
	return all
}

// talkedOf is a network of two seats whose round is shown with some talks.
func talkedOf(t *testing.T, talks ...benchmark.IndicatorID) *table {
	t.Helper()
	b := founded(t, 3, four()...)
	b.do("p1", benchmark.TakeSeat{Connection: "chat", Channel: "c2"})
	b.open("2026-Q4")
	b.submit(1, 20, 400)
	b.submit(2, 30, 400)
	b.close()
	b.do("p1", benchmark.PublishRound{Talks: append([]benchmark.IndicatorID{}, talks...)})
	return b
}

// posted discharges what is owed until nothing is, and returns the keys of what was posted
// anew at a seat, in order.
func (b *table) posted(seat benchmark.SeatID) (keys []string) {
	b.t.Helper()
	b.dischargeBut(func(d benchmark.Duty) bool {
		kind, _, _ := strings.Cut(d.Key, "/")
		if d.Seat == seat && d.Edit == (benchmark.Post{}) && !slices.Contains([]string{"opening", "seated", "notice", "relay"}, kind) {
			key := strings.TrimSuffix(d.Key, "/"+string(seat))
			if d.Thread != (benchmark.Post{}) {
				key = "> " + key
			}
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
		return false
	})
	return keys
}

// What is worth a talk has a post of its own, and all others one together.
func TestTalks(t *testing.T) {
	b := talkedOf(t, "stay", "falls")
	want := []string{
		"summary/2026-Q4", "comparison/2026-Q4/falls", "comparison/2026-Q4/stay", "rest/2026-Q4",
		"> detail/2026-Q4/falls", "> question/2026-Q4/falls", "> detail/2026-Q4/stay", "> question/2026-Q4/stay",
	}
	got := b.posted("s1")
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("at the first seat (-want +got):\n%s", diff)
	}
	r := b.n.Current()
	if rest := benchmark.Rest(b.n, r); len(rest) != 2 || rest[0].ID != "sores" {
		t.Errorf("the rest are %v", rest)
	}
	b = talkedOf(t)
	if got := b.posted("s1"); !slices.Equal(got, []string{"summary/2026-Q4", "rest/2026-Q4"}) {
		t.Errorf("nothing is worth a talk, and posted is %v", got)
	}
	b = talkedOf(t, "falls", "sores", "pain", "stay")
	if rest := benchmark.Rest(b.n, b.n.Current()); len(rest) != 1 || rest[0].ID != "stay" {
		t.Errorf("of four that are worth a talk, without a post are %v", rest)
	}
}

// Whoever asks opens a thread at every seat, once, however many press.
func TestOpenTalk(t *testing.T) {
	b := talkedOf(t, "falls")
	b.posted("s1")
	if events := b.do("p2", benchmark.OpenTalk("2026-Q4", "falls")); len(events) > 0 {
		t.Errorf("of what has a thread: %v", events)
	}
	b.do("p2", benchmark.OpenTalk("2026-Q4", "pain"))
	if events := b.do("p3", benchmark.OpenTalk("2026-Q4", "pain")); len(events) > 0 {
		t.Errorf("asked for twice: %v", events)
	}
	for _, seat := range []benchmark.SeatID{"s1", "s2"} {
		var owed []string
		for _, d := range b.owed(benchmark.ComparisonDuty) {
			if d.Seat == seat {
				owed = append(owed, d.Key)
			}
		}
		if len(owed) != 1 || owed[0] != "comparison/2026-Q4/pain/"+string(seat) {
			t.Errorf("%s: owed is %v", seat, owed)
		}
	}
	if got := b.posted("s1"); !slices.Equal(got, []string{"comparison/2026-Q4/pain", "> detail/2026-Q4/pain", "> question/2026-Q4/pain"}) {
		t.Errorf("posted is %v", got)
	}
	topic := b.n.Topic(benchmark.ComparisonTopic("2026-Q4", "pain"))
	if topic == nil || len(topic.Roots) != 2 {
		t.Errorf("the thread is %+v", topic)
	}
	// A channel that comes later gets what is opened from then on.
	b.now = b.now.AddDate(0, 0, 1)
	b.open("2027-Q1")
	b.close()
	b.do("p1", benchmark.TakeSeat{Connection: "chat", Channel: "c3"})
	b.now = b.now.AddDate(0, 0, 1)
	b.do("p2", benchmark.OpenTalk("2026-Q4", "sores"))
	if got := b.posted("s3"); !slices.Equal(got[:1], []string{"comparison/2026-Q4/sores"}) {
		t.Errorf("at a later seat: %v", got)
	}
}

// What is asked or shared about an indicator opens its thread.
func TestAskingOpensAThread(t *testing.T) {
	b := talkedOf(t, "falls")
	b.posted("s1")
	b.do("p2", benchmark.Ask{Indicator: "pain", Text: "At rest, or when they move?"})
	b.do("p2", benchmark.Reflect{Indicator: "sores", Text: "We turn them less.", Share: true})
	b.do("p2", benchmark.Reflect{Indicator: "stay", Text: "I wonder."})
	if rest := benchmark.Rest(b.n, b.n.Current()); len(rest) != 1 || rest[0].ID != "stay" {
		t.Errorf("without a thread are %v", rest)
	}
	if _, err := b.try("p2", benchmark.Ask{Indicator: "stay", Text: ""}); err == nil || benchmark.HasThread(b.n.Current(), "stay") {
		t.Error("a question without words opens a thread")
	}
	b.posted("s1")
	if relayed := b.n.Discharged("relay/m1/s2"); relayed.Done == 0 {
		t.Error("the question isn't taken to the other seat")
	}
}

// What has a post of its own keeps it when the round is shown again, and nothing is posted
// while it is open.
func TestTalksOfARoundShownAgain(t *testing.T) {
	b := talkedOf(t, "falls", "pain")
	b.posted("s1")
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 5), Reason: "one was late"})
	if got := b.posted("s1"); len(got) > 0 {
		t.Errorf("while it is open again: %v", got)
	}
	if _, err := b.try("p2", benchmark.OpenTalk("2026-Q4", "stay")); reason(err) != "not-published" {
		t.Errorf("a thread while it is open again: %v", err)
	}
	b.submit(3, 21, 400)
	b.close()
	b.do("p1", benchmark.PublishRound{Talks: []benchmark.IndicatorID{"stay", "sores"}})
	if got := b.posted("s1"); !slices.Contains(got, "comparison/2026-Q4/stay") || slices.Contains(got, "comparison/2026-Q4/sores") {
		t.Errorf("shown again: %v", got)
	}
	if !benchmark.HasThread(b.n.Current(), "pain") {
		t.Error("what isn't worth a talk any more has lost its thread")
	}
}

// Rounds that earlier versions showed keep a post for each indicator, and get nothing more:
// neither another one nor a reply, also after they are corrected or shown again.
func TestRoundsOfEarlierVersionsPostNothingMore(t *testing.T) {
	b := founded(t, 3, four()...)
	b.open("2026-Q4")
	b.submit(1, 20, 400)
	b.submit(2, 30, 400)
	b.close()
	events := b.do("p1", benchmark.PublishRound{})
	if got, _ := json.Marshal(events[len(events)-1].Body); string(got) != `{"round":"2026-Q4"}` {
		t.Fatalf("it isn't as earlier versions wrote it: %s", got)
	}
	if got := b.posted("s1"); len(got) != 5 {
		t.Fatalf("posted is %v", got)
	}
	again := func(what string) {
		t.Helper()
		if got := b.posted("s1"); len(got) > 0 {
			t.Errorf("%s: %v", what, got)
		}
	}
	b.do("p2", benchmark.OpenTalk("2026-Q4", "pain"))
	b.do("p2", benchmark.Ask{Indicator: "pain", Text: "At rest?"})
	again("somebody asks")
	b.do("p2", benchmark.Submit{Reason: "counted again", Items: []benchmark.Item{answerFalls(31, 400)}})
	again("a correction")
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 5), Reason: "one was late"})
	again("open again")
	b.submit(3, 21, 400)
	b.close()
	b.do("p1", benchmark.PublishRound{Talks: []benchmark.IndicatorID{"stay"}})
	again("shown again")
	if !benchmark.ShowsEach(b.n.Current()) {
		t.Error("its posts aren't known to have everything in them any more")
	}
}

// A journal tells a round in which nothing is worth a talk from one of an earlier version.
func TestNothingWorthATalkIsWrittenDown(t *testing.T) {
	b := talkedOf(t)
	n := &benchmark.Network{}
	for _, e := range b.log {
		record, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		read, err := benchmark.Decode(record)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.Apply(read); err != nil {
			t.Fatal(err)
		}
	}
	if benchmark.ShowsEach(n.Current()) {
		t.Error("each indicator would get a post of its own")
	}
}
