package webapi

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"roundtable/chat"
)

func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, began := newRates(1), time.Now()
		for range 5 {
			if err := r.wait(t.Context(), "chat.postMessage", "C1"); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != 4*time.Second {
			t.Errorf("five posts in a channel took %s, want 4s", took)
		}
		began = time.Now()
		for range 101 {
			if err := r.wait(t.Context(), "users.info", ""); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != time.Minute {
			t.Errorf("101 calls of tier 4 took %s, want a minute", took)
		}
	})
}

// TestNudges: 1,000 nudges and 60 posts in one channel take no longer than the
// limits ask for, and no limit is broken.
func TestNudges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, began := newRates(1), time.Now()
		var mu sync.Mutex
		var all, channel []time.Time
		var work sync.WaitGroup
		post := func(to string) {
			if err := r.wait(t.Context(), "chat.postMessage", to); err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, time.Now())
			if to == "C1" {
				channel = append(channel, time.Now())
			}
		}
		for n := range 1000 {
			work.Go(func() { post("U" + string(rune('0'+n))) })
		}
		work.Go(func() {
			for range 60 {
				post("C1")
			}
		})
		work.Wait()
		least := time.Duration(len(all)-postsAWorkspace.most) * postsAWorkspace.span / time.Duration(postsAWorkspace.most)
		if took := time.Since(began); took > least*105/100 {
			t.Errorf("it took %s, the limits ask for %s", took, least)
		}
		for i := range len(all) - postsAWorkspace.most {
			if all[i+postsAWorkspace.most].Sub(all[i]) < postsAWorkspace.span {
				t.Fatalf("post %d came too soon", i)
			}
		}
		for i := range len(channel) - 1 {
			if channel[i+1].Sub(channel[i]) < postsAChannel.span {
				t.Fatalf("post %d in the channel came too soon", i)
			}
		}
	})
}

func TestRetryAfterHoldsOneLane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, began := newRates(1), time.Now()
		r.pause("chat.postMessage", "C1", 7*time.Second)
		for to, want := range map[string]time.Duration{"C2": 0, "C1": 7 * time.Second} {
			if err := r.wait(t.Context(), "chat.postMessage", to); err != nil || to == "C2" && time.Since(began) > want && time.Since(began) < 7*time.Second {
				t.Errorf("%s went after %s, %v", to, time.Since(began), err)
			}
		}
		if err := r.wait(t.Context(), "views.open", ""); err != nil || time.Since(began) > 7*time.Second {
			t.Errorf("another method went after %s, %v", time.Since(began), err)
		}
	})
}

// What can't be in time is told at once, and is nothing but late.
func TestHopeless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRates(1)
		r.pause("chat.postMessage", "C1", time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		began := time.Now()
		err := r.wait(ctx, "chat.postMessage", "C1")
		var later *chat.Later
		if !errors.As(err, &later) || later.After != time.Minute || time.Since(began) > 0 || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := r.wait(ended, "chat.postMessage", "C2"); !errors.Is(err, context.Canceled) {
			t.Errorf("after the context's end: %v", err)
		}
	})
}

// Who gives up leaves the queue to the others, whose order stays.
func TestQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRates(1)
		var mu sync.Mutex
		var order []int
		var work sync.WaitGroup
		impatient, cancel := context.WithCancel(t.Context())
		for n := range 6 {
			ctx := t.Context()
			if n == 1 || n == 3 {
				ctx = impatient
			}
			work.Go(func() {
				if r.wait(ctx, "chat.postMessage", "C1") == nil {
					mu.Lock()
					defer mu.Unlock()
					order = append(order, n)
				}
			})
			synctest.Wait()
		}
		cancel()
		work.Wait()
		if want := []int{0, 2, 4, 5}; !slices.Equal(order, want) {
			t.Errorf("they went in the order %v, want %v", order, want)
		}
	})
}
