package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/commands"
	"roundtable/journal"
	"roundtable/scheduler"
)

// app is the bot, wired: networks, commands and courier over a journal and
// platforms.
type app struct {
	tables   *bot.Tables
	commands *commands.Commands
	courier  *bot.Courier
	names    *channelNames
}

// appOptions are what differs between a bot that serves people and the demo's.
type appOptions struct {
	clock      func() time.Time
	trigger    string
	adminsOnly bool
	rehearsal  bool
	newID      func() benchmark.NetworkID
	seed       func() uint64
	chance     func() uint64 // unguessable
}

// defaultOptions are those of a bot that serves people.
func defaultOptions() appOptions {
	return appOptions{
		clock: time.Now,
		newID: func() benchmark.NetworkID { return benchmark.NetworkID(uuid.Must(uuid.NewV7()).String()) },
		seed:  randomUint64, chance: randomUint64,
	}
}

// randomUint64 returns 64 bits that nobody can guess.
func randomUint64() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return binary.LittleEndian.Uint64(b[:])
}

// newApp wires the bot. Close it once ctx has ended.
func newApp(ctx context.Context, j journal.Journal, platforms map[string]chat.Platform, o appOptions, log *slog.Logger) *app {
	names := newChannelNames(platforms, o.clock)
	a := &app{tables: bot.NewTables(j, o.clock, workingDays), names: names}
	a.tables.OnDamage(func(id benchmark.NetworkID, err error) {
		log.Error("a network's journal is damaged: the network is left alone until it is mended and the bot started anew", "network", id, "error", err)
	})
	a.commands = commands.New(a.tables, commands.Options{
		Trigger: o.trigger, AdminsOnly: o.adminsOnly, Rehearsal: o.rehearsal, NewID: o.newID, Seed: o.seed, Chance: o.chance, Log: log,
		KnownCountry: func(country string) bool {
			_, err := scheduler.WorkingDays(country, nil, nil)
			return country == "" || err == nil
		},
		Person: func(ctx context.Context, id chat.PersonID) (chat.Person, error) {
			p, ok := platforms[id.Connection]
			if !ok {
				return chat.Person{}, fmt.Errorf("look up person: no connection %q", id.Connection)
			}
			return p.Person(ctx, id)
		},
		Channel: names.name,
		Reachable: func(id chat.ChannelID) {
			names.learn(ctx, id)
			a.courier.Reachable(ctx, id)
		},
	})
	a.courier = bot.NewCourier(a.tables, platforms, a.commands.Compose, log)
	a.tables.OnChange(func(id benchmark.NetworkID) { a.courier.Start(ctx, id) })
	return a
}

// close waits for the courier and closes the tables. The context of [newApp] has
// ended.
func (a *app) close() {
	a.courier.Wait()
	a.names.wait()
	a.tables.Close()
}

// workingDays is the calendar of a country; of one that isn't known, weekends.
func workingDays(country string) benchmark.WorkingDay {
	days, err := scheduler.WorkingDays(country, nil, nil)
	if country == "" || err != nil {
		return benchmark.Weekdays
	}
	return benchmark.WorkingDay(days)
}
