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
	"roundtable/chat"
	"roundtable/config"
	"roundtable/journal"
	"roundtable/scheduler"
)

// serveCmd runs the bot until it is told to stop.
type serveCmd struct {
	Listen    string `help:"Address to listen on, HOST:PORT." placeholder:"ADDRESS"`
	PublicURL string `help:"How platforms reach this bot, if not by that address." placeholder:"URL" name:"public-url"`
	Setup     string `help:"Who may set up a network: anyone or admins." placeholder:"WHO"`

	Rehearsal bool           `help:"Rehearse: networks that are set up are rehearsals for good, and everything that is said in them says so. Needs a journal without real networks."`
	Ahead     *time.Duration `help:"Rehearse with a clock that runs ahead by so much (72h), to see nudges and deadlines come." placeholder:"DURATION"`
}

// stopTimeout bounds how long the bot takes to finish what it has begun.
const stopTimeout = 15 * time.Second

// Run implements the subcommand.
func (s *serveCmd) Run(e *env) (err error) {
	c, err := e.settings(config.Overrides{Listen: s.Listen, PublicURL: s.PublicURL, Setup: s.Setup})
	if err != nil {
		return err
	}
	j, err := e.openToServe(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	if err := j.Ping(e.ctx); err != nil {
		return fmt.Errorf("the journal can't be used: %w", err)
	}
	e.warnOfList(c, j)
	lease, err := lockJournal(e.ctx, j, c.Journal)
	if err != nil {
		return err
	}
	defer lease.Release()
	o, err := s.options(e, j, c.Journal)
	if err != nil {
		return err
	}
	platforms, err := connect(e.ctx, c, j, e.log)
	if err != nil {
		return err
	}
	o.trigger, o.adminsOnly = c.Command, c.Setup == config.SetupAdmins
	return serve(e, c, j, lease, platforms, o)
}

// options are those of a bot that serves people, or of a rehearsal.
func (s *serveCmd) options(e *env, j journal.Journal, where config.Journal) (appOptions, error) {
	o := defaultOptions()
	if !s.Rehearsal && s.Ahead == nil {
		return o, nil
	}
	tables := bot.NewTables(j, o.clock, workingDays)
	defer tables.Close()
	if err := checkRehearsal(e.ctx, tables, where); err != nil {
		return o, err
	}
	o.rehearsal = true
	ahead := time.Duration(0)
	if s.Ahead != nil {
		ahead = *s.Ahead
	}
	if ahead < 0 {
		return o, fmt.Errorf("--ahead %s: a clock that runs behind would do nothing that is due; give a time to come, such as 72h", ahead)
	}
	e.log.Warn("this is a rehearsal", "clock_ahead", ahead)
	o.clock = func() time.Time { return time.Now().Add(ahead) }
	return o, nil
}

func serve(e *env, c *config.Config, j journal.Journal, lease *journal.Lease, platforms map[string]chat.Platform, o appOptions) error {
	work, cancel := context.WithCancel(context.WithoutCancel(e.ctx))
	defer cancel()
	a := newApp(work, j, platforms, o, e.log)
	listener, err := (&net.ListenConfig{}).Listen(e.ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; give another address with --listen", c.Listen, err)
	}
	server := &http.Server{Handler: routes(j, a.tables, c.Connections, platforms), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute}
	ticker := scheduler.NewTicker(e.log, o.clock)
	err = ticker.Add("duties", "* * * * * *", func(ctx context.Context, now time.Time) {
		if err := a.courier.DeliverDue(ctx, now); err != nil && ctx.Err() == nil {
			e.log.Error("duties not looked for", "error", err)
		}
	})
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(e.ctx)
	g.Go(func() error {
		err := watchLease(ctx, lease)
		if err != nil {
			cancel() // the other courier is at work already
		}
		return err
	})
	g.Go(func() error {
		watchDamage(ctx, a.tables, e.log)
		return nil
	})
	for _, p := range platforms {
		g.Go(func() error {
			runWithRetry(ctx, p, a.commands.Handle, e.log)
			return nil
		})
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
	a.close()
	return err
}
