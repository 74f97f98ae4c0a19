package redis

import (
	"context"
	"strconv"
	"testing"

	"github.com/redis/go-redis/v9"

	"roundtable/journal/journaltest"
)

// harm does to an entry on the server what others may do to it.
func (s *Store) harm(t *testing.T, network string, seq uint64, harm journaltest.Harm) {
	t.Helper()
	ctx := context.Background()
	number, data, proofs := strconv.FormatUint(seq, 10), s.keys.data(network), s.keys.proofs(network)
	var errs []error
	do := func(err error) { errs = append(errs, err) }
	switch harm {
	case journaltest.HarmContent:
		do(s.client.HSet(ctx, data, number, "X"+s.client.HGet(ctx, data, number).Val()[1:]).Err())
	case journaltest.HarmTime:
		do(s.rewriteStream(ctx, network, seq, "at", "1"))
	case journaltest.HarmKind:
		do(s.rewriteStream(ctx, network, seq, "kind", "other"))
	case journaltest.HarmVersion:
		do(s.rewriteStream(ctx, network, seq, "version", "7"))
	case journaltest.HarmProof:
		do(s.client.HSet(ctx, proofs, number, s.client.HGet(ctx, proofs, number).Val()[:63]+"\x00").Err())
	case journaltest.HarmSwap:
		next := strconv.FormatUint(seq+1, 10)
		own, other := s.client.HGet(ctx, proofs, number).Val(), s.client.HGet(ctx, proofs, next).Val()
		do(s.client.HSet(ctx, proofs, number, other[:32]+own[32:]).Err())
		do(s.client.HSet(ctx, data, number, s.client.HGet(ctx, data, next).Val()).Err())
	case journaltest.HarmLose:
		do(s.client.XDel(ctx, s.keys.log(network), streamID(seq)).Err())
		do(s.client.HDel(ctx, data, number).Err())
		do(s.client.HDel(ctx, proofs, number).Err())
	case journaltest.HarmMark:
		do(s.client.SAdd(ctx, s.keys.erased(network), number).Err())
		do(s.client.HDel(ctx, data, number).Err())
	case journaltest.HarmUnmark:
		do(s.client.SRem(ctx, s.keys.erased(network), number).Err())
	default:
		t.Fatalf("nobody knows how to do %q", harm)
	}
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// rewriteStream writes the stream anew, with another value in a field of one entry.
func (s *Store) rewriteStream(ctx context.Context, network string, seq uint64, field, value string) error {
	all, err := s.client.XRange(ctx, s.keys.log(network), "-", "+").Result()
	if err != nil {
		return err
	}
	if err := s.client.Del(ctx, s.keys.log(network)).Err(); err != nil {
		return err
	}
	for _, m := range all {
		if m.ID == streamID(seq) {
			m.Values[field] = value
		}
		if err := s.client.XAdd(ctx, &redis.XAddArgs{Stream: s.keys.log(network), ID: m.ID, Values: m.Values}).Err(); err != nil {
			return err
		}
	}
	return nil
}
