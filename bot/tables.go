package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/journal"
)

// ErrNoNetwork says that the channel or person belongs to no network yet.
var ErrNoNetwork = errors.New("bot: no network here")

// What may be wrong with the store, as far as people are told different things.
var (
	ErrStoreFull     = journal.ErrFull
	ErrStoreReadOnly = journal.ErrReadOnly
	ErrStoreNewer    = journal.ErrNewer
)

// Tables are the networks of one journal; each is loaded when it is first
// needed and stays. Safe for concurrent use.
type Tables struct {
	journal journal.Journal
	clock   func() time.Time
	working func(country string) benchmark.WorkingDay
	changed func(benchmark.NetworkID)

	founding sync.Mutex // held while a channel is looked at and taken

	mu    sync.Mutex
	rooms map[benchmark.NetworkID]*room
}

// room is where a network's table stands, or will stand. Loading one holds up
// only those who want the same.
type room struct {
	mu    sync.Mutex
	table *Table
}

// NewTables returns the networks of the journal. The clock gives the present;
// working returns a country's calendar, for an empty country the one that
// knows weekends only.
func NewTables(j journal.Journal, clock func() time.Time, working func(country string) benchmark.WorkingDay) *Tables {
	return &Tables{journal: j, clock: clock, working: working, rooms: map[benchmark.NetworkID]*room{}}
}

// OnChange has f called after every durable change, with the network's id. f
// must return at once. It is set before the first network is used.
func (ts *Tables) OnChange(f func(benchmark.NetworkID)) { ts.changed = f }

// Close returns once everything that was asked for has been written. Nothing
// may be asked for afterwards.
func (ts *Tables) Close() {
	ts.mu.Lock()
	rooms := slices.Collect(maps.Values(ts.rooms))
	ts.mu.Unlock()
	for _, r := range rooms {
		r.mu.Lock()
		if r.table != nil {
			r.table.close()
		}
		r.mu.Unlock()
	}
}

// Now returns the present.
func (ts *Tables) Now() time.Time { return ts.clock() }

// Table returns the network with the id, loading it if needed. ErrNoNetwork
// when the journal has none of that name.
func (ts *Tables) Table(ctx context.Context, id benchmark.NetworkID) (*Table, error) {
	r := ts.room(id)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.table != nil {
		return r.table, nil
	}
	t, err := ts.table(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := load(ctx, ts.journal, id, t.shown, t.ahead); err != nil {
		return nil, err
	}
	if !t.shown.Founded() {
		return nil, fmt.Errorf("network %s: %w", id, ErrNoNetwork)
	}
	r.table = t
	return t, nil
}

func (ts *Tables) room(id benchmark.NetworkID) *room {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	r, ok := ts.rooms[id]
	if !ok {
		r = &room{}
		ts.rooms[id] = r
	}
	return r
}

// table returns a table that nothing has happened at.
func (ts *Tables) table(ctx context.Context, id benchmark.NetworkID) (*Table, error) {
	key, err := ts.aliasKey(ctx)
	if err != nil {
		return nil, err
	}
	return &Table{
		id: id, journal: ts.journal, clock: ts.clock, working: ts.working, changed: ts.changed, aliases: key,
		shown: &benchmark.Network{}, ahead: &benchmark.Network{},
	}, nil
}

// Found makes a network. When the channel has one already, the error is that
// one's: benchmark.ErrRepeated when it was made by the same incoming thing, and
// else the refusal "already-founded".
func (ts *Tables) Found(ctx context.Context, who benchmark.Actor, f benchmark.Found) (*Table, error) {
	ts.founding.Lock()
	defer ts.founding.Unlock()
	id, err := ts.bySeat(ctx, chat.ChannelID{Connection: f.Connection, Channel: f.Channel})
	switch {
	case err == nil:
		t, err := ts.Table(ctx, id)
		if err != nil {
			return nil, err
		}
		_, err = t.Do(ctx, who, f)
		return nil, err
	case !errors.Is(err, ErrNoNetwork):
		return nil, err
	}
	r := ts.room(f.ID)
	r.mu.Lock()
	defer r.mu.Unlock()
	t, err := ts.table(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	if _, err := t.Do(context.WithoutCancel(ctx), who, f); err != nil {
		return nil, err
	}
	r.table = t
	return t, nil
}

// At returns the network of the place where something happened: the channel's,
// or in a direct conversation that of the person, whose latest one it is when
// there are several. It is up to date with what other processes have written.
// ErrNoNetwork when there is none.
func (ts *Tables) At(ctx context.Context, in chat.Incoming) (*Table, error) {
	id, err := ts.bySeat(ctx, in.Channel)
	if errors.Is(err, ErrNoNetwork) && in.Direct {
		id, err = ts.find(ctx, benchmark.PersonAddress(addressOf(in.From.ID)))
	}
	if err != nil {
		return nil, err
	}
	return ts.upToDate(ctx, id)
}

// upToDate is Table, with what other processes have written since.
func (ts *Tables) upToDate(ctx context.Context, id benchmark.NetworkID) (*Table, error) {
	t, err := ts.Table(ctx, id)
	if err != nil {
		return nil, err
	}
	return t, t.CatchUp(ctx)
}

// Of returns the networks that somebody is in, the latest first, up to date.
func (ts *Tables) Of(ctx context.Context, who chat.PersonID) ([]*Table, error) {
	ids, err := ts.journal.Find(ctx, benchmark.PersonAddress(addressOf(who)))
	if err != nil {
		return nil, fmt.Errorf("find networks: %w", err)
	}
	var all []*Table
	for _, id := range slices.Backward(ids) {
		t, err := ts.upToDate(ctx, benchmark.NetworkID(id))
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func (ts *Tables) bySeat(ctx context.Context, c chat.ChannelID) (benchmark.NetworkID, error) {
	return ts.find(ctx, benchmark.SeatAddress(c.Connection, c.Channel))
}

func (ts *Tables) find(ctx context.Context, address string) (benchmark.NetworkID, error) {
	ids, err := ts.journal.Find(ctx, address)
	if err != nil {
		return "", fmt.Errorf("find network: %w", err)
	}
	if len(ids) == 0 {
		return "", ErrNoNetwork
	}
	return benchmark.NetworkID(ids[len(ids)-1]), nil
}

// Networks returns the ids of all networks, sorted.
func (ts *Tables) Networks(ctx context.Context) ([]benchmark.NetworkID, error) {
	names, err := ts.journal.Networks(ctx)
	ids := make([]benchmark.NetworkID, len(names))
	for k, name := range names {
		ids[k] = benchmark.NetworkID(name)
	}
	return ids, err
}

func addressOf(p chat.PersonID) benchmark.Address {
	return benchmark.Address{Connection: p.Connection, User: p.User}
}
