package bot

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// errPanicked says that putting a duty into words panicked. It is one that can't be put
// into words: no other duty waits for it.
var errPanicked = errors.New("panicked")

// composed is compose, where a panic makes this duty one without words: it is tried again
// later, as the network is then.
func (c *Courier) composed(n *benchmark.Network, duty benchmark.Duty) (render func() (chat.Message, error)) {
	defer func() {
		if cause := recover(); cause != nil {
			err := panicked(cause)
			render = func() (chat.Message, error) { return chat.Message{}, err } //nolint:unparam // as all that render
		}
	}()
	return c.compose(n, duty)
}

// rendered renders; a panic is its error.
func rendered(render func() (chat.Message, error)) (m chat.Message, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = panicked(cause)
		}
	}()
	return render()
}

// panicked is the error of a panic, and where it was. What the program says of itself
// might hold what somebody wrote, and is left out; what the runtime says doesn't.
func panicked(cause any) error {
	what := fmt.Sprintf("%T", cause)
	if fault, is := cause.(runtime.Error); is {
		what = fault.Error()
	}
	return fmt.Errorf("%w: %s at %s", errPanicked, what, panickedAt())
}

// panickedAt is the line that panicked, while that is being recovered from.
func panickedAt() (at string) {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for panicking := false; ; {
		frame, more := frames.Next()
		own := !strings.HasPrefix(frame.Function, "runtime.")
		if panicking && own || !more {
			return fmt.Sprintf("%s:%d", frame.Function, frame.Line)
		}
		panicking = panicking || frame.Function == "runtime.gopanic"
	}
}
