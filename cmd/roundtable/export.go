package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/bot"
	"roundtable/journal"
	"roundtable/report"
)

// exportCmd writes what a network holds.
type exportCmd struct {
	What         string `arg:"" enum:"figures,journal" help:"figures: CSV of the published rounds, as everybody or one organisation may see them. journal: everything, as JSON lines; it holds names and texts, so keep it safe."`
	Network      string `help:"Which network, by id or name; not needed when there is one." placeholder:"NAME"`
	Organisation string `help:"Figures as this organisation may see them: its own in full." placeholder:"NAME"`
	Salvage      bool   `help:"Of a damaged journal, write what can be read beyond the damage too."`
	Out          string `help:"File to write, readable by you alone; without it, to the terminal." short:"o" placeholder:"FILE"`
}

// Run implements the subcommand.
func (x *exportCmd) Run(e *env) (err error) {
	_, j, err := e.openExistingJournal()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	tables := bot.NewTables(j, defaultOptions().clock, workingDays)
	t, err := findNetwork(e, tables, x.Network)
	id, damaged := damagedNetwork(tables, x.Network, err)
	switch {
	case damaged && x.What == "journal":
	case err != nil:
		return err
	default:
		id = t.ID()
	}
	out := e.stdout
	if x.Out != "" {
		file, err := createPrivate(x.Out)
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		defer func() {
			if closing := file.Close(); err == nil && closing != nil {
				err = fmt.Errorf("export: %w", closing)
			}
		}()
		out = file
	}
	if x.What == "journal" {
		return x.journal(e, out, j, string(id))
	}
	return x.figures(out, t)
}

// damagedNetwork returns the network that was not found because it is damaged, by its
// id or as the only one damaged, as its name isn't known.
func damagedNetwork(tables *bot.Tables, name string, err error) (benchmark.NetworkID, bool) {
	damage := tables.Damage().Networks
	if _, known := damage[benchmark.NetworkID(name)]; known {
		return benchmark.NetworkID(name), true
	}
	if errors.Is(err, bot.ErrStoreDamaged) && len(damage) == 1 {
		for id := range damage {
			return id, true
		}
	}
	return "", false
}

// journal writes all entries, of a damaged journal those before the damage, or with
// --salvage all that can be read; it is an error then, which says how many.
func (x *exportCmd) journal(e *env, out io.Writer, j journal.Journal, network string) error {
	last, err := j.Follow(e.ctx, network, 0)
	if err != nil {
		return err
	}
	var s *salvage // of the last reading
	read := func() iter.Seq2[benchmark.Record, error] {
		s = &salvage{beyond: x.Salvage}
		return recordsOf(s.read(e.ctx, j, network))
	}
	if err := report.WriteJournal(out, benchmark.WithoutErasedProfessions(read)); err != nil {
		return err
	}
	if s.damage == nil {
		return nil
	}
	hint := "; with --salvage, what can be read beyond the damage is written too"
	if x.Salvage {
		hint = "; the others are not what was written, and are left out"
	}
	return fmt.Errorf("the journal is damaged: %d of %d entries were written%s: %w", s.count, last, hint, s.damage)
}

// salvage reads a network's entries, and what can be read beyond damage if it is told
// to.
type salvage struct {
	beyond bool
	count  uint64 // how many entries were read
	damage error  // the first
}

// read yields the entries that are what was written.
func (s *salvage) read(ctx context.Context, j journal.Journal, network string) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		for from := uint64(1); from > 0; {
			next := uint64(0) // that the reading ends
			for entry, err := range j.Read(ctx, network, from) {
				d, damaged := errors.AsType[*journal.Damage](err)
				if err == nil {
					s.count++
				}
				if damaged {
					s.damage = cmp.Or(s.damage, err)
					if s.beyond && d.Seq >= from {
						next = d.Seq + 1
					}
					break
				}
				if !yield(entry, err) {
					return
				}
			}
			from = next
		}
	}
}

// createPrivate creates or truncates a file that only its owner may read, also
// where it was there before for all to read.
func createPrivate(name string) (*os.File, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && info.Mode().IsRegular() { // and not /dev/null
		err = file.Chmod(0o600)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

func (x *exportCmd) figures(out io.Writer, t *bot.Table) (err error) {
	t.Read(func(n *benchmark.Network) {
		viewer := view.Viewer{}
		if x.Organisation != "" {
			o, known := n.OrganisationChosen(x.Organisation)
			if !known {
				err = fmt.Errorf("export: there is no organisation %q in %s", x.Organisation, n.Name)
				return
			}
			viewer.Organisation = o.ID
		}
		err = report.WriteFigures(out, n, viewer)
	})
	return err
}

// recordsOf returns the entries of a journal as records.
func recordsOf(entries iter.Seq2[journal.Entry, error]) iter.Seq2[benchmark.Record, error] {
	return func(yield func(benchmark.Record, error) bool) {
		for e, err := range entries {
			if !yield(recordOf(e), err) {
				return
			}
		}
	}
}
