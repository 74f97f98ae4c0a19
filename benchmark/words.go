package benchmark

// Names of things. Each is unique within its network and never re-used.
type (
	// NetworkID names a network: letters, digits, '-' and '_'.
	NetworkID string
	// OrganisationID is "o1", "o2", ... in the order of joining.
	OrganisationID string
	// ParticipantID is "p1", "p2", ... in the order of joining.
	ParticipantID string
	// SeatID is "s1", "s2", ... in the order of being seated.
	SeatID string
	// IndicatorID is chosen by the template's designers: a short word in small
	// letters, such as "falls".
	IndicatorID string
	// RoundID is the round's period, such as "2026-Q4".
	RoundID string
	// TopicID names a topic: "round/2026-Q4", "comparison/2026-Q4/falls".
	TopicID string
	// TextID is "t1", "t2", ...: a text that somebody wrote. Empty: none.
	TextID string
	// LearningID is "l1", "l2", ...
	LearningID string
	// CommitmentID is "c1", "c2", ...
	CommitmentID string
	// Profession is a word of the network's own, such as "nurse".
	Profession string
)

// Visibility is what organisations see of each other after a round has closed.
type Visibility string

// The visibility policies.
const (
	// Named: every organisation by name.
	Named Visibility = "named"
	// Coded: every organisation by a stable letter known to its own people.
	Coded Visibility = "coded"
	// Own: the own value beside the network's middle and spread.
	Own Visibility = "own"
)

// Kind is what sort of figure an indicator asks for.
type Kind string

// The kinds of indicators.
const (
	Proportion Kind = "proportion" // numerator of denominator
	Rate       Kind = "rate"       // events per exposure, times a multiplier
	Mean       Kind = "mean"       // mean, n and optionally the standard deviation
	Count      Kind = "count"      // events
	Duration   Kind = "duration"   // hours or days, a median or a mean
	Scale      Kind = "scale"      // a level from 1 to k
	YesNo      Kind = "yes-no"     // yes or no
	Text       Kind = "text"       // a description of practice
)

// Kinds are all kinds, in the order they are offered.
var Kinds = []Kind{Proportion, Rate, Mean, Count, Duration, Scale, YesNo, Text}

// Direction says which way is favourable, if either is.
type Direction string

// The directions.
const (
	Neutral Direction = "neutral"
	Higher  Direction = "higher"
	Lower   Direction = "lower"
)

// Answer is what an organisation says of one indicator in one round.
type Answer string

// The answers. Missing is none of them, and never zero.
const (
	Value         Answer = "value"
	NotMeasured   Answer = "not-measured"
	NotApplicable Answer = "not-applicable"
	DoesNotFit    Answer = "does-not-fit" // the definition doesn't fit us; says why
)

// Position is where an organisation guesses it will stand.
type Position string

// The positions, relative to the middle of the network.
const (
	Below  Position = "below"
	Around Position = "around"
	Above  Position = "above"
)

// Phase is where in its life a round is.
type Phase string

// The phases of a round.
const (
	Open      Phase = "open"
	Closed    Phase = "closed"    // locked, not yet shown
	Published Phase = "published" // shown
)
