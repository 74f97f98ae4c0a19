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

// took is how long one person waited: until the call of the command had returned,
// and until they saw the answer.
type took struct{ call, seen time.Duration }

// flood lets everybody type a command, spread evenly over a time, and waits until
// each has seen an answer that holds a text.
func (h *house) flood(ctx context.Context, command, want string, within time.Duration, text func(k int) string) ([]took, error) {
	all, errs := make([]took, len(h.people)), make([]error, len(h.people))
	var typing sync.WaitGroup
	begin := time.Now()
	for k, p := range h.people {
		typing.Go(func() {
			at := begin.Add(within * time.Duration(k) / time.Duration(len(h.people)))
			select {
			case <-ctx.Done():
			case <-time.After(time.Until(at)):
			}
			all[k], errs[k] = h.types(ctx, p, strings.TrimSpace(command+" "+text(k)), want)
		})
	}
	typing.Wait()
	return all, errors.Join(errs...)
}

func (h *house) types(ctx context.Context, p *mattermosttest.Person, command, want string) (took, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	seen, begin := len(p.Ephemeral()), time.Now()
	if _, _, err := p.Client().ExecuteCommandWithTeam(ctx, h.channel.Channel, h.team.ID, command); err != nil {
		return took{}, fmt.Errorf("%q: %w", command, err)
	}
	t := took{call: time.Since(begin)}
	for len(p.Ephemeral()) == seen {
		select {
		case <-ctx.Done():
			return took{}, fmt.Errorf("%q: no answer is seen: %w", command, ctx.Err())
		case <-time.After(time.Millisecond):
		}
	}
	t.seen = time.Since(begin)
	if answer := p.Ephemeral()[seen].Text; !strings.Contains(answer, want) {
		return took{}, fmt.Errorf("%q is answered with %q", command, answer)
	}
	return t, nil
}

// quantiles are those that are reported.
var quantiles = []float64{.5, .99, 1}

func report(w io.Writer, floor, answered []took, own []time.Duration, within time.Duration, times int) {
	fmt.Fprintf(w, "%d people within %v, %d times: each got an answer, each figure is there\n", len(floor)/times, within, times)
	call, seen := func(t took) time.Duration { return t.call }, func(t took) time.Duration { return t.seen }
	compare(w, "call of the command", durations(floor, call), durations(answered, call))
	compare(w, "until it is seen", durations(floor, seen), durations(answered, seen))
	for _, q := range quantiles {
		fmt.Fprintf(w, "%-20s p%-3.0f  %8v\n", "of it in the bot", q*100, at(own, q))
	}
}

func compare(w io.Writer, what string, floor, answered []time.Duration) {
	for _, q := range quantiles {
		f, a := at(floor, q), at(answered, q)
		fmt.Fprintf(w, "%-20s p%-3.0f  floor %8v  bot %8v  ratio %.2f\n", what, q*100, f, a, float64(a)/float64(f))
	}
}

func durations(all []took, of func(took) time.Duration) []time.Duration {
	out := make([]time.Duration, len(all))
	for i, t := range all {
		out[i] = of(t)
	}
	return out
}

// at is a quantile, rounded for reading.
func at(all []time.Duration, q float64) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[int(q*float64(len(sorted)-1)+.5)].Round(100 * time.Microsecond)
}
