package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// keeping is the reaction that keeps a message as a learning. Slack and Mattermost
// call it so, too.
const keeping = "bulb"

// reacted keeps a contribution as a learning, where it was said or at any other
// seat.
func (r *request) reacted(ctx context.Context, what chat.Reacted) chat.Reply {
	if r.table == nil || what.Emoji != keeping {
		return chat.Reply{}
	}
	own := false
	contribution := 0
	r.read(func(n *benchmark.Network) {
		contribution = n.ContributionAt(benchmark.Post(what.On))
		_, own = n.TopicAt(benchmark.Post(what.On))
	})
	switch {
	case contribution == 0 && own && r.me.ID != "":
		return r.say(r.t("learn.not-words"))
	case contribution == 0:
		return chat.Reply{} // of no concern
	}
	events, err := r.did(ctx, benchmark.Keep{Post: benchmark.Post(what.On)})
	switch {
	case err != nil:
		return r.refused(err)
	case len(events) == 0:
		return chat.Reply{}
	}
	return r.keptAs(func(n *benchmark.Network) (benchmark.Learning, bool) { return n.LearningOf(contribution) })
}

// keptAs says what has been kept. Another's words are not repeated: they may be
// taken back, and this answer stands.
func (r *request) keptAs(which func(n *benchmark.Network) (benchmark.Learning, bool)) chat.Reply {
	var l benchmark.Learning
	own := ""
	r.read(func(n *benchmark.Network) {
		l, _ = which(n)
		own = n.Text(l.Text)
	})
	if len(l.Supporters) == 0 { // somebody was quicker to take it back
		return chat.Reply{}
	}
	text := r.t("learn.kept", "ID", called(l.ID))
	switch k := len(l.Supporters); {
	case own != "":
		text = r.t("learn.kept-own", "ID", called(l.ID), "Text", r.excerpt(own))
	case k > 1:
		text = r.t("learn.kept-too", "ID", called(l.ID), "Count", k)
	}
	buttons := []chat.Button{r.button("learnings", "learn", "")}
	if own != "" {
		buttons = append(buttons, r.button("unlearn", "learn", string(l.ID)+" back"))
	}
	return r.say(joinLines(text, r.t("learn.see-all")), buttons...)
}

func (r *request) unreacted(ctx context.Context, what chat.Unreacted) chat.Reply {
	if r.table == nil || r.me.ID == "" || what.Emoji != keeping {
		return chat.Reply{}
	}
	var l benchmark.Learning
	r.read(func(n *benchmark.Network) { l, _ = n.LearningOf(n.ContributionAt(benchmark.Post(what.On))) })
	events, err := r.did(ctx, benchmark.Release{Post: benchmark.Post(what.On)})
	switch {
	case err != nil:
		return r.refused(err)
	case len(events) == 0:
		return chat.Reply{}
	}
	return r.released(l.ID)
}

// released says whether others keep it.
func (r *request) released(id benchmark.LearningID) chat.Reply {
	others := 0
	r.read(func(n *benchmark.Network) {
		l, _ := n.Learning(id)
		others = len(l.Supporters)
	})
	if others > 0 {
		return r.say(r.t("learn.released-others", "ID", called(id), "Count", others))
	}
	return r.say(r.t("learn.released", "ID", called(id)))
}
