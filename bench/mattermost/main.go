// Command mattermost measures the bot on a real Mattermost server on this machine:
// many people submit a figure by slash command at about the same time, and how long
// each waits. The same people call a command that does nothing, in the same run:
// that is the floor, what the server itself takes.
//
//	go run ./bench/mattermost -people 200 -within 10s
//
// It builds the bot, and the server where that has not been done; see
// chat/mattermost/mattermosttest for what that takes.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
)

func main() {
	people := flag.Int("people", 200, "how many submit")
	within := flag.Duration("within", 10*time.Second, "in what time")
	times := flag.Int("times", 2, "how often, floor and bot in turn, after once to get warm")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *people, *within, *times); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, people int, within time.Duration, times int) (err error) {
	server, err := mattermosttest.Open(ctx, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	b, err := newTestbed(ctx, server)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	fmt.Fprintf(w, "%d people join\n", people)
	if err := b.setUp(ctx, people); err != nil {
		return err
	}
	var floor, answered []waits
	var own []time.Duration
	for n := range times + 1 {
		f, err := b.load(ctx, "/nothing", nothing, within, func(int) string { return "" })
		if err != nil {
			return err
		}
		b.botTimes.take()
		a, err := b.load(ctx, "/round", "Saved for", within, func(k int) string { return fmt.Sprintf("submit falls %d/%d", k%9+n, 1000+k) })
		if err != nil {
			return err
		}
		if n > 0 { // the first time is for everybody to get warm
			floor, answered = append(floor, f...), append(answered, a...)
			own = append(own, b.botTimes.take()...)
		}
	}
	if err := b.waitForAll(ctx, people); err != nil {
		return err
	}
	report(w, floor, answered, own, within, times)
	return nil
}

// waitForAll waits until the network has everybody's figure.
func (b *testbed) waitForAll(ctx context.Context, people int) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	want := fmt.Sprintf("%d have begun", people)
	for {
		posts, err := b.team.Posts(ctx, b.channel, chat.PostID{})
		if err != nil {
			return fmt.Errorf("not everybody's figure is there: %w", err)
		}
		for _, p := range posts {
			if strings.Contains(p.Text, want) {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("nothing in the channel says %q: %v", want, posts)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
