package stats

import "errors"

// ErrUndefined says that the figures are possible but too few for what was
// asked: an interval of 0 of 0, a t interval of one person. It isn't a mistake
// of anybody's, and it is never shown as zero.
var ErrUndefined = errors.New("too few figures: the result is undefined")

// ErrImpossible says that a figure cannot be: negative, not finite, a
// numerator over its denominator, or a size over [MaxSize].
var ErrImpossible = errors.New("impossible figure")

// ErrSegments says that the segments of a chart don't start at 0, aren't in
// order, hold no point, or have a baseline that is too short.
var ErrSegments = errors.New("segments do not fit the series")

// MaxSize is the largest denominator, exposure, expected count or number of
// people that the package takes: one hundred million. Above it the incomplete
// beta function of gonum v0.17.0, on which exact limits stand, loses more than
// six digits.
const MaxSize = 100_000_000
