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
	"roundtable/benchmark/refusal"
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

// Where erased content may still lie, as [Tables.Remains] says.
const (
	InBackups  = journal.InBackups
	InDumps    = journal.InDumps
	InReplicas = journal.InReplicas
)

// Tables are the networks of one journal; each is loaded when it is first
// needed and stays. Safe for concurrent use.
type Tables struct {
	journal  journal.Journal
	clock    func() time.Time
	calendar func(country string) benchmark.WorkingDay
	changed  func(benchmark.NetworkID)
	damages  damages

	seating sync.Mutex // held from asking whether a channel is free to taking it

	mu     sync.Mutex // guards the map
	tables map[benchmark.NetworkID]*lazyTable
}

// lazyTable is a table that is loaded when it is first needed. Loading one holds
// up only those who want the same.
type lazyTable struct {
	mu    sync.Mutex
	table *Table // nil until it is loaded
}

// NewTables returns the networks of the journal. The clock gives the present;
// calendar returns which days are working days in a country, for an empty country
// all but weekends.
func NewTables(j journal.Journal, clock func() time.Time, calendar func(country string) benchmark.WorkingDay) *Tables {
	return &Tables{journal: j, clock: clock, calendar: calendar, tables: map[benchmark.NetworkID]*lazyTable{}}
}

// WorkingDay returns the calendar of a network's country: which of its days are working
// days.
func (ts *Tables) WorkingDay(n *benchmark.Network) benchmark.WorkingDay {
	return ts.calendar(n.Settings.Holidays)
}

// OnChange has f called after every durable change, with the network's id. f
// must return at once. It is set before the first network is used.
func (ts *Tables) OnChange(f func(benchmark.NetworkID)) { ts.changed = f }

// Close returns once everything that was asked for has been written. Nothing
// may be asked for afterwards.
func (ts *Tables) Close() {
	ts.mu.Lock()
	all := slices.Collect(maps.Values(ts.tables))
	ts.mu.Unlock()
	for _, l := range all {
		l.mu.Lock()
		if l.table != nil {
			l.table.close()
		}
		l.mu.Unlock()
	}
}

// Now returns the present.
func (ts *Tables) Now() time.Time { return ts.clock() }

// Table returns the network with the id, loading it if needed. ErrNoNetwork
// when the journal has none of that name, [ErrStoreDamaged] when it can't be trusted.
func (ts *Tables) Table(ctx context.Context, id benchmark.NetworkID) (*Table, error) {
	if err := ts.damages.of(id); err != nil {
		return nil, err
	}
	l := ts.lazyTable(id)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.table != nil {
		return l.table, nil
	}
	t, err := ts.emptyTable(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := load(ctx, ts.journal, id, t.published, t.writer.workingCopy); err != nil {
		ts.damages.note(id, err)
		return nil, err
	}
	if !t.published.Founded() {
		return nil, fmt.Errorf("network %s: %w", id, ErrNoNetwork)
	}
	l.table = t
	return t, nil
}

func (ts *Tables) lazyTable(id benchmark.NetworkID) *lazyTable {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	l, ok := ts.tables[id]
	if !ok {
		l = &lazyTable{}
		ts.tables[id] = l
	}
	return l
}

// emptyTable returns the table of a network without events.
func (ts *Tables) emptyTable(ctx context.Context, id benchmark.NetworkID) (*Table, error) {
	key, err := ts.aliasKey(ctx)
	if err != nil {
		return nil, err
	}
	t := &Table{
		id: id, journal: ts.journal, clock: ts.clock, calendar: ts.calendar, changed: ts.changed, aliasKey: key,
		damaged:   func(err error) { ts.damages.note(id, err) },
		erased:    func(err error) { ts.damages.noteErasure(id, err) },
		published: &benchmark.Network{},
	}
	t.writer = &writer{table: t, workingCopy: &benchmark.Network{}}
	return t, nil
}

// Found makes a network. When the channel has one already, the error is that
// one's: benchmark.ErrRepeated when it was made by the same incoming thing, and
// else the refusal "already-founded".
func (ts *Tables) Found(ctx context.Context, who benchmark.Actor, f benchmark.Found) (*Table, error) {
	ts.seating.Lock()
	defer ts.seating.Unlock()
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
	l := ts.lazyTable(f.ID)
	l.mu.Lock()
	defer l.mu.Unlock()
	t, err := ts.emptyTable(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	if _, err := t.Do(context.WithoutCancel(ctx), who, f); err != nil {
		return nil, err
	}
	l.table = t
	return t, nil
}

// Link seats a channel at the table whose facilitator gave out the code, and
// returns it. The error is the refusal "already-founded" when the channel is at a
// table, "code-unknown" when no table has given out that code, or the table's
// own.
func (ts *Tables) Link(ctx context.Context, in chat.Incoming, code string) (*Table, error) {
	ts.seating.Lock()
	defer ts.seating.Unlock()
	switch _, err := ts.bySeat(ctx, in.Channel); {
	case err == nil:
		return nil, &benchmark.Refusal{Reason: refusal.AlreadyFounded}
	case !errors.Is(err, ErrNoNetwork):
		return nil, err
	}
	t, err := ts.byCode(ctx, code)
	if err != nil {
		return nil, err
	}
	who := benchmark.Actor{Incoming: in.ID}
	t.Read(func(n *benchmark.Network) {
		if p, here := n.At(addressOf(in.From.ID)); here {
			who.By = p.ID
		}
	})
	_, err = t.Do(ctx, who, benchmark.LinkSeat{Code: code, Connection: in.Channel.Connection, Channel: in.Channel.Channel})
	return t, err
}

// Move follows a channel that has got another id. Nothing follows where the
// channel has no seat, or where the other one is at a table already.
func (ts *Tables) Move(ctx context.Context, incoming string, from, to chat.ChannelID) error {
	ts.seating.Lock()
	defer ts.seating.Unlock()
	id, err := ts.bySeat(ctx, from)
	if errors.Is(err, ErrNoNetwork) {
		return nil
	}
	if err != nil {
		return err
	}
	switch _, err := ts.bySeat(ctx, to); {
	case err == nil:
		return nil
	case !errors.Is(err, ErrNoNetwork):
		return err
	}
	t, err := ts.Table(ctx, id)
	if err != nil {
		return err
	}
	_, err = t.Do(ctx, benchmark.Actor{By: benchmark.Bot, Incoming: incoming}, benchmark.MoveSeat{From: benchmark.Place(from), To: benchmark.Place(to)})
	if errors.Is(err, benchmark.ErrRepeated) {
		return nil
	}
	return err
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
	err = t.CatchUp(ctx)
	ts.damages.note(id, err)
	return t, err
}

// Of returns the networks that somebody is in, the latest first, up to date. Those that
// are damaged are left out, unless all are: then the error says so.
func (ts *Tables) Of(ctx context.Context, who chat.PersonID) ([]*Table, error) {
	ids, err := ts.journal.Find(ctx, benchmark.PersonAddress(addressOf(who)))
	if err != nil {
		return nil, fmt.Errorf("find networks: %w", err)
	}
	var all []*Table
	var damage error
	for _, id := range slices.Backward(ids) {
		switch t, err := ts.upToDate(ctx, benchmark.NetworkID(id)); {
		case errors.Is(err, ErrStoreDamaged):
			damage = err
		case err != nil:
			return nil, err
		default:
			all = append(all, t)
		}
	}
	if len(all) == 0 {
		return nil, damage
	}
	return all, nil
}

// byCode returns the table that has given out the code for a seat.
func (ts *Tables) byCode(ctx context.Context, code string) (*Table, error) {
	address, ok := benchmark.OfferAddress(code)
	if !ok {
		return nil, &benchmark.Refusal{Reason: refusal.CodeUnreadable}
	}
	id, err := ts.find(ctx, address)
	if errors.Is(err, ErrNoNetwork) {
		return nil, &benchmark.Refusal{Reason: refusal.CodeUnknown}
	}
	if err != nil {
		return nil, err
	}
	return ts.upToDate(ctx, id)
}

// bySeat returns the network that has a seat at the channel; ErrNoNetwork when
// none has.
func (ts *Tables) bySeat(ctx context.Context, c chat.ChannelID) (benchmark.NetworkID, error) {
	return ts.find(ctx, benchmark.SeatAddress(c.Connection, c.Channel))
}

// find returns the latest network that the journal's index has under the address;
// ErrNoNetwork when it has none.
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

// Remains tells where what is erased now still lies for a while, out of the bot's
// reach, and until when.
func (ts *Tables) Remains(ctx context.Context) (journal.Remains, error) {
	return ts.journal.Remains(ctx, ts.clock())
}

func addressOf(p chat.PersonID) benchmark.Address {
	return benchmark.Address{Connection: p.Connection, User: p.User}
}
