package bot_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/journal"
)

// Where something happens decides which network it belongs to.
func TestAt(t *testing.T) {
	s := newStore()
	ts := bot.NewTables(s, time.Now, weekdays)
	defer ts.Close()
	table := found(t, ts, 2)
	do(t, table, "p1", benchmark.TakeSeat{Connection: "south", Channel: "falls"})
	later, err := ts.Found(t.Context(), benchmark.Actor{}, founding("net2", chat.ChannelID{Connection: "north", Channel: "ulcers"}))
	if err != nil {
		t.Fatal(err)
	}
	direct := func(user string) chat.Incoming {
		who := chat.PersonID{Connection: "north", User: user}
		return chat.Incoming{From: chat.Person{ID: who}, Channel: chat.ChannelID{Connection: "north", Channel: "@" + user}, Direct: true}
	}
	there := chat.Incoming{From: chat.Person{ID: chat.PersonID{Connection: "north", User: "u1"}}, Channel: chat.ChannelID{Connection: "north", Channel: "lunch"}}
	tests := []struct {
		name string
		in   chat.Incoming
		want *bot.Table
	}{
		{"seat", chat.Incoming{Channel: north}, table},
		{"second seat", chat.Incoming{Channel: south}, table},
		{"other network", chat.Incoming{Channel: chat.ChannelID{Connection: "north", Channel: "ulcers"}}, later},
		{"direct, of one network", direct("u2"), table},
		{"direct, of two networks", direct("u1"), later},
		{"direct, of none", direct("u9"), nil},
		{"another channel", there, nil},
	}
	for _, test := range tests {
		got, err := ts.At(t.Context(), test.in)
		if got != test.want || (test.want == nil) != errors.Is(err, bot.ErrNoNetwork) {
			t.Errorf("%s: table %p, %v; want %p", test.name, got, err, test.want)
		}
	}
	do(t, later, "p1", benchmark.Join{Person: benchmark.Identity{Connection: "north", User: "u7"}, Organisation: "Org", New: true})
	do(t, later, "p2", benchmark.Leave{})
	if _, err := ts.At(t.Context(), direct("u7")); !errors.Is(err, bot.ErrNoNetwork) {
		t.Errorf("direct, of one who left: %v, want no network", err)
	}
	if _, err := ts.Table(t.Context(), "net3"); !errors.Is(err, bot.ErrNoNetwork) {
		t.Errorf("unknown id: %v, want no network", err)
	}
	if ids, err := ts.Networks(t.Context()); err != nil || fmt.Sprint(ids) != "[net net2]" {
		t.Errorf("Networks: %v, %v", ids, err)
	}
}

// What another process has written is seen by the next thing that happens.
func TestAtSeesOtherProcesses(t *testing.T) {
	s := newStore()
	here, there := bot.NewTables(s, time.Now, weekdays), bot.NewTables(s, time.Now, weekdays)
	defer here.Close()
	defer there.Close()
	mine := found(t, here, 2)
	theirs, err := there.At(t.Context(), chat.Incoming{Channel: north})
	if err != nil {
		t.Fatal(err)
	}
	open(t, mine, time.Now())
	if _, err := there.At(t.Context(), chat.Incoming{Channel: north}); err != nil || stateOf(theirs) != stateOf(mine) {
		t.Errorf("%v; there it is %s, here %s", err, stateOf(theirs), stateOf(mine))
	}
}

// Two facilitators set up the same channel at once, and a platform delivers one
// of them twice: there is one network.
func TestFoundAtOnce(t *testing.T) {
	s := newStore()
	ts := bot.NewTables(s, time.Now, weekdays)
	defer ts.Close()
	const people = 12
	results := make([]error, people)
	var all sync.WaitGroup
	for k := range people {
		all.Go(func() {
			_, results[k] = ts.Found(t.Context(), benchmark.Actor{Incoming: fmt.Sprint("thing ", k/2)}, founding(benchmark.NetworkID(fmt.Sprint("net", k)), north))
		})
	}
	all.Wait()
	made, repeated := -1, -1
	for k, err := range results {
		var refused *benchmark.Refusal
		switch {
		case err == nil && made < 0:
			made = k
		case errors.Is(err, benchmark.ErrRepeated) && repeated < 0:
			repeated = k
		case !errors.As(err, &refused) || refused.Reason != refusal.AlreadyFounded:
			t.Errorf("Found returned %v", err)
		}
	}
	if made < 0 || repeated < 0 || made/2 != repeated/2 {
		t.Errorf("made by %d, repeated by %d", made, repeated)
	}
	if ids, err := ts.Networks(t.Context()); err != nil || len(ids) != 1 {
		t.Errorf("networks %v, %v", ids, err)
	}
}

// A founding that fails leaves nothing behind.
func TestFoundWithoutStore(t *testing.T) {
	s := newStore()
	ts := bot.NewTables(s, time.Now, weekdays)
	defer ts.Close()
	s.fail(func(journal.Batch, func() error) error { return journal.ErrFull })
	if _, err := ts.Found(t.Context(), benchmark.Actor{}, founding(net, north)); !errors.Is(err, journal.ErrFull) {
		t.Errorf("Found returned %v, want ErrFull", err)
	}
	if _, err := ts.Table(t.Context(), net); !errors.Is(err, bot.ErrNoNetwork) {
		t.Errorf("Table returned %v, want no network", err)
	}
	s.fail(nil)
	if _, err := ts.Found(t.Context(), benchmark.Actor{}, founding(net, north)); err != nil {
		t.Errorf("Found again: %v", err)
	}
}

// Loading a network holds up nobody who wants another.
func TestLoadingHoldsUpNobody(t *testing.T) {
	s := newStore()
	first := bot.NewTables(s, time.Now, weekdays)
	found(t, first, 2)
	if _, err := first.Found(t.Context(), benchmark.Actor{}, founding("net2", south)); err != nil {
		t.Fatal(err)
	}
	first.Close()
	ts := bot.NewTables(&stuck{store: s, network: string(net)}, time.Now, weekdays)
	ctx, cancel := context.WithCancel(t.Context())
	loading := make(chan error, 1)
	go func() {
		_, err := ts.Table(ctx, net)
		loading <- err
	}()
	if _, err := ts.Table(t.Context(), "net2"); err != nil {
		t.Errorf("the other network: %v", err)
	}
	cancel()
	if err := <-loading; !errors.Is(err, context.Canceled) {
		t.Errorf("loading ended with %v", err)
	}
}

const linkCode = "7K3M-9QXT-2HVB"

func reasonOf(err error) string {
	if why, ok := errors.AsType[*benchmark.Refusal](err); ok {
		return string(why.Reason)
	}
	return fmt.Sprint(err)
}

// A code seats one channel, once, at the table that gave it out, whichever process
// hears it.
func TestLink(t *testing.T) {
	s := newStore()
	here, there := bot.NewTables(s, time.Now, weekdays), bot.NewTables(s, time.Now, weekdays)
	defer here.Close()
	defer there.Close()
	table := found(t, here, 2)
	other, err := here.Found(t.Context(), benchmark.Actor{}, founding("net2", chat.ChannelID{Connection: "north", Channel: "ulcers"}))
	if err != nil {
		t.Fatal(err)
	}
	in := func(channel string) chat.Incoming {
		return chat.Incoming{From: chat.Person{ID: chat.PersonID{Connection: "south", User: "x"}}, Channel: chat.ChannelID{Connection: "south", Channel: channel}}
	}
	link := func(ts *bot.Tables, in chat.Incoming, code string) string {
		_, err := ts.Link(t.Context(), in, code)
		return reasonOf(err)
	}
	if got := link(there, in("falls"), linkCode); got != "code-unknown" {
		t.Errorf("before a code is given out: %s", got)
	}
	do(t, table, "p1", benchmark.OfferSeat{Code: linkCode})
	if got := link(there, chat.Incoming{Channel: chat.ChannelID{Connection: "north", Channel: "ulcers"}}, linkCode); got != "already-founded" {
		t.Errorf("from another network's channel: %s", got)
	}
	if got := link(there, in("falls"), "what?"); got != "code-unreadable" {
		t.Errorf("no code: %s", got)
	}
	var won atomic.Int64
	var all sync.WaitGroup
	for k := range 8 {
		all.Go(func() {
			if _, err := there.Link(t.Context(), in(fmt.Sprint("falls", k)), linkCode); err == nil {
				won.Add(1)
			} else if got := reasonOf(err); got != "code-used" {
				t.Errorf("when it is used: %s", got)
			}
		})
	}
	all.Wait()
	if err := table.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	table.Read(func(n *benchmark.Network) {
		if won.Load() != 1 || len(n.Seats) != 2 {
			t.Errorf("%d channels were linked, %d seats", won.Load(), len(n.Seats))
		}
	})
	do(t, table, "p1", benchmark.OfferSeat{Code: "0000-0000-0001"})
	if got := link(here, in("more"), linkCode); got != "code-unknown" {
		t.Errorf("a code that was cancelled: %s", got)
	}
	other.Read(func(n *benchmark.Network) {
		if len(n.Seats) != 1 {
			t.Errorf("the other network has the seats %+v", n.Seats)
		}
	})
}

// A channel that gets another id is found by it, and no longer by the old one.
func TestMove(t *testing.T) {
	s := newStore()
	ts := bot.NewTables(s, time.Now, weekdays)
	defer ts.Close()
	table := found(t, ts, 2)
	ulcers := chat.ChannelID{Connection: "north", Channel: "ulcers"}
	if _, err := ts.Found(t.Context(), benchmark.Actor{}, founding("net2", ulcers)); err != nil {
		t.Fatal(err)
	}
	moved := chat.ChannelID{Connection: "north", Channel: "moved"}
	for range 2 { // it arrives twice
		if err := ts.Move(t.Context(), "m1", north, moved); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := ts.At(t.Context(), chat.Incoming{Channel: moved}); got != table {
		t.Errorf("at the new id: %p, %v; want %p", got, err, table)
	}
	if _, err := ts.At(t.Context(), chat.Incoming{Channel: north}); !errors.Is(err, bot.ErrNoNetwork) {
		t.Errorf("at the old id: %v", err)
	}
	if err := ts.Move(t.Context(), "m2", moved, ulcers); err != nil {
		t.Error(err)
	}
	if err := ts.Move(t.Context(), "m3", north, chat.ChannelID{Connection: "north", Channel: "elsewhere"}); err != nil {
		t.Error(err)
	}
	if got, _ := ts.At(t.Context(), chat.Incoming{Channel: moved}); got != table {
		t.Error("it moved to a channel that another network has")
	}
}

// Everybody's networks, the latest first.
func TestOf(t *testing.T) {
	s := newStore()
	ts := bot.NewTables(s, time.Now, weekdays)
	defer ts.Close()
	table := found(t, ts, 2)
	later, err := ts.Found(t.Context(), benchmark.Actor{}, founding("net2", chat.ChannelID{Connection: "north", Channel: "ulcers"}))
	if err != nil {
		t.Fatal(err)
	}
	for user, want := range map[string][]*bot.Table{"u1": {later, table}, "u2": {table}, "u9": nil} {
		got, err := ts.Of(t.Context(), chat.PersonID{Connection: "north", User: user})
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, %v; want %v", user, got, err, want)
		}
	}
}
