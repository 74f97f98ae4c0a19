package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"roundtable/chat/mattermost/mattermosttest"
)

// waits are how long one person waited: until the call of the command had returned,
// and until they saw the answer.
type waits struct{ call, seen time.Duration }

// load lets everybody type a command, spread evenly over a time, and waits until
// each has seen an answer that holds a text.
func (b *testbed) load(ctx context.Context, command, want string, within time.Duration, text func(k int) string) ([]waits, error) {
	all, errs := make([]waits, len(b.people)), make([]error, len(b.people))
	var typing sync.WaitGroup
	begin := time.Now()
	for k, p := range b.people {
		typing.Go(func() {
			at := begin.Add(within * time.Duration(k) / time.Duration(len(b.people)))
			select {
			case <-ctx.Done():
			case <-time.After(time.Until(at)):
			}
			all[k], errs[k] = b.types(ctx, p, strings.TrimSpace(command+" "+text(k)), want)
		})
	}
	typing.Wait()
	return all, errors.Join(errs...)
}

func (b *testbed) types(ctx context.Context, p *mattermosttest.Person, command, want string) (waits, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	seen, begin := len(p.Ephemeral()), time.Now()
	if _, _, err := p.Client().ExecuteCommandWithTeam(ctx, b.channel.Channel, b.team.ID, command); err != nil {
		return waits{}, fmt.Errorf("%q: %w", command, err)
	}
	t := waits{call: time.Since(begin)}
	for len(p.Ephemeral()) == seen {
		select {
		case <-ctx.Done():
			return waits{}, fmt.Errorf("%q: no answer is seen: %w", command, ctx.Err())
		case <-time.After(time.Millisecond):
		}
	}
	t.seen = time.Since(begin)
	if answer := p.Ephemeral()[seen].Text; !strings.Contains(answer, want) {
		return waits{}, fmt.Errorf("%q is answered with %q", command, answer)
	}
	return t, nil
}

// quantiles are those that are reported.
var quantiles = []float64{.5, .99, 1}

func report(w io.Writer, floor, answered []waits, own []time.Duration, within time.Duration, times int) {
	fmt.Fprintf(w, "%d people within %v, %d times: each got an answer, each figure is there\n", len(floor)/times, within, times)
	call, seen := func(t waits) time.Duration { return t.call }, func(t waits) time.Duration { return t.seen }
	compare(w, "call of the command", durations(floor, call), durations(answered, call))
	compare(w, "until it is seen", durations(floor, seen), durations(answered, seen))
	for _, q := range quantiles {
		fmt.Fprintf(w, "%-20s p%-3.0f  %8v\n", "of it in the bot", q*100, quantile(own, q))
	}
}

func compare(w io.Writer, what string, floor, answered []time.Duration) {
	for _, q := range quantiles {
		f, a := quantile(floor, q), quantile(answered, q)
		fmt.Fprintf(w, "%-20s p%-3.0f  floor %8v  bot %8v  ratio %.2f\n", what, q*100, f, a, float64(a)/float64(f))
	}
}

func durations(all []waits, of func(waits) time.Duration) []time.Duration {
	out := make([]time.Duration, len(all))
	for i, t := range all {
		out[i] = of(t)
	}
	return out
}

// quantile returns a quantile, rounded for reading.
func quantile(all []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[int(q*float64(len(sorted)-1)+.5)].Round(100 * time.Microsecond)
}
