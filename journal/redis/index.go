package redis

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// index finds networks: all of them, those that are due and those of an address.
// It follows the protocol that the package's doc tells.
type index struct {
	client redis.UniversalClient
	keys   keys
	secret []byte

	staleMu sync.Mutex
	stale   map[string]string // what due last found out of date: network -> token
}

// commandsAtOnce bounds how many commands are sent at once.
const commandsAtOnce = 1000

// hash returns what is stored of an address: its HMAC-SHA256 with the store's
// secret, in hexadecimal digits.
func (x *index) hash(address string) string {
	mac := hmac.New(sha256.New, x.secret)
	mac.Write([]byte("journal address\x00" + address))
	return hex.EncodeToString(mac.Sum(nil))
}

// networkState is what a network's own keys say: the truth.
type networkState struct {
	last      uint64
	due       string // milliseconds, "" for none
	fence     string
	addresses []string // hashed
}

// readState reads the truth, the fence before the addresses.
func (x *index) readState(ctx context.Context, network string, addresses bool) (networkState, error) {
	var fields *redis.SliceCmd
	var members *redis.StringSliceCmd
	if _, err := x.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		fields = p.HMGet(ctx, x.keys.state(network), "last", "due", "fence")
		if addresses {
			members = p.SMembers(ctx, x.keys.addresses(network))
		}
		return nil
	}); err != nil {
		return networkState{}, err
	}
	now := networkState{fence: "0"}
	values := fields.Val()
	if text, ok := values[0].(string); ok {
		var err error
		if now.last, err = strconv.ParseUint(text, 10, 64); err != nil {
			return networkState{}, fmt.Errorf("%w: the last number of network %s is %q", journal.ErrDamaged, network, text)
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

// raiseFence raises the network's fence, and then reads the truth.
func (x *index) raiseFence(ctx context.Context, network string, addresses bool) (networkState, error) {
	if err := x.client.HIncrBy(ctx, x.keys.state(network), "fence", 1).Err(); err != nil {
		return networkState{}, err
	}
	return x.readState(ctx, network, addresses)
}

// announceDueScript puts the network into the index of due ones, at the earlier of
// what is there and what is given.
var announceDueScript = redis.NewScript(`
local was = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not was or tonumber(was) > tonumber(ARGV[2]) then
	redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
`)

// announce puts into the indexes what the mark has and the truth has not. What
// the truth has is in the indexes as long as the fence isn't raised.
func (x *index) announce(ctx context.Context, network string, m journal.Mark, now networkState) error {
	token := rand.Text()
	if due := dueText(m); due != "" && (now.due == "" || later(now.due, due)) {
		err := announceDueScript.Run(ctx, x.client, []string{x.keys.due(), x.keys.dueTokens()}, network, due, token).Err()
		if err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
	}
	var added []string
	for _, a := range m.Addresses {
		if hash := x.hash(a); !slices.Contains(now.addresses, hash) {
			added = append(added, hash)
		}
	}
	if len(added) == 0 {
		return nil
	}
	_, err := x.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, hash := range added {
			p.HSet(ctx, x.keys.address(hash), network, token)
		}
		return nil
	})
	return err
}

// dueText is the mark's due instant in milliseconds, "" for none.
func dueText(m journal.Mark) string {
	if m.Due.IsZero() {
		return ""
	}
	return strconv.FormatInt(m.Due.UnixMilli(), 10)
}

// later reports whether instant a, in milliseconds, is after b, or one of them
// can't be read: then it is announced.
func later(a, b string) bool {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	return errX != nil || errY != nil || x > y
}

// removeAddressScript takes an address's entry out of the index if its token is
// still the same.
var removeAddressScript = redis.NewScript(`
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
	redis.call('HDEL', KEYS[1], ARGV[1])
end
`)

// removeAddresses takes out of the index the addresses that a mark dropped. Those
// that it fails on stay, and Find passes over them.
func (x *index) removeAddresses(ctx context.Context, network string, hashes []string) {
	if len(hashes) == 0 {
		return
	}
	tokens := make([]*redis.StringCmd, len(hashes))
	if _, err := x.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, hash := range hashes {
			tokens[i] = p.HGet(ctx, x.keys.address(hash), network)
		}
		return nil
	}); err != nil && !errors.Is(err, redis.Nil) {
		return
	}
	now, err := x.raiseFence(ctx, network, true)
	if err != nil {
		return
	}
	for i, hash := range hashes {
		if token := tokens[i].Val(); token != "" && !slices.Contains(now.addresses, hash) {
			if err := removeAddressScript.Run(ctx, x.client, []string{x.keys.address(hash)}, network, token).Err(); err != nil && !errors.Is(err, redis.Nil) {
				return
			}
		}
	}
}

// networks returns the networks with an entry, sorted.
func (x *index) networks(ctx context.Context) ([]string, error) {
	listed, err := x.client.SMembers(ctx, x.keys.networks()).Result()
	if err != nil {
		return nil, err
	}
	return x.confirmed(ctx, listed, func(p redis.Pipeliner, network string) func() bool {
		last := p.HGet(ctx, x.keys.state(network), "last")
		return func() bool { return last.Val() != "" }
	})
}

// find returns the networks whose mark holds the address, sorted.
func (x *index) find(ctx context.Context, address string) ([]string, error) {
	hash := x.hash(address)
	listed, err := x.client.HKeys(ctx, x.keys.address(hash)).Result()
	if err != nil {
		return nil, err
	}
	return x.confirmed(ctx, listed, func(p redis.Pipeliner, network string) func() bool {
		return p.SIsMember(ctx, x.keys.addresses(network), hash).Val
	})
}

// confirmed returns those of the listed networks whose own keys confirm what an
// index says, sorted. Ask adds the question to the pipeline, and returns what
// reads its answer.
func (x *index) confirmed(ctx context.Context, listed []string, ask func(p redis.Pipeliner, network string) func() bool) ([]string, error) {
	var found []string
	for some := range slices.Chunk(listed, commandsAtOnce) {
		answers := make([]func() bool, len(some))
		if _, err := x.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, network := range some {
				answers[i] = ask(p, network)
			}
			return nil
		}); err != nil && !errors.Is(err, redis.Nil) {
			return nil, err
		}
		for i, network := range some {
			if answers[i]() {
				found = append(found, network)
			}
		}
	}
	slices.Sort(found)
	return found, nil
}
