package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/chat/playground/web"
	"roundtable/commands"
	"roundtable/journal"
)

// pageServer serves the page of a chat with the bot in it, for a browser.
type pageServer struct {
	chat          *playground.Chat
	app           *app
	journal       journal.Journal
	lease         *journal.Lease // on the journal
	clock         *adjustableClock
	zone          *time.Location
	trigger       string
	platforms     map[string]chat.Platform   // to run; none where they run already
	about         func(chat.PersonID) string // what somebody does, and where
	log           *slog.Logger
	readMarksPath string // the file that stores what people have read; empty: none
	moveMu        sync.Mutex
}

const (
	// deliverEvery is how often the bot looks whether something has become due.
	deliverEvery = time.Second
	// settleTimeout bounds how long the clock waits, at each stop on its way,
	// for the bot to do what is due there.
	settleTimeout = 5 * time.Second
	settleEvery   = 5 * time.Millisecond
)

// serve serves the page until the program is told to stop.
func (p *pageServer) serve(e *env, listener net.Listener, flags pageFlags) error {
	page := web.New(web.Options{
		Chat: p.chat, Trigger: p.trigger, About: p.about, Clock: p, Zone: p.zone, Seats: p, Token: flags.Token, Marks: p.readMarksPath, Log: p.log,
		Verbs: func(lang string) []web.Verb {
			var verbs []web.Verb
			for _, o := range commands.Offers(lang) {
				verbs = append(verbs, web.Verb{Name: o.Verb, Line: o.Line})
			}
			return verbs
		},
	})
	g, ctx := errgroup.WithContext(e.ctx)
	server := &http.Server{
		Handler: page, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10,
		BaseContext:    func(net.Listener) context.Context { return ctx }, // streams end when the program does
	}
	g.Go(func() error {
		page.Run(ctx)
		return nil
	})
	for _, platform := range p.platforms {
		g.Go(func() error { return platform.Run(ctx, p.app.commands.Handle) })
	}
	g.Go(func() error { return watchLease(ctx, p.lease) })
	g.Go(func() error { return p.deliverDue(ctx) })
	g.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve the page: %w", err)
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		return server.Shutdown(stop)
	})
	fmt.Fprintf(e.stdout, "Open http://%s in a browser. Ctrl+C ends it.\n", listener.Addr())
	return g.Wait()
}

// deliverDue has the bot do what has become due.
func (p *pageServer) deliverDue(ctx context.Context) error {
	tick := time.NewTicker(deliverEvery)
	defer tick.Stop()
	for {
		if err := p.app.courier.DeliverDue(ctx, p.clock.Now()); err != nil && ctx.Err() == nil {
			p.log.Error("duties not looked for", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Now implements [web.Clock].
func (p *pageServer) Now() time.Time { return p.clock.Now() }

// Next implements [web.Clock].
func (p *pageServer) Next(ctx context.Context) (time.Time, error) {
	_, next, err := p.journal.Due(ctx, p.clock.Now())
	if err != nil {
		return time.Time{}, fmt.Errorf("what is due next: %w", err)
	}
	return next, nil
}

// Move implements [web.Clock]: it stops wherever something is due, and lets
// the bot do it.
func (p *pageServer) Move(ctx context.Context, to time.Time) error {
	p.moveMu.Lock()
	defer p.moveMu.Unlock()
	for {
		next, err := p.Next(ctx)
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(to) {
			break
		}
		p.clock.set(next)
		if err := p.settle(ctx); err != nil {
			return err
		}
	}
	p.clock.set(to)
	return errors.Join(p.settle(ctx), p.clock.save())
}

// settle waits until the bot has done what is due now, or can't for the moment.
func (p *pageServer) settle(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, settleTimeout)
	defer cancel()
	tick := time.NewTicker(settleEvery)
	defer tick.Stop()
	for {
		now := p.clock.Now()
		due, _, err := p.journal.Due(ctx, now)
		if err == nil && len(due) == 0 {
			return nil
		}
		if err == nil {
			err = p.app.courier.DeliverDue(ctx, now)
		}
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(context.WithoutCancel(ctx)) // what can't be done now is done later
		case <-tick.C:
		}
	}
}

// Seated implements [web.Seats].
func (p *pageServer) Seated(ctx context.Context, in chat.ChannelID) bool {
	ids, err := p.journal.Find(ctx, benchmark.SeatAddress(in.Connection, in.Channel))
	return err == nil && len(ids) > 0
}

// May implements [web.Seats].
func (p *pageServer) May(ctx context.Context, who chat.PersonID) bool {
	_, _, ok := p.facilitated(ctx, who)
	return ok
}

// Seat implements [web.Seats].
func (p *pageServer) Seat(ctx context.Context, who chat.PersonID, in chat.ChannelID) error {
	t, me, ok := p.facilitated(ctx, who)
	if !ok || p.Seated(ctx, in) {
		return fmt.Errorf("seat the channel: %w", web.ErrImpossible)
	}
	_, err := t.Do(ctx, benchmark.Actor{By: me}, benchmark.TakeSeat{Connection: in.Connection, Channel: in.Channel})
	return err
}

// facilitated returns the network of which somebody is the facilitator.
func (p *pageServer) facilitated(ctx context.Context, who chat.PersonID) (t *bot.Table, me benchmark.ParticipantID, ok bool) {
	ids, err := p.app.tables.Networks(ctx)
	if err != nil {
		return nil, "", false
	}
	for _, id := range ids {
		table, err := p.app.tables.Table(ctx, id)
		if err != nil {
			continue
		}
		table.Read(func(n *benchmark.Network) {
			person, _ := n.At(benchmark.Address{Connection: who.Connection, User: who.User})
			if person.ID != "" && !person.Left && person.Facilitator {
				t, me, ok = table, person.ID, true
			}
		})
	}
	return t, me, ok
}

// pageFlags say where the page is.
type pageFlags struct {
	Listen string `help:"Address for the page, HOST:PORT. Anything but this machine itself needs --token." default:"127.0.0.1:8080" placeholder:"ADDRESS"`
	Token  string `help:"Access token that the page asks for, 16 characters or more." placeholder:"TOKEN" env:"ROUNDTABLE_PLAYGROUND_TOKEN"`
}

// minToken is how long an access token must be, so that it can't be tried out.
const minToken = 16

// listen opens the address, if it is one that may be.
func (f pageFlags) listen(ctx context.Context) (net.Listener, error) {
	host, _, err := net.SplitHostPort(f.Listen)
	if err != nil {
		return nil, fmt.Errorf("--listen wants HOST:PORT, for example 127.0.0.1:8080, not %q", f.Listen)
	}
	if f.Token != "" && len(f.Token) < minToken {
		return nil, fmt.Errorf("the access token is too short: give %d characters or more", minToken)
	}
	if !isLoopback(host) && f.Token == "" {
		return nil, fmt.Errorf("%s can be reached from other machines, and whoever has the page may act as everybody on it: give an access token of %d characters or more with --token, or listen on 127.0.0.1", f.Listen, minToken)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; give another address with --listen", f.Listen, err)
	}
	return listener, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
