package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"roundtable/bot"
	"roundtable/config"
	"roundtable/journal"
	"roundtable/scheduler"
)

// serveCmd runs the bot until it is told to stop.
type serveCmd struct {
	Listen    string `help:"Address to listen on, HOST:PORT." placeholder:"ADDRESS"`
	PublicURL string `help:"How platforms reach this bot, if not by that address." placeholder:"URL" name:"public-url"`
	Setup     string `help:"Who may set up a network: anyone or admins." placeholder:"WHO"`
}

// stopTimeout bounds how long the bot takes to finish what it has begun.
const stopTimeout = 15 * time.Second

// Run implements the subcommand.
func (s *serveCmd) Run(e *env) (err error) {
	c, err := e.settings(config.Overrides{Listen: s.Listen, PublicURL: s.PublicURL, Setup: s.Setup})
	if err != nil {
		return err
	}
	platforms, err := connect(c.Connections)
	if err != nil {
		return err
	}
	j, err := openJournal(e.ctx, c.Journal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	if err := j.Ping(e.ctx); err != nil {
		return fmt.Errorf("the journal can't be used: %w", err)
	}
	lease, err := alone(e.ctx, j, c.Journal)
	if err != nil {
		return err
	}
	defer lease.Release()
	o := realOptions()
	o.trigger, o.adminsOnly = c.Command, c.Setup == config.SetupAdmins
	return serve(e, c, j, lease, platforms, o)
}

// connect opens the configured connections. There is no adapter for any
// platform in this version.
func connect(connections []config.Connection) (map[string]bot.Platform, error) {
	platforms := map[string]bot.Platform{}
	var missing []error
	for _, c := range connections {
		missing = append(missing, fmt.Errorf("connection %q: this version can't connect to %s yet; take the connection out of the settings", c.Name, c.Platform()))
	}
	return platforms, errors.Join(missing...)
}

func serve(e *env, c *config.Config, j journal.Journal, lease *journal.Lease, platforms map[string]bot.Platform, o houseOptions) error {
	work, cancel := context.WithCancel(context.WithoutCancel(e.ctx))
	defer cancel()
	h := newHouse(work, j, platforms, o, e.log)
	listener, err := (&net.ListenConfig{}).Listen(e.ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; give another address with --listen", c.Listen, err)
	}
	server := &http.Server{Handler: health(j), ReadHeaderTimeout: 5 * time.Second}
	ticker := scheduler.NewTicker(e.log, o.clock)
	err = ticker.Add("duties", "* * * * * *", func(ctx context.Context, now time.Time) {
		if err := h.courier.Wake(ctx, now); err != nil && ctx.Err() == nil {
			e.log.Error("duties not looked for", "error", err)
		}
	})
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(e.ctx)
	g.Go(func() error { return stayAlone(ctx, lease) })
	for _, p := range platforms {
		g.Go(func() error { return p.Run(ctx, h.commands.Handle) })
	}
	g.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve http: %w", err)
		}
		return nil
	})
	if err := ticker.Start(ctx); err != nil {
		return err
	}
	g.Go(func() error {
		<-ctx.Done()
		ticker.Stop()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		return server.Shutdown(stop)
	})
	e.log.Info("roundtable is up", "version", version, "listen", listener.Addr().String(), "journal", c.Journal.String(), "connections", len(platforms))
	if len(platforms) == 0 {
		e.log.Warn("no connections are configured: nobody can talk to the bot; see the settings, or try: roundtable demo")
	}
	err = g.Wait()
	cancel()
	h.courier.Wait()
	h.tables.Close()
	return err
}

// health answers /healthz: 200 when the journal can be written, else 503.
func health(j journal.Journal) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
		defer cancel()
		if err := j.Ping(ctx); err != nil {
			http.Error(w, "journal: not well", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
	return mux
}
