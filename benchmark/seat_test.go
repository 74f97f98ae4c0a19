package benchmark_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

const (
	codeA = "7K3M-9QXT-2HVB"
	codeB = "0000-0000-0001"
)

func offered(b *table) { b.do("p1", benchmark.OfferSeat{Code: codeA}) }

func linked(b *table) {
	offered(b)
	b.do("", benchmark.LinkSeat{Code: codeA, Connection: "play", Channel: "c9"})
}

// A code is heard and typed in many ways, and differs whenever chance does.
func TestCode(t *testing.T) {
	address := func(code string) string {
		a, ok := benchmark.OfferAddress(code)
		if !ok {
			return "no code"
		}
		return a
	}
	for _, typed := range []string{"7k3m9qxt2hvb", " 7K3M 9QXT 2HVB\n", "7K3M–9QXT–2HUB"} {
		if diff := cmp.Diff(address(codeA), address(typed)); diff != "" {
			t.Errorf("%q is another code than %q (-want +got):\n%s", typed, codeA, diff)
		}
	}
	if address("ooooOO0Oooil") != address("0000-0000-0011") {
		t.Error("o, i and l are not heard as 0 and 1")
	}
	for _, typed := range []string{"", "7K3M-9QXT-2HV", "7K3M-9QXT-2HVBB", "7K3M-9QXT-2HV!", strings.Repeat("Å", 12)} {
		if got := address(typed); got != "no code" {
			t.Errorf("%q is read as a code", typed)
		}
	}
	seen := map[string]bool{}
	for bit := range 60 {
		seen[benchmark.NewCode(1<<bit)] = true
	}
	if len(seen) != 60 {
		t.Errorf("60 bits make %d codes", len(seen))
	}
}

// The code itself is nowhere in the journal; its address is in the index while it
// may be asked for.
func TestCodeIsNotKept(t *testing.T) {
	b := founded(t, 2, falls())
	offered(b)
	for _, r := range b.records() {
		if strings.Contains(strings.ToUpper(string(r.Data)), "7K3M") {
			t.Errorf("%s holds the code: %s", r.Kind, r.Data)
		}
	}
	address, _ := benchmark.OfferAddress(codeA)
	if !slices.Contains(b.n.Addresses(), address) {
		t.Errorf("%q is not among the addresses %q", address, b.n.Addresses())
	}
	b.do("p1", benchmark.OfferSeat{Code: codeB})
	if slices.Contains(b.n.Addresses(), address) {
		t.Error("a code that was cancelled is still found")
	}
	if until, good := b.n.Offered(b.now); !good || !until.Equal(b.now.Add(24*time.Hour)) {
		t.Errorf("good %v, until %v", good, until)
	}
}

// keysAt are the keys of what is owed now at a seat.
func (b *table) keysAt(seat benchmark.SeatID) []string {
	var keys []string
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Seat == seat && !d.NotBefore.After(b.now) {
			keys = append(keys, d.Key)
		}
	}
	return keys
}

// The channel that comes later gets the welcome and what is talked about now, in
// that order, and nothing of the rounds that were over before.
func TestSeatThatComesLater(t *testing.T) {
	b := founded(t, 2, falls())
	for _, period := range []string{"2026-Q1", "2026-Q2", "2026-Q3"} {
		b.open(period)
		b.submit(1, 20, 400)
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		b.discharge()
	}
	b.open("2026-Q4")
	b.discharge()
	b.now = b.now.Add(time.Hour)
	linked(b)
	want := []string{"seated/s2/s2", "opening/2026-Q4/s2"}
	if diff := cmp.Diff(want, b.keysAt("s2")); diff != "" {
		t.Errorf("owed at the new seat (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"seated/s2/s1"}, b.keysAt("s1")); diff != "" {
		t.Errorf("owed at the old seat (-want +got):\n%s", diff)
	}
	b.discharge()
	b.submit(1, 20, 400)
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.discharge()
	b.open("2027-Q1")
	b.discharge()
	b.do("p1", benchmark.Submit{Round: "2026-Q3", Reason: "counted again", Items: []benchmark.Item{value(figure, "")}})
	b.do("p1", benchmark.Submit{Round: "2026-Q4", Reason: "counted again", Items: []benchmark.Item{value(benchmark.Figure{Numerator: 9, Denominator: 300}, "")}})
	if diff := cmp.Diff([]string{"summary/2026-Q4/s2", "comparison/2026-Q4/falls/s2"}, b.keysAt("s2")); diff != "" {
		t.Errorf("owed after corrections of a round before and one since (-want +got):\n%s", diff)
	}
}

// Results that are being talked about are brought to the new seat, so that their
// threads can be joined.
func TestSeatThatComesWhileResultsAreTalkedAbout(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.submit(1, 20, 400)
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.discharge()
	b.now = b.now.Add(time.Hour)
	linked(b)
	b.discharge()
	for _, topic := range []benchmark.TopicID{benchmark.SummaryTopic("2026-Q4"), benchmark.ComparisonTopic("2026-Q4", "falls")} {
		if len(b.n.Topic(topic).Roots) != 2 {
			t.Errorf("%s stands at %v", topic, b.n.Topic(topic).Roots)
		}
	}
}

// Who brought the seat knows; the facilitators who didn't are told. After a week
// it is no news any more.
func TestSeatIsToldOf(t *testing.T) {
	b := founded(t, 2, falls())
	b.discharge()
	b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	told := func() (keys []string) {
		for _, d := range b.n.Duties(b.now, nil) {
			keys = append(keys, d.Key)
		}
		return keys
	}
	if diff := cmp.Diff([]string{"seated/s2/s1", "seated/s2/s2"}, told()); diff != "" {
		t.Errorf("a facilitator took the seat (-want +got):\n%s", diff)
	}
	linked(b)
	if !slices.Contains(told(), "linked/s3/p1") {
		t.Errorf("somebody took a seat by a code, owed are %q", told())
	}
	b.now = b.now.AddDate(0, 0, 7)
	if got := told(); len(got) > 0 {
		t.Errorf("after a week there is still owed: %q", got)
	}
}

// A channel that is called otherwise keeps its threads and posts.
func TestMovedSeat(t *testing.T) {
	b := founded(t, 2, falls())
	linked(b)
	b.open("2026-Q4")
	b.discharge()
	root := b.n.Topic(benchmark.RoundTopic("2026-Q4")).Roots["s2"]
	other := b.n.Topic(benchmark.RoundTopic("2026-Q4")).Roots["s1"]
	said := benchmark.Post{Connection: "play", Channel: "c9", Message: "said"}
	b.do("p2", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "Hm.", Seat: "s2", Post: said})
	b.discharge()
	move := benchmark.MoveSeat{From: benchmark.Place{Connection: "play", Channel: "c9"}, To: benchmark.Place{Connection: "play", Channel: "c10"}}
	b.do("", move)
	now := benchmark.Post{Connection: "play", Channel: "c10", Message: root.Message}
	if id, ok := b.n.TopicAt(now); !ok || id != benchmark.RoundTopic("2026-Q4") {
		t.Errorf("at %v stands %q", now, id)
	}
	if id, ok := b.n.TopicAt(other); !ok || id != benchmark.RoundTopic("2026-Q4") {
		t.Errorf("at the seat that didn't move stands %q", id)
	}
	if _, still := b.n.TopicAt(root); still {
		t.Error("something stands where the channel was")
	}
	said.Channel = "c10"
	if events := b.do("p2", benchmark.Revise{Post: said, Text: "Hm, hm."}); len(events) == 0 {
		t.Error("what was said there can't be rewritten")
	}
	b.submit(1, 20, 400)
	b.do("p1", benchmark.Ask{Text: "Why?"})
	edited, joined := false, false
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Seat == "s2" && d.Kind == benchmark.OpeningDuty {
			edited = d.Edit == now
		}
		if d.Seat == "s2" && d.Kind == benchmark.RelayDuty {
			joined = d.Thread == now
		}
	}
	if !edited || !joined {
		t.Errorf("the post is edited there: %v, the thread is joined there: %v", edited, joined)
	}
	if !slices.Contains(b.n.Addresses(), benchmark.SeatAddress("play", "c10")) || slices.Contains(b.n.Addresses(), benchmark.SeatAddress("play", "c9")) {
		t.Errorf("addresses %q", b.n.Addresses())
	}
	for _, idle := range []benchmark.MoveSeat{move, {From: benchmark.Place{Connection: "play", Channel: "c1"}, To: move.To}, {From: move.To}} {
		if events := b.do("", idle); len(events) > 0 {
			t.Errorf("%+v is followed by %+v", idle, events)
		}
	}
}
