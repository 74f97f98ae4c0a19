package benchmark

import (
	"strings"
	"time"
)

// Manner says how a contribution came to be.
type Manner string

// The manners of contributions.
const (
	Remark              Manner = "remark"     // said in the thread
	QuestionAsked       Manner = "question"   // asked through the bot
	ReflectionShared    Manner = "reflection" // a reflection that its writer shared
	CommitmentAnnounced Manner = "commitment"
)

// Topic carries a thread at every seat.
type Topic struct {
	ID TopicID
	// Roots are its posts by seat, as far as they stand.
	Roots         map[SeatID]Post
	Contributions []Contribution
}

// Contribution is what a participant said in a topic.
type Contribution struct {
	Number    int
	By        ParticipantID
	At        time.Time
	Manner    Manner
	Indicator IndicatorID
	// Text is how it reads now.
	Text TextID
	// Seat is where it was said, Post the message; empty when it was made
	// through the bot.
	Seat       SeatID
	Post       Post
	Commitment CommitmentID

	// Revision counts how it has read, from 1; being withdrawn counts too.
	// Changed is when it got the latest.
	Revision int
	Changed  time.Time
	// Withdrawn: it was taken back, by WithdrawnBy (empty: nobody knows).
	Withdrawn   bool
	WithdrawnBy ParticipantID
}

// spot is where a contribution stands among the topics.
type spot struct {
	topic TopicID
	index int
}

// Contribution returns the contribution with the number, and its topic.
func (n *Network) Contribution(number int) (c Contribution, in TopicID, ok bool) {
	at, ok := n.contributions[number]
	if !ok {
		return c, "", false
	}
	return n.topics[at.topic].Contributions[at.index], at.topic, true
}

// ContributionAt returns the contribution that a post is, where it was said, or
// passes on, at another seat; 0 for any other post.
func (n *Network) ContributionAt(p Post) (number int) { return n.voices[p] }

// Reflection is an answer to a prompt.
type Reflection struct {
	By        ParticipantID
	At        time.Time
	Round     RoundID
	Indicator IndicatorID
	Prompt    string
	Text      TextID
	Shared    bool
}

// Commitment is what somebody will try.
type Commitment struct {
	ID           CommitmentID
	By           ParticipantID
	At           time.Time
	Organisation OrganisationID
	Round        RoundID
	Indicator    IndicatorID
	Text         TextID
	// Until is the end of the day it is promised for.
	Until time.Time
}

// Topics of a round and of the template.

// RoundTopic is the thread below a round's opening post.
func RoundTopic(r RoundID) TopicID { return TopicID("round/" + string(r)) }

// SummaryTopic is the thread below a round's summary.
func SummaryTopic(r RoundID) TopicID { return TopicID("summary/" + string(r)) }

// ComparisonTopic is the thread below an indicator's comparison.
func ComparisonTopic(r RoundID, i IndicatorID) TopicID {
	return TopicID("comparison/" + string(r) + "/" + string(i))
}

// TemplateTopic is where the template is talked about while no round has a
// thread for it.
const TemplateTopic TopicID = "template"

// Subject says what the topic is about: its round and indicator, if any.
func (t TopicID) Subject() (RoundID, IndicatorID) {
	parts := strings.SplitN(string(t), "/", 3)
	switch len(parts) {
	case 3:
		return RoundID(parts[1]), IndicatorID(parts[2])
	case 2:
		return RoundID(parts[1]), ""
	}
	return "", ""
}

// Topic returns the topic with the id; nil when nothing stands or was said.
func (n *Network) Topic(id TopicID) *Topic { return n.topics[id] }

// TopicAt returns the topic whose thread hangs below the post.
func (n *Network) TopicAt(p Post) (TopicID, bool) {
	id, ok := n.posts[p]
	return id, ok
}

// TopicFor returns the thread in which an indicator (or, with none, the round)
// is talked about now: the open round's opening; else the comparison that was
// shown last, or the round's summary; else the round's opening, or the
// template's thread while there is no round.
func (n *Network) TopicFor(i IndicatorID) TopicID {
	c := n.Current()
	if c == nil {
		return TemplateTopic
	}
	if r := n.compared[i]; r != nil && r.Phase == Published && c.Phase != Open {
		return ComparisonTopic(r.ID, i)
	}
	if c.Phase == Published {
		return SummaryTopic(c.ID)
	}
	return RoundTopic(c.ID)
}
