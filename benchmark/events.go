package benchmark

import "time"

// kinds is the table of everything that can happen, by name in the journal.
var kinds = map[string]codec{
	"network.founded":        of[NetworkFounded](),
	"seat.taken":             of[SeatTaken](),
	"seat.offered":           of[SeatOffered](),
	"seat.moved":             of[SeatMoved](),
	"workspace.bound":        of[WorkspaceBound](),
	"organisation.joined":    of[OrganisationJoined](),
	"participant.joined":     of[ParticipantJoined](),
	"identity.given":         of[IdentityGiven](),
	"participant.confirmed":  of[ParticipantConfirmed](),
	"participant.left":       of[ParticipantLeft](),
	"nudges.muted":           of[NudgesMuted](),
	"nudges.snoozed":         of[NudgesSnoozed](),
	"template.adopted":       of[TemplateAdopted](),
	"round.opened":           of[RoundOpened](),
	"round.extended":         of[RoundExtended](),
	"round.closed":           of[RoundClosed](),
	"round.published":        of[RoundPublished](),
	"round.reopened":         of[RoundReopened](),
	"round.recorded":         of[RoundRecorded](),
	"text.written":           of[TextWritten](),
	"answer.given":           ofPlain[AnswerGiven](),
	"answer.withdrawn":       of[AnswerWithdrawn](),
	"round.skipped":          of[RoundSkipped](),
	"prediction.made":        of[PredictionMade](),
	"contribution.made":      of[ContributionMade](),
	"contribution.revised":   of[ContributionRevised](),
	"contribution.withdrawn": of[ContributionWithdrawn](),
	"reflection.made":        of[ReflectionMade](),
	"commitment.made":        of[CommitmentMade](),
	"learning.noticed":       of[LearningNoticed](),
	"learning.supported":     of[LearningSupported](),
	"learning.released":      of[LearningReleased](),
	"duty.begun":             ofPlain[DutyBegun](),
	"duty.done":              ofPlain[DutyDone](),
	"duty.dropped":           of[DutyDropped](),
}

// The events of a network and those in it.
type (
	// NetworkFounded is the first event of every network.
	NetworkFounded struct {
		ID       NetworkID `json:"id"`
		Name     string    `json:"name"`
		Settings Settings  `json:"settings"`
		// Seed shuffles the organisations' codes, so that a letter does not
		// tell who joined when.
		Seed uint64 `json:"seed"`
	}

	// OrganisationJoined brings an organisation into the network.
	OrganisationJoined struct {
		Organisation OrganisationID `json:"organisation"`
		Name         string         `json:"name"`
		Code         string         `json:"code"`
	}

	// ParticipantJoined makes a person a participant of an organisation, or
	// changes the organisation or profession of one who is. Who the person is
	// stands in IdentityGiven.
	ParticipantJoined struct {
		Participant  ParticipantID  `json:"participant"`
		Organisation OrganisationID `json:"organisation,omitempty"`
		Profession   Profession     `json:"profession,omitempty"`
		Facilitator  bool           `json:"facilitator,omitempty"`
		Confirmed    bool           `json:"confirmed,omitempty"`
	}

	// IdentityGiven says who a participant is. It is the only event that holds
	// a name or a platform's id of a person.
	IdentityGiven struct {
		Participant ParticipantID `json:"participant"`
		Connection  string        `json:"connection"`
		User        string        `json:"user"`
		Name        string        `json:"name,omitempty"`
		Language    string        `json:"language,omitempty"`
		Zone        string        `json:"zone,omitempty"`
		// Workspace is the one of those that meet in a channel, where a platform
		// knows several.
		Workspace string `json:"workspace,omitempty"`
		// Guest: admitted there, but not of those who belong to it.
		Guest bool `json:"guest,omitempty"`
	}

	// ParticipantConfirmed says whether somebody belongs to the organisation
	// that they chose; Yes false turns them away.
	ParticipantConfirmed struct {
		Participant ParticipantID `json:"participant"`
		Yes         bool          `json:"yes"`
	}

	// ParticipantLeft ends the participation of the one who did it.
	ParticipantLeft struct{}

	// NudgesMuted turns nudges off or on for the one who did it.
	NudgesMuted struct {
		Muted bool `json:"muted"`
	}

	// NudgesSnoozed puts the nudges of a round off until nine o'clock on a date,
	// for the one who did it; with neither they come as planned again.
	NudgesSnoozed struct {
		Round RoundID `json:"round,omitempty"`
		Until string  `json:"until,omitempty"` // "2027-01-26", in the participant's own zone
	}

	// TemplateAdopted is a new version of the template.
	TemplateAdopted struct {
		Template Template `json:"template"`
	}
)

// The events of a round.
type (
	// RoundOpened opens a round.
	RoundOpened struct {
		Round    RoundID   `json:"round"`
		Template int       `json:"template"`
		Due      time.Time `json:"due"`
		Closes   time.Time `json:"closes"`
	}

	// RoundExtended moves an open round's deadlines.
	RoundExtended struct {
		Round  RoundID   `json:"round"`
		Due    time.Time `json:"due"`
		Closes time.Time `json:"closes"`
	}

	// RoundClosed locks a round.
	RoundClosed struct {
		Round RoundID `json:"round"`
	}

	// RoundPublished shows a closed round to all.
	RoundPublished struct {
		Round RoundID `json:"round"`
	}

	// RoundReopened unlocks a round again.
	RoundReopened struct {
		Round  RoundID   `json:"round"`
		Closes time.Time `json:"closes"`
		Reason TextID    `json:"reason,omitempty"`
	}

	// RoundRecorded adds a past round whose figures were collected elsewhere.
	// It counts as published; nothing is posted of it.
	RoundRecorded struct {
		Round    RoundID `json:"round"`
		Template int     `json:"template"`
	}

	// TextWritten is the only event that holds what a person wrote. Others
	// refer to it, so that it can be erased alone.
	TextWritten struct {
		Text TextID `json:"text"`
		Body string `json:"body"`
	}

	// AnswerGiven is a new version of an organisation's answer.
	AnswerGiven struct {
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

	// AnswerWithdrawn takes an answer back.
	AnswerWithdrawn struct {
		Round        RoundID        `json:"round"`
		Organisation OrganisationID `json:"organisation"`
		Indicator    IndicatorID    `json:"indicator"`
	}

	// RoundSkipped says "not this round" for an organisation. Answering later
	// takes it back.
	RoundSkipped struct {
		Round        RoundID        `json:"round"`
		Organisation OrganisationID `json:"organisation"`
	}

	// PredictionMade is a guess, made before results are shown.
	PredictionMade struct {
		Round        RoundID        `json:"round"`
		Organisation OrganisationID `json:"organisation"`
		Indicator    IndicatorID    `json:"indicator"`
		Position     Position       `json:"position"`
	}
)

// The events of the courier.
type (
	// DutyBegun is written before a duty is discharged.
	DutyBegun struct {
		Key      string `json:"key"`
		Revision int    `json:"revision"`
	}

	// DutyDone is written after; Post is where it stands, Topic the topic whose
	// thread it carries, if any.
	DutyDone struct {
		Key      string  `json:"key"`
		Revision int     `json:"revision"`
		Post     Post    `json:"post,omitzero"`
		Topic    TopicID `json:"topic,omitempty"`
		Seat     SeatID  `json:"seat,omitempty"`
	}

	// DutyDropped gives a duty up: for good when the person or channel is gone,
	// or as it is in that revision, which the platform will never take. Why is
	// a word, not a text.
	DutyDropped struct {
		Key      string `json:"key"`
		Revision int    `json:"revision"`
		Why      string `json:"why"`
	}
)

// Post names a post on a platform.
type Post struct {
	Connection string `json:"connection"`
	Channel    string `json:"channel"`
	Message    string `json:"message"`
}
