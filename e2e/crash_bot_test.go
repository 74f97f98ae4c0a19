package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
	"roundtable/chat/playground"
	"roundtable/chat/slack/slacktest/honest"
	"roundtable/commands"
	"roundtable/e2e/built"
	"roundtable/journal"
	"roundtable/journal/sqlite"
)

// What the child process is told by its environment.
const (
	crashBotDir  = "ROUNDTABLE_CRASH_BOT_DIR"  // where the files are; unset: this is the test
	crashBotNow  = "ROUNDTABLE_CRASH_BOT_NOW"  // the time on its clock when it begins
	crashBotSeed = "ROUNDTABLE_CRASH_BOT_SEED" // of what its people do
	crashBotTask = "ROUNDTABLE_CRASH_BOT_TASK" // talk until killed, or settle and end
)

// The two seats of the network in the crash test, and its round.
var (
	crashSeats = []chat.ChannelID{{Connection: "north", Channel: "falls"}, {Connection: "south", Channel: "falls"}}
	crashRound = benchmark.RoundID("2026-Q4")
)

const crashNetwork benchmark.NetworkID = "crash"

// crashPeople are p1 ... p6: the last of each seat never answers.
var crashPeople = []chat.PersonID{
	{Connection: "north", User: "anna"},
	{Connection: "south", User: "bo"},
	{Connection: "north", User: "cia"},
	{Connection: "south", User: "dan"},
	{Connection: "north", User: "eva"},
	{Connection: "south", User: "finn"},
}

// crashBot is the bot over the files of a folder, wired as the program is.
type crashBot struct {
	journal   journal.Journal
	chat      *playground.Chat
	platforms map[string]chat.Platform
	tables    *bot.Tables
	commands  *commands.Commands
	courier   *bot.Courier
	now       func() time.Time
}

func openCrashBot(ctx context.Context, dir string, now func() time.Time) (*crashBot, error) {
	j, err := sqlite.Open(filepath.Join(dir, "journal.db"))
	if err != nil {
		return nil, err
	}
	talk, err := playground.Open(filepath.Join(dir, "chat"), now)
	if err != nil {
		return nil, errors.Join(err, j.Close())
	}
	h := &crashBot{journal: j, chat: talk, platforms: map[string]chat.Platform{}, now: now}
	for _, seat := range crashSeats {
		h.platforms[seat.Connection] = talk.Platform(seat.Connection)
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	h.tables = bot.NewTables(j, now, func(string) benchmark.WorkingDay { return benchmark.Weekdays })
	h.commands = commands.New(h.tables, commands.Options{
		Trigger: "round", Log: log, KnownCountry: func(string) bool { return true },
		NewID: func() benchmark.NetworkID { return crashNetwork }, Seed: func() uint64 { return 1 },
	})
	h.courier = bot.NewCourier(h.tables, h.platforms, h.commands.Compose, log)
	h.tables.OnChange(func(id benchmark.NetworkID) { h.courier.Start(ctx, id) })
	return h, nil
}

func (h *crashBot) close() error { return errors.Join(h.chat.Close(), h.journal.Close()) }

// TestMain runs the tests, or is the program that the crash test kills.
func TestMain(m *testing.M) {
	dir := os.Getenv(crashBotDir)
	if dir == "" {
		code := honest.Tests{M: mattermosttest.Tests(m)}.Run()
		built.Remove()
		os.Exit(code)
	}
	if err := runCrashBot(context.Background(), dir, os.NewFile(3, "acknowledged")); err != nil {
		fmt.Fprintln(os.Stderr, "crash bot:", err)
		os.Exit(1)
	}
}

// runCrashBot runs the bot and its people. It prints "up", then the id of everything
// that was answered, and at last "settled".
func runCrashBot(ctx context.Context, dir string, out io.Writer) error {
	base, err := time.Parse(time.RFC3339Nano, os.Getenv(crashBotNow))
	if err != nil {
		return err
	}
	seed, err := strconv.ParseUint(os.Getenv(crashBotSeed), 10, 64)
	if err != nil {
		return err
	}
	begun := time.Now()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	h, err := openCrashBot(ctx, dir, func() time.Time { return base.Add(time.Since(begun)) })
	if err != nil {
		return err
	}
	var running sync.WaitGroup
	for _, p := range h.platforms {
		running.Go(func() { _ = p.Run(ctx, h.commands.Handle) })
	}
	running.Go(func() { h.wake(ctx) })
	fmt.Fprintln(out, "up")
	if os.Getenv(crashBotTask) == "talk" {
		for k, who := range crashPeople[:4] {
			dice := rand.New(rand.NewPCG(seed, uint64(k)))
			running.Go(func() { h.live(ctx, who, seed, dice, out) })
		}
		running.Wait() // for ever
	}
	if err := h.settle(ctx); err != nil {
		return err
	}
	for k, who := range crashPeople[:4] { // whatever became of the lives before, everybody has taken part
		dice := rand.New(rand.NewPCG(seed, uint64(k)))
		for n := range uint64(2) {
			id, err := h.act(ctx, who, 1000*seed+n, dice, n == 1)
			if err != nil {
				return err
			}
			fmt.Fprintln(out, id)
		}
	}
	if err := h.settle(ctx); err != nil {
		return err
	}
	stop()
	running.Wait()
	h.courier.Wait()
	h.tables.Close()
	if err := h.close(); err != nil {
		return err
	}
	fmt.Fprintln(out, "settled")
	return nil
}

// wake does what the program's ticker does, more often.
func (h *crashBot) wake(ctx context.Context) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = h.courier.DeliverDue(ctx, h.now()) // comes again
		}
	}
}

// live is what a person does all day.
func (h *crashBot) live(ctx context.Context, who chat.PersonID, seed uint64, dice *rand.Rand, out io.Writer) {
	for n := uint64(0); ctx.Err() == nil; n++ {
		id, err := h.act(ctx, who, 1000*seed+n, dice, dice.IntN(3) == 0)
		if err != nil {
			fmt.Fprintln(os.Stderr, "crash bot:", who.User, err)
			return
		}
		fmt.Fprintln(out, id)
		if dice.IntN(8) == 0 { // the platform didn't hear that it was taken
			_, _ = h.chat.Redeliver(ctx, id)
		}
	}
}

// act has a person answer, or say something where the bot listens. No two acts
// with different numbers are the same.
func (h *crashBot) act(ctx context.Context, who chat.PersonID, number uint64, dice *rand.Rand, talk bool) (id string, err error) {
	home := chat.ChannelID{Connection: who.Connection, Channel: "falls"}
	mark := fmt.Sprintf("mark %d %s", number, who.User)
	var seen playground.Seen
	if roots := h.topics(ctx, home); talk && len(roots) > 0 {
		seen, err = h.chat.Reply(ctx, who, roots[dice.IntN(len(roots))], mark)
	} else {
		seen, err = h.chat.Type(ctx, who, home, fmt.Sprintf("/round submit falls %d/%d %s", 100+dice.IntN(900), 1000+number, mark))
		for again := 0; err == nil && seen.Form != nil && again < 3; again++ { // a correction has a reason, in a form
			seen, err = h.chat.Fill(ctx, who, map[string]string{"reason": "counted again, " + mark})
		}
	}
	if err == nil && seen.Form != nil {
		err = errors.New("the form is shown again: " + seen.Form.Error)
	}
	if err == nil && seen.ID == "" {
		err = errors.New("the bot did not get it")
	}
	return seen.ID, err
}

// topics are the posts of a channel in whose threads the bot listens.
func (h *crashBot) topics(ctx context.Context, in chat.ChannelID) (roots []chat.PostID) {
	t, err := h.tables.Table(ctx, crashNetwork)
	if err != nil {
		return nil
	}
	posts := h.chat.Posts(in)
	t.Read(func(n *benchmark.Network) {
		for _, p := range posts {
			if _, known := n.TopicAt(benchmark.Post(p.ID)); known {
				roots = append(roots, p.ID)
			}
		}
	})
	return roots
}

// settle returns once nothing is unanswered and nothing is owed now.
func (h *crashBot) settle(ctx context.Context) error {
	for end := time.Now().Add(waitTimeout); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if len(h.chat.Unanswered()) > 0 {
			continue
		}
		if err := h.courier.Deliver(ctx, crashNetwork); err != nil {
			return err
		}
		t, err := h.tables.Table(ctx, crashNetwork)
		if err != nil {
			return err
		}
		var owed []string
		t.Read(func(n *benchmark.Network) {
			for _, d := range n.Duties(h.now(), nil) {
				if !d.NotBefore.After(h.now()) {
					owed = append(owed, d.Key)
				}
			}
		})
		if len(owed) == 0 {
			return nil
		}
	}
	return errors.New("it does not settle: " + strings.Join(h.chat.Unanswered(), " "))
}
