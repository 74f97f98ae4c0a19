package attack

import (
	"os"
	"slices"
	"testing"
	"time"
)

// Whatever a member, a facilitator or a stranger does, in whatever network, he finds
// out nothing that is hidden from him.
func TestAttacker(t *testing.T) {
	t.Parallel() // beside the known attacks
	long := time.Duration(0)
	if wanted := os.Getenv("ROUNDTABLE_ATTACK"); wanted != "" {
		var err error
		if long, err = time.ParseDuration(wanted); err != nil {
			t.Fatal(err)
		}
	}
	begun := time.Now()
	var count tally
	failures := 0
	for seed := uint64(1); failures < mostFailures && (seed <= worldsAtOnce || time.Since(begun) < long); seed++ {
		watch := observer(product)
		if seed%10 == 0 { // they take their time
			watch = withWords
		}
		p := randomWorld(seed)
		if found := onPlan(p, watch, &count); len(found) > 0 {
			short, still := shrink(p, watch, found[0])
			t.Errorf("world %d: %d findings, such as %v\n%s", seed, len(found), still, short)
			failures++
		}
	}
	t.Log(count)
}

// mostFailures are shown before it is given up.
const mostFailures = 5

// shrink takes out of a plan what the finding doesn't need.
func shrink(p plan, watch observer, f finding) (short plan, still finding) {
	remains := func(q plan) (finding, bool) {
		a := &attack{plan: q, watch: watch, tally: &tally{}, slots: map[slot][]secret{}}
		found := a.attack(func(s secret) bool { return s.slot == f.secret.slot })
		k := slices.IndexFunc(found, func(g finding) bool { return g.kind == f.kind })
		if k < 0 {
			return finding{}, false
		}
		return found[k], true
	}
	still = f
	since := time.Now()
	for k := len(p.steps) - 1; !testing.Short() && k >= 0 && time.Since(since) < longestShrinking; k-- {
		q := p
		q.steps = slices.Clone(p.steps)
		q.steps[k] = step{by: p.steps[k].by, intent: nothing}
		if found, ok := remains(q); ok {
			p, still = q, found
		}
	}
	return p, still
}

const longestShrinking = 20 * time.Second
