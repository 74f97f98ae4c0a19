package adapter

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestRunFinishesWhatHasBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l Lifecycle
		run, err := l.Start(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Start(nil); !errors.Is(err, ErrRunning) {
			t.Errorf("a second Run: %v", err)
		}
		began, finished := time.Now(), 0
		run.Go(func() {
			time.Sleep(time.Second)
			run.Continue(func() {
				time.Sleep(time.Second)
				finished++
			})
		})
		done, ok := run.Hold()
		if !ok {
			t.Error("nothing can be held")
		}
		time.AfterFunc(3*time.Second, func() { done(); done() })
		go func() {
			time.Sleep(500 * time.Millisecond)
			if run.Go(func() {}) {
				t.Error("work began while the Run was ending")
			}
			if l.Current() != run {
				t.Error("a Run that is ending is not the current one")
			}
		}()
		run.End()
		if took := time.Since(began); took != 3*time.Second || finished != 1 {
			t.Errorf("it ended after %v, %d finished", took, finished)
		}
		if l.Current() != nil {
			t.Error("a Run is on after its end")
		}
		next, err := l.Start(nil)
		if err != nil {
			t.Fatal(err)
		}
		held, release, ok := l.Hold()
		if held != next || !ok {
			t.Error("the Run that is on was not held")
		}
		release()
		next.End()
	})
}

func TestNoRun(t *testing.T) {
	var l Lifecycle
	if l.Current().Go(func() { t.Error("work outside a Run") }) {
		t.Error("work began outside a Run")
	}
	if _, ok := l.Current().Hold(); ok {
		t.Error("a Run that isn't there was held")
	}
	if _, _, ok := l.Hold(); ok {
		t.Error("no Run was held")
	}
}
