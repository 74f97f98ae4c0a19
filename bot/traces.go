package bot

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// Bounds of what is remembered of the traces that people asked for.
const (
	// tracesKept is how many people's are.
	tracesKept = 4
	// tracesKeptFor is how long, from when they were read first. They hold what people
	// wrote, and another process may have erased some of it since.
	tracesKeptFor = time.Minute
)

// traced remembers the traces that people asked for, so that only what is new is read
// when they ask again: a journal may be long, and asking is for everybody. The zero
// value is ready to use. Safe for concurrent use.
type traced struct {
	reading sync.Mutex // held by the one who reads

	mu    sync.Mutex // guards what follows
	times int        // how often all was forgotten
	kept  []*tracedPerson
	timer *time.Timer
}

// tracedPerson is what one person's traces are so far.
type tracedPerson struct {
	who   chat.PersonID
	known []benchmark.ParticipantID
	since time.Time // when they were read first
	seq   uint64    // of the last event that was read
	add   func(benchmark.Event) error
	all   func() []benchmark.Trace
}

// take takes what is remembered of somebody, and how often all was forgotten before.
func (d *traced) take(who chat.PersonID, known []benchmark.ParticipantID, now time.Time) (p *tracedPerson, times int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := slices.IndexFunc(d.kept, func(p *tracedPerson) bool {
		return p.who == who && slices.Equal(p.known, known) && now.Sub(p.since) < tracesKeptFor
	})
	if k < 0 {
		d.kept = slices.DeleteFunc(d.kept, func(p *tracedPerson) bool { return p.who == who })
		p = &tracedPerson{who: who, known: known, since: now}
		p.add, p.all = benchmark.TracesSoFar(known)
		return p, d.times
	}
	p = d.kept[k]
	d.kept = slices.Delete(d.kept, k, k+1)
	return p, d.times
}

// keep remembers what was read, unless all was forgotten meanwhile.
func (d *traced) keep(p *tracedPerson, times int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if times != d.times {
		return
	}
	d.kept = append(d.kept, p)
	if len(d.kept) > tracesKept {
		d.kept = slices.Delete(d.kept, 0, 1)
	}
	if d.timer == nil {
		d.timer = time.AfterFunc(tracesKeptFor, d.forget)
	}
	d.timer.Reset(tracesKeptFor)
}

// forget lets go of all: something has been erased, or nobody has asked for a while.
func (d *traced) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kept, d.times = nil, d.times+1
	if d.timer != nil {
		d.timer.Stop()
	}
}

// Traces returns what the network's journal holds by and about a person, in order;
// empty when it holds nothing. See [benchmark.Traces]. The journal is read by one at a
// time.
func (t *Table) Traces(ctx context.Context, who chat.PersonID) ([]benchmark.Trace, error) {
	var known []benchmark.ParticipantID
	t.Read(func(n *benchmark.Network) { known = n.Known(addressOf(who)) })
	if len(known) == 0 {
		return nil, nil
	}
	t.traced.reading.Lock()
	defer t.traced.reading.Unlock()
	p, times := t.traced.take(who, known, t.clock())
	err := readEvents(ctx, t.journal, t.id, p.seq, func(e benchmark.Event) error {
		p.seq = e.Seq
		return p.add(e)
	})
	if err != nil {
		return nil, fmt.Errorf("traces in %s: %w", t.id, err)
	}
	t.traced.keep(p, times)
	return p.all(), nil
}
