package redis

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// owing is a network in the index of due ones.
type owing struct {
	network string
	listed  int64 // when the index has it due, in milliseconds
	due     int64 // when its own keys have it due
	never   bool  // its own keys have it not due
}

// Due implements [journal.Journal].
func (s *Store) Due(ctx context.Context, at time.Time) (networks []string, next time.Time, err error) {
	type answer struct {
		networks []string
		next     time.Time
	}
	a, err := await(ctx, s, func(ctx context.Context) (answer, error) {
		networks, next, err := s.due(ctx, at.UnixMilli())
		return answer{networks, next}, err
	})
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("list due networks: %w", s.explain(ctx, err))
	}
	return a.networks, a.next, nil
}

// due reads the index up to the instant at once, and then as far beyond as it
// takes to know the next: nothing is due before the index has it. It doesn't page
// by rank, as others move what is in the index meanwhile.
func (s *Store) due(ctx context.Context, at int64) (networks []string, next time.Time, err error) {
	until := strconv.FormatInt(at, 10)
	listed, err := s.owing(ctx, redis.ZRangeBy{Min: "-inf", Max: until})
	if err != nil {
		return nil, time.Time{}, err
	}
	var now []owing
	var first *owing // the next
	for _, o := range listed {
		if !o.never && o.due <= at {
			now = append(now, o)
		} else {
			first = earlier(first, o)
		}
	}
	for count := int64(20); ; count *= 4 {
		beyond, err := s.owing(ctx, redis.ZRangeBy{Min: "(" + until, Max: "+inf", Count: count})
		if err != nil {
			return nil, time.Time{}, err
		}
		for _, o := range beyond {
			first = earlier(first, o)
		}
		if n := len(beyond); int64(n) < count || first != nil && first.due <= beyond[n-1].listed {
			listed = append(listed, beyond...)
			break
		}
	}
	if first != nil {
		next = time.UnixMilli(first.due).UTC()
	}
	slices.SortFunc(now, func(a, b owing) int { return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.network, b.network)) })
	for _, o := range now {
		networks = append(networks, o.network)
	}
	return networks, next, s.tidy(ctx, listed)
}

// earlier returns the one that is due first.
func earlier(first *owing, o owing) *owing {
	if o.never || first != nil && first.due <= o.due {
		return first
	}
	return &o
}

// owing returns a part of the index, with the truth.
func (s *Store) owing(ctx context.Context, by redis.ZRangeBy) ([]owing, error) {
	listed, err := s.client.ZRangeByScoreWithScores(ctx, s.keys.due(), &by).Result()
	if err != nil {
		return nil, err
	}
	part := make([]owing, 0, len(listed))
	for some := range slices.Chunk(listed, 1000) {
		truths := make([]*redis.StringCmd, len(some))
		if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, z := range some {
				truths[i] = p.HGet(ctx, s.keys.state(z.Member.(string)), "due")
			}
			return nil
		}); err != nil && !errors.Is(err, redis.Nil) {
			return nil, err
		}
		for i, z := range some {
			o := owing{network: z.Member.(string), listed: int64(z.Score)}
			if text := truths[i].Val(); text == "" {
				o.never = true
			} else if o.due, err = strconv.ParseInt(text, 10, 64); err != nil {
				return nil, fmt.Errorf("%w: network %s is due at %q", journal.ErrDamaged, o.network, text)
			}
			part = append(part, o)
		}
	}
	return part, nil
}

// settleDue sets the index to the truth if the network's token is still the same.
var settleDue = redis.NewScript(`
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then
	return 0
end
if ARGV[3] == '' then
	redis.call('ZREM', KEYS[1], ARGV[1])
	redis.call('HDEL', KEYS[2], ARGV[1])
else
	redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
end
return 1
`)

// tidy sets the index right where it is out of date and was so, with the same
// token, when Due last looked. What is out of date for the first time is mostly
// the announcement of a mark that is about to be written, and raising the fence
// would make its writer begin again.
func (s *Store) tidy(ctx context.Context, listed []owing) error {
	var stale []string
	for _, o := range listed {
		if o.never || o.due != o.listed {
			stale = append(stale, o.network)
		}
	}
	tokens := make(map[string]string, len(stale))
	for some := range slices.Chunk(stale, 1000) {
		got, err := s.client.HMGet(ctx, s.keys.dueTokens(), some...).Result()
		if err != nil {
			return err
		}
		for i, token := range got {
			if text, ok := token.(string); ok {
				tokens[some[i]] = text
			}
		}
	}
	s.staleMu.Lock()
	before := s.stale
	s.stale = tokens
	s.staleMu.Unlock()
	for network, token := range tokens {
		if before[network] != token {
			continue
		}
		now, err := s.fenced(ctx, network, false)
		if err != nil {
			return err
		}
		if err := settleDue.Run(ctx, s.client, []string{s.keys.due(), s.keys.dueTokens()}, network, token, now.due).Err(); err != nil {
			return err
		}
	}
	return nil
}
