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
			if err := w.eraseEntry(ctx, network, int64(seq)); err != nil {
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

// eraseEntry overwrites the content of an entry, and the salt with the hash of both.
// It doesn't ask whether the entry is what was written: if it isn't, that shows
// afterwards as before.
func (w *writer) eraseEntry(ctx context.Context, network string, seq int64) error {
	var e journal.Entry
	var salt, data []byte
	var empty bool
	err := w.content.QueryRowContext(ctx, network, seq).Scan(&empty, &data, &salt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	copy(e.Proof.Salt[:], salt)
	if !empty {
		e.Data = append([]byte{}, data...)
	}
	e = e.WithoutContent()
	_, err = w.erase.ExecContext(ctx, e.Proof.Salt[:], network, seq)
	return err
}

// Remains implements [journal.Journal]. Erase leaves nothing beside the copies that
// others have made of the file.
func (s *Store) Remains(ctx context.Context, _ time.Time) (journal.Remains, error) {
	if err := s.calls.Begin(ctx); err != nil {
		return nil, fmt.Errorf("list what remains: %w", err)
	}
	defer s.calls.End()
	return nil, nil
}

// truncateWAL folds the write-ahead log into the file and cuts it to nothing.
func (s *Store) truncateWAL(ctx context.Context) error {
	retry := time.NewTicker(checkpointTimeout)
	defer retry.Stop()
	for {
		var busy bool
		err := s.submit(ctx, &task{noTransaction: true, do: func(ctx context.Context, w *writer) (err error) {
			busy, err = w.checkpoint(ctx)
			w.scrub = busy || err != nil
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

// scrubLog folds the write-ahead log into the file and cuts it to nothing, if it may
// hold what is erased: when the file is opened, as a process may have died between the
// erasure and that, and until no reader blocks it. An error isn't reported here: what is
// wrong with the file shows with the next write.
func (w *writer) scrubLog(ctx context.Context) {
	if !w.scrub {
		return
	}
	busy, err := w.checkpoint(ctx)
	w.scrub = busy || err != nil
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
