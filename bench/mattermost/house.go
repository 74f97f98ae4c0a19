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

// house is a team on the server, the bot that serves it in a process of its own,
// and a command that does nothing.
type house struct {
	team    *mattermosttest.Team
	people  []*mattermosttest.Person
	channel chat.ChannelID
	folder  string
	serving *exec.Cmd
	idle    *http.Server
	front   *http.Server
	own     own
}

// own is how long the bot itself took for each command.
type own struct {
	mu   sync.Mutex
	took []time.Duration
}

// take returns what has been measured since the last time.
func (o *own) take() []time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	t := o.took
	o.took = nil
	return t
}

// newHouse builds the bot and starts it.
func newHouse(ctx context.Context, server *mattermosttest.Server) (_ *house, err error) {
	h := &house{}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	if h.folder, err = os.MkdirTemp("", "roundtable-bench-*"); err != nil {
		return nil, err
	}
	if h.team, err = server.NewTeam(ctx, "flood"); err != nil {
		return nil, err
	}
	if err := h.idles(ctx); err != nil {
		return nil, err
	}
	listen, err := free(ctx)
	if err != nil {
		return nil, err
	}
	command, err := h.times(ctx, listen)
	if err != nil {
		return nil, err
	}
	token, err := h.team.Command(ctx, "round", command+"/mattermost/flood/command")
	if err != nil {
		return nil, err
	}
	program := filepath.Join(h.folder, "roundtable")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/roundtable") //nolint:gosec // in a folder of our own
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("build the bot: %w", err)
	}
	settings := fmt.Sprintf("journal: sqlite:%s\nlisten: %s\npublic_url: http://%s\nconnections:\n  - name: flood\n    mattermost: {url: %q, token: %s, command_token: %s, team: %s}\n",
		filepath.Join(h.folder, "journal.db"), listen, listen, server.URL, h.team.BotToken, token, h.team.Name)
	file := filepath.Join(h.folder, "roundtable.yaml")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		return nil, err
	}
	h.serving = exec.CommandContext(ctx, program, "serve", "--config", file) //nolint:gosec // what we have just built
	h.serving.Dir, h.serving.Stderr = h.folder, os.Stderr
	h.serving.Cancel = func() error { return h.serving.Process.Signal(os.Interrupt) }
	h.serving.WaitDelay = 20 * time.Second
	return h, h.serving.Start()
}

// idles makes the command that does nothing.
func (h *house) idles(ctx context.Context) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	h.idle = &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"response_type": "ephemeral", "text": "` + nothing + `"}`))
	})}
	go func() { _ = h.idle.Serve(l) }() // ends with close
	_, err = h.team.Command(ctx, "nothing", "http://"+l.Addr().String())
	return err
}

// times stands between the server and the bot and notes how long the bot takes.
func (h *house) times(ctx context.Context, listen string) (address string, err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	pass := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: listen})
	pass.Transport = &http.Transport{MaxIdleConnsPerHost: 200}
	pass.ErrorLog = log.New(io.Discard, "", 0) // the bot is only just starting
	h.front = &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		pass.ServeHTTP(w, r)
		h.own.mu.Lock()
		h.own.took = append(h.own.took, time.Since(begin))
		h.own.mu.Unlock()
	})}
	go func() { _ = h.front.Serve(l) }() // ends with close
	return "http://" + l.Addr().String(), nil
}

// free returns an address on which nobody listened just now.
func free(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// close ends everything but the server.
func (h *house) close() error {
	if h.team != nil {
		h.team.Close()
	}
	if h.idle != nil {
		_ = h.idle.Close()
	}
	if h.front != nil {
		_ = h.front.Close()
	}
	if h.serving != nil && h.serving.Process != nil {
		_ = h.serving.Cancel()
		_ = h.serving.Wait()
	}
	return os.RemoveAll(h.folder)
}

// gather makes the people, a network of a ward each, and a round that is open.
func (h *house) gather(ctx context.Context, people int) (err error) {
	var wards strings.Builder
	for k := range people {
		p, err := h.team.Join(ctx, fmt.Sprintf("Person %03d", k))
		if err != nil {
			return err
		}
		h.people = append(h.people, p)
		fmt.Fprintln(&wards, ward(k))
	}
	if h.channel, err = h.team.Channel(ctx, h.people...); err != nil {
		return err
	}
	first := h.people[0].ID
	if err := h.says(ctx, h.people[0], "help", "round"); err != nil { // the bot is up
		return err
	}
	if err := h.team.Type(ctx, first, h.channel, "setup"); err != nil {
		return err
	}
	err = h.fills(ctx, first, map[string]string{
		"name": "Wards", "organisations": wards.String(), "mine": ward(0), "profession": "nurse", "template": "ward-safety", "zone": "Europe/Stockholm",
	})
	if err != nil {
		return err
	}
	for k, p := range h.people[1:] {
		if err := h.says(ctx, p, "join "+ward(k+1)+", nurse", ward(k+1)); err != nil {
			return err
		}
	}
	year := time.Now().Year() + 1
	return h.says(ctx, h.people[0], fmt.Sprintf("open %d-Q1 due %d-05-01 closes %d-05-08", year, year, year), "open")
}

func ward(k int) string { return fmt.Sprintf("Ward %03d", k) }

// fills fills in the form that opens.
func (h *house) fills(ctx context.Context, who chat.PersonID, values map[string]string) error {
	for range 300 {
		_, open, err := h.team.Form(ctx, who)
		if err != nil {
			return err
		}
		if open {
			if err := h.team.Fill(ctx, who, values); err != nil {
				return err
			}
			if form, open, _ := h.team.Form(ctx, who); open {
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
func (h *house) says(ctx context.Context, p *mattermosttest.Person, command, want string) error {
	last := ""
	for range 100 {
		seen := len(p.Ephemeral())
		if err := h.team.Type(ctx, p.ID, h.channel, command); err == nil {
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
