package benchmark_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"roundtable/benchmark"
)

// table is a network that a test talks to.
type table struct {
	t   rapid.TB
	n   *benchmark.Network
	now time.Time
	log []benchmark.Event
}

var start = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)

func newTable(t rapid.TB) *table {
	return &table{t: t, n: &benchmark.Network{}, now: start}
}

// do decides and applies; it fails the test on a refusal.
func (b *table) do(by benchmark.ParticipantID, intent benchmark.Intent) []benchmark.Event {
	b.t.Helper()
	events, err := b.try(by, intent)
	if err != nil {
		b.t.Fatalf("%T by %q: %v", intent, by, err)
	}
	return events
}

func (b *table) try(by benchmark.ParticipantID, intent benchmark.Intent) ([]benchmark.Event, error) {
	if by == "" {
		by = benchmark.Bot
	}
	return b.tryAs(benchmark.Actor{By: by}, intent)
}

func (b *table) tryAs(who benchmark.Actor, intent benchmark.Intent) ([]benchmark.Event, error) {
	events, err := b.n.Decide(who, intent, b.now)
	for _, e := range events {
		if err := b.n.Apply(e); err != nil {
			b.t.Fatalf("apply %T: %v", e.Body, err)
		}
		b.log = append(b.log, e)
	}
	return events, err
}

// reason is the named reason of a refusal; empty for none.
func reason(err error) string {
	if one, ok := errors.AsType[*benchmark.Refusal](err); ok {
		return string(one.Reason)
	}
	return ""
}

func falls() benchmark.Indicator {
	return benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Proportion}
}

// founded returns a network with k organisations "Org 1" ..., a facilitator p1
// in the first and one participant p2 ... in each of the others.
func founded(t rapid.TB, k int, indicators ...benchmark.Indicator) *table {
	b := newTable(t)
	settings := benchmark.DefaultSettings()
	settings.Zone = "Europe/Stockholm"
	var names []string
	for i := range k {
		names = append(names, fmt.Sprintf("Org %d", i+1))
	}
	b.do("", benchmark.Found{
		ID: "n1", Name: "Net", Settings: settings, Seed: 7, Connection: "play", Channel: "c1",
		Organisations: names, Mine: names[0], Profession: "nurse",
		Founder:    benchmark.IdentityGiven{Connection: "play", User: "u1", Name: "Anna"},
		Indicators: indicators, TemplateName: "T",
	})
	for i := 1; i < k; i++ {
		b.do("", benchmark.Join{
			Person:       benchmark.IdentityGiven{Connection: "play", User: fmt.Sprintf("u%d", i+1), Name: fmt.Sprintf("P%d", i+1)},
			Organisation: names[i], Profession: "physician",
		})
	}
	return b
}

func (b *table) open(period string) {
	b.do("p1", benchmark.OpenRound{Period: period, Due: b.now.AddDate(0, 0, 21), Closes: b.now.AddDate(0, 0, 28)})
}

func participant(k int) benchmark.ParticipantID {
	return benchmark.ParticipantID(fmt.Sprintf("p%d", k))
}

func (b *table) submit(k int, r, n float64) {
	b.do(participant(k), benchmark.Submit{Items: []benchmark.Item{{
		Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: r, Denominator: n},
	}}})
}

// A round from founding to publishing.
func TestRoundLives(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(1, 20, 412)
	b.submit(2, 30, 380)
	if _, err := b.n.View("2026-Q4", "falls", benchmark.Viewer{}); reason(err) != "not-published" {
		t.Errorf("a view before closing: %v, want not-published", err)
	}
	b.do("p3", benchmark.Skip{})
	c := b.n.Current()
	if got, want := b.n.Progress(c), (benchmark.Progress{Organisations: 3, Complete: 2, Skipped: 1}); got != want {
		t.Errorf("progress %+v, want %+v", got, want)
	}
	b.do("p1", benchmark.CloseRound{})
	if _, err := b.try("p3", benchmark.Submit{Items: []benchmark.Item{{Indicator: "falls", Answer: benchmark.NotMeasured}}}); reason(err) != "round-closed" {
		t.Errorf("an answer after closing: %v, want round-closed", err)
	}
	b.do("p1", benchmark.PublishRound{})
	v, err := b.n.View("2026-Q4", "falls", benchmark.Viewer{Organisation: "o2"})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Marks) != 2 || !v.Marks[1].You || v.Funnel.Centre != 50.0/792 || v.Counts.Skipped != 1 {
		t.Errorf("view %+v", v)
	}
}

// Answering takes "not this round" back.
func TestSkipIsTakenBack(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.do("p2", benchmark.Skip{})
	b.submit(2, 20, 400)
	b.do("p2", benchmark.Withdraw{})
	if got, want := b.n.Progress(b.n.Current()), (benchmark.Progress{Organisations: 2}); got != want {
		t.Errorf("progress %+v, want %+v", got, want)
	}
}

// Folding the journal gives the same network, and folding an event twice
// changes nothing.
func TestFoldRepeats(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(1, 20, 412)
	n := &benchmark.Network{}
	for _, e := range b.log {
		r, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := benchmark.Decode(r)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := n.Apply(again); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n.Seq != b.n.Seq || len(n.Participants) != 3 || n.Progress(n.Current()) != b.n.Progress(b.n.Current()) {
		t.Errorf("the fold differs: %+v", n)
	}
}
