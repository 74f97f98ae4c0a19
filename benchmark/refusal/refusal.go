// Package refusal names every reason for which the domain refuses what was
// asked for. People read a reason's words, not its name: those stand in
// locale/messages under "refusal.<reason>", in every language.
package refusal

import "slices"

// Reason names why something was refused: "round-closed". The names are kept in
// translations, so they don't change.
type Reason string

// Who may do what.
const (
	NoNetwork           Reason = "no-network"
	NotAParticipant     Reason = "not-a-participant"
	NoOrganisation      Reason = "no-organisation"
	NotConfirmed        Reason = "not-confirmed"
	WhichOrganisation   Reason = "which-organisation"
	NotYourOrganisation Reason = "not-your-organisation"
	ObserversDontAnswer Reason = "observers-dont-answer"
	FacilitatorOnly     Reason = "facilitator-only"
	BotOnly             Reason = "bot-only"
	LastFacilitator     Reason = "last-facilitator"
	CannotLead          Reason = "cannot-lead"
	LeadsAlready        Reason = "leads-already"
	LeadsNot            Reason = "leads-not"
	LeadsLonger         Reason = "leads-longer"
	LeadsByWord         Reason = "leads-by-word"
	NoneSought          Reason = "none-sought"
	WordTooEarly        Reason = "word-too-early"
	NobodyWaits         Reason = "nobody-waits"
	ConfirmedAlready    Reason = "confirmed-already"
	ConfirmedBy         Reason = "confirmed-by"
	ProfessionClaims    Reason = "profession-claims"
	NotYoursToConfirm   Reason = "not-yours-to-confirm"
	NothingKept         Reason = "nothing-kept"
	ErasesAnother       Reason = "erases-another"
)

// Setting up: the network, its settings, people and seats.
const (
	AlreadyFounded        Reason = "already-founded"
	NameEmpty             Reason = "name-empty"
	ZoneUnknown           Reason = "zone-unknown"
	VisibilityUnknown     Reason = "visibility-unknown"
	LanguageUnknown       Reason = "language-unknown"
	ThresholdOutOfRange   Reason = "small-number"
	MonthsOutOfRange      Reason = "keep-texts"
	NoOrganisations       Reason = "no-organisations"
	NoSuchOrganisation    Reason = "no-such-organisation"
	OrganisationTwice     Reason = "organisation-twice"
	TooManyOrganisations  Reason = "too-many-organisations"
	OrganisationUnvouched Reason = "organisation-unvouched"
	OneAtATime            Reason = "one-at-a-time"
	OrganisationTaken     Reason = "organisation-taken"
	OrganisationNear      Reason = "organisation-near"
	OrganisationsAlike    Reason = "organisations-alike"
	OrganisationMerged    Reason = "organisation-merged"
	OrganisationRemoved   Reason = "organisation-removed"
	OrganisationWent      Reason = "organisation-went"
	NameTooShort          Reason = "name-too-short"
	MergeOfOwn            Reason = "merge-of-own"
	MergeUnshown          Reason = "merge-unshown"
	MergeTheirs           Reason = "merge-theirs"
	MergeOfOne            Reason = "merge-of-one"
	MergeDraft            Reason = "merge-draft"
	LettersTell           Reason = "letters-tell"
	VouchedAlready        Reason = "vouched-already"
	NotYoursToVouch       Reason = "not-yours-to-vouch"
	NotYoursToTakeOut     Reason = "not-yours-to-take-out"
	NotLongestThere       Reason = "not-longest-there"
	LeavingFell           Reason = "leaving-fell"
	WorkspaceUnknown      Reason = "workspace-unknown"
	SeatTaken             Reason = "seat-taken"
	NoSuchSeat            Reason = "no-such-seat"
	LastSeat              Reason = "last-seat"
	CodeUnreadable        Reason = "code-unreadable"
	CodeUnknown           Reason = "code-unknown"
	CodeUsed              Reason = "code-used"
	CodeExpired           Reason = "code-expired"
)

// The template.
const (
	NoTemplate          Reason = "no-template"
	TemplateEmpty       Reason = "template-empty"
	TemplateTooLong     Reason = "template-too-long"
	IndicatorTwice      Reason = "indicator-twice"
	IndicatorID         Reason = "indicator-id"
	IndicatorUntitled   Reason = "indicator-untitled"
	IndicatorTitleLong  Reason = "indicator-title-long"
	IndicatorKind       Reason = "indicator-kind"
	IndicatorDirection  Reason = "indicator-direction"
	IndicatorLevels     Reason = "indicator-levels"
	IndicatorMultiplier Reason = "indicator-multiplier"
	IndicatorPlausible  Reason = "indicator-plausible"
	IndicatorTarget     Reason = "indicator-target"
	IndicatorPeople     Reason = "indicator-people"
)

// The life of a round.
const (
	NoRound          Reason = "no-round"
	NoSuchRound      Reason = "no-such-round"
	RoundOpen        Reason = "round-open"
	RoundStillOpen   Reason = "round-still-open"
	RoundClosed      Reason = "round-closed"
	RoundRecorded    Reason = "round-recorded"
	NotPublished     Reason = "not-published"
	PeriodUnreadable Reason = "period"
	PeriodAmbiguous  Reason = "period-ambiguous"
	PeriodFar        Reason = "period-far"
	PeriodUsed       Reason = "period-used"
	PeriodLived      Reason = "period-lived"
	PeriodOverlaps   Reason = "period-overlaps"
	DateUnreadable   Reason = "date"
	DuePast          Reason = "due-past"
	ClosesPast       Reason = "closes-past"
	ClosesBeforeDue  Reason = "closes-before-due"
	ClosesFar        Reason = "closes-far"
	ReasonMissing    Reason = "reason-missing"
)

// Answers.
const (
	NoSuchIndicator    Reason = "no-such-indicator"
	NothingToSubmit    Reason = "nothing-to-submit"
	AnswerUnknown      Reason = "answer-unknown"
	FigureWithoutValue Reason = "figure-without-value"
	WhyMissing         Reason = "why-missing"
	PracticeMissing    Reason = "practice-missing"
	CorrectionReason   Reason = "correction-reason"
	OutsidePlausible   Reason = "outside-plausible"
	FarFromOwn         Reason = "far-from-own"
	MoreThanExposure   Reason = "more-than-exposure"
	NothingToWithdraw  Reason = "nothing-to-withdraw"
	SkipAfterAnswering Reason = "skip-after-answering"
	RoundBeforeYou     Reason = "round-before-you"
	AnswerMoved        Reason = "answer-moved"
	UndoTooLate        Reason = "undo-too-late"
	NoteIsAnswer       Reason = "note-is-answer"
	NoteNamesIndicator Reason = "note-names-indicator"
	NoteHasFigure      Reason = "note-has-figure"
	HistoryReason      Reason = "history-reason"
	DraftOld           Reason = "draft-old"
	DraftChanged       Reason = "draft-changed"
)

// Figures.
const (
	NotAFigure               Reason = "not-a-figure"
	TooLarge                 Reason = "too-large"
	Negative                 Reason = "negative"
	NotWhole                 Reason = "not-whole"
	DenominatorZero          Reason = "denominator-zero"
	ExposureTiny             Reason = "exposure-tiny"
	NumeratorOverDenominator Reason = "numerator-over-denominator"
	NMissing                 Reason = "n-missing"
	NotOnScale               Reason = "not-on-scale"
	NotYesOrNo               Reason = "not-yes-or-no"
)

// Guesses.
const (
	NothingToGuess  Reason = "nothing-to-guess"
	PositionUnknown Reason = "position-unknown"
	GuessTooLate    Reason = "guess-too-late"
	GuessNoMiddle   Reason = "guess-no-middle"
	GuessMoved      Reason = "guess-moved"
)

// Limits over time.
const (
	NoLimits       Reason = "no-limits"
	RebaseReason   Reason = "rebase-reason"
	RebasedAlready Reason = "rebased-already"
	NotRebased     Reason = "not-rebased"
)

// Reminders.
const (
	SnoozePast        Reason = "snooze-past"
	SnoozeLate        Reason = "snooze-late"
	SnoozeMuted       Reason = "snooze-muted"
	SnoozeNothingLeft Reason = "snooze-nothing-left"
	SnoozeAllCame     Reason = "snooze-all-came"
	AwayBackwards     Reason = "away-backwards"
)

// Talk, learnings and commitments.
const (
	TextMissing    Reason = "text-missing"
	TextTooLong    Reason = "text-too-long"
	PersonalNumber Reason = "personal-number"
	// MaybePersonalNumber asks: a number in a text may be a personal one.
	MaybePersonalNumber Reason = "maybe-personal-number"
	NoSuchTopic         Reason = "no-such-topic"
	NoSuchContribution  Reason = "no-such-contribution"
	NotYours            Reason = "not-yours"
	NotYourLearning     Reason = "not-your-learning"
	UntilPast           Reason = "until-past"
	UntilFar            Reason = "until-far"
)

// all holds every reason; a test sees that none is missing.
var all = []Reason{
	NoNetwork, NotAParticipant, NoOrganisation, NotConfirmed, WhichOrganisation, NotYourOrganisation, ObserversDontAnswer,
	FacilitatorOnly, BotOnly, LastFacilitator, CannotLead, LeadsAlready,
	LeadsNot, LeadsLonger, LeadsByWord, NoneSought, WordTooEarly, NobodyWaits,
	ConfirmedAlready, ConfirmedBy, ProfessionClaims, NotYoursToConfirm, NothingKept, ErasesAnother,
	AlreadyFounded, NameEmpty, ZoneUnknown, VisibilityUnknown, LanguageUnknown, ThresholdOutOfRange, MonthsOutOfRange,
	NoOrganisations, NoSuchOrganisation, OrganisationTwice, TooManyOrganisations, OrganisationUnvouched,
	OneAtATime, OrganisationTaken, OrganisationNear, OrganisationsAlike, OrganisationMerged, OrganisationRemoved, OrganisationWent, NameTooShort, MergeOfOwn, MergeUnshown, MergeTheirs, MergeOfOne, MergeDraft, LettersTell,
	VouchedAlready, NotYoursToVouch, NotYoursToTakeOut, NotLongestThere, LeavingFell, WorkspaceUnknown, SeatTaken,
	NoSuchSeat, LastSeat,
	CodeUnreadable, CodeUnknown, CodeUsed, CodeExpired,
	NoTemplate, TemplateEmpty, TemplateTooLong, IndicatorTwice, IndicatorID, IndicatorUntitled,
	IndicatorTitleLong, IndicatorKind, IndicatorDirection, IndicatorLevels, IndicatorMultiplier,
	IndicatorPlausible, IndicatorTarget, IndicatorPeople,
	NoRound, NoSuchRound, RoundOpen, RoundStillOpen, RoundClosed, RoundRecorded, NotPublished, PeriodUnreadable, PeriodAmbiguous, PeriodFar,
	PeriodUsed, PeriodLived, PeriodOverlaps, DateUnreadable, DuePast, ClosesPast, ClosesBeforeDue, ClosesFar, ReasonMissing,
	NoSuchIndicator, NothingToSubmit, AnswerUnknown, FigureWithoutValue, WhyMissing, PracticeMissing,
	CorrectionReason, OutsidePlausible, FarFromOwn, MoreThanExposure, NothingToWithdraw, SkipAfterAnswering, RoundBeforeYou,
	AnswerMoved, UndoTooLate, NoteIsAnswer, NoteNamesIndicator, NoteHasFigure, HistoryReason, DraftOld, DraftChanged,
	NotAFigure, TooLarge, Negative, NotWhole, DenominatorZero, ExposureTiny, NumeratorOverDenominator, NMissing,
	NotOnScale, NotYesOrNo,
	NothingToGuess, PositionUnknown, GuessTooLate, GuessNoMiddle, GuessMoved,
	NoLimits, RebaseReason, RebasedAlready, NotRebased,
	SnoozePast, SnoozeLate, SnoozeMuted, SnoozeNothingLeft, SnoozeAllCame, AwayBackwards,
	TextMissing, TextTooLong, PersonalNumber, MaybePersonalNumber, NoSuchTopic, NoSuchContribution, NotYours, NotYourLearning,
	UntilPast, UntilFar,
}

// All returns every reason, by subject.
func All() []Reason { return slices.Clone(all) }
