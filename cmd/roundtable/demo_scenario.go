package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/journal"
)

// scenario is a round that is played: people in a chat in memory, the real bot on
// a real journal, and a clock that is moved by hand.
type scenario struct {
	ctx        context.Context //nolint:containedctx // the scenario's whole life
	cancel     context.CancelFunc
	chat       *playground.Chat
	app        *app
	journal    journal.Journal
	clock      *adjustableClock
	zone       *time.Location
	transcript *transcript
	rng        *rand.Rand
	background sync.WaitGroup
	channel    chat.ChannelID
	answered   map[string]bool // by user, of those who answer offstage
	finished   atomic.Bool     // the acts are over: the courier goes by itself
	log        *slog.Logger
}

const playgroundName = "playground"

// demoNetwork is the id of the demo's network; no other is made with it.
const demoNetwork = "demo"

// newScenario starts the bot in an empty chat. Pictures are saved in dir; seed
// decides what chance decides.
func newScenario(ctx context.Context, j journal.Journal, dir string, seed uint64, log *slog.Logger) (*scenario, error) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	s := &scenario{
		log: log, journal: j, zone: zone, clock: &adjustableClock{now: time.Date(2026, time.November, 2, 9, 0, 0, 0, zone)},
		rng:     rand.New(rand.NewPCG(seed, seed)), //nolint:gosec // a play, not a secret
		channel: chat.ChannelID{Connection: playgroundName, Channel: "heart-surgery"}, answered: map[string]bool{},
	}
	s.ctx, s.cancel = context.WithCancel(ctx)
	s.chat = playground.New(s.clock.Now)
	s.transcript = &transcript{chat: s.chat, zone: zone, dir: dir, private: map[chat.PersonID]bool{}}
	platform := s.chat.Platform(playgroundName)
	s.app = newApp(s.ctx, j, map[string]chat.Platform{playgroundName: platform}, appOptions{
		clock: s.clock.Now, trigger: "round",
		newID: func() benchmark.NetworkID { return demoNetwork },
		seed:  func() uint64 { return seed }, chance: randomUint64,
	}, log)
	// During the acts things happen one after the other: the courier goes when it
	// is told to.
	s.app.tables.OnChange(func(id benchmark.NetworkID) {
		if s.finished.Load() {
			s.app.courier.Start(s.ctx, id)
		}
	})
	s.background.Go(func() { _ = platform.Run(s.ctx, s.app.commands.Handle) })
	return s, s.chat.Channel(s.channel)
}

// close ends the bot.
func (s *scenario) close() {
	s.cancel()
	s.background.Wait()
	s.app.close()
}

// pageServer returns a page to look around in: the clock and the courier go by
// themselves from here.
func (s *scenario) pageServer() *pageServer {
	s.clock.start()
	s.finished.Store(true)
	return &pageServer{
		chat: s.chat, app: s.app, journal: s.journal, clock: s.clock, zone: s.zone, trigger: "/round",
		about: aboutDemoPerson, log: s.log,
	}
}

// settle lets the bot do what it owes now, and prints what happened.
func (s *scenario) settle() error {
	if err := s.deliver(); err != nil {
		return err
	}
	return s.transcript.print()
}

// settled is settle after something that somebody did, unless that failed.
func (s *scenario) settled(err error) error {
	if err != nil {
		return err
	}
	return s.settle()
}

// offstage lets things happen without printing them.
func (s *scenario) offstage(happen func() error) error {
	if err := happen(); err != nil {
		return err
	}
	if err := s.deliver(); err != nil {
		return err
	}
	s.transcript.skip()
	return nil
}

// deliver has the bot do what it owes; before there is a network, nothing.
func (s *scenario) deliver() error {
	err := s.app.courier.Deliver(s.ctx, demoNetwork)
	if errors.Is(err, bot.ErrNoNetwork) {
		return nil
	}
	return err
}

// moveTo moves the clock, stopping wherever the bot owes something on the way,
// as the ticker would.
func (s *scenario) moveTo(t time.Time) error {
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

// day is a time on a day of November 2026.
func (s *scenario) day(day, hour, minute int) time.Time {
	return time.Date(2026, time.November, day, hour, minute, 0, 0, s.zone)
}

// scene begins a scene, at the time that the clock shows.
func (s *scenario) scene(title string) { s.transcript.scene(s.clock.Now(), title) }

// organisation returns the id of a hospital.
func (s *scenario) organisation(name string) (id benchmark.OrganisationID) {
	if t, err := s.app.tables.Table(s.ctx, demoNetwork); err == nil {
		t.Read(func(n *benchmark.Network) {
			if o, ok := n.OrganisationNamed(name); ok {
				id = o.ID
			}
		})
	}
	return id
}

// participant returns the id of somebody who has joined.
func (s *scenario) participant(p demoPerson) (id benchmark.ParticipantID) {
	if t, err := s.app.tables.Table(s.ctx, demoNetwork); err == nil {
		t.Read(func(n *benchmark.Network) {
			me, _ := n.At(benchmark.Address{Connection: playgroundName, User: p.user})
			id = me.ID
		})
	}
	return id
}

// keyWith returns the key of the post that begins so.
func (s *scenario) keyWith(prefix string) string {
	for key := range s.chat.Keys() {
		if strings.HasPrefix(key, prefix) {
			return key
		}
	}
	return fmt.Sprintf("%s (none)", prefix)
}
