package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// snoozeVerb puts one's own reminders off; unsnoozeVerb lets them come as planned.
var (
	snoozeVerb = verb{
		name: "snooze", synonyms: []string{"later", "senare", "skjut"}, needs: aParticipant,
		typed: snoozeReminders, pressed: snoozeReminders,
	}
	unsnoozeVerb = verb{name: "unsnooze", needs: aParticipant, typed: unsnoozeReminders, pressed: unsnoozeReminders}
)

// snoozeReminders puts one's own reminders off: to the next working day, or to the date or
// day of the week that was typed, "2027-01-26", "+3", "friday".
func snoozeReminders(ctx context.Context, r *request, text string) chat.Reply {
	dates, zone := snoozeDates(r)
	until, err := parseSnoozeDate(r, text, dates, zone)
	if err == nil {
		err = r.decide(ctx, benchmark.Snooze{Until: until})
	}
	if err != nil {
		return refuseSnooze(r, err, dates)
	}
	answer := r.t("snooze.done", "Until", dayText(r, until))
	others := slices.DeleteFunc(dates, func(d benchmark.Date) bool { return d == until })
	if len(others) > 0 {
		answer += " " + r.t("snooze.another")
	}
	return r.say(answer, append(snoozeButtons(r, others), r.button("unsnooze", "unsnooze", ""))...)
}

// unsnoozeReminders lets the reminders come as planned again.
func unsnoozeReminders(ctx context.Context, r *request, _ string) chat.Reply {
	if err := r.decide(ctx, benchmark.Snooze{}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("snooze.undone"), r.button("snooze", "snooze", ""))
}

// snoozeDates are the dates that are offered, and the zone in which they are
// dates.
func snoozeDates(r *request) (dates []benchmark.Date, zone *time.Location) {
	zone = r.zone
	r.read(func(n *benchmark.Network) {
		zone = n.LocationOf(r.me)
		if c := n.Current(); c != nil {
			dates = n.SnoozeDates(c, r.me, r.now(), r.table.WorkingDay(n))
		}
	})
	return dates, zone
}

// parseSnoozeDate reads the date that was meant; with nothing typed it is the first
// that is offered.
func parseSnoozeDate(r *request, text string, dates []benchmark.Date, zone *time.Location) (benchmark.Date, error) {
	today := r.now().In(zone)
	switch {
	case strings.TrimSpace(text) != "":
		return readDay(text, "until", today, today)
	case len(dates) > 0:
		return dates[0], nil
	}
	return dateOf(today.AddDate(0, 0, 1)), nil // the domain says why not
}

// refuseSnooze says why, with the dates that would do.
func refuseSnooze(r *request, err error, dates []benchmark.Date) chat.Reply {
	reply := r.refused(err)
	why, ok := errors.AsType[*benchmark.Refusal](err)
	switch {
	case !ok || reply.Message == nil:
	case why.Reason == refusal.SnoozeMuted:
		reply.Message.Blocks = append(reply.Message.Blocks, rows([]chat.Button{r.button("unmute", "unmute", "")})...)
	case why.Field == "until":
		reply.Message.Blocks = append(reply.Message.Blocks, rows(snoozeButtons(r, dates))...)
	}
	return reply
}

func snoozeButtons(r *request, dates []benchmark.Date) (buttons []chat.Button) {
	for _, date := range dates {
		buttons = append(buttons, chat.Button{Label: dayText(r, date), Action: "snooze", Value: string(date)})
	}
	return buttons
}

// dayText is a date as people say it: "Tuesday 26 January".
func dayText(r *request, date benchmark.Date) string {
	t, _ := date.In(time.UTC)
	return r.t("snooze.day", "Weekday", r.l.Weekday(t, time.UTC), "Date", r.l.ShortDate(t, time.UTC))
}
