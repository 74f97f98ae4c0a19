package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/benchmark/view"
	"roundtable/chat"
)

// publishVerb shows a closed round to everybody.
var publishVerb = verb{
	name: "publish", synonyms: []string{"show", "visa"}, needs: aFacilitator,
	typed: publishTyped, pressed: publishPressed,
}

func publishTyped(ctx context.Context, r *request, round string) chat.Reply {
	return publishRound(ctx, r, benchmark.PublishRound{Round: benchmark.RoundID(strings.ToUpper(strings.TrimSpace(round)))})
}

// draftOf is what a button carries that shows the round as somebody has read its draft:
// "2026-Q4/2/1f3a" after its second closing, with the state of its results then.
func draftOf(n *benchmark.Network, c *benchmark.Round) string {
	return string(c.ID) + "/" + strconv.Itoa(c.Closings) + "/" + benchmark.DraftState(n, c)
}

// publishPressed shows the round whose draft the button stands below. A round that has
// closed again since has another draft, and so has one whose results have changed. Buttons of
// earlier versions don't say which closing they are of, the first, or what they showed.
func publishPressed(ctx context.Context, r *request, value string) chat.Reply {
	round, more, _ := strings.Cut(value, "/")
	number, state, _ := strings.Cut(more, "/")
	closing, err := strconv.Atoi(number)
	if err != nil {
		closing = 1
	}
	return publishRound(ctx, r, benchmark.PublishRound{Round: benchmark.RoundID(round), Closing: closing, Draft: state})
}

// publishRound shows the round, as somebody saw its draft.
func publishRound(ctx context.Context, r *request, seen benchmark.PublishRound) chat.Reply {
	done, id := "publish.done", seen.Round
	var intent benchmark.PublishRound
	r.read(func(n *benchmark.Network) {
		intent = view.Show(n, id, seen.Closing)
		c, known := n.Round(id)
		if id == "" {
			c = n.Current()
			known = c != nil
		}
		if known && c.Phase == benchmark.Published {
			done = "publish.already"
		}
	})
	intent.Draft = seen.Draft
	if err := r.decide(ctx, intent); err != nil {
		var x *benchmark.Refusal
		if errors.As(err, &x) && (x.Reason == refusal.DraftChanged || x.Reason == refusal.DraftOld) {
			return lookAgain(r, x, id)
		}
		return r.refused(err)
	}
	if id != "" {
		return waitsForSeats(ctx, r, r.say(r.t(done, "Period", r.period(id))))
	}
	return waitsForSeats(ctx, r, confirmRound(r, done))
}

// waitsForSeats adds which channels can't be reached now.
func waitsForSeats(ctx context.Context, r *request, reply chat.Reply) chat.Reply {
	away := outOfReach(ctx, r)
	if len(away) == 0 || reply.Message == nil {
		return reply
	}
	text := r.t("publish.out-of-reach", "Count", len(away), "Channels", r.l.List(away))
	reply.Message.Text = joinLines(reply.Message.Text, text)
	reply.Message.Blocks = append(reply.Message.Blocks, chat.Paragraph{Text: text})
	return reply
}

// lookAgain says why a draft shows nothing any more, with the draft as it is now.
func lookAgain(r *request, why *benchmark.Refusal, id benchmark.RoundID) chat.Reply {
	var render func() (chat.Message, error)
	r.read(func(n *benchmark.Network) {
		w := &composition{
			audience: r.audience, n: n, network: n.Name, tables: r.c.tables, to: r.me,
			d: benchmark.Duty{Kind: benchmark.DraftDuty, Participant: r.me.ID, Round: id},
		}
		if c, known := n.Round(id); known && c.Phase == benchmark.Closed {
			w.round = c
			render = w.draft()
		}
	})
	if render == nil { // it is open again, or shown, since
		return r.refused(why)
	}
	m, err := render()
	if err != nil {
		return r.failed(err)
	}
	text := r.words(why)
	m.Text = text
	m.Blocks = slices.Insert(m.Blocks, 0, chat.Block(chat.Paragraph{Text: text}))
	return chat.Reply{Message: &m}
}
