package benchmark

// Kind implements Body.
func (NetworkFounded) Kind() string { return "network.founded" }

// Kind implements Body.
func (OrganisationJoined) Kind() string { return "organisation.joined" }

// Kind implements Body.
func (ParticipantJoined) Kind() string { return "participant.joined" }

// Kind implements Body.
func (IdentityGiven) Kind() string { return "identity.given" }

// Kind implements Body.
func (ParticipantConfirmed) Kind() string { return "participant.confirmed" }

// Kind implements Body.
func (ParticipantLeft) Kind() string { return "participant.left" }

// Kind implements Body.
func (NudgesMuted) Kind() string { return "nudges.muted" }

// Kind implements Body.
func (NudgesSnoozed) Kind() string { return "nudges.snoozed" }

// Kind implements Body.
func (TemplateAdopted) Kind() string { return "template.adopted" }

// Kind implements Body.
func (RoundOpened) Kind() string { return "round.opened" }

// Kind implements Body.
func (RoundExtended) Kind() string { return "round.extended" }

// Kind implements Body.
func (RoundClosed) Kind() string { return "round.closed" }

// Kind implements Body.
func (RoundPublished) Kind() string { return "round.published" }

// Kind implements Body.
func (RoundReopened) Kind() string { return "round.reopened" }

// Kind implements Body.
func (RoundRecorded) Kind() string { return "round.recorded" }

// Kind implements Body.
func (TextWritten) Kind() string { return "text.written" }

// Kind implements Body.
func (AnswerGiven) Kind() string { return "answer.given" }

// Kind implements Body.
func (AnswerWithdrawn) Kind() string { return "answer.withdrawn" }

// Kind implements Body.
func (RoundSkipped) Kind() string { return "round.skipped" }

// Kind implements Body.
func (PredictionMade) Kind() string { return "prediction.made" }

// Kind implements Body.
func (ContributionMade) Kind() string { return "contribution.made" }

// Kind implements Body.
func (ReflectionMade) Kind() string { return "reflection.made" }

// Kind implements Body.
func (CommitmentMade) Kind() string { return "commitment.made" }

// Kind implements Body.
func (ContributionRevised) Kind() string { return "contribution.revised" }

// Kind implements Body.
func (ContributionWithdrawn) Kind() string { return "contribution.withdrawn" }

// Kind implements Body.
func (LearningNoticed) Kind() string { return "learning.noticed" }

// Kind implements Body.
func (LearningSupported) Kind() string { return "learning.supported" }

// Kind implements Body.
func (LearningReleased) Kind() string { return "learning.released" }

// Kind implements Body.
func (DutyBegun) Kind() string { return "duty.begun" }

// Kind implements Body.
func (DutyDone) Kind() string { return "duty.done" }

// Kind implements Body.
func (DutyDropped) Kind() string { return "duty.dropped" }
