package redis

import (
	"context"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"roundtable/journal"
	"roundtable/journal/journaltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// conform runs the suite; newURL gives the address of an empty store.
func conform(t *testing.T, newURL func(t *testing.T) string, options ...func(*Store)) {
	urls := make(map[journal.Journal]string)
	open := func(t *testing.T, url string) journal.Journal {
		s := opened(t, url)
		for _, o := range options {
			o(s)
		}
		urls[s] = url
		return s
	}
	journaltest.Run(t, func(t *testing.T) journal.Journal { return open(t, newURL(t)) }, journaltest.Options{
		Reopen: func(t *testing.T, j journal.Journal) journal.Journal { return open(t, urls[j]) },
		Damage: func(t *testing.T, j journal.Journal, network string, seq uint64, harm journaltest.Harm) {
			j.(*Store).harm(t, network, seq, harm)
		},
		ModelRuns: 15,
	})
}

func TestConformanceOnRedis(t *testing.T) {
	server := serve(t)
	conform(t, func(*testing.T) string { return server.url() })
}

// TestConformanceOnCluster runs on a cluster of one node. It has all slots, and
// refuses what touches keys of several all the same.
func TestConformanceOnCluster(t *testing.T) {
	server := serve(t, "--cluster-enabled", "yes")
	c := server.client()
	defer func() { _ = c.Close() }()
	if err := c.Do(context.Background(), "CLUSTER", "ADDSLOTSRANGE", 0, 16383).Err(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { return clusterIsUp(c) })
	if err := c.MGet(context.Background(), "a", "b").Err(); err == nil {
		t.Fatal("the cluster allows what touches keys of several slots")
	}
	conform(t, func(*testing.T) string { return server.url("cluster=true") })
}

// TestConformanceOnMiniredis needs no server. It is no proof of durability, as
// its "server" never dies, nor of what a real one does when it is out of memory.
func TestConformanceOnMiniredis(t *testing.T) {
	mini := miniredis.RunT(t)
	server := &server{address: mini.Addr()}
	conform(t, func(*testing.T) string { return server.url() }, func(s *Store) {
		s.rewrite = func(context.Context, string) error { return nil } // it has no files
	})
}

func clusterIsUp(c *redis.Client) bool {
	info, err := c.ClusterInfo(context.Background()).Result()
	return err == nil && len(info) > 16 && info[:16] == "cluster_state:ok"
}
