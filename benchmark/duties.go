package benchmark

import (
	"strconv"
	"strings"
)

// newcomers: those who chose an organisation that has members are vouched for
// by one of them or, where none can be asked, by a facilitator. Who was turned
// away and comes again is asked about again.
func (w *watch) newcomers() {
	for _, p := range w.n.Participants {
		if p.Left || p.Address.User == "" {
			continue
		}
		if p.verdicts > 0 {
			w.owe(Duty{
				Key: join("welcome", p.ID, strconv.Itoa(p.verdicts)), Kind: WelcomeDuty,
				Participant: p.ID, Newcomer: p.ID,
			})
		}
		if p.Confirmed || p.Organisation == "" {
			continue
		}
		for _, m := range w.n.Vouchers(p) {
			w.owe(Duty{
				Key: join("confirm", p.ID, string(p.Organisation), string(m.ID), strconv.Itoa(p.verdicts)), Kind: ConfirmDuty,
				Participant: m.ID, Newcomer: p.ID,
			})
		}
	}
}

// Vouchers are those who are asked whether a newcomer belongs to the
// organisation they chose: its members, or else the facilitators.
func (n *Network) Vouchers(p Participant) []Participant {
	if members := n.Members(p.Organisation); len(members) > 0 {
		return members
	}
	return n.Facilitators()
}

// templateTopic: the template's own thread stands once somebody has used it.
func (w *watch) templateTopic() {
	t := w.n.topics[TemplateTopic]
	if t == nil {
		return
	}
	for _, s := range w.n.Seats {
		w.owe(Duty{Key: join("template", s.ID), Kind: TemplateDuty, NotBefore: s.Taken, Seat: s.ID, Topic: TemplateTopic})
	}
}

// relays: what was said at one seat is said at the others, and changed there when
// it is changed.
func (w *watch) relays() {
	for _, r := range w.n.relays {
		c := *w.n.at(r)
		for _, s := range w.n.Seats {
			root, stands := w.n.topics[r.topic].Roots[s.ID]
			if !stands || !w.n.toRelay(c, s.ID, w.now) {
				continue
			}
			d := Duty{
				Key: relayKey(c, s.ID), Kind: RelayDuty, Revision: c.Revision, NotBefore: c.At, Seat: s.ID,
				Topic: r.topic, Contribution: r.index, Thread: root, OnlyEdit: c.Withdrawn,
			}
			state := w.n.discharges[d.Key]
			if state.Done > 0 || c.Withdrawn {
				d.NotBefore = c.Changed
			}
			if !c.Withdrawn {
				d.NotAfter = relayedUntil(c, state)
			}
			w.owe(d)
		}
	}
}

// round: what a round owes depends on its phase.
func (w *watch) round(r *Round) {
	for _, s := range w.n.Seats {
		key := join("opening", r.ID, string(s.ID))
		if w.concerns(r, s, r.Opened, key) {
			w.owe(Duty{
				Key: key, Kind: OpeningDuty, Revision: r.openingRevision,
				NotBefore: later(r.Opened, s.Taken), Seat: s.ID, Round: r.ID, Topic: RoundTopic(r.ID),
			})
		}
	}
	switch r.Phase {
	case Open:
		w.owe(Duty{
			Key: join("close", r.ID, strconv.Itoa(r.Closings+1)), Kind: CloseDuty,
			NotBefore: r.Closes, Round: r.ID,
		})
		if r.Closings == 0 {
			w.nudges(r)
		}
	case Closed:
		w.drafts(r)
	case Published:
		w.results(r)
	}
}

func (w *watch) drafts(r *Round) {
	for _, f := range w.n.Facilitators() {
		if f.Address.User != "" {
			w.owe(Duty{
				Key: join("draft", r.ID, strconv.Itoa(r.Closings), string(f.ID)), Kind: DraftDuty,
				NotBefore: r.Closed, Participant: f.ID, Round: r.ID,
			})
		}
	}
	if after := w.n.Settings.PublishAfter; after > 0 {
		w.owe(Duty{
			Key: join("publish", r.ID, strconv.Itoa(r.Closings)), Kind: PublishDuty,
			NotBefore: r.Closed.Add(after), Round: r.ID,
		})
	}
}

// results: the summary stands before its comparisons do, and those in the
// template's order; then everybody's own view.
func (w *watch) results(r *Round) {
	t, _ := w.n.TemplateVersion(r.Template)
	corrections := 0
	for _, many := range r.corrected {
		corrections += many
	}
	for _, s := range w.n.Seats {
		key := join("summary", r.ID, string(s.ID))
		if !w.concerns(r, s, r.Published, key) {
			continue
		}
		w.owe(Duty{
			Key: key, Kind: SummaryDuty, Revision: r.Publications + corrections,
			NotBefore: later(r.Published, s.Taken), Seat: s.ID, Round: r.ID, Topic: SummaryTopic(r.ID),
		})
		if w.n.discharges[key].Done == 0 {
			continue
		}
		for _, i := range t.Indicators {
			w.owe(Duty{
				Key: join("comparison", r.ID, string(i.ID), string(s.ID)), Kind: ComparisonDuty,
				Revision: r.Publications + r.corrected[i.ID], NotBefore: later(r.Published, s.Taken),
				Seat: s.ID, Round: r.ID, Indicator: i.ID, Topic: ComparisonTopic(r.ID, i.ID),
			})
		}
	}
	for _, p := range w.n.Participants {
		if p.Active() && p.Address.User != "" && r.Answered(p.Organisation) > 0 {
			w.owe(Duty{
				Key: join("private", r.ID, strconv.Itoa(r.Publications), string(p.ID)), Kind: PrivateDuty,
				NotBefore: r.Published, Participant: p.ID, Round: r.ID,
			})
		}
	}
}

// join makes a duty's key of its parts.
func join[T ~string](kind string, first T, rest ...string) string {
	return strings.Join(append([]string{kind, string(first)}, rest...), "/")
}
