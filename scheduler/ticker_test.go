package scheduler

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// startTicker starts a ticker with one job; it must be stopped in the bubble.
func startTicker(t *testing.T, log *bytes.Buffer, schedule string, do Job) *Ticker {
	t.Helper()
	ticker := NewTicker(slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})), time.Now)
	if err := ticker.Add("test", schedule, do); err != nil {
		t.Fatal(err)
	}
	if err := ticker.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return ticker
}

func TestTickerRunsOnTime(t *testing.T) {
	for schedule, want := range map[string][]string{
		"* * * * * *":    {"00:00:01", "00:00:02", "00:00:03"},
		"*/20 * * * * *": {"00:00:20", "00:00:40", "00:01:00"},
		"* * * * *":      {"00:01:00", "00:02:00", "00:03:00"},
		"30 1 * * *":     {"01:30:00", "01:30:00", "01:30:00"},
	} {
		synctest.Test(t, func(t *testing.T) { // begins at midnight UTC
			var got []string
			ran := make(chan struct{}, 1)
			ticker := startTicker(t, &bytes.Buffer{}, schedule, func(_ context.Context, now time.Time) {
				got = append(got, now.UTC().Format(time.TimeOnly))
				ran <- struct{}{}
			})
			for range want {
				<-ran
			}
			ticker.Stop()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", schedule, diff)
			}
		})
	}
}

func TestTickerTellsItsClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		want := time.Date(2026, time.October, 25, 1, 0, 0, 0, time.UTC)
		ticker := NewTicker(slog.New(slog.DiscardHandler), func() time.Time { return want })
		told := make(chan time.Time, 1)
		if err := ticker.Add("test", "* * * * *", func(_ context.Context, now time.Time) { told <- now }); err != nil {
			t.Fatal(err)
		}
		if err := ticker.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := <-told; !got.Equal(want) {
			t.Errorf("the job was told %v, want %v", got, want)
		}
		ticker.Stop()
	})
}

func TestTickerSkipsWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		var runs atomic.Int32
		ticker := startTicker(t, &log, "* * * * * *", func(context.Context, time.Time) {
			runs.Add(1)
			time.Sleep(2500 * time.Millisecond)
		})
		time.Sleep(7 * time.Second) // runs at 1, 4 and 7
		synctest.Wait()
		ticker.Stop()
		if got := runs.Load(); got != 3 {
			t.Errorf("the job ran %d times, want 3", got)
		}
		if got := strings.Count(log.String(), "still running"); got != 4 {
			t.Errorf("%d skips were logged, want 4:\n%s", got, log.String())
		}
	})
}

func TestTickerSurvivesPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		var runs atomic.Int32
		ticker := startTicker(t, &log, "* * * * * *", func(context.Context, time.Time) {
			if runs.Add(1) == 1 {
				panic("somebody's words")
			}
			few := []int{0}
			_ = few[runs.Load()]
		})
		time.Sleep(2 * time.Second)
		synctest.Wait()
		ticker.Stop()
		if got := runs.Load(); got != 2 {
			t.Errorf("the job ran %d times, want 2", got)
		}
		text := log.String()
		for _, want := range []string{"job=test", "cause=string", "index out of range", "ticker_test.go"} {
			if !strings.Contains(text, want) {
				t.Errorf("the log lacks %q:\n%s", want, text)
			}
		}
		if strings.Contains(text, "somebody") {
			t.Errorf("the log tells what the panic said:\n%s", text)
		}
	})
}

func TestTickerStopEndsAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var done atomic.Bool
		ticker := startTicker(t, &bytes.Buffer{}, "* * * * * *", func(ctx context.Context, _ time.Time) {
			<-ctx.Done()
			time.Sleep(time.Minute) // takes its time to finish
			done.Store(true)
		})
		time.Sleep(time.Second)
		synctest.Wait()
		ticker.Stop()
		if !done.Load() {
			t.Error("Stop returned before the job")
		}
		ticker.Stop() // again does nothing
	})
}

func TestTickerStartsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs atomic.Int32
		ticker := startTicker(t, &bytes.Buffer{}, "* * * * * *", func(context.Context, time.Time) { runs.Add(1) })
		if err := ticker.Start(t.Context()); !errors.Is(err, ErrRunning) {
			t.Errorf("a second start: %v", err)
		}
		if err := ticker.Add("late", "* * * * *", nil); !errors.Is(err, ErrRunning) {
			t.Errorf("a late job: %v", err)
		}
		ticker.Stop()
		time.Sleep(time.Hour)
		if got := runs.Load(); got != 0 {
			t.Errorf("the job ran %d times when stopped", got)
		}
		if err := ticker.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		ticker.Stop()
		if got := runs.Load(); got != 1 {
			t.Errorf("the job ran %d times, want 1", got)
		}
	})
}

func TestTickerRefusesSchedules(t *testing.T) {
	ticker := NewTicker(slog.New(slog.DiscardHandler), time.Now)
	for _, schedule := range []string{"", "TZ=", "TZ=0", "CRON_TZ=UTC * * * * *", "@every 1s", "* * *", "61 * * * * *", "* * * * * * *"} {
		if err := ticker.Add("test", schedule, nil); err == nil {
			t.Errorf("%q was accepted", schedule)
		}
	}
}
