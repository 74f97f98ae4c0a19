package benchmark_test

import (
	"testing"
	"time"

	"roundtable/benchmark"
)

// Who has been there longest is asked of those who see all that an organisation keeps: not who
// was let in unseen, nor who sits where another one's figures came.
func TestLongestThereSeesAll(t *testing.T) {
	b := founded(t, 3, falls())
	lastRoundOf(b, 3)
	if p, is := benchmark.LongestThere(b.n, "o2"); !is || p.ID != "p2" {
		t.Errorf("%s, %v", p.ID, is)
	}
	b.joins("u2", "Org 1")
	b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o1", Yes: true})
	b.do("p1", benchmark.Vouch{Newcomer: b.joins("u9", "Org 2").ID, Yes: true})
	if p, is := benchmark.LongestThere(b.n, "o2"); is {
		t.Errorf("%s, who was let in unseen", p.ID)
	}
	b.now = b.now.Add(15 * 24 * time.Hour)
	b.joins("u2", "Org 2")
	b.now = b.now.Add(15 * 24 * time.Hour)
	b.do("p1", benchmark.Vouch{Newcomer: "p2", Organisation: "o2", Yes: true})
	if p, is := benchmark.LongestThere(b.n, "o2"); !is || p.ID != "p2" {
		t.Errorf("back again: %s, %v", p.ID, is)
	}
	b, omega, _ := taken(t, nil)
	if p, is := benchmark.LongestThere(b.n, omega); !is || p.ID != "p2" {
		t.Errorf("of figures that came: %s, %v", p.ID, is)
	}
}
