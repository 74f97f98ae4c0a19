package main

import (
	"cmp"
	"errors"
	"fmt"
	"text/tabwriter"

	"roundtable/benchmark"
	"roundtable/bot"
)

// networkCmd lists the networks.
type networkCmd struct{}

// Run implements the subcommand.
func (networkCmd) Run(e *env) (err error) {
	c, j, err := e.openExistingJournal()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	tables := bot.NewTables(j, defaultOptions().clock, workingDays)
	ids, err := tables.Networks(e.ctx)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		fmt.Fprintln(e.stdout, "There is no network yet. One is made in a channel, with /"+c.Command+" setup.")
		return nil
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NETWORK\tNAME\tORGANISATIONS\tROUNDS\tEVENTS")
	var damage error
	for _, id := range ids {
		t, err := tables.Table(e.ctx, id)
		if errors.Is(err, bot.ErrStoreDamaged) {
			fmt.Fprintf(w, "%s\tDAMAGED\t\t\t\n", id)
			damage = errors.Join(damage, err)
			continue
		}
		if err != nil {
			return err
		}
		t.Read(func(n *benchmark.Network) {
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\n", id, n.Name, len(n.OrganisationsNow()), len(n.Rounds), n.Seq)
		})
	}
	return errors.Join(w.Flush(), damage)
}

// findNetwork returns the network with the id or name, or the only one there is. One
// that is damaged is not found; where it may be the one, the error says so.
func findNetwork(e *env, tables *bot.Tables, name string) (*bot.Table, error) {
	ids, err := tables.Networks(e.ctx)
	if err != nil {
		return nil, err
	}
	var found []*bot.Table
	var damage error // of a network that may be the one
	for _, id := range ids {
		t, err := tables.Table(e.ctx, id)
		if errors.Is(err, bot.ErrStoreDamaged) {
			damage = cmp.Or(damage, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		t.Read(func(n *benchmark.Network) {
			if name == "" || name == string(id) || name == n.Name {
				found = append(found, t)
			}
		})
	}
	switch {
	case len(found) == 1 && (name != "" || damage == nil):
		return found[0], nil
	case len(found) == 0 && damage != nil:
		return nil, damage
	case len(ids) == 0:
		return nil, fmt.Errorf("there is no network in the journal yet; one is made in a channel, with /round setup")
	case len(found) == 0:
		return nil, fmt.Errorf("there is no network %q; see: roundtable network", name)
	}
	return nil, fmt.Errorf("there are %d networks; name one with --network, by id or name; see: roundtable network", len(found))
}
