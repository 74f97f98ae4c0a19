package commands

import (
	"context"
	"slices"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// What a page shows: so many networks in full, so many names in a list.
const (
	maxNetworksAtHome = 4
	maxNamesAtHome    = 8
)

// showHome is somebody's own page: what each of their networks is at, what is left for
// them to do, and the buttons for it. Whoever is in none learns how to begin.
func showHome(ctx context.Context, r *request) chat.Reply {
	tables, err := r.c.tables.Of(ctx, r.in.From.ID)
	if err != nil {
		return r.failed(err)
	}
	if len(tables) == 0 {
		return homeOfNobody(r)
	}
	m := chat.Message{}
	for _, t := range tables[:min(len(tables), maxNetworksAtHome)] {
		at := *r
		at.setTable(ctx, t)
		t.Read(func(n *benchmark.Network) {
			one := homeOfNetwork(&at, n)
			m.Text = joinLines(m.Text, one.Text)
			m.Blocks = append(m.Blocks, addressMessage(one, n.ID).Blocks...)
		})
	}
	if left := len(tables) - maxNetworksAtHome; left > 0 {
		m.Blocks = append(m.Blocks, chat.Footnote{Text: r.t("home.more", "Count", left)})
	}
	return chat.Reply{Message: &m}
}

// homeOfNobody is the page of those who are in no network.
func homeOfNobody(r *request) chat.Reply {
	text := r.t("home.begin")
	return chat.Reply{Message: &chat.Message{Text: text, Blocks: []chat.Block{
		chat.Heading{Text: r.t("home.begin-title")},
		chat.Paragraph{Text: text},
		chat.Items{Items: []string{r.t("home.begin-join"), r.t("home.begin-setup"), r.t("home.begin-link")}},
		chat.Buttons{Buttons: []chat.Button{r.button("help", "help", "")}},
		chat.Footnote{Text: r.t("purpose")},
	}}}
}

// homeOfNetwork is one network on the page.
func homeOfNetwork(r *request, n *benchmark.Network) chat.Message {
	c := n.Current()
	m := chat.Message{Text: homeStatus(r, n, c)}
	m.Blocks = []chat.Block{chat.Heading{Text: oneLine(n.Name)}, chat.Paragraph{Text: m.Text}}
	m.Text = oneLine(n.Name) + ": " + m.Text
	for role := range r.me.Roles() {
		at := *r
		at.me = role
		m.Blocks = append(m.Blocks, homeOwnPart(&at, n, c)...)
	}
	if r.me.Facilitator && c != nil {
		m.Blocks = append(m.Blocks, homeOfFacilitator(r, n, c)...)
	}
	reminders, buttons := homeReminders(r, n, c)
	moves := [][]chat.Button{nil}
	switch {
	case c != nil:
		moves = nextActions(r, n, c)
	case r.me.Facilitator:
		moves[0] = []chat.Button{primary(r.button("open", "open", "")), r.button("link-offer", "link", "")}
	}
	always := []chat.Button{r.button("status", "status", ""), r.button("template", "template", ""), r.button("help", "help", ""), r.button("privacy", "privacy", "")}
	for _, row := range append(moves, slices.DeleteFunc(always, func(b chat.Button) bool { return slices.Contains(moves[0], b) })) {
		m.Blocks = append(m.Blocks, rows(row)...)
	}
	m.Blocks = append(append(m.Blocks, chat.Footnote{Text: reminders}), rows(buttons)...)
	return m
}

// homeReminders says whether and when one is reminded, with what changes that.
func homeReminders(r *request, n *benchmark.Network, c *benchmark.Round) (string, []chat.Button) {
	mute, away := r.button("mute", "mute", ""), r.button("away", "away", "")
	if r.me.Muted {
		return r.t("home.muted"), []chat.Button{r.button("unmute", "unmute", "")}
	}
	if text, is := awayText(r, n, r.me); is {
		return text, []chat.Button{r.button("back", "back", ""), mute}
	}
	switch {
	case c == nil || c.Phase != benchmark.Open || n.NoNudge(c, r.me) != "":
		return r.t("home.reminded"), []chat.Button{away, mute}
	}
	if until, ok := n.SnoozedUntil(c, r.me, r.now()); ok {
		day := dayText(r, dateOf(until.In(n.LocationOf(r.me))))
		return r.t("home.snoozed", "Until", day), []chat.Button{r.button("unsnooze", "unsnooze", ""), away, mute}
	}
	return r.t("home.reminded"), []chat.Button{r.button("snooze", "snooze", ""), away, mute}
}

// homeStatus is where the network is, with how long there is left.
func homeStatus(r *request, n *benchmark.Network, c *benchmark.Round) string {
	if c == nil {
		return r.t("home.no-round", "Count", len(n.Template().Indicators))
	}
	p := n.Progress(c)
	text := r.t("status."+string(c.Phase), "Period", r.period(c.ID), "Due", r.when(dueOf(c)), "Closes", r.when(c.Closes),
		"Count", p.Complete, "Organisations", p.Organisations)
	if c.Phase == benchmark.Open {
		text += " " + dueIn(r, dueOf(c), n.LocationOf(r.me))
	}
	return text
}

// dueIn says in words how long there is left.
func dueIn(r *request, due time.Time, zone *time.Location) string {
	now := r.now()
	days := dayOf(due.In(zone)).Sub(dayOf(now.In(zone))) / (24 * time.Hour)
	switch {
	case !now.Before(due):
		return r.t("home.due-past")
	case days == 0:
		return r.t("home.due-today")
	case days == 1:
		return r.t("home.due-tomorrow")
	}
	return r.t("home.due-in", "Count", int(days))
}

// dayOf is the date, in days that all have as many hours.
func dayOf(local time.Time) time.Time {
	return time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
}

// homeOwnPart is what is missing for one's own organisation, or why nothing is asked
// of it.
func homeOwnPart(r *request, n *benchmark.Network, c *benchmark.Round) []chat.Block {
	o, ok := n.Organisation(r.me.Organisation)
	switch {
	case !ok && r.me.Observer:
		return []chat.Block{chat.Paragraph{Text: r.t("home.observer")}}
	case !ok && r.me.Facilitator:
		return nil
	case !ok:
		return []chat.Block{chat.Paragraph{Text: r.t("home.no-organisation")}, chat.Buttons{Buttons: []chat.Button{r.button("join", "join", "")}}}
	case !r.me.Confirmed:
		return []chat.Block{chat.Paragraph{Text: waitsFor(r, n)}}
	case c == nil || c.Phase != benchmark.Open:
		return nil
	case c.Skipped[o.ID] && c.Answered(o.ID) == 0:
		return []chat.Block{chat.Paragraph{Text: r.t("status.own-skipped", "Organisation", o.Name)}}
	}
	if text, hidden := ownHidden(r, n, c, o); hidden {
		return []chat.Block{chat.Paragraph{Text: text}}
	}
	t, _ := n.TemplateVersion(c.Template)
	missing := n.Missing(c, o.ID)
	text := r.t("status.own", "Organisation", o.Name, "Done", len(t.Indicators)-len(missing), "All", len(t.Indicators))
	if len(missing) == 0 {
		return []chat.Block{chat.Paragraph{Text: text + " " + r.t("submit.complete")}}
	}
	var titles []string
	for _, i := range missing {
		titles = append(titles, oneLine(i.Title))
	}
	return []chat.Block{chat.Paragraph{Text: text + " " + r.t("home.missing")}, chat.Items{Items: firstOf(r, titles)}}
}

// homeOfFacilitator is what a facilitator wants to know besides.
func homeOfFacilitator(r *request, n *benchmark.Network, c *benchmark.Round) []chat.Block {
	if c.Phase == benchmark.Closed {
		text := r.t("home.draft")
		if at, will := benchmark.ShownByItself(n, c, r.table.WorkingDay(n)); will {
			text += " " + r.t("draft.by-itself", "At", r.when(at))
		}
		return []chat.Block{chat.Paragraph{Text: text}}
	}
	if c.Phase != benchmark.Open {
		return nil
	}
	var silent []string
	for _, o := range n.RoundOrganisations(c) {
		if !o.Gone && c.Answered(o.ID) == 0 && !c.Skipped[o.ID] {
			silent = append(silent, o.Name)
		}
	}
	if len(silent) == 0 {
		return []chat.Block{chat.Paragraph{Text: r.t("home.none-silent")}}
	}
	return []chat.Block{chat.Paragraph{Text: r.t("home.silent", "Count", len(silent))}, chat.Items{Items: firstOf(r, silent)}}
}

// firstOf are the first of a list, and how many more there are.
func firstOf(r *request, all []string) []string {
	if left := len(all) - maxNamesAtHome; left > 0 {
		return append(all[:maxNamesAtHome:maxNamesAtHome], r.t("posts.more", "Count", left))
	}
	return all
}
