package main

import (
	"fmt"
	"net"
	"net/http"
	"time"

	"roundtable/config"
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
