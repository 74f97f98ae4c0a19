package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// talkVerb opens a thread about an indicator of a shown round, at every seat.
var talkVerb = verb{
	name: "talk", synonyms: []string{"discuss", "thread", "prata", "diskutera", "tråd"}, needs: aParticipant,
	typed: talkTyped, pressed: talkPressed, filled: talkFilled,
}

// talkTyped takes an indicator of the round that was shown last, or asks which.
func talkTyped(ctx context.Context, r *request, text string) chat.Reply {
	return openTalk(ctx, r, "", strings.TrimSpace(text))
}

// talkPressed is about the round and indicator that the button stands below: "2026-Q4/falls",
// "2026-Q4/" for one that is still to be chosen.
func talkPressed(ctx context.Context, r *request, value string) chat.Reply {
	round, name, _ := strings.Cut(value, "/")
	return openTalk(ctx, r, benchmark.RoundID(round), name)
}

func talkFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	return openTalk(ctx, r, benchmark.RoundID(f.State), f.Values["indicator"])
}

func openTalk(ctx context.Context, r *request, wanted benchmark.RoundID, name string) chat.Reply {
	round, template, why := publishedRound(r, wanted)
	if why != nil {
		return r.refused(why)
	}
	var rest []benchmark.Indicator
	r.read(func(n *benchmark.Network) {
		c, _ := n.Round(round)
		rest = benchmark.Rest(n, c)
	})
	switch {
	case name == "" && len(rest) == 0:
		return r.say(r.t("talk.none-left", "Period", r.period(round)))
	case name == "":
		return chat.Reply{Form: new(talkForm(r, round, rest))}
	}
	i, asks, is := findIndicator(r, template, "talk", name, "", true)
	if !is {
		return asks
	}
	stood := !containsIndicator(rest, i.ID)
	if err := r.decide(ctx, benchmark.OpenTalk(round, i.ID)); err != nil {
		return r.refused(err)
	}
	if stood {
		return r.say(r.t("talk.stands", "Title", oneLine(i.Title)))
	}
	return r.say(r.t("talk.done", "Title", oneLine(i.Title)))
}

func containsIndicator(all []benchmark.Indicator, id benchmark.IndicatorID) bool {
	for _, i := range all {
		if i.ID == id {
			return true
		}
	}
	return false
}

// talkForm asks which of the indicators without a thread is to be talked about.
func talkForm(r *request, round benchmark.RoundID, rest []benchmark.Indicator) chat.Form {
	f := chat.Field{Name: "indicator", Kind: chat.Choice, Label: r.t("talk.which")}
	for _, i := range rest[:min(len(rest), chat.MaxOptions)] {
		f.Options = append(f.Options, chat.Option{Label: clipText(oneLine(i.Title), chat.MaxLabel), Value: string(i.ID)})
	}
	return chat.Form{
		Name: "talk", Title: r.t("talk.title"), Submit: r.t("talk.send"), Intro: r.t("talk.intro"), State: string(round),
		Fields: []chat.Field{f},
	}
}
