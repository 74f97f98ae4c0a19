package redis

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// Remains implements [journal.Journal]: the last dump of the server's memory, until
// the next, replicas, which have files of their own, and the append-only file where it
// isn't rewritten for us. A server that doesn't tell of one of them is taken to have it.
func (s *Store) Remains(ctx context.Context, erased time.Time) (journal.Remains, error) {
	remains, err := await(ctx, s, func(ctx context.Context) (journal.Remains, error) {
		var all journal.Remains
		info, err := s.client.Info(ctx, "replication").Result()
		if err != nil && !isForbidden(err) {
			return nil, err
		}
		if n := infoField(info, "connected_slaves"); n != "" && n != "0" || err != nil {
			all = append(all, journal.Copy{Where: journal.InReplicas})
		}
		if s.keepsLog(ctx) {
			all = append(all, journal.Copy{Where: journal.InLog})
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

// isForbidden says whether the server doesn't let us give a command, or has it no more,
// as hosted servers do.
func isForbidden(err error) bool {
	return err != nil && (strings.HasPrefix(err.Error(), "NOPERM") || strings.Contains(err.Error(), "unknown command"))
}

// rewriteBlindly asks for a rewrite of the append-only file where nobody tells whether
// there is one and when it is rewritten.
func (s *Store) rewriteBlindly(ctx context.Context, server redis.Cmdable) error {
	err := server.BgRewriteAOF(ctx).Err()
	if err != nil && !isForbidden(err) && !strings.Contains(err.Error(), "in progress") {
		return fmt.Errorf("%w (%w)", errRewrite, err)
	}
	return nil
}

// keepsLog says whether the server may have an append-only file that it doesn't rewrite
// for us, or of which it doesn't tell. It changes nothing.
func (s *Store) keepsLog(ctx context.Context) bool {
	info, err := s.client.Info(ctx, "persistence").Result()
	switch {
	case err != nil:
		return isForbidden(err)
	case infoField(info, "aof_enabled") == "0":
		return false
	}
	who, err := s.client.Do(ctx, "ACL", "WHOAMI").Text()
	if err == nil {
		var may string
		if may, err = s.client.Do(ctx, "ACL", "DRYRUN", who, "BGREWRITEAOF").Text(); err == nil {
			return may != "OK"
		}
	}
	known, err := s.client.Do(ctx, "COMMAND", "INFO", "BGREWRITEAOF").Slice()
	return err == nil && (len(known) == 0 || known[0] == nil)
}

// logWarning is what it means for erasures that the server keeps such a file.
const logWarning = "it forbids INFO or BGREWRITEAOF: what is erased is out of its memory at once, but may stay in its append-only file until whoever runs the server has it rewritten, and the bot can't know when; let its user call both, or ask the provider"
