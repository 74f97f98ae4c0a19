package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"roundtable/config"
	"roundtable/journal"
)

// TestDemoRemovesItsOwn plays the demo into folders with something of somebody's in
// them: nothing of it is removed or changed.
func TestDemoRemovesItsOwn(t *testing.T) {
	e := &env{ctx: t.Context(), cli: &cli{}, log: slog.New(slog.DiscardHandler), stdout: new(strings.Builder)}
	write := func(name string) func(dir string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, name), []byte("mine"), 0o600) }
	}
	for name, fill := range map[string]func(dir string) error{
		"a real journal": func(dir string) error {
			j, err := openStore(t.Context(), config.Journal{Kind: config.JournalSQLite, Path: filepath.Join(dir, "journal.db")})
			if err != nil {
				return err
			}
			entry := journal.Entry{At: time.Unix(1, 0), Kind: "note", Version: 1, Data: []byte("words")}
			for _, network := range []string{demoNetwork, "real"} {
				if _, err := j.Append(t.Context(), journal.Batch{Network: network, Entries: []journal.Entry{entry}}); err != nil {
					return err
				}
			}
			return j.Close()
		},
		"something else named so": write("journal.db"),
		"what is left of one":     write("journal.db-wal"),
		"a transcript":            write("transcript.txt"),
		"a picture":               write("picture-01-me.png"),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := fill(dir); err != nil {
				t.Fatal(err)
			}
			before := contentsOf(t, dir)
			err := (&demoCmd{Once: true, Dir: dir, Seed: 1}).Run(e)
			if err == nil || !strings.Contains(err.Error(), "--dir") {
				t.Errorf("the demo was played: %v", err)
			}
			after := contentsOf(t, dir)
			for name, content := range before {
				if after[name] != content {
					t.Errorf("%s was changed or removed", name)
				}
			}
		})
	}
}

// contentsOf returns what the files in a folder hold.
func contentsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]string{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		contents[name] = string(raw)
	}
	return contents
}
