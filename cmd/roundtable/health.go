package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

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
		return fmt.Errorf("the bot is not well: %s; its log says why", answer.Status)
	}
	fmt.Fprintln(e.stdout, "ok")
	return nil
}

// routes handles what comes by HTTP: the platforms' callbacks, and health.
func routes(j journal.Journal, connections []config.Connection, platforms map[string]chat.Platform) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", healthHandler(j))
	handleCallbacks(mux, connections, platforms)
	return mux
}

// healthHandler answers 200 when the journal can be written, else 503.
func healthHandler(j journal.Journal) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
		defer cancel()
		if err := j.Ping(ctx); err != nil {
			http.Error(w, "journal: not well", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
}
