package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"

	"roundtable/config"
)

// demoCmd plays a round.
type demoCmd struct {
	pageFlags
	Once bool   `help:"End when the round has been played, without the page to look around in."`
	Dir  string `help:"Folder for the journal, the pictures and the transcript." default:"roundtable-demo" placeholder:"FOLDER"`
	Seed uint64 `help:"Number that decides what chance decides: letters and the order of answers." default:"1"`
}

// Run implements the subcommand.
func (d *demoCmd) Run(e *env) (err error) {
	var listener net.Listener
	if !d.Once {
		if listener, err = d.listen(e.ctx); err != nil {
			return err
		}
		defer func() { _ = listener.Close() }()
	}
	path := config.Journal{Kind: config.JournalSQLite, Path: filepath.Join(d.Dir, "journal.db")}
	if err := d.checkUnserved(e.ctx, path); err != nil {
		return err
	}
	if err := d.clearFolder(); err != nil {
		return err
	}
	j, err := openStore(e.ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	lease, err := lockJournal(e.ctx, j, path)
	if err != nil {
		return err
	}
	defer lease.Release()
	file, err := os.OpenFile(filepath.Join(d.Dir, "transcript.txt"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	s, err := newScenario(e.ctx, j, d.Dir, d.Seed, e.log)
	if err != nil {
		return err
	}
	defer s.close()
	s.transcript.printTo(e.stdout, isTerminal(e.stdout))
	s.transcript.printTo(file, false)
	if err := s.play(); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	fmt.Fprintf(e.stdout, "\nThe journal, %d pictures and this transcript are in %s.\nLook into the journal: roundtable --journal sqlite:%s network\n",
		s.transcript.pictures, d.Dir, filepath.Join(d.Dir, "journal.db"))
	if d.Once {
		return nil
	}
	fmt.Fprintln(e.stdout, "\nThe clock runs on from here. Look around, be anybody, move the clock:")
	page := s.pageServer()
	page.lease = lease
	return page.serve(e, listener, d.pageFlags)
}

// checkUnserved sees that no other process, such as an earlier demo that somebody
// looks around in, serves the journal that is about to be removed.
func (d *demoCmd) checkUnserved(ctx context.Context, where config.Journal) error {
	if _, err := os.Stat(where.Path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	j, err := openStore(ctx, where)
	if err != nil {
		return nil //nolint:nilerr // it can't be served, and is removed
	}
	lease, err := lockJournal(ctx, j, where)
	if err == nil {
		lease.Release()
	}
	return errors.Join(err, j.Close())
}

// clearFolder makes the folder, and removes what an earlier demo left in it; nothing
// else.
func (d *demoCmd) clearFolder() error {
	if err := os.MkdirAll(d.Dir, 0o700); err != nil {
		return fmt.Errorf("demo: make the folder %s: %w; choose another with --dir", d.Dir, err)
	}
	left := []string{"journal.db", "journal.db-wal", "journal.db-shm", "journal.db-tail", "transcript.txt"}
	pictures, err := filepath.Glob(filepath.Join(d.Dir, "picture-*.png"))
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	for _, name := range left {
		pictures = append(pictures, filepath.Join(d.Dir, name))
	}
	for _, path := range pictures {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("demo: remove what an earlier one left: %w", err)
		}
	}
	return nil
}

// isTerminal says whether colours are welcome there.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
