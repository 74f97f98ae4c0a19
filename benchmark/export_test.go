package benchmark

import (
	"strconv"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Whole compares networks down to the last counter.
var Whole = cmp.Options{
	cmp.AllowUnexported(Network{}, leaders{}, leading{}, dismissal{}, sought{}, wordFor{}, organisations{}, participants{}, Organisation{}, voucher{}, binding{}, Participant{}, admission{}, membership{}, reminders{}, Round{}, frozen{}, guessed{}, shownResults{}, talks{}, Topic{}, Contribution{}, contributionRef{}, texts{}, written{}, erasure{}, threads{}, learnings{}, deduplicator{}, offer{}),
	cmp.AllowUnexported(former{}, leaving{}, lettered{}, farewell{}, traces{}, Notice{}, textUse{}, privatePost{}, wordsGone{}, Seat{}, rebase{}),
	cmp.AllowUnexported(Version{}),
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() }),
}

// EveryBody returns a zero body of each kind that a journal may hold.
func EveryBody() map[string]Body {
	bodies := map[string]Body{}
	for kind, k := range eventKinds {
		var e Event
		if err := k.decode([]byte(`{}`), &e); err != nil {
			panic(err)
		}
		bodies[kind] = e.Body
	}
	return bodies
}

// DecodeJSON is Decode by encoding/json alone.
func DecodeJSON(r Record) (Event, error) {
	e := Event{Seq: r.Seq, At: r.At}
	return e, eventKinds[r.Kind].decode(r.Data, &e)
}

// Fold returns the network that the events have made.
func Fold(events []Event) (*Network, error) {
	n := &Network{}
	for _, e := range events {
		if err := n.Apply(e); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// OpenRelays is how many contributions still have somewhere to go.
func OpenRelays(n *Network) int { return len(n.relays) }

// FewestForThirds is how many organisations it takes for thirds to be shown.
const FewestForThirds = fewestForThirds

// AsRead rounds a value as it is read, and returns the step to the next.
var AsRead = asRead

// SumOf returns between which numbers the sum of the values lies, as far as their mean
// tells, as it is read.
func SumOf(i Indicator, values []float64) (low, high float64) {
	m := meanOf(i, values, 0, len(values))
	return m.low, m.high
}

// CommonOf makes what is common of the values, of an organisation each.
func CommonOf(i Indicator, values ...float64) Common {
	shown := figuresOf{}
	for k, x := range values {
		shown[OrganisationID(strconv.Itoa(k))] = Figure{Value: x}
	}
	return commonOf(i, shown, 0, everyoneTheirOwn)
}

// RecentKept is how many incoming things a network remembers.
const RecentKept = handledKept

// The events, for tests that change a journal or look into one.
type (
	AnswerGiven            = answerGiven
	AnswerWithdrawn        = answerWithdrawn
	CommitmentMade         = commitmentMade
	CommonShown            = commonShown
	ContributionMade       = contributionMade
	ContributionRevised    = contributionRevised
	ContributionWithdrawn  = contributionWithdrawn
	DutyBegun              = dutyBegun
	DutyDone               = dutyDone
	DutyDropped            = dutyDropped
	IdentityGiven          = identityGiven
	LearningNoticed        = learningNoticed
	LearningReleased       = learningReleased
	LearningSupported      = learningSupported
	NetworkFounded         = networkFounded
	NudgesMuted            = nudgesMuted
	NudgesSnoozed          = nudgesSnoozed
	OrganisationJoined     = organisationJoined
	OrganisationUnvouched  = organisationUnvouched
	OrganisationVouched    = organisationVouched
	ParticipantErased      = participantErased
	ParticipantConfirmed   = participantConfirmed
	ParticipantJoined      = participantJoined
	ParticipantLeft        = participantLeft
	ParticipantParted      = participantParted
	PredictionMade         = predictionMade
	ReflectionMade         = reflectionMade
	RoundClosed            = roundClosed
	RoundExtended          = roundExtended
	RoundOpened            = roundOpened
	RoundPublished         = roundPublished
	RoundRecorded          = roundRecorded
	RoundReopened          = roundReopened
	RoundSkipped           = roundSkipped
	SeatMoved              = seatMoved
	SeatOffered            = seatOffered
	SeatTaken              = seatTaken
	TemplateAdopted        = templateAdopted
	TextWritten            = textWritten
	TextsAged              = textsAged
	WorkspaceBound         = workspaceBound
	SettingsChanged        = settingsChanged
	Erased                 = erased
	FacilitatorAppointed   = facilitatorAppointed
	FacilitatorDismissed   = facilitatorDismissed
	FacilitatorNamed       = facilitatorNamed
	FacilitatorSought      = facilitatorSought
	ParticipantDeactivated = participantDeactivated
	SeatLeft               = seatLeft
	OrganisationMerged     = organisationMerged
	OrganisationRemoved    = organisationRemoved
	OrganisationRenamed    = organisationRenamed
)

// Strange is of a kind that no journal knows, Disguised pretends to be of one that
// isn't its own.
type (
	Strange   struct{}
	Disguised struct{ RoundClosed }
)

func (Strange) kind() *eventKind { return &eventKind{name: "round.danced"} }

func (Strange) apply(*Network, Event) error { return ErrUnknownEvent }
