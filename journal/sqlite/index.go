package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"roundtable/journal"
)

// Networks implements [journal.Journal].
func (s *Store) Networks(ctx context.Context) ([]string, error) {
	names, err := s.names(ctx, s.queries.networks)
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
	names, err := s.names(ctx, s.queries.find, hash(s.secret, address))
	if err != nil {
		return nil, fmt.Errorf("find networks of an address: %w", s.explain(ctx, err))
	}
	return names, nil
}

func (s *Store) names(ctx context.Context, query *sql.Stmt, args ...any) ([]string, error) {
	if err := s.door.Enter(ctx); err != nil {
		return nil, err
	}
	defer s.door.Leave()
	return texts(query.QueryContext(context.WithoutCancel(ctx), args...))
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
	if err := s.door.Enter(ctx); err != nil {
		return nil, time.Time{}, err
	}
	defer s.door.Leave()
	rows, err := s.queries.due.QueryContext(context.WithoutCancel(ctx), at.UnixMilli())
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

// Secret implements [journal.Journal].
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	if err := s.door.Enter(ctx); err != nil {
		return nil, fmt.Errorf("read the secret: %w", err)
	}
	defer s.door.Leave()
	return slices.Clone(s.secret), nil
}
