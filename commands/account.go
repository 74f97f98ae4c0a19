package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// followAccount has all networks of a person know that their account is deactivated, or
// active again. They didn't do it, and nobody is answered.
func (c *Commands) followAccount(ctx context.Context, in chat.Incoming, gone bool) {
	all, err := c.tables.Of(ctx, in.From.ID)
	if err != nil {
		c.options.Log.Error("account not followed", "error", err)
		return
	}
	for _, t := range all {
		var p benchmark.ParticipantID
		t.Read(func(n *benchmark.Network) {
			one, _ := n.At(benchmark.Address(in.From.ID))
			p = one.ID
		})
		if _, err := t.Do(ctx, benchmark.Actor{By: benchmark.Bot}, benchmark.Deactivate(p, gone)); err != nil {
			c.options.Log.Error("account not followed", "error", err)
		}
	}
}

// isBack has the network know that somebody whose account was deactivated does something
// again, whatever their platform told.
func (r *request) isBack(ctx context.Context) {
	if !r.me.Deactivated {
		return
	}
	r.me.Deactivated = false
	r.c.followAccount(ctx, chat.Incoming{From: r.in.From}, false)
}

// waitsAnew has others asked about a newcomer who does something after they had waited
// long, since they weren't asked then.
func waitsAnew(ctx context.Context, r *request) {
	if r.table == nil || r.me.ID == "" {
		return
	}
	anew := false
	r.read(func(n *benchmark.Network) { anew = benchmark.WaitsLong(n, r.me.ID, r.now()) })
	if !anew {
		return
	}
	if _, err := r.table.Do(ctx, benchmark.Actor{By: r.me.ID}, benchmark.WaitAnew()); err != nil {
		r.c.options.Log.Error("others not asked about a newcomer", "error", err)
	}
}
