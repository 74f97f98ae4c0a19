package commands

import (
	"context"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// reopenVerb lets answers into a closed round again.
var reopenVerb = verb{
	name: "reopen", synonyms: []string{"unlock"}, needs: aFacilitator,
	typed: reopenTyped, pressed: reopenTyped, filled: reopenFilled,
}

// reopenTyped takes "2027-02-10 because two wards were on holiday", or opens the
// form.
func reopenTyped(ctx context.Context, r *request, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		var current benchmark.RoundID
		r.read(func(n *benchmark.Network) {
			if c := n.Current(); c != nil {
				current = c.ID
			}
		})
		if current == "" {
			return r.refused(refuse(refusal.NoRound))
		}
		return chat.Reply{Form: new(reopenForm(r, current))}
	}
	closes, reason := splitDate(text, r.now().In(r.zone))
	if err := reopenRound(ctx, r, closes, trimWord(reason, "because", "eftersom", "reason")); err != nil {
		return r.refused(err)
	}
	return confirmReopened(r)
}

// confirmReopened says until when it is open again, and what a letter tells then.
func confirmReopened(r *request) chat.Reply {
	id := "reopen.done"
	r.read(func(n *benchmark.Network) {
		if hasShownLetters(n.Current()) {
			id = "reopen.done-coded"
		}
	})
	return confirmRound(r, id)
}

// hasShownLetters says whether organisations stand under letters in a round, and somebody
// may have seen them: its draft, at least.
func hasShownLetters(c *benchmark.Round) bool {
	return c != nil && c.Visibility == benchmark.Coded && c.Closings > 0
}

func reopenRound(ctx context.Context, r *request, closes, reason string) error {
	at, err := readDate(closes, "closes", r.now(), r.zone)
	again := benchmark.ReopenRound{Closes: at, Reason: reason}
	if err := unreadAnd(r, err, again); err != nil {
		return err
	}
	return r.decide(ctx, again)
}

func reopenForm(r *request, id benchmark.RoundID) chat.Form {
	intro := "reopen.intro"
	r.read(func(n *benchmark.Network) {
		if c, _ := n.Round(id); hasShownLetters(c) {
			intro = "reopen.intro-coded"
		}
	})
	return chat.Form{
		Name: "reopen", Title: r.t("reopen.title"), Submit: r.t("reopen.send"), State: string(id),
		Intro: r.t(intro, "Period", r.period(id)),
		Fields: []chat.Field{
			{Name: "closes", Label: r.t("open.closes"), Help: r.t("open.date-help"), Value: workingFrom(r, r.now().In(r.zone).AddDate(0, 0, 7)).Format(time.DateOnly), MaxLength: 40},
			{Name: "reason", Kind: chat.Area, Label: r.t("reopen.reason"), Help: r.t("reopen.reason-help")},
		},
	}
}

func reopenFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if why := refuseOtherRound(r, benchmark.RoundID(f.State)); why != nil {
		return r.refused(why)
	}
	if err := reopenRound(ctx, r, f.Values["closes"], f.Values["reason"]); err != nil {
		return r.showAgain(reopenForm(r, benchmark.RoundID(f.State)), f.Values, err, nil)
	}
	return confirmReopened(r)
}
