package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat/slack/slacktest"
	"roundtable/journal/sqlite"
)

// connectionName is the name of roundtable's connection.
const connectionName = "bench"

// workspace is the Slack that roundtable talks to, with a channel for
// each network and a person in it. What it sends to roundtable passes through
// here, so that a submission can be seen as Slack sends it.
type workspace struct {
	settings settings
	slack    *slacktest.Slack
	app      *slacktest.App
	people   []*slacktest.User
	channels []*slacktest.Channel
	proxy    *httptest.Server

	mu        sync.Mutex
	target    string // roundtable's address
	submitted []byte // the last view_submission that passed
	templates []template
}

func newWorkspace(s settings) (*workspace, error) {
	slack, err := slacktest.New(slacktest.Options{Unlimited: true})
	if err != nil {
		return nil, err
	}
	ws := &workspace{settings: s, slack: slack}
	home := slack.Workspace("T0BENCH", "Bench")
	ws.app = home.Install(slacktest.App{Name: "Roundtable", Command: "/round"})
	for k := range s.networks {
		u := home.User(slacktest.User{Name: fmt.Sprintf("Person %d", k)})
		ws.people = append(ws.people, u)
		ws.channels = append(ws.channels, home.Channel(slacktest.Channel{Name: fmt.Sprintf("network-%d", k)}, u, ws.app))
	}
	ws.proxy = httptest.NewServer(http.HandlerFunc(ws.forward))
	base := ws.proxy.URL + "/slack/" + connectionName + "/"
	ws.app.Serve(slacktest.Routes{Events: base + "events", Commands: base + "commands", Interactions: base + "interactions"})
	return ws, nil
}

func (ws *workspace) close() {
	ws.slack.Close()
	ws.proxy.Close()
}

// forward hands a request to roundtable, and its answer back.
func (ws *workspace) forward(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	form, _ := url.ParseQuery(string(body))
	ws.mu.Lock()
	if payload := form.Get("payload"); strings.Contains(payload, `"view_submission"`) {
		ws.submitted = []byte(payload)
	}
	to := ws.target
	ws.mu.Unlock()
	request, err := http.NewRequestWithContext(r.Context(), r.Method, to+r.URL.Path, bytes.NewReader(body)) //nolint:gosec // to the program that this one started
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	request.Header = r.Header.Clone()
	resp, err := http.DefaultClient.Do(request) //nolint:gosec // to the program that this one started
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body) // who is gone needs no answer
}

// indicators that a submission answers.
const indicators = 3

// writeJournal writes a journal with the networks, each with an open round.
func (ws *workspace) writeJournal(ctx context.Context, path string) (err error) {
	j, err := sqlite.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	tables := bot.NewTables(j, time.Now, func(string) benchmark.WorkingDay { return benchmark.Weekdays })
	defer tables.Close()
	for k, who := range ws.people {
		name := fmt.Sprintf("Network %d", k)
		f := benchmark.Found{
			ID: benchmark.NetworkID(fmt.Sprintf("network-%d", k)), Name: name, Settings: benchmark.DefaultSettings(), Seed: 1,
			Connection: connectionName, Channel: ws.channels[k].ID, Organisations: []string{"Mine", "Other"}, Mine: "Mine", Profession: "nurse",
			Founder:      benchmark.Identity{Connection: connectionName, User: who.Key(), Name: who.Name},
			TemplateName: "T",
		}
		for i := range indicators {
			f.Indicators = append(f.Indicators, benchmark.Indicator{
				ID: benchmark.IndicatorID(fmt.Sprintf("i%d", i)), Title: fmt.Sprintf("Indicator %d", i), Kind: benchmark.Proportion,
			})
		}
		table, err := tables.Found(ctx, benchmark.Actor{}, f)
		if err != nil {
			return err
		}
		due := time.Now().AddDate(0, 0, 30)
		if _, err := table.Do(ctx, benchmark.Actor{By: "p1"}, benchmark.OpenRound{Period: "2026-Q3", Due: due, Closes: due.AddDate(0, 0, 7)}); err != nil {
			return err
		}
	}
	return nil
}

// build builds roundtable.
func build(ctx context.Context, dir string) (string, error) {
	path := filepath.Join(dir, "roundtable")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "roundtable/cmd/roundtable") //nolint:gosec // a path that this program made
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")                                                                           // as it is released
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return path, nil
}

// startRoundtable starts roundtable on a journal of its own in dir, and has
// everybody submit once, to see how Slack sends that.
func (ws *workspace) startRoundtable(ctx context.Context, dir string) (*process, error) {
	journal := filepath.Join(dir, "roundtable.db")
	if err := ws.writeJournal(ctx, journal); err != nil {
		return nil, err
	}
	text := fmt.Sprintf("journal: sqlite:%s\nlisten: 127.0.0.1:0\npublic_url: %s\nconnections:\n  - name: %s\n    slack:\n      bot_token: %s\n      signing_secret: %s\n      api_url: %s\n",
		journal, ws.proxy.URL, connectionName, ws.app.BotToken, ws.app.SigningSecret, ws.slack.APIURL())
	file := filepath.Join(dir, "roundtable.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return nil, err
	}
	c, err := startServe(ctx, ws.settings.program, file, filepath.Join(dir, "roundtable.log"))
	if err != nil {
		return nil, err
	}
	c.countKept = func(ctx context.Context) (int64, error) {
		n, err := countSubmissions(ctx, journal)
		return n - int64(len(ws.people)), err // but for those of recordTemplates
	}
	ws.mu.Lock()
	ws.target = strings.TrimSuffix(c.url, "/slack/"+connectionName+"/interactions")
	ws.mu.Unlock()
	if ws.templates, err = ws.recordTemplates(ctx); err != nil {
		return nil, errors.Join(err, c.stop())
	}
	return c, nil
}

// recordTemplates has everybody open the form and submit it, and returns what Slack
// sent.
func (ws *workspace) recordTemplates(ctx context.Context) (templates []template, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	talk := ws.app.Chat(connectionName)
	values := map[string]string{}
	for i := range indicators {
		values[fmt.Sprintf("i%d", i)] = "3/412"
	}
	for k, who := range ws.people {
		if err := talk.Type(ctx, talk.Person(who), talk.Channel(ws.channels[k]), "submit"); err != nil {
			return nil, fmt.Errorf("open a form: %w", err)
		}
		for open := false; !open; time.Sleep(5 * time.Millisecond) {
			if _, open, err = talk.Form(ctx, talk.Person(who)); err != nil || ctx.Err() != nil {
				return nil, errors.Join(err, ctx.Err())
			}
		}
		if err := talk.Fill(ctx, talk.Person(who), values); err != nil {
			return nil, fmt.Errorf("submit: %w", err)
		}
		ws.mu.Lock()
		t, err := newTemplate(ws.submitted)
		ws.mu.Unlock()
		if err != nil {
			return nil, err
		}
		templates = append(templates, t)
	}
	return templates, nil
}

// countSubmissions counts the submissions in the journal: by the first event of each, which
// names what it came of.
func countSubmissions(ctx context.Context, path string) (n int64, err error) {
	j, err := sqlite.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	names, err := j.Networks(ctx)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		for entry, err := range j.Read(ctx, name, 1) {
			if err != nil {
				return 0, err
			}
			e, err := benchmark.Decode(benchmark.Record{Seq: entry.Seq, At: entry.At, Kind: entry.Kind, Version: entry.Version, Data: entry.Data})
			if err != nil {
				return 0, err
			}
			if _, _, is := e.Answers(); is && e.Incoming != "" {
				n++
			}
		}
	}
	return n, nil
}
