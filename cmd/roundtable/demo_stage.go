package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/journal"
)

// stage is where a round is played: a chat in memory, the real bot on a real
// journal, and a clock that is moved by hand.
type stage struct {
	ctx         context.Context //nolint:containedctx // the play's whole life
	end         context.CancelFunc
	chat        *playground.Chat
	house       *house
	journal     journal.Journal
	clock       *handClock
	zone        *time.Location
	dir         string
	dice        *rand.Rand
	running     sync.WaitGroup
	transcripts []*playground.TranscriptWriter
	outs        []io.Writer
	told        int64 // the last change that was told or passed over
	pictures    int
	channel     chat.ChannelID
	answered    map[string]bool        // by user, of those who answer off stage
	onStage     map[chat.PersonID]bool // whose private messages are told
	played      atomic.Bool
	log         *slog.Logger
}

const playgroundName = "playground"

func newStage(ctx context.Context, j journal.Journal, dir string, seed uint64, log *slog.Logger) (*stage, error) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	s := &stage{
		log: log, journal: j, dir: dir, zone: zone, clock: &handClock{now: time.Date(2026, time.November, 2, 9, 0, 0, 0, zone)},
		dice:    rand.New(rand.NewPCG(seed, seed)), //nolint:gosec // a play, not a secret
		channel: chat.ChannelID{Connection: playgroundName, Channel: "heart-surgery"}, answered: map[string]bool{}, onStage: map[chat.PersonID]bool{},
	}
	s.ctx, s.end = context.WithCancel(ctx)
	s.chat = playground.New(s.clock.Now)
	platform := s.chat.Platform(playgroundName)
	s.house = newHouse(s.ctx, j, map[string]chat.Platform{playgroundName: platform}, houseOptions{
		clock: s.clock.Now, trigger: "round",
		newID: func() benchmark.NetworkID { return "demo" },
		seed:  func() uint64 { return seed }, chance: chance,
	}, log)
	// On a stage things happen one after the other: the courier goes when it is
	// told to. After the play it goes by itself.
	s.house.tables.OnChange(func(id benchmark.NetworkID) {
		if s.played.Load() {
			s.house.courier.Start(s.ctx, id)
		}
	})
	s.running.Go(func() { _ = platform.Run(s.ctx, s.house.commands.Handle) })
	return s, s.chat.Channel(s.channel)
}

func (s *stage) close() {
	s.end()
	s.running.Wait()
	s.house.courier.Wait()
	s.house.tables.Close()
}

// tellTo prints the conversation there, as it happens.
func (s *stage) tellTo(w io.Writer, colour bool) {
	s.outs = append(s.outs, w)
	s.transcripts = append(s.transcripts, playground.NewTranscriptWriter(w, playground.Style{Colour: colour, Width: 100, Zone: s.zone, Bot: "Roundtable"}))
}

// settle lets the bot do what it owes now, and tells what happened.
func (s *stage) settle() error {
	if err := s.discharge(); err != nil {
		return err
	}
	return s.tell()
}

// discharge has the bot do what it owes; before there is a network, nothing.
func (s *stage) discharge() error {
	err := s.house.courier.Deliver(s.ctx, "demo")
	if errors.Is(err, bot.ErrNoNetwork) {
		return nil
	}
	return err
}

// tell prints the changes since the last time, and keeps their pictures.
func (s *stage) tell() error {
	unseen := map[chat.PersonID]bool{}
	for _, c := range s.chat.Changes(s.told) {
		s.told = c.Seq
		if who, direct := s.privately(c); direct && !s.onStage[who] {
			unseen[who] = true
			continue
		}
		for _, transcript := range s.transcripts {
			if err := transcript.Write(c); err != nil {
				return fmt.Errorf("print: %w", err)
			}
		}
		if err := s.keepPictures(c); err != nil {
			return err
		}
	}
	if len(unseen) > 0 {
		s.narrate("   (%d others get theirs, each privately)", len(unseen))
	}
	return nil
}

// privately says to whom the bot has written directly, if that is what
// happened.
func (s *stage) privately(c playground.Change) (who chat.PersonID, direct bool) {
	if c.Posted == nil || !c.Posted.ByBot() {
		return who, false
	}
	for _, p := range s.chat.People() {
		to := playground.Direct(p.ID)
		if to.Connection == c.Posted.ID.Connection && to.Channel == c.Posted.ID.Channel {
			return p.ID, true
		}
	}
	return who, false
}

// pass lets things happen without telling of them.
func (s *stage) pass(happen func() error) error {
	if err := happen(); err != nil {
		return err
	}
	if err := s.discharge(); err != nil {
		return err
	}
	for _, c := range s.chat.Changes(s.told) {
		s.told = c.Seq
	}
	return nil
}

func (s *stage) keepPictures(c playground.Change) error {
	if c.Posted == nil {
		return nil
	}
	for _, b := range c.Posted.Message.Blocks {
		p, ok := b.(chat.Picture)
		if !ok {
			continue
		}
		s.pictures++
		name := filepath.Join(s.dir, fmt.Sprintf("picture-%02d-%s", s.pictures, filepath.Base(p.Name)))
		if err := os.WriteFile(name, p.PNG, 0o600); err != nil {
			return fmt.Errorf("keep picture: %w", err)
		}
	}
	return nil
}

// narrate prints a line of the play itself.
func (s *stage) narrate(format string, args ...any) {
	for _, w := range s.outs {
		fmt.Fprintf(w, "\n"+format+"\n", args...)
	}
}

// moveTo moves the clock, stopping wherever the bot owes something on the way,
// as the ticker would.
func (s *stage) moveTo(t time.Time) error {
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
func (s *stage) day(day, hour, minute int) time.Time {
	return time.Date(2026, time.November, day, hour, minute, 0, 0, s.zone)
}
