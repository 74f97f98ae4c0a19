package memory_test

import (
	"testing"

	"go.uber.org/goleak"

	"roundtable/journal"
	"roundtable/journal/journaltest"
	"roundtable/journal/memory"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestConformance(t *testing.T) {
	journaltest.Run(t, func(*testing.T) journal.Journal { return memory.New() }, journaltest.Options{
		Reopen: func(_ *testing.T, j journal.Journal) journal.Journal { return j.(*memory.Store).Another() },
		Damage: func(t *testing.T, j journal.Journal, network string, seq uint64, harm journaltest.Harm) {
			j.(*memory.Store).Damage(t, network, seq, harm)
		},
	})
}
