package chart

import (
	"roundtable/benchmark"
	"roundtable/benchmark/prompt"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// headlineClaim is the finding. It follows the same signal as the prompts do, so
// that picture, words and questions speak of one thing.
func (c viewText) headlineClaim() Claim {
	signal := c.v.Signal()
	switch {
	case signal == prompt.Definition:
		return Claim{Says: "caption.headline.definition", Count: c.v.Counts.DoesNotFit}
	case signal == prompt.Practices:
		return Claim{Says: "caption.headline.practices", Count: c.v.Counts.Values, Of: c.v.Counts.Organisations}
	case c.v.Visibility == benchmark.Own:
		return c.headlineOwn()
	case signal == prompt.Hidden:
		return Claim{Says: "caption.headline.hidden"}
	case signal == prompt.TooLittle:
		return Claim{Says: "caption.headline.too-little"}
	case signal == prompt.Outside:
		return c.headlineOutside()
	case signal == prompt.WideSpread:
		return Claim{Says: "caption.headline.wide-spread"}
	case signal == prompt.InChance:
		if ownWithheldFromOthers(c.v) { // the viewer's own may lie outside, which is said to them alone
			return Claim{Says: "caption.headline.in-chance-others"}
		}
		return Claim{Says: "caption.headline.in-chance"}
	}
	return c.headlineDescribed()
}

// headlineOwn: others' values aren't shown, so it speaks of the viewer's or, to
// the public, of the middle.
func (c viewText) headlineOwn() Claim {
	m, own := ownMark(c.v)
	if position, ok := c.ownPosition(); ok {
		return Claim{Says: "caption.headline.own." + string(position), Marks: []view.Mark{m}, Low: c.v.Low, Middle: c.v.Middle, High: c.v.High}
	}
	if c.v.HasMiddle {
		return Claim{Says: "caption.headline.middle", Value: c.v.Middle}
	}
	if own {
		return Claim{Says: "caption.headline.own.alone", Marks: []view.Mark{m}}
	}
	return Claim{Says: "caption.headline.nothing-common"}
}

// headlineOutside names those outside, or says that they are many. When limits
// that allow for a wide spread hold all of them, the spread is the finding.
func (c viewText) headlineOutside() Claim {
	higher, lower := c.beyond()
	n := len(higher) + len(lower)
	switch {
	case n == 0:
		return Claim{Says: "caption.headline.wide-spread"}
	case n > maxNamedInHeadline:
		return Claim{Says: "caption.headline.outside", Marks: higher, Lower: lower, Count: n, Of: len(publicMarks(c.v))}
	case len(lower) == 0:
		return Claim{Says: "caption.headline.higher", Marks: higher, Count: n}
	case len(higher) == 0:
		return Claim{Says: "caption.headline.lower", Marks: lower, Count: n}
	}
	return Claim{Says: "caption.headline.higher-and-lower", Marks: higher, Lower: lower}
}

// beyond returns those that everybody sees outside what chance would give, above and
// below.
func (c viewText) beyond() (higher, lower []view.Mark) {
	for _, m := range publicMarks(c.v) {
		switch {
		case !beyondChance(m):
		case m.Point.Flag == stats.High998:
			higher = append(higher, m)
		default:
			lower = append(lower, m)
		}
	}
	return higher, lower
}

// maxNamedInHeadline is how many organisations a headline names.
const maxNamedInHeadline = 3

func (c viewText) headlineDescribed() Claim {
	marks := publicMarks(c.v)
	switch descriptionOf(c.v) {
	case "yes":
		yes := 0
		for _, m := range marks {
			if m.Value == 1 {
				yes++
			}
		}
		return Claim{Says: "caption.headline.yes", Count: yes, Of: len(marks)}
	case "same":
		return Claim{Says: "caption.headline.same", Count: len(marks), Value: c.v.Middle}
	case "middle":
		return Claim{Says: "caption.headline.middle", Value: c.v.Middle}
	case "middle-half":
		return Claim{Says: "caption.headline.middle-half", Low: c.v.Low, High: c.v.High}
	}
	return Claim{Says: "caption.headline.too-little"}
}
