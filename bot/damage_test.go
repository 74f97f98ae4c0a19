package bot_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/journal"
)

// damaged is a journal of which one network can only be read to its third entry.
type damaged struct {
	*store
	network string // none: ""
}

func (d *damaged) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	if network != d.network {
		return d.store.Read(ctx, network, from)
	}
	return func(yield func(journal.Entry, error) bool) {
		for e, err := range d.store.Read(ctx, network, from) {
			if e.Seq >= 3 {
				e, err = journal.Entry{}, &journal.Damage{Network: network, Seq: 3, What: "is missing", Mend: "Restore a backup."}
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// A network whose journal is damaged is not shown, writes nothing and owes nothing,
// and says so at once; the other goes on.
func TestDamagedNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &damaged{store: newStore()}
		first := bot.NewTables(j, time.Now, weekdays)
		open(t, found(t, first, 2), time.Now())
		foundAt(t, first, "net2", south, 1)
		first.Close()

		j.network = string(net)
		ts := bot.NewTables(j, time.Now, weekdays)
		defer ts.Close()
		told := map[benchmark.NetworkID]int{}
		ts.OnDamage(func(id benchmark.NetworkID, _ error) { told[id]++ })
		for range 2 {
			if _, err := ts.At(t.Context(), chat.Incoming{Channel: north}); !errors.Is(err, bot.ErrStoreDamaged) {
				t.Errorf("at the damaged network: %v, want ErrStoreDamaged", err)
			}
		}
		if _, err := ts.Found(t.Context(), benchmark.Actor{}, founding("net3", north)); !errors.Is(err, bot.ErrStoreDamaged) {
			t.Errorf("founding another in its channel: %v, want ErrStoreDamaged", err)
		}
		if _, err := ts.Of(t.Context(), chat.PersonID{Connection: "north", User: "u2"}); !errors.Is(err, bot.ErrStoreDamaged) {
			t.Errorf("the networks of somebody who is in that one: %v, want ErrStoreDamaged", err)
		}
		if all, err := ts.Of(t.Context(), chat.PersonID{Connection: "south", User: "u1"}); err != nil || len(all) != 1 {
			t.Errorf("the networks of somebody who is in the other one: %v, %v", all, err)
		}
		other, err := ts.At(t.Context(), chat.Incoming{Channel: south})
		if err != nil {
			t.Fatal(err)
		}
		do(t, other, "p1", benchmark.Join{Person: benchmark.Identity{Connection: "south", User: "u7"}, Organisation: "Org", New: true})
		if damage := ts.Damage(); len(damage.Networks) != 1 || damage.Networks[net] == nil || damage.Store != nil {
			t.Errorf("known damage: %v", damage)
		}
		if told[net] != 1 || len(told) != 1 {
			t.Errorf("told %v, want of the damaged network once", told)
		}
	})
}

// A network that was loaded when its journal was damaged does nothing more from when
// that is noticed.
func TestDamageWhileLoaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &damaged{store: newStore()}
		ts := bot.NewTables(j, time.Now, weekdays)
		defer ts.Close()
		table := found(t, ts, 2)
		open(t, table, time.Now())
		if err := ts.Verify(t.Context()); err != nil || len(ts.Damage().Networks) != 0 {
			t.Errorf("well: %v, %v", err, ts.Damage())
		}
		j.network = string(net)
		if err := ts.Verify(t.Context()); err != nil || ts.Damage().Networks[net] == nil {
			t.Errorf("verified: %v, %v", err, ts.Damage())
		}
		if _, err := ts.Table(t.Context(), net); !errors.Is(err, bot.ErrStoreDamaged) {
			t.Errorf("afterwards: %v, want ErrStoreDamaged", err)
		}
	})
}

// Whoever waits for a write on a journal that has lost its end is told at once: the
// journal's head is ahead of what can be read, for ever.
func TestWriteOnDamagedNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &damaged{store: newStore()}
		ts := bot.NewTables(j, time.Now, weekdays)
		defer ts.Close()
		table := found(t, ts, 2)
		open(t, table, time.Now())
		other := bot.NewTables(j, time.Now, weekdays)
		defer other.Close()
		elsewhere, err := other.Table(t.Context(), net)
		if err != nil {
			t.Fatal(err)
		}
		do(t, elsewhere, "p2", answer(1)) // so that the first has to read
		j.network = string(net)
		began := time.Now()
		if _, err := table.Do(t.Context(), benchmark.Actor{By: "p2"}, answer(2)); !errors.Is(err, bot.ErrStoreDamaged) {
			t.Errorf("a write: %v, want ErrStoreDamaged", err)
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("it took %s to say so", took)
		}
		if ts.Damage().Networks[net] == nil {
			t.Error("the damage isn't remembered")
		}
	})
}

// Who is in a damaged network gets what the others keep about them, and how many
// can't be read.
func TestDamagedNetworkHidesNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &damaged{store: newStore()}
		first := bot.NewTables(j, time.Now, weekdays)
		open(t, found(t, first, 2), time.Now())
		foundAt(t, first, "net2", south, 1)
		first.Close()
		ts := bot.NewTables(j, time.Now, weekdays)
		defer ts.Close()
		who := chat.PersonID{Connection: "north", User: "u1"}
		whole, _, err := ts.Knowing(t.Context(), who)
		if err != nil || len(whole) < 1 {
			t.Fatal(len(whole), err)
		}
		ts.Close()
		j.network = string(net)
		ts = bot.NewTables(j, time.Now, weekdays)
		if known, damaged, err := ts.Knowing(t.Context(), who); err != nil || damaged != 1 || len(known) != len(whole)-1 {
			t.Errorf("%d networks and %d damaged (%v), want %d and 1", len(known), damaged, err, len(whole)-1)
		}
	})
}
