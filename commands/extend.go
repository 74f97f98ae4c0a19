package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// extendVerb gives the open round more time.
var extendVerb = verb{
	name: "extend", synonyms: []string{"postpone", "förläng"}, needs: aFacilitator,
	typed: extendTyped, pressed: extendTyped, filled: extendFilled,
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
	if err := extendRound(ctx, r, strings.TrimSpace(v[""]+" "+v["due"]), v["closes"]); err != nil {
		return r.refused(err)
	}
	return confirmRound(r, "extend.done")
}

// extendRound moves the due day, or with an empty one the closing alone.
func extendRound(ctx context.Context, r *request, due, closes string) error {
	var intent benchmark.ExtendRound
	var err error
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil && closes != "" {
			intent.Due = c.Due
		}
	})
	if due != "" || intent.Due.IsZero() {
		if intent.Due, err = readDate(due, "due", r.now(), r.zone); err != nil {
			return err
		}
	}
	if strings.TrimSpace(closes) != "" {
		if intent.Closes, err = readDate(closes, "closes", r.now(), r.zone); err != nil {
			return err
		}
	}
	return r.decide(ctx, intent)
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
		{Name: "due", Label: r.t("open.due"), Help: r.t("open.date-help"), Value: due, MaxLength: 20},
		{Name: "closes", Label: r.t("open.closes"), Help: r.t("extend.closes-help"), Value: closes, MaxLength: 20, Optional: true},
	}
	return f
}

func extendFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if why := refuseOtherRound(r, benchmark.RoundID(f.State)); why != nil {
		return r.refused(why)
	}
	if err := extendRound(ctx, r, f.Values["due"], f.Values["closes"]); err != nil {
		return r.showAgain(extendForm(r), f.Values, err, nil)
	}
	return confirmRound(r, "extend.done")
}
