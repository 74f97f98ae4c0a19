package main

import (
	"context"
	"errors"
	"fmt"
	"net"
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
	j, talk, clock, err := openPlayground(e.cli.Journal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, talk.Close(), j.Close()) }()
	if len(talk.People()) == 0 {
		if err := furnish(talk, c.Zone); err != nil {
			return err
		}
	}
	trigger := "round"
	if e.cli.Command != "" {
		trigger = e.cli.Command
	}
	work, cancel := context.WithCancel(context.WithoutCancel(e.ctx))
	defer cancel()
	platforms := platformsOf(talk)
	o := realOptions()
	o.clock, o.trigger = clock.Now, trigger
	h := newHouse(work, j, platforms, o, e.log)
	defer h.tables.Close()
	defer h.courier.Wait()
	defer cancel()
	r := &room{
		chat: talk, house: h, journal: j, clock: clock, zone: zone, trigger: "/" + trigger,
		platforms: platforms, about: aboutCast, log: e.log, marks: marksBeside(e.cli.Journal),
	}
	return r.serve(e, listener, c.pageFlags)
}

// openPlayground opens what is kept under a journal's address: the journal, the
// chat beside it and the clock. Without an address all of it is in memory.
func openPlayground(address string) (j journal.Journal, talk *playground.Chat, clock *handClock, err error) {
	if address == "" {
		clock, err = openClock("", time.Time{})
		return memory.New(), playground.New(clock.Now), clock, err
	}
	parsed, err := config.ParseJournal(address)
	if err != nil {
		return nil, nil, nil, err
	}
	if parsed.Kind != config.JournalSQLite {
		return nil, nil, nil, fmt.Errorf("the playground keeps a chat beside its journal, so it wants a file: --journal sqlite:playground.db")
	}
	if err := os.MkdirAll(filepath.Dir(parsed.Path), 0o700); err != nil {
		return nil, nil, nil, fmt.Errorf("make the folder of the journal: %w", err)
	}
	clock = &handClock{}
	clock.set(time.Now())
	talk, err = playground.Open(parsed.Path+".chat", clock.Now)
	if err != nil {
		return nil, nil, nil, err
	}
	var latest time.Time
	for _, c := range talk.Changes(0) {
		latest = c.At
	}
	opened, err := openClock(parsed.Path+".clock", latest)
	if err != nil {
		return nil, nil, nil, err
	}
	clock.set(opened.now)
	clock.path = opened.path
	clock.run()
	if j, err = openJournal(context.Background(), parsed); err != nil {
		return nil, nil, nil, err
	}
	return j, talk, clock, nil
}

// marksBeside is the file beside a journal that keeps what people have read;
// empty for a journal in memory.
func marksBeside(address string) string {
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

// pageFlags say where the page is.
type pageFlags struct {
	Listen string `help:"Address for the page, HOST:PORT. Anything but this machine itself needs --token." default:"127.0.0.1:8080" placeholder:"ADDRESS"`
	Token  string `help:"Access token that the page asks for, 16 characters or more." placeholder:"TOKEN" env:"ROUNDTABLE_PLAYGROUND_TOKEN"`
}

// minToken is how long an access token must be, so that it can't be tried out.
const minToken = 16

// listen opens the address, if it is one that may be.
func (f pageFlags) listen(ctx context.Context) (net.Listener, error) {
	host, _, err := net.SplitHostPort(f.Listen)
	if err != nil {
		return nil, fmt.Errorf("--listen wants HOST:PORT, for example 127.0.0.1:8080, not %q", f.Listen)
	}
	if f.Token != "" && len(f.Token) < minToken {
		return nil, fmt.Errorf("the access token is too short: give %d characters or more", minToken)
	}
	if !loopback(host) && f.Token == "" {
		return nil, fmt.Errorf("%s can be reached from other machines, and whoever has the page may act as everybody on it: give an access token of %d characters or more with --token, or listen on 127.0.0.1", f.Listen, minToken)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; give another address with --listen", f.Listen, err)
	}
	return listener, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
