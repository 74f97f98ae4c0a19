package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// state is what a network's own keys say: the truth.
type state struct {
	last      uint64
	due       string // milliseconds, "" for none
	fence     string
	addresses []string // hashed
}

// stateOf reads the truth, the fence before the addresses.
func (s *Store) stateOf(ctx context.Context, network string, addresses bool) (state, error) {
	var fields *redis.SliceCmd
	var members *redis.StringSliceCmd
	if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		fields = p.HMGet(ctx, s.keys.state(network), "last", "due", "fence")
		if addresses {
			members = p.SMembers(ctx, s.keys.addresses(network))
		}
		return nil
	}); err != nil {
		return state{}, err
	}
	now := state{fence: "0"}
	values := fields.Val()
	if text, ok := values[0].(string); ok {
		var err error
		if now.last, err = strconv.ParseUint(text, 10, 64); err != nil {
			return state{}, fmt.Errorf("%w: the last number of network %s is %q", journal.ErrDamaged, network, text)
		}
	}
	if text, ok := values[1].(string); ok {
		now.due = text
	}
	if text, ok := values[2].(string); ok {
		now.fence = text
	}
	if addresses {
		now.addresses = members.Val()
	}
	return now, nil
}

// announceDue puts the network into the index of due ones, at the earlier of
// what is there and what is given.
var announceDue = redis.NewScript(`
local was = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not was or tonumber(was) > tonumber(ARGV[2]) then
	redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
`)

// announce puts into the indexes what the mark has and the truth has not. What
// the truth has is in the indexes as long as the fence isn't raised.
func (s *Store) announce(ctx context.Context, network string, m journal.Mark, now state) error {
	token := rand.Text()
	if due := dueText(m); due != "" && (now.due == "" || later(now.due, due)) {
		err := announceDue.Run(ctx, s.client, []string{s.keys.due(), s.keys.dueTokens()}, network, due, token).Err()
		if err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
	}
	var fresh []string
	for _, a := range m.Addresses {
		if hash := s.hash(a); !slices.Contains(now.addresses, hash) {
			fresh = append(fresh, hash)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, hash := range fresh {
			p.HSet(ctx, s.keys.address(hash), network, token)
		}
		return nil
	})
	return err
}

// later compares two instants in milliseconds.
func later(a, b string) bool {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	return errX != nil || errY != nil || x > y // what can't be read is announced
}

// removeAddress takes an address's entry out of the index if its token is still
// the same.
var removeAddress = redis.NewScript(`
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
	redis.call('HDEL', KEYS[1], ARGV[1])
end
`)

// takeOutAddresses takes out of the index the addresses that a mark dropped. If
// it fails they stay, and Find passes over them.
func (s *Store) takeOutAddresses(ctx context.Context, network string, hashes []string) {
	if len(hashes) == 0 {
		return
	}
	tokens := make([]*redis.StringCmd, len(hashes))
	if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, hash := range hashes {
			tokens[i] = p.HGet(ctx, s.keys.address(hash), network)
		}
		return nil
	}); err != nil && !errors.Is(err, redis.Nil) {
		return
	}
	now, err := s.fenced(ctx, network, true)
	if err != nil {
		return
	}
	for i, hash := range hashes {
		if token := tokens[i].Val(); token != "" && !slices.Contains(now.addresses, hash) {
			if err := removeAddress.Run(ctx, s.client, []string{s.keys.address(hash)}, network, token).Err(); err != nil && !errors.Is(err, redis.Nil) {
				return
			}
		}
	}
}

// fenced raises the network's fence and reads the truth.
func (s *Store) fenced(ctx context.Context, network string, addresses bool) (state, error) {
	if err := s.client.HIncrBy(ctx, s.keys.state(network), "fence", 1).Err(); err != nil {
		return state{}, err
	}
	return s.stateOf(ctx, network, addresses)
}
