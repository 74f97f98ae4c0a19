package benchmark

import (
	"strings"
)

// Topic carries a thread at every seat.
type Topic struct {
	ID TopicID
	// Roots are its posts by seat, as far as they stand.
	Roots         map[SeatID]Post
	Contributions []Contribution
}

// TopicID names a topic: "round/2026-Q4", "comparison/2026-Q4/falls".
type TopicID string

// Post names a post on a platform.
type Post struct {
	Connection string `json:"connection"`
	Channel    string `json:"channel"`
	Message    string `json:"message"`
}

// TemplateTopic is where the template is talked about while no round has a
// thread for it.
const TemplateTopic TopicID = "template"

// RoundTopic is the thread below a round's opening post.
func RoundTopic(r RoundID) TopicID { return TopicID("round/" + string(r)) }

// SummaryTopic is the thread below a round's summary.
func SummaryTopic(r RoundID) TopicID { return TopicID("summary/" + string(r)) }

// RestTopic is the thread below the post of the indicators that have none of their own.
func RestTopic(r RoundID) TopicID { return TopicID("rest/" + string(r)) }

// ComparisonTopic is the thread below an indicator's comparison.
func ComparisonTopic(r RoundID, i IndicatorID) TopicID {
	return TopicID("comparison/" + string(r) + "/" + string(i))
}

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

// threads are what was said in the network's topics, and where it stands.
type threads struct {
	topics         map[TopicID]*Topic
	topicAt        map[Post]TopicID // by the root of the thread
	contributions  map[int]contributionRef
	contributionAt map[Post]int      // by the post that it is, or that passes it on
	relays         []contributionRef // contributions that aren't at every seat as they are now
}

func newThreads() threads {
	return threads{
		topics:         map[TopicID]*Topic{},
		topicAt:        map[Post]TopicID{},
		contributions:  map[int]contributionRef{},
		contributionAt: map[Post]int{},
	}
}

// Topic returns the topic with the id; nil when nothing stands or was said.
func (t *threads) Topic(id TopicID) *Topic { return t.topics[id] }

// TopicAt returns the topic whose thread hangs below the post.
func (t *threads) TopicAt(p Post) (TopicID, bool) {
	id, ok := t.topicAt[p]
	return id, ok
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
	t.topicAt, t.contributionAt = movedKeys(t.topicAt, moved), movedKeys(t.contributionAt, moved)
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

// TopicFor returns the thread in which an indicator (or, with none, the round)
// is talked about now: the open round's opening; else the comparison that was
// shown last, or the round's summary; else the round's opening, or the
// template's thread while there is no round.
func (n *Network) TopicFor(i IndicatorID) TopicID {
	c := n.Current()
	if c == nil {
		return TemplateTopic
	}
	if r := n.lastCompared[i]; r != nil && r.Phase == Published && c.Phase != Open {
		return ComparisonTopic(r.ID, i)
	}
	if c.Phase == Published {
		return SummaryTopic(c.ID)
	}
	return RoundTopic(c.ID)
}

// topicIn is the thread in which a round's indicator is talked about.
func (d *decision) topicIn(r *Round, i IndicatorID) TopicID {
	switch {
	case r.Phase != Published || r.Recorded:
		return d.n.TopicFor(i)
	case i == "":
		return SummaryTopic(r.ID)
	}
	return ComparisonTopic(r.ID, i)
}
