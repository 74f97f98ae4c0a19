package benchmark

import (
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

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

// CommitmentID is "c1", "c2", ...
type CommitmentID string

// Commit promises to try something until a date. It is told in the thread.
type Commit struct {
	Indicator IndicatorID
	Text      string
	// Until is the end of the promised day.
	Until time.Time
}

func (c Commit) decide(d *decision) error {
	o, err := d.requireMember()
	if err != nil {
		return err
	}
	var wrongDay error
	switch {
	case !c.Until.After(d.now):
		wrongDay = refuse(refusal.UntilPast, "Until", c.Until).at("until")
	case c.Until.Sub(d.now) > longestRound:
		wrongDay = refuse(refusal.UntilFar, "Until", c.Until).at("until")
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
	text, err := d.writeRequiredText(c.Text)
	if err := together(wrongDay, err); err != nil {
		return err
	}
	id := CommitmentID("c" + strconv.Itoa(len(d.n.Commitments)+1))
	d.emit(commitmentMade{
		Commitment: id, Organisation: o.ID, Round: round, Indicator: c.Indicator,
		Text: text, Until: c.Until.UTC(),
	})
	d.emitContribution(contributionMade{Topic: d.n.TopicFor(c.Indicator), Manner: CommitmentAnnounced, Indicator: c.Indicator, Text: text, Commitment: id})
	return nil
}

// commitmentMade is what somebody will try.
type commitmentMade struct {
	Commitment   CommitmentID   `json:"commitment"`
	Organisation OrganisationID `json:"organisation"`
	Round        RoundID        `json:"round,omitempty"`
	Indicator    IndicatorID    `json:"indicator,omitempty"`
	Text         TextID         `json:"text"`
	Until        time.Time      `json:"until"`
}

var commitmentMadeKind = newKind[commitmentMade]("commitment.made", 1)

func (commitmentMade) kind() *eventKind { return commitmentMadeKind }

func (b commitmentMade) apply(n *Network, e Event) error {
	n.Commitments = append(n.Commitments, Commitment{
		ID: b.Commitment, By: e.By, At: e.At,
		Organisation: b.Organisation, Round: b.Round, Indicator: b.Indicator, Text: b.Text, Until: b.Until,
	})
	n.use(b.Text, func(u *textUse) { u.until = b.Until })
	spoke(n, e.By)
	return nil
}
