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
	l, err := n.anyLearning(id)
	if err != nil || len(l.Supporters) == 0 {
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

// anyLearning returns the learning with the id, kept by somebody or not. The error
// says that it was never there.
func (n *Network) anyLearning(id LearningID) (*Learning, error) {
	if k, ok := number(string(id), "l", len(n.Learnings)); ok {
		return &n.Learnings[k], nil
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
