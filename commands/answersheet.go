package commands

import (
	"slices"
	"strconv"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
	"roundtable/locale"
)

// answering is a round as one organisation answers it.
type answering struct {
	id       benchmark.RoundID
	closed   bool
	closedAt time.Time
	template benchmark.Template
	given    map[benchmark.IndicatorID]benchmark.Version
	texts    map[benchmark.IndicatorID]string // notes by indicator
	last     map[benchmark.IndicatorID]string // own last value before, in words
}

// openAnswerSheet returns the round for one's own organisation, the current one for
// an empty id; otherwise the reply says why there is nothing to answer.
func openAnswerSheet(r *request, id benchmark.RoundID) (a answering, reply chat.Reply, ok bool) {
	why := refuse(refusal.NoNetwork)
	r.read(func(n *benchmark.Network) {
		o, member := n.Organisation(r.me.Organisation)
		c := n.Current()
		if id != "" {
			c, _ = n.Round(id)
		}
		switch {
		case r.me.ID == "":
			why = refuse(refusal.NotAParticipant)
		case !member || !r.me.Confirmed:
			why = notActive(o)
		case c == nil && id != "":
			why = refuse(refusal.NoSuchRound, "Round", id)
		case c == nil:
			why = refuse(refusal.NoRound)
		case r.isClosed(c) && c.Answered(o.ID) == 0:
			why = refuse(refusal.RoundClosed, "Round", c.ID, "Closed", closedAt(c))
		default:
			a, ok = newAnswerSheet(r, n, c, o.ID), true
		}
	})
	if !ok {
		return a, r.refused(why), false
	}
	return a, chat.Reply{}, true
}

// notActive is why somebody may not speak for their organisation.
func notActive(o benchmark.Organisation) *benchmark.Refusal {
	if o.ID == "" {
		return refuse(refusal.NoOrganisation)
	}
	return refuse(refusal.NotConfirmed, "Organisation", o.Name)
}

// isClosed says whether nothing new comes into a round.
func (r *request) isClosed(c *benchmark.Round) bool {
	return c.Phase != benchmark.Open || !r.now().Before(c.Closes)
}

func newAnswerSheet(r *request, n *benchmark.Network, c *benchmark.Round, o benchmark.OrganisationID) answering {
	t, _ := n.TemplateVersion(c.Template)
	a := answering{
		id: c.ID, closed: r.isClosed(c), closedAt: closedAt(c), template: t,
		given: map[benchmark.IndicatorID]benchmark.Version{},
		texts: map[benchmark.IndicatorID]string{}, last: map[benchmark.IndicatorID]string{},
	}
	for _, i := range t.Indicators {
		if v, ok := c.Submission(o, i.ID); ok {
			a.given[i.ID], a.texts[i.ID] = v, n.Text(v.Note)
		}
		if past := n.History(o, i, c); len(past) > 0 {
			p := past[len(past)-1]
			a.last[i.ID] = figureText(r.l, i, p.Version, "") + " (" + r.l.Period(string(p.Round.ID)) + ")"
		}
	}
	return a
}

// indicator finds one by id, whatever the case, or by its whole title.
func (a answering) indicator(name string) (benchmark.Indicator, bool) {
	return indicatorNamed(a.template, name)
}

// isShut says that none of the indicators can be answered any more, since the
// round is closed and they were not answered before.
func (a answering) isShut(indicators ...benchmark.Indicator) bool {
	return a.closed && a.done(part{indicators: indicators}) == 0
}

func (a answering) shut() *benchmark.Refusal {
	return refuse(refusal.RoundClosed, "Round", a.id, "Closed", a.closedAt)
}

// part is a portion of a template that is filled in at once.
type part struct {
	title      string
	indicators []benchmark.Indicator
}

// longForm is how many indicators a form asks for at once; a longer template is
// filled in part by part.
const longForm = 10

// partsOf divides a template: not at all when it is short, else by section, and
// sections that are too long into several.
func partsOf(l *locale.Locale, t benchmark.Template) []part {
	if len(t.Indicators) <= longForm {
		return []part{{indicators: t.Indicators}}
	}
	var sections []string
	in := map[string][]benchmark.Indicator{}
	for _, i := range t.Indicators {
		if in[i.Section] == nil {
			sections = append(sections, i.Section)
		}
		in[i.Section] = append(in[i.Section], i)
	}
	var parts []part
	for _, s := range sections {
		title := oneLine(s)
		if title == "" {
			title = l.T("submit.other-section")
		}
		pieces := slices.Collect(slices.Chunk(in[s], longForm))
		for k, piece := range pieces {
			p := part{title: clipText(title, chat.MaxLabel/2), indicators: piece}
			if len(pieces) > 1 {
				p.title += " " + strconv.Itoa(k+1)
			}
			parts = append(parts, p)
		}
	}
	return parts
}

// done is how many of a part's indicators are answered.
func (a answering) done(p part) int {
	done := 0
	for _, i := range p.indicators {
		if _, answered := a.given[i.ID]; answered {
			done++
		}
	}
	return done
}
