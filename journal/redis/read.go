package redis

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

const (
	// A page of Read is pageEntries without their content, which then comes in
	// parts of about pageBytes.
	pageEntries = 1000
	pageBytes   = 1 << 20

	// followBlock is how long Follow blocks on the server at a time.
	followBlock = time.Second
)

// Read implements [journal.Journal].
func (s *Store) Read(ctx context.Context, network string, from uint64) iter.Seq2[journal.Entry, error] {
	var ahead []header // read, and their content not yet
	pages := journal.Pages{
		Page: func(ctx context.Context, from uint64) ([]journal.Entry, error) {
			return await(ctx, s, func(ctx context.Context) (page []journal.Entry, err error) {
				if len(ahead) == 0 {
					if ahead, err = s.headers(ctx, network, from); err != nil {
						return nil, err
					}
				}
				part := ahead[:headersPerRead(ahead)]
				ahead = ahead[len(part):]
				return s.contents(ctx, network, part)
			})
		},
		Last: func(ctx context.Context) (uint64, error) {
			return await(ctx, s, func(ctx context.Context) (uint64, error) {
				now, err := s.index.readState(ctx, network, false)
				return now.last, err
			})
		},
		Mend: "Redis at " + s.server + ": " + mend,
	}
	return pages.Read(ctx, network, from, func(err error) error { return s.explain(ctx, err) })
}

// mend is what to do about damage.
const mend = "stop the bot, keep a copy of the server's files, and restore a backup; docs/operating.md says how, and what to do without one"

// header is an entry of the stream: all but the content.
type header struct {
	entry journal.Entry
	bytes int // of content when it was written, -1 for none
}

// headers returns the next headers. After one that can't be read none follows, and
// the gap is noticed.
func (s *Store) headers(ctx context.Context, network string, next uint64) ([]header, error) {
	messages, err := s.client.XRangeN(ctx, s.keys.log(network), streamID(next), "+", pageEntries).Result()
	if err != nil {
		return nil, err
	}
	var headers []header
	for i, m := range messages {
		h, err := parseHeader(m)
		if err != nil && i == 0 {
			return nil, &journal.Damage{Network: network, Seq: next, What: fmt.Sprintf("can't be read (%s in %s: %v)", m.ID, s.keys.log(network), err)}
		}
		if err != nil {
			break
		}
		headers = append(headers, h)
	}
	return headers, nil
}

// streamID returns the stream's id of the entry with the number.
func streamID(seq uint64) string { return strconv.FormatUint(seq, 10) + "-0" }

func parseHeader(m redis.XMessage) (header, error) {
	text := func(field string) string { v, _ := m.Values[field].(string); return v }
	number, isOurs := strings.CutSuffix(m.ID, "-0")
	seq, err := strconv.ParseUint(number, 10, 64)
	if err != nil || !isOurs {
		return header{}, errors.New("the id is not one of ours")
	}
	at, err := strconv.ParseInt(text("at"), 10, 64)
	if err != nil {
		return header{}, err
	}
	version, err := strconv.Atoi(text("version"))
	if err != nil {
		return header{}, err
	}
	l := header{entry: journal.Entry{Seq: seq, At: time.Unix(0, at).UTC(), Kind: text("kind"), Version: version}, bytes: -1}
	if size := text("bytes"); size != "" {
		if l.bytes, err = strconv.Atoi(size); err != nil {
			return header{}, err
		}
	}
	return l, nil
}

// headersPerRead returns how many of the headers have about pageBytes of content,
// at least one.
func headersPerRead(headers []header) int {
	total := 0
	for i, l := range headers {
		if total += max(l.bytes, 0); total > pageBytes && i > 0 {
			return i
		}
	}
	return len(headers)
}

// contents returns the entries of the headers, with their content and proofs. It reads
// all of them at one moment, so that an erasure in between is no damage. Content that
// is missing is found by the proof.
func (s *Store) contents(ctx context.Context, network string, headers []header) ([]journal.Entry, error) {
	if len(headers) == 0 {
		return nil, nil
	}
	entries := make([]journal.Entry, len(headers))
	seqs := make([]string, len(headers))
	for i, l := range headers {
		entries[i] = l.entry
		seqs[i] = strconv.FormatUint(l.entry.Seq, 10)
	}
	var data, proofs *redis.SliceCmd
	var erased *redis.BoolSliceCmd
	if _, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		data = p.HMGet(ctx, s.keys.data(network), seqs...)
		proofs = p.HMGet(ctx, s.keys.proofs(network), seqs...)
		erased = p.SMIsMember(ctx, s.keys.erased(network), anyOf(seqs)...)
		return nil
	}); err != nil {
		return nil, err
	}
	for i := range entries {
		if text, ok := data.Val()[i].(string); ok {
			entries[i].Data = append(make([]byte, 0, len(text)), text...)
		}
		text, _ := proofs.Val()[i].(string)
		entries[i].Proof = readProof(text)
		entries[i].Erased = erased.Val()[i]
	}
	return entries, nil
}

// Follow implements [journal.Journal]. Each call blocks on a connection of its own.
func (s *Store) Follow(ctx context.Context, network string, after uint64) (uint64, error) {
	if err := journal.CheckNetwork(network); err != nil {
		return 0, fmt.Errorf("follow: %w", err)
	}
	for {
		last, err := s.waitForNews(ctx, network, after)
		if err != nil {
			return 0, fmt.Errorf("follow %s: %w", network, s.explain(ctx, err))
		}
		if last > after {
			return last, nil
		}
	}
}

// waitForNews returns the last number once it is above after, or after
// [followBlock].
func (s *Store) waitForNews(ctx context.Context, network string, after uint64) (uint64, error) {
	last, err := await(ctx, s, func(ctx context.Context) (uint64, error) {
		now, err := s.index.readState(ctx, network, false)
		return now.last, err
	})
	switch {
	case err != nil:
		return 0, err
	case last < after:
		return 0, &journal.Conflict{Network: network, After: after, Last: last}
	case last > after:
		return last, nil
	}
	_, err = await(ctx, s, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.blocking.XRead(ctx, &redis.XReadArgs{Streams: []string{s.keys.log(network), streamID(after)}, Count: 1, Block: followBlock}).Err()
	})
	select {
	case <-s.calls.Closed():
		return 0, journal.ErrClosed // and so were the connections
	default:
	}
	if errors.Is(err, redis.Nil) || errors.Is(err, redis.ErrPoolTimeout) {
		err = nil // nothing came, or all connections are taken: retry
	}
	return after, err
}
