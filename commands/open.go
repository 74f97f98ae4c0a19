package commands

import (
	"context"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// openVerb opens a round.
var openVerb = verb{
	name: "open", synonyms: []string{"new", "öppna"}, needs: aFacilitator,
	typed: openTyped, pressed: openPressed, filled: openFilled,
}

// openTyped takes "2026-Q4 due 2027-01-29 closes 2027-02-05", or opens the form,
// with the period when no day was typed.
func openTyped(ctx context.Context, r *request, text string) chat.Reply {
	v := keywordValues(text, "due", "closes", sure)
	if v["due"] == "" {
		f := openForm(r)
		prefill(&f, map[string]string{"period": v[""]})
		if strings.TrimSpace(text) == "" {
			f = openForm(r)
		}
		return chat.Reply{Form: &f}
	}
	d, err := readOpening(r, v[""], v["due"], v["closes"])
	if err != nil {
		return r.refused(err)
	}
	if question, is := d.question(r); is && mayOpen(r) {
		return question
	}
	_, isSure := v[sure]
	return openAsAsked(ctx, r, d, isSure)
}

// openPressed takes what a question's button carries, or opens the form.
func openPressed(ctx context.Context, r *request, value string) chat.Reply {
	answer, is := strings.CutPrefix(value, asked)
	if !is {
		return openTyped(ctx, r, value)
	}
	v := keywordValues(answer, "due", "closes", sure)
	d, err := readOpening(r, v[""], v["due"], v["closes"])
	if err != nil {
		return r.refused(err)
	}
	_, isSure := v[sure]
	return openAsAsked(ctx, r, d, isSure)
}

// openAsAsked opens the round, or asks about a period that is far away.
func openAsAsked(ctx context.Context, r *request, d deadlines, isSure bool) chat.Reply {
	err := openRound(ctx, r, d, isSure)
	if reply, asks := askWhichPeriod(r, d, err); asks {
		return reply
	}
	if x, far := farPeriod(err); far && len(refusalsIn(err)) == 1 {
		return r.say(r.words(x), r.button("open-far", "open", d.value(r)+" "+sure))
	}
	if err != nil {
		return r.refused(err)
	}
	return confirmRound(r, "open.done")
}

// mayOpen says whether there is no round open already: then there is nothing to ask.
func mayOpen(r *request) (may bool) {
	r.read(func(n *benchmark.Network) {
		c := n.Current()
		may = c == nil || c.Phase != benchmark.Open
	})
	return may
}

// sure is the word behind which nothing more is asked.
const sure = "sure"

// askWhichPeriod offers all that a period can mean, when it can mean several.
func askWhichPeriod(r *request, d deadlines, err error) (chat.Reply, bool) {
	refused := refusalsIn(err)
	if len(refused) != 1 || refused[0].Reason != refusal.PeriodAmbiguous {
		return chat.Reply{}, false
	}
	x := refused[0]
	var buttons []chat.Button
	readings, _ := argument(x, "Readings").([]benchmark.RoundID)
	for _, id := range readings {
		meant := d
		meant.round = string(id)
		buttons = append(buttons, meant.button(r, clipText(r.l.Period(string(id)), chat.MaxLabel)))
	}
	return r.say(r.words(x), buttons...), true
}

// farPeriod returns the question whether a period is meant, when it is asked.
func farPeriod(err error) (*benchmark.Refusal, bool) {
	for _, x := range refusalsIn(err) {
		if x.Reason == refusal.PeriodFar {
			return x, true
		}
	}
	return nil, false
}

// readOpening reads when answers are due, and when the round closes; what is relative
// counts from now.
func readOpening(r *request, period, due, closes string) (d deadlines, err error) {
	d.action, d.round = "open", period
	var unread benchmark.Refusals
	if d.due, err = readDate(due, "due", r.now(), r.zone); err != nil {
		unread = append(unread, refusalsIn(err)...)
		d.due = r.now().AddDate(0, 0, 21)
	}
	if strings.TrimSpace(closes) != "" {
		d.choseCloses = true
		if d.closes, err = readDate(closes, "closes", r.now(), r.zone); err != nil {
			unread = append(unread, refusalsIn(err)...)
		}
	}
	if len(unread) == 0 {
		return d, nil
	}
	return d, unreadAnd(r, unread, benchmark.OpenRound{Period: d.round, Due: d.due, Closes: d.closes, Sure: true})
}

func openRound(ctx context.Context, r *request, d deadlines, isSure bool) error {
	return r.decide(ctx, benchmark.OpenRound{Period: d.round, Due: d.due, Closes: d.closes, Sure: isSure})
}

func openForm(r *request) chat.Form {
	now := r.now().In(r.zone)
	due := workingFrom(r, now.AddDate(0, 0, 21))
	return chat.Form{
		Name: "open", Title: r.t("open.title"), Submit: r.t("open.send"), Intro: r.t("open.intro"),
		Fields: []chat.Field{
			{Name: "period", Label: r.t("open.period"), Help: r.t("open.period-help"), Value: suggestPeriod(r, now), MaxLength: 20},
			{Name: "due", Label: r.t("open.due"), Help: r.t("open.date-help"), Value: due.Format(time.DateOnly), MaxLength: 40},
			{Name: "closes", Label: r.t("open.closes"), Help: r.t("open.closes-help"), Value: workingFrom(r, due.AddDate(0, 0, 7)).Format(time.DateOnly), MaxLength: 40, Optional: true},
		},
	}
}

// suggestPeriod guesses what a network would report on now: the quarter that
// ended last, unless it has had it.
func suggestPeriod(r *request, now time.Time) string {
	last := now.AddDate(0, -3, 1-now.Day())
	quarter := last.Format("2006") + "-Q" + string(rune('1'+(int(last.Month())-1)/3))
	r.read(func(n *benchmark.Network) {
		if _, used := n.Round(benchmark.RoundID(quarter)); used {
			quarter = ""
		}
	})
	return quarter
}

func openFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	period := f.Values["period"]
	d, err := readOpening(r, period, f.Values["due"], f.Values["closes"])
	if err == nil {
		if question, is := d.question(r); is && mayOpen(r) {
			return question
		}
		err = openRound(ctx, r, d, period != "" && f.State == period)
	}
	if reply, asks := askWhichPeriod(r, d, err); asks {
		return reply
	}
	if err != nil {
		form := openForm(r)
		if _, far := farPeriod(err); far {
			form.State = period
		}
		return r.showAgain(form, f.Values, err, nil)
	}
	return confirmRound(r, "open.done")
}
