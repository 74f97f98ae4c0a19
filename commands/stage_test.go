package commands_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/commands"
	"roundtable/journal/memory"
)

// stage is a chat with the real commands and courier behind it, on a journal in
// memory and a clock that is moved by hand. What people are shown is checked as
// it is shown.
type stage struct {
	ctx      context.Context //nolint:containedctx // the play's whole life
	end      context.CancelFunc
	clock    *handClock
	chat     *playground.Chat
	journal  *memory.Store
	tables   *bot.Tables
	commands *commands.Commands
	courier  *bot.Courier
	channel  chat.ChannelID
	running  sync.WaitGroup
	started  map[string]bool
	told     int64
	codes    atomic.Uint64
	entered  int
	last     string // the id of what was done last
	checks   *checks
}

const (
	homeConnection = "playground"
	networkID      = "n1"
	secondID       = "n2" // that of a network which is set up where there is one
)

// handClock stands still until it is moved.
type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// stockholm is where the plays are set.
func stockholm() *time.Location {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err)
	}
	return zone
}

// calendar has the weekdays; in Sweden without Easter Monday of 2027.
func calendar(country string) benchmark.WorkingDay {
	return func(year int, month time.Month, day int) bool {
		easter := country == "se" && year == 2027 && month == time.March && day == 29
		return benchmark.Weekdays(year, month, day) && !easter
	}
}

func newStage() (*stage, error) {
	s := &stage{
		clock:   &handClock{now: time.Date(2026, time.November, 2, 9, 0, 0, 0, stockholm())},
		journal: memory.New(), channel: chat.ChannelID{Connection: homeConnection, Channel: "falls"},
		started: map[string]bool{}, checks: &checks{},
	}
	s.ctx, s.end = context.WithCancel(context.Background())
	s.chat = playground.New(s.clock.Now)
	log := slog.New(s.checks.handler())
	s.tables = bot.NewTables(s.journal, s.clock.Now, calendar)
	s.tables.OnChange(func(benchmark.NetworkID) {})
	platforms := map[string]chat.Platform{}
	for _, name := range []string{homeConnection, "other"} {
		platforms[name] = s.chat.Platform(name)
	}
	s.commands = commands.New(s.tables, commands.Options{
		Trigger: "round", Log: log,
		NewID: func() benchmark.NetworkID {
			if _, err := s.tables.Table(s.ctx, networkID); err == nil {
				return secondID
			}
			return networkID
		},
		Seed:         func() uint64 { return 7 },
		Chance:       func() uint64 { return s.codes.Add(1) * 0x9e3779b97f4a7c15 },
		KnownCountry: func(country string) bool { return country == "" || country == "se" },
		Channel: func(_ context.Context, id chat.ChannelID) chat.ChannelName {
			return chat.ChannelName{Channel: id.Channel, Server: id.Connection}
		},
		Reachable: func(id chat.ChannelID) { s.courier.Reachable(s.ctx, id) },
		Person: func(ctx context.Context, id chat.PersonID) (chat.Person, error) {
			return platforms[id.Connection].Person(ctx, id)
		},
	})
	s.courier = bot.NewCourier(s.tables, platforms, s.checks.compose(s.commands.Compose), log)
	for name := range platforms {
		s.running.Go(func() { _ = s.chat.Platform(name).Run(s.ctx, s.checks.handle(s.commands.Handle)) })
	}
	return s, s.chat.Channel(s.channel)
}

func (s *stage) close() {
	s.end()
	s.running.Wait()
	s.courier.Wait()
	s.tables.Close()
}

func person(user string) chat.PersonID {
	if name, ok := strings.CutPrefix(user, "other/"); ok {
		return chat.PersonID{Connection: "other", User: name}
	}
	return chat.PersonID{Connection: homeConnection, User: user}
}

// settle has the bot do what it owes; before there is a network, nothing.
func (s *stage) settle() error {
	for _, id := range []benchmark.NetworkID{networkID, secondID} {
		if err := s.courier.Deliver(s.ctx, id); err != nil && !errors.Is(err, bot.ErrNoNetwork) {
			return err
		}
	}
	return nil
}

// quietly forgets what happened so far, so that it isn't told.
func (s *stage) quietly() error {
	err := s.settle()
	for _, c := range s.chat.Changes(s.told) {
		s.told = c.Seq
	}
	return err
}

// moveTo moves the clock, stopping wherever the bot owes something on the way,
// as the ticker would.
func (s *stage) moveTo(t time.Time) error {
	if err := s.settle(); err != nil {
		return err
	}
	for {
		_, next, err := s.journal.Due(s.ctx, s.clock.Now())
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(t) {
			break
		}
		s.clock.set(next)
		if err := s.settle(); err != nil {
			return err
		}
	}
	s.clock.set(t)
	return s.settle()
}

// decide has the network decide for its facilitator, behind the scenes.
func (s *stage) decide(intent benchmark.Intent) error {
	t, err := s.tables.Table(s.ctx, networkID)
	if err != nil {
		return err
	}
	_, err = t.Do(s.ctx, benchmark.Actor{By: "p1"}, intent)
	return err
}

func (s *stage) read(f func(n *benchmark.Network)) {
	t, err := s.tables.Table(s.ctx, networkID)
	if err != nil {
		panic(err)
	}
	t.Read(f)
}

// tell writes what happened since the last time: all of it, or with a viewer
// what they saw.
func (s *stage) tell(w io.Writer, viewer string) error {
	var to switchable
	scribe := playground.NewTranscriptWriter(&to, playground.Style{Width: 100, Zone: stockholm()})
	for _, c := range s.chat.Changes(0) {
		to.w = io.Discard
		switch {
		case c.Joined != nil:
		case c.Seq <= s.told: // what stands is known, so that what follows on it is
		case viewer != "" && !s.sees(person(viewer), c):
			continue
		default:
			to.w = w
		}
		if err := scribe.Write(c); err != nil {
			return fmt.Errorf("tell: %w", err)
		}
	}
	for _, c := range s.chat.Changes(s.told) {
		s.told = c.Seq
	}
	return nil
}

type switchable struct{ w io.Writer }

func (s *switchable) Write(p []byte) (int, error) { return s.w.Write(p) }

// sees says whether a person saw the change when it happened.
func (s *stage) sees(who chat.PersonID, c playground.Change) bool {
	in := func(id chat.PostID) bool {
		own := id.Channel == playground.Direct(who).Channel || !strings.HasPrefix(id.Channel, "@")
		return own && id.Connection == who.Connection
	}
	switch {
	case c.Posted != nil:
		return in(c.Posted.ID) && (c.Posted.To == chat.PersonID{} || c.Posted.To == who)
	case c.Edited != nil:
		return in(c.Edited.Post)
	case c.Acted != nil:
		return c.Acted.By == who
	case c.FormShown != nil:
		return c.FormShown.To == who
	}
	return false
}

// everything that a person was ever shown, as text.
func (s *stage) everything(who chat.PersonID) string {
	var b strings.Builder
	scribe := playground.NewTranscriptWriter(&b, playground.Style{Width: 400})
	for _, c := range s.chat.Changes(0) {
		if c.Joined != nil || s.sees(who, c) {
			_ = scribe.Write(c) // a builder takes everything
		}
	}
	return b.String()
}
