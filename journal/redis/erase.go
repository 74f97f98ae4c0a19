package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// Erase implements [journal.Journal]. It returns when the content is out of the
// server's memory and, by a rewrite that it asks for and awaits, out of its
// append-only file. Where the server forbids BGREWRITEAOF, or a look at whether it has
// such a file, as hosted ones do, the content is out of memory only: that is as much as
// can be done, and [Store.Remains] and [Store.Warnings] say so.
func (s *Store) Erase(ctx context.Context, network string, seqs []uint64) error {
	if err := journal.CheckNetwork(network); err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	_, err := await(ctx, s, func(ctx context.Context) (struct{}, error) {
		some, err := s.erase(ctx, network, seqs)
		if err == nil && some {
			err = s.rewrite(ctx, network)
		}
		return struct{}{}, err
	})
	if err != nil {
		return fmt.Errorf("erase in %s: %w", network, s.explain(ctx, err))
	}
	return nil
}

// erasedAtOnce bounds how long one transaction keeps the server busy.
const erasedAtOnce = 1000

// erase takes the content out of memory. Some is false when none of the numbers is
// known.
func (s *Store) erase(ctx context.Context, network string, seqs []uint64) (some bool, err error) {
	now, err := s.index.readState(ctx, network, false)
	if err != nil {
		return false, err
	}
	var known []string
	for _, seq := range seqs {
		if 0 < seq && seq <= now.last {
			known = append(known, strconv.FormatUint(seq, 10))
		}
	}
	for at := 0; at < len(known); at += erasedAtOnce {
		if err := s.eraseTogether(ctx, network, known[at:min(at+erasedAtOnce, len(known))]); err != nil {
			return true, err
		}
	}
	return len(known) > 0, nil
}

// eraseScript takes out the content of entries whose proof is still the one that was
// read, and puts another in its place; the others somebody else has erased meanwhile.
// KEYS data, erased, proofs; ARGV for each entry: seq, proof as it was, proof to be.
var eraseScript = redis.NewScript(`
for i = 1, #ARGV, 3 do
	if redis.call('HGET', KEYS[3], ARGV[i]) == ARGV[i + 1] then
		redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 2])
	end
	redis.call('SADD', KEYS[2], ARGV[i])
	redis.call('HDEL', KEYS[1], ARGV[i])
end
`)

// eraseTogether takes out the content of some entries at one moment, and puts its
// salted hash in the salt's place.
func (s *Store) eraseTogether(ctx context.Context, network string, seqs []string) error {
	var data, proofs *redis.SliceCmd
	var erased *redis.BoolSliceCmd
	if _, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		data = p.HMGet(ctx, s.keys.data(network), seqs...)
		proofs = p.HMGet(ctx, s.keys.proofs(network), seqs...)
		erased = p.SMIsMember(ctx, s.keys.erased(network), anyOf(seqs)...)
		return nil
	}); err != nil {
		return err
	}
	var args []any
	for i, seq := range seqs {
		if erased.Val()[i] {
			continue
		}
		var e journal.Entry
		if text, ok := data.Val()[i].(string); ok {
			e.Data = []byte(text)
		}
		proof, _ := proofs.Val()[i].(string)
		e.Proof = readProof(proof)
		args = append(args, seq, proof, proofText(e.WithoutContent().Proof))
	}
	if len(args) == 0 {
		return nil
	}
	err := eraseScript.Run(ctx, s.client, []string{s.keys.data(network), s.keys.erased(network), s.keys.proofs(network)}, args...).Err()
	s.asked.forget(network) // even if it failed: it may have been run
	if errors.Is(err, redis.Nil) {
		return nil
	}
	return err
}

func anyOf(texts []string) []any {
	all := make([]any, len(texts))
	for i, text := range texts {
		all[i] = text
	}
	return all
}

// rewriteEvery is how often the server is asked whether it has rewritten its log.
const rewriteEvery = 5 * time.Millisecond

// errRewrite says that the append-only file may still hold what was erased.
var errRewrite = errors.New("the content is out of memory, but may still be in the server's append-only file; it is tried again")

// rewriteLog has the server write its append-only file anew, from what is in memory,
// and waits until the old one is gone. One that was asked for after the network's last
// erasure, and took longer than its caller waited, is awaited on. A rewrite that is under way may have begun
// before the erasure, so that another is asked for. Without such a file there is
// nothing to do.
func (s *Store) rewriteLog(ctx context.Context, network string) error {
	server, err := s.serverOf(ctx, network)
	if err != nil {
		return err
	}
	again := time.NewTicker(rewriteEvery)
	defer again.Stop()
	for {
		text, err := server.Info(ctx).Result()
		switch {
		case isForbidden(err):
			return s.rewriteBlindly(ctx, server)
		case err != nil:
			return fmt.Errorf("%w (%w)", errRewrite, err)
		}
		asked := s.asked.of(network, infoField(text, "run_id"))
		is := func(field, value string) bool { return infoField(text, field) == value }
		switch {
		case !is("aof_enabled", "1"):
			return nil
		case is("aof_rewrite_in_progress", "1"), is("aof_rewrite_scheduled", "1"):
		case asked && is("aof_last_bgrewrite_status", "ok"):
			s.asked.forget(network)
			return nil
		case asked:
			s.asked.forget(network)
			return fmt.Errorf("%w (the server could not rewrite it, and its log says why)", errRewrite)
		default:
			switch err := server.BgRewriteAOF(ctx).Err(); {
			case err == nil:
				s.asked.note(network, infoField(text, "run_id"))
			case isForbidden(err):
				return nil // the file is the provider's to rewrite
			case !strings.Contains(err.Error(), "in progress"):
				return fmt.Errorf("%w (%w)", errRewrite, err)
			}
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// serverOf returns the server that has the network: of a cluster, one of its masters.
func (s *Store) serverOf(ctx context.Context, network string) (redis.Cmdable, error) {
	if cluster, ok := s.client.(*redis.ClusterClient); ok {
		return cluster.MasterForKey(ctx, s.keys.data(network))
	}
	return s.client, nil
}
