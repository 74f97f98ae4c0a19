package chart

import (
	"roundtable/benchmark"
	"roundtable/stats"
)

// mostListed is how many organisations a sentence names before it counts.
const mostListed = 5

// outside names those beyond the 99.8 % limits, with their values.
func (c captioner) outside() []string {
	var sentences []string
	for _, side := range []struct {
		flag   stats.Flag
		word   string
		better benchmark.Direction
	}{{stats.High998, "higher", benchmark.Higher}, {stats.Low998, "lower", benchmark.Lower}} {
		var named []string
		for _, m := range compared(c.v) {
			if m.Point.Flag == side.flag && c.beyond(m) {
				named = append(named, c.l.T("caption.pair", "Label", m.Label, "Value", c.figure(m)))
			}
		}
		if len(named) == 0 {
			continue
		}
		tone := "ask"
		switch c.v.Indicator.Direction {
		case "", benchmark.Neutral:
			tone = "neutral"
		case side.better:
			tone = "favourable"
		case benchmark.Higher, benchmark.Lower:
		}
		sentences = append(sentences, c.l.T("caption.outside."+side.word+"-"+tone, "Labels", c.some(named)))
	}
	return sentences
}

// near names those between the two pairs of limits.
func (c captioner) near() []string {
	var labels []string
	for _, m := range compared(c.v) {
		if m.Point.Flag == stats.High95 || m.Point.Flag == stats.Low95 {
			labels = append(labels, m.Label)
		}
	}
	switch {
	case len(labels) == 0:
		return nil
	case len(labels) > mostListed:
		return []string{c.l.T("caption.near-count", "Count", len(labels))}
	}
	return []string{c.l.T("caption.near", "Count", len(labels), "Labels", c.l.List(labels))}
}

// beyond says whether a mark lies outside what chance alone would give: outside
// the 99.8 % limits and, where the spread is wide, also outside those that allow
// for it, as the others then flag too readily.
func (c captioner) beyond(m benchmark.Mark) bool {
	wide := c.v.Funnel.Dispersion.Found
	return m.Point.Flag.Outside(stats.Level998) && (!wide || m.Point.AdjustedFlag.Outside(stats.Level998))
}

// dispersion says that organisations differ more than chance does, and who lies
// outside limits that allow for it.
func (c captioner) dispersion() []string {
	if !c.v.Funnel.Dispersion.Found {
		return nil
	}
	phi := c.l.Number(c.v.Funnel.Dispersion.Phi, 1)
	outside := 0
	var labels []string
	for _, m := range compared(c.v) {
		if m.Point.Flag.Outside(stats.Level998) {
			outside++
		}
		if c.beyond(m) {
			labels = append(labels, m.Label)
		}
	}
	switch {
	case outside == 0:
		return []string{c.l.T("caption.dispersion.inside", "Phi", phi)}
	case len(labels) == 0:
		return []string{c.l.T("caption.dispersion.none", "Phi", phi, "Count", outside)}
	}
	return []string{c.l.T("caption.dispersion.some", "Phi", phi, "Count", outside, "Labels", c.some(labels))}
}

// some joins the first few, and says how many more there are.
func (c captioner) some(labels []string) string {
	if len(labels) <= mostListed+1 {
		return c.l.List(labels)
	}
	left := len(labels) - mostListed
	return c.l.List(append(labels[:mostListed:mostListed], c.l.T("caption.more", "Count", left)))
}

// figure writes a mark's value, and what it is a share of.
func (c captioner) figure(m benchmark.Mark) string {
	value := c.unit.value(m.Value)
	if c.v.Indicator.Kind != benchmark.Proportion {
		return value
	}
	return c.l.T("caption.of", "Value", value, "Numerator", m.Figure.Numerator, "Denominator", m.Figure.Denominator)
}
