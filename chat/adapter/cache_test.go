package adapter

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestCacheIsBounded(t *testing.T) {
	c := NewCache[string, int](2, 0, nil)
	c.Put("a", 1)
	c.Put("b", 2)
	c.Put("a", 3) // renewed, in its place
	if v, ok := c.Get("a"); !ok || v != 3 || c.Add("b", 4) {
		t.Errorf("a is %d, %v", v, ok)
	}
	if !c.Add("c", 5) {
		t.Error("c was not added")
	}
	if diff := cmp.Diff(map[string]int{"b": 2, "c": 5}, maps.Collect(c.All())); diff != "" {
		t.Error(diff)
	}
	c.Delete("b")
	c.Delete("b")
	if _, ok := c.Get("b"); ok || c.Len() != 1 {
		t.Errorf("%d are left", c.Len())
	}
	c.Clear()
	if c.Len() != 0 || !c.Add("c", 6) {
		t.Error("a cleared cache is not empty")
	}
}

// What has been kept for as long as it may be is not there any more.
func TestCacheLetsGo(t *testing.T) {
	now := noon
	c := NewCache[string, string](10, time.Hour, func() time.Time { return now })
	c.Put("form", "words")
	now = now.Add(time.Minute)
	c.Put("young", "words")
	now = now.Add(time.Hour)
	if _, ok := c.Get("form"); ok {
		t.Error("what is too old is returned")
	}
	if len(maps.Collect(c.All())) != 1 {
		t.Error("what is too old is among all")
	}
	c.Put("other", "words")
	if _, there := c.items["form"]; there || c.Len() != 2 || c.order.Len() != 2 {
		t.Errorf("%d are still there", c.Len())
	}
}

// What stands behind a renewed value is let go of too.
func TestCacheLetsGoBehindTheRenewed(t *testing.T) {
	now := noon
	c := NewCache[string, string](10, time.Hour, func() time.Time { return now })
	c.Put("renewed", "words")
	c.Put("old", "words")
	now = now.Add(50 * time.Minute)
	c.Put("renewed", "words")
	now = now.Add(20 * time.Minute)
	c.Put("new", "words")
	if _, there := c.items["old"]; there || c.Len() != 2 {
		t.Errorf("%d are still there", c.Len())
	}
}

// However much comes, no more is remembered than has a use.
func TestDeduplicatorIsBounded(t *testing.T) {
	const most, life = 1000, time.Hour
	now := noon
	d := NewDeduplicator(most, life, func() time.Time { return now })
	for i := range most + 10 {
		if !d.First(fmt.Sprint(i)) {
			t.Fatalf("%d has come before", i)
		}
	}
	if n := d.arrivals.Len(); n != most {
		t.Errorf("%d are remembered", n)
	}
	if newest := fmt.Sprint(most + 9); d.First(newest) || !d.Seen(newest) {
		t.Error("the newest is forgotten")
	}
	if d.Seen("0") || !d.First("0") {
		t.Error("the oldest is remembered")
	}
	now = now.Add(life + time.Second)
	if !d.First(fmt.Sprint(most+9)) || d.arrivals.Len() != 1 {
		t.Errorf("after an hour %d are remembered", d.arrivals.Len())
	}
}
