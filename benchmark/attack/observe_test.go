package attack

import (
	"encoding/json"
	"fmt"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/locale"
	"roundtable/report"
)

// sight is one thing that the attacker sees: what it is, and all that it says.
type sight struct{ what, says string }

// observer is all that the attacker sees at one moment.
type observer func(l *life, me benchmark.Participant) []sight

// product is what the bot gives: to everybody, to who speaks for an
// organisation, and to a facilitator.
func product(l *life, me benchmark.Participant) []sight {
	e := &eyes{l: l, n: l.n, me: me}
	for _, r := range l.n.Rounds {
		e.see("progress of "+string(r.ID), r.Phase, l.n.Progress(r))
		e.views(r, "public", view.Viewer{})
		if me.Facilitator && r.Phase == benchmark.Closed {
			e.views(r, "draft", view.Viewer{Draft: true})
		}
		for role := range me.Roles() {
			if e.n.MaySeeOwn(role, r) {
				e.own(role, r)
			}
		}
	}
	for role := range me.Roles() {
		if role.Active() {
			e.histories(role)
		}
	}
	e.duties()
	return e.seen
}

// withWords adds what views say in words, and the files: they take longer.
func withWords(l *life, me benchmark.Participant) []sight {
	e := &eyes{l: l, n: l.n, me: me, words: words()}
	e.seen = product(l, me)
	for _, r := range l.n.Rounds {
		e.inWords(r, me, view.Viewer{})
		for role := range me.Roles() {
			if e.n.MaySeeOwn(role, r) {
				e.inWords(r, role, view.ViewerFor(e.n, r, role))
			}
		}
	}
	e.file("export for all", view.Viewer{})
	for role := range me.Roles() {
		if role.Active() {
			e.file("export of one's own", view.Viewer{Organisation: role.Organisation})
		}
	}
	return e.seen
}

type eyes struct {
	l     *life
	n     *benchmark.Network
	me    benchmark.Participant
	words *locale.Locale
	seen  []sight
}

func (e *eyes) see(what string, things ...any) {
	text, err := json.Marshal(things)
	if err != nil {
		panic(fmt.Sprintf("%s can't be written: %v", what, err))
	}
	e.seen = append(e.seen, sight{what, string(text)})
}

func (e *eyes) indicators(r *benchmark.Round) []benchmark.Indicator {
	t, _ := e.n.TemplateVersion(r.Template)
	return t.Indicators
}

func (e *eyes) views(r *benchmark.Round, whose string, viewer view.Viewer) {
	for _, i := range e.indicators(r) {
		v, err := view.Of(e.n, r.ID, i.ID, viewer)
		if err != nil {
			continue
		}
		e.see(fmt.Sprintf("%s view of %s in %s", whose, i.ID, r.ID), v, v.Signal(), view.Prompts(e.n, v))
	}
}

// own is what the form and the own view say of an organisation to its people.
func (e *eyes) own(me benchmark.Participant, r *benchmark.Round) {
	o := me.Organisation
	e.views(r, "own", view.ViewerFor(e.n, r, me))
	for _, i := range e.indicators(r) {
		answer, stands := r.Submission(o, i.ID)
		what := fmt.Sprintf("own answer to %s in %s", i.ID, r.ID)
		e.see(what, stands, answer.Answer, answer.Figure, e.n.Text(answer.Note), answer.Late, r.Predictions[benchmark.Slot{Organisation: o, Indicator: i.ID}])
	}
}

// histories are what the trend says of an organisation, and of those that became it.
func (e *eyes) histories(me benchmark.Participant) {
	for _, i := range e.n.Template().Indicators {
		for _, past := range e.n.History(me.Organisation, i, nil, e.n.OwnRounds(me)) {
			e.see(fmt.Sprintf("history of %s in %s", i.ID, past.Round.ID), past.Version.Figure, e.n.Text(past.Version.Note), past.Value)
		}
	}
}

// duties are what the bot is about to post where the attacker sees it.
func (e *eyes) duties() {
	for _, d := range e.n.Duties(e.l.now, nil) {
		if d.Seat != "" || d.Participant == e.me.ID {
			e.seen = append(e.seen, sight{"post " + d.Key, fmt.Sprint(d.Revision)})
		}
	}
}

// words are English.
func words() *locale.Locale { return locale.For("en") }

func (e *eyes) inWords(r *benchmark.Round, me benchmark.Participant, viewer view.Viewer) {
	for _, i := range e.indicators(r) {
		v, err := view.Of(e.n, r.ID, i.ID, viewer)
		if err != nil {
			continue
		}
		says := chart.Caption(e.words, v).String()
		if picture, err := chart.ComparisonSVG(e.words, v); err == nil {
			says += "\n" + picture.Alt + "\n" + string(picture.SVG)
		}
		if viewer.Organisation != "" {
			says += "\n" + chart.TrendCaption(e.words, chart.SeriesOf(e.n, viewer.Organisation, i, e.n.OwnRounds(me))).String()
		}
		e.seen = append(e.seen, sight{fmt.Sprintf("picture and words of %s in %s", i.ID, r.ID), says})
	}
}

func (e *eyes) file(what string, viewer view.Viewer) {
	var b strings.Builder
	if err := report.WriteFigures(&b, e.n, viewer); err != nil {
		panic(err)
	}
	e.seen = append(e.seen, sight{what, b.String()})
}
