package commands_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/locale"
)

// foundNetwork makes a network behind the scenes.
func foundNetwork(s *stage, a arguments) error {
	facilitator, err := s.chat.Platform(homeConnection).Person(s.ctx, person(a.word(0)))
	if err != nil {
		return err
	}
	settings := benchmark.DefaultSettings()
	settings.Zone, settings.Language = "Europe/Stockholm", a.option("language", "en")
	settings.Holidays = a.option("holidays", "")
	settings.Visibility = benchmark.Visibility(a.option("visibility", "named"))
	f := benchmark.Found{
		ID: networkID, Name: a.word(1), Settings: settings, Seed: 7,
		Connection: s.channel.Connection, Channel: s.channel.Channel, Mine: a.option("mine", ""),
		Founder: benchmark.Identity{Connection: homeConnection, User: facilitator.ID.User, Name: facilitator.Name, Language: facilitator.Language},
	}
	for name := range strings.SplitSeq(a.option("organisations", "North, South, East"), ",") {
		f.Organisations = append(f.Organisations, strings.TrimSpace(name))
	}
	t, err := a.template(a.option("template", "ward.yaml"))
	if err != nil {
		return err
	}
	f.TemplateName, f.Indicators = t.Name, t.Indicators
	if f.Rehearsal = a.option("rehearsal", "") == "yes"; f.Rehearsal {
		s.checks.rehearsal = locale.For(settings.Language).T("rehearsal.mark")
	}
	_, err = s.tables.Found(s.ctx, benchmark.Actor{}, f)
	return s.then(err)
}

// joinQuietly has somebody join and be confirmed, behind the scenes.
func joinQuietly(s *stage, a arguments) error {
	who := person(a.word(0))
	p, err := s.chat.Platform(who.Connection).Person(s.ctx, who)
	if err != nil {
		return err
	}
	join := benchmark.Join{
		Person:       benchmark.Identity{Connection: who.Connection, User: who.User, Name: p.Name, Language: p.Language, Zone: p.Zone, Workspace: p.Workspace, Guest: p.Guest},
		Organisation: a.word(1), Profession: benchmark.Profession(a.word(2)),
	}
	t, err := s.tables.Table(s.ctx, networkID)
	if err != nil {
		return err
	}
	if _, err := t.Do(s.ctx, benchmark.Actor{}, join); err != nil {
		return err
	}
	var me benchmark.Participant
	t.Read(func(n *benchmark.Network) { me, _ = n.At(benchmark.Address(who)) })
	if !me.Confirmed {
		err = s.vouch(t, me)
	}
	if err != nil {
		return err
	}
	return s.quietly()
}

// vouch has a member of the organisation say that somebody belongs there, or else the
// facilitator.
func (s *stage) vouch(t *bot.Table, newcomer benchmark.Participant) error {
	by := benchmark.ParticipantID("p1")
	t.Read(func(n *benchmark.Network) {
		if members := n.Members(newcomer.Organisation); len(members) > 0 {
			by = members[0].ID
		}
	})
	_, err := t.Do(s.ctx, benchmark.Actor{By: by}, benchmark.Vouch{Newcomer: newcomer.ID, Yes: true})
	return err
}

// recordPast adds figures of earlier rounds.
func recordPast(s *stage, a arguments) error {
	h := benchmark.RecordHistory{Unlikely: true}
	var org benchmark.Organisation
	var i benchmark.Indicator
	s.read(func(n *benchmark.Network) {
		org, _ = n.OrganisationNamed(a.word(0))
		i, _ = n.Template().Indicator(benchmark.IndicatorID(a.word(1)))
	})
	for period, figure := range a.options {
		var f benchmark.Figure
		over, under, quotient := strings.Cut(figure, "/")
		x, err := locale.ParseNumber(over)
		if err != nil {
			return err
		}
		f.Value = x
		if quotient {
			y, err := locale.ParseNumber(under)
			if err != nil {
				return err
			}
			f = benchmark.Figure{Numerator: x, Denominator: y}
		}
		h.Figures = append(h.Figures, benchmark.Recorded{Organisation: org.ID, Indicator: i.ID, Period: period, Figure: f})
	}
	return s.then(s.decide(h))
}

// then goes on quietly when nothing went wrong.
func (s *stage) then(err error) error {
	if err != nil {
		return err
	}
	return s.quietly()
}

// did takes note of what somebody did, and has the bot do what it owes.
func (s *stage) did(seen playground.Seen, err error) error {
	s.last = seen.ID
	if err != nil {
		return err
	}
	return s.settle()
}

// enters opens somebody's own page. The playground has none, so it stands in their
// direct conversation, where its buttons are pressed as on the page.
func (s *stage) enters(who chat.PersonID) error {
	platform := s.chat.Platform(who.Connection)
	p, err := platform.Person(s.ctx, who)
	if err != nil {
		return err
	}
	s.entered++
	r := s.checks.handle(s.commands.Handle)(s.ctx, chat.Incoming{
		ID: fmt.Sprint("entered-", s.entered), From: p, Channel: playground.Direct(who), Direct: true, What: chat.Entered{},
	})
	if r.Message == nil || r.Form != nil {
		return fmt.Errorf("the page is %+v", r)
	}
	if _, err := platform.Direct(s.ctx, who, *r.Message); err != nil {
		return err
	}
	return s.settle()
}

// place is where somebody writes: the channel of the network, their direct
// conversation, or a channel of the other connection.
func (s *stage) place(a arguments) chat.ChannelID {
	switch at := a.option("at", ""); {
	case at == "direct":
		return playground.Direct(person(a.word(0)))
	case strings.HasPrefix(at, "other/"):
		return chat.ChannelID{Connection: "other", Channel: strings.TrimPrefix(at, "other/")}
	}
	return s.channel
}

var errNoPost = errors.New("no such post")

// root finds the newest root in a channel that begins so.
func (s *stage) root(in chat.ChannelID, begins string) (chat.PostID, error) {
	for _, p := range slices.Backward(s.chat.Posts(in)) {
		if strings.HasPrefix(p.Message.Text, begins) {
			return p.ID, nil
		}
	}
	return chat.PostID{}, fmt.Errorf("%w: %q", errNoPost, begins)
}

// message finds the newest message in a channel, its threads included, that
// begins so.
func (s *stage) message(in chat.ChannelID, begins string) (chat.PostID, error) {
	for _, root := range slices.Backward(s.chat.Posts(in)) {
		for _, p := range slices.Backward(append([]playground.Post{root}, s.chat.Thread(root.ID)...)) {
			if s.begins(p.Message, begins) {
				return p.ID, nil
			}
		}
	}
	return chat.PostID{}, fmt.Errorf("%w: %q", errNoPost, begins)
}

// begins says whether a message begins with the words, perhaps after its network's name.
func (s *stage) begins(m chat.Message, words string) bool {
	_, after, _ := strings.Cut(m.Text, " · ")
	return strings.HasPrefix(m.Text, words) || strings.HasPrefix(after, words)
}

// journalHolds is an error unless the words stand somewhere in the journal, or,
// when they shall not, nowhere.
func (s *stage) journalHolds(words string, want bool) error {
	for e, err := range s.journal.Read(s.ctx, networkID, 1) {
		if err != nil {
			return err
		}
		if strings.Contains(string(e.Data), words) {
			if want {
				return nil
			}
			return fmt.Errorf("the journal holds %q: %s", words, e.Data)
		}
	}
	if want {
		return fmt.Errorf("the journal does not hold %q", words)
	}
	return nil
}

// withButton finds the newest post that a person sees with the button, which
// begins so.
func (s *stage) withButton(who chat.PersonID, label, begins string) (id chat.PostID, err error) {
	var found playground.Post
	for _, p := range s.visible(who) {
		for _, b := range buttonsOf(p.Message) {
			is := b.Label == label || b.Action == label || b.Action+"/"+b.Value == label
			if is && s.begins(p.Message, begins) && !p.At.Before(found.At) {
				found = p
			}
		}
	}
	if found.ID == (chat.PostID{}) {
		return id, fmt.Errorf("%w: button %q under %q", errNoPost, label, begins)
	}
	return found.ID, nil
}

// visible are all posts of the bot that a person sees, private ones last.
func (s *stage) visible(who chat.PersonID) []playground.Post {
	var all []playground.Post
	for _, in := range s.chat.Channels() {
		if in.Connection != who.Connection {
			continue
		}
		for _, root := range s.chat.Posts(in) {
			all = append(append(all, root), s.chat.Thread(root.ID)...)
		}
	}
	return append(append(all, s.chat.Directs(who)...), s.chat.Private(who)...)
}

func buttonsOf(m chat.Message) []chat.Button {
	var all []chat.Button
	for _, b := range m.Blocks {
		if row, ok := b.(chat.Buttons); ok {
			all = append(all, row.Buttons...)
		}
	}
	return all
}

// sendAsItIs sends the open form without touching it; what a platform would
// not send is closed.
func (s *stage) sendAsItIs(who chat.PersonID, what string) {
	seen, err := s.chat.Fill(s.ctx, who, nil)
	switch {
	case errors.Is(err, playground.ErrImpossible):
	case err != nil:
		s.checks.fault("%s, and sends the form: %v", what, err)
	case seen.Form == nil && seen.Private == nil:
		s.checks.fault("%s, and sends the form: no answer", what)
	}
	_ = s.chat.Cancel(who) // if it is still open
}

// deactivate has the platform deactivate somebody's account, or activate it again, and
// tell of it.
func (s *stage) deactivate(who chat.PersonID, gone bool) error {
	p := chat.Person{ID: who}
	for _, known := range s.chat.People() {
		if known.ID == who {
			p = known
		}
	}
	p.Gone = gone
	if err := s.chat.Join(p); err != nil {
		return err
	}
	s.commands.Handle(s.ctx, chat.Incoming{ID: "account", From: chat.Person{ID: who}, What: chat.Account{Gone: gone}})
	return s.settle()
}
