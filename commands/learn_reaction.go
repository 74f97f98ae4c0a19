package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// learnEmoji is the reaction that keeps a message as a learning. Slack and Mattermost
// call it so, too.
const learnEmoji = "bulb"

// learnByReaction keeps a contribution as a learning, where it was said or at any other
// seat.
func learnByReaction(ctx context.Context, r *request, what chat.Reacted) chat.Reply {
	if r.table == nil || what.Emoji != learnEmoji {
		return chat.Reply{}
	}
	own := false
	contribution := 0
	r.read(func(n *benchmark.Network) {
		contribution = n.ContributionAt(benchmark.Post(what.On))
		_, own = n.TopicAt(benchmark.Post(what.On))
	})
	if contribution == 0 && (!own || r.me.ID == "") {
		return chat.Reply{} // of no concern
	}
	return keepPost(ctx, r, benchmark.Post(what.On))
}

// keepPost keeps what a post says; it says nothing where one does so already.
func keepPost(ctx context.Context, r *request, post benchmark.Post) chat.Reply {
	contribution := 0
	r.read(func(n *benchmark.Network) { contribution = n.ContributionAt(post) })
	if contribution == 0 {
		return r.say(r.t("learn.not-words"))
	}
	events, err := r.decideEvents(ctx, benchmark.Keep{Post: post})
	switch {
	case err != nil:
		return r.refused(err)
	case len(events) == 0:
		return chat.Reply{}
	}
	return confirmKept(r, func(n *benchmark.Network) (benchmark.Learning, bool) { return n.LearningOf(contribution) })
}

// confirmKept says what has been kept. Another's words are not repeated: they may be
// taken back, and this answer stands.
func confirmKept(r *request, which func(n *benchmark.Network) (benchmark.Learning, bool)) chat.Reply {
	var l benchmark.Learning
	own := ""
	r.read(func(n *benchmark.Network) {
		l, _ = which(n)
		own = n.Text(l.Text)
	})
	if len(l.Supporters) == 0 { // somebody was quicker to take it back
		return chat.Reply{}
	}
	text := r.t("learn.kept", "ID", learningName(l.ID))
	switch k := len(l.Supporters); {
	case own != "":
		text = r.t("learn.kept-own", "ID", learningName(l.ID), "Text", learningExcerpt(r, own))
	case k > 1:
		text = r.t("learn.kept-too", "ID", learningName(l.ID), "Count", k)
	}
	buttons := []chat.Button{r.button("learnings", "learn", "")}
	if own != "" {
		buttons = append(buttons, r.button("unlearn", "learn", string(l.ID)+" back"))
	}
	return r.say(joinLines(text, r.t("learn.see-all")), buttons...)
}

// releaseByReaction no longer keeps what was kept so.
func releaseByReaction(ctx context.Context, r *request, what chat.Unreacted) chat.Reply {
	if r.table == nil || r.me.ID == "" || what.Emoji != learnEmoji {
		return chat.Reply{}
	}
	var l benchmark.Learning
	r.read(func(n *benchmark.Network) { l, _ = n.LearningOf(n.ContributionAt(benchmark.Post(what.On))) })
	events, err := r.decideEvents(ctx, benchmark.Release{Post: benchmark.Post(what.On)})
	switch {
	case err != nil:
		return r.refused(err)
	case len(events) == 0:
		return chat.Reply{}
	}
	return confirmReleased(r, l.ID)
}

// confirmReleased says whether others keep it.
func confirmReleased(r *request, id benchmark.LearningID) chat.Reply {
	others := 0
	r.read(func(n *benchmark.Network) {
		l, _ := n.Learning(id)
		others = len(l.Supporters)
	})
	if others > 0 {
		return r.say(r.t("learn.released-others", "ID", learningName(id), "Count", others))
	}
	return r.say(r.t("learn.released", "ID", learningName(id)))
}
