package report

import (
	"testing"
	"time"

	"roundtable/benchmark"
)

var noon = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// network is one that events make, for tests.
type network struct {
	*testing.T
	benchmark.Network
	journal []benchmark.Record
}

// found makes a network with a template, which the domain must take. Its
// facilitator is p1.
func found(t *testing.T, template TemplateFile, change func(*benchmark.Settings), organisations ...string) *network {
	t.Helper()
	settings := benchmark.DefaultSettings()
	if change != nil {
		change(&settings)
	}
	n := &network{T: t}
	n.do("", benchmark.Found{
		ID: "n", Name: "Test", Settings: settings, Connection: "c", Channel: "c", Organisations: organisations, Seed: 1,
		TemplateName: template.Name, Indicators: template.Indicators,
		Founder: benchmark.Identity{Connection: "c", User: "u", Name: "Ada <ada@example.org> & \u2028 co"},
	})
	return n
}

func (n *network) do(by benchmark.ParticipantID, intent benchmark.Intent) {
	n.Helper()
	events, err := n.Decide(benchmark.Actor{By: by}, intent, noon)
	if err != nil {
		n.Fatal(err)
	}
	for _, e := range events {
		if err := n.Apply(e); err != nil {
			n.Fatal(err)
		}
		record, err := e.Encode()
		if err != nil {
			n.Fatal(err)
		}
		n.journal = append(n.journal, record)
	}
}
