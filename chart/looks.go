package chart

import (
	"math"

	"roundtable/benchmark/view"
	"roundtable/locale"
	"roundtable/stats"
)

// ManyLooks says how many points of a round chance alone puts outside the 99.8 %
// limits: of many looks, some find something where nothing is. ok is false where no
// point has limits.
func ManyLooks(l *locale.Locale, views []view.View) (s Sentence, ok bool) {
	points := 0
	for _, v := range views {
		for _, m := range publicMarks(v) {
			if m.Point.Flag != stats.None {
				points++
			}
		}
	}
	if points == 0 {
		return Sentence{}, false
	}
	expected := float64(points) * 2 * stats.Level998.Tail()
	claim := Claim{Says: "caption.looks.several", Count: points, Of: int(math.Round(expected)), Value: expected}
	switch {
	case expected < 0.5:
		claim.Says = "caption.looks.none"
	case claim.Of == 1:
		claim.Says = "caption.looks.one"
	}
	return say(l, unit{l: l}, claim), true
}
