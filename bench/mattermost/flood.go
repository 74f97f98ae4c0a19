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

	"roundtable/bot/mattermost/mattermosttest"
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

func report(w io.Writer, floor, answered []took, within time.Duration, times int) {
	at := func(all []took, of func(took) time.Duration, q float64) time.Duration {
		sorted := make([]time.Duration, len(all))
		for i, t := range all {
			sorted[i] = of(t)
		}
		slices.Sort(sorted)
		return sorted[int(q*float64(len(sorted)-1)+.5)]
	}
	fmt.Fprintf(w, "%d people within %v, %d times: each got an answer, each figure is there\n", len(floor)/times, within, times)
	for _, m := range []struct {
		name string
		of   func(took) time.Duration
	}{{"call of the command", func(t took) time.Duration { return t.call }}, {"until it is seen", func(t took) time.Duration { return t.seen }}} {
		for _, q := range []float64{.5, .99, 1} {
			f, a := at(floor, m.of, q), at(answered, m.of, q)
			fmt.Fprintf(w, "%-20s p%-3.0f  floor %8v  bot %8v  ratio %.2f\n", m.name, q*100, f.Round(100*time.Microsecond), a.Round(100*time.Microsecond), float64(a)/float64(f))
		}
	}
}
