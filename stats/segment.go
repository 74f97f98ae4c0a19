package stats

import "fmt"

// Plan is what the people who read a chart have decided about it. The zero
// value is one segment with the usual baseline and no screening.
type Plan struct {
	// Segments are in order of Start, the first at 0. None means one that
	// starts at 0.
	Segments []Segment
	// ScreenRanges drops, once, moving ranges of 3.267 times their mean or
	// more before an XmR chart's limits are computed.
	ScreenRanges bool
}

// Segment is a part of a series with limits of its own, from Start up to the
// next one's. A facilitator starts one to rebase, and a new version of the
// indicator's definition starts one as a break.
type Segment struct {
	Start int // index of its first point
	// Baseline is the number of points, from Start on, that centre and limits
	// stand on: at least LeastForLimits, or 0 for LeastToFreeze. While the
	// segment is shorter, all its points are taken.
	Baseline int
}

// stretches lays the plan over n points. Only Start, End, Baseline and
// Standing are filled in.
func (p Plan) stretches(n int) ([]Stretch, error) {
	segments := p.Segments
	if len(segments) == 0 {
		segments = []Segment{{}}
	}
	if segments[0].Start != 0 {
		return nil, fmt.Errorf("segment 0 starts at %d: %w", segments[0].Start, ErrSegments)
	}
	if n == 0 && len(segments) == 1 {
		return nil, nil
	}
	var stretches []Stretch
	for i, segment := range segments {
		end := n
		if i+1 < len(segments) {
			end = segments[i+1].Start
		}
		if segment.Start >= end || end > n {
			return nil, fmt.Errorf("segment %d holds no point: %w", i, ErrSegments)
		}
		baseline := segment.Baseline
		if baseline == 0 {
			baseline = LeastToFreeze
		}
		if baseline < LeastForLimits {
			return nil, fmt.Errorf("baseline of segment %d: %w", i, ErrSegments)
		}
		baseline = min(baseline, end-segment.Start)
		stretches = append(stretches, Stretch{
			Start: segment.Start, End: end, Baseline: baseline, Standing: StandingOf(baseline),
		})
	}
	return stretches, nil
}
