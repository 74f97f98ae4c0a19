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
	typed: reopenTyped, pressed: reopenPressed, filled: reopenFilled,
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
	d, err := readReopening(r, closes, trimWord(reason, "because", "eftersom", "reason"))
	if err != nil {
		return r.refused(err)
	}
	if question, is := askReopening(r, d); is {
		return question
	}
	return reopenAsAsked(ctx, r, d)
}

// reopenPressed takes what a question's button carries, or opens the form.
func reopenPressed(ctx context.Context, r *request, value string) chat.Reply {
	answer, is := strings.CutPrefix(value, asked)
	if !is {
		return reopenTyped(ctx, r, value)
	}
	days, reason, _ := strings.Cut(answer, " because ")
	v := keywordValues(days, "closes")
	if why := refuseOtherRound(r, benchmark.RoundID(v[""])); why != nil {
		return r.refused(why)
	}
	d, err := readReopening(r, v["closes"], reason)
	if err != nil {
		return r.refused(err)
	}
	return reopenAsAsked(ctx, r, d)
}

// readReopening reads until when the round is open again.
func readReopening(r *request, closes, reason string) (d deadlines, err error) {
	d = deadlines{action: "reopen", choseCloses: true, reason: reason}
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil {
			d.round = string(c.ID)
		}
	})
	d.closes, err = readDate(closes, "closes", r.now(), r.zone)
	return d, unreadAnd(r, err, d.reopening())
}

func (d deadlines) reopening() benchmark.ReopenRound {
	return benchmark.ReopenRound{Closes: d.closes, Reason: d.reason}
}

// askReopening asks about a day on which nobody works, if the round may be opened again at
// all. Where the reason is too long for a button, the form has another day in its place.
func askReopening(r *request, d deadlines) (chat.Reply, bool) {
	if dryRun(r, d.reopening()) != nil {
		return chat.Reply{}, false
	}
	question, is := d.question(r)
	if !is || len(d.value(r)) <= chat.MaxValue {
		return question, is
	}
	f := reopenForm(r, benchmark.RoundID(d.round))
	text, other, _ := d.daysOff(r, time.Time{}, time.Time{})
	prefill(&f, map[string]string{"closes": dateText(other.closes, r.zone), "reason": d.reason})
	f.State += " " + dateText(d.closes, r.zone)
	setFieldError(&f, "closes", strings.Join(text, " "))
	return chat.Reply{Form: &f}, true
}

func reopenAsAsked(ctx context.Context, r *request, d deadlines) chat.Reply {
	if err := r.decide(ctx, d.reopening()); err != nil {
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

// reopenFilled takes the form; a day off that was asked about in it, and is sent again, is
// meant.
func reopenFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	round, askedAbout, _ := strings.Cut(f.State, " ")
	if why := refuseOtherRound(r, benchmark.RoundID(round)); why != nil {
		return r.refused(why)
	}
	d, err := readReopening(r, f.Values["closes"], f.Values["reason"])
	if err == nil && askedAbout != dateText(d.closes, r.zone) {
		if question, is := askReopening(r, d); is {
			return question
		}
	}
	if err == nil {
		err = r.decide(ctx, d.reopening())
	}
	if err != nil {
		return r.showAgain(reopenForm(r, benchmark.RoundID(round)), f.Values, err, nil)
	}
	return confirmReopened(r)
}
