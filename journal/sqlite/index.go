package sqlite

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"time"

	"roundtable/journal"
)

// Networks implements [journal.Journal].
func (s *Store) Networks(ctx context.Context) ([]string, error) {
	names, err := s.names(ctx, s.statements.networks)
	if err != nil {
		return nil, fmt.Errorf("list networks: %w", s.explain(ctx, err))
	}
	return names, nil
}

// Find implements [journal.Journal].
func (s *Store) Find(ctx context.Context, address string) ([]string, error) {
	if err := journal.CheckAddress(address); err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	names, err := s.names(ctx, s.statements.find, hashAddress(s.secret, address))
	if err != nil {
		return nil, fmt.Errorf("find networks of an address: %w", s.explain(ctx, err))
	}
	return names, nil
}

func (s *Store) names(ctx context.Context, query *sql.Stmt, args ...any) ([]string, error) {
	if err := s.calls.Begin(ctx); err != nil {
		return nil, err
	}
	defer s.calls.End()
	return readColumn(query.QueryContext(context.WithoutCancel(ctx), args...))
}

// Due implements [journal.Journal].
func (s *Store) Due(ctx context.Context, at time.Time) (networks []string, next time.Time, err error) {
	networks, next, err = s.due(ctx, at)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("list due networks: %w", s.explain(ctx, err))
	}
	return networks, next, nil
}

func (s *Store) due(ctx context.Context, at time.Time) (networks []string, next time.Time, err error) {
	if err := s.calls.Begin(ctx); err != nil {
		return nil, time.Time{}, err
	}
	defer s.calls.End()
	rows, err := s.statements.due.QueryContext(context.WithoutCancel(ctx), at.UnixMilli())
	if err != nil {
		return nil, time.Time{}, err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	for rows.Next() {
		var network sql.NullString
		var due int64
		if err := rows.Scan(&network, &due); err != nil {
			return nil, time.Time{}, err
		}
		if network.Valid {
			networks = append(networks, network.String)
		} else {
			next = time.UnixMilli(due).UTC()
		}
	}
	return networks, next, rows.Err()
}

func (w *writer) setMark(ctx context.Context, network string, m journal.Mark) error {
	var err error
	if m.Due.IsZero() {
		_, err = w.clearDue.ExecContext(ctx, network)
	} else {
		_, err = w.setDue.ExecContext(ctx, network, m.Due.UnixMilli())
	}
	if err != nil {
		return fmt.Errorf("set due: %w", err)
	}
	if m.Addresses == nil {
		return nil
	}
	return w.setAddresses(ctx, network, m.Addresses)
}

// setAddresses writes only what differs, which is mostly nothing.
func (w *writer) setAddresses(ctx context.Context, network string, addresses []string) error {
	wanted := make(map[string]bool, len(addresses))
	for _, a := range addresses {
		wanted[string(hashAddress(w.secret, a))] = true
	}
	had, err := readColumn(w.conn.QueryContext(ctx, "SELECT address FROM addresses WHERE network = ?", network))
	if err != nil {
		return fmt.Errorf("list addresses: %w", err)
	}
	for _, a := range had {
		if wanted[a] {
			delete(wanted, a)
		} else if _, err := w.removeAddress.ExecContext(ctx, network, []byte(a)); err != nil {
			return fmt.Errorf("take out an address: %w", err)
		}
	}
	for a := range wanted {
		if _, err := w.addAddress.ExecContext(ctx, network, []byte(a)); err != nil {
			return fmt.Errorf("put in an address: %w", err)
		}
	}
	return nil
}

// hashAddress returns what is stored of an address: its HMAC-SHA256 with the store's
// secret.
func hashAddress(secret []byte, address string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("journal address\x00" + address))
	return mac.Sum(nil)
}

// readColumn returns the rows of a result with one column of text or bytes.
func readColumn(rows *sql.Rows, err error) ([]string, error) {
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
