package bot_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
)

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
