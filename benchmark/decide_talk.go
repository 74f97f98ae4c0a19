package benchmark

import (
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

// Ask puts a question about an indicator, or challenges its definition or a
// figure. It goes into the thread where the indicator is talked about now.
type Ask struct {
	Indicator IndicatorID
	Text      string
}

func (a Ask) decide(d *decision) error {
	if err := d.participant(); err != nil {
		return err
	}
	if a.Indicator != "" {
		if _, ok := d.n.Template().Indicator(a.Indicator); !ok {
			return refuse(refusal.NoSuchIndicator, "Indicator", a.Indicator)
		}
	}
	return d.contributes(ContributionMade{Topic: d.n.TopicFor(a.Indicator), Manner: QuestionAsked, Indicator: a.Indicator}, a.Text)
}

// Contribute is what somebody said in a topic's thread at a seat. A post that is
// a contribution already changes nothing.
type Contribute struct {
	Topic TopicID
	Text  string
	Seat  SeatID
	Post  Post
}

func (c Contribute) decide(d *decision) error {
	if err := d.participant(); err != nil {
		return err
	}
	if d.n.Topic(c.Topic) == nil {
		return refuse(refusal.NoSuchTopic)
	}
	if d.n.ContributionAt(c.Post) != 0 {
		return nil // it has come before, maybe long ago
	}
	return d.contributes(ContributionMade{Topic: c.Topic, Manner: Remark, Seat: c.Seat, Post: c.Post}, c.Text)
}

// Reflect answers a prompt, or says what one thinks. It is private unless it is
// shared; then it also goes into the comparison's thread.
type Reflect struct {
	Round     RoundID
	Indicator IndicatorID
	Prompt    string
	Text      string
	Share     bool
}

func (r Reflect) decide(d *decision) error {
	if err := d.participant(); err != nil {
		return err
	}
	round, err := d.anyRound(r.Round)
	if err != nil {
		return err
	}
	if r.Indicator != "" {
		if err := d.asked(round, r.Indicator); err != nil {
			return err
		}
	}
	text, err := d.writes(r.Text, "text")
	if err != nil {
		return err
	}
	if text == "" {
		return refuse(refusal.TextMissing).at("text")
	}
	d.happens(ReflectionMade{Round: round.ID, Indicator: r.Indicator, Prompt: knownPrompt(r.Prompt), Text: text, Shared: r.Share})
	if r.Share {
		d.contribution(ContributionMade{Topic: d.topicIn(round, r.Indicator), Manner: ReflectionShared, Indicator: r.Indicator, Text: text})
	}
	return nil
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

// Commit promises to try something until a date. It is told in the thread.
type Commit struct {
	Indicator IndicatorID
	Text      string
	// Until is the end of the promised day.
	Until time.Time
}

func (c Commit) decide(d *decision) error {
	o, err := d.member()
	if err != nil {
		return err
	}
	switch {
	case !c.Until.After(d.now):
		return refuse(refusal.UntilPast, "Until", c.Until).at("until")
	case c.Until.Sub(d.now) > longestRound:
		return refuse(refusal.UntilFar, "Until", c.Until).at("until")
	}
	var round RoundID
	if r := d.n.Current(); r != nil {
		round = r.ID
	}
	if c.Indicator != "" {
		if _, ok := d.n.Template().Indicator(c.Indicator); !ok {
			return refuse(refusal.NoSuchIndicator, "Indicator", c.Indicator)
		}
	}
	text, err := d.writes(c.Text, "text")
	if err != nil {
		return err
	}
	if text == "" {
		return refuse(refusal.TextMissing).at("text")
	}
	id := CommitmentID("c" + strconv.Itoa(len(d.n.Commitments)+1))
	d.happens(CommitmentMade{
		Commitment: id, Organisation: o.ID, Round: round, Indicator: c.Indicator,
		Text: text, Until: c.Until.UTC(),
	})
	d.contribution(ContributionMade{Topic: d.n.TopicFor(c.Indicator), Manner: CommitmentAnnounced, Indicator: c.Indicator, Text: text, Commitment: id})
	return nil
}

// contributes writes the text and adds the contribution.
func (d *decision) contributes(c ContributionMade, words string) error {
	text, err := d.writes(words, "text")
	if err != nil {
		return err
	}
	if text == "" {
		return refuse(refusal.TextMissing).at("text")
	}
	c.Text = text
	d.contribution(c)
	return nil
}

func (d *decision) contribution(c ContributionMade) {
	c.Contribution = len(d.n.contributions) + 1
	c.Organisation = d.me.Organisation
	d.happens(c)
}

// participant: anybody who is in the network, confirmed or not.
func (d *decision) participant() error {
	if err := d.founded(); err != nil {
		return err
	}
	if d.me.ID == "" {
		return refuse(refusal.NotAParticipant)
	}
	return nil
}
