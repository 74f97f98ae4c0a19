package benchmark

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"roundtable/benchmark/freetext"
)

// networkFounded is the first event of every network.
type networkFounded struct {
	ID       NetworkID `json:"id"`
	Name     string    `json:"name"`
	Settings Settings  `json:"settings"`
	// Seed shuffles the organisations' codes, so that a letter does not
	// tell who joined when.
	Seed uint64 `json:"seed"`
}

var networkFoundedKind = newKind[networkFounded]("network.founded", 1)

func (networkFounded) kind() *eventKind { return networkFoundedKind }

func (b networkFounded) apply(n *Network, e Event) error {
	if b.ID == "" {
		return errors.New("the network has no id")
	}
	n.ID, n.Name, n.Settings, n.seed, n.foundedAt = b.ID, b.Name, b.Settings, b.Seed, e.At
	if zone, err := time.LoadLocation(b.Settings.Zone); err == nil {
		n.location = zone
	}
	n.people = map[Address]ParticipantID{}
	n.workspaces = map[Workspace]OrganisationID{}
	n.rounds = map[RoundID]*Round{}
	n.compared = map[IndicatorID]*Round{}
	n.texts = texts{written: map[TextID]written{}}
	n.threads = newThreads()
	n.learnings = map[int]LearningID{}
	n.discharges = map[string]Discharge{}
	return nil
}

// seatTaken seats a channel of a connection at the table. Linked: by the
// code that was given out, which is used up by it.
type seatTaken struct {
	Seat       SeatID `json:"seat"`
	Connection string `json:"connection"`
	Channel    string `json:"channel"`
	Linked     bool   `json:"linked,omitempty"`
}

var seatTakenKind = newKind[seatTaken]("seat.taken", 1)

func (seatTaken) kind() *eventKind { return seatTakenKind }

func (b seatTaken) apply(n *Network, e Event) error {
	n.Seats = append(n.Seats, Seat{ID: b.Seat, Connection: b.Connection, Channel: b.Channel, Taken: e.At, By: e.By})
	n.offer.used = n.offer.used || b.Linked
	return nil
}

// seatOffered gives out a code with which another channel may take a seat,
// once, until the instant. It takes the place of an earlier one. The code
// itself is nowhere written.
type seatOffered struct {
	Digest string    `json:"digest"`
	Until  time.Time `json:"until"`
}

var seatOfferedKind = newKind[seatOffered]("seat.offered", 1)

func (seatOffered) kind() *eventKind { return seatOfferedKind }

func (b seatOffered) apply(n *Network, _ Event) error {
	n.offer = offer{digest: b.Digest, until: b.Until}
	return nil
}

// seatMoved says that the platform calls a seat's channel otherwise now.
// What stood in it stands in it still.
type seatMoved struct {
	Seat       SeatID `json:"seat"`
	Connection string `json:"connection"`
	Channel    string `json:"channel"`
}

var seatMovedKind = newKind[seatMoved]("seat.moved", 1)

func (seatMoved) kind() *eventKind { return seatMovedKind }

// apply has everything that stands in the channel stand where it is called now, so
// that threads are found and posts edited as before.
func (b seatMoved) apply(n *Network, _ Event) error {
	k, ok := number(string(b.Seat), "s", len(n.Seats))
	if !ok {
		return fmt.Errorf("seat %q was never there", b.Seat)
	}
	s := &n.Seats[k]
	from := Place{s.Connection, s.Channel}
	s.Connection, s.Channel = b.Connection, b.Channel
	moved := func(p Post) (Post, bool) {
		if p.Message == "" || (Place{p.Connection, p.Channel}) != from {
			return p, false
		}
		return Post{b.Connection, b.Channel, p.Message}, true
	}
	n.movePosts(moved)
	for key, d := range n.discharges {
		if to, is := moved(d.Post); is {
			d.Post = to
			n.discharges[key] = d
		}
	}
	return nil
}

// workspaceBound says that the people of a workspace belong to an
// organisation; with none, that they choose for themselves again.
type workspaceBound struct {
	Connection   string         `json:"connection"`
	Workspace    string         `json:"workspace"`
	Organisation OrganisationID `json:"organisation,omitempty"`
}

var workspaceBoundKind = newKind[workspaceBound]("workspace.bound", 1)

func (workspaceBound) kind() *eventKind { return workspaceBoundKind }

func (b workspaceBound) apply(n *Network, _ Event) error {
	w := Workspace{b.Connection, b.Workspace}
	delete(n.workspaces, w)
	if b.Organisation != "" {
		n.workspaces[w] = b.Organisation
	}
	return nil
}

// organisationJoined brings an organisation into the network.
type organisationJoined struct {
	Organisation OrganisationID `json:"organisation"`
	Name         string         `json:"name"`
	Code         string         `json:"code"`
}

var organisationJoinedKind = newKind[organisationJoined]("organisation.joined", 1)

func (organisationJoined) kind() *eventKind { return organisationJoinedKind }

func (b organisationJoined) apply(n *Network, _ Event) error {
	n.Organisations = append(n.Organisations, Organisation{ID: b.Organisation, Name: b.Name, Code: b.Code})
	return nil
}

// participantJoined makes a person a participant of an organisation, or
// changes the organisation or profession of one who is. Who the person is
// stands in identityGiven.
type participantJoined struct {
	Participant  ParticipantID  `json:"participant"`
	Organisation OrganisationID `json:"organisation,omitempty"`
	Profession   Profession     `json:"profession,omitempty"`
	Facilitator  bool           `json:"facilitator,omitempty"`
	Confirmed    bool           `json:"confirmed,omitempty"`
}

var participantJoinedKind = newKind[participantJoined]("participant.joined", 1)

func (participantJoined) kind() *eventKind { return participantJoinedKind }

func (b participantJoined) apply(n *Network, _ Event) error {
	if _, known := n.Participant(b.Participant); !known {
		n.Participants = append(n.Participants, Participant{ID: b.Participant})
	}
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Organisation, p.Profession, p.Confirmed, p.Left = b.Organisation, b.Profession, b.Confirmed, false
		p.Facilitator = p.Facilitator || b.Facilitator
	})
}

// Identity is who a person is.
type Identity struct {
	Connection string `json:"connection"`
	User       string `json:"user"`
	Name       string `json:"name,omitempty"`
	// Language is a BCP 47 tag, Zone an IANA time zone; empty: not known.
	Language string `json:"language,omitempty"`
	Zone     string `json:"zone,omitempty"`
	// Workspace is the one of those that meet in a channel, where a platform
	// knows several.
	Workspace string `json:"workspace,omitempty"`
	// Guest: admitted there, but not of those who belong to it.
	Guest bool `json:"guest,omitempty"`
}

func (i Identity) address() Address { return Address{i.Connection, i.User} }

// clean returns the identity with its name in one clean line.
func (i Identity) clean() Identity {
	name, _ := freetext.Clean(i.Name, maxName)
	i.Name = oneLine(name)
	return i
}

// identityGiven says who a participant is. It is the only event that holds
// a name or a platform's id of a person.
type identityGiven struct {
	Participant ParticipantID `json:"participant"`
	Identity
}

var identityGivenKind = newKind[identityGiven]("identity.given", 1)

func (identityGiven) kind() *eventKind { return identityGivenKind }

func (b identityGiven) apply(n *Network, _ Event) error {
	n.people[b.address()] = b.Participant
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Address, p.Name, p.Language, p.Zone, p.location = b.address(), b.Name, b.Language, b.Zone, nil
		p.Workspace, p.Guest = b.Workspace, b.Guest
		if zone, err := time.LoadLocation(b.Zone); err == nil && b.Zone != "" {
			p.location = zone
		}
	})
}

// participantConfirmed says whether somebody belongs to the organisation
// that they chose; Yes false turns them away.
type participantConfirmed struct {
	Participant ParticipantID `json:"participant"`
	Yes         bool          `json:"yes"`
}

var participantConfirmedKind = newKind[participantConfirmed]("participant.confirmed", 1)

func (participantConfirmed) kind() *eventKind { return participantConfirmedKind }

func (b participantConfirmed) apply(n *Network, _ Event) error {
	return n.changeParticipant(b.Participant, func(p *Participant) {
		p.Confirmed = b.Yes
		p.verdicts++
		if !b.Yes {
			p.Organisation = ""
		}
	})
}

// participantLeft ends the participation of the one who did it.
type participantLeft struct{}

var participantLeftKind = newKind[participantLeft]("participant.left", 1)

func (participantLeft) kind() *eventKind { return participantLeftKind }

func (participantLeft) apply(n *Network, e Event) error {
	return n.changeParticipant(e.By, func(p *Participant) { p.Left = true })
}

// nudgesMuted turns nudges off or on for the one who did it.
type nudgesMuted struct {
	Muted bool `json:"muted"`
}

var nudgesMutedKind = newKind[nudgesMuted]("nudges.muted", 1)

func (nudgesMuted) kind() *eventKind { return nudgesMutedKind }

func (b nudgesMuted) apply(n *Network, e Event) error {
	return n.changeParticipant(e.By, func(p *Participant) { p.Muted = b.Muted })
}

// nudgesSnoozed puts the nudges of a round off until nine o'clock on a date,
// for the one who did it; with neither they come as planned again.
type nudgesSnoozed struct {
	Round RoundID `json:"round,omitempty"`
	Until string  `json:"until,omitempty"` // "2027-01-26", in the participant's own zone
}

var nudgesSnoozedKind = newKind[nudgesSnoozed]("nudges.snoozed", 1)

func (nudgesSnoozed) kind() *eventKind { return nudgesSnoozedKind }

func (b nudgesSnoozed) apply(n *Network, e Event) error {
	return n.changeParticipant(e.By, func(p *Participant) { p.snoozed = b })
}

// templateAdopted is a new version of the template.
type templateAdopted struct {
	Template Template `json:"template"`
}

var templateAdoptedKind = newKind[templateAdopted]("template.adopted", 1)

func (templateAdopted) kind() *eventKind { return templateAdoptedKind }

func (b templateAdopted) apply(n *Network, _ Event) error {
	n.Templates = append(n.Templates, b.Template)
	return nil
}

// roundOpened opens a round.
type roundOpened struct {
	Round    RoundID   `json:"round"`
	Template int       `json:"template"`
	Due      time.Time `json:"due"`
	Closes   time.Time `json:"closes"`
}

var roundOpenedKind = newKind[roundOpened]("round.opened", 1)

func (roundOpened) kind() *eventKind { return roundOpenedKind }

func (b roundOpened) apply(n *Network, e Event) error {
	r, err := n.addRound(b.Round, b.Template)
	if err != nil {
		return err
	}
	r.Phase, r.Opened, r.Due, r.Closes, r.openingRevision = Open, e.At, b.Due, b.Closes, 1
	n.current = r
	n.changed(r)
	return nil
}

// roundExtended moves an open round's deadlines.
type roundExtended struct {
	Round  RoundID   `json:"round"`
	Due    time.Time `json:"due"`
	Closes time.Time `json:"closes"`
}

var roundExtendedKind = newKind[roundExtended]("round.extended", 1)

func (roundExtended) kind() *eventKind { return roundExtendedKind }

func (b roundExtended) apply(n *Network, _ Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.Due, r.Closes = b.Due, b.Closes
		r.openingRevision++
	})
}

// roundClosed locks a round.
type roundClosed struct {
	Round RoundID `json:"round"`
}

var roundClosedKind = newKind[roundClosed]("round.closed", 1)

func (roundClosed) kind() *eventKind { return roundClosedKind }

func (b roundClosed) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.Phase, r.Closed = Closed, e.At
		r.Closings++
		r.openingRevision++
		n.changed(r)
	})
}

// roundPublished shows a closed round to all.
type roundPublished struct {
	Round RoundID `json:"round"`
}

var roundPublishedKind = newKind[roundPublished]("round.published", 1)

func (roundPublished) kind() *eventKind { return roundPublishedKind }

func (b roundPublished) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.Phase, r.Published = Published, e.At
		r.Publications++
		r.openingRevision++
		n.changed(r)
		t, _ := n.TemplateVersion(r.Template)
		for _, i := range t.Indicators {
			n.compared[i.ID] = r
		}
	})
}

// roundReopened unlocks a round again.
type roundReopened struct {
	Round  RoundID   `json:"round"`
	Closes time.Time `json:"closes"`
	Reason TextID    `json:"reason,omitempty"`
}

var roundReopenedKind = newKind[roundReopened]("round.reopened", 1)

func (roundReopened) kind() *eventKind { return roundReopenedKind }

func (b roundReopened) apply(n *Network, _ Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.Phase, r.Closes = Open, b.Closes
		r.openingRevision++
		n.changed(r)
	})
}

// roundRecorded adds a past round whose figures were collected elsewhere.
// It counts as published; nothing is posted of it.
type roundRecorded struct {
	Round    RoundID `json:"round"`
	Template int     `json:"template"`
}

var roundRecordedKind = newKind[roundRecorded]("round.recorded", 1)

func (roundRecorded) kind() *eventKind { return roundRecordedKind }

func (b roundRecorded) apply(n *Network, e Event) error {
	r, err := n.addRound(b.Round, b.Template)
	if err != nil {
		return err
	}
	r.Phase, r.Recorded, r.Opened, r.Closed, r.Published = Published, true, e.At, e.At, e.At
	return nil
}

// textWritten is the only event that holds what a person wrote. Others
// refer to it, so that it can be erased alone.
type textWritten struct {
	Text TextID `json:"text"`
	Body string `json:"body"`
}

var textWrittenKind = newKind[textWritten]("text.written", 1)

func (textWritten) kind() *eventKind { return textWrittenKind }

func (b textWritten) apply(n *Network, e Event) error {
	n.textsWritten++
	n.written[b.Text] = written{b.Body, e.Seq}
	return nil
}

// answerGiven is a new version of an organisation's answer.
type answerGiven struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
	Answer       Answer         `json:"answer"`
	Figure       Figure         `json:"figure"`
	// Note is the context note; for a text indicator the text itself, for
	// DoesNotFit the reason why.
	Note TextID `json:"note,omitempty"`
	// Confirmed: implausible, asked about, and said to be right.
	Confirmed bool `json:"confirmed,omitempty"`
	// Reason for a correction after closing.
	Reason TextID `json:"reason,omitempty"`
}

var answerGivenKind = newKind[answerGiven]("answer.given", 1)

func (answerGiven) kind() *eventKind { return answerGivenKind }

func (b answerGiven) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.answer(e, b)
		if r.Publications > 0 {
			n.changed(r)
		}
	})
}

// answerWithdrawn takes an answer back.
type answerWithdrawn struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
}

var answerWithdrawnKind = newKind[answerWithdrawn]("answer.withdrawn", 1)

func (answerWithdrawn) kind() *eventKind { return answerWithdrawnKind }

func (b answerWithdrawn) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		s := r.Submissions[Slot{b.Organisation, b.Indicator}]
		if s == nil || s.Current().Answer == "" {
			return
		}
		r.count(b.Organisation, -1)
		s.Versions = append(s.Versions, Version{By: e.By, At: e.At})
	})
}

// roundSkipped says "not this round" for an organisation. Answering later
// takes it back.
type roundSkipped struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
}

var roundSkippedKind = newKind[roundSkipped]("round.skipped", 1)

func (roundSkipped) kind() *eventKind { return roundSkippedKind }

func (b roundSkipped) apply(n *Network, _ Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.Skipped[b.Organisation] = true
		r.openingRevision++
	})
}

// predictionMade is a guess, made before results are shown.
type predictionMade struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
	Position     Position       `json:"position"`
}

var predictionMadeKind = newKind[predictionMade]("prediction.made", 1)

func (predictionMade) kind() *eventKind { return predictionMadeKind }

func (b predictionMade) apply(n *Network, _ Event) error {
	return n.changeRound(b.Round, func(r *Round) { r.Predictions[Slot{b.Organisation, b.Indicator}] = b.Position })
}

// contributionMade adds to a topic's thread. Those made in a thread name
// the seat and post where; those made through the bot name none.
type contributionMade struct {
	Contribution int            `json:"contribution"`
	Topic        TopicID        `json:"topic"`
	Manner       Manner         `json:"manner"`
	Indicator    IndicatorID    `json:"indicator,omitempty"`
	Text         TextID         `json:"text"`
	Seat         SeatID         `json:"seat,omitempty"`
	Post         Post           `json:"post,omitzero"`
	Commitment   CommitmentID   `json:"commitment,omitempty"`
	Organisation OrganisationID `json:"organisation,omitempty"`
}

var contributionMadeKind = newKind[contributionMade]("contribution.made", 1)

func (contributionMade) kind() *eventKind { return contributionMadeKind }

func (b contributionMade) apply(n *Network, e Event) error {
	n.contribute(Contribution{
		Number: b.Contribution, By: e.By, At: e.At,
		Manner: b.Manner, Indicator: b.Indicator, Text: b.Text, Seat: b.Seat, Post: b.Post, Commitment: b.Commitment,
		Revision: 1, Changed: e.At,
	}, b.Topic)
	n.dropRelayed(e.At)
	return nil
}

// contributionRevised says that its writer has changed what was said; Text
// is how it reads now. How it read before is to be erased.
type contributionRevised struct {
	Contribution int    `json:"contribution"`
	Text         TextID `json:"text"`
}

var contributionRevisedKind = newKind[contributionRevised]("contribution.revised", 1)

func (contributionRevised) kind() *eventKind { return contributionRevisedKind }

// apply forgets at once how it read before, which is still to be erased from the
// journal.
func (b contributionRevised) apply(n *Network, e Event) error {
	return n.changeContribution(e, b.Contribution, func(c *Contribution) {
		n.forget(e, "m"+strconv.Itoa(c.Number)+"/"+strconv.Itoa(c.Revision), c.Text)
		c.Text = b.Text
	})
}

// contributionWithdrawn says that what was said was taken back, by its
// writer or by somebody who may. Its text is to be erased.
type contributionWithdrawn struct {
	Contribution int `json:"contribution"`
}

var contributionWithdrawnKind = newKind[contributionWithdrawn]("contribution.withdrawn", 1)

func (contributionWithdrawn) kind() *eventKind { return contributionWithdrawnKind }

// apply forgets the words that are taken back, as a revision does.
func (b contributionWithdrawn) apply(n *Network, e Event) error {
	err := n.changeContribution(e, b.Contribution, func(c *Contribution) {
		n.forget(e, "m"+strconv.Itoa(c.Number), c.Text)
		c.Text, c.Withdrawn, c.WithdrawnBy = "", true, e.By
	})
	if l, err := n.anyLearning(n.learnings[b.Contribution]); err == nil {
		l.Supporters = nil
	}
	return err
}

// reflectionMade answers a prompt. Private unless shared.
type reflectionMade struct {
	Round     RoundID     `json:"round"`
	Indicator IndicatorID `json:"indicator,omitempty"`
	Prompt    string      `json:"prompt,omitempty"`
	Text      TextID      `json:"text"`
	Shared    bool        `json:"shared,omitempty"`
}

var reflectionMadeKind = newKind[reflectionMade]("reflection.made", 1)

func (reflectionMade) kind() *eventKind { return reflectionMadeKind }

func (b reflectionMade) apply(n *Network, e Event) error {
	n.Reflections = append(n.Reflections, Reflection{
		By: e.By, At: e.At, Round: b.Round,
		Indicator: b.Indicator, Prompt: b.Prompt, Text: b.Text, Shared: b.Shared,
	})
	return nil
}

// commitmentMade is what somebody will try.
type commitmentMade struct {
	Commitment   CommitmentID   `json:"commitment"`
	Organisation OrganisationID `json:"organisation"`
	Round        RoundID        `json:"round,omitempty"`
	Indicator    IndicatorID    `json:"indicator,omitempty"`
	Text         TextID         `json:"text"`
	Until        time.Time      `json:"until"`
}

var commitmentMadeKind = newKind[commitmentMade]("commitment.made", 1)

func (commitmentMade) kind() *eventKind { return commitmentMadeKind }

func (b commitmentMade) apply(n *Network, e Event) error {
	n.Commitments = append(n.Commitments, Commitment{
		ID: b.Commitment, By: e.By, At: e.At,
		Organisation: b.Organisation, Round: b.Round, Indicator: b.Indicator, Text: b.Text, Until: b.Until,
	})
	return nil
}

// learningNoticed keeps a contribution as a learning or, with a Text, what
// somebody says in words of their own. Who did it is its first supporter.
type learningNoticed struct {
	Learning     LearningID `json:"learning"`
	Topic        TopicID    `json:"topic,omitempty"`
	Contribution int        `json:"contribution,omitempty"`
	Text         TextID     `json:"text,omitempty"`
}

var learningNoticedKind = newKind[learningNoticed]("learning.noticed", 1)

func (learningNoticed) kind() *eventKind { return learningNoticedKind }

func (b learningNoticed) apply(n *Network, e Event) error {
	if _, _, ok := n.Contribution(b.Contribution); !ok && b.Text == "" {
		return fmt.Errorf("contribution %d was never there", b.Contribution)
	}
	n.Learnings = append(n.Learnings, Learning{
		ID: b.Learning, By: e.By, At: e.At,
		Topic: b.Topic, Contribution: b.Contribution, Text: b.Text, Supporters: []ParticipantID{e.By},
	})
	if b.Text == "" {
		n.learnings[b.Contribution] = b.Learning
	}
	return nil
}

// learningSupported says that somebody else keeps it too.
type learningSupported struct {
	Learning LearningID `json:"learning"`
}

var learningSupportedKind = newKind[learningSupported]("learning.supported", 1)

func (learningSupported) kind() *eventKind { return learningSupportedKind }

// apply: who takes up what nobody kept any more has noticed it anew.
func (b learningSupported) apply(n *Network, e Event) error {
	l, err := n.anyLearning(b.Learning)
	if err != nil {
		return err
	}
	if len(l.Supporters) == 0 {
		l.By, l.At = e.By, e.At
	}
	if !slices.Contains(l.Supporters, e.By) {
		l.Supporters = append(l.Supporters, e.By)
	}
	return nil
}

// learningReleased says that somebody doesn't keep it any more. Without a
// supporter it is none.
type learningReleased struct {
	Learning LearningID `json:"learning"`
}

var learningReleasedKind = newKind[learningReleased]("learning.released", 1)

func (learningReleased) kind() *eventKind { return learningReleasedKind }

func (b learningReleased) apply(n *Network, e Event) error {
	l, err := n.anyLearning(b.Learning)
	if err != nil {
		return err
	}
	l.Supporters = slices.DeleteFunc(slices.Clone(l.Supporters), func(p ParticipantID) bool { return p == e.By })
	if len(l.Supporters) == 0 && l.Text != "" {
		n.forget(e, string(l.ID), l.Text)
	}
	return nil
}

// dutyBegun is written before a duty is discharged.
type dutyBegun struct {
	Key      string `json:"key"`
	Revision int    `json:"revision"`
}

var dutyBegunKind = newKind[dutyBegun]("duty.begun", 1)

func (dutyBegun) kind() *eventKind { return dutyBegunKind }

func (b dutyBegun) apply(n *Network, _ Event) error {
	d := n.discharges[b.Key]
	d.Begun = b.Revision
	n.discharges[b.Key] = d
	return nil
}

// dutyDone is written after; Post is where it stands, Topic the topic whose
// thread it carries, if any.
type dutyDone struct {
	Key      string  `json:"key"`
	Revision int     `json:"revision"`
	Post     Post    `json:"post,omitzero"`
	Topic    TopicID `json:"topic,omitempty"`
	Seat     SeatID  `json:"seat,omitempty"`
}

var dutyDoneKind = newKind[dutyDone]("duty.done", 1)

func (dutyDone) kind() *eventKind { return dutyDoneKind }

func (b dutyDone) apply(n *Network, e Event) error {
	d := n.discharges[b.Key]
	d.Done, d.At, d.Dropped = b.Revision, e.At, ""
	if b.Post != (Post{}) {
		d.Post = b.Post
	}
	n.discharges[b.Key] = d
	if b.Post != (Post{}) {
		if b.Topic != "" {
			n.root(b.Topic, b.Seat, b.Post)
		}
		if number, is := relayOf(b.Key); is {
			n.contributionAt[b.Post] = number
		}
	}
	n.settle(b.Key, e.At)
	return nil
}

// dutyDropped gives a duty up: for good when the person or channel is gone,
// or as it is in that revision, which the platform will never take. Why is
// a word, not a text.
type dutyDropped struct {
	Key      string `json:"key"`
	Revision int    `json:"revision"`
	Why      string `json:"why"`
}

var dutyDroppedKind = newKind[dutyDropped]("duty.dropped", 1)

func (dutyDropped) kind() *eventKind { return dutyDroppedKind }

func (b dutyDropped) apply(n *Network, e Event) error {
	d := n.discharges[b.Key]
	d.Done, d.Dropped = b.Revision, b.Why
	n.discharges[b.Key] = d
	n.settle(b.Key, e.At)
	return nil
}

// Post names a post on a platform.
type Post struct {
	Connection string `json:"connection"`
	Channel    string `json:"channel"`
	Message    string `json:"message"`
}
