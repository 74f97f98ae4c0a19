package chart

import (
	"math"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// The claims: what is true of a view for its viewer, decided here on figures
// alone. headline.go, caption.go and alt.go put it into words.

// shownMarks returns the marks whose values are shown, in the view's order.
func shownMarks(v view.View) []view.Mark {
	var marks []view.Mark
	for _, m := range v.Marks {
		if m.Answer == benchmark.Value && m.Withheld == "" {
			marks = append(marks, m)
		}
	}
	return marks
}

// ownMark returns the viewer's own mark, when it has a value.
func ownMark(v view.View) (view.Mark, bool) {
	for _, m := range shownMarks(v) {
		if m.You {
			return m, true
		}
	}
	return view.Mark{}, false
}

// publicMarks returns the shown marks that the public sees too: those that the
// finding is about. In a view of visibility Own there are none.
func publicMarks(v view.View) []view.Mark {
	if v.Visibility == benchmark.Own {
		return nil
	}
	marks := shownMarks(v)
	if !ownWithheldFromOthers(v) {
		return marks
	}
	var others []view.Mark
	for _, m := range marks {
		if !m.You {
			others = append(others, m)
		}
	}
	return others
}

// ownWithheldFromOthers reports whether the viewer's own numbers are too small
// for others.
func ownWithheldFromOthers(v view.View) bool {
	if _, ok := ownMark(v); !ok || v.Visibility == benchmark.Own {
		return false
	}
	withheld := 0
	for _, m := range v.Marks {
		if m.Withheld == view.SmallNumber {
			withheld++
		}
	}
	return v.Counts.Withheld > withheld
}

// ownPosition returns where the viewer's own value lies relative to the middle
// of the network: it is what a prediction is compared with. Around the middle is
// what lies between the quartiles; where organisations don't see each other, what
// is nearer to the middle than to the means of the outer thirds or, where these
// aren't shown, within a tenth of it. What reads as the same number is the same. ok is
// false without an own value or a middle.
func (c viewText) ownPosition() (position benchmark.Position, ok bool) {
	v := c.v
	m, ok := ownMark(v)
	if !ok || !m.HasValue || !v.HasMiddle {
		return "", false
	}
	low, high := v.Low, v.High
	switch own := v.Visibility == benchmark.Own; {
	case own && v.HasSpread:
		low, high = (v.Low+v.Middle)/2, (v.Middle+v.High)/2
	case own:
		low, high = v.Middle-aroundMiddle*math.Abs(v.Middle), v.Middle+aroundMiddle*math.Abs(v.Middle)
	}
	switch own := c.unit.rounded(m.Value); {
	case own < c.unit.rounded(low):
		return benchmark.Below, true
	case own > c.unit.rounded(high):
		return benchmark.Above, true
	}
	return benchmark.Around, true
}

// aroundMiddle is how far from a middle alone is still around it, as a share of it.
const aroundMiddle = 0.1

// minForMiddleHalf is the fewest organisations that have a middle half worth
// telling.
const minForMiddleHalf = 4

// allSame reports whether all values are 0, or all are the most that they can be;
// of those that are withheld nobody can say so.
func allSame(v view.View) bool {
	r := v.Funnel.Reason
	return v.Counts.Withheld == 0 && (r == stats.NoEvents || r == stats.AllEvents)
}

// descriptionOf returns what a headline says of values without limits: "yes",
// "too-little", "same", "middle" or "middle-half".
func descriptionOf(v view.View) string {
	marks := publicMarks(v)
	switch {
	case v.Indicator.Kind == benchmark.YesNo && len(marks) >= v.Least():
		return "yes"
	case len(marks) < v.Least() || !v.HasMiddle:
		return "too-little"
	case allSame(v):
		return "same"
	case len(marks) < minForMiddleHalf || v.Low == v.High:
		return "middle"
	}
	return "middle-half"
}

// beyondChance reports whether a mark lies outside what chance alone would
// give: outside the 99.8 % limits or, where the spread is wide, outside those that
// allow for it, which are never inside the others.
func beyondChance(m view.Mark) bool { return m.Point.AdjustedFlag.Outside(stats.Level998) }
