package redis

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"roundtable/journal"
)

// Remains implements [journal.Journal]: the last dump of the server's memory, until
// the next, and replicas, which have files of their own. A server that doesn't tell
// of its dumps is taken to make them.
func (s *Store) Remains(ctx context.Context, erased time.Time) (journal.Remains, error) {
	remains, err := await(ctx, s, func(ctx context.Context) (journal.Remains, error) {
		var all journal.Remains
		info, err := s.client.Info(ctx, "replication").Result()
		if err != nil {
			return nil, err
		}
		if n := infoField(info, "connected_slaves"); n != "" && n != "0" {
			all = append(all, journal.Copy{Where: journal.InReplicas})
		}
		settings, err := s.client.ConfigGet(ctx, "save").Result()
		if err != nil {
			return append(all, journal.Copy{Where: journal.InDumps}), nil //nolint:nilerr // hosted servers don't tell
		}
		if save := settings["save"]; save != "" {
			all = append(all, journal.Copy{Where: journal.InDumps, Until: nextDump(save, erased)})
		}
		return all, nil
	})
	if err != nil {
		return nil, fmt.Errorf("list what remains: %w", s.explain(ctx, err))
	}
	return remains, nil
}

// nextDump returns when a change at the instant is in a dump at the latest, by the
// setting ("3600 1 300 100": after 3600 seconds if one thing has changed ...); zero
// when it takes more than one change.
func nextDump(save string, changed time.Time) time.Time {
	fields := strings.Fields(save)
	var next time.Time
	for i := 0; i+1 < len(fields); i += 2 {
		seconds, err := strconv.ParseInt(fields[i], 10, 32)
		if err != nil || fields[i+1] != "1" {
			continue
		}
		if at := changed.Add(time.Duration(seconds) * time.Second).UTC(); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

// infoField returns a field of INFO's answer, "" when it isn't there.
func infoField(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
