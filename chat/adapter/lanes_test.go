package adapter

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLanesKeepTheOrderOfAdding(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		run := started(t)
		var lanes Lanes
		var mu sync.Mutex
		done := map[string][]string{}
		began := time.Now()
		add := func(lane, what string, takes time.Duration) {
			run.Go(func() {
				lanes.Add(run, lane, "", func() {
					time.Sleep(takes)
					mu.Lock()
					defer mu.Unlock()
					done[lane] = append(done[lane], what)
				})
			})
			synctest.Wait()
		}
		add("a", "first", time.Minute)
		add("a", "second", time.Second)
		add("b", "other", time.Second)
		time.Sleep(2 * time.Second)
		mu.Lock()
		if len(done["b"]) != 1 || len(done["a"]) != 0 {
			t.Errorf("lanes wait for each other: %v", done)
		}
		mu.Unlock()
		run.End()
		if diff := cmp.Diff([]string{"first", "second"}, done["a"]); diff != "" {
			t.Error(diff)
		}
		if took := time.Since(began); took != time.Minute+time.Second {
			t.Errorf("it took %v", took)
		}
		if len(lanes.lanes) != 0 {
			t.Errorf("lanes that are empty are kept: %v", lanes.lanes)
		}
	})
}

func TestLanesWaitForWhatHappenedBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		run := started(t)
		lanes := Lanes{Settle: 50 * time.Millisecond, Compare: strings.Compare}
		var done []string
		add := func(at, what string) {
			run.Go(func() { lanes.Add(run, "a", at, func() { done = append(done, what) }) })
			synctest.Wait()
		}
		add("3", "third")
		add("2", "second")
		add("3", "third again")
		time.Sleep(40 * time.Millisecond)
		add("1", "first")
		time.Sleep(time.Second)
		add("0", "too late")
		run.End()
		if diff := cmp.Diff([]string{"first", "second", "third", "third again", "too late"}, done); diff != "" {
			t.Error(diff)
		}
	})
}

func started(t *testing.T) *Run {
	t.Helper()
	var l Lifecycle
	run, err := l.Start(nil)
	if err != nil {
		t.Fatal(err)
	}
	return run
}
