package main

import (
	"context"
	"fmt"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/config"
)

// checkRehearsal refuses a journal in which a network is real: a clock that runs
// ahead would remind, close and show its rounds.
func checkRehearsal(ctx context.Context, tables *bot.Tables, where config.Journal) error {
	ids, err := tables.Networks(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		t, err := tables.Table(ctx, id)
		if err != nil {
			return err
		}
		name, isRehearsal := "", false
		t.Read(func(n *benchmark.Network) { name, isRehearsal = n.Name, n.Rehearsal })
		if !isRehearsal {
			return fmt.Errorf("%q in the journal %s is no rehearsal: its rounds are real. Rehearse with a journal of its own: --journal sqlite:rehearsal.db", name, where)
		}
	}
	return nil
}
