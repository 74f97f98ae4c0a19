package commands

import (
	"context"
	"errors"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// openVerb opens a round.
var openVerb = verb{
	name: "open", synonyms: []string{"new", "öppna"}, needs: aFacilitator,
	typed: openTyped, pressed: openTyped, filled: openFilled,
}

// openTyped takes "2026-Q4 due 2027-01-31 closes 2027-02-07", or opens the form,
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
	_, isSure := v[sure]
	err := openRound(ctx, r, benchmark.OpenRound{Period: v[""], Sure: isSure}, v["due"], v["closes"])
	if x, far := farPeriod(err); far {
		again := strings.Join(strings.Fields(text), " ") + " " + sure
		return r.say(r.words(x), r.button("open-far", "open", again))
	}
	if err != nil {
		return r.refused(err)
	}
	return confirmRound(r, "open.done")
}

// sure is the word behind which nothing more is asked.
const sure = "sure"

// farPeriod returns the question whether a period is meant, when it is asked.
func farPeriod(err error) (*benchmark.Refusal, bool) {
	x, ok := errors.AsType[*benchmark.Refusal](err)
	return x, ok && x.Reason == refusal.PeriodFar
}

func openRound(ctx context.Context, r *request, intent benchmark.OpenRound, due, closes string) error {
	var err error
	if intent.Due, err = readDate(due, "due", r.now(), r.zone); err != nil {
		return err
	}
	if strings.TrimSpace(closes) != "" {
		if intent.Closes, err = readDate(closes, "closes", r.now(), r.zone); err != nil {
			return err
		}
	}
	return r.decide(ctx, intent)
}

func openForm(r *request) chat.Form {
	now := r.now().In(r.zone)
	return chat.Form{
		Name: "open", Title: r.t("open.title"), Submit: r.t("open.send"), Intro: r.t("open.intro"),
		Fields: []chat.Field{
			{Name: "period", Label: r.t("open.period"), Help: r.t("open.period-help"), Value: suggestPeriod(r, now), MaxLength: 20},
			{Name: "due", Label: r.t("open.due"), Help: r.t("open.date-help"), Value: now.AddDate(0, 0, 21).Format(time.DateOnly), MaxLength: 20},
			{Name: "closes", Label: r.t("open.closes"), Help: r.t("open.closes-help"), Value: now.AddDate(0, 0, 28).Format(time.DateOnly), MaxLength: 20, Optional: true},
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
	intent := benchmark.OpenRound{Period: period, Sure: period != "" && f.State == period}
	if err := openRound(ctx, r, intent, f.Values["due"], f.Values["closes"]); err != nil {
		form := openForm(r)
		if _, far := farPeriod(err); far {
			form.State = period
		}
		return r.showAgain(form, f.Values, err, nil)
	}
	return confirmRound(r, "open.done")
}
