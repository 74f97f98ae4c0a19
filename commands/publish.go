package commands

import (
	"context"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chat"
)

// publishVerb shows a closed round to everybody.
var publishVerb = verb{
	name: "publish", synonyms: []string{"show", "visa"}, needs: aFacilitator,
	typed: publishTyped, pressed: publishPressed,
}

func publishTyped(ctx context.Context, r *request, round string) chat.Reply {
	return publishRound(ctx, r, benchmark.RoundID(strings.ToUpper(strings.TrimSpace(round))), 0)
}

// draftOf is what a button carries that shows the round as somebody has read its draft:
// "2026-Q4/2" after its second closing.
func draftOf(c *benchmark.Round) string { return string(c.ID) + "/" + strconv.Itoa(c.Closings) }

// publishPressed shows the round whose draft the button stands below. A round that has
// closed again since has another draft. Buttons of earlier versions don't say which
// closing they are of: the first.
func publishPressed(ctx context.Context, r *request, value string) chat.Reply {
	round, number, _ := strings.Cut(value, "/")
	closing, err := strconv.Atoi(number)
	if err != nil {
		closing = 1
	}
	return publishRound(ctx, r, benchmark.RoundID(round), closing)
}

// publishRound shows the round, as somebody saw its draft after that closing; 0 for
// nobody.
func publishRound(ctx context.Context, r *request, id benchmark.RoundID, closing int) chat.Reply {
	done := "publish.done"
	var intent benchmark.PublishRound
	r.read(func(n *benchmark.Network) {
		intent = view.Show(n, id, closing)
		c, known := n.Round(id)
		if id == "" {
			c = n.Current()
			known = c != nil
		}
		if known && c.Phase == benchmark.Published {
			done = "publish.already"
		}
	})
	if err := r.decide(ctx, intent); err != nil {
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
