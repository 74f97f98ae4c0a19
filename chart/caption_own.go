package chart

import (
	"roundtable/benchmark"
	"roundtable/stats"
)

// Standing returns where the viewer's own value lies relative to the middle
// half of the network (between its quartiles): [benchmark.Around] is within it.
// It is what a prediction is held against. ok is false without an own value or
// a middle.
func Standing(v benchmark.View) (position benchmark.Position, ok bool) {
	m, ok := you(v)
	switch {
	case !ok || !m.HasValue || !v.HasMiddle:
		return "", false
	case m.Value < v.Low:
		return benchmark.Below, true
	case m.Value > v.High:
		return benchmark.Above, true
	}
	return benchmark.Around, true
}

// own says where the viewer's own value lies, and what was guessed.
func (c captioner) own() []string {
	m, ok := you(c.v)
	if !ok || !m.HasValue {
		return nil
	}
	sentences := []string{c.ownValue(m)}
	position, ok := Standing(c.v)
	if ok && c.v.Visibility != benchmark.Own && len(compared(c.v)) >= leastForHalf { // of one's own the headline says so
		low, high := c.unit.span(c.v.Low, c.v.High)
		sentences = append(sentences, c.l.T("caption.own."+string(position), "Low", low, "High", high))
	}
	if m.Point.Flag != stats.None {
		sentences = append(sentences, c.l.T("caption.own."+m.Point.Flag.String()))
	}
	if m.Point.Flag.Outside(stats.Level998) && !c.beyond(m) {
		sentences = append(sentences, c.l.T("caption.own.allowed"))
	}
	if ok && c.v.Guess != "" {
		sentences = append(sentences, c.l.T("caption.guess."+string(c.v.Guess)+"-"+string(position)))
	}
	if onlyYouSee(c.v) {
		sentences = append(sentences, c.l.T("caption.withheld-own"))
	}
	return sentences
}

func (c captioner) ownValue(m benchmark.Mark) string {
	switch c.v.Indicator.Kind {
	case benchmark.YesNo:
		if m.Value == 1 {
			return c.l.T("caption.own.yes")
		}
		return c.l.T("caption.own.no")
	case benchmark.Scale:
		return c.l.T("caption.own.level", "Value", c.unit.value(m.Value), "Levels", c.v.Indicator.Levels)
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Text:
	}
	return c.l.T("caption.own.value", "Value", c.figure(m))
}

// answered says how many of how many gave a value, and what the others said.
func (c captioner) answered() []string {
	n := c.v.Counts
	what := "value"
	switch c.v.Indicator.Kind {
	case benchmark.Text:
		what = "text"
	case benchmark.YesNo:
		what = "yes-no"
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Scale:
	}
	var rest []string
	for _, part := range []struct {
		id    string
		count int
	}{
		{"caption.rest.not-measured", n.NotMeasured},
		{"caption.rest.not-applicable", n.NotApplicable},
		{"caption.rest.does-not-fit", n.DoesNotFit},
		{"caption.rest.skipped", n.Skipped},
		{"caption.rest.silent", n.Silent},
	} {
		if part.count > 0 {
			rest = append(rest, c.l.T(part.id, "Count", part.count))
		}
	}
	switch {
	case len(rest) == 0 && c.v.Indicator.Kind == benchmark.Text:
		return nil // the headline says so
	case c.v.Signal() == benchmark.Practices: // the headline has said how many have
		return []string{c.l.T("caption.answered.others", "Rest", c.l.List(rest))}
	case len(rest) == 0:
		return []string{c.l.T("caption.answered."+what, "Count", n.Values, "Organisations", n.Organisations)}
	}
	return []string{c.l.T("caption.answered."+what+"-rest", "Count", n.Values, "Organisations", n.Organisations, "Rest", c.l.List(rest))}
}

// withheld says how many have numbers too small to show.
func (c captioner) withheld() []string {
	others := c.v.Counts.Withheld
	if onlyYouSee(c.v) {
		others-- // said with the viewer's own
	}
	if others <= 0 {
		return nil
	}
	return []string{c.l.T("caption.withheld", "Count", others)}
}
