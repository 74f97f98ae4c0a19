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
}

// asked begins what a button carries whose question has been answered.
const asked = "asked "

// value is what a button carries that sets the deadlines without a further question.
func (d deadlines) value(r *request) string {
	value := asked + d.round + " due " + dateText(d.due, r.zone)
	if !d.closes.IsZero() {
		value += " closes " + dateText(d.closes, r.zone)
	}
	return value
}

func (d deadlines) button(r *request, label string) chat.Button {
	return chat.Button{Label: label, Action: d.action, Value: d.value(r)}
}

// question asks about deadlines that are probably not meant, all of it at once: a due day
// on which nobody works, and what becomes earlier than stands. False when there is nothing
// to ask.
func (d deadlines) question(r *request) (chat.Reply, bool) {
	var wasDue, wasCloses time.Time
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil && d.action == "extend" {
			wasDue, wasCloses = c.Due, c.Closes
		}
	})
	var text []string
	var buttons []chat.Button
	keep, due := "deadline.yes", d.due.In(r.zone)
	if next := workingFrom(r, due); !d.due.Equal(wasDue) && d.due.After(r.now()) && !next.Equal(due) {
		other := d
		other.due = next
		if !d.closes.IsZero() && d.closes.Before(next) {
			other.closes = d.closes.Add(next.Sub(due))
		}
		text = append(text, r.t("deadline.no-working-day", "Day", dayText(r, dateOf(due))))
		buttons = append(buttons, primary(other.button(r, r.t("deadline.other-day", "Day", dayText(r, dateOf(next))))))
		keep = "deadline.keep-day"
	}
	switch {
	case d.due.Before(wasDue) && d.due.After(r.now()):
		text = append(text, r.t("deadline.earlier", "Due", r.when(d.due), "Was", r.when(wasDue)))
	case !d.closes.IsZero() && d.closes.Before(wasCloses) && d.closes.After(r.now()):
		text = append(text, r.t("deadline.closes-earlier", "Closes", r.when(d.closes), "Was", r.when(wasCloses)))
	}
	if len(text) == 0 {
		return chat.Reply{}, false
	}
	buttons = append(buttons, d.button(r, r.t(keep, "Day", dayText(r, dateOf(due)))))
	return r.say(strings.Join(text, " "), append(buttons, chat.Button{Label: r.t("deadline.choose"), Action: d.action})...), true
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
