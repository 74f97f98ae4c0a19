package benchmark

import (
	"slices"
	"strconv"
	"time"
)

// Notice is something that every seat is told once: it changes what people were
// promised, or who leads.
type Notice struct {
	// ID is the number of the event that it tells of, At when that was, and By who
	// did it; empty for the bot.
	ID uint64
	At time.Time
	By ParticipantID
	// About names the words: one of the constants below.
	About string

	// What it is about; which are set depends on About.
	Participant  ParticipantID
	Organisation OrganisationID
	Round        RoundID
	Template     int // its version
	// Besides are those that came in with it.
	Besides []OrganisationID
	// Into is the one that it was merged into.
	Into OrganisationID
	// Old is the organisation's name before, or the network's; New the network's since.
	Old, New string
	// Seat is the one that posts can't reach, or not whole, and Why a platform's word
	// for the reason. Alone: it is so for one post, others being taken.
	Seat  SeatID
	Why   string
	Alone bool
	// Kept: what an organisation that is gone had answered stays; Dropped: it is gone too.
	Kept, Dropped bool
	// Came: they come to Into by it.
	Came bool
	// To are the people who are told, each alone; none: every seat is.
	To []ParticipantID
	// Waiting is what a SoughtNotice is about, the longest first; early journals don't
	// say. Settled is [Decided] or [Led] once none of it waits any more; until then empty.
	Waiting []Waiting
	Settled string
	// Was and Now are the settings before and after.
	Was, Now Settings

	// nth of those of one event, of which more than one are for the same person; from 0.
	nth int
	// revision counts how it has read, from 1, and changed is since when.
	revision int
	changed  time.Time
}

// What notices are about.
const (
	SettingsNotice    = "settings"      // what the network is called or has agreed on
	LeadsNotice       = "leads"         // somebody leads the network too
	YouLeadNotice     = "you-lead"      // to who leads since then
	LeadsNoMoreNotice = "leads-no-more" // somebody doesn't any more
	DismissedNotice   = "dismissed"     // to them and to the others who lead: it was another one's word
	HandedOverNotice  = "handed-over"   // somebody leads in place of who did it
	SoughtNotice      = "sought"        // nobody decides what only a facilitator can: choose one
	ProposedNotice    = "proposed"      // an organisation names somebody
	ChosenNotice      = "chosen"        // a second one does: they lead
	ReopenedNotice    = "reopened"      // a round is open again
	ExtendedNotice    = "extended"      // a round has other deadlines
	ShownAgainNotice  = "shown-again"   // late answers are shown
	DefinitionNotice  = "definition"    // the template has a new version
)

// noticedFor is how long a seat may be told. Later it would be no news.
const noticedFor = 7 * 24 * time.Hour

// announce has every seat told, below the opening post of a round, which says so.
func announce(n *Network, e Event, what Notice, under *Round) {
	n.notify(e, what)
	if under != nil && !slices.Contains(under.announced, what.About) {
		under.announced = append(under.announced, what.About)
	}
}

// Announced returns what stands below a round's opening post, by what the notices are about:
// each once, in the order in which it was first so.
func Announced(r *Round) []string { return r.announced }

// notify has every seat told of what the event did.
func (n *Network) notify(e Event, what Notice) {
	what.ID, what.At, what.By, what.revision, what.changed = e.Seq, e.At, e.By, 1, e.At
	n.notices = slices.DeleteFunc(n.notices, func(old Notice) bool {
		passed := e.At.Sub(old.changed) > noticedFor && !standsOutdated(n, old) && old.ID != n.sought.notice
		if passed && (old.names(old.By) || old.names(old.Participant)) {
			n.pastNotices = append(n.pastNotices, old)
		}
		return passed
	})
	for _, one := range n.notices {
		if one.ID == what.ID && slices.ContainsFunc(what.To, one.isTo) {
			what.nth = one.nth + 1
		}
	}
	n.notices = append(n.notices, what)
}

// names says whether the notice, as it stands at seats, tells somebody's name.
func (o Notice) names(who ParticipantID) bool {
	return who != "" && len(o.To) == 0 && o.About != DefinitionNotice && (o.By == who || o.Participant == who)
}

func noticeKey[T ~string](o Notice, to T) string {
	key := dutyKey("notice", strconv.FormatUint(o.ID, 10), string(to))
	if o.nth > 0 {
		key += "/" + strconv.Itoa(o.nth)
	}
	return key
}

// standsOutdated says whether the notice stands at a seat as it doesn't read any more.
func standsOutdated(n *Network, o Notice) bool {
	return o.revision > 1 && slices.ContainsFunc(n.Seats, func(s Seat) bool {
		state := n.discharges[noticeKey(o, s.ID)]
		return state.Begun > 0 && !state.settled(o.revision)
	})
}

// unnameInNotices has the notices edited, however old, that name somebody who has no
// name any more.
func unnameInNotices(n *Network, e Event, who ParticipantID) {
	names := func(one Notice) bool { return one.names(who) }
	for _, old := range n.pastNotices {
		if names(old) {
			n.notices = append(n.notices, old)
		}
	}
	n.pastNotices = slices.DeleteFunc(n.pastNotices, names)
	for k := range n.notices {
		if one := &n.notices[k]; names(*one) {
			one.revision++
			one.changed = e.At
		}
	}
}

// NoticeOf returns what a NoticeDuty tells.
func (n *Network) NoticeOf(d Duty) (Notice, bool) {
	k := slices.IndexFunc(n.notices, func(one Notice) bool { return one.ID == d.Notice && one.isFor(d) })
	if k < 0 {
		return Notice{}, false
	}
	return n.notices[k], true
}

// isFor says whether a duty tells the notice: to somebody alone or, if nobody is named, at a
// seat.
func (o Notice) isFor(d Duty) bool {
	return d.Participant == "" && len(o.To) == 0 || o.isTo(d.Participant) && d.Key == noticeKey(o, d.Participant)
}

func (o Notice) isTo(p ParticipantID) bool { return slices.Contains(o.To, p) }

// noticeDuties: a notice is a reply under the post that carries the talk of the day.
// One that asks everybody to do something is a post of its own.
func (a *agenda) noticeDuties() {
	for _, notice := range a.n.notices {
		if len(notice.To) > 0 {
			a.noticePeople(notice)
			continue
		}
		for _, s := range a.n.Seats {
			a.noticeSeat(notice, s)
		}
	}
}

// noticeSeat: while it is news it is posted at the seats at the table; where it stands, or
// may, it is edited for as long as that takes.
func (a *agenda) noticeSeat(notice Notice, s Seat) {
	state := a.n.discharges[noticeKey(notice, s.ID)]
	d := Duty{
		Key: noticeKey(notice, s.ID), Kind: NoticeDuty, Revision: notice.revision,
		NotBefore: notice.changed, NotAfter: notice.At.Add(noticedFor), Seat: s.ID, Notice: notice.ID,
	}
	if isOneOf(notice.About, ExtendedNotice, ShownAgainNotice) {
		if state.Begun == 0 && isPassed(a.n, notice) {
			return
		}
		d.NotBefore = notice.changed.Add(announcedTogether)
	}
	switch edits := notice.revision > 1 && state.Begun > 0; {
	case edits:
		d.OnlyEdit = notice.Settled != "" || state.Done > 0 || !s.Left.IsZero() || !a.now.Before(d.NotAfter)
		d.NotAfter = time.Time{}
	case !s.Left.IsZero(), notice.At.Before(s.Taken):
		return
	case notice.Settled != "": // nobody heard of it there, and nobody does
		d.Revision, d.OnlyEdit = 1, true
	}
	if notice.About != SoughtNotice && notice.About != ProposedNotice {
		d.Thread = a.n.rootOfTheDay(s.ID)
	}
	if t := a.n.topics[RoundTopic(notice.Round)]; t != nil && isOneOf(notice.About, ReopenedNotice, ExtendedNotice, ShownAgainNotice) {
		d.Thread = t.Roots[s.ID]
	}
	a.owe(d)
}

// announcedTogether is how long what changes of a round is waited for: deadlines are mended
// at once, and results stand before it is told that they do.
const announcedTogether = time.Minute

// isPassed says whether what a notice tells of a round isn't so any more, or a later one tells
// it.
func isPassed(n *Network, o Notice) bool {
	phase := Open
	if o.About == ShownAgainNotice {
		phase = Published
	}
	r := n.rounds[o.Round]
	return r == nil || r.Phase != phase || slices.ContainsFunc(n.notices, func(later Notice) bool {
		return later.About == o.About && later.Round == o.Round && later.ID > o.ID
	})
}

// noticePeople: those of the people who can be reached are told.
func (a *agenda) noticePeople(notice Notice) {
	if isOver(a.n, notice) {
		return
	}
	for _, id := range notice.To {
		if p, ok := a.n.Participant(id); ok && !p.Left && p.isReachable() {
			a.owe(Duty{
				Key: noticeKey(notice, p.ID), Kind: NoticeDuty,
				NotBefore: notice.At, NotAfter: notice.At.Add(noticedFor), Participant: p.ID, Notice: notice.ID,
			})
		}
	}
}

// AnnouncesInThread says whether announcements stand below another post, where there is one.
func AnnouncesInThread(n *Network) bool {
	return slices.ContainsFunc(n.Seats, func(s Seat) bool { return s.Left.IsZero() && n.rootOfTheDay(s.ID) != Post{} })
}

// rootOfTheDay is the post at a seat below which announcements stand: the current
// round's opening, or else its summary; zero where neither stands.
func (n *Network) rootOfTheDay(s SeatID) Post {
	if n.current == nil {
		return Post{}
	}
	for _, id := range []TopicID{RoundTopic(n.current.ID), SummaryTopic(n.current.ID)} {
		if t := n.topics[id]; t != nil && t.Roots[s] != (Post{}) {
			return t.Roots[s]
		}
	}
	return Post{}
}
