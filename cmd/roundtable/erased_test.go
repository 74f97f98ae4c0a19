package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/config"
	"roundtable/journal"
)

// A backup of a real network, restored after somebody took their words back: the
// network is loaded without them, and their bytes are nowhere in the journal's folder.
func TestRestoredBackup(t *testing.T) {
	folder := t.TempDir()
	c := &config.Config{Journal: config.Journal{Kind: config.JournalSQLite, Path: filepath.Join(folder, "data", "roundtable.db")}, ErasedList: filepath.Join(folder, "lists")}
	var log strings.Builder
	e := &env{ctx: t.Context(), log: slog.New(slog.NewTextHandler(&log, nil))}
	const words = "What Anna would rather not have said."
	use := func(f func(j journal.Journal, table *bot.Table)) {
		t.Helper()
		useNetwork(t, e, c, f)
	}
	files := func() (all string) {
		names, err := filepath.Glob(c.Journal.Path + "*")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all += string(raw)
		}
		return all
	}
	at := benchmark.Post{Connection: "north", Channel: "falls", Message: "m"}
	do := func(table *bot.Table, by benchmark.ParticipantID, intent benchmark.Intent) {
		t.Helper()
		if _, err := table.Do(t.Context(), benchmark.Actor{By: by}, intent); err != nil {
			t.Fatal(err)
		}
	}
	use(func(_ journal.Journal, table *bot.Table) {
		now := time.Now()
		do(table, "p1", benchmark.OpenRound{Period: "2026-Q4", Due: now.AddDate(0, 0, 14), Closes: now.AddDate(0, 0, 21)})
		var opening benchmark.Duty
		table.Read(func(n *benchmark.Network) {
			for _, d := range n.Duties(now.Add(time.Minute), benchmark.Weekdays) {
				if d.Kind == benchmark.OpeningDuty {
					opening = d
				}
			}
		})
		do(table, benchmark.Bot, opening.Begin())
		do(table, benchmark.Bot, opening.Finish(benchmark.Post{Connection: "north", Channel: "falls", Message: "opening"}))
		do(table, "p1", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: words, Seat: "s1", Post: at})
	})
	backup, err := os.ReadFile(c.Journal.Path)
	if err != nil || !strings.Contains(string(backup), words) {
		t.Fatalf("the words can't be found like this: %v", err)
	}
	use(func(j journal.Journal, table *bot.Table) {
		do(table, "p1", benchmark.TakeBack{Post: at})
		if err := bot.NewCourier(bot.NewTables(j, time.Now, workingDays), nil, nil, e.log).Deliver(t.Context(), "net"); err != nil {
			t.Fatal(err)
		}
	})
	if strings.Contains(files(), words) {
		t.Fatal("the words weren't erased")
	}
	if err := os.WriteFile(c.Journal.Path, backup, 0o600); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(log.String(), "erased again") {
		t.Errorf("logged before: %s", &log)
	}
	use(func(_ journal.Journal, table *bot.Table) {
		if want := "entries that are listed as erased still had their content, and were erased again: a backup was restored, or an erasure was cut short"; !strings.Contains(log.String(), want) {
			t.Errorf("logged is: %s", &log)
		}
		if strings.Contains(files(), words) {
			t.Error("the words are back with the backup")
		}
		table.Read(func(n *benchmark.Network) {
			if contribution, _, ok := n.Contribution(1); !ok || n.Text(contribution.Text) != "" {
				t.Errorf("the network shows %+v, %q", contribution, n.Text(contribution.Text))
			}
		})
	})
}

// useNetwork opens the journal, founds the network where there is none, and closes it again.
func useNetwork(t *testing.T, e *env, c *config.Config, f func(j journal.Journal, table *bot.Table)) {
	t.Helper()
	j, err := e.openJournal(c)
	if err != nil {
		t.Fatal(err)
	}
	tables := bot.NewTables(j, time.Now, workingDays)
	table, err := tables.Table(t.Context(), "net")
	if err != nil {
		table, err = tables.Found(t.Context(), benchmark.Actor{}, benchmark.Found{
			ID: "net", Name: "Net", Settings: benchmark.DefaultSettings(), Seed: 7, Connection: "north", Channel: "falls", Profession: "nurse",
			Founder: benchmark.Identity{Connection: "north", User: "u1", Name: "Anna"}, Organisations: []string{"One", "Two"}, Mine: "One",
			TemplateName: "T", Indicators: []benchmark.Indicator{{ID: "falls", Title: "Falls", Kind: benchmark.Proportion}},
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	f(j, table)
	tables.Close()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}
