package benchmark

import (
	"fmt"
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

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
	// Files is how many pictures and documents came with it; they stay where it was said.
	Files int

	// Revision counts how it has read, from 1; being withdrawn counts too.
	// Changed is when it got the latest.
	Revision int
	Changed  time.Time
	// Withdrawn: it was taken back, by WithdrawnBy (empty: nobody knows), or taken out
	// once it had been kept for Aged months, where that is not 0.
	Withdrawn   bool
	WithdrawnBy ParticipantID
	Aged        int
}

// Manner says how a contribution came to be.
type Manner string

// The manners of contributions.
const (
	Remark              Manner = "remark"     // said in the thread
	QuestionAsked       Manner = "question"   // asked through the bot
	ReflectionShared    Manner = "reflection" // a reflection that its writer shared
	CommitmentAnnounced Manner = "commitment"
)

// contributionRef is where a contribution stands among the topics.
type contributionRef struct {
	topic TopicID
	index int
}

// Contribution returns the contribution with the number, and its topic.
func (t *threads) Contribution(number int) (c Contribution, in TopicID, ok bool) {
	at, ok := t.contributions[number]
	if !ok {
		return c, "", false
	}
	return *t.contribution(at), at.topic, true
}

// ContributionAt returns the contribution that a post is, where it was said, or
// passes on, at another seat; 0 for any other post.
func (t *threads) ContributionAt(p Post) (number int) { return t.contributionAt[p] }

func (t *threads) contribution(at contributionRef) *Contribution {
	return &t.topics[at.topic].Contributions[at.index]
}

// addContribution adds to a topic.
func (t *threads) addContribution(c Contribution, to TopicID) {
	topic := t.topic(to)
	topic.Contributions = append(topic.Contributions, c)
	at := contributionRef{to, len(topic.Contributions) - 1}
	t.contributions[c.Number] = at
	if c.Post != (Post{}) {
		t.contributionAt[c.Post] = c.Number
	}
	t.relays = append(t.relays, at)
}

// Ask puts a question about an indicator, or challenges its definition or a
// figure. It goes into the thread where the indicator is talked about now.
type Ask struct {
	Indicator IndicatorID
	Text      string
}

func (a Ask) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	if a.Indicator != "" {
		if _, ok := d.n.Template().Indicator(a.Indicator); !ok {
			return refuse(refusal.NoSuchIndicator, "Indicator", a.Indicator)
		}
	}
	return d.writeContribution(contributionMade{Topic: d.n.TopicFor(a.Indicator), Manner: QuestionAsked, Indicator: a.Indicator}, a.Text)
}

// Contribute is what somebody said in a topic's thread at a seat. A post that is
// a contribution already changes nothing.
type Contribute struct {
	Topic TopicID
	Text  string
	Seat  SeatID
	Post  Post
	Files int
}

func (c Contribute) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	if d.n.Topic(c.Topic) == nil {
		return refuse(refusal.NoSuchTopic)
	}
	if d.n.ContributionAt(c.Post) != 0 {
		return nil // it has come before, maybe long ago
	}
	return d.writeContribution(contributionMade{Topic: c.Topic, Manner: Remark, Seat: c.Seat, Post: c.Post, Files: c.Files}, c.Text)
}

// writeContribution writes the text and adds the contribution.
func (d *decision) writeContribution(c contributionMade, words string) error {
	text, err := d.writeRequiredText(words)
	if err != nil {
		return err
	}
	c.Text = text
	d.emitContribution(c)
	return nil
}

// emitContribution adds to a topic; what is about an indicator of a shown round opens its
// thread where there is none.
func (d *decision) emitContribution(c contributionMade) {
	id, i := c.Topic.Subject()
	if r, known := d.n.Round(id); known && c.Topic == ComparisonTopic(id, i) && r.Phase == Published {
		openThread(d, r, i)
	}
	c.Contribution = len(d.n.contributions) + 1
	c.Organisation = d.me.Organisation
	d.emit(c)
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
	Files        int            `json:"files,omitempty"`
}

var contributionMadeKind = newKind[contributionMade]("contribution.made", 1)

func (contributionMade) kind() *eventKind { return contributionMadeKind }

func (b contributionMade) apply(n *Network, e Event) error {
	n.addContribution(Contribution{
		Number: b.Contribution, By: e.By, At: e.At,
		Manner: b.Manner, Indicator: b.Indicator, Text: b.Text, Seat: b.Seat, Post: b.Post, Commitment: b.Commitment, Files: b.Files,
		Revision: 1, Changed: e.At,
	}, b.Topic)
	n.use(b.Text, func(u *textUse) { u.contribution = b.Contribution })
	n.dropRelayed(e.At)
	spoke(n, e.By)
	return nil
}

// Revise is what a writer has made of a message that is a contribution.
type Revise struct {
	Post Post
	Text string
}

func (r Revise) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	c, ok := d.saidAt(r.Post)
	switch {
	case !ok:
		return refuse(refusal.NoSuchContribution)
	case c.By != d.who.By:
		return refuse(refusal.NotYours)
	case c.Withdrawn:
		return nil
	}
	clean, err := d.checkText(r.Text, maxText, "text")
	switch {
	case err != nil:
		return err
	case clean == "":
		return refuse(refusal.TextMissing).at("text")
	case clean == d.n.Text(c.Text):
		return nil
	}
	text, err := d.writeText(clean, "text")
	if err != nil {
		return err
	}
	d.emit(contributionRevised{Contribution: c.Number, Text: text})
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
	n.use(b.Text, func(u *textUse) { u.contribution = b.Contribution })
	return n.changeContribution(e, b.Contribution, func(c *Contribution) {
		n.forget(e, "m"+strconv.Itoa(c.Number)+"/"+strconv.Itoa(c.Revision), c.Text)
		c.Text = b.Text
	})
}

// TakeBack says that a message is gone which may be a contribution: deleted by
// its writer or by somebody who may, whoever that is. Its words are erased.
type TakeBack struct{ Post Post }

func (t TakeBack) decide(d *decision) error {
	if err := d.requireNetwork(); err != nil {
		return err
	}
	if c, ok := d.saidAt(t.Post); ok && !c.Withdrawn {
		d.emit(contributionWithdrawn{Contribution: c.Number})
	}
	return nil
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
	if l, err := n.anyLearning(n.byContribution[b.Contribution]); err == nil {
		l.Supporters = nil
	}
	return err
}

// changeContribution changes one, which is then taken to the other seats again.
func (n *Network) changeContribution(e Event, number int, change func(*Contribution)) error {
	at, ok := n.contributions[number]
	if !ok {
		return fmt.Errorf("contribution %d was never there", number)
	}
	change(n.contribution(at))
	n.contributionsChanged(e, at)
	return nil
}

// contributionsChanged has contributions that were changed taken to the other seats
// again.
func (n *Network) contributionsChanged(e Event, all ...contributionRef) {
	waiting := make(map[contributionRef]bool, len(n.relays))
	for _, at := range n.relays {
		waiting[at] = true
	}
	for _, at := range all {
		c := n.contribution(at)
		c.Revision++
		c.Changed = e.At
		if !waiting[at] {
			n.relays = append(n.relays, at)
		}
	}
	n.dropRelayed(e.At)
}

// saidAt returns the contribution that the post itself is; one that passes it on
// is the bot's.
func (d *decision) saidAt(p Post) (Contribution, bool) {
	c, _, ok := d.n.Contribution(d.n.ContributionAt(p))
	return c, ok && c.Post == p
}
