package redis

import (
	"context"
	"crypto/rand"
	_ "embed" // the script
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

//go:embed append.lua
var appendSource string

var appendScript = redis.NewScript(appendSource)

// Append implements [journal.Journal].
func (s *Store) Append(ctx context.Context, b journal.Batch) (uint64, error) {
	entries, err := b.Sealed()
	if err != nil {
		return 0, fmt.Errorf("append: %w", err)
	}
	b.Entries = entries
	last, err := await(ctx, s, func(ctx context.Context) (uint64, error) { return s.append(ctx, b) })
	if err != nil {
		return 0, fmt.Errorf("append to %s: %w", b.Network, s.explain(ctx, err))
	}
	return last, nil
}

func (s *Store) append(ctx context.Context, b journal.Batch) (uint64, error) {
	if b.After == 0 && len(b.Entries) > 0 { // an index, and so before the batch
		if err := s.client.SAdd(ctx, s.keys.networks(), b.Network).Err(); err != nil {
			return 0, fmt.Errorf("list the network: %w", err)
		}
	}
	batch := rand.Text()
	for {
		fence := ""
		if b.Mark != nil {
			now, err := s.index.readState(ctx, b.Network, b.Mark.Addresses != nil)
			if err != nil {
				return 0, fmt.Errorf("read the mark: %w", err)
			}
			if now.last != b.After {
				return 0, &journal.Conflict{Network: b.Network, After: b.After, Last: now.last}
			}
			if err := s.index.announce(ctx, b.Network, *b.Mark, now); err != nil {
				return 0, fmt.Errorf("announce the mark: %w", err)
			}
			fence = now.fence
		}
		answer, err := appendScript.Run(ctx, s.client, s.keys.batch(b.Network), s.index.batchArgs(b, batch, fence)...).StringSlice()
		if err != nil {
			return 0, err
		}
		if answer[0] == "fence" {
			continue // somebody repaired an index or set a mark: announce once more
		}
		last, err := strconv.ParseUint(answer[1], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%w: the last number of network %s is %q", journal.ErrDamaged, b.Network, answer[1])
		}
		if answer[0] == "moved" {
			return 0, &journal.Conflict{Network: b.Network, After: b.After, Last: last}
		}
		s.index.removeAddresses(ctx, b.Network, answer[2:])
		return last, nil
	}
}

// batchArgs returns the ARGV of the script.
func (x *index) batchArgs(b journal.Batch, batch, fence string) []any {
	due, named := "", ""
	var addresses []string
	if b.Mark != nil {
		due, addresses = dueText(*b.Mark), b.Mark.Addresses
		if addresses != nil {
			named = strconv.Itoa(len(addresses))
		}
	}
	args := []any{strconv.FormatUint(b.After, 10), batch, fence, due, named, len(b.Entries)}
	for _, a := range addresses {
		args = append(args, x.hash(a))
	}
	for _, e := range b.Entries {
		what := "data"
		switch {
		case e.Erased:
			what = "erased"
		case e.Data == nil:
			what = "none"
		}
		args = append(args, strconv.FormatUint(e.Seq, 10), e.At.UnixNano(), e.Kind, e.Version, what, e.Data, proofText(e.Proof))
	}
	return args
}
