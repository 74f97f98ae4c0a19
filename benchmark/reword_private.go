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
	times int // how often
	at    time.Time
	edit  time.Time                // from when on posts are edited
	by    ParticipantID            // who took them out, and is told where they remain
	of    ParticipantID            // in whose own messages they may stay
	from  map[IndicatorID]struct{} // beside which they stood
}

// privateKey is the key of a private post of a round: of its draft or of somebody's view,
// by the closing or publication that it shows.
func privateKey(kind DutyKind, r *Round, number int, p Participant) string {
	return dutyKey(string(kind), r.ID, strconv.Itoa(number), string(p.ID))
}

// privatelySent notes of a duty that is done that it is a private post that stands.
func privatelySent(n *Network, key string, at time.Time) {
	part := strings.Split(key, "/")
	if !isPrivate(key) || len(part) < 4 {
		return
	}
	r := n.rounds[RoundID(part[1])]
	number, _ := strconv.Atoi(part[2])
	if r == nil || r.hasSent(key) {
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

// hasSent says whether a private post with the key was sent.
func (r *Round) hasSent(key string) bool {
	return slices.ContainsFunc(r.private, func(x privatePost) bool { return x.key == key })
}

// privateRevision counts the states of the round's private posts.
func (r *Round) privateRevision() int { return 1 + r.gone.times }

// rewordPrivately notes that words of somebody's have gone from a round: private posts
// that repeat them are edited.
func rewordPrivately(n *Network, e Event, r *Round, i IndicatorID, of ParticipantID, after time.Duration) {
	if r.Closings == 0 {
		return
	}
	if r.gone.at != e.At || r.gone.by != e.By {
		r.gone.from = map[IndicatorID]struct{}{}
	}
	r.gone = wordsGone{times: r.gone.times + 1, at: e.At, edit: e.At.Add(after), by: e.By, of: of, from: r.gone.from}
	r.gone.from[i] = struct{}{}
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
			if d, reaches := privateEdit(a.n, r, x); reaches {
				a.owe(d)
			}
		}
		a.remainsDuty(r)
	}
}

// privateEdit is the edit of a private post as the round is now. reaches is false where
// there is nobody any more in whose messages it could be found.
func privateEdit(n *Network, r *Round, x privatePost) (d Duty, reaches bool) {
	p, _ := n.Participant(x.participant)
	d = Duty{
		Key: x.key, Kind: x.kind, Revision: r.privateRevision(), NotBefore: r.gone.edit, NotAfter: r.gone.at.Add(rewordedFor),
		OnlyEdit: true, Sent: x.sent, Participant: p.ID, Round: r.ID,
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
		told := d.Kind == RemainsDuty && r.ID == d.Round
		for _, f := range n.farewells {
			told = told || d.Key == f.key() && r.gone.at.Equal(f.asked)
		}
		if told {
			with, in, _ := wordsRemain(n, r)
			people, posts = append(people, with...), posts+in
		}
	}
	return people, posts
}

// mayReword says whether any post may yet be edited in which words stand of somebody who is
// being erased.
func mayReword(n *Network, f farewell) bool {
	return slices.ContainsFunc(n.rewordedPrivately, func(r *Round) bool {
		_, _, waiting := wordsRemain(n, r)
		return waiting && r.gone.at.Equal(f.asked)
	})
}

// wordsRemain is WordsRemain for what was taken out of a round last, and says whether any
// of it may yet be edited.
func wordsRemain(n *Network, r *Round) (people []ParticipantID, posts int, waiting bool) {
	stands := func(key string, revision int) bool {
		state := n.discharges[key]
		waits := !state.settled(revision)
		waiting = waiting || waits
		return waits || state.Dropped != ""
	}
	for _, x := range r.private {
		d, reaches := privateEdit(n, r, x)
		switch {
		case !reaches && x.participant == r.gone.of: // they have it themselves
		case !reaches && !n.discharges[x.key].settled(d.Revision), reaches && stands(x.key, d.Revision):
			people = append(people, x.participant)
		}
	}
	for i := range r.gone.from {
		for _, s := range n.Seats {
			d := comparisonDuty(r, s, i, r.Published)
			if n.discharges[d.Key].Post != (Post{}) && stands(d.Key, d.Revision) {
				posts++
			}
		}
	}
	return people, posts, waiting
}

// remainsAfter is how long an outage of a platform may last before somebody is told that
// their words stand there still.
const remainsAfter = 24 * time.Hour

// remainsDuty: who took words out is told where they remain, once that is known.
func (a *agenda) remainsDuty(r *Round) {
	by, known := a.n.Participant(r.gone.by)
	if !known || !by.isReachable() || by.Left {
		return
	}
	people, posts, waiting := wordsRemain(a.n, r)
	if len(people)+posts == 0 {
		return
	}
	from := r.gone.at
	if waiting {
		from = from.Add(remainsAfter)
	}
	a.owe(Duty{
		Key: dutyKey("remains", r.ID, strconv.Itoa(r.gone.times), string(by.ID)), Kind: RemainsDuty,
		NotBefore: from, NotAfter: r.gone.at.Add(noticedFor), Participant: by.ID, Round: r.ID,
	})
}

// dropRewordedPrivately forgets the rounds whose private posts are up to date.
func dropRewordedPrivately(n *Network, at time.Time) {
	n.rewordedPrivately = slices.DeleteFunc(n.rewordedPrivately, func(r *Round) bool {
		people, posts, _ := wordsRemain(n, r)
		return len(people)+posts == 0 || at.After(r.gone.at.Add(rewordedFor))
	})
}
