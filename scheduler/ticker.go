package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// Job is something that is done every so often. Its context ends when the
// ticker is stopped; now is what the ticker's clock says.
type Job func(ctx context.Context, now time.Time)

// Ticker runs jobs by the clock: look for what is due every second, clean up
// every minute. It is not for what people schedule, which is kept in the
// journal and survives a restart; that is a [Recurrence].
//
// A job never runs twice at a time: when it is still running at its next time,
// that time is skipped. A panic in it is logged and the ticker goes on. What
// was missed while the machine slept is not caught up.
type Ticker struct {
	log  *slog.Logger
	now  func() time.Time
	jobs []tickerJob

	mu     sync.Mutex
	cron   *cron.Cron         // nil when not running
	cancel context.CancelFunc // ends the context of the jobs
}

type tickerJob struct {
	name string
	when cron.Schedule
	do   Job
}

// ErrRunning says that a ticker was started twice, or given a job after it was
// started.
var ErrRunning = errors.New("ticker is running")

// tickFields are minute, hour, day, month and weekday, with seconds before
// them if there are six.
var tickFields = cron.NewParser(cron.SecondOptional | cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

// NewTicker returns a ticker without jobs that isn't running. Now is the clock
// that jobs are told; when they run goes by the machine's own.
func NewTicker(log *slog.Logger, now func() time.Time) *Ticker {
	return &Ticker{log: log, now: now}
}

// Add gives the ticker a job before it is started. The schedule is a cron
// expression in UTC with five fields, or six with seconds first: "* * * * * *"
// is every second, "* * * * *" every minute. The name is for the log.
func (t *Ticker) Add(name, schedule string, do Job) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cron != nil {
		return fmt.Errorf("add job %s: %w", name, ErrRunning)
	}
	if strings.Contains(schedule, "=") { // the library panics on some of these
		return fmt.Errorf("add job %s: schedule %q names a zone; ticks are in UTC", name, schedule)
	}
	when, err := tickFields.Parse(schedule)
	if err != nil {
		return fmt.Errorf("add job %s: schedule %q: %w", name, schedule, err)
	}
	t.jobs = append(t.jobs, tickerJob{name, when, do})
	return nil
}

// Start begins to run the jobs, with contexts that end with ctx, and returns.
// The caller must [Ticker.Stop] the ticker, even when ctx has ended.
func (t *Ticker) Start(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cron != nil {
		return fmt.Errorf("start: %w", ErrRunning)
	}
	ctx, t.cancel = context.WithCancel(ctx)
	t.cron = cron.New(cron.WithLocation(time.UTC), cron.WithLogger(cron.DiscardLogger))
	for _, job := range t.jobs {
		t.cron.Schedule(job.when, cron.FuncJob(t.tickFunc(ctx, job)))
	}
	t.cron.Start()
	return nil
}

// Stop ends the jobs' contexts and waits until every job that was running has
// returned. Afterwards none will run, and the ticker may be started again.
// Stopping one that isn't running does nothing.
func (t *Ticker) Stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cron == nil {
		return
	}
	t.cancel()
	<-t.cron.Stop().Done()
	t.cron, t.cancel = nil, nil
}

// tickFunc returns what runs at each tick of a job: the job, unless it still runs.
func (t *Ticker) tickFunc(ctx context.Context, job tickerJob) func() {
	var running sync.Mutex
	log := t.log.With(slog.String("job", job.name))
	return func() {
		if ctx.Err() != nil {
			return
		}
		if !running.TryLock() {
			log.DebugContext(ctx, "job skipped, still running")
			return
		}
		defer running.Unlock()
		defer func() {
			if cause := recover(); cause != nil {
				log.ErrorContext(ctx, "job panicked", slog.String("cause", describePanic(cause)), slog.String("stack", string(debug.Stack())))
			}
		}()
		job.do(ctx, t.now())
	}
}

// describePanic describes a panic without its values, which may be what somebody
// wrote: the text of Go's own errors, the type of all others.
func describePanic(cause any) string {
	if err, ok := cause.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", cause)
}
