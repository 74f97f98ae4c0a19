package commands

import (
	"context"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// extendVerb gives the open round more time.
var extendVerb = verb{
	name: "extend", synonyms: []string{"postpone", "förläng"}, needs: aFacilitator,
	typed: extendTyped, pressed: extendPressed, filled: extendFilled,
}

// extendTyped takes "2027-02-07 closes 2027-02-14", or opens the form.
func extendTyped(ctx context.Context, r *request, text string) chat.Reply {
	if why := noOpenRound(r); why != nil {
		return r.refused(why)
	}
	if strings.TrimSpace(text) == "" {
		return chat.Reply{Form: new(extendForm(r))}
	}
	v := keywordValues(text, "due", "closes")
	d, err := readExtension(r, strings.TrimSpace(v[""]+" "+v["due"]), v["closes"])
	if err != nil {
		return r.refused(err)
	}
	if question, is := d.question(r); is {
		return question
	}
	return extendRound(ctx, r, d)
}

// extendPressed takes what a question's button carries, or opens the form.
func extendPressed(ctx context.Context, r *request, value string) chat.Reply {
	answer, is := strings.CutPrefix(value, asked)
	if !is {
		return extendTyped(ctx, r, value)
	}
	v := keywordValues(answer, "due", "closes")
	if why := refuseOtherRound(r, benchmark.RoundID(v[""])); why != nil {
		return r.refused(why)
	}
	d, err := readExtension(r, v["due"], v["closes"])
	if err != nil {
		return r.refused(err)
	}
	return extendRound(ctx, r, d)
}

// readExtension reads the new due day, and the closing; with an empty day the closing
// moves alone. What is relative counts from what stands.
func readExtension(r *request, due, closes string) (d deadlines, err error) {
	d.action = "extend"
	var was, wasCloses time.Time
	var unread benchmark.Refusals
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			d.round, was, wasCloses = string(c.ID), dueOf(c), c.Closes
			if closes != "" {
				d.due = c.Due
			}
		}
	})
	if due != "" || d.due.IsZero() {
		if d.due, err = readMoved(due, "due", r.now(), was, r.zone); err != nil {
			unread = append(unread, refusalsIn(err)...)
		}
	}
	if strings.TrimSpace(closes) != "" {
		d.choseCloses = true
		if d.closes, err = readMoved(closes, "closes", r.now(), wasCloses, r.zone); err != nil {
			unread = append(unread, refusalsIn(err)...)
		}
	}
	if len(unread) > 0 {
		return d, unread
	}
	return d, nil
}

func extendRound(ctx context.Context, r *request, d deadlines) chat.Reply {
	if err := r.decide(ctx, benchmark.ExtendRound{Due: d.due, Closes: d.closes}); err != nil {
		return r.refused(err)
	}
	return confirmRound(r, "extend.done")
}

func extendForm(r *request) chat.Form {
	f := chat.Form{Name: "extend", Title: r.t("extend.title"), Submit: r.t("extend.send")}
	due, closes := "", ""
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			due, closes, f.State = dateText(dueOf(c), r.zone), dateText(c.Closes, r.zone), string(c.ID)
			f.Intro = r.t("extend.intro", "Period", r.period(c.ID))
		}
	})
	f.Fields = []chat.Field{
		{Name: "due", Label: r.t("open.due"), Help: r.t("open.date-help"), Value: due, MaxLength: 40},
		{Name: "closes", Label: r.t("open.closes"), Help: r.t("extend.closes-help"), Value: closes, MaxLength: 40, Optional: true},
	}
	return f
}

func extendFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if why := refuseOtherRound(r, benchmark.RoundID(f.State)); why != nil {
		return r.refused(why)
	}
	d, err := readExtension(r, f.Values["due"], f.Values["closes"])
	if err == nil {
		if question, is := d.question(r); is {
			return question
		}
		err = r.decide(ctx, benchmark.ExtendRound{Due: d.due, Closes: d.closes})
	}
	if err != nil {
		return r.showAgain(extendForm(r), f.Values, err, nil)
	}
	return confirmRound(r, "extend.done")
}
