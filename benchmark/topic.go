package benchmark

import (
	"fmt"
	"slices"
	"strconv"
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
func (t *threads) Contribution(number int) (c Contribution, in TopicID, ok bool) {
	at, ok := t.contributions[number]
	if !ok {
		return c, "", false
	}
	return *t.at(at), at.topic, true
}

// ContributionAt returns the contribution that a post is, where it was said, or
// passes on, at another seat; 0 for any other post.
func (t *threads) ContributionAt(p Post) (number int) { return t.contributionAt[p] }

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
func (t *threads) Topic(id TopicID) *Topic { return t.topics[id] }

// TopicAt returns the topic whose thread hangs below the post.
func (t *threads) TopicAt(p Post) (TopicID, bool) {
	id, ok := t.topicAt[p]
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

// threads are what was said in the network's topics, and where it stands.
type threads struct {
	topics         map[TopicID]*Topic
	topicAt        map[Post]TopicID // by the root of the thread
	contributions  map[int]spot
	contributionAt map[Post]int // by the post that it is, or that passes it on
	relays         []spot       // contributions that aren't at every seat as they are now
}

func newThreads() threads {
	return threads{
		topics:         map[TopicID]*Topic{},
		topicAt:        map[Post]TopicID{},
		contributions:  map[int]spot{},
		contributionAt: map[Post]int{},
	}
}

// topic returns the topic with the id, which begins if it isn't there.
func (t *threads) topic(id TopicID) *Topic {
	topic := t.topics[id]
	if topic == nil {
		topic = &Topic{ID: id, Roots: map[SeatID]Post{}}
		t.topics[id] = topic
	}
	return topic
}

// root notes the post below which the topic's thread hangs at a seat.
func (t *threads) root(id TopicID, at SeatID, p Post) {
	t.topic(id).Roots[at] = p
	t.topicAt[p] = id
}

// movePosts has everything stand where moved says.
func (t *threads) movePosts(moved func(Post) (Post, bool)) {
	t.topicAt, t.contributionAt = rekeyed(t.topicAt, moved), rekeyed(t.contributionAt, moved)
	for _, topic := range t.topics {
		for k := range topic.Contributions {
			c := &topic.Contributions[k]
			c.Post, _ = moved(c.Post)
		}
		for seat, root := range topic.Roots {
			topic.Roots[seat], _ = moved(root)
		}
	}
}

func (t *threads) at(s spot) *Contribution { return &t.topics[s.topic].Contributions[s.index] }

// contribute adds to a topic.
func (t *threads) contribute(c Contribution, to TopicID) {
	topic := t.topic(to)
	topic.Contributions = append(topic.Contributions, c)
	at := spot{to, len(topic.Contributions) - 1}
	t.contributions[c.Number] = at
	if c.Post != (Post{}) {
		t.contributionAt[c.Post] = c.Number
	}
	t.relays = append(t.relays, at)
}

// changeContribution changes one, which is then taken to the other seats again.
func (n *Network) changeContribution(e Event, number int, change func(*Contribution)) error {
	at, ok := n.contributions[number]
	if !ok {
		return fmt.Errorf("contribution %d was never there", number)
	}
	c := n.at(at)
	change(c)
	c.Revision++
	c.Changed = e.At
	if !slices.Contains(n.relays, at) {
		n.relays = append(n.relays, at)
	}
	n.dropRelayed(e.At)
	return nil
}

// settle lets go of what a duty that is done, or given up, was owed for.
func (n *Network) settle(key string, at time.Time) {
	switch {
	case strings.HasPrefix(key, relayPrefix):
		n.dropRelayed(at)
	case strings.HasPrefix(key, erasePrefix):
		n.forgotten(key)
	}
}

// dropRelayed forgets the contributions that are at every seat as they are now,
// and those that are too old to be taken anywhere.
func (n *Network) dropRelayed(at time.Time) {
	n.relays = slices.DeleteFunc(n.relays, func(p spot) bool {
		return !slices.ContainsFunc(n.Seats, func(s Seat) bool { return n.toRelay(*n.at(p), s.ID, at) })
	})
}

// toRelay says whether a contribution is still to be taken to a seat, or changed
// there.
func (n *Network) toRelay(c Contribution, s SeatID, at time.Time) bool {
	state := n.discharges[relayKey(c, s)]
	switch {
	case s == c.Seat, state.over(c.Revision):
		return false
	case c.Withdrawn:
		return state.Begun > 0 || state.Done > 0 // it stands there, or may
	}
	return at.Before(relayedUntil(c, state))
}

// relayedUntil is when a contribution is too old to be taken to a seat or, where
// it stands, to be changed there.
func relayedUntil(c Contribution, d Discharge) time.Time {
	if d.Done > 0 {
		return c.Changed.Add(relayedFor)
	}
	return c.At.Add(relayedFor)
}

// relayOf returns the number of the contribution that a duty takes to a seat.
func relayOf(key string) (number int, is bool) {
	key, is = strings.CutPrefix(key, relayPrefix+"m")
	if !is {
		return 0, false
	}
	digits, _, _ := strings.Cut(key, "/")
	number, err := strconv.Atoi(digits)
	return number, err == nil
}
