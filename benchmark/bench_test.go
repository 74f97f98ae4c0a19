package benchmark_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"roundtable/benchmark"
)

const million = 1_000_000

// aged returns a network that has lived for so many events at least: rounds of 12
// organisations answering 8 indicators, each corrected now and then, with the
// courier's events between.
func aged(tb testing.TB, events int) *table {
	var indicators []benchmark.Indicator
	for k := range 8 {
		indicators = append(indicators, benchmark.Indicator{ID: benchmark.IndicatorID(fmt.Sprintf("i%d", k)), Title: "I", Kind: benchmark.Proportion})
	}
	b := founded(tb, 12, indicators...)
	for month := 0; len(b.log) < events; month++ {
		b.do("p1", benchmark.OpenRound{Period: fmt.Sprintf("%dM%02d", 1000+month/12, 1+month%12), Due: b.now.Add(time.Hour), Closes: b.now.Add(2 * time.Hour), Sure: true})
		for pass := range 3 {
			for o := range 12 {
				b.answer(o+1, indicators, float64((month*7+o)%13+pass))
			}
		}
		b.discharge()
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		b.discharge()
		b.now = b.now.Add(3 * time.Hour)
	}
	return b
}

func (b *table) answer(k int, indicators []benchmark.Indicator, more float64) {
	var items []benchmark.Item
	for _, i := range indicators {
		items = append(items, benchmark.Item{Indicator: i.ID, Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 20 + more, Denominator: float64(200 + 10*k)}})
	}
	who := benchmark.Actor{By: participant(k), Incoming: fmt.Sprintf("incoming-%d", len(b.log))}
	if _, err := b.tryAs(who, benchmark.Submit{Items: items}); err != nil {
		b.t.Fatal(err)
	}
}

// discharge does all that is due now, and what becomes due by it.
func (b *table) discharge() {
	for again := true; again; {
		again = false
		for _, d := range b.n.Duties(b.now, nil) {
			if d.NotBefore.After(b.now) {
				break
			}
			for _, seq := range b.n.ToErase(d) {
				b.gone[seq] = true
			}
			b.do("", d.Begin())
			s, _ := b.n.Seat(d.Seat)
			b.do("", d.Finish(benchmark.Post{Connection: "play", Channel: s.Channel, Message: fmt.Sprint(len(b.log))}))
			again = true
		}
	}
}

func (b *table) records() []benchmark.Record {
	records := make([]benchmark.Record, len(b.log))
	for k, e := range b.log {
		r, err := e.Encode()
		if err != nil {
			b.t.Fatal(err)
		}
		records[k] = r
	}
	return records
}

func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what the first one swept is freed by the second
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// decoders are the ways to read a record: as a journal is read, in which plain JSON
// is read without encoding/json, and by encoding/json alone.
var decoders = []struct {
	name   string
	decode func(benchmark.Record) (benchmark.Event, error)
}{
	{"plain", benchmark.Decode},
	{"encoding-json", benchmark.DecodeJSON},
}

// BenchmarkFold reads a journal of a million events, content and all, into a
// network. B/event is what the network keeps, the journal not counted.
func BenchmarkFold(b *testing.B) {
	records := aged(b, million).records()[:million]
	bytes := 0
	for _, r := range records {
		bytes += len(r.Data)
	}
	for _, d := range decoders {
		b.Run(d.name, func(b *testing.B) {
			before := heap()
			var n *benchmark.Network
			for b.Loop() {
				n = &benchmark.Network{}
				for _, r := range records {
					e, err := d.decode(r)
					if err == nil {
						err = n.Apply(e)
					}
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			kept := heap() - before
			perOp := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(million/perOp, "events/s")
			b.ReportMetric(float64(bytes)/perOp/1e6, "MB/s")
			b.ReportMetric(kept/million, "B/event")
			runtime.KeepAlive(n)
		})
	}
	runtime.KeepAlive(records)
}

// BenchmarkDecode decodes the records of a journal, and does nothing with them.
func BenchmarkDecode(b *testing.B) {
	records := aged(b, 100_000).records()
	for _, d := range decoders {
		b.Run(d.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, r := range records {
					if _, err := d.decode(r); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// ages are of a young network and of old ones, which must cost the same. The
// youngest has three rounds behind it, so that it has less history to hold a new
// figure against than the 24 rounds that are looked at.
var ages = []int{1_000, 10_000, million}

// BenchmarkDecide decides a submission of eight figures.
func BenchmarkDecide(b *testing.B) {
	for _, age := range ages {
		old := aged(b, age)
		old.open("2999")
		var items []benchmark.Item
		for _, i := range old.n.Template().Indicators {
			items = append(items, benchmark.Item{Indicator: i.ID, Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 26, Denominator: 300}})
		}
		b.Run(fmt.Sprintf("events=%d", age), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := old.n.Decide(benchmark.Actor{By: "p3"}, benchmark.Submit{Items: items}, old.now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDuties asks what is owed in the middle of a round.
func BenchmarkDuties(b *testing.B) {
	for _, age := range ages {
		old := aged(b, age)
		old.open("2999")
		b.Run(fmt.Sprintf("events=%d", age), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				old.n.Duties(old.now, nil)
			}
		})
	}
}
