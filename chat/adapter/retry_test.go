package adapter

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
)

var errBusy = errors.New("busy")

// failing returns what fails with these errors, one after the other, and then
// succeeds; and the times at which it was tried.
func failing(errs ...error) (try func() error, tried *[]time.Duration) {
	began, tried := now(), new([]time.Duration)
	return func() error {
		*tried = append(*tried, now().Sub(began))
		if n := len(*tried); n <= len(errs) {
			return errs[n-1]
		}
		return nil
	}, tried
}

func TestRetry(t *testing.T) {
	seconds := func(all ...int) (ds []time.Duration) {
		for _, s := range all {
			ds = append(ds, time.Duration(s)*time.Second)
		}
		return ds
	}
	later := &chat.Later{After: 10 * time.Second, Err: errBusy}
	exact := Retry{First: time.Second, Longest: 4 * time.Second, Growth: 2, Exact: true}
	for name, c := range map[string]struct {
		change func(*Retry)
		within time.Duration
		errs   []error
		want   []time.Duration
		err    error
	}{
		"at once":                    {want: seconds(0)},
		"growing, up to the longest": {errs: []error{errBusy, errBusy, errBusy, errBusy}, want: seconds(0, 1, 3, 7, 11)},
		"when the platform says":     {errs: []error{errBusy, later, errBusy}, want: seconds(0, 1, 11, 15)},
		"so many times":              {change: func(r *Retry) { r.Tries = 2 }, errs: []error{errBusy, errBusy, errBusy}, want: seconds(0, 1), err: errBusy},
		"not what is not worth it":   {change: func(r *Retry) { r.Worth = func(err error) bool { return !errors.Is(err, chat.ErrGone) } }, errs: []error{errBusy, chat.ErrGone}, want: seconds(0, 1), err: chat.ErrGone},
		"not when nobody would wait": {within: 12 * time.Second, errs: []error{errBusy, errBusy, later}, want: seconds(0, 1, 3), err: later},
		"with pauses that were changed": {change: func(r *Retry) {
			r.Pause = func(_ error, d time.Duration) time.Duration { return min(d, 2*time.Second) }
		}, errs: []error{later, errBusy}, want: seconds(0, 2, 4)},
		"with none": {change: func(r *Retry) { r.First, r.Longest = 0, 0 }, errs: []error{errBusy, later}, want: seconds(0, 0, 10)},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, ctx := exact, t.Context()
				if c.change != nil {
					c.change(&r)
				}
				if c.within > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, c.within)
					defer cancel()
				}
				told := 0
				r.Notify = func(error, time.Duration) { told++ }
				try, tried := failing(c.errs...)
				if err := r.Do(ctx, try); !errors.Is(err, c.err) {
					t.Errorf("%v, not %v", err, c.err)
				}
				if diff := cmp.Diff(c.want, *tried); diff != "" {
					t.Errorf("it was tried at (-want +got):\n%s", diff)
				}
				if told != len(*tried)-1 {
					t.Errorf("%d of %d tries were told of", told, len(*tried)-1)
				}
			})
		})
	}
}

// What ends the context ends the pause, and the last error says why.
func TestRetryEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		began := time.Now()
		err := Retry{First: time.Hour, Longest: time.Hour}.Do(ctx, func() error { return errBusy })
		if took := time.Since(began); !errors.Is(err, errBusy) || took != 5*time.Second {
			t.Errorf("%v after %v", err, took)
		}
	})
}

func TestPausesAreSpread(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pauses := map[time.Duration]bool{}
		r := Retry{First: time.Second, Longest: time.Second, Tries: 20, Notify: func(_ error, d time.Duration) { pauses[d] = true }}
		if err := r.Do(t.Context(), func() error { return errBusy }); !errors.Is(err, errBusy) {
			t.Error(err)
		}
		for d := range pauses {
			if d < time.Second/2 || d > 3*time.Second/2+1 {
				t.Errorf("a pause of %v", d)
			}
		}
		if len(pauses) < 10 {
			t.Errorf("only %d different pauses", len(pauses))
		}
	})
}

func TestKeep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		began := time.Now()
		var at []time.Duration
		Retry{First: time.Second, Longest: time.Minute, Growth: 2, Exact: true}.Keep(ctx, func(sound func()) error {
			at = append(at, time.Since(began))
			switch len(at) {
			case 3: // it holds for a while
				sound()
				time.Sleep(time.Minute)
			case 5: // another, please
				return nil
			case 7:
				cancel()
			}
			return errBusy
		})
		want := []time.Duration{0, 1e9, 3e9, 64e9, 66e9, 66e9, 70e9}
		if diff := cmp.Diff(want, at); diff != "" {
			t.Errorf("connected at (-want +got):\n%s", diff)
		}
	})
}

func TestKeepWithDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		tries := 0
		Retry{First: time.Minute, Longest: time.Minute}.Keep(ctx, func(func()) error { tries++; return errBusy })
		if tries != 1 {
			t.Errorf("%d tries", tries)
		}
	})
}
