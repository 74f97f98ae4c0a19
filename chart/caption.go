package chart

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/stats"
)

// Words are what is said about a comparison or a trend.
type Words struct {
	// Headline is the finding, without a full stop.
	Headline string
	// Sentences say more, each complete.
	Sentences []string
	// Own is how many of them, the first, are about the viewer's own value.
	Own int
}

// String returns the headline and the sentences as one paragraph.
func (w Words) String() string {
	return strings.Join(append([]string{w.Headline + "."}, w.Sentences...), " ")
}

// Lines returns the same in up to three lines: the finding, what is the
// viewer's own, and the rest.
func (w Words) Lines() string {
	lines := []string{w.Headline + "."}
	for _, part := range [][]string{w.Sentences[:w.Own], w.Sentences[w.Own:]} {
		if len(part) > 0 {
			lines = append(lines, strings.Join(part, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// Caption returns what can be said of the view to its viewer, and no more. It
// names those who lie beyond the 99.8 % limits, in the view's order and in
// neutral words, and never an order by value. A view with the viewer's own mark
// begins with where that lies.
func Caption(l *locale.Locale, v benchmark.View) Words {
	c := captioner{l: l, v: v, unit: unitOf(l, v)}
	own := c.own()
	w := Words{Headline: c.headline(), Sentences: own, Own: len(own)}
	for _, sentences := range [][]string{
		c.middle(), c.outside(), c.near(), c.dispersion(), c.limits(), c.target(), c.answered(), c.withheld(),
	} {
		for _, s := range sentences {
			if s != "" {
				w.Sentences = append(w.Sentences, s)
			}
		}
	}
	return w
}

// captioner is one view in one language.
type captioner struct {
	l    *locale.Locale
	v    benchmark.View
	unit unit
}

// shown returns the marks whose values are shown, in the view's order.
func shown(v benchmark.View) []benchmark.Mark {
	var marks []benchmark.Mark
	for _, m := range v.Marks {
		if m.Answer == benchmark.Value && m.Withheld == "" {
			marks = append(marks, m)
		}
	}
	return marks
}

// you returns the viewer's own mark, when it has a value.
func you(v benchmark.View) (benchmark.Mark, bool) {
	for _, m := range shown(v) {
		if m.You {
			return m, true
		}
	}
	return benchmark.Mark{}, false
}

// compared returns the shown marks that the public sees too: those that the
// finding is about. In a view of visibility Own there are none.
func compared(v benchmark.View) []benchmark.Mark {
	if v.Visibility == benchmark.Own {
		return nil
	}
	marks := shown(v)
	if !onlyYouSee(v) {
		return marks
	}
	var others []benchmark.Mark
	for _, m := range marks {
		if !m.You {
			others = append(others, m)
		}
	}
	return others
}

// onlyYouSee says whether the viewer's own numbers are too small for others.
func onlyYouSee(v benchmark.View) bool {
	if _, ok := you(v); !ok || v.Visibility == benchmark.Own {
		return false
	}
	withheld := 0
	for _, m := range v.Marks {
		if m.Withheld == benchmark.SmallNumber {
			withheld++
		}
	}
	return v.Counts.Withheld > withheld
}

// middle says where the organisations lie together, or what of the middle value
// and the middle half the headline hasn't said.
func (c captioner) middle() []string {
	low, high := c.unit.span(c.v.Low, c.v.High)
	_, standing := Standing(c.v)
	id := "middle-half"
	switch {
	case c.v.Visibility != benchmark.Own && c.v.Funnel.Reason == stats.Drawn:
		return []string{c.l.T("caption.centre", "Value", c.unit.value(c.v.Funnel.Centre*c.v.Indicator.Factor()))}
	case !c.v.HasMiddle || c.same():
		return nil
	case c.v.Visibility == benchmark.Own && !standing:
		id = "half"
	case c.v.Visibility == benchmark.Own:
	case c.v.Signal() == benchmark.Described && c.describes() == "middle":
		return nil
	case c.v.Signal() == benchmark.Described, len(compared(c.v)) < leastForHalf:
		id = "middle"
	}
	switch id {
	case "half":
		return []string{c.l.T("caption.half", "Low", low, "High", high)}
	case "middle":
		return []string{c.l.T("caption.middle", "Value", c.unit.value(c.v.Middle))}
	}
	return []string{c.l.T("caption.middle-half", "Value", c.unit.value(c.v.Middle), "Low", low, "High", high)}
}

// leastForHalf is the fewest organisations of which a middle half is spoken.
const leastForHalf = 4

// same says whether all shown values are 0, or all there can be.
func (c captioner) same() bool {
	r := c.v.Funnel.Reason
	return r == stats.NoEvents || r == stats.AllEvents
}

// limits says why there are none.
func (c captioner) limits() []string {
	_, own := you(c.v)
	if len(compared(c.v)) == 0 && c.v.Visibility != benchmark.Own {
		if own || c.v.Indicator.Kind == benchmark.Text {
			return nil
		}
		return []string{c.l.T("caption.no-limits.nothing-measured")}
	}
	switch c.v.Indicator.Kind {
	case benchmark.Scale:
		if own {
			return nil // said with the viewer's own
		}
		return []string{c.l.T("caption.scale", "Levels", c.v.Indicator.Levels)}
	case benchmark.Count, benchmark.Duration:
		return []string{c.l.T("caption.described")}
	case benchmark.Text, benchmark.YesNo:
		return nil
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean:
	}
	if c.v.Visibility == benchmark.Own {
		return nil
	}
	switch c.v.Funnel.Reason {
	case stats.OneOrganisation:
		return []string{c.l.T("caption.no-limits.one-organisation")}
	case stats.NoEvents, stats.AllEvents:
		return []string{c.l.T("caption.no-limits.same")}
	case stats.NoSpread:
		return []string{c.l.T("caption.no-limits.no-spread")}
	case stats.NothingMeasured, stats.Drawn:
	}
	return nil
}

func (c captioner) target() []string {
	if c.v.Indicator.Target == nil || c.v.Indicator.Kind == benchmark.Text || c.v.Indicator.Kind == benchmark.YesNo {
		return nil
	}
	return []string{c.l.T("caption.target", "Value", c.unit.agreed(*c.v.Indicator.Target))}
}
