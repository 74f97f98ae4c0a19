package bot

import (
	"context"
	"errors"
	"maps"
	"sync"

	"roundtable/benchmark"
	"roundtable/journal"
)

// ErrStoreDamaged says that a network's journal is no longer what was written. The
// network isn't shown and does nothing until the journal is mended and the bot started
// anew: what it shows could be an old state, and what it writes be lost with the next
// backup that is restored. The other networks go on.
var ErrStoreDamaged = journal.ErrDamaged

// Damage is what was found to be damaged since the bot was started.
type Damage struct {
	// Networks are those that aren't loaded, or no longer used, and why.
	Networks map[benchmark.NetworkID]error
	// Store is what is wrong beside the networks' entries; nil for nothing.
	Store error
	// Erasures are those whose last erasure failed, so that what was taken back may
	// still be in the store's files, and why. It is tried again.
	Erasures map[benchmark.NetworkID]error
}

// damages are the damage found so far. Safe for concurrent use.
type damages struct {
	told func(benchmark.NetworkID, error) // nil: nobody wants to know

	mu       sync.Mutex // guards what follows
	networks map[benchmark.NetworkID]error
	store    error
	erasures map[benchmark.NetworkID]error
}

// OnDamage has f called when a network's journal is found damaged, once for each. It
// is set before the first network is used.
func (ts *Tables) OnDamage(f func(benchmark.NetworkID, error)) { ts.damages.told = f }

// Damage returns what was found to be damaged.
func (ts *Tables) Damage() Damage {
	ts.damages.mu.Lock()
	defer ts.damages.mu.Unlock()
	return Damage{Networks: maps.Clone(ts.damages.networks), Store: ts.damages.store, Erasures: maps.Clone(ts.damages.erasures)}
}

// Verify reads the whole journal, those networks too that aren't needed now, and
// remembers what is damaged. The error is one of the reading.
func (ts *Tables) Verify(ctx context.Context) error {
	err := journal.Verify(ctx, ts.journal, func(network string, _ uint64, err error) {
		ts.damages.note(benchmark.NetworkID(network), err)
	})
	if !errors.Is(err, ErrStoreDamaged) {
		return err
	}
	ts.damages.mu.Lock()
	defer ts.damages.mu.Unlock()
	ts.damages.store = err
	return nil
}

// note remembers the network as damaged, if that is what the error says.
func (d *damages) note(id benchmark.NetworkID, err error) {
	if !errors.Is(err, ErrStoreDamaged) {
		return
	}
	d.mu.Lock()
	_, known := d.networks[id]
	if !known {
		if d.networks == nil {
			d.networks = map[benchmark.NetworkID]error{}
		}
		d.networks[id] = err
	}
	d.mu.Unlock()
	if !known && d.told != nil {
		d.told(id, err)
	}
}

// of returns why the network is not to be used; nil when nothing is known against it.
func (d *damages) of(id benchmark.NetworkID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.networks[id]
}

// noteErasure remembers how the network's last erasure went.
func (d *damages) noteErasure(id benchmark.NetworkID, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil {
		delete(d.erasures, id)
		return
	}
	if d.erasures == nil {
		d.erasures = map[benchmark.NetworkID]error{}
	}
	d.erasures[id] = err
}
