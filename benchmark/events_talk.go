package benchmark

import "time"

// The events of the conversation.
type (
	// ContributionMade adds to a topic's thread. Those made in a thread name
	// the seat and post where; those made through the bot name none.
	ContributionMade struct {
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

	// ContributionRevised says that its writer has changed what was said; Text
	// is how it reads now. How it read before is to be erased.
	ContributionRevised struct {
		Contribution int    `json:"contribution"`
		Text         TextID `json:"text"`
	}

	// ContributionWithdrawn says that what was said was taken back, by its
	// writer or by somebody who may. Its text is to be erased.
	ContributionWithdrawn struct {
		Contribution int `json:"contribution"`
	}

	// ReflectionMade answers a prompt. Private unless shared.
	ReflectionMade struct {
		Round     RoundID     `json:"round"`
		Indicator IndicatorID `json:"indicator,omitempty"`
		Prompt    string      `json:"prompt,omitempty"`
		Text      TextID      `json:"text"`
		Shared    bool        `json:"shared,omitempty"`
	}

	// CommitmentMade is what somebody will try.
	CommitmentMade struct {
		Commitment   CommitmentID   `json:"commitment"`
		Organisation OrganisationID `json:"organisation"`
		Round        RoundID        `json:"round,omitempty"`
		Indicator    IndicatorID    `json:"indicator,omitempty"`
		Text         TextID         `json:"text"`
		Until        time.Time      `json:"until"`
	}

	// LearningNoticed keeps a contribution as a learning or, with a Text, what
	// somebody says in words of their own. Who did it is its first supporter.
	LearningNoticed struct {
		Learning     LearningID `json:"learning"`
		Topic        TopicID    `json:"topic,omitempty"`
		Contribution int        `json:"contribution,omitempty"`
		Text         TextID     `json:"text,omitempty"`
	}

	// LearningSupported says that somebody else keeps it too.
	LearningSupported struct {
		Learning LearningID `json:"learning"`
	}

	// LearningReleased says that somebody doesn't keep it any more. Without a
	// supporter it is none.
	LearningReleased struct {
		Learning LearningID `json:"learning"`
	}
)
