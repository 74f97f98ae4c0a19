package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"roundtable/chat"
	"roundtable/config"
	"roundtable/journal"
)

// checkCmd looks whether everything that the bot needs is there.
type checkCmd struct {
	Connection []string `arg:"" optional:"" help:"Names of the connections to look at; all, if none is given."`
	Listen     string   `help:"Address to listen on, HOST:PORT." placeholder:"ADDRESS"`
	PublicURL  string   `help:"How platforms reach this bot, if not by that address." placeholder:"URL" name:"public-url"`
}

// checkTimeout bounds how long one connection is looked at.
const checkTimeout = time.Minute

var (
	errBroken            = errors.New("something is broken; see above")
	errUnknownConnection = errors.New("no such connection")
)

// Help says more below the usage.
func (*checkCmd) Help() string {
	return `Each line says ok, lacking (something is still missing) or BROKEN (it can't
work so); after BROKEN the exit code is 1. Run it while the bot runs: then it also
tries whether Mattermost reaches the bot. It changes nothing that people see.`
}

// Run implements the subcommand.
func (k *checkCmd) Run(e *env) (err error) {
	c, err := e.settings(config.Overrides{Listen: k.Listen, PublicURL: k.PublicURL})
	if err != nil {
		return err
	}
	if c.Connections, err = connectionsNamed(c.Connections, k.Connection); err != nil {
		return err
	}
	j, err := openJournal(e.ctx, c.Journal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	well := true
	tell := func(about string, findings ...chat.Finding) {
		well = writeFindings(e.stdout, about, findings) && well
	}
	if err := j.Ping(e.ctx); err != nil {
		tell("journal "+c.Journal.String(), chat.Finding{Severity: chat.Broken, What: "It can't be used: " + err.Error() + ".", Mend: "Give a file that this program may write, or a Redis server that runs."})
		return errBroken
	}
	tell("journal "+c.Journal.String(), append([]chat.Finding{{What: "It can be read and written."}}, verify(e.ctx, j)...)...)
	platforms, err := connect(e.ctx, c, j, e.log)
	if err != nil {
		return err
	}
	for _, connection := range c.Connections {
		about := connection.Platform() + " " + connection.Name
		if doctor, ok := platforms[connection.Name].(chat.Doctor); ok {
			ctx, cancel := context.WithTimeout(e.ctx, checkTimeout)
			tell(about, doctor.Examine(ctx)...)
			cancel()
		}
	}
	if len(c.Connections) == 0 {
		tell("connections", chat.Finding{Severity: chat.Lacking, What: "None is configured: nobody can talk to the bot.", Mend: "Add one to the settings; docs/mattermost.md and docs/slack.md say how. Or try: roundtable demo"})
	}
	if !well {
		return errBroken
	}
	return nil
}

// verify reads the whole journal for damage.
func verify(ctx context.Context, j journal.Journal) (found []chat.Finding) {
	var entries uint64
	networks := 0
	broken := func(what string, err error) {
		f := chat.Finding{Severity: chat.Broken, What: what + ": " + err.Error() + ".", Mend: "docs/operating.md says what to do with a damaged journal."}
		if d, ok := errors.AsType[*journal.Damage](err); ok {
			f.What = fmt.Sprintf("%s: entry %d %s.", what, d.Seq, d.What)
			f.Mend = d.Mend + "."
		}
		found = append(found, f)
	}
	err := journal.Verify(ctx, j, func(network string, n uint64, err error) {
		if err != nil {
			broken(fmt.Sprintf("Network %s is damaged after %s", network, plural(n, "entry", "entries")), err)
			return
		}
		networks++
		entries += n
	})
	if err != nil {
		broken("It is damaged, or can't be looked at", err)
	}
	well := fmt.Sprintf("What was written is there: %s of %s.", plural(entries, "entry", "entries"), plural(uint64(networks), "network", "networks"))
	if len(found) > 0 {
		well = fmt.Sprintf("In the other networks all is there: %s of %s.", plural(entries, "entry", "entries"), plural(uint64(networks), "network", "networks"))
	}
	return append([]chat.Finding{{What: well}}, found...)
}

func plural(n uint64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// connectionsNamed returns the connections with these names; all, for no names.
func connectionsNamed(all []config.Connection, names []string) ([]config.Connection, error) {
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	by := map[string]config.Connection{}
	for _, c := range all {
		by[c.Name] = c
		known = append(known, c.Name)
	}
	var found []config.Connection
	for _, name := range names {
		c, ok := by[name]
		if !ok {
			return nil, fmt.Errorf("%w: %q; the settings have: %s", errUnknownConnection, name, strings.Join(known, ", "))
		}
		found = append(found, c)
	}
	return found, nil
}

// writeFindings prints the findings about one thing and says whether none is broken.
func writeFindings(w io.Writer, about string, findings []chat.Finding) (well bool) {
	marks := map[chat.Severity]string{chat.Well: "ok", chat.Lacking: "lacking", chat.Broken: "BROKEN"}
	well = true
	fmt.Fprintln(w, about)
	for _, f := range findings {
		fmt.Fprintf(w, "  %-8s %s\n", marks[f.Severity], f.What)
		if f.Mend != "" {
			fmt.Fprintf(w, "  %-8s %s\n", "", "-> "+f.Mend)
		}
		well = well && f.Severity != chat.Broken
	}
	return well
}
