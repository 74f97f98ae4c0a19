package commands

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/locale"
)

// request is one thing that somebody did, with where and who.
type request struct {
	c  *Commands
	in chat.Incoming
	// isAddressed: what was pressed or filled in said itself which network it
	// belongs to.
	isAddressed bool
	// isOpen: what is pressed below the reply may belong to any network.
	isOpen bool
	// table is nil where there is no network.
	table *bot.Table
	// me is zero for somebody who isn't a participant.
	me   benchmark.Participant
	l    *locale.Locale
	zone *time.Location // the network's, or the person's where there is none
}

// t is the message with the id in the person's language. Every message knows
// the command's trigger.
func (r *request) t(id string, args ...any) string {
	return r.l.T(id, append(args, "Trigger", "/"+r.c.options.Trigger)...)
}

// say replies with a message, and buttons if any.
func (r *request) say(text string, buttons ...chat.Button) chat.Reply {
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	m.Blocks = append(m.Blocks, rows(buttons)...)
	return chat.Reply{Message: &m}
}

// rows puts buttons into rows of at most five.
func rows(buttons []chat.Button) []chat.Block {
	var blocks []chat.Block
	for row := range slices.Chunk(buttons, 5) {
		blocks = append(blocks, chat.Buttons{Buttons: row})
	}
	return blocks
}

// do has the network decide, on behalf of who did it. Somebody who isn't a
// participant can only join: without a name the domain would take them for the
// bot itself.
func (r *request) do(ctx context.Context, intent benchmark.Intent) error {
	_, err := r.did(ctx, intent)
	return err
}

// did is do, and returns what followed.
func (r *request) did(ctx context.Context, intent benchmark.Intent) ([]benchmark.Event, error) {
	if r.table == nil {
		return nil, r.noNetwork()
	}
	if _, joins := intent.(benchmark.Join); r.me.ID == "" && !joins {
		return nil, refuse(refusal.NotAParticipant)
	}
	return r.table.Do(ctx, benchmark.Actor{By: r.me.ID, Incoming: r.in.ID}, intent)
}

// read looks at the network; f is not called where there is none.
func (r *request) read(f func(n *benchmark.Network)) {
	if r.table != nil {
		r.table.Read(f)
	}
}

func (r *request) now() time.Time { return r.c.tables.Now() }

// when is an instant in the network's zone, as people say it.
func (r *request) when(t time.Time) string { return r.l.DateTime(t, r.zone) }

// period is a round's period as it stands in a sentence.
func (r *request) period(id benchmark.RoundID) string { return periodIn(r.l, id) }

// stale says why a button or form of another round than the current one is not
// followed; nil when it is of the current one, or of none.
func (r *request) stale(id benchmark.RoundID) *benchmark.Refusal {
	if id == "" {
		return nil
	}
	why := refuse(refusal.NoSuchRound, "Round", id)
	r.read(func(n *benchmark.Network) {
		c, known := n.Round(id)
		switch {
		case c == n.Current() && known:
			why = nil
		case known:
			why = refuse(roundOver, "Round", id, "Closed", closedAt(c))
		}
	})
	return why
}

// closedAt is when a round closed: a facilitator may have done it before its
// time.
func closedAt(c *benchmark.Round) time.Time {
	if c.Phase != benchmark.Open && !c.Closed.IsZero() {
		return c.Closed
	}
	return c.Closes
}

// dueOf is when answers are due: no later than the round closes, which a
// facilitator who opens it again may have set.
func dueOf(c *benchmark.Round) time.Time {
	if c.Due.After(c.Closes) {
		return c.Closes
	}
	return c.Due
}

// person is who did it, as far as their platform tells.
func (r *request) person(ctx context.Context) chat.Person {
	p, _ := r.lookUp(ctx)
	return p
}

// lookUp is person, and the error with which their platform did not tell: what
// they may is not known then.
func (r *request) lookUp(ctx context.Context) (chat.Person, error) {
	p := r.in.From
	if r.c.options.Person == nil || p.ID == (chat.PersonID{}) {
		return p, nil
	}
	known, err := r.c.options.Person(ctx, p.ID)
	if err != nil {
		return p, err
	}
	return known, nil
}

// identity is who did it, for the journal.
func identity(p chat.Person) benchmark.IdentityGiven {
	return benchmark.IdentityGiven{
		Connection: p.ID.Connection, User: p.ID.User,
		Name: p.Name, Language: p.Language, Zone: p.Zone, Workspace: p.Workspace, Guest: p.Guest,
	}
}

// button opens a verb; the label is the message "button.<name>".
func (r *request) button(name, action, value string) chat.Button {
	return chat.Button{Label: r.t("button." + name), Action: action, Value: value}
}

func primary(b chat.Button) chat.Button {
	b.Primary = true
	return b
}

// cut separates the first word from the rest.
func cut(text string) (first, rest string) {
	text = strings.TrimSpace(text)
	k := strings.IndexFunc(text, unicode.IsSpace)
	if k < 0 {
		return text, ""
	}
	return text[:k], strings.TrimSpace(text[k:])
}

func zoneNamed(name string) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return time.UTC
}
