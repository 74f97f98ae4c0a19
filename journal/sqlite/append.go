package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"roundtable/journal"
)

// Append implements [journal.Journal].
func (s *Store) Append(ctx context.Context, b journal.Batch) (uint64, error) {
	if err := b.Check(); err != nil {
		return 0, fmt.Errorf("append: %w", err)
	}
	t := &task{do: func(ctx context.Context, w *writer) error { return w.append(ctx, b) }}
	for _, e := range b.Entries {
		t.notify = b.Network
		t.bytes += len(e.Data)
	}
	if err := s.submit(ctx, t); err != nil {
		return 0, fmt.Errorf("append to %s: %w", b.Network, s.explain(ctx, err))
	}
	return b.After + uint64(len(b.Entries)), nil
}

// append checks the number before it writes anything, as a conflict must not roll
// back the other tasks of the transaction.
func (w *writer) append(ctx context.Context, b journal.Batch) error {
	for i, e := range b.Entries {
		after := int64(b.After) + int64(i)
		result, err := w.insert.ExecContext(ctx, b.Network, after, e.At.UnixNano(), e.Kind, e.Version, e.Erased, e.Data)
		if err != nil {
			return fmt.Errorf("insert entry %d: %w", after+1, err)
		}
		n, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if n == 1 {
			continue
		}
		if err := w.checkAfter(ctx, b); err != nil && i == 0 {
			return err
		}
		return fmt.Errorf("%w: entry %d was not taken", journal.ErrDamaged, after+1)
	}
	if len(b.Entries) == 0 {
		if err := w.checkAfter(ctx, b); err != nil {
			return err
		}
	}
	if b.Mark == nil {
		return nil
	}
	return w.setMark(ctx, b.Network, *b.Mark)
}

// checkAfter returns a conflict unless the batch follows the network's last entry.
func (w *writer) checkAfter(ctx context.Context, b journal.Batch) error {
	last, err := w.lastOf(ctx, b.Network)
	if err == nil && last != b.After {
		err = &journal.Conflict{Network: b.Network, After: b.After, Last: last}
	}
	return err
}

func (w *writer) lastOf(ctx context.Context, network string) (uint64, error) {
	var last int64
	err := w.last.QueryRowContext(ctx, network).Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("find the last entry: %w", err)
	}
	return uint64(last), nil
}

// checkpointTimeout is how long a checkpoint waits for readers that block it
// before other writes go first, and how long until it is tried again.
const checkpointTimeout = 100 * time.Millisecond

// Erase implements [journal.Journal]. It returns when the bytes are gone from
// the file and its -wal. Readers in other processes can block that; it retries
// until the context ends.
func (s *Store) Erase(ctx context.Context, network string, seqs []uint64) error {
	if err := journal.CheckNetwork(network); err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	err := s.submit(ctx, &task{do: func(ctx context.Context, w *writer) error {
		for _, seq := range seqs {
			if seq > math.MaxInt64 {
				continue
			}
			if _, err := w.erase.ExecContext(ctx, network, int64(seq)); err != nil {
				return fmt.Errorf("take out entry %d: %w", seq, err)
			}
		}
		return nil
	}})
	if err != nil {
		return fmt.Errorf("erase in %s: %w", network, s.explain(ctx, err))
	}
	if err := s.truncateWAL(ctx); err != nil {
		return fmt.Errorf("erase in %s: the content is out of the log, but its bytes may still be in %s-wal: erase once more: %w", network, s.path, s.explain(ctx, err))
	}
	return nil
}

// truncateWAL folds the write-ahead log into the file and cuts it to nothing.
func (s *Store) truncateWAL(ctx context.Context) error {
	retry := time.NewTicker(checkpointTimeout)
	defer retry.Stop()
	for {
		var busy bool
		err := s.submit(ctx, &task{noTransaction: true, do: func(ctx context.Context, w *writer) (err error) {
			busy, err = w.checkpoint(ctx)
			return err
		}})
		if err != nil {
			return err
		}
		if !busy {
			return nil
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// checkpoint folds the write-ahead log into the file once; busy says that readers
// blocked it.
func (w *writer) checkpoint(ctx context.Context) (busy bool, err error) {
	if err := w.setBusyTimeout(ctx, checkpointTimeout); err != nil {
		return false, err
	}
	var frames, done int
	err = w.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done)
	if isBusy(err) {
		busy, err = true, nil
	}
	if waitErr := w.setBusyTimeout(ctx, busyTimeout); err == nil {
		err = waitErr
	}
	return busy, err
}

// setBusyTimeout sets how long the connection waits for a lock.
func (w *writer) setBusyTimeout(ctx context.Context, timeout time.Duration) error {
	var set int
	return w.conn.QueryRowContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", timeout.Milliseconds())).Scan(&set)
}
