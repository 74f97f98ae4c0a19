package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/google/uuid"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/commands"
	"roundtable/config"
	"roundtable/journal"
	"roundtable/journal/redis"
	"roundtable/journal/sqlite"
	"roundtable/scheduler"
)

// openJournal opens the store that the settings name.
func openJournal(ctx context.Context, j config.Journal) (journal.Journal, error) {
	switch j.Kind {
	case config.JournalSQLite:
		return sqlite.Open(j.Path)
	case config.JournalRedis:
		return redis.Open(ctx, j.URL.Reveal())
	}
	return nil, fmt.Errorf("open journal: unknown kind %q", j.Kind)
}

// openExisting is openJournal for those who need what is there: a journal that isn't there
// is a name mistyped, and none is made.
func openExisting(ctx context.Context, j config.Journal) (journal.Journal, error) {
	if j.Kind == config.JournalSQLite {
		if _, err := os.Stat(j.Path); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("there is no journal %s: check the address (--journal, ROUNDTABLE_JOURNAL or the settings file); the bot makes one when it first runs", j.Path)
		}
	}
	return openJournal(ctx, j)
}

// house is the bot, wired: networks, commands and courier over a journal and
// platforms.
type house struct {
	tables   *bot.Tables
	commands *commands.Commands
	courier  *bot.Courier
}

// houseOptions are what differs between a real bot and a played one.
type houseOptions struct {
	clock      func() time.Time
	trigger    string
	adminsOnly bool
	newID      func() benchmark.NetworkID
	seed       func() uint64
	chance     func() uint64 // unguessable
}

// realOptions are those of a bot that serves people.
func realOptions() houseOptions {
	return houseOptions{
		clock: time.Now,
		newID: func() benchmark.NetworkID { return benchmark.NetworkID(uuid.Must(uuid.NewV7()).String()) },
		seed:  chance, chance: chance,
	}
}

// chance returns 64 bits that nobody can guess.
func chance() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return binary.LittleEndian.Uint64(b[:])
}

func newHouse(ctx context.Context, j journal.Journal, platforms map[string]chat.Platform, o houseOptions, log *slog.Logger) *house {
	h := &house{tables: bot.NewTables(j, o.clock, workingDays)}
	h.commands = commands.New(h.tables, commands.Options{
		Trigger: o.trigger, AdminsOnly: o.adminsOnly, NewID: o.newID, Seed: o.seed, Chance: o.chance, Log: log,
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
	})
	h.courier = bot.NewCourier(h.tables, platforms, h.commands.Compose, log)
	h.tables.OnChange(func(id benchmark.NetworkID) { h.courier.Start(ctx, id) })
	return h
}

// workingDays is the calendar of a country; of one that isn't known, weekends.
func workingDays(country string) benchmark.WorkingDay {
	days, err := scheduler.WorkingDays(country, nil, nil)
	if country == "" || err != nil {
		return benchmark.Weekdays
	}
	return benchmark.WorkingDay(days)
}
