package commands

import (
	"context"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/locale"
)

// privacyVerb says what is kept about somebody, gives it to them, and erases them. Who
// has left may ask too.
var privacyVerb = verb{
	name: "privacy", synonyms: []string{"gdpr", "data", "erase", "delete-me", "forget", "personuppgifter", "integritet", "radera", "glöm"},
	typed: privacyTyped, pressed: privacyTyped,
}

// The words after the verb, typed or as a button says them.
var (
	privacyGet    = []string{"get", "export", "download", "hämta"}
	privacyErase  = []string{"erase", "delete", "forget", "radera", "glöm"}
	privacyPeople = []string{"people", "left", "personer"}
)

// privacyTyped shows what is kept; "get" gives it, "erase" asks before "erase yes p7"
// erases. A facilitator lists with "people" who has left, and erases one of them by
// "erase p7".
func privacyTyped(ctx context.Context, r *request, text string) chat.Reply {
	what, rest := firstWord(strings.ToLower(text))
	if err := r.findKnowing(ctx); err != nil {
		return r.failed(err)
	}
	switch {
	case slices.Contains(privacyGet, what):
		return givePrivacyFile(ctx, r)
	case r.table == nil:
		return r.say(r.t("privacy.nothing-anywhere"))
	case slices.Contains(privacyPeople, what):
		return listGone(ctx, r)
	case slices.Contains(privacyErase, what):
		whom, sure := firstWord(rest)
		if whom == "yes" || whom == "" {
			return eraseSelf(ctx, r, whom == "yes" && sure == string(r.lastKnown()))
		}
		return eraseGone(ctx, r, benchmark.ParticipantID(whom), sure == "yes")
	}
	return showPrivacy(ctx, r)
}

// findKnowing takes the request of somebody who wrote directly, and is in no network any
// more, to one that knows them still.
func (r *request) findKnowing(ctx context.Context) error {
	if r.table != nil || !r.in.Direct {
		return nil
	}
	tables, damaged, err := r.c.tables.Knowing(ctx, r.in.From.ID)
	switch {
	case err == nil && len(tables) > 0:
		r.setTable(ctx, tables[0])
	case damaged > 0:
		return bot.ErrStoreDamaged
	}
	return err
}

// lastKnown is the participant that who did it is, or was last: who comes again is
// another one, and is asked anew.
func (r *request) lastKnown() (last benchmark.ParticipantID) {
	r.read(func(n *benchmark.Network) {
		if known := n.Known(r.address()); len(known) > 0 {
			last = known[len(known)-1]
		}
	})
	return last
}

// address is that of who did it.
func (r *request) address() benchmark.Address {
	return benchmark.Address{Connection: r.in.From.ID.Connection, User: r.in.From.ID.User}
}

// showPrivacy says what is kept, where and for how long.
func showPrivacy(ctx context.Context, r *request) chat.Reply {
	traces, err := r.table.Traces(ctx, r.in.From.ID)
	if err != nil {
		return r.failed(err)
	}
	kept := r.privacyKept(traces)
	title := r.t("privacy.title", "Network", kept.network)
	if len(traces) == 0 {
		return r.say(r.t("privacy.nothing", "Network", kept.network), r.privacyOfOthers()...)
	}
	left, err := r.whatRemains(ctx)
	if err != nil {
		return r.failed(err)
	}
	get, erase := primary(r.button("privacy-get", "privacy", "get")), r.button("privacy-erase", "privacy", "erase")
	m := chat.Message{Text: title + ". " + r.t("privacy.lead"), Blocks: []chat.Block{
		chat.Heading{Text: title},
		chat.Paragraph{Text: r.t("privacy.lead")},
		chat.Items{Items: kept.person},
		chat.Paragraph{Text: r.t("privacy.wrote")},
		chat.Items{Items: kept.words},
	}}
	if kept.months > 0 {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: r.t("privacy.kept-for", "Count", kept.months)})
	}
	if len(kept.organisations) > 0 {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: r.t("privacy.figures")}, chat.Items{Items: kept.organisations})
	}
	m.Blocks = append(m.Blocks,
		chat.Paragraph{Text: r.t("privacy.where", "Count", kept.seats)},
		chat.Items{Items: left},
		chat.Buttons{Buttons: append([]chat.Button{get, erase}, r.privacyOfOthers()...)},
		chat.Footnote{Text: r.t("privacy.small-print")},
	)
	return chat.Reply{Message: &m}
}

// privacyOfOthers is the button by which a facilitator erases who has left.
func (r *request) privacyOfOthers() (buttons []chat.Button) {
	r.read(func(n *benchmark.Network) {
		if r.me.Facilitator && len(n.Gone()) > 0 {
			buttons = append(buttons, r.button("privacy-people", "privacy", "people"))
		}
	})
	return buttons
}

// keptSummary is what is kept about somebody, in words.
type keptSummary struct {
	network       string
	person, words []string
	organisations []string // what they gave for theirs
	seats         int
	months        int // for which words are kept; 0: no longer than they want
}

// privacyKept counts what the journal holds.
func (r *request) privacyKept(traces []benchmark.Trace) (kept keptSummary) {
	counts := map[string]int{}
	for _, x := range traces {
		switch {
		case x.As != "":
			counts[x.As]++
		case x.Kind == "answer.given" && x.Mine:
			counts["answer"]++
		case x.Kind == "prediction.made" && x.Mine:
			counts["guess"]++
		}
	}
	count := func(kinds ...string) (lines []string) {
		for _, kind := range kinds {
			if counts[kind] > 0 {
				lines = append(lines, r.t("kept-words."+kind, "Count", counts[kind]))
			}
		}
		return lines
	}
	kept.words, kept.organisations = count(wordKinds...), count("answer", "guess")
	if len(kept.words) == 0 {
		kept.words = []string{r.t("kept-words.none")}
	}
	r.read(func(n *benchmark.Network) {
		kept.network, kept.seats, kept.months = oneLine(n.Name), n.SeatsTaken(), n.Settings.KeepTexts
		for _, id := range n.Known(r.address()) {
			p, _ := n.Participant(id)
			kept.person = append(kept.person, r.personKept(n, p)...)
		}
	})
	return kept
}

// wordKinds are what words may be kept as, in the order in which they are told.
var wordKinds = []string{"remark", "question", "reflection", "private-reflection", "commitment", "learning", "note", "practice", "misfit", "reason", "other"}

// personKept says who somebody is, as far as it is kept.
func (r *request) personKept(n *benchmark.Network, p benchmark.Participant) []string {
	name := chat.Quiet(p.Name)
	if name == "" {
		name = r.t("privacy.no-name")
	}
	lines := []string{r.t("privacy.name", "Name", name, "Connection", p.Connection)}
	var language, zone string
	if p.Language != "" {
		language = r.t("privacy.language", "Language", languageName(p.Language))
	}
	if p.Zone != "" {
		zone = r.t("privacy.zone", "Zone", p.Zone)
	}
	if more := quietList(r, language, zone, p.Workspace); more != "" {
		lines = append(lines, r.t("privacy.platform", "What", more))
	}
	if names := organisationsOf(n, p, func(benchmark.Participant) bool { return true }); names != "" {
		lines = append(lines, r.t("privacy.organisation", "Organisation", names))
	}
	if p.Profession != "" {
		lines = append(lines, r.t("privacy.profession", "Profession", chat.Quiet(string(p.Profession))))
	}
	switch {
	case p.Left:
		lines = append(lines, r.t("privacy.left"))
	case p.Facilitator:
		lines = append(lines, r.t("privacy.facilitator"))
	}
	if p.Muted {
		lines = append(lines, r.t("home.muted"))
	}
	if text, away := awayText(r, n, p); away {
		lines = append(lines, text)
	}
	return lines
}

// languageName is what a language calls itself, if it is one of ours; its tag otherwise.
func languageName(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	if !slices.Contains(locale.Languages(), base) {
		return tag
	}
	return locale.For(base).T("language.name")
}

func quietList(r *request, all ...string) string {
	var words []string
	for _, s := range all {
		if s != "" {
			words = append(words, chat.Quiet(s))
		}
	}
	return r.l.List(words)
}

// whatRemains says where what is erased still lies for a while, and until when.
func (r *request) whatRemains(ctx context.Context) ([]string, error) {
	return remainsIn(ctx, r.audience, r.c.tables)
}

func remainsIn(ctx context.Context, a audience, tables *bot.Tables) ([]string, error) {
	remains, err := tables.Remains(ctx)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, copied := range remains {
		id := "remains." + string(copied.Where)
		if copied.Until.IsZero() {
			lines = append(lines, a.t(id+"-unknown"))
			continue
		}
		lines = append(lines, a.t(id, "Until", a.when(copied.Until)))
	}
	if len(lines) == 0 {
		lines = []string{a.t("remains.nothing")}
	}
	return lines, nil
}
