// Command slackrates sends a round's load to the fake Slack, which counts every
// limit that is broken: nudges to many people and posts in one channel, as fast
// as the adapter lets them through. It says how long it took and how long the
// limits would have made anybody take, and fails when a limit was broken or when
// it took more than a twentieth longer.
//
//	go run ./bench/slackrates -nudges 1000 -posts 60
//
// That takes three and a half minutes; with -hurry 10 time passes ten times faster
// on both sides.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"roundtable/chat"
	"roundtable/chat/slack"
	"roundtable/chat/slack/slacktest"
	"roundtable/locale"
)

func main() {
	nudges := flag.Int("nudges", 1000, "people to nudge")
	posts := flag.Int("posts", 60, "posts in one channel")
	hurry := flag.Int("hurry", 1, "how much faster time passes")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *nudges, *posts, *hurry); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// errSlow says that the limits would have allowed more.
var errSlow = errors.New("more than a twentieth slower than the limits allow")

func run(ctx context.Context, w io.Writer, nudges, posts, hurry int) error {
	s, err := slacktest.New(slacktest.Options{Hurry: hurry})
	if err != nil {
		return err
	}
	defer s.Close()
	home := s.Workspace("T0HOME", "Home")
	app := home.Install(slacktest.App{Name: "Roundtable", Command: "/round", Events: []string{}}) // told nothing
	ward := home.Channel(slacktest.Channel{Name: "ward"}, app)
	talk := app.Chat("slack")
	platform, err := slack.New(slack.Options{
		Connection: "slack", AppToken: app.AppToken, BotToken: app.BotToken, APIURL: s.APIURL(), Trigger: "round", Haste: float64(hurry),
		T: func(language, id string, args ...any) string { return locale.For(language).T(id, args...) },
	})
	if err != nil {
		return err
	}
	var people []chat.PersonID
	for n := range nudges {
		people = append(people, talk.Person(home.User(slacktest.User{Name: fmt.Sprint("Person ", n)})))
	}

	began := time.Now()
	var all sync.WaitGroup
	var mu sync.Mutex
	var failed []error
	var last time.Duration // of the posts
	work := func(number int, do func(n int) error) {
		for worker := range 50 {
			all.Go(func() {
				for n := worker; n < number; n += 50 {
					if err := do(n); err != nil {
						mu.Lock()
						failed = append(failed, err)
						mu.Unlock()
					}
				}
			})
		}
	}
	work(nudges, func(n int) error {
		_, err := platform.Direct(ctx, people[n], chat.Message{Text: "A round is open.", Key: fmt.Sprint("nudge/", n)})
		return err
	})
	work(posts, func(n int) error {
		_, err := platform.Post(ctx, talk.Channel(ward), chat.PostID{}, chat.Message{Text: fmt.Sprint("Comparison ", n), Key: fmt.Sprint("post/", n)})
		mu.Lock()
		defer mu.Unlock()
		last = max(last, time.Since(began))
		return err
	})
	all.Wait()
	took := time.Since(began) * time.Duration(hurry)
	if err := errors.Join(failed...); err != nil {
		return err
	}
	return report(w, s, nudges, posts, took, last*time.Duration(hurry))
}

func report(w io.Writer, s *slacktest.Slack, nudges, posts int, took, last time.Duration) error {
	perSecond := float64(slacktest.PostsPerMinute) / 60
	whole := float64(max(0, nudges+posts-slacktest.PostsAtOnce)) / perSecond
	least := time.Duration(max(whole, float64(posts-slacktest.PostsAtOnceInChannel)) * float64(time.Second))
	broken := s.Broken()
	fmt.Fprintf(w, "%d nudges and %d posts in one channel: %.1f s, the last post after %.1f s\n", nudges, posts, took.Seconds(), last.Seconds())
	fmt.Fprintf(w, "the limits allow %.1f s (%d posts a minute, %d at once; one a second in a channel, %d at once): %.3f times that\n",
		least.Seconds(), slacktest.PostsPerMinute, slacktest.PostsAtOnce, slacktest.PostsAtOnceInChannel, took.Seconds()/least.Seconds())
	fmt.Fprintf(w, "limits broken: %d; messages posted: %d\n", len(broken), s.Calls()["chat.postMessage"])
	if len(broken) > 0 {
		slices.Sort(broken)
		return fmt.Errorf("broken: %q", slices.Compact(broken))
	}
	if took > least+least/20 {
		return errSlow
	}
	return nil
}
