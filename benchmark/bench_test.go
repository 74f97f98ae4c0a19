package benchmark_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"roundtable/benchmark"
)

// journalOf returns the records of a network that has lived long: rounds of 12
// organisations answering 8 indicators, each corrected now and then, with the
// courier's events between.
func journalOf(tb testing.TB, events int) []benchmark.Record {
	var indicators []benchmark.Indicator
	for k := range 8 {
		indicators = append(indicators, benchmark.Indicator{ID: benchmark.IndicatorID(fmt.Sprintf("i%d", k)), Title: "I", Kind: benchmark.Proportion})
	}
	b := founded(tb, 12, indicators...)
	year, month := 1000, 1
	for len(b.log) < events {
		b.do("p1", benchmark.OpenRound{Period: fmt.Sprintf("%d-%02d", year, month), Due: b.now.Add(time.Hour), Closes: b.now.Add(2 * time.Hour)})
		if month++; month > 12 {
			year, month = year+1, 1
		}
		for pass := range 3 {
			for o := range 12 {
				var items []benchmark.Item
				for _, i := range indicators {
					items = append(items, benchmark.Item{Indicator: i.ID, Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: float64(20 + (month*7+o)%13 + pass), Denominator: float64(200 + 10*o)}})
				}
				b.do(benchmark.ParticipantID(fmt.Sprintf("p%d", o+1)), benchmark.Submit{Items: items})
			}
		}
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Seat == "" {
				continue
			}
			b.do("", benchmark.BeginDuty{Duty: d})
			b.do("", benchmark.FinishDuty{Duty: d, Post: benchmark.Post{Connection: "play", Channel: "c1", Message: fmt.Sprint(len(b.log))}})
		}
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		for range 2 {
			for _, d := range b.n.Duties(b.now, nil) {
				b.do("", benchmark.BeginDuty{Duty: d})
				b.do("", benchmark.FinishDuty{Duty: d})
			}
		}
		b.now = b.now.Add(3 * time.Hour)
	}
	records := make([]benchmark.Record, len(b.log))
	for k, e := range b.log {
		records[k], _ = e.Encode()
	}
	return records[:events]
}

// BenchmarkFold reads a journal of a million events, content and all, into a
// network.
func BenchmarkFold(b *testing.B) {
	const events = 1_000_000
	records := journalOf(b, events)
	bytes := 0
	for _, r := range records {
		bytes += len(r.Data)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var n *benchmark.Network
	for b.Loop() {
		n = &benchmark.Network{}
		for _, r := range records {
			e, err := benchmark.Decode(r)
			if err == nil {
				err = n.Apply(e)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	perOp := b.Elapsed().Seconds() / float64(b.N)
	b.ReportMetric(events/perOp, "events/s")
	b.ReportMetric(float64(bytes)/perOp/1e6, "MB/s")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/events, "B/event")
	runtime.KeepAlive(n)
}
