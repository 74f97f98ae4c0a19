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

// room is a chat with the bot in it, shown in a browser.
type room struct {
	chat      *playground.Chat
	house     *house
	journal   journal.Journal
	clock     *handClock
	zone      *time.Location
	trigger   string
	platforms map[string]chat.Platform
	about     func(chat.PersonID) string
	log       *slog.Logger
	marks     string // the file that keeps what people have read; empty: none
	running   bool   // the platforms run already
	moving    sync.Mutex
}

const (
	// lookEvery is how often the bot looks whether something has become due.
	lookEvery = time.Second
	// settleTimeout bounds how long the clock waits, at each stop on its way,
	// for the bot to do what is due there.
	settleTimeout = 5 * time.Second
	settleEvery   = 5 * time.Millisecond
)

// serve shows the room until the program is told to stop.
func (r *room) serve(e *env, listener net.Listener, flags pageFlags) error {
	page := web.New(web.Options{
		Chat: r.chat, Trigger: r.trigger, About: r.about, Clock: r, Zone: r.zone, Seats: r, Token: flags.Token, Marks: r.marks, Log: r.log,
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
	for _, p := range r.platforms {
		if !r.running {
			g.Go(func() error { return p.Run(ctx, r.house.commands.Handle) })
		}
	}
	g.Go(func() error { return r.look(ctx) })
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

// look has the bot do what has become due.
func (r *room) look(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := r.house.courier.DeliverDue(ctx, r.clock.Now()); err != nil && ctx.Err() == nil {
			r.log.Error("duties not looked for", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Now implements [web.Clock].
func (r *room) Now() time.Time { return r.clock.Now() }

// Next implements [web.Clock].
func (r *room) Next(ctx context.Context) (time.Time, error) {
	_, next, err := r.journal.Due(ctx, r.clock.Now())
	if err != nil {
		return time.Time{}, fmt.Errorf("what is due next: %w", err)
	}
	return next, nil
}

// Move implements [web.Clock]: it stops wherever something is due, and lets
// the bot do it.
func (r *room) Move(ctx context.Context, to time.Time) error {
	r.moving.Lock()
	defer r.moving.Unlock()
	for {
		next, err := r.Next(ctx)
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(to) {
			break
		}
		r.clock.set(next)
		if err := r.settle(ctx); err != nil {
			return err
		}
	}
	r.clock.set(to)
	return errors.Join(r.settle(ctx), r.clock.keep())
}

// settle waits until the bot has done what is due now, or can't for the moment.
func (r *room) settle(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, settleTimeout)
	defer cancel()
	tick := time.NewTicker(settleEvery)
	defer tick.Stop()
	for {
		now := r.clock.Now()
		due, _, err := r.journal.Due(ctx, now)
		if err == nil && len(due) == 0 {
			return nil
		}
		if err == nil {
			err = r.house.courier.DeliverDue(ctx, now)
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
func (r *room) Seated(ctx context.Context, in chat.ChannelID) bool {
	ids, err := r.journal.Find(ctx, benchmark.SeatAddress(in.Connection, in.Channel))
	return err == nil && len(ids) > 0
}

// May implements [web.Seats].
func (r *room) May(ctx context.Context, who chat.PersonID) bool {
	_, _, ok := r.table(ctx, who)
	return ok
}

// Seat implements [web.Seats].
func (r *room) Seat(ctx context.Context, who chat.PersonID, in chat.ChannelID) error {
	t, me, ok := r.table(ctx, who)
	if !ok || r.Seated(ctx, in) {
		return fmt.Errorf("seat the channel: %w", web.ErrImpossible)
	}
	_, err := t.Do(ctx, benchmark.Actor{By: me}, benchmark.TakeSeat{Connection: in.Connection, Channel: in.Channel})
	return err
}

// table returns the network of which somebody is the facilitator.
func (r *room) table(ctx context.Context, who chat.PersonID) (t *bot.Table, me benchmark.ParticipantID, ok bool) {
	ids, err := r.house.tables.Networks(ctx)
	if err != nil {
		return nil, "", false
	}
	for _, id := range ids {
		table, err := r.house.tables.Table(ctx, id)
		if err != nil {
			continue
		}
		table.Read(func(n *benchmark.Network) {
			p, _ := n.At(benchmark.Address{Connection: who.Connection, User: who.User})
			if p.ID != "" && !p.Left && p.Facilitator {
				t, me, ok = table, p.ID, true
			}
		})
	}
	return t, me, ok
}
