package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

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
