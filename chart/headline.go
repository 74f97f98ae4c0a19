package chart

import (
	"roundtable/benchmark"
	"roundtable/benchmark/prompt"
	"roundtable/stats"
)

// headline is the finding. It follows the same signal as the prompts do, so
// that picture, words and questions speak of one thing.
func (c viewText) headline() string {
	signal := c.v.Signal()
	switch {
	case signal == prompt.Definition:
		return c.l.T("caption.headline.definition", "Count", c.v.Counts.DoesNotFit)
	case signal == prompt.Practices:
		return c.l.T("caption.headline.practices", "Count", c.v.Counts.Values, "Organisations", c.v.Counts.Organisations)
	case c.v.Visibility == benchmark.Own:
		return c.headlineOwn()
	case signal == prompt.Hidden:
		return c.l.T("caption.headline.hidden")
	case signal == prompt.TooLittle:
		return c.l.T("caption.headline.too-little")
	case signal == prompt.Outside:
		return c.headlineOutside()
	case signal == prompt.WideSpread:
		return c.l.T("caption.headline.wide-spread")
	case signal == prompt.InChance:
		return c.l.T("caption.headline.in-chance")
	}
	return c.headlineDescribed()
}

// headlineOwn: others' values aren't shown, so it speaks of the viewer's or, to
// the public, of the middle.
func (c viewText) headlineOwn() string {
	if position, ok := ownPosition(c.v); ok {
		return c.l.T("caption.headline.own." + string(position))
	}
	if c.v.HasMiddle {
		return c.l.T("caption.headline.middle", "Value", c.unit.value(c.v.Middle))
	}
	if _, ok := ownMark(c.v); ok {
		return c.l.T("caption.headline.own.alone")
	}
	return c.l.T("caption.headline.nothing-common")
}

// headlineOutside names those outside, or says that they are many. When limits
// that allow for a wide spread hold all of them, the spread is the finding.
func (c viewText) headlineOutside() string {
	var higher, lower []string
	marks := publicMarks(c.v)
	for _, m := range marks {
		switch {
		case !beyondChance(c.v, m):
		case m.Point.Flag == stats.High998:
			higher = append(higher, m.Label)
		default:
			lower = append(lower, m.Label)
		}
	}
	switch {
	case len(higher)+len(lower) == 0:
		return c.l.T("caption.headline.wide-spread")
	case len(higher)+len(lower) > maxNamedInHeadline:
		return c.l.T("caption.headline.outside", "Count", len(higher)+len(lower), "Organisations", len(marks))
	case len(lower) == 0:
		return c.l.T("caption.headline.higher", "Count", len(higher), "Labels", c.l.List(higher))
	case len(higher) == 0:
		return c.l.T("caption.headline.lower", "Count", len(lower), "Labels", c.l.List(lower))
	}
	return c.l.T("caption.headline.higher-and-lower", "Higher", c.l.List(higher), "Lower", c.l.List(lower))
}

// maxNamedInHeadline is how many organisations a headline names.
const maxNamedInHeadline = 3

func (c viewText) headlineDescribed() string {
	marks := publicMarks(c.v)
	switch descriptionOf(c.v) {
	case "yes":
		yes := 0
		for _, m := range marks {
			if m.Value == 1 {
				yes++
			}
		}
		return c.l.T("caption.headline.yes", "Count", yes, "Organisations", len(marks))
	case "same":
		return c.l.T("caption.headline.same", "Count", len(marks), "Value", c.unit.value(c.v.Middle))
	case "middle":
		return c.l.T("caption.headline.middle", "Value", c.unit.value(c.v.Middle))
	case "middle-half":
		low, high := c.unit.span(c.v.Low, c.v.High)
		return c.l.T("caption.headline.middle-half", "Low", low, "High", high)
	}
	return c.l.T("caption.headline.too-little")
}
