package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"roundtable/bot"
	"roundtable/chat"
	"roundtable/config"
	"roundtable/journal"
)

// healthCmd asks the bot that runs with the same settings.
type healthCmd struct {
	Listen string `help:"Address that the bot listens on." placeholder:"ADDRESS"`
}

// Run implements the subcommand.
func (h *healthCmd) Run(e *env) error {
	c, err := e.settings(config.Overrides{Listen: h.Listen})
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	url := "http://" + net.JoinHostPort(host, port) + "/healthz"
	request, err := http.NewRequestWithContext(e.ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	answer, err := (&http.Client{Timeout: 5 * time.Second}).Do(request)
	if err != nil {
		return fmt.Errorf("the bot doesn't answer: %w; start it (roundtable serve), or give the address that it listens on (--listen)", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(answer.Body, 1000)) // what it says is of help, and not needed
		return fmt.Errorf("the bot is not well: %s; its log says more", cmp.Or(strings.TrimSpace(string(why)), answer.Status))
	}
	fmt.Fprintln(e.stdout, "ok")
	return nil
}

// routes handles what comes by HTTP: the platforms' callbacks, and health.
func routes(j journal.Journal, tables *bot.Tables, connections []config.Connection, platforms map[string]chat.Platform) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", healthHandler(j, tables, connections, platforms))
	handleCallbacks(mux, connections, platforms)
	return mux
}

// healthHandler answers 200 when the journal can be written, nothing in it is known to
// be damaged, what is to be erased was, and each connection gets through, else 503. An
// entry for each connection follows, and how many channels can't be posted to: people
// have to let the bot in there. It says no more than that: anybody may ask.
func healthHandler(j journal.Journal, tables *bot.Tables, connections []config.Connection, platforms map[string]chat.Platform) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
		defer cancel()
		damage := tables.Damage()
		switch err := j.Ping(ctx); {
		case err != nil:
			http.Error(w, "journal: not well", http.StatusServiceUnavailable)
		case len(damage.Networks) > 0:
			http.Error(w, "journal: damaged in "+plural(uint64(len(damage.Networks)), "network", "networks")+"; the others go on", http.StatusServiceUnavailable)
		case len(damage.Erasures) > 0:
			http.Error(w, "journal: what was taken back could not be erased in "+plural(uint64(len(damage.Erasures)), "network", "networks")+"; it is tried again", http.StatusServiceUnavailable)
		case damage.Store != nil:
			http.Error(w, "journal: damaged", http.StatusServiceUnavailable)
		default:
			entries, well := connectionEntries(connections, platforms)
			if n := tables.OutOfReach(); n > 0 {
				entries += "seats: " + plural(uint64(n), "channel", "channels") + " can't be posted to\n"
			}
			if !well {
				http.Error(w, strings.TrimSuffix(entries, "\n"), http.StatusServiceUnavailable)
				return
			}
			_, _ = w.Write([]byte("ok\n" + entries))
		}
	})
}

// connectionEntries are a line for each connection, and whether all get through, as far
// as they know.
func connectionEntries(connections []config.Connection, platforms map[string]chat.Platform) (entries string, well bool) {
	well = true
	for _, c := range connections {
		entry := "ok"
		if p, knows := platforms[c.Name].(chat.Monitored); knows {
			switch err := p.Trouble(); {
			case errors.Is(err, chat.ErrConnecting):
				entry, well = "connecting", false
			case err != nil:
				entry, well = "not well", false
			}
		}
		entries += "connection " + c.Name + ": " + entry + "\n"
	}
	return entries, well
}

// verifyEvery is how often the whole journal is read for damage, besides at the start.
const verifyEvery = 24 * time.Hour

// watchDamage has the journal verified at once, and then once a day, and logs what is
// found.
func watchDamage(ctx context.Context, tables *bot.Tables, log *slog.Logger) {
	again := time.NewTicker(verifyEvery)
	defer again.Stop()
	for {
		if err := tables.Verify(ctx); err != nil && ctx.Err() == nil {
			log.Error("journal not verified", "error", err)
		}
		if err := tables.Damage().Store; err != nil {
			log.Error("the journal is damaged", "error", err)
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return
		}
	}
}
