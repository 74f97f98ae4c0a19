package sqlite

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/journal"
)

// score is about as long as a typical answer.
var score = strings.Repeat(`{"person":"p7","score":8}`, 8)

// BenchmarkAppend shows what committing together gains: batches of one entry, by
// one writer and by 64 on as many networks. Measure on a real disk, with TMPDIR.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s, err := Open(filepath.Join(b.TempDir(), "roundtable.db"))
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = s.Close() }()
			var taken atomic.Int64
			var all sync.WaitGroup
			b.ResetTimer()
			for w := range writers {
				all.Go(func() {
					for after := uint64(0); taken.Add(1) <= int64(b.N); after++ {
						if _, err := s.Append(b.Context(), journal.Batch{Network: fmt.Sprint("n", w), After: after, Entries: note(score)}); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "batches/s")
		})
	}
}

// BenchmarkRead reads a network of a million entries of 200 bytes, which lie
// between as many of another network.
func BenchmarkRead(b *testing.B) {
	const total = 1_000_000
	s, err := Open(filepath.Join(b.TempDir(), "roundtable.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	entries := make([]journal.Entry, journal.MaxEntries/2)
	for i := range entries {
		entries[i] = journal.Entry{At: time.Unix(int64(i), 0), Kind: "answer.given", Version: 1, Data: []byte(score)}
	}
	for at := 0; at < total; at += len(entries) {
		for _, network := range []string{"read", "other"} {
			if _, err := s.Append(b.Context(), journal.Batch{Network: network, After: uint64(at), Entries: entries}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.SetBytes(int64(total * len(score)))
	for b.Loop() {
		n := 0
		for _, err := range s.Read(b.Context(), "read", 1) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != total {
			b.Fatalf("read %d entries", n)
		}
	}
	b.ReportMetric(float64(b.N)*total/b.Elapsed().Seconds(), "entries/s")
}
