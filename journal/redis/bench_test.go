package redis

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/journal"
)

// score is about as long as a typical answer.
var score = strings.Repeat(`{"person":"p7","score":8}`, 8)

// BenchmarkAppend appends batches of one entry to a redis-server that waits for
// its disk (TMPDIR), by one writer and by 64 on as many networks.
func BenchmarkAppend(b *testing.B) {
	server := serve(b)
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s := opened(b, server.url("pool_size=64"))
			defer shut(b, s)
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

// BenchmarkRead reads a network of a million entries of 200 bytes.
func BenchmarkRead(b *testing.B) {
	const total = 1_000_000
	s := opened(b, serve(b).url())
	defer shut(b, s)
	entries := make([]journal.Entry, journal.MaxEntries)
	for i := range entries {
		entries[i] = journal.Entry{At: time.Unix(int64(i), 0), Kind: "answer.given", Version: 1, Data: []byte(score)}
	}
	for at := 0; at < total; at += len(entries) {
		if _, err := s.Append(b.Context(), journal.Batch{Network: "read", After: uint64(at), Entries: entries}); err != nil {
			b.Fatal(err)
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
