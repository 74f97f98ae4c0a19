package chart

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// No label covers another, a point or the frame, whatever the points; and yours
// is always there.
func TestLabelsKeepApart(t *testing.T) {
	frame := box{60, 70, 670, 400}
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(3, 60).Draw(r, "organisations")
		tags := make([]tag, n)
		for i := range tags {
			tags[i] = tag{
				at: point{
					rapid.Float64Range(frame.left+10, frame.right-10).Draw(r, "x"),
					rapid.Float64Range(frame.bottom, frame.top).Draw(r, "y"),
				},
				radius: 6, height: 16, width: rapid.Float64Range(8, maxLabelWidth).Draw(r, "width"),
				rank: rapid.IntRange(1, 2).Draw(r, "rank"),
			}
		}
		tags[0].rank, tags[0].width = 0, 110
		line := []point{{frame.left, 200}, {frame.right, 260}}
		places := placeLabels(frame, tags, nil, obstacles(false, line))
		if diff := cmp.Diff(places, placeLabels(frame, tags, nil, obstacles(false, line)), cmp.AllowUnexported(placed{}, box{})); diff != "" {
			r.Errorf("the same points get other places: %s", diff)
		}
		for i, p := range places {
			if !p.ok {
				continue
			}
			if !frame.holds(p.box) {
				r.Errorf("label %d leaves the frame: %v", i, p.box)
			}
			for j, o := range places {
				if i < j && o.ok && p.box.overlaps(o.box) {
					r.Errorf("labels %d and %d overlap", i, j)
				}
			}
			for j, o := range tags {
				if p.box.overlaps(around(o.at, o.radius)) {
					r.Errorf("label %d covers point %d", i, j)
				}
			}
			if tags[i].rank > 0 && distance(p.box.nearest(tags[i].at), tags[i].at) > 60 {
				r.Errorf("label %d went far", i)
			}
		}
		if n < 25 && !places[0].ok {
			r.Error("yours has no place")
		}
	})
}

// A label doesn't settle next to a stranger, where it would be read as its name.
func TestLabelsAreNearestToTheirOwnPoint(t *testing.T) {
	tags := []tag{
		{at: point{100, 100}, radius: 6, width: 80, height: 16, rank: 2},
		{at: point{205, 100}, radius: 6, width: 80, height: 16, rank: 2},
		{at: point{400, 100}, radius: 6, width: 80, height: 16, rank: 2},
	}
	for i, p := range placeLabels(box{0, 0, 700, 200}, tags, nil, nil) {
		own := distance(p.box.nearest(tags[i].at), tags[i].at)
		for j, other := range tags {
			if d := distance(p.box.nearest(other.at), other.at); !p.ok || j != i && d < own+minLead {
				t.Errorf("label %d is %v from its own point and %v from point %d", i, own, d, j)
			}
		}
	}
}

func TestLabelOfNoWidthIsNotPlaced(t *testing.T) {
	for _, p := range placeLabels(box{0, 0, 100, 100}, []tag{{at: point{50, 50}, radius: 5}}, nil, nil) {
		if p.ok {
			t.Error("it was placed")
		}
	}
}

func TestApartKeepsOrderAndSpace(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		wanted := rapid.SliceOfN(rapid.Float64Range(-50, 350), 1, 5).Draw(r, "wanted")
		places := spreadApart(wanted, noteSpace, 0, 300)
		for i, a := range places {
			if a < -1e-9 || a > 300+1e-9 {
				r.Errorf("%d is at %v", i, a)
			}
			for j, b := range places {
				if i != j && b-a < noteSpace-1e-9 && b >= a {
					r.Errorf("%d and %d are %v apart", i, j, b-a)
				}
				if wanted[i] < wanted[j] && a > b {
					r.Errorf("%d and %d changed places", i, j)
				}
			}
		}
	})
}

func TestTicksAreRoundAndWithinTheAxis(t *testing.T) {
	for _, c := range []struct {
		a    axis
		want []float64
	}{
		{axis{low: 0, high: 30}, []float64{0, 10, 20, 30}},
		{axis{low: 0.12, high: 0.31}, []float64{0.15, 0.2, 0.25, 0.3}},
		{axis{low: -3, high: 4}, []float64{-2, 0, 2, 4}},
		{axis{low: 8, high: 1200, log: true}, []float64{10, 20, 50, 100, 200, 500, 1000}},
		{axis{low: 8, high: 120000, log: true}, []float64{10, 100, 1000, 10000, 100000}},
	} {
		got, _ := c.a.ticks(5)
		if diff := cmp.Diff(c.want, got, cmp.Comparer(func(x, y float64) bool { return x-y < 1e-9 && y-x < 1e-9 })); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.a, diff)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		low := rapid.Float64Range(-1e12, 1e12).Draw(r, "low")
		high := rapid.Float64Range(low, 1e12).Draw(r, "high")
		a := valueAxis(low, high)
		if !(a.low < a.high) || a.low > low || a.high < high {
			r.Fatalf("axis %+v of %v to %v", a, low, high)
		}
		ticks, _ := a.ticks(5)
		for _, x := range ticks {
			if at := a.at(x); at < -0.01 || at > 1.01 {
				r.Errorf("tick %v is at %v", x, at)
			}
		}
	})
}

func TestWordsFitTheirLine(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`([A-Za-zåäöÅÄÖ0-9,.%-]{1,30} ){1,30}`).Draw(r, "text")
		p, lines := fitLines(text, headlinePen, 760)
		if len(lines) == 0 || len(lines) > 2 {
			r.Errorf("%d lines", len(lines))
		}
		for _, l := range lines {
			if p.width(l) > 760+1e-9 {
				r.Errorf("%q is %v wide", l, p.width(l))
			}
		}
	})
}
