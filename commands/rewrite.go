package commands

import (
	"context"
	"errors"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// rewrote is a message in a thread that its writer has changed. A contribution is
// changed everywhere. What was none before, such as a figure, or words that were
// refused, is taken as if it were said now.
func (r *request) rewrote(ctx context.Context, what chat.Rewrote) chat.Reply {
	var topic benchmark.TopicID
	known, gone := false, false
	r.read(func(n *benchmark.Network) {
		topic, _ = n.TopicAt(benchmark.Post(r.in.Thread))
		c, _, ok := n.Contribution(n.ContributionAt(benchmark.Post(what.Post)))
		known = ok && c.Post == benchmark.Post(what.Post)
		gone = known && c.Withdrawn
	})
	switch {
	case r.me.ID == "" && known: // who has left: the words that they changed don't stay
		return r.deleted(ctx, chat.Deleted{Post: what.Post})
	case r.me.ID == "": // asked to join when it was said
		return chat.Reply{}
	case !known:
		return r.saidAnew(ctx, topic, what)
	}
	if reply, is := r.saidFigure(ctx, topic, what.Text); is {
		// Figures are passed on to nobody before the round has closed.
		if err := r.takesBack(ctx, what.Post, r.in.ID+"/taken-back"); err != nil {
			return r.refused(err)
		}
		return reply
	}
	if gone {
		return r.say(r.t("rewrite.was-taken-back"))
	}
	err := r.do(ctx, benchmark.Revise{Post: benchmark.Post(what.Post), Text: what.Text})
	var why *benchmark.Refusal
	switch {
	case err == nil:
		return chat.Reply{}
	case errors.As(err, &why) && why.Reason == refusal.TextMissing: // what is left is a picture
		return r.deleted(ctx, chat.Deleted{Post: what.Post})
	case errors.As(err, &why):
		return r.say(joinLines(r.words(why), r.t("rewrite.stays")))
	}
	return r.refused(err)
}

// saidAnew says what came of it, since something else may have come of what stood
// there before.
func (r *request) saidAnew(ctx context.Context, topic benchmark.TopicID, what chat.Rewrote) chat.Reply {
	reply := r.said(ctx, chat.Said(what))
	kept, answered := false, false
	r.read(func(n *benchmark.Network) {
		kept = n.ContributionAt(benchmark.Post(what.Post)) != 0
		c := n.Current()
		answered = c != nil && topic == benchmark.RoundTopic(c.ID) && !r.isClosed(c) && c.Answered(r.me.Organisation) > 0
	})
	switch {
	case reply.Message != nil || !kept:
		return reply
	case answered:
		return r.say(joinLines(r.t("rewrite.now-said"), r.t("rewrite.figure-stays")), r.button("withdraw", "withdraw", ""))
	}
	return r.say(r.t("rewrite.now-said"))
}

// deleted is a message that is gone. What it said is taken back at the other
// seats, and erased, whoever deleted it.
func (r *request) deleted(ctx context.Context, what chat.Deleted) chat.Reply {
	if r.table == nil {
		return chat.Reply{}
	}
	mine, learnt := false, false
	r.read(func(n *benchmark.Network) {
		c, _, ok := n.Contribution(n.ContributionAt(benchmark.Post(what.Post)))
		mine = ok && c.Post == benchmark.Post(what.Post) && !c.Withdrawn && c.By == r.me.ID
		_, learnt = n.LearningOf(c.Number)
	})
	if err := r.takesBack(ctx, what.Post, r.in.ID); err != nil {
		return r.refused(err)
	}
	switch {
	case !mine:
		return chat.Reply{}
	case learnt:
		return r.say(joinLines(r.t("rewrite.taken-back"), r.t("rewrite.no-learning")))
	}
	return r.say(r.t("rewrite.taken-back"))
}

// takesBack is also for those who have left, and for nobody known.
func (r *request) takesBack(ctx context.Context, post chat.PostID, incoming string) error {
	who := benchmark.Actor{By: r.me.ID, Incoming: incoming}
	_, err := r.table.Do(ctx, who, benchmark.TakeBack{Post: benchmark.Post(post)})
	return err
}
