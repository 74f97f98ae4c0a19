package main

import (
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
	Out          string `help:"File to write, readable by you alone; without it, to the terminal." short:"o" placeholder:"FILE"`
}

// Run implements the subcommand.
func (x *exportCmd) Run(e *env) (err error) {
	_, j, err := e.openExistingJournal()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	t, err := findNetwork(e, bot.NewTables(j, defaultOptions().clock, workingDays), x.Network)
	if err != nil {
		return err
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
		return report.WriteJournal(out, recordsOf(j.Read(e.ctx, string(t.ID()), 1)))
	}
	return x.figures(out, t)
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
			o, known := n.OrganisationNamed(x.Organisation)
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
			if !yield(benchmark.Record{Seq: e.Seq, At: e.At, Kind: e.Kind, Version: e.Version, Data: e.Data}, err) {
				return
			}
		}
	}
}
