package commands

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
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

// answerable returns the round for one's own organisation, the current one for
// an empty id; otherwise the reply says why there is nothing to answer.
func (r *request) answerable(id benchmark.RoundID) (a answering, reply chat.Reply, ok bool) {
	why := r.noNetwork()
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
			a, ok = r.answeringOf(n, c, o.ID), true
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

func (r *request) answeringOf(n *benchmark.Network, c *benchmark.Round, o benchmark.OrganisationID) answering {
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

func indicatorNamed(t benchmark.Template, name string) (benchmark.Indicator, bool) {
	name = strings.TrimRight(strings.TrimSpace(name), ":,=")
	for _, i := range t.Indicators {
		if strings.EqualFold(string(i.ID), name) || strings.EqualFold(i.Title, name) {
			return i, true
		}
	}
	return benchmark.Indicator{}, false
}

// indicatorFirst finds the indicator that a text begins with, by its title or
// its id, and returns what follows.
func indicatorFirst(t benchmark.Template, text string) (i benchmark.Indicator, rest string, known bool) {
	byLength := slices.SortedStableFunc(slices.Values(t.Indicators), func(x, y benchmark.Indicator) int {
		return cmp.Compare(len(y.Title), len(x.Title))
	})
	text = strings.TrimSpace(text)
	for _, i := range byLength {
		if len(text) < len(i.Title) || !strings.EqualFold(text[:len(i.Title)], i.Title) {
			continue
		}
		if rest := text[len(i.Title):]; rest == "" || strings.ContainsAny(rest[:1], " :,=\n\t") {
			return i, strings.TrimSpace(strings.TrimLeft(rest, ":,=")), true
		}
	}
	name, rest := cut(text)
	if i, known = indicatorNamed(t, name); known {
		return i, rest, true
	}
	return benchmark.Indicator{}, text, false
}

// indicatorBegun finds the only indicator whose id or title begins with the whole
// words that a text begins with: "deaths" means deaths-30-days. The answer says
// which it was.
func indicatorBegun(t benchmark.Template, text string) (found benchmark.Indicator, rest string, known bool) {
	name, rest := cut(text)
	name = strings.ToLower(strings.TrimRight(name, ":,="))
	for _, i := range t.Indicators {
		if strings.HasPrefix(strings.ToLower(string(i.ID)), name+"-") || beginsTitle(i, name) {
			if known {
				return benchmark.Indicator{}, text, false
			}
			found, known = i, true
		}
	}
	return found, rest, known && name != ""
}

// beginsTitle says whether a name is the first words of an indicator's title:
// "trycksår" is of "Trycksår, prevalens".
func beginsTitle(i benchmark.Indicator, name string) bool {
	rest, begins := strings.CutPrefix(strings.ToLower(i.Title), name)
	return begins && (strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, ":"))
}

// unknownIndicator suggests the nearest indicators, by id or by the first word
// of the title.
func unknownIndicator(t benchmark.Template, name string) *benchmark.Refusal {
	lower := strings.ToLower(name)
	away := func(i benchmark.Indicator) int {
		word, _ := cut(strings.ToLower(i.Title))
		return min(distance(lower, string(i.ID)), distance(lower, strings.TrimRight(word, ",:")))
	}
	nearest := slices.SortedStableFunc(slices.Values(t.Indicators), func(x, y benchmark.Indicator) int { return away(x) - away(y) })
	var names []string
	for _, i := range nearest[:min(len(nearest), 4)] {
		text := string(i.ID)
		if title := clipText(oneLine(i.Title), 40); !strings.EqualFold(title, text) {
			text += " (" + title + ")"
		}
		names = append(names, text)
	}
	return refuse(noSuchIndicatorNear, "Indicator", name, "Near", sentence(strings.Join(names, ", ")))
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

// isShut says that none of the indicators can be answered any more, since the
// round is closed and they were not answered before.
func (a answering) isShut(indicators ...benchmark.Indicator) bool {
	return a.closed && a.done(part{indicators: indicators}) == 0
}

func (a answering) shut() *benchmark.Refusal {
	return refuse(refusal.RoundClosed, "Round", a.id, "Closed", a.closedAt)
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
