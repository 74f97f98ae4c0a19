package benchmark

import (
	"fmt"
	"slices"
	"time"
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

// Learning returns the learning with the id, as long as somebody keeps it.
func (n *Network) Learning(id LearningID) (Learning, bool) {
	l, ok := n.learning(id)
	if !ok || len(l.Supporters) == 0 {
		return Learning{}, false
	}
	return *l, true
}

// LearningOf returns the learning that keeps a contribution.
func (n *Network) LearningOf(contribution int) (Learning, bool) {
	return n.Learning(n.learnings[contribution])
}

// Kept returns the learnings that somebody keeps, the newest first.
func (n *Network) Kept() []Learning {
	var kept []Learning
	for _, l := range slices.Backward(n.Learnings) {
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

func (n *Network) learning(id LearningID) (*Learning, bool) {
	if k, ok := number(string(id), "l", len(n.Learnings)); ok {
		return &n.Learnings[k], true
	}
	return nil, false
}

func (n *Network) noticed(e Event, b LearningNoticed) error {
	if _, _, ok := n.Contribution(b.Contribution); !ok && b.Text == "" {
		return fmt.Errorf("contribution %d was never there", b.Contribution)
	}
	n.Learnings = append(n.Learnings, Learning{
		ID: b.Learning, By: e.By, At: e.At,
		Topic: b.Topic, Contribution: b.Contribution, Text: b.Text, Supporters: []ParticipantID{e.By},
	})
	if b.Text == "" {
		n.learnings[b.Contribution] = b.Learning
	}
	return nil
}

// supported: who takes up what nobody kept any more has noticed it anew.
func (n *Network) supported(e Event, id LearningID) error {
	l, ok := n.learning(id)
	if !ok {
		return fmt.Errorf("learning %q was never there", id)
	}
	if len(l.Supporters) == 0 {
		l.By, l.At = e.By, e.At
	}
	if !slices.Contains(l.Supporters, e.By) {
		l.Supporters = append(l.Supporters, e.By)
	}
	return nil
}

func (n *Network) released(e Event, id LearningID) error {
	l, ok := n.learning(id)
	if !ok {
		return fmt.Errorf("learning %q was never there", id)
	}
	l.Supporters = slices.DeleteFunc(slices.Clone(l.Supporters), func(p ParticipantID) bool { return p == e.By })
	if len(l.Supporters) == 0 && l.Text != "" {
		n.forget(e, string(l.ID), l.Text)
	}
	return nil
}
