// Command slack measures how soon and how fast forms that are sent back in Slack
// are acknowledged over HTTP: by roundtable, which verifies the request, decides,
// and keeps what was submitted in its journal (SQLite, synchronous=FULL) before
// it says so; and beside it by a small app made with Slack's own framework, which
// verifies the request and keeps one row in SQLite, as durably (bolt/app.js). Both
// get the same submissions, in turns, in the same run, from this program, which
// also is the Slack that roundtable talks to meanwhile.
//
//	go run ./bench/slack
//
// It needs Node 20 or newer with npm, a C++ compiler for better-sqlite3 (once),
// Linux for what is in memory, and the network for what npm installs (once).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"roundtable/chat/slack/slacktest/honest"
)

// settings are the flags.
type settings struct {
	program                         string
	networks, rate, inFlight, turns int
	length                          time.Duration
	bolt                            bool
}

func main() {
	var s settings
	flag.StringVar(&s.program, "program", "", "the roundtable to measure; empty: build it")
	flag.IntVar(&s.networks, "networks", 32, "networks that submissions are for")
	flag.IntVar(&s.rate, "rate", 200, "submissions a second, for latency")
	flag.IntVar(&s.inFlight, "in-flight", 64, "submissions in flight, for throughput")
	flag.DurationVar(&s.length, "for", 10*time.Second, "how long, each")
	flag.IntVar(&s.turns, "turns", 5, "how often each is measured, in turns")
	flag.BoolVar(&s.bolt, "bolt", true, "measure Bolt too; false: roundtable alone, to compare two of its builds")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// measurement is what one turn of one bot gave.
type measurement struct {
	p50, p99, max   time.Duration
	throughput      float64   // submissions a second
	worked, asked   float64   // ms of processor time a submission, at full throughput: the bot's, and this program's
	busy            shares    // meanwhile
	steady, flatOut memoryUse // after each
}

func run(ctx context.Context, w io.Writer, s settings) error {
	dir, err := os.MkdirTemp("", "bench-slack-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var peer honest.Peer
	if s.bolt {
		if peer, err = installBolt(ctx); err != nil {
			return err
		}
	}
	if s.program == "" {
		if s.program, err = build(ctx, dir); err != nil {
			return err
		}
	}
	ws, err := newWorkspace(s)
	if err != nil {
		return err
	}
	defer ws.close()
	results := map[string][]measurement{}
	for turn := range s.turns {
		here := filepath.Join(dir, strconv.Itoa(turn))
		if err := os.Mkdir(here, 0o700); err != nil {
			return err
		}
		bots := []func() error{
			func() error {
				c, err := ws.startRoundtable(ctx, here)
				if err != nil {
					return err
				}
				return s.measure(ctx, results, c, ws)
			},
			func() error {
				c, err := startBolt(ctx, peer, here, ws.app.SigningSecret)
				if err != nil {
					return err
				}
				return s.measure(ctx, results, c, ws)
			},
		}
		if !s.bolt {
			bots = bots[:1]
		}
		if turn%2 == 1 {
			slices.Reverse(bots) // who is second finds a warmer machine
		}
		for _, b := range bots {
			if err := b(); err != nil {
				return err
			}
		}
	}
	return report(w, s, results)
}

// measure measures a bot that has just started, ends it, and checks that it has
// kept what it acknowledged.
func (s settings) measure(ctx context.Context, results map[string][]measurement, c *process, ws *workspace) error {
	l, err := newLoad(c.url, ws.app.SigningSecret, ws.templates, s.inFlight)
	if err != nil {
		return errors.Join(err, c.stop())
	}
	f, err := s.figures(ctx, c, l)
	l.connections.close()
	if err = errors.Join(err, c.stop()); err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	kept, err := c.countKept(ctx)
	if err != nil || kept != l.taken.Load() {
		return fmt.Errorf("%s acknowledged %d and kept %d: %w", c.name, l.taken.Load(), kept, err)
	}
	results[c.name] = append(results[c.name], f)
	return nil
}

func (s settings) figures(ctx context.Context, c *process, l *load) (f measurement, err error) {
	if _, err := l.steady(ctx, s.rate, time.Second); err != nil { // to be warm
		return f, err
	}
	took, err := l.steady(ctx, s.rate, s.length)
	if err != nil {
		return f, err
	}
	f.p50, f.p99, f.max = took[len(took)/2], took[len(took)*99/100], took[len(took)-1]
	if f.steady, err = c.memory(); err != nil {
		return f, err
	}
	taken := l.taken.Load()
	before, err := c.cpuTime()
	if err != nil {
		return f, err
	}
	if f.throughput, err = l.flatOut(ctx, s.inFlight, s.length); err != nil {
		return f, err
	}
	after, err := c.cpuTime()
	if err != nil {
		return f, err
	}
	each := float64(time.Millisecond) * float64(l.taken.Load()-taken)
	f.worked, f.asked, f.busy = float64(after.bot-before.bot)/each, float64(after.load-before.load)/each, after.since(before)
	f.flatOut, err = c.memory()
	return f, err
}

// report writes the medians over all turns, and how they compare.
func report(w io.Writer, s settings, results map[string][]measurement) error {
	median := func(name string, of func(measurement) float64) float64 {
		values := make([]float64, 0, s.turns)
		for _, f := range results[name] {
			values = append(values, of(f))
		}
		if len(values) == 0 {
			return math.NaN() // not measured
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	ms := func(of func(measurement) time.Duration) func(measurement) float64 {
		return func(f measurement) float64 { return float64(of(f)) / float64(time.Millisecond) }
	}
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "medians of %d turns of %v each\troundtable\tBolt\troundtable / Bolt\t\n", s.turns, s.length)
	for _, row := range []struct {
		name string
		of   func(measurement) float64
	}{
		{fmt.Sprintf("acknowledged at %d a second, p50, ms", s.rate), ms(func(f measurement) time.Duration { return f.p50 })},
		{"p99, ms", ms(func(f measurement) time.Duration { return f.p99 })},
		{"longest, ms", ms(func(f measurement) time.Duration { return f.max })},
		{"in memory then, MB", func(f measurement) float64 { return f.steady.now }},
		{"of that its own, MB", func(f measurement) float64 { return f.steady.own }},
		{fmt.Sprintf("taken a second, %d in flight", s.inFlight), func(f measurement) float64 { return f.throughput }},
		{"processor time of each, ms", func(f measurement) float64 { return f.worked }},
		{"and to send it, ms", func(f measurement) float64 { return f.asked }},
		{"of the processors the bot had, %", func(f measurement) float64 { return 100 * f.busy.bot }},
		{"who sends, %", func(f measurement) float64 { return 100 * f.busy.load }},
		{"others on the machine, %", func(f measurement) float64 { return 100 * f.busy.others }},
		{"in memory at most, MB", func(f measurement) float64 { return f.flatOut.most }},
	} {
		ours, theirs := median("roundtable", row.of), median("Bolt", row.of)
		fmt.Fprintf(out, "%s\t%.2f\t%.2f\t%.2f\t\n", row.name, ours, theirs, ours/theirs)
	}
	return out.Flush()
}
