package chart

import (
	"fmt"
	"slices"

	"roundtable/benchmark"
	"roundtable/stats"
)

// periods writes the rounds along x, as many as there is room for, and the last
// of all.
func (t trend) periods(s sheet, f frame) {
	next := f.right + tickGap
	for i, v := range slices.Backward(t.s.Points) {
		text := v.Period.ID
		at, half := f.x.at(float64(i)), tickPen.width(text)/2
		at = min(at, f.right+margin-half)
		if at+half > next+1 && i < len(t.s.Points)-1 || at-half < 2 {
			continue
		}
		s.stroke([]point{{f.x.at(float64(i)), f.bottom}, {f.x.at(float64(i)), f.bottom - 4}}, 1.2, line)
		s.write(text, at, f.bottom-tickGap-tickPen.ascent(), tickPen, centred)
		next = at - half - 2*tickGap
	}
}

// notes are the words at the ends of the last stretch's lines.
func (t trend) notes() []note {
	stretch, p := t.last(), t.chart.Points[len(t.chart.Points)-1]
	var notes []note
	switch {
	case !p.HasLimits:
		notes = append(notes, note{t.l.T("chart.line.median", "Value", t.unit.short(stretch.Runs.Centre)), stretch.Runs.Centre, ink})
	case p.Low == p.High:
		notes = append(notes, note{t.l.T("chart.line.mean", "Value", t.unit.short(p.Centre)), p.Centre, ink})
	default:
		id := "chart.line.limit"
		if stretch.Standing == stats.TrialLimits {
			id = "chart.line.trial"
		}
		notes = append(notes, note{t.l.T(id, "Value", t.unit.short(p.High)), p.High, quiet},
			note{t.l.T("chart.line.mean", "Value", t.unit.short(p.Centre)), p.Centre, ink})
		if p.Low >= 0 || !t.neverNegative() {
			notes = append(notes, note{t.l.T(id, "Value", t.unit.short(p.Low)), p.Low, quiet})
		}
	}
	if g := t.s.Indicator.Target; g != nil && drawable(*g) {
		notes = append(notes, note{t.l.T("chart.line.target", "Value", t.unit.agreedShort(*g)), *g, aim})
	}
	return notes
}

func (t trend) subtitle() string {
	title := t.s.Indicator.Title
	if name := t.unit.name(); name != "" {
		title = t.l.T("chart.titled", "Title", title, "Unit", name)
	}
	if t.s.Indicator.Kind == benchmark.Scale {
		title = t.l.T("chart.titled-scale", "Title", title, "Levels", t.s.Indicator.Levels)
	}
	if t.s.Organisation != "" {
		title = t.l.T("chart.subtitle-of", "Organisation", t.s.Organisation, "Title", title)
	}
	if t.s.Indicator.Since == 0 {
		return title
	}
	return t.l.T("chart.subtitle-trend", "Title", title, "Version", t.s.Indicator.Since)
}

func (t trend) footnote() string {
	method := t.l.T("chart.trend." + t.method())
	if s := t.last(); s.Standing == stats.FrozenLimits {
		method += " " + t.l.T("chart.trend.frozen", "Count", s.Baseline)
	}
	return method + " " + t.l.T("chart.purpose-own")
}

// method names how the last stretch's lines were made.
func (t trend) method() string {
	switch t.last().Standing {
	case stats.NoLimits:
		return "run"
	case stats.NoVariation:
		return "no-variation"
	case stats.TrialLimits, stats.FrozenLimits:
	}
	switch t.chart.Kind {
	case stats.PChart:
		return "p"
	case stats.PPrimeChart:
		return "pprime"
	case stats.UChart:
		return "u"
	case stats.UPrimeChart:
		return "uprime"
	case stats.XmRChart:
	}
	return "xmr"
}

// alt says what the picture shows: kind, span, finding, lines and every value,
// the latest first.
func (t trend) alt() string {
	points := t.s.Points
	kind := "control"
	if t.last().Standing == stats.NoLimits {
		kind = "run"
	}
	title := t.s.Indicator.Title
	if t.s.Organisation != "" {
		title = t.l.T("chart.subtitle-of", "Organisation", t.s.Organisation, "Title", title)
	}
	text := t.l.T("alt.trend."+kind, "Title", title,
		"First", t.l.Period(points[0].Period.ID), "Last", t.l.Period(points[len(points)-1].Period.ID))
	words := t.words()
	text += " " + words.String()
	values := make([]string, 0, len(points))
	for _, point := range slices.Backward(points) {
		values = append(values, fmt.Sprintf("%s %s", point.Period.ID, t.unit.short(point.Value)))
	}
	return listed(t.l, text, t.l.T("alt.latest-first"), values)
}
