package view

import (
	"roundtable/benchmark"
	"roundtable/stats"
)

// ViewerFor returns who a participant is as a viewer of a round: their organisation, where
// what it keeps to itself is theirs to see; else the public.
func ViewerFor(n *benchmark.Network, r *benchmark.Round, p benchmark.Participant) Viewer {
	if r == nil || !n.MaySeeOwn(p, r) {
		return Viewer{}
	}
	return Viewer{Organisation: p.Organisation}
}

// showAside adds the viewer's own answer where their organisation doesn't belong to the
// round: it is held against what the others make, and is part of nothing.
func (v *View) showAside(n *benchmark.Network, r *benchmark.Round, viewer Viewer) {
	o, known := n.Organisation(viewer.Organisation)
	if !known || r.TakesPart(o.ID) {
		return
	}
	m, answered := markOf(n, r, v.Indicator, o)
	if !answered {
		return
	}
	m.You, m.Label, m.Short = true, o.Name, o.Short // in that round others may stand under its letter
	v.placeMark(&m, stats.Point{}, false)
	v.Marks = append(v.Marks, m)
	sortMarks(v.Marks)
}
