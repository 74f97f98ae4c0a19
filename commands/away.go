package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// awayVerb says on which days one is away; backVerb that one is here again.
var (
	awayVerb = verb{
		name: "away", synonyms: []string{"holiday", "vacation", "absent", "borta", "ledig", "semester"}, needs: aParticipant,
		typed: awayTyped, pressed: openAwayForm, filled: awayFilled,
	}
	backVerb = verb{name: "back", synonyms: []string{"here", "present", "tillbaka"}, needs: aParticipant, typed: comeBack, pressed: comeBack}
)

// betweenDays are the words that may stand before a day.
var betweenDays = []string{"from", "to", "until", "till", "through", "and", "-", "–", "från", "tills", "och", "med"}

// awayTyped takes "2026-12-21 to 2027-01-06", or the last day alone: "until friday",
// "+14". Without a last day it opens the form.
func awayTyped(ctx context.Context, r *request, text string) chat.Reply {
	first, _ := firstWord(strings.ToLower(text))
	days := splitDays(text, r.now())
	switch {
	case len(days) == 0:
		return openAwayForm(ctx, r, "")
	case len(days) == 1 && (first == "from" || first == "från"):
		f := awayForm(r)
		prefill(&f, map[string]string{"from": days[0]})
		return chat.Reply{Form: &f}
	case len(days) == 1:
		return goAway(ctx, r, text, "", days[0])
	case len(days) == 2:
		return goAway(ctx, r, text, days[0], days[1])
	}
	return r.refused(refuse(refusal.DateUnreadable, "Typed", text))
}

// splitDays parts what was typed into days: at the words between them, and where there
// is none, where both halves read as one.
func splitDays(text string, now time.Time) (days []string) {
	var day []string
	flush := func() {
		if len(day) > 0 {
			days = append(days, strings.Join(day, " "))
		}
		day = nil
	}
	for w := range strings.FieldsSeq(text) {
		switch {
		case slices.Contains(betweenDays, strings.ToLower(w)):
			flush()
		case !timeOfDay.MatchString(w): // days are whole
			day = append(day, w)
		}
	}
	flush()
	if len(days) != 1 {
		return days
	}
	if first, rest := splitDate(days[0], now); rest != "" {
		return []string{first, rest}
	}
	return days
}

// goAway answers what was typed; it is given back whole when a day can't be read.
func goAway(ctx context.Context, r *request, typed, from, until string) chat.Reply {
	err := decideAway(ctx, r, from, until)
	if wrong := refusalsIn(err); len(wrong) > 0 && wrong[0].Reason == refusal.DateUnreadable {
		wrong[0].Args = []any{"Typed", typed}
		err = wrong[0]
	}
	if err != nil {
		return r.refused(err)
	}
	return confirmAway(r)
}

// decideAway reads the days and has the network decide. Until counts from the first
// day, and that from today.
func decideAway(ctx context.Context, r *request, from, until string) error {
	zone := r.zone
	r.read(func(n *benchmark.Network) { zone = n.LocationOf(r.me) })
	var intent benchmark.Away
	var err error
	var unread benchmark.Refusals
	today := r.now().In(zone)
	first := today
	if strings.TrimSpace(from) != "" {
		if intent.From, err = readDay(from, "from", today, today); err != nil {
			unread = refusalsIn(err)
		} else {
			first, _ = intent.From.In(zone)
		}
	}
	if intent.Until, err = readDay(until, "until", today, first); err != nil {
		unread = append(unread, refusalsIn(err)...)
	}
	if len(unread) > 0 {
		return unread
	}
	return r.decide(ctx, intent)
}

func openAwayForm(_ context.Context, r *request, _ string) chat.Reply {
	return chat.Reply{Form: new(awayForm(r))}
}

// awayForm shows the days that were said before, or today and a week on.
func awayForm(r *request) chat.Form {
	var from, until benchmark.Date
	r.read(func(n *benchmark.Network) {
		today := r.now().In(n.LocationOf(r.me))
		var away bool
		if from, until, away = n.AwayOn(r.me, r.now()); !away {
			from, until = dateOf(today), dateOf(today.AddDate(0, 0, 7))
		}
	})
	return chat.Form{
		Name: "away", Title: r.t("away.title"), Submit: r.t("away.send"), Intro: r.t("away.intro"),
		Fields: []chat.Field{
			{Name: "from", Label: r.t("away.from"), Help: r.t("away.day-help"), Value: string(from), MaxLength: 40},
			{Name: "until", Label: r.t("away.until"), Help: r.t("away.day-help"), Value: string(until), MaxLength: 40},
		},
	}
}

func awayFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if err := decideAway(ctx, r, f.Values["from"], f.Values["until"]); err != nil {
		return r.showAgain(awayForm(r), f.Values, err, nil)
	}
	return confirmAway(r)
}

// confirmAway says what stands now.
func confirmAway(r *request) chat.Reply {
	var text string
	r.read(func(n *benchmark.Network) {
		me, _ := n.Participant(r.me.ID)
		text, _ = awayText(r, n, me)
	})
	then := "away.then"
	if r.me.Muted {
		then = "home.muted"
	}
	return r.say(joinLines(text, r.t(then)), r.button("back", "back", ""))
}

// awayText says when a participant is away; false when they are here.
func awayText(r *request, n *benchmark.Network, p benchmark.Participant) (string, bool) {
	from, until, away := n.AwayOn(p, r.now())
	if !away {
		return "", false
	}
	first, _ := from.In(time.UTC)
	last, _ := until.In(time.UTC)
	if dateOf(r.now().In(n.LocationOf(p))) >= from {
		return r.t("away.now", "Until", r.l.Date(last, time.UTC)), true
	}
	return r.t("away.later", "From", r.l.Date(first, time.UTC), "Until", r.l.Date(last, time.UTC)), true
}

// comeBack lets the reminders come as planned again. Who says when they will be back
// gets the form, in which they can.
func comeBack(ctx context.Context, r *request, when string) chat.Reply {
	if strings.TrimSpace(when) != "" {
		return openAwayForm(ctx, r, "")
	}
	if err := r.decide(ctx, benchmark.Away{}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("away.back"), r.button("away", "away", ""))
}
