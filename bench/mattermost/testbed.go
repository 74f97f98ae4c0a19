package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
)

// nothing is what the command that does nothing says.
const nothing = "nothing"

// testbed is a team on the server, the bot that serves it in a process of its own,
// and a command that does nothing.
type testbed struct {
	team     *mattermosttest.Team
	people   []*mattermosttest.Person
	channel  chat.ChannelID
	folder   string
	bot      *exec.Cmd
	nothing  *http.Server
	proxy    *http.Server
	botTimes botTimes
}

// botTimes is how long the bot itself took for each command.
type botTimes struct {
	mu   sync.Mutex
	took []time.Duration
}

// take returns what has been measured since the last time.
func (o *botTimes) take() []time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	t := o.took
	o.took = nil
	return t
}

// newTestbed builds the bot and starts it.
func newTestbed(ctx context.Context, server *mattermosttest.Server) (_ *testbed, err error) {
	b := &testbed{}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close())
		}
	}()
	if b.folder, err = os.MkdirTemp("", "roundtable-bench-*"); err != nil {
		return nil, err
	}
	if b.team, err = server.NewTeam(ctx, "flood"); err != nil {
		return nil, err
	}
	if err := b.serveNothing(ctx); err != nil {
		return nil, err
	}
	listen, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	command, err := b.startProxy(ctx, listen)
	if err != nil {
		return nil, err
	}
	token, err := b.team.Command(ctx, "round", command+"/mattermost/flood/command")
	if err != nil {
		return nil, err
	}
	program := filepath.Join(b.folder, "roundtable")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/roundtable") //nolint:gosec // in a folder of our own
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("build the bot: %w", err)
	}
	settings := fmt.Sprintf("journal: sqlite:%s\nlisten: %s\npublic_url: http://%s\nconnections:\n  - name: flood\n    mattermost: {url: %q, token: %s, command_token: %s, team: %s}\n",
		filepath.Join(b.folder, "journal.db"), listen, listen, server.URL, b.team.BotToken, token, b.team.Name)
	file := filepath.Join(b.folder, "roundtable.yaml")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		return nil, err
	}
	b.bot = exec.CommandContext(ctx, program, "serve", "--config", file) //nolint:gosec // what we have just built
	b.bot.Dir, b.bot.Stderr = b.folder, os.Stderr
	b.bot.Cancel = func() error { return b.bot.Process.Signal(os.Interrupt) }
	b.bot.WaitDelay = 20 * time.Second
	return b, b.bot.Start()
}

// serveNothing makes the command that does nothing.
func (b *testbed) serveNothing(ctx context.Context) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	b.nothing = &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"response_type": "ephemeral", "text": "` + nothing + `"}`))
	})}
	go func() { _ = b.nothing.Serve(l) }() // ends with close
	_, err = b.team.Command(ctx, "nothing", "http://"+l.Addr().String())
	return err
}

// startProxy puts a proxy between the server and the bot that notes how long the bot
// takes.
func (b *testbed) startProxy(ctx context.Context, listen string) (address string, err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	pass := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: listen})
	pass.Transport = &http.Transport{MaxIdleConnsPerHost: 200}
	pass.ErrorLog = log.New(io.Discard, "", 0) // the bot is only just starting
	b.proxy = &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		pass.ServeHTTP(w, r)
		b.botTimes.mu.Lock()
		b.botTimes.took = append(b.botTimes.took, time.Since(begin))
		b.botTimes.mu.Unlock()
	})}
	go func() { _ = b.proxy.Serve(l) }() // ends with close
	return "http://" + l.Addr().String(), nil
}

// freeAddress returns an address on which nobody listened just now.
func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// close ends everything but the server.
func (b *testbed) close() error {
	if b.team != nil {
		b.team.Close()
	}
	if b.nothing != nil {
		_ = b.nothing.Close()
	}
	if b.proxy != nil {
		_ = b.proxy.Close()
	}
	if b.bot != nil && b.bot.Process != nil {
		_ = b.bot.Cancel()
		_ = b.bot.Wait()
	}
	return os.RemoveAll(b.folder)
}

// setUp makes the people, a network of a ward each, and a round that is open.
func (b *testbed) setUp(ctx context.Context, people int) (err error) {
	var wards strings.Builder
	for k := range people {
		p, err := b.team.Join(ctx, fmt.Sprintf("Person %03d", k))
		if err != nil {
			return err
		}
		b.people = append(b.people, p)
		fmt.Fprintln(&wards, ward(k))
	}
	if b.channel, err = b.team.Channel(ctx, b.people...); err != nil {
		return err
	}
	first := b.people[0].ID
	if err := b.says(ctx, b.people[0], "help", "round"); err != nil { // the bot is up
		return err
	}
	if err := b.team.Type(ctx, first, b.channel, "setup"); err != nil {
		return err
	}
	err = b.fills(ctx, first, map[string]string{
		"name": "Wards", "organisations": wards.String(), "mine": ward(0), "profession": "nurse", "template": "ward-safety", "zone": "Europe/Stockholm",
	})
	if err != nil {
		return err
	}
	for k, p := range b.people[1:] {
		if err := b.says(ctx, p, "join "+ward(k+1)+", nurse", ward(k+1)); err != nil {
			return err
		}
	}
	year := time.Now().Year() + 1
	return b.says(ctx, b.people[0], fmt.Sprintf("open %d-Q1 due %d-05-01 closes %d-05-08", year, year, year), "open")
}

func ward(k int) string { return fmt.Sprintf("Ward %03d", k) }

// fills fills in the form that opens.
func (b *testbed) fills(ctx context.Context, who chat.PersonID, values map[string]string) error {
	for range 300 {
		_, open, err := b.team.Form(ctx, who)
		if err != nil {
			return err
		}
		if open {
			if err := b.team.Fill(ctx, who, values); err != nil {
				return err
			}
			if form, open, _ := b.team.Form(ctx, who); open {
				return fmt.Errorf("the form is still open: %+v", form)
			}
			return nil
		}
		if err := wait(ctx); err != nil {
			return err
		}
	}
	return errors.New("no form opens")
}

// says types a command until the answer holds a text; the bot may only just be
// starting.
func (b *testbed) says(ctx context.Context, p *mattermosttest.Person, command, want string) error {
	last := ""
	for range 100 {
		seen := len(p.Ephemeral())
		if err := b.team.Type(ctx, p.ID, b.channel, command); err == nil {
			for range 100 {
				if answers := p.Ephemeral(); len(answers) > seen {
					last = answers[len(answers)-1].Text
					break
				}
				if err := wait(ctx); err != nil {
					return err
				}
			}
			if strings.Contains(last, want) {
				return nil
			}
		}
		if err := wait(ctx); err != nil {
			return err
		}
	}
	return fmt.Errorf("%q is answered with %q", command, last)
}

func wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(20 * time.Millisecond):
		return nil
	}
}
