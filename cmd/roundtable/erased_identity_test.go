package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/config"
	"roundtable/journal"
)

// A backup from before somebody joined again: they lead still, under the name that it
// has. Once they had themselves erased, it brings nothing of them back.
func TestRestoredBackupUnseatsNobody(t *testing.T) {
	folder := t.TempDir()
	c := &config.Config{Journal: config.Journal{Kind: config.JournalSQLite, Path: filepath.Join(folder, "data", "roundtable.db")}, ErasedList: filepath.Join(folder, "lists")}
	e := &env{ctx: t.Context(), log: slog.New(slog.DiscardHandler)}
	use := func(f func(j journal.Journal, table *bot.Table)) {
		t.Helper()
		useNetwork(t, e, c, f)
	}
	isCalled := func(when, want string) {
		t.Helper()
		use(func(_ journal.Journal, table *bot.Table) {
			table.Read(func(n *benchmark.Network) {
				p, here := n.At(benchmark.Address{Connection: "north", User: "u1"})
				if p.Name != want || here != (want != "") || here && len(n.Facilitators()) != 1 {
					t.Errorf("%s: %q is here: %v, want %q", when, p.Name, here, want)
				}
			})
		})
	}
	saved := func() []byte {
		t.Helper()
		raw, err := os.ReadFile(c.Journal.Path)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	restore := func(backup []byte) {
		t.Helper()
		if err := os.WriteFile(c.Journal.Path, backup, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	isCalled("founded", "Anna")
	founded := saved()
	again := func(name string) {
		use(func(j journal.Journal, table *bot.Table) {
			join := benchmark.Join{Person: benchmark.Identity{Connection: "north", User: "u1", Name: name}, Organisation: "o1"}
			if _, err := table.Do(t.Context(), benchmark.Actor{By: "p1"}, join); err != nil {
				t.Fatal(err)
			}
			if err := bot.NewCourier(bot.NewTables(j, time.Now, workingDays), nil, nil, e.log).Deliver(t.Context(), "net"); err != nil {
				t.Fatal(err)
			}
		})
	}
	again("Anna Berg")
	isCalled("joined again", "Anna Berg")
	second := saved()
	again("Anna Ek")
	restore(founded)
	isCalled("a backup from before", "Anna")
	restore(second)
	isCalled("a backup from between", "Anna Berg")
	again("Anna Ek") // with a number that another had
	isCalled("joined again since", "Anna Ek")
	use(func(j journal.Journal, _ *bot.Table) {
		var last uint64
		for entry, err := range j.Read(t.Context(), "net", 1) {
			if err != nil {
				t.Fatal(err)
			}
			if entry.Kind == benchmark.IdentityKind {
				last = entry.Seq
			}
		}
		if err := j.Erase(t.Context(), "net", []uint64{last}); err != nil {
			t.Fatal(err)
		}
	})
	for _, backup := range [][]byte{second, founded} {
		restore(backup)
		isCalled("erased, and a backup from before", "")
	}
}
