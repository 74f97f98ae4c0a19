package commands

import (
	"context"
	"errors"
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

// newRequest finds out where something happened and who did it; network is the one
// that it is addressed to, if any.
func (c *Commands) newRequest(ctx context.Context, in chat.Incoming, network benchmark.NetworkID) (*request, error) {
	r := &request{c: c, in: in, isAddressed: network != ""}
	t, err := c.tableAt(ctx, in, network)
	if err != nil {
		r.zone = zoneNamed(in.From.Zone)
		r.setLanguage(r.person(ctx).Language)
		if errors.Is(err, bot.ErrNoNetwork) {
			return r, nil
		}
		return r, err
	}
	r.setTable(ctx, t)
	return r, nil
}

// setTable takes the request to a table.
func (r *request) setTable(ctx context.Context, t *bot.Table) {
	r.table = t
	language := ""
	t.Read(func(n *benchmark.Network) {
		if me, here := n.At(benchmark.Address{Connection: r.in.From.ID.Connection, User: r.in.From.ID.User}); here {
			r.me = me
		}
		r.zone, language = n.Location(), n.Settings.Language
	})
	own := r.in.From.Language
	switch {
	case own != "":
	case r.me.ID == "":
		own = r.person(ctx).Language
	default:
		own = r.me.Language
	}
	r.setLanguage(own, language)
}

// setLanguage chooses the person's language, else the network's.
func (r *request) setLanguage(languages ...string) { r.l = spoken(languages...) }

// spoken is the first of the languages that there are words in.
func spoken(languages ...string) *locale.Locale {
	for _, tag := range languages {
		base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
		if slices.Contains(locale.Languages(), base) {
			return locale.For(tag)
		}
	}
	return locale.For("")
}

// t is the message with the id in the person's language. Every message knows
// the command's trigger.
func (r *request) t(id string, args ...any) string {
	return r.l.T(id, append(args, "Trigger", "/"+r.c.options.Trigger)...)
}

// say replies with a message, and buttons if any.
func (r *request) say(text string, buttons ...chat.Button) chat.Reply {
	return chat.Reply{Message: new(message(text, buttons...))}
}

// decide has the network decide, on behalf of who did it. Somebody who isn't a
// participant can only join.
func (r *request) decide(ctx context.Context, intent benchmark.Intent) error {
	_, err := r.decideChange(ctx, intent)
	return err
}

// decideChange is decide, and says whether anything changed.
func (r *request) decideChange(ctx context.Context, intent benchmark.Intent) (changed bool, err error) {
	if r.table == nil {
		return false, refuse(refusal.NoNetwork)
	}
	if _, joins := intent.(benchmark.Join); r.me.ID == "" && !joins {
		return false, refuse(refusal.NotAParticipant)
	}
	events, err := r.table.Do(ctx, benchmark.Actor{By: r.me.ID, Incoming: r.in.ID}, intent)
	return len(events) > 0, err
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

func zoneNamed(name string) *time.Location {
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return time.UTC
}

// button opens a verb; the label is the message "button.<name>".
func (r *request) button(name, action, value string) chat.Button {
	return chat.Button{Label: r.t("button." + name), Action: action, Value: value}
}

func primary(b chat.Button) chat.Button {
	b.Primary = true
	return b
}

// rows puts buttons into rows of at most five.
func rows(buttons []chat.Button) []chat.Block {
	var blocks []chat.Block
	for row := range slices.Chunk(buttons, 5) {
		blocks = append(blocks, chat.Buttons{Buttons: row})
	}
	return blocks
}

// message is a paragraph, with a row of buttons below.
func message(text string, buttons ...chat.Button) chat.Message {
	return chat.Message{Text: text, Blocks: append([]chat.Block{chat.Paragraph{Text: text}}, rows(buttons)...)}
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
