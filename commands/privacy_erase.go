package commands

import (
	"context"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// eraseSelf erases who asks, once they have said yes.
func eraseSelf(ctx context.Context, r *request, sure bool) chat.Reply {
	known := 0
	network := ""
	r.read(func(n *benchmark.Network) { known, network = len(n.Known(r.address())), oneLine(n.Name) })
	if known == 0 {
		return r.refused(refuse(refusal.NothingKept))
	}
	left, err := r.whatRemains(ctx)
	if err != nil {
		return r.failed(err)
	}
	if !sure {
		return chat.Reply{Message: new(r.askBeforeErasing(network, left))}
	}
	if _, err := r.table.Do(ctx, benchmark.Actor{By: r.me.ID, Incoming: r.in.ID}, benchmark.EraseMe(r.address())); err != nil {
		return r.refused(err)
	}
	text := r.t("privacy.erased", "Network", network)
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Items{Items: left}}}
	others, damaged, err := r.c.tables.Knowing(ctx, r.in.From.ID)
	if err == nil && len(others) > 0 {
		var names []string
		for _, t := range others {
			t.Read(func(n *benchmark.Network) { names = append(names, oneLine(n.Name)) })
		}
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: r.t("privacy.elsewhere", "Networks", r.l.List(names))})
	}
	if damaged > 0 {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: r.t("privacy.damaged", "Count", damaged)})
	}
	return chat.Reply{Message: &m}
}

// askBeforeErasing says what goes and what stays.
func (r *request) askBeforeErasing(network string, left []string) chat.Message {
	title := r.t("privacy.sure-title", "Network", network)
	stays := []string{r.t("privacy.stays-figures"), r.t("privacy.stays-others"), r.t("privacy.stays-own"), r.t("privacy.stays-told"), r.t("privacy.stays-log")}
	m := chat.Message{Text: title + " " + r.t("privacy.sure"), Blocks: []chat.Block{
		chat.Heading{Text: title},
		chat.Paragraph{Text: r.t("privacy.goes")},
		chat.Items{Items: []string{r.t("privacy.goes-name"), r.t("privacy.goes-words"), r.t("privacy.goes-copies"), r.t("privacy.goes-learnings")}},
		chat.Paragraph{Text: r.t("privacy.stays")},
		chat.Items{Items: stays},
		chat.Paragraph{Text: r.t("privacy.later")},
		chat.Items{Items: left},
	}}
	if noteTells(r, r.me.ID) {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: r.t("privacy.warn-letter")})
	}
	if warning := r.eraseWarning(); warning != "" {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: warning})
	}
	m.Blocks = append(m.Blocks, chat.Paragraph{Text: r.t("privacy.sure")}, chat.Buttons{Buttons: []chat.Button{
		r.button("privacy-yes", "privacy", "erase yes "+string(r.lastKnown())), r.button("privacy-get", "privacy", "get"), r.button("privacy-no", "privacy", ""),
	}})
	return m
}

// noteTells says whether the words of somebody stand beside their organisation's letter.
func noteTells(r *request, p benchmark.ParticipantID) (tells bool) {
	r.read(func(n *benchmark.Network) {
		who, _ := n.Participant(p)
		for _, known := range n.Known(who.Address()) {
			tells = tells || benchmark.NoteTells(n, known)
		}
	})
	return tells
}

// eraseWarning tells those whom others wait for what they leave behind.
func (r *request) eraseWarning() (warning string) {
	r.read(func(n *benchmark.Network) {
		leads := 0
		for _, p := range n.Participants {
			if p.Facilitator && !p.Left {
				leads++
			}
		}
		me, _ := n.Participant(r.me.ID)
		alone := organisationsOf(n, me, func(role benchmark.Participant) bool {
			return role.Active() && len(n.Members(role.Organisation)) == 1
		})
		switch {
		case r.me.Facilitator && leads == 1:
			warning = r.t("privacy.warn-facilitator")
		case alone != "":
			warning = r.t("privacy.warn-member", "Organisation", alone)
		}
	})
	return warning
}

// listGone shows a facilitator who has left and is known still.
func listGone(ctx context.Context, r *request) chat.Reply {
	if why := r.mayNotFacilitate(ctx); why != nil {
		return r.refused(why)
	}
	var buttons []chat.Button
	r.read(func(n *benchmark.Network) {
		for _, p := range n.Gone() {
			label := r.t("privacy.erase-whom", "Name", nameAndRole(r.l, n, p, ""))
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(label), chat.MaxLabel), Action: "privacy", Value: "erase " + string(p.ID)})
		}
	})
	if len(buttons) == 0 {
		return r.say(r.t("privacy.nobody-left"))
	}
	text := r.t("privacy.people", "Count", len(buttons))
	if left := len(buttons) - maxGoneShown; left > 0 {
		buttons = buttons[:maxGoneShown]
		text = joinLines(text, r.t("posts.more", "Count", left))
	}
	return r.say(text, buttons...)
}

// maxGoneShown is how many people who have left are shown at once.
const maxGoneShown = 50

// eraseGone erases, for a facilitator who was asked to, somebody who has left.
func eraseGone(ctx context.Context, r *request, whom benchmark.ParticipantID, sure bool) chat.Reply {
	if why := r.mayNotFacilitate(ctx); why != nil {
		return r.refused(why)
	}
	var who benchmark.Participant
	name := ""
	r.read(func(n *benchmark.Network) {
		for _, p := range n.Gone() {
			if p.ID == whom {
				who, name = p, nameAndRole(r.l, n, p, "")
			}
		}
	})
	switch {
	case who.ID != "" && !sure:
		yes := r.button("privacy-yes-them", "privacy", "erase "+string(whom)+" yes")
		text := r.t("privacy.sure-them", "Name", name)
		if noteTells(r, whom) {
			text += " " + r.t("privacy.sure-letter")
		}
		return r.say(text, yes, r.button("privacy-no-them", "privacy", "people"))
	case who.ID == "" && !sure:
		return r.refused(refuse(refusal.ErasesAnother))
	}
	if err := r.decide(ctx, benchmark.ErasePerson(whom)); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("privacy.erased-them"))
}

// farewell is the last word to somebody whose words are out of the journal.
func (w *composition) farewell() func() (chat.Message, error) {
	stand := w.whereWordsRemain(benchmark.WordsRemain(w.n, w.d))
	self := w.n.ErasedThemselves(w.d)
	return func() (chat.Message, error) {
		ctx, cancel := context.WithTimeout(context.Background(), remainsTimeout)
		defer cancel()
		left, err := remainsIn(ctx, w.audience, w.tables)
		if err != nil {
			return chat.Message{}, err
		}
		text, asked := w.t("privacy.farewell", "Network", oneLine(w.network)), w.t("privacy.farewell-asked-for")
		if self {
			asked = w.t("privacy.farewell-asked")
		}
		m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Items{Items: left}}}
		if len(stand) > 0 {
			m.Blocks = append(m.Blocks, chat.Paragraph{Text: w.t("remain.farewell")}, chat.Items{Items: stand})
		}
		m.Blocks = append(m.Blocks, chat.Footnote{Text: asked + " " + w.t("privacy.farewell-more")})
		return m, nil
	}
}

// remainsTimeout bounds asking the store for what remains.
const remainsTimeout = 10 * time.Second
