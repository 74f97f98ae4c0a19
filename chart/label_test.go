package chart

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// placeLabels finds a place for one label after the other.
func placeLabels(frame box, tags []tag, standing []box, upright float64) []placed {
	places := make([]placed, len(tags))
	taken := slices.Clone(standing)
	for i, t := range tags {
		if places[i] = bestPlace(frame, t, taken, upright); places[i].ok {
			taken = append(taken, places[i].box.wider(letterGap))
		}
	}
	return places
}

// No label covers another, a point, its own or another's, or leaves the frame, wherever the
// points lie; and the same points get the same places.
func TestLabelsKeepApart(t *testing.T) {
	frame := box{40, 70, 346, 300}
	rapid.Check(t, func(r *rapid.T) {
		standing := make([]box, rapid.IntRange(3, 300).Draw(r, "organisations"))
		tags := make([]tag, min(len(standing), rapid.IntRange(1, 12).Draw(r, "outside")))
		for i := range standing {
			at := point{
				rapid.Float64Range(frame.left, frame.right).Draw(r, "x"),
				rapid.Float64Range(frame.bottom, frame.top).Draw(r, "y"),
			}
			standing[i] = around(at, 3)
			if i < len(tags) {
				tags[i] = tag{at: at, radius: 3, height: 11, width: rapid.Float64Range(8, mostInFunnel).Draw(r, "width")}
			}
		}
		places := placeLabels(frame, tags, standing, 120)
		if diff := cmp.Diff(places, placeLabels(frame, tags, standing, 120), cmp.AllowUnexported(placed{}, box{})); diff != "" {
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
			for j, o := range standing {
				if p.box.overlaps(o) {
					r.Errorf("label %d covers point %d", i, j)
				}
			}
			if d := distance(p.box.nearest(tags[i].at), tags[i].at); d > tags[i].radius+2*labelGap {
				r.Errorf("label %d is %v from its point", i, d)
			}
		}
	})
}

// A label stands on the side with more room.
func TestLabelsStandWhereThereIsRoom(t *testing.T) {
	frame := box{0, 0, 340, 200}
	tags := []tag{{at: point{40, 60}, radius: 3, width: 80, height: 11}, {at: point{300, 120}, radius: 3, width: 80, height: 11}}
	places := placeLabels(frame, tags, []box{around(tags[0].at, 3), around(tags[1].at, 3)}, 170)
	if !places[0].ok || !places[1].ok || places[0].box.left < 43 || places[1].box.right > 297 {
		t.Errorf("they stand at %v", places)
	}
}

func TestApartKeepsOrderAndSpace(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		wanted := rapid.SliceOfN(rapid.Float64Range(-50, 350), 1, 5).Draw(r, "wanted")
		places := spreadApart(wanted, endSpace, 0, 300)
		for i, a := range places {
			if a < -1e-9 || a > 300+1e-9 {
				r.Errorf("%d is at %v", i, a)
			}
			for j, b := range places {
				if i != j && b-a < endSpace-1e-9 && b >= a {
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
	} {
		got, _ := c.a.ticks(5)
		if diff := cmp.Diff(c.want, got, cmp.Comparer(func(x, y float64) bool { return x-y < 1e-9 && y-x < 1e-9 })); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.a, diff)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		low := rapid.Float64Range(-1e12, 1e12).Draw(r, "low")
		high := rapid.Float64Range(low, 1e12).Draw(r, "high")
		a := roundAxis(low, high)
		if slack := 1e-8 * (a.high - a.low); !(a.low < a.high) || a.low > low+slack || a.high < high-slack {
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
		p, lines := fitLines(text, headlinePen, innerWidth)
		if len(lines) == 0 || len(lines) > 2 || p.size < leastSize {
			r.Errorf("%d lines of size %g", len(lines), p.size)
		}
		for _, l := range lines {
			if p.width(l) > innerWidth+1e-9 {
				r.Errorf("%q is %v wide", l, p.width(l))
			}
		}
	})
}
