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
	"roundtable/journal/sqlite"
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
	if e.cli.Journal != "" {
		return errors.New("demo: its journal is made anew each time, in the folder of --dir: --journal is not for it. To look into a journal: roundtable --journal ADDRESS network")
	}
	var listener net.Listener
	if !d.Once {
		if listener, err = d.listen(e.ctx); err != nil {
			return err
		}
		defer func() { _ = listener.Close() }()
	}
	path := config.Journal{Kind: config.JournalSQLite, Path: filepath.Join(d.Dir, "journal.db")}
	if err := d.checkOwn(e.ctx, path); err != nil {
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

// checkOwn sees that what is about to be removed is what an earlier demo left: its
// journal, which holds no network but the demo's and is served by nobody, and the files
// beside it. Where there is no such journal, there is nothing to be removed.
func (d *demoCmd) checkOwn(ctx context.Context, where config.Journal) (err error) {
	exists, err := sqlite.Exists(where.Path)
	if err != nil {
		return fmt.Errorf("demo: %w; choose another folder with --dir", err)
	}
	if !exists {
		left, err := d.left()
		if err != nil || len(left) == 0 {
			return err
		}
		return fmt.Errorf("demo: %s is there, and no journal of an earlier demo is: it would be overwritten. Choose another folder with --dir", left[0])
	}
	j, err := openStore(ctx, where)
	if err != nil {
		return fmt.Errorf("demo: what is in %s can't be looked at, and was left as it is: %w; choose another folder with --dir", where.Path, err)
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	lease, err := lockJournal(ctx, j, where)
	if err != nil {
		return err
	}
	defer lease.Release()
	networks, err := j.Networks(ctx)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	for _, network := range networks {
		if network != demoNetwork {
			return fmt.Errorf("demo: the journal %s holds a network that is not the demo's, %s, and was left as it is: choose another folder with --dir", where.Path, network)
		}
	}
	return nil
}

// left lists what an earlier demo left in the folder, its journal last: the rest is
// known to be the demo's as long as that is there.
func (d *demoCmd) left() (paths []string, err error) {
	if paths, err = filepath.Glob(filepath.Join(d.Dir, "picture-[0-9][0-9]-*.png")); err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	for _, name := range []string{"transcript.txt", "journal.db-wal", "journal.db-shm", "journal.db-tail", "journal.db"} {
		path := filepath.Join(d.Dir, name)
		if _, err := os.Lstat(path); err == nil {
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// clearFolder makes the folder, and removes what an earlier demo left in it; nothing
// else. See [demoCmd.checkOwn].
func (d *demoCmd) clearFolder() error {
	if err := os.MkdirAll(d.Dir, 0o700); err != nil {
		return fmt.Errorf("demo: make the folder %s: %w; choose another with --dir", d.Dir, err)
	}
	paths, err := d.left()
	if err != nil {
		return err
	}
	for _, path := range paths {
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
