package benchmark_test

import (
	"errors"
	"fmt"
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
	// gone are the events whose content a duty has taken out of the journal.
	gone map[uint64]bool
}

// subject is what the tests of one subject bring to the tests that go over all of
// them, so that a subject's tests stand in one file.
type subject struct {
	// unfounded are refusals where there is no network, refusals those of the
	// network that refusalCase says.
	unfounded, refusals []refusalCase
	// life is what happens of it in wholeLife, after all else and not by p2, who has
	// left: what the journal held before stays as it is.
	life func(b *table)
	// last is what happens of it after all that, where its file stands before others'.
	last func(b *table)
	// actions may be wanted in the laws, each drawn when it is chosen.
	actions func(w *world) map[string]func() benchmark.Intent
}

var subjects []subject

// with adds a subject; it is called for package variables.
func with(s subject) (added bool) {
	subjects = append(subjects, s)
	return true
}

var start = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)

func newTable(t rapid.TB) *table {
	return &table{t: t, n: &benchmark.Network{}, now: start, gone: map[uint64]bool{}}
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
		Founder:    benchmark.Identity{Connection: "play", User: "u1", Name: "Anna"},
		Indicators: indicators, TemplateName: "T",
	})
	for i := 1; i < k; i++ {
		b.do("", benchmark.Join{
			Person:       benchmark.Identity{Connection: "play", User: fmt.Sprintf("u%d", i+1), Name: fmt.Sprintf("P%d", i+1)},
			Organisation: names[i], Profession: "physician",
		})
	}
	return b
}

func (b *table) open(period string) {
	b.do("p1", benchmark.OpenRound{Period: period, Due: b.now.AddDate(0, 0, 21), Closes: b.now.AddDate(0, 0, 28), Sure: true})
}

func participant(k int) benchmark.ParticipantID {
	return benchmark.ParticipantID(fmt.Sprintf("p%d", k))
}

func (b *table) submit(k int, r, n float64) {
	b.do(participant(k), benchmark.Submit{Items: []benchmark.Item{{
		Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: r, Denominator: n},
	}}})
}
