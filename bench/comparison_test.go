// Package bench measures what spans rooms.
package bench

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/locale"
)

var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// network returns one with so many organisations, indicators and past periods,
// all of them proportions that differ by little more than chance.
func network(tb testing.TB, organisations, indicators, periods int) *benchmark.Network {
	tb.Helper()
	settings := benchmark.DefaultSettings()
	found := benchmark.Found{
		ID: "bench", Name: "Bench", Settings: settings, Connection: "c", Channel: "c",
		Founder: benchmark.Identity{Connection: "c", User: "u", Name: "F"},
	}
	for o := range organisations {
		found.Organisations = append(found.Organisations, fmt.Sprintf("Hospital %03d", o+1))
	}
	for i := range indicators {
		found.Indicators = append(found.Indicators, benchmark.Indicator{
			ID: benchmark.IndicatorID(fmt.Sprintf("i%d", i)), Title: fmt.Sprintf("Indicator %d", i+1), Kind: benchmark.Proportion,
		})
	}
	n := &benchmark.Network{}
	do := func(by benchmark.ParticipantID, intent benchmark.Intent) {
		events, err := n.Decide(benchmark.Actor{By: by}, intent, start)
		if err != nil {
			tb.Fatal(err)
		}
		for _, e := range events {
			if err := n.Apply(e); err != nil {
				tb.Fatal(err)
			}
		}
	}
	do("", found)
	var history benchmark.RecordHistory
	for p := range periods {
		for k, o := range n.Organisations {
			for i, indicator := range found.Indicators {
				size := 60 + (k*k*37+i*91+p*13)%1500
				events := 8 + size*(60+(k*53+i*7+p*31)%90)/1000
				history.Figures = append(history.Figures, benchmark.Recorded{
					Organisation: o.ID, Indicator: indicator.ID, Period: fmt.Sprintf("%d-%02d", 2023+p/12, p%12+1),
					Figure: benchmark.Figure{Numerator: float64(events), Denominator: float64(size)},
				})
			}
		}
	}
	do("p1", history)
	return n
}

// BenchmarkComparison compares a whole round, numbers only: 100 organisations and
// 30 indicators should take less than 20 ms, and twice as many organisations
// twice as long.
func BenchmarkComparison(b *testing.B) {
	for _, organisations := range []int{50, 100, 200} {
		b.Run(fmt.Sprintf("organisations=%d", organisations), func(b *testing.B) {
			n := network(b, organisations, 30, 1)
			round, template := n.Rounds[0].ID, n.Template()
			for b.Loop() {
				for _, i := range template.Indicators {
					if _, err := view.Of(n, round, i.ID, view.Viewer{}); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(organisations*30), "ns/figure")
		})
	}
}

// BenchmarkFunnel draws one as a PNG of 1600 by 1000, which should take less than
// 80 ms.
func BenchmarkFunnel(b *testing.B) {
	n := network(b, 60, 1, 1)
	v, err := view.Of(n, n.Rounds[0].ID, "i0", view.Viewer{Organisation: "o7"})
	if err != nil {
		b.Fatal(err)
	}
	l := locale.For("sv")
	for b.Loop() {
		if _, err := chart.Comparison(l, v); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkControlChart draws one as BenchmarkFunnel does, of two years.
func BenchmarkControlChart(b *testing.B) {
	n := network(b, 2, 1, 24)
	s := chart.SeriesOf(n, n.Organisations[0].ID, n.Template().Indicators[0], nil)
	l := locale.For("en")
	for b.Loop() {
		if _, err := chart.Trend(l, s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPictures draws the 30 funnels of a round, on one processor and on all.
func BenchmarkPictures(b *testing.B) {
	n := network(b, 60, 30, 1)
	var views []view.View
	for _, i := range n.Template().Indicators {
		v, err := view.Of(n, n.Rounds[0].ID, i.ID, view.Viewer{})
		if err != nil {
			b.Fatal(err)
		}
		views = append(views, v)
	}
	for _, workers := range []int{1, runtime.NumCPU()} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for b.Loop() {
				drawAll(b, views, workers)
			}
		})
	}
}

func drawAll(b *testing.B, views []view.View, workers int) {
	var drawing sync.WaitGroup
	next := make(chan view.View)
	for range workers {
		drawing.Go(func() {
			for v := range next {
				if _, err := chart.Comparison(locale.For("en"), v); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, v := range views {
		next <- v
	}
	close(next)
	drawing.Wait()
}
