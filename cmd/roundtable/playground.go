package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/config"
	"roundtable/journal"
	"roundtable/journal/memory"
)

// playgroundCmd serves a chat in a browser, with the real bot in it.
type playgroundCmd struct {
	pageFlags
	Zone string `help:"Time zone of the people." default:"Europe/Stockholm" placeholder:"ZONE"`
}

// Run implements the subcommand.
func (c *playgroundCmd) Run(e *env) (err error) {
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return fmt.Errorf("there is no time zone %q; one is Europe/Stockholm", c.Zone)
	}
	listener, err := c.listen(e.ctx)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // the server has closed it, unless it never came up
	j, lease, err := e.openPlaygroundJournal()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	defer lease.Release()
	talk, clock, err := openPlayground(e.cli.Journal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, talk.Close()) }()
	if len(talk.People()) == 0 {
		if err := addSamplePeople(talk, c.Zone); err != nil {
			return err
		}
	}
	trigger := "round"
	if e.cli.Command != "" {
		trigger = e.cli.Command
	}
	work, cancel := context.WithCancel(context.WithoutCancel(e.ctx))
	platforms := platformsOf(talk)
	o := defaultOptions()
	o.clock, o.trigger = clock.Now, trigger
	a := newApp(work, j, platforms, o, e.log)
	defer a.close()
	defer cancel()
	page := &pageServer{
		chat: talk, app: a, journal: j, lease: lease, clock: clock, zone: zone, trigger: "/" + trigger,
		platforms: platforms, about: aboutSamplePerson, log: e.log, readMarksPath: readMarksPath(e.cli.Journal),
	}
	return page.serve(e, listener, c.pageFlags)
}

// openPlaygroundJournal opens the journal at an address, in memory without one, and
// sees that no other process serves it: two bots would do everything twice. What is
// erased from a file is listed where the settings say, as it is when it is served.
func (e *env) openPlaygroundJournal() (journal.Journal, *journal.Lease, error) {
	where := config.Journal{Kind: config.JournalSQLite, Path: "in memory"}
	open := func() (journal.Journal, error) { return memory.New(), nil }
	if e.cli.Journal != "" {
		parsed, err := config.ParseJournal(e.cli.Journal)
		if err != nil {
			return nil, nil, err
		}
		if parsed.Kind != config.JournalSQLite {
			return nil, nil, fmt.Errorf("the playground keeps a chat beside its journal, so it wants a file: --journal sqlite:playground.db")
		}
		if err := os.MkdirAll(filepath.Dir(parsed.Path), 0o700); err != nil {
			return nil, nil, fmt.Errorf("make the folder of the journal: %w", err)
		}
		c, err := e.settings(config.Overrides{})
		if err != nil {
			return nil, nil, err
		}
		where, open = parsed, func() (journal.Journal, error) { return e.openToServe(c) }
	}
	j, err := open()
	if err != nil {
		return nil, nil, err
	}
	lease, err := lockJournal(e.ctx, j, where)
	if err != nil {
		return nil, nil, errors.Join(err, j.Close())
	}
	return j, lease, nil
}

// openPlayground opens what is stored beside the journal at an address: the chat and
// the clock. Without an address all of it is in memory.
func openPlayground(address string) (talk *playground.Chat, clock *adjustableClock, err error) {
	if address == "" {
		clock, err = openClock("", time.Time{})
		return playground.New(clock.Now), clock, err
	}
	parsed, err := config.ParseJournal(address)
	if err != nil {
		return nil, nil, err
	}
	clock = &adjustableClock{}
	clock.set(time.Now())
	talk, err = playground.Open(parsed.Path+".chat", clock.Now)
	if err != nil {
		return nil, nil, err
	}
	var latest time.Time
	for _, c := range talk.Changes(0) {
		latest = c.At
	}
	opened, err := openClock(parsed.Path+".clock", latest)
	if err != nil {
		return nil, nil, errors.Join(err, talk.Close())
	}
	clock.set(opened.now)
	clock.path = opened.path
	clock.start()
	return talk, clock, nil
}

// readMarksPath returns the path of the file beside a journal that stores what
// people have read; empty for a journal in memory.
func readMarksPath(address string) string {
	parsed, err := config.ParseJournal(address)
	if address == "" || err != nil {
		return ""
	}
	return parsed.Path + ".read"
}

// platformsOf returns the connections of a chat: those of its people.
func platformsOf(talk *playground.Chat) map[string]chat.Platform {
	platforms := map[string]chat.Platform{}
	for _, p := range talk.People() {
		platforms[p.ID.Connection] = talk.Platform(p.ID.Connection)
	}
	return platforms
}

// samplePerson is somebody whom one can be in an empty playground. All of them are
// invented, and so are their organisations.
type samplePerson struct {
	connection, user, name, about string
	admin                         bool
}

// The two platforms of an empty playground, and the channel on each.
const (
	north, northChannel = "north", "learning-together"
	south, southChannel = "south", "quality"
)

var samplePeople = []samplePerson{
	{north, "karin", "Karin Ek", "facilitator", true},
	{north, "anna", "Anna Lindqvist", "nurse, Sjövik hospital", false},
	{north, "erik", "Erik Holm", "physician, Sjövik hospital", false},
	{north, "maryam", "Maryam Karimi", "ward manager, Ekliden hospital", false},
	{south, "johan", "Johan Berg", "physiotherapist, Norrhamn hospital", false},
	{south, "siw", "Siw Nyström", "patient representative, Norrhamn hospital", false},
	{south, "priya", "Priya Nair", "quality coordinator, Bergby municipality", false},
}

// addSamplePeople puts people and channels into an empty chat.
func addSamplePeople(talk *playground.Chat, zone string) error {
	for _, m := range samplePeople {
		id := chat.PersonID{Connection: m.connection, User: m.user}
		if err := talk.Join(chat.Person{ID: id, Name: m.name, Zone: zone, Admin: m.admin}); err != nil {
			return err
		}
	}
	for _, in := range []chat.ChannelID{{Connection: north, Channel: northChannel}, {Connection: south, Channel: southChannel}} {
		if err := talk.Channel(in); err != nil {
			return err
		}
	}
	return nil
}

// aboutSamplePerson says what one of the sample people does, and where.
func aboutSamplePerson(id chat.PersonID) string {
	for _, m := range samplePeople {
		if m.connection == id.Connection && m.user == id.User {
			return m.about
		}
	}
	return ""
}
