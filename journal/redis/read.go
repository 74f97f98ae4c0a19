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
	return func(yield func(journal.Entry, error) bool) {
		if err := journal.CheckNetwork(network); err != nil {
			yield(journal.Entry{}, fmt.Errorf("read: %w", err))
			return
		}
		fail := func(err error) { yield(journal.Entry{}, fmt.Errorf("read %s: %w", network, s.explain(ctx, err))) }
		for next := max(from, 1); ; {
			page, err := await(ctx, s, func(ctx context.Context) ([]header, error) { return s.headers(ctx, network, next) })
			if err != nil {
				fail(err)
				return
			}
			if len(page) == 0 {
				return
			}
			for len(page) > 0 {
				part := page[:headersPerRead(page)]
				page = page[len(part):]
				entries, err := await(ctx, s, func(ctx context.Context) ([]journal.Entry, error) { return s.contents(ctx, network, part) })
				if err != nil {
					fail(err)
					return
				}
				for _, e := range entries {
					if !yield(e, nil) {
						return
					}
					next++
				}
			}
		}
	}
}

// header is an entry of the stream: all but the content.
type header struct {
	entry journal.Entry
	bytes int // of content when it was written, -1 for none
}

// headers returns the next headers, at least one unless the journal ends there.
func (s *Store) headers(ctx context.Context, network string, next uint64) ([]header, error) {
	for retried := false; ; retried = true {
		messages, err := s.client.XRangeN(ctx, s.keys.log(network), streamID(next), "+", pageEntries).Result()
		if err != nil {
			return nil, err
		}
		headers := make([]header, len(messages))
		for i, m := range messages {
			if headers[i], err = parseHeader(m); err != nil {
				return nil, fmt.Errorf("%w: network %s: entry %s in %s: %w", journal.ErrDamaged, network, m.ID, s.keys.log(network), err)
			}
			if want := next + uint64(i); headers[i].entry.Seq != want {
				return nil, fmt.Errorf("%w: network %s: entry %d is missing in %s: restore a backup", journal.ErrDamaged, network, want, s.keys.log(network))
			}
		}
		if len(headers) > 0 {
			return headers, nil
		}
		now, err := s.index.readState(ctx, network, false)
		if err != nil || now.last < next {
			return nil, err
		}
		if retried { // so the entries didn't come in between
			return nil, fmt.Errorf("%w: network %s: %s ends before entry %d, and %s has %d as the last: restore a backup", journal.ErrDamaged, network, s.keys.log(network), next, s.keys.state(network), now.last)
		}
	}
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

// contents returns the entries of the headers, with their content. It reads what was
// erased after what is there, so that an erasure in between is no gap.
func (s *Store) contents(ctx context.Context, network string, headers []header) ([]journal.Entry, error) {
	entries := make([]journal.Entry, len(headers))
	seqs := make([]string, len(headers))
	for i, l := range headers {
		entries[i] = l.entry
		seqs[i] = strconv.FormatUint(l.entry.Seq, 10)
	}
	data, err := s.client.HMGet(ctx, s.keys.data(network), seqs...).Result()
	if err != nil {
		return nil, err
	}
	var without []int
	var asked []any
	for i, content := range data {
		if text, ok := content.(string); ok {
			entries[i].Data = append(make([]byte, 0, len(text)), text...)
			continue
		}
		without = append(without, i)
		asked = append(asked, seqs[i])
	}
	if len(without) == 0 {
		return entries, nil
	}
	erased, err := s.client.SMIsMember(ctx, s.keys.erased(network), asked...).Result()
	if err != nil {
		return nil, err
	}
	for k, i := range without {
		entries[i].Erased = erased[k]
		if !erased[k] && headers[i].bytes >= 0 {
			return nil, fmt.Errorf("%w: network %s: the content of entry %s is missing in %s: restore a backup", journal.ErrDamaged, network, seqs[i], s.keys.data(network))
		}
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
