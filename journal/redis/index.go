package redis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// Networks implements [journal.Journal].
func (s *Store) Networks(ctx context.Context) ([]string, error) {
	names, err := await(ctx, s, func(ctx context.Context) ([]string, error) {
		listed, err := s.client.SMembers(ctx, s.keys.networks()).Result()
		if err != nil {
			return nil, err
		}
		return keep(ctx, s, listed, func(p redis.Pipeliner, network string) func() bool {
			last := p.HGet(ctx, s.keys.state(network), "last")
			return func() bool { return last.Val() != "" }
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list networks: %w", s.explain(ctx, err))
	}
	return names, nil
}

// Find implements [journal.Journal].
func (s *Store) Find(ctx context.Context, address string) ([]string, error) {
	if err := journal.CheckAddress(address); err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	hash := s.hash(address)
	names, err := await(ctx, s, func(ctx context.Context) ([]string, error) {
		listed, err := s.client.HKeys(ctx, s.keys.address(hash)).Result()
		if err != nil {
			return nil, err
		}
		return keep(ctx, s, listed, func(p redis.Pipeliner, network string) func() bool {
			return p.SIsMember(ctx, s.keys.addresses(network), hash).Val
		})
	})
	if err != nil {
		return nil, fmt.Errorf("find networks of an address: %w", s.explain(ctx, err))
	}
	return names, nil
}

// keep returns those of the networks whose own keys confirm what an index says,
// sorted.
func keep(ctx context.Context, s *Store, networks []string, ask func(p redis.Pipeliner, network string) func() bool) ([]string, error) {
	var kept []string
	for some := range slices.Chunk(networks, 1000) {
		confirmed := make([]func() bool, len(some))
		if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, network := range some {
				confirmed[i] = ask(p, network)
			}
			return nil
		}); err != nil && !errors.Is(err, redis.Nil) {
			return nil, err
		}
		for i, network := range some {
			if confirmed[i]() {
				kept = append(kept, network)
			}
		}
	}
	slices.Sort(kept)
	return kept, nil
}

// Secret implements [journal.Journal].
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	return await(ctx, s, func(context.Context) ([]byte, error) { return slices.Clone(s.secret), nil })
}

// Durability is what a server's configuration makes of "durable on return".
// Fields are "" when the server doesn't tell.
type Durability struct {
	AppendOnly  string // "yes" keeps a log on the disk
	AppendFsync string // "always" waits for the disk
	Eviction    string // "noeviction" keeps what is there when memory is full
}

// Warning says in a sentence what may be lost and what to set, and is empty when
// nothing is.
func (d Durability) Warning() string {
	var all []string
	if d.AppendOnly != "yes" {
		all = append(all, fmt.Sprintf("appendonly is %q: set \"yes\", or a restart loses what came after the last dump", d.AppendOnly))
	}
	if d.AppendFsync != "always" {
		all = append(all, fmt.Sprintf("appendfsync is %q: set \"always\", or a crash of the machine loses the last second or more", d.AppendFsync))
	}
	if d.Eviction != "noeviction" {
		all = append(all, fmt.Sprintf("maxmemory-policy is %q: set \"noeviction\", or Redis drops journals when memory is full", d.Eviction))
	}
	return strings.Join(all, "; ")
}

// Durability asks the server for its configuration. Hosted servers often refuse
// to tell, which is an error.
func (s *Store) Durability(ctx context.Context) (Durability, error) {
	d, err := await(ctx, s, func(ctx context.Context) (Durability, error) {
		var d Durability
		for name, field := range map[string]*string{"appendonly": &d.AppendOnly, "appendfsync": &d.AppendFsync, "maxmemory-policy": &d.Eviction} {
			got, err := s.client.ConfigGet(ctx, name).Result()
			if err != nil {
				return Durability{}, err
			}
			*field = got[name]
		}
		return d, nil
	})
	if err != nil {
		return Durability{}, fmt.Errorf("read the server's configuration: %w", s.explain(ctx, err))
	}
	return d, nil
}
