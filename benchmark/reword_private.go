package benchmark

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// privatePost is a message that somebody got alone and that repeats what organisations
// wrote: their own view of a round, or its draft.
type privatePost struct {
	key         string // of the duty
	kind        DutyKind
	participant ParticipantID
	number      int // of the publication or closing that it shows
	sent        time.Time
}

// wordsGone says that words have gone from a round of which people got private posts.
type wordsGone struct {
	revision int // of the private posts without them
	at       time.Time
	edit     time.Time           // from when on posts are edited
	by       ParticipantID       // who took them out, and is told where they remain
	of       ParticipantID       // in whose own messages they may stay
	from     map[IndicatorID]int // beside which they stood, and its comparison's revision without them
}

// remainsKey is the key of the duty to tell who took the words out where they remain.
func (g wordsGone) remainsKey(r *Round) string {
	return dutyKey("remains", r.ID, strconv.Itoa(g.revision-1), string(g.by))
}

// isErased says whether they are the words of somebody who was erased.
func (g wordsGone) isErased(f farewell) bool { return g.of == f.participant && g.at.Equal(f.asked) }

// privateKey is the key of a private post of a round: of its draft or of somebody's view,
// by the closing or publication that it shows.
func privateKey(kind DutyKind, r *Round, number int, p Participant) string {
	return dutyKey(string(kind), r.ID, strconv.Itoa(number), string(p.ID))
}

// privatelySent notes of a duty that is done for the first time that it is a private post
// that stands.
func privatelySent(n *Network, key string, at time.Time) {
	part := strings.Split(key, "/")
	if !isPrivate(key) || len(part) < 4 {
		return
	}
	r := n.rounds[RoundID(part[1])]
	number, _ := strconv.Atoi(part[2])
	if r == nil {
		return
	}
	r.private = append(r.private, privatePost{key, DutyKind(part[0]), ParticipantID(part[3]), number, at})
	if n.discharges[key].Done < r.privateRevision() { // words went while it was on its way
		markRewordedPrivately(n, r)
	}
}

// isPrivate says whether a duty with the key is a private post about a round.
func isPrivate(key string) bool {
	return strings.HasPrefix(key, string(PrivateDuty)+"/") || strings.HasPrefix(key, string(DraftDuty)+"/")
}

func markRewordedPrivately(n *Network, r *Round) {
	if !slices.Contains(n.rewordedPrivately, r) {
		n.rewordedPrivately = append(n.rewordedPrivately, r)
	}
}

// privateRevision counts the states of the round's private posts.
func (r *Round) privateRevision() int { return 1 + r.timesGone }

// rewordPrivately notes that words of somebody's have gone from a round: private posts
// that repeat them are edited. Comparisons have their revision without them already.
func rewordPrivately(n *Network, e Event, r *Round, i IndicatorID, of ParticipantID, after time.Duration) {
	if r.Closings == 0 {
		return
	}
	r.timesGone++
	untold := func(g wordsGone) bool {
		return g.by == e.By && g.of == of && n.discharges[g.remainsKey(r)].Done == 0
	}
	k := slices.IndexFunc(r.gone, untold)
	if k < 0 {
		r.gone = slices.DeleteFunc(r.gone, func(g wordsGone) bool {
			people, posts, _ := wordsRemain(n, r, g)
			return len(people)+posts == 0 || e.At.After(g.at.Add(rewordedFor))
		})
		k = len(r.gone)
		r.gone = append(r.gone, wordsGone{by: e.By, of: of, from: map[IndicatorID]int{}})
	}
	g := &r.gone[k]
	g.revision, g.at, g.edit = r.privateRevision(), e.At, e.At.Add(after)
	g.from[i] = r.resultRevision(i)
	markRewordedPrivately(n, r)
}

// rewordedTogether is how long more corrections are waited for: they come one after the
// other.
const rewordedTogether = time.Minute

// rewordedFor is how long it is tried to edit what people got privately.
const rewordedFor = 30 * 24 * time.Hour

// rewordPrivateDuties: what people got privately is edited too, and who took the words out
// is told where that can't be.
func (a *agenda) rewordPrivateDuties() {
	for _, r := range a.n.rewordedPrivately {
		for _, x := range r.private {
			if a.n.discharges[x.key].settled(r.privateRevision()) {
				continue
			}
			if d, reaches := privateEdit(a.n, r, x); reaches {
				a.owe(d)
			}
		}
		for _, g := range r.gone {
			a.remainsDuty(r, g)
		}
	}
}

// privateEdit is the edit of a private post as the round is now: as soon as any of the words
// in it may go. reaches is false where there is nobody any more in whose messages it could be
// found.
func privateEdit(n *Network, r *Round, x privatePost) (d Duty, reaches bool) {
	p, _ := n.Participant(x.participant)
	d = Duty{
		Key: x.key, Kind: x.kind, Revision: r.privateRevision(),
		OnlyEdit: true, Sent: x.sent, Participant: p.ID, Round: r.ID,
	}
	stands := n.discharges[x.key].Stands
	for _, g := range r.gone {
		if stands < g.revision && (d.NotBefore.IsZero() || g.edit.Before(d.NotBefore)) {
			d.NotBefore = g.edit
		}
		d.NotAfter = later(d.NotAfter, g.at.Add(rewordedFor))
	}
	role, sees := stillSees(n, r, x, p)
	if d.TakenOut = !sees; sees && x.kind == PrivateDuty {
		d.Organisation = role.Organisation
	}
	return d, p.isReachable()
}

// stillSees says whether what a private post shows is its reader's to see still, and in
// which of their roles; otherwise nothing of it is shown anew.
func stillSees(n *Network, r *Round, x privatePost, p Participant) (role Participant, sees bool) {
	if p.Left {
		return p, false
	}
	if x.kind == DraftDuty {
		return p, p.Facilitator && r.Phase == Closed && x.number == r.Closings
	}
	for role := range p.Roles() {
		if roleKey(privateKey(PrivateDuty, r, x.number, p), role) == x.key {
			return role, role.ConfirmedBefore(r.Published) && n.MaySeeOwn(role, r) && standsAnswered(r, role.Organisation)
		}
	}
	return p, false
}

// standsAnswered says whether an organisation has answered anything of what is shown of
// the round.
func standsAnswered(r *Round, o OrganisationID) bool {
	if _, again := r.ReopenedAt(); !again {
		return r.Answered(o) > 0
	}
	for slot, many := range r.reopened.standing {
		if s := r.Submissions[slot]; slot.Organisation == o && s != nil && s.Versions[many-1].Answer != "" {
			return true
		}
	}
	return false
}

// WordsRemain returns, for a RemainsDuty or a FarewellDuty, where words still stand that were
// taken out: in whose private messages, as far as they are known, and in how many posts in
// channels. There the platform refuses an edit, or hasn't taken it yet.
func WordsRemain(n *Network, d Duty) (people []ParticipantID, posts int) {
	for _, r := range n.rewordedPrivately {
		for _, g := range r.gone {
			told := d.Kind == RemainsDuty && d.Key == g.remainsKey(r)
			for _, f := range n.farewells {
				told = told || d.Key == f.key() && g.isErased(f)
			}
			if told {
				with, in, _ := wordsRemain(n, r, g)
				people, posts = append(people, with...), posts+in
			}
		}
	}
	return people, posts
}

// mayReword says whether any post may yet be edited in which words stand of somebody who is
// being erased.
func mayReword(n *Network, f farewell) bool {
	return slices.ContainsFunc(n.rewordedPrivately, func(r *Round) bool {
		return slices.ContainsFunc(r.gone, func(g wordsGone) bool {
			_, _, waiting := wordsRemain(n, r, g)
			return waiting && g.isErased(f)
		})
	})
}

// wordsRemain is WordsRemain for what was taken out of a round at once, and says whether any
// of it may yet be edited.
func wordsRemain(n *Network, r *Round, g wordsGone) (people []ParticipantID, posts int, waiting bool) {
	for _, x := range r.private {
		state := n.discharges[x.key]
		if state.Stands >= g.revision {
			continue
		}
		p, _ := n.Participant(x.participant)
		reaches := p.isReachable()
		if !reaches && x.participant == g.of { // they have it themselves
			continue
		}
		people = append(people, x.participant)
		waiting = waiting || reaches && !state.settled(r.privateRevision())
	}
	for i, without := range g.from {
		for _, s := range n.Seats {
			d := wordsDuty(r, s, i)
			if state := n.discharges[d.Key]; state.Post != (Post{}) && state.Stands < without {
				posts++
				waiting = waiting || !state.settled(d.Revision)
			}
		}
	}
	return people, posts, waiting
}

// remainsAfter is how long an outage of a platform may last before somebody is told that
// their words stand there still.
const remainsAfter = 24 * time.Hour

// remainsDuty: who took words out is told where they remain, once that is known.
func (a *agenda) remainsDuty(r *Round, g wordsGone) {
	by, known := a.n.Participant(g.by)
	if !known || !by.isReachable() || by.Left {
		return
	}
	people, posts, waiting := wordsRemain(a.n, r, g)
	if len(people)+posts == 0 {
		return
	}
	from := g.at
	if waiting {
		from = from.Add(remainsAfter)
	}
	a.owe(Duty{
		Key: g.remainsKey(r), Kind: RemainsDuty,
		NotBefore: from, NotAfter: g.at.Add(noticedFor), Participant: by.ID, Round: r.ID,
	})
}

// dropRewordedPrivately forgets the rounds whose private posts aren't edited any more. To look
// whether all are up to date at each of them would cost more than to keep them until then.
func dropRewordedPrivately(n *Network, at time.Time) {
	n.rewordedPrivately = slices.DeleteFunc(n.rewordedPrivately, func(r *Round) bool {
		return !slices.ContainsFunc(r.gone, func(g wordsGone) bool { return !at.After(g.at.Add(rewordedFor)) })
	})
}
