package benchmark

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"roundtable/benchmark/refusal"
)

// Learning is something that a network wants to remember: a contribution that
// somebody kept, or words of their own.
type Learning struct {
	ID LearningID
	// By noticed it, At.
	By ParticipantID
	At time.Time
	// Topic is where the contribution was made; both are empty, and Text is
	// set, for words of one's own.
	Topic        TopicID
	Contribution int
	Text         TextID
	// Supporters are those who keep it, in the order in which they came to.
	// Without any it is no learning (any more).
	Supporters []ParticipantID
}

// LearningID is "l1", "l2", ...
type LearningID string

// learnings are all that were ever noticed.
type learnings struct {
	noticed        []Learning
	byContribution map[int]LearningID
}

// Learning returns the learning with the id, as long as somebody keeps it.
func (ls *learnings) Learning(id LearningID) (Learning, bool) {
	l, err := ls.anyLearning(id)
	if err != nil || len(l.Supporters) == 0 {
		return Learning{}, false
	}
	return *l, true
}

// LearningOf returns the learning that keeps a contribution.
func (ls *learnings) LearningOf(contribution int) (Learning, bool) {
	return ls.Learning(ls.byContribution[contribution])
}

// Kept returns the learnings that somebody keeps, the newest first.
func (ls *learnings) Kept() []Learning {
	var kept []Learning
	for _, l := range slices.Backward(ls.noticed) {
		if len(l.Supporters) > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}

// WordsOf returns what a learning says now, and who said it.
func (n *Network) WordsOf(l Learning) (string, ParticipantID) {
	if c, _, ok := n.Contribution(l.Contribution); ok {
		return n.Text(c.Text), c.By
	}
	return n.Text(l.Text), l.By
}

// anyLearning returns the learning with the id, kept by somebody or not. The error
// says that it was never there.
func (ls *learnings) anyLearning(id LearningID) (*Learning, error) {
	if k, ok := indexOf(string(id), "l", len(ls.noticed)); ok {
		return &ls.noticed[k], nil
	}
	return nil, fmt.Errorf("learning %q was never there", id)
}

// NoticedLearning returns the learning that the events brought; empty when they
// brought none.
func NoticedLearning(events []Event) (id LearningID) {
	for _, e := range events {
		if noticed, ok := e.Body.(learningNoticed); ok {
			id = noticed.Learning
		}
	}
	return id
}

// Keep keeps a contribution as a learning: the message itself, or one that
// passes it on at another seat. Who keeps it already keeps it once.
type Keep struct{ Post Post }

func (k Keep) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	c, topic, ok := d.n.Contribution(d.n.ContributionAt(k.Post))
	if !ok || c.Withdrawn {
		return refuse(refusal.NoSuchContribution)
	}
	l, err := d.n.anyLearning(d.n.byContribution[c.Number])
	switch {
	case err != nil:
		d.emit(learningNoticed{Learning: d.newLearning(), Topic: topic, Contribution: c.Number})
	case !slices.Contains(l.Supporters, d.who.By):
		d.emit(learningSupported{Learning: l.ID})
	}
	return nil
}

// Learn keeps words of one's own as a learning.
type Learn struct{ Text string }

func (l Learn) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	text, err := d.writeRequiredText(l.Text)
	if err != nil {
		return err
	}
	d.emit(learningNoticed{Learning: d.newLearning(), Text: text})
	return nil
}

func (d *decision) newLearning() LearningID {
	return LearningID("l" + strconv.Itoa(len(d.n.noticed)+1))
}

// learningNoticed keeps a contribution as a learning or, with a Text, what
// somebody says in words of their own. Who did it is its first supporter.
type learningNoticed struct {
	Learning     LearningID `json:"learning"`
	Topic        TopicID    `json:"topic,omitempty"`
	Contribution int        `json:"contribution,omitempty"`
	Text         TextID     `json:"text,omitempty"`
}

var learningNoticedKind = newKind[learningNoticed]("learning.noticed", 1)

func (learningNoticed) kind() *eventKind { return learningNoticedKind }

func (b learningNoticed) apply(n *Network, e Event) error {
	if _, _, ok := n.Contribution(b.Contribution); !ok && b.Text == "" {
		return fmt.Errorf("contribution %d was never there", b.Contribution)
	}
	n.noticed = append(n.noticed, Learning{
		ID: b.Learning, By: e.By, At: e.At,
		Topic: b.Topic, Contribution: b.Contribution, Text: b.Text, Supporters: []ParticipantID{e.By},
	})
	if b.Text == "" {
		n.byContribution[b.Contribution] = b.Learning
	}
	n.use(b.Text, func(u *textUse) { u.learning = b.Learning })
	spoke(n, e.By)
	return nil
}

// learningSupported says that somebody else keeps it too.
type learningSupported struct {
	Learning LearningID `json:"learning"`
}

var learningSupportedKind = newKind[learningSupported]("learning.supported", 1)

func (learningSupported) kind() *eventKind { return learningSupportedKind }

// apply: who takes up what nobody kept any more has noticed it anew.
func (b learningSupported) apply(n *Network, e Event) error {
	l, err := n.anyLearning(b.Learning)
	if err != nil {
		return err
	}
	if len(l.Supporters) == 0 {
		l.By, l.At = e.By, e.At
	}
	if !slices.Contains(l.Supporters, e.By) {
		l.Supporters = append(l.Supporters, e.By)
	}
	spoke(n, e.By)
	return nil
}

// Release stops keeping a contribution. Who doesn't keep it changes nothing.
type Release struct{ Post Post }

func (r Release) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	if l, kept := d.n.LearningOf(d.n.ContributionAt(r.Post)); kept && slices.Contains(l.Supporters, d.who.By) {
		d.emit(learningReleased{Learning: l.ID})
	}
	return nil
}

// Unlearn stops keeping a learning, however it came to be one.
type Unlearn struct{ Learning LearningID }

func (u Unlearn) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	l, kept := d.n.Learning(u.Learning)
	if !kept || !slices.Contains(l.Supporters, d.who.By) {
		return refuse(refusal.NotYourLearning)
	}
	d.emit(learningReleased{Learning: l.ID})
	return nil
}

// learningReleased says that somebody doesn't keep it any more. Without a
// supporter it is none.
type learningReleased struct {
	Learning LearningID `json:"learning"`
}

var learningReleasedKind = newKind[learningReleased]("learning.released", 1)

func (learningReleased) kind() *eventKind { return learningReleasedKind }

func (b learningReleased) apply(n *Network, e Event) error {
	l, err := n.anyLearning(b.Learning)
	if err != nil {
		return err
	}
	l.Supporters = slices.DeleteFunc(slices.Clone(l.Supporters), func(p ParticipantID) bool { return p == e.By })
	if len(l.Supporters) == 0 && l.Text != "" {
		n.forget(e, string(l.ID), l.Text)
	}
	return nil
}
