package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/config"
	"roundtable/journal"
	"roundtable/journal/memory"
	"roundtable/journal/sqlite"
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
	well := true
	tell := func(about string, findings ...chat.Finding) {
		well = writeFindings(e.stdout, about, findings) && well
	}
	j, found := examineJournal(e, c)
	tell("journal "+c.Journal.String(), found...)
	if j != nil {
		tell("list of what was erased", erasedFindings(e.ctx, c, j)...)
	} else {
		j = memory.New() // for the connections
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	platforms, err := connect(e.ctx, c, j, e.log)
	if err != nil {
		return err
	}
	names := newChannelNames(platforms, time.Now)
	for _, connection := range c.Connections {
		about := connection.Platform() + " " + connection.Name
		if doctor, ok := platforms[connection.Name].(chat.Doctor); ok {
			ctx, cancel := context.WithTimeout(e.ctx, checkTimeout)
			tell(about, append(doctor.Examine(ctx), seatFindings(ctx, j, connection.Name, names)...)...)
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

// examineJournal opens the journal and says how it is. One that isn't there is not
// made: then the journal is an empty one in memory. It is nil when it can't be used.
func examineJournal(e *env, c *config.Config) (journal.Journal, []chat.Finding) {
	broken := func(err error) (journal.Journal, []chat.Finding) {
		mend := "Give a file that this program may write, or a Redis server that runs."
		if errors.Is(err, journal.ErrDamaged) {
			mend = "docs/operating.md says what to do with a damaged journal."
		}
		return nil, []chat.Finding{{Severity: chat.Broken, What: "It can't be used: " + err.Error() + ".", Mend: mend}}
	}
	if c.Journal.Kind == config.JournalSQLite {
		exists, err := sqlite.Exists(c.Journal.Path)
		if err != nil {
			return broken(err)
		}
		if !exists {
			if err := tryFolder(filepath.Dir(c.Journal.Path)); err != nil {
				return broken(err)
			}
			if _, err := os.Stat(c.Journal.Path); err == nil {
				return memory.New(), []chat.Finding{{Severity: chat.Lacking, What: "The file is empty.", Mend: "If a backup was to be restored, it wasn't: restore it again. Else all is well; the bot fills it when it first runs."}}
			}
			return memory.New(), []chat.Finding{{What: "There is none yet; the bot makes it when it first runs."}}
		}
	}
	j, warnings, err := e.openKept(c)
	if errors.Is(err, journal.ErrOlder) {
		return nil, []chat.Finding{{Severity: chat.Lacking, What: err.Error() + ".", Mend: "docs/operating.md says how to upgrade."}}
	}
	if err != nil {
		return broken(err)
	}
	if err := j.Ping(e.ctx); err != nil {
		_ = j.Close() // it can't be used
		return broken(err)
	}
	found := []chat.Finding{{What: "It can be read and written."}}
	for _, w := range warnings {
		found = append(found, chat.Finding{Severity: chat.Lacking, What: w + ".", Mend: "docs/operating.md says more."})
	}
	return j, append(found, verify(e.ctx, j)...)
}

// tryFolder sees that a file can be made in a folder, and leaves none there.
func tryFolder(dir string) error {
	file, err := os.CreateTemp(dir, ".roundtable-check-*")
	if err != nil {
		return fmt.Errorf("no file can be made there: %w", err)
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
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
	switch {
	case len(found) > 0 && networks == 0:
		return found
	case len(found) > 0:
		well = fmt.Sprintf("In the other networks all is there: %s of %s.", plural(entries, "entry", "entries"), plural(uint64(networks), "network", "networks"))
	}
	return append([]chat.Finding{{What: well}}, found...)
}

// erasedFindings looks at where the list of erasures is.
func erasedFindings(ctx context.Context, c *config.Config, j journal.Journal) []chat.Finding {
	const elsewhere = "Give another folder with erased_list, on another disk if there is one."
	list, err := openErasures(ctx, c, j)
	if err == nil {
		err = list.Writable()
	}
	if err != nil {
		return []chat.Finding{{Severity: chat.Broken, What: "It can't be written, so that nothing can be erased: " + err.Error() + ".", Mend: elsewhere}}
	}
	folder, err := filepath.Abs(filepath.Dir(list.Path()))
	if err != nil {
		folder = filepath.Dir(list.Path())
	}
	found := []chat.Finding{{What: "It can be written: " + folder + "."}}
	if c.Journal.Kind == config.JournalSQLite && isBelow(filepath.Dir(c.Journal.Path), list.Path()) {
		found = append(found, chat.Finding{Severity: chat.Lacking, What: "It is in the journal's folder: a backup of the folder that is restored brings an old list back.", Mend: elsewhere})
	}
	if c.BackupsKept == nil {
		found = append(found, chat.Finding{Severity: chat.Lacking, What: "It isn't known how long backups are kept: people who have something erased can't be told when the last copy is gone.", Mend: "Set backups_kept to the number of days, 0 if there are none."})
	}
	return found
}

// seatMends say what lets the bot post in a channel again.
var seatMends = map[chat.Obstacle]string{
	chat.NotMember:  "Invite the bot into it.",
	chat.Archived:   "Open the channel again and invite the bot, or seat another one (link) and let this one go (unlink).",
	chat.NotAllowed: "Let the bot post there: see the channel's settings, and the workspace's.",
	chat.SignedOut:  "Install the app again, and take its new token.",
	chat.NoRight:    "Give the bot the right that is said to be missing.",
	chat.NoFiles:    "Let the bot upload files, if people want its pictures; until then they get them in words.",
	chat.Declined:   "See the log for the platform's answer; it is tried again.",
	chat.Refused:    "See the log for the platform's answer; the message won't come as it was.",
	chat.ThreadGone: "Nothing: the thread was deleted there, and what is said in it elsewhere doesn't come.",
}

// seatFindings are the channels of a connection that the bot could not post to, or not
// all, when it last tried, by the names that people know them by. Networks that can't be read are left out: verify tells of them.
func seatFindings(ctx context.Context, j journal.Journal, connection string, names *channelNames) (found []chat.Finding) {
	tables := bot.NewTables(j, time.Now, workingDays)
	defer tables.Close()
	ids, err := tables.Networks(ctx)
	if err != nil {
		return nil
	}
	for _, id := range ids {
		t, err := tables.Table(ctx, id)
		if err != nil {
			continue
		}
		var seats []benchmark.Seat
		t.Read(func(n *benchmark.Network) { seats = slices.Collect(n.Seated()) })
		for _, s := range seats {
			for h := range s.Hindrances() {
				if s.Connection == connection {
					found = append(found, chat.Finding{
						Severity: chat.Lacking, Mend: seatMends[chat.Obstacle(h.Why)],
						What: fmt.Sprintf("In %s, of the network %s, not everything could be posted, since %s: %s.", channelInWords(ctx, names, s), id, h.Since.Format(time.DateTime), h.Why),
					})
				}
			}
		}
	}
	return found
}

// channelInWords is a channel by its name, where it is, and its id, which tells two of a
// name apart.
func channelInWords(ctx context.Context, names *channelNames, s benchmark.Seat) string {
	known := names.name(ctx, chat.ChannelID{Connection: s.Connection, Channel: s.Channel})
	where := strings.TrimSpace(known.Platform + " " + known.Server)
	if known.Channel == "" || known.Channel == s.Channel || where == "" {
		return "the channel " + s.Channel
	}
	return fmt.Sprintf("#%s (%s, channel %s)", chat.Quiet(strings.TrimPrefix(known.Channel, "#")), where, s.Channel)
}

// isBelow says whether a file is in the folder or in one below it.
func isBelow(folder, file string) bool {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	file, err = filepath.Abs(file)
	if err != nil {
		return false
	}
	between, err := filepath.Rel(folder, filepath.Dir(file))
	return err == nil && between != ".." && !strings.HasPrefix(between, ".."+string(filepath.Separator))
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
