package benchmark

import (
	"slices"
	"strconv"

	"roundtable/benchmark/refusal"
)

// Keep keeps a contribution as a learning: the message itself, or one that
// passes it on at another seat. Who keeps it already keeps it once.
type Keep struct{ Post Post }

func (k Keep) decide(d *decision) error {
	if err := d.participant(); err != nil {
		return err
	}
	c, topic, ok := d.n.Contribution(d.n.ContributionAt(k.Post))
	if !ok || c.Withdrawn {
		return refuse(refusal.NoSuchContribution)
	}
	l, known := d.n.learning(d.n.learnings[c.Number])
	switch {
	case !known:
		d.happens(LearningNoticed{Learning: d.newLearning(), Topic: topic, Contribution: c.Number})
	case !slices.Contains(l.Supporters, d.who.By):
		d.happens(LearningSupported{Learning: l.ID})
	}
	return nil
}

// Release stops keeping a contribution. Who doesn't keep it changes nothing.
type Release struct{ Post Post }

func (r Release) decide(d *decision) error {
	if err := d.participant(); err != nil {
		return err
	}
	if l, kept := d.n.LearningOf(d.n.ContributionAt(r.Post)); kept && slices.Contains(l.Supporters, d.who.By) {
		d.happens(LearningReleased{Learning: l.ID})
	}
	return nil
}

// Learn keeps words of one's own as a learning.
type Learn struct{ Text string }

func (l Learn) decide(d *decision) error {
	if err := d.participant(); err != nil {
		return err
	}
	text, err := d.writes(l.Text, "text")
	if err != nil {
		return err
	}
	if text == "" {
		return refuse(refusal.TextMissing).at("text")
	}
	d.happens(LearningNoticed{Learning: d.newLearning(), Text: text})
	return nil
}

// Unlearn stops keeping a learning, however it came to be one.
type Unlearn struct{ Learning LearningID }

func (u Unlearn) decide(d *decision) error {
	if err := d.participant(); err != nil {
		return err
	}
	l, kept := d.n.Learning(u.Learning)
	if !kept || !slices.Contains(l.Supporters, d.who.By) {
		return refuse(refusal.NotYourLearning)
	}
	d.happens(LearningReleased{Learning: l.ID})
	return nil
}

func (d *decision) newLearning() LearningID {
	return LearningID("l" + strconv.Itoa(len(d.n.Learnings)+1))
}
