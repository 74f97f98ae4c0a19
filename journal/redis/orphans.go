package redis

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// keysPerScan is about how many keys one step of a scan looks at.
const keysPerScan = 1000

// orphans lists the networks that have a log and no last number in their state, as
// after a server dropped keys for want of memory, or somebody deleted them.
func (x *index) orphans(ctx context.Context) ([]string, error) {
	logs, err := x.logs(ctx)
	if err != nil {
		return nil, err
	}
	var left []string
	for part := range slices.Chunk(logs, commandsAtOnce) {
		found := make([]*redis.BoolCmd, len(part))
		if _, err := x.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, network := range part {
				found[i] = p.HExists(ctx, x.keys.state(network), "last")
			}
			return nil
		}); err != nil {
			return nil, err
		}
		for i, network := range part {
			if !found[i].Val() {
				left = append(left, network)
			}
		}
	}
	return left, nil
}

// logs lists the networks that have a log, in order, whatever the index of networks
// says. On a cluster it asks every node.
func (x *index) logs(ctx context.Context) ([]string, error) {
	var mu sync.Mutex // a cluster's nodes are asked at once
	var logs []string
	prefix, suffix, _ := strings.Cut(x.keys.log("\x00"), "\x00")
	escaped := strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`).Replace(prefix)
	scan := func(ctx context.Context, node redis.UniversalClient) error {
		keys := node.Scan(ctx, 0, escaped+"*"+suffix, keysPerScan).Iterator()
		for keys.Next(ctx) {
			mu.Lock()
			logs = append(logs, strings.TrimSuffix(strings.TrimPrefix(keys.Val(), prefix), suffix))
			mu.Unlock()
		}
		return keys.Err()
	}
	var err error
	if cluster, is := x.client.(*redis.ClusterClient); is {
		err = cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error { return scan(ctx, node) })
	} else {
		err = scan(ctx, x.client)
	}
	slices.Sort(logs)
	return slices.Compact(logs), err
}
