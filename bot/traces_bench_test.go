package bot_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/journal/sqlite"
)

// BenchmarkPrivacyInOldNetwork shows what it costs to say what is kept about somebody in
// a network of 100,000 events, and what an answer takes while eight ask that all the time.
func BenchmarkPrivacyInOldNetwork(b *testing.B) {
	j, err := sqlite.Open(filepath.Join(b.TempDir(), "journal.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	now := grow(b, j, 100_000)
	ts := bot.NewTables(j, func() time.Time { return now }, weekdays)
	defer ts.Close()
	table, err := ts.Table(b.Context(), net)
	if err != nil {
		b.Fatal(err)
	}
	hostile := chat.PersonID{Connection: "north", User: "u2"}
	asks := func(ctx context.Context) {
		if traces, err := table.Traces(ctx, hostile); err != nil && ctx.Err() == nil || err == nil && len(traces) == 0 {
			b.Errorf("%d traces, %v", len(traces), err)
		}
	}
	b.Run("asked once", func(b *testing.B) {
		for b.Loop() {
			asks(b.Context())
		}
	})
	b.Run("an answer beside", func(b *testing.B) {
		ctx, cancel := context.WithCancel(b.Context())
		var asking sync.WaitGroup
		for range 8 {
			asking.Go(func() {
				for ctx.Err() == nil {
					asks(ctx)
				}
			})
		}
		n := 0
		for b.Loop() {
			n++
			if _, err := table.Do(b.Context(), benchmark.Actor{By: "p1"}, benchmark.Learn{Text: fmt.Sprint("thought ", n)}); err != nil {
				b.Fatal(err)
			}
		}
		cancel()
		asking.Wait()
	})
}
