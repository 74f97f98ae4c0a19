package commands

import (
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
)

// answerSheet is a round as one organisation answers it.
type answerSheet struct {
	id       benchmark.RoundID
	closed   bool
	closedAt time.Time
	template benchmark.Template
	answers  map[benchmark.IndicatorID]benchmark.Version
	notes    map[benchmark.IndicatorID]string
	previous map[benchmark.IndicatorID]string // the last value of an earlier round, in words
}

// openAnswerSheet returns the round for one's own organisation, the current one for
// an empty id. The error says why there is nothing to answer.
func openAnswerSheet(r *request, id benchmark.RoundID) (sheet answerSheet, err error) {
	err = refuse(refusal.NoNetwork)
	r.read(func(n *benchmark.Network) {
		o, member := n.Organisation(r.me.Organisation)
		c := n.Current()
		if id != "" {
			c, _ = n.Round(id)
		}
		switch {
		case r.me.ID == "":
			err = refuse(refusal.NotAParticipant)
		case !member || !r.me.Confirmed:
			err = notActive(o)
		case c == nil && id != "":
			err = refuse(refusal.NoSuchRound, "Round", id)
		case c == nil:
			err = refuse(refusal.NoRound)
		case isClosed(c, r.now()) && c.Answered(o.ID) == 0:
			err = refuse(refusal.RoundClosed, "Round", c.ID, "Closed", closedAt(c))
		default:
			sheet, err = newAnswerSheet(r, n, c, o.ID), nil
		}
	})
	return sheet, err
}

// notActive is why somebody may not speak for their organisation.
func notActive(o benchmark.Organisation) *benchmark.Refusal {
	if o.ID == "" {
		return refuse(refusal.NoOrganisation)
	}
	return refuse(refusal.NotConfirmed, "Organisation", o.Name)
}

func newAnswerSheet(r *request, n *benchmark.Network, c *benchmark.Round, o benchmark.OrganisationID) answerSheet {
	t, _ := n.TemplateVersion(c.Template)
	sheet := answerSheet{
		id: c.ID, closed: isClosed(c, r.now()), closedAt: closedAt(c), template: t,
		answers:  map[benchmark.IndicatorID]benchmark.Version{},
		notes:    map[benchmark.IndicatorID]string{},
		previous: map[benchmark.IndicatorID]string{},
	}
	for _, i := range t.Indicators {
		if v, ok := c.Submission(o, i.ID); ok {
			sheet.answers[i.ID], sheet.notes[i.ID] = v, n.Text(v.Note)
		}
		if past := n.History(o, i, c); len(past) > 0 {
			p := past[len(past)-1]
			sheet.previous[i.ID] = figureText(r.l, i, p.Version, "") + " (" + r.l.Period(string(p.Round.ID)) + ")"
		}
	}
	return sheet
}

// indicator finds one by id, whatever the case, or by its whole title.
func (a answerSheet) indicator(name string) (benchmark.Indicator, bool) {
	return indicatorNamed(a.template, name)
}

// answered is how many of the indicators are.
func (a answerSheet) answered(indicators []benchmark.Indicator) int {
	answered := 0
	for _, i := range indicators {
		if _, is := a.answers[i.ID]; is {
			answered++
		}
	}
	return answered
}

// isLocked says that none of the indicators can be answered any more, since the
// round is closed and they were not answered before; locked says it to people.
func (a answerSheet) isLocked(indicators ...benchmark.Indicator) bool {
	return a.closed && a.answered(indicators) == 0
}

func (a answerSheet) locked() *benchmark.Refusal {
	return refuse(refusal.RoundClosed, "Round", a.id, "Closed", a.closedAt)
}
