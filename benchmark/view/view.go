// Package view decides what may be seen of a comparison, and by whom. Whatever shows
// figures of a network to anybody, in words, pictures, files or reports, is made from
// a [View] and from nothing else.
//
// It promises that what is withheld can't be had from what is shown. It draws and
// words nothing; packages chart, report and commands do.
package view

import (
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/stats"
)

// View is what one viewer may see of one indicator in one round. Whatever is
// shown of a comparison, in words, pictures, files or reports, is made from a
// View and from nothing else.
//
// Everything in it that the public sees is computed from what the public sees:
// a figure that is withheld enters neither the centre nor a limit nor a total,
// so it can't be had by subtracting. An organisation's own view adds its own
// figure, held against the same centre.
type View struct {
	Network    string
	Visibility benchmark.Visibility
	Round      benchmark.RoundID
	Period     benchmark.Period
	Indicator  benchmark.Indicator
	Threshold  int
	// Closed is when the last answers came in, in the network's zone; for a
	// Recorded round, when it was read from a file.
	Closed   time.Time
	Recorded bool
	// OwnFile: the figures are all the reader's own.
	OwnFile bool
	// Questions is how often the indicator's definition or figures were
	// questioned through the bot in this round.
	Questions int
	// FirstSoDefined: it is the first round in which the indicator is counted as it is, and
	// the one opened before it counted it in another way.
	FirstSoDefined bool

	// Funnel compares the shown organisations; its Points belong to Marks with
	// a Point, in their order. Zero for kinds that have none, where organisations don't
	// see each other, and where much is withheld.
	Funnel stats.Funnel
	// Middle is the median of the shown values, HasMiddle false with fewer than three or
	// where much is withheld. Low and High are their quartiles (type 7), as shown.
	// Where organisations don't see each other these are what was frozen: Middle a mean
	// of those in the middle, Low and High the means of the lower and the upper third,
	// HasSpread false where there are none.
	Low, Middle, High    float64
	HasMiddle, HasSpread bool

	// Marks are the organisations, ordered by name or code, never by value.
	Marks []Mark
	// Absent are organisations of a [benchmark.Named] round without an answer to the
	// indicator, ordered as Marks: whether they chose so isn't told.
	Absent []Mark
	// Counts of organisations. Where they don't see each other, Values is how many the
	// middle is made of, and what the others answered isn't told.
	Counts Counts
	// OthersAnswered: where organisations don't see each other, that much is told.
	OthersAnswered bool
	// Guess is the viewer's own prediction; empty when there is none.
	Guess benchmark.Position
}

// Viewer is who looks. The zero Viewer is the public of a channel.
type Viewer struct {
	// Organisation sees its own figures, whatever is hidden from others.
	Organisation benchmark.OrganisationID
	// OwnFile: somebody with a file of figures of their own, and no network; two are
	// compared there.
	OwnFile bool
	// Draft: a facilitator who looks at what would be posted, after closing and
	// before publishing. It shows what the public will see, and no more.
	Draft bool
}

// Mark is one organisation in a view.
type Mark struct {
	// Organisation is empty where the viewer may not know which it is.
	Organisation benchmark.OrganisationID
	// Label is its name or code. Short is what it wants to be called where there is little
	// room; empty where it has no such name, or stands under its code.
	Label, Short string
	// You: the viewer's own.
	You    bool
	Answer benchmark.Answer
	// Withheld says why the figure isn't shown; then the figure, value, flag
	// and interval are zero.
	Withheld Withheld
	Figure   benchmark.Figure
	// Value as shown, in the indicator's unit; HasValue is false for texts.
	Value    float64
	HasValue bool
	// Point is where it lies in the funnel; Measured is false for those without.
	Point stats.Point
	// Interval of its own value at 95 %, as shown; HasInterval false if none.
	Interval    stats.Interval
	HasInterval bool
	// Note is its context note, or a text indicator's text. NoteWithheld: others
	// don't see it, as it reads as a figure; then only its own people have it here.
	Note         string
	NoteWithheld bool
	// Marks of quality.
	Late, Corrected, Confirmed bool
}

// Withheld is a named reason why a figure isn't shown.
type Withheld string

// SmallNumber is the only reason: numbers of people from 1 to the threshold, or a figure
// that would tell such by subtracting ([benchmark.Network.Withholds]).
const SmallNumber Withheld = "small-number"

// Counts are how many organisations gave which answer.
type Counts struct {
	Organisations, Values, NotMeasured, NotApplicable, DoesNotFit, Skipped, Silent int
	// Withheld values are among Values.
	Withheld int
}

// Of returns what the viewer may see of an indicator in a round. Refused: an unknown round or indicator,
// and, "not-published", whatever has not closed, or not been published to the
// public.
func Of(n *benchmark.Network, id benchmark.RoundID, indicator benchmark.IndicatorID, viewer Viewer) (View, error) {
	r, ok := n.Round(id)
	if !ok {
		return View{}, refuse(refusal.NoSuchRound, "Round", id)
	}
	t, _ := n.TemplateVersion(r.Template)
	i, ok := t.Indicator(indicator)
	if !ok {
		return View{}, refuse(refusal.NoSuchIndicator, "Indicator", indicator)
	}
	if r.Phase != benchmark.Published && (r.Phase != benchmark.Closed || !viewer.Draft) {
		return View{}, refuse(refusal.NotPublished, "Round", id)
	}
	v := View{
		Network: n.Name, Visibility: r.Visibility, Round: id, Period: r.Period,
		Indicator: i, Threshold: n.SmallNumberIn(r),
		OwnFile: viewer.OwnFile, Closed: r.Closed.In(n.Location()), Recorded: r.Recorded, Questions: questions(n, id, indicator),
		FirstSoDefined: isFirstSoDefined(n, r, i),
	}
	if viewer.Organisation != "" {
		v.Guess = r.Predictions[benchmark.Slot{Organisation: viewer.Organisation, Indicator: indicator}]
	}
	all := allMarks(n, r, i)
	hidden := map[benchmark.OrganisationID]bool{}
	for _, m := range all {
		hidden[m.Organisation] = m.Answer == benchmark.Value && n.Withholds(r, i, m.Organisation, m.Figure)
	}
	if r.Visibility == benchmark.Own {
		v.showOwn(n, r.Common(i.ID), all, viewer)
		v.Counts.Organisations = len(n.RoundOrganisations(r))
	} else {
		v.Counts = countAnswers(n, r, all, hidden)
		v.show(all, hidden, viewer)
	}
	if r.Visibility == benchmark.Named {
		v.Absent = absentMarks(n, r, i)
	}
	v.showAside(n, r, viewer)
	return v, nil
}

// questions counts those about the indicator in the round's own threads.
func questions(n *benchmark.Network, id benchmark.RoundID, i benchmark.IndicatorID) int {
	asked := 0
	for _, topic := range []benchmark.TopicID{benchmark.RoundTopic(id), benchmark.SummaryTopic(id), benchmark.ComparisonTopic(id, i)} {
		t := n.Topic(topic)
		if t == nil {
			continue
		}
		for _, c := range t.Contributions {
			if c.Manner == benchmark.QuestionAsked && c.Indicator == i {
				asked++
			}
		}
	}
	return asked
}

// allMarks returns every organisation with an answer, as it is.
func allMarks(n *benchmark.Network, r *benchmark.Round, i benchmark.Indicator) []Mark {
	var marks []Mark
	for _, o := range n.RoundOrganisations(r) {
		if m, answered := markOf(n, r, i, o); answered {
			marks = append(marks, m)
		}
	}
	sortMarks(marks)
	return marks
}

// absentMarks returns those of a round that have no answer to the indicator.
func absentMarks(n *benchmark.Network, r *benchmark.Round, i benchmark.Indicator) []Mark {
	var absent []Mark
	for _, o := range n.RoundOrganisations(r) {
		if _, answered := r.Submission(o.ID, i.ID); !answered {
			absent = append(absent, Mark{Organisation: o.ID, Label: o.Name, Short: o.Short})
		}
	}
	sortMarks(absent)
	return absent
}

// sortMarks sorts by name or code, never by value.
func sortMarks(marks []Mark) {
	slices.SortStableFunc(marks, func(a, b Mark) int {
		return strings.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label))
	})
}

// markOf returns an organisation's answer as it is; false when there is none.
func markOf(n *benchmark.Network, r *benchmark.Round, i benchmark.Indicator, o benchmark.Organisation) (m Mark, answered bool) {
	s, ok := r.Submission(o.ID, i.ID)
	if !ok {
		return m, false
	}
	m = Mark{
		Organisation: o.ID, Label: o.Name, Short: o.Short, Answer: s.Answer, Figure: s.Figure, Note: n.Text(s.Note),
		Late: s.Late, Corrected: r.Corrected(o.ID, i.ID), Confirmed: s.Confirmed,
	}
	m.NoteWithheld = m.Note != "" && !benchmark.MayShowNote(n.Templates, i, m.Note, n.SmallNumberIn(r))
	if r.Visibility != benchmark.Named {
		m.Label, m.Short = o.Code, ""
	}
	if s.Answer == benchmark.Value {
		m.Value, m.HasValue = s.Figure.Of(i)
	}
	return m, true
}

func countAnswers(n *benchmark.Network, r *benchmark.Round, marks []Mark, hidden map[benchmark.OrganisationID]bool) Counts {
	belong := n.RoundOrganisations(r)
	c := Counts{Organisations: len(belong)}
	for _, m := range marks {
		switch m.Answer {
		case benchmark.Value:
			c.Values++
			if hidden[m.Organisation] {
				c.Withheld++
			}
		case benchmark.NotMeasured:
			c.NotMeasured++
		case benchmark.NotApplicable:
			c.NotApplicable++
		case benchmark.DoesNotFit:
			c.DoesNotFit++
		}
	}
	for _, o := range belong {
		if r.Skipped[o.ID] {
			c.Skipped++
		}
	}
	c.Silent = c.Organisations - c.Skipped - len(marks)
	return c
}

// MuchWithheld says whether so many of the values are withheld that nothing is said of
// what is left.
func (v View) MuchWithheld() bool { return benchmark.MuchWithheld(v.Counts.Values, v.Counts.Withheld) }

// show keeps what the viewer may see, and computes what follows from it.
func (v *View) show(all []Mark, hidden map[benchmark.OrganisationID]bool, viewer Viewer) {
	var public []Mark
	for _, m := range all {
		if m.Answer == benchmark.Value && !hidden[m.Organisation] {
			public = append(public, m)
		}
	}
	if !v.MuchWithheld() {
		v.compare(public)
	}
	points := make(map[benchmark.OrganisationID]stats.Point, len(v.Funnel.Points))
	for k, p := range v.Funnel.Points {
		points[public[k].Organisation] = p
	}
	for _, m := range all {
		m.You = m.Organisation == viewer.Organisation && viewer.Organisation != ""
		if !m.You && v.KeptBack() {
			continue
		}
		if !m.You {
			m = m.toOthers(hidden[m.Organisation])
		}
		point, compared := points[m.Organisation]
		if v.Visibility != benchmark.Named && !m.You {
			m.Organisation = ""
		}
		v.placeMark(&m, point, compared)
		v.Marks = append(v.Marks, m)
	}
}

// showOwn keeps one's own answer, beside what is common to all.
func (v *View) showOwn(n *benchmark.Network, common benchmark.Common, all []Mark, viewer Viewer) {
	v.Middle, v.HasMiddle = common.Middle, common.Organisations != 0
	v.Low, v.High, v.HasSpread = common.Low, common.High, common.HasThirds
	v.Counts.Values = common.Organisations
	for _, m := range all {
		if m.Organisation != viewer.Organisation {
			v.OthersAnswered = true
			continue
		}
		o, _ := n.Organisation(m.Organisation)
		m.You, m.Label, m.Short = true, o.Name, o.Short // nobody stands under a letter there
		v.placeMark(&m, stats.Point{}, true)
		v.Marks = append(v.Marks, m)
	}
}

// toOthers takes out of a mark what others may not see. Of a hidden figure that includes
// whether it was corrected: where it was, it is another than before.
func (m Mark) toOthers(hidden bool) Mark {
	if hidden {
		return Mark{Organisation: m.Organisation, Label: m.Label, Short: m.Short, Answer: m.Answer, Withheld: SmallNumber, Late: m.Late}
	}
	if m.NoteWithheld {
		m.Note = ""
	}
	return m
}

func refuse(reason refusal.Reason, args ...any) *benchmark.Refusal {
	return &benchmark.Refusal{Reason: reason, Args: args}
}
