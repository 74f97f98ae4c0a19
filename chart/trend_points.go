package chart

import (
	"image/color"

	"roundtable/stats"
)

// points draws the values: blue dots, a vermilion square outside the limits, a
// hollow one for the other signals.
func (t trend) points(s sheet, f frame) {
	r := 7.0
	if len(t.chart.Points) > 24 {
		r = 4.5
	}
	places := make([]point, len(t.chart.Points))
	for i, p := range t.chart.Points {
		places[i] = point{f.x.at(float64(i)), f.y.at(p.Value)}
	}
	for _, stretch := range t.chart.Stretches {
		s.stroke(places[stretch.Start:stretch.End], 2, yours)
	}
	for i, p := range t.chart.Points {
		switch p.Signal {
		case stats.NoSignal:
			s.dot(places[i], r, yours)
		case stats.AboveLimit, stats.BelowLimit:
			s.square(places[i], r, beyond)
		case stats.Rising, stats.Falling, stats.NearUpper, stats.NearLower, stats.AboveMean, stats.BelowMean:
			s.square(places[i], r, beyond)
			s.fill(around(places[i], r-2.4).corners(), paper)
		}
	}
	t.latest(s, f, places, r)
}

// latest writes the value at the last point.
func (t trend) latest(s sheet, f frame, places []point, r float64) {
	last := len(places) - 1
	p := pen{size: namePen.size, bold: true, colour: color.Color(yours)}
	text := t.unit.short(t.chart.Points[last].Value)
	want := tag{at: places[last], radius: r, width: p.width(text), height: p.ascent() + p.descent(), rank: 1}
	var taken []box
	for _, at := range places[:last] {
		taken = append(taken, around(at, r))
	}
	lines := [][]point{places[t.last().Start:], t.steps(f, t.last(), centreOf), t.steps(f, t.last(), highOf)}
	if place := placeLabels(f.box, []tag{want}, taken, obstacles(false, lines...))[0]; place.ok {
		if place.leader {
			to := place.box.nearest(want.at)
			s.stroke([]point{around(want.at, r+2).nearest(to), to}, 1, line)
		}
		for _, l := range lines {
			if crosses(place.box, l) { // there is no better place: the words stand before the line
				s.fill(place.box.grown(-1).corners(), outerBand)
				break
			}
		}
		s.write(text, place.box.left, place.box.bottom+p.descent(), p, startsAt)
	}
}
