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

// dueEntry is a network in the index of due ones.
type dueEntry struct {
	network string
	listed  int64 // when the index has it due, in milliseconds
	due     int64 // when its own keys have it due
	never   bool  // its own keys have it not due
}

// due returns the networks that are due at an instant in milliseconds, earliest
// first, and the first due instant after it (zero if none).
//
// It reads the index up to the instant in one command, and then as far beyond as
// it takes to know the next: nothing is due before the index has it. It doesn't
// page by rank, as others move what is in the index meanwhile.
func (x *index) due(ctx context.Context, at int64) (networks []string, next time.Time, err error) {
	until := strconv.FormatInt(at, 10)
	listed, err := x.dueEntries(ctx, redis.ZRangeBy{Min: "-inf", Max: until})
	if err != nil {
		return nil, time.Time{}, err
	}
	var now []dueEntry
	var first *dueEntry // of those after the instant
	for _, e := range listed {
		if !e.never && e.due <= at {
			now = append(now, e)
		} else {
			first = earlier(first, e)
		}
	}
	for count := int64(20); ; count *= 4 {
		beyond, err := x.dueEntries(ctx, redis.ZRangeBy{Min: "(" + until, Max: "+inf", Count: count})
		if err != nil {
			return nil, time.Time{}, err
		}
		for _, e := range beyond {
			first = earlier(first, e)
		}
		if n := len(beyond); int64(n) < count || first != nil && first.due <= beyond[n-1].listed {
			listed = append(listed, beyond...)
			break
		}
	}
	if first != nil {
		next = time.UnixMilli(first.due).UTC()
	}
	slices.SortFunc(now, func(a, b dueEntry) int {
		return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.network, b.network))
	})
	for _, e := range now {
		networks = append(networks, e.network)
	}
	return networks, next, x.repairDue(ctx, listed)
}

// earlier returns the entry that is due first; first may be nil.
func earlier(first *dueEntry, e dueEntry) *dueEntry {
	if e.never || first != nil && first.due <= e.due {
		return first
	}
	return &e
}

// dueEntries returns a part of the index, with the truth.
func (x *index) dueEntries(ctx context.Context, by redis.ZRangeBy) ([]dueEntry, error) {
	listed, err := x.client.ZRangeByScoreWithScores(ctx, x.keys.due(), &by).Result()
	if err != nil {
		return nil, err
	}
	entries := make([]dueEntry, 0, len(listed))
	for some := range slices.Chunk(listed, commandsAtOnce) {
		truths := make([]*redis.StringCmd, len(some))
		if _, err := x.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, z := range some {
				truths[i] = p.HGet(ctx, x.keys.state(z.Member.(string)), "due")
			}
			return nil
		}); err != nil && !errors.Is(err, redis.Nil) {
			return nil, err
		}
		for i, z := range some {
			e := dueEntry{network: z.Member.(string), listed: int64(z.Score)}
			if text := truths[i].Val(); text == "" {
				e.never = true
			} else if e.due, err = strconv.ParseInt(text, 10, 64); err != nil {
				return nil, fmt.Errorf("%w: network %s is due at %q", journal.ErrDamaged, e.network, text)
			}
			entries = append(entries, e)
		}
	}
	return entries, nil
}

// repairDueScript sets the index to the truth if the network's token is still the
// same.
var repairDueScript = redis.NewScript(`
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

// repairDue sets the index right where it is out of date and was so, with the same
// token, when due last looked. What is out of date for the first time is mostly
// the announcement of a mark that is about to be written, and raising the fence
// would make its writer begin again.
func (x *index) repairDue(ctx context.Context, listed []dueEntry) error {
	var stale []string
	for _, e := range listed {
		if e.never || e.due != e.listed {
			stale = append(stale, e.network)
		}
	}
	tokens := make(map[string]string, len(stale))
	for some := range slices.Chunk(stale, commandsAtOnce) {
		got, err := x.client.HMGet(ctx, x.keys.dueTokens(), some...).Result()
		if err != nil {
			return err
		}
		for i, token := range got {
			if text, ok := token.(string); ok {
				tokens[some[i]] = text
			}
		}
	}
	x.staleMu.Lock()
	before := x.stale
	x.stale = tokens
	x.staleMu.Unlock()
	for network, token := range tokens {
		if before[network] != token {
			continue
		}
		now, err := x.raiseFence(ctx, network, false)
		if err != nil {
			return err
		}
		if err := repairDueScript.Run(ctx, x.client, []string{x.keys.due(), x.keys.dueTokens()}, network, token, now.due).Err(); err != nil {
			return err
		}
	}
	return nil
}
