package commands

import (
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// deadlines are the times that somebody wants for a round.
type deadlines struct {
	action      string // the verb that sets them
	round       string // its period
	due, closes time.Time
	choseCloses bool   // closes is a day that somebody chose
	reason      string // for opening it again
}

// asked begins what a button carries whose question has been answered.
const asked = "asked "

// value is what a button carries that sets the deadlines without a further question.
func (d deadlines) value(r *request) string {
	value := asked + d.round
	if !d.due.IsZero() {
		value += " due " + dateText(d.due, r.zone)
	}
	if !d.closes.IsZero() {
		value += " closes " + dateText(d.closes, r.zone)
	}
	if d.reason != "" {
		value += " because " + d.reason
	}
	return value
}

func (d deadlines) button(r *request, label string) chat.Button {
	return chat.Button{Label: label, Action: d.action, Value: d.value(r)}
}

// question asks about deadlines that are probably not meant, all of it at once: a day on
// which nobody works, what becomes earlier than stands, and answers that are due before
// what they are about has ended. False when there is nothing to ask.
func (d deadlines) question(r *request) (chat.Reply, bool) {
	var wasDue, wasCloses time.Time
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil && d.action == "extend" {
			wasDue, wasCloses = c.Due, c.Closes
		}
	})
	text, other, label := d.daysOff(r, wasDue, wasCloses)
	keep := r.t("deadline.as-asked")
	var buttons []chat.Button
	if len(text) > 0 {
		buttons = append(buttons, primary(other.button(r, label)))
	}
	if len(text) == 1 {
		day := d.due
		if other.due.Equal(d.due) {
			day = d.closes
		}
		keep = r.t("deadline.keep-day", "Day", dayText(r, dateOf(day.In(r.zone))))
	}
	earlier := ""
	switch {
	case d.due.Before(wasDue) && d.due.After(r.now()):
		earlier = r.t("deadline.earlier", "Due", r.when(d.due), "Was", r.when(wasDue))
	case !d.closes.IsZero() && d.closes.Before(wasCloses) && d.closes.After(r.now()):
		earlier = r.t("deadline.closes-earlier", "Closes", r.when(d.closes), "Was", r.when(wasCloses))
	}
	if earlier != "" {
		if len(text) == 0 {
			keep = r.t("deadline.yes")
		}
		text = append(text, earlier)
	}
	if last, early := d.dueBeforeEnd(r); early {
		text = append(text, r.t("deadline.not-ended", "Period", r.period(benchmark.RoundID(d.round)), "Day", dayText(r, dateOf(last))))
	}
	if len(text) == 0 {
		return chat.Reply{}, false
	}
	buttons = append(buttons, d.button(r, keep))
	return r.say(strings.Join(text, " "), append(buttons, chat.Button{Label: r.t("deadline.choose"), Action: d.action})...), true
}

// daysOff asks about the days on which nobody works, of those that somebody chose; other
// are the deadlines with working days instead, and label says which.
func (d deadlines) daysOff(r *request, wasDue, wasCloses time.Time) (text []string, other deadlines, label string) {
	other = d
	chosen := func(t, was time.Time) bool { return !t.Equal(was) && t.After(r.now()) }
	due, closes := d.due.In(r.zone), d.closes.In(r.zone)
	if next := workingFrom(r, due); chosen(d.due, wasDue) && !next.Equal(due) {
		other.due = next
		if !d.closes.IsZero() && d.closes.Before(next) {
			other.closes = d.closes.Add(next.Sub(due))
		}
		text = append(text, r.t("deadline.no-working-day", "Day", dayText(r, dateOf(due))))
		label = r.t("deadline.other-day", "Day", dayText(r, dateOf(next)))
	}
	if next := workingFrom(r, closes); d.choseCloses && chosen(d.closes, wasCloses) && !next.Equal(closes) {
		if other.closes.Before(next) {
			other.closes = next
		}
		text = append(text, r.t("deadline.closes-no-working-day", "Day", dayText(r, dateOf(closes))))
		label = r.t("deadline.other-day", "Day", dayText(r, dateOf(next)))
	}
	if len(text) > 1 {
		label = r.t("deadline.other-days", "Due", dayText(r, dateOf(other.due.In(r.zone))), "Closes", dayText(r, dateOf(other.closes.In(r.zone))))
	}
	return text, other, label
}

// dueBeforeEnd says whether a round would be opened whose answers are due before the last
// working day of its period, whose last day is returned: they would be incomplete. A round that is opened
// while its period is under way, so that people know the day, is no slip; nor is anything
// asked where the network asks about the period itself, or wouldn't open it.
func (d deadlines) dueBeforeEnd(r *request) (last time.Time, early bool) {
	p, err := benchmark.ReadPeriod(d.round)
	if d.action != "open" || err != nil {
		return last, false
	}
	working := benchmark.WorkingDay(benchmark.Weekdays)
	r.read(func(n *benchmark.Network) { working = r.table.WorkingDay(n) })
	last = p.End.AddDate(0, 0, -1)
	lastWorking := last
	for lastWorking.After(p.Start) && !working(lastWorking.Date()) {
		lastWorking = lastWorking.AddDate(0, 0, -1)
	}
	early = dateOf(d.due.In(r.zone)) < dateOf(lastWorking)
	return last, early && dryRun(r, benchmark.OpenRound{Period: d.round, Due: d.due, Closes: d.closes}) == nil
}

// workingFrom is the first working day from an instant on, at its time of day.
func workingFrom(r *request, t time.Time) time.Time {
	working := benchmark.WorkingDay(benchmark.Weekdays)
	r.read(func(n *benchmark.Network) { working = r.table.WorkingDay(n) })
	next := t
	for k := 1; k <= longestHoliday && !working(next.Date()); k++ {
		next = t.AddDate(0, 0, k)
	}
	return next
}

// longestHoliday is more days than any run of holidays has.
const longestHoliday = 30
