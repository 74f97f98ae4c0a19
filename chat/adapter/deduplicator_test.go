package adapter

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Who comes second waits until the first has been handled.
func TestOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDeduplicator(10, time.Hour, time.Now)
		began := time.Now()
		var handled, first atomic.Int64
		for range 3 {
			go func() {
				if d.Once("e1", func() { time.Sleep(time.Second); handled.Add(1) }) {
					first.Add(1)
				}
				if took := time.Since(began); took != time.Second {
					t.Errorf("an answer after %v", took)
				}
			}()
		}
		time.Sleep(time.Minute)
		if handled.Load() != 1 || first.Load() != 1 {
			t.Errorf("handled %d times, %d were first", handled.Load(), first.Load())
		}
		if d.First("e1") || !d.First("e2") || d.Once("e2", func() { t.Error("handled after it was noted") }) {
			t.Error("what was noted and what was handled are told apart")
		}
	})
}
