package sqlite

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
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
		t.news = b.Network
		t.bytes += len(e.Data)
	}
	if err := s.submit(ctx, t); err != nil {
		return 0, fmt.Errorf("append to %s: %w", b.Network, s.explain(ctx, err))
	}
	return b.After + uint64(len(b.Entries)), nil
}

// append compares the number before it writes anything, as a conflict must not
// undo what else is in the transaction.
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
		if err := w.compare(ctx, b); err != nil && i == 0 {
			return err
		}
		return fmt.Errorf("%w: entry %d was not taken", journal.ErrDamaged, after+1)
	}
	if len(b.Entries) == 0 {
		if err := w.compare(ctx, b); err != nil {
			return err
		}
	}
	if b.Mark == nil {
		return nil
	}
	return w.setMark(ctx, b.Network, *b.Mark)
}

// compare returns the conflict, if there is one.
func (w *writer) compare(ctx context.Context, b journal.Batch) error {
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

func (w *writer) setMark(ctx context.Context, network string, m journal.Mark) error {
	var err error
	if m.Due.IsZero() {
		_, err = w.unmark.ExecContext(ctx, network)
	} else {
		_, err = w.mark.ExecContext(ctx, network, m.Due.UnixMilli())
	}
	if err != nil {
		return fmt.Errorf("set due: %w", err)
	}
	if m.Addresses == nil {
		return nil
	}
	return w.setAddresses(ctx, network, m.Addresses)
}

// setAddresses writes only what changes, which is mostly nothing.
func (w *writer) setAddresses(ctx context.Context, network string, addresses []string) error {
	wanted := make(map[string]bool, len(addresses))
	for _, a := range addresses {
		wanted[string(hash(w.secret, a))] = true
	}
	had, err := texts(w.conn.QueryContext(ctx, "SELECT address FROM addresses WHERE network = ?", network))
	if err != nil {
		return fmt.Errorf("list addresses: %w", err)
	}
	for _, a := range had {
		if wanted[a] {
			delete(wanted, a)
		} else if _, err := w.delist.ExecContext(ctx, network, []byte(a)); err != nil {
			return fmt.Errorf("take out an address: %w", err)
		}
	}
	for a := range wanted {
		if _, err := w.enlist.ExecContext(ctx, network, []byte(a)); err != nil {
			return fmt.Errorf("put in an address: %w", err)
		}
	}
	return nil
}

// hash returns what is stored of an address: its HMAC-SHA256 with the store's
// secret.
func hash(secret []byte, address string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("journal address\x00" + address))
	return mac.Sum(nil)
}

// texts reads a result of one column of text or bytes to its end.
func texts(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
