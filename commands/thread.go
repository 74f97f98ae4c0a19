package commands

import (
	"context"
	"errors"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// messageSaid is a message in a thread. In a topic's thread it is a contribution: kept,
// and joined to the topic's threads elsewhere.
func messageSaid(ctx context.Context, r *request, said chat.Said) chat.Reply {
	if r.table == nil || r.in.Thread == (chat.PostID{}) {
		return chat.Reply{}
	}
	var topic benchmark.TopicID
	var seat benchmark.Seat
	known, several := false, false
	r.read(func(n *benchmark.Network) {
		topic, known = n.TopicAt(benchmark.Post(r.in.Thread))
		seat, _ = n.SeatAt(r.in.Channel.Connection, r.in.Channel.Channel)
		several = n.SeatsTaken() > 1
	})
	switch {
	case !known:
		return chat.Reply{}
	case r.me.ID == "" && several:
		return sayOnce(r, "said.join-first", r.button("join", "join", ""))
	case r.me.ID == "":
		return chat.Reply{}
	}
	if reply, is := submitInThread(ctx, r, topic, said.Text); is {
		return reply
	}
	err := r.decide(ctx, benchmark.Contribute{Topic: topic, Text: said.Text, Seat: seat.ID, Post: benchmark.Post(said.Post), Files: said.Files})
	var why *benchmark.Refusal
	alone := errors.As(err, &why) && why.Reason == refusal.TextMissing // a picture without words
	switch {
	case err != nil && !alone:
		return r.refused(err)
	case said.Files > 0 && several && alone:
		return sayOnce(r, "said.file-alone")
	case said.Files > 0 && several:
		return sayOnce(r, "said.file-stays")
	}
	return chat.Reply{}
}

// messageRewritten is a message in a thread that its writer has changed. A contribution is
// changed everywhere. What was none before, such as a figure, or words that were
// refused, is taken as if it were said now.
func messageRewritten(ctx context.Context, r *request, what chat.Rewrote) chat.Reply {
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
		return messageDeleted(ctx, r, chat.Deleted{Post: what.Post})
	case r.me.ID == "": // asked to join when it was said
		return chat.Reply{}
	case !known:
		return treatAsSaid(ctx, r, topic, what)
	}
	if reply, is := submitInThread(ctx, r, topic, what.Text); is {
		// Figures are passed on to nobody before the round has closed.
		if err := takeBackContribution(ctx, r, what.Post, r.in.ID+"/taken-back"); err != nil {
			return r.refused(err)
		}
		return reply
	}
	if gone {
		return r.say(r.t("rewrite.was-taken-back"))
	}
	err := r.decide(ctx, benchmark.Revise{Post: benchmark.Post(what.Post), Text: what.Text})
	var why *benchmark.Refusal
	switch {
	case err == nil:
		return chat.Reply{}
	case errors.As(err, &why) && why.Reason == refusal.TextMissing: // what is left is a picture
		return messageDeleted(ctx, r, chat.Deleted{Post: what.Post})
	case maybeNumber(err) != nil:
		return r.askAboutNumber(maybeNumber(err), r.t("rewrite.stays"))
	case errors.As(err, &why):
		return r.say(joinLines(r.words(why), r.t("rewrite.stays")))
	}
	return r.refused(err)
}

// commandRewritten is a command that its writer has changed: it is done once, as it was
// written first. It is no contribution either, and none any more.
func commandRewritten(ctx context.Context, r *request, what chat.Rewrote) chat.Reply {
	if r.table != nil {
		if err := takeBackContribution(ctx, r, what.Post, r.in.ID+"/taken-back"); err != nil {
			return r.refused(err)
		}
	}
	return r.say(r.t("rewrite.command"))
}

// treatAsSaid says what came of it, since something else may have come of what stood
// there before.
func treatAsSaid(ctx context.Context, r *request, topic benchmark.TopicID, what chat.Rewrote) chat.Reply {
	reply := messageSaid(ctx, r, chat.Said{Text: what.Text, Post: what.Post})
	kept, answered := false, false
	r.read(func(n *benchmark.Network) {
		kept = n.ContributionAt(benchmark.Post(what.Post)) != 0
		c := n.Current()
		if c == nil || topic != benchmark.RoundTopic(c.ID) || isClosed(c, r.now()) {
			return
		}
		for role := range r.me.Roles() {
			answered = answered || n.MaySeeOwn(role, c) && c.Answered(role.Organisation) > 0
		}
	})
	switch {
	case reply.Message != nil || !kept:
		return reply
	case answered:
		return r.say(joinLines(r.t("rewrite.now-said"), r.t("rewrite.figure-stays")), r.button("withdraw", "withdraw", ""))
	}
	return r.say(r.t("rewrite.now-said"))
}

// messageDeleted is a message that is gone. What it said is taken back at the other
// seats, and erased, whoever deleted it.
func messageDeleted(ctx context.Context, r *request, what chat.Deleted) chat.Reply {
	if r.table == nil {
		return chat.Reply{}
	}
	mine, learnt := false, false
	r.read(func(n *benchmark.Network) {
		c, _, ok := n.Contribution(n.ContributionAt(benchmark.Post(what.Post)))
		mine = ok && c.Post == benchmark.Post(what.Post) && !c.Withdrawn && c.By == r.me.ID
		_, learnt = n.LearningOf(c.Number)
	})
	if err := takeBackContribution(ctx, r, what.Post, r.in.ID); err != nil {
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

// takeBackContribution is also for those who have left, and for nobody known.
func takeBackContribution(ctx context.Context, r *request, post chat.PostID, incoming string) error {
	who := benchmark.Actor{By: r.me.ID, Incoming: incoming}
	_, err := r.table.Do(ctx, who, benchmark.TakeBack{Post: benchmark.Post(post)})
	return err
}
