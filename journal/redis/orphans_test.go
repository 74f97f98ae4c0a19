package redis

import (
	"errors"
	"strings"
	"testing"

	"roundtable/journal"
)

// TestLogWithoutState deletes a network's state, and it from the index of networks: its
// log, which nobody would look for any more, is told as damage.
func TestLogWithoutState(t *testing.T) {
	for name, settings := range map[string][]string{"the usual prefix": nil, "a prefix that is a pattern": {"prefix=a*b%5B1%5D%5C"}} {
		t.Run(name, func(t *testing.T) {
			server := serve(t)
			s := opened(t, server.url(settings...))
			defer shut(t, s)
			write(t, s, "alpha", 0, "content")
			write(t, s, "beta", 0, "content")
			if err := s.Check(t.Context()); err != nil {
				t.Fatalf("a store that is well: %v", err)
			}
			if err := s.client.Del(t.Context(), s.keys.state("beta")).Err(); err != nil {
				t.Fatal(err)
			}
			if err := s.client.SRem(t.Context(), s.keys.networks(), "beta").Err(); err != nil {
				t.Fatal(err)
			}
			err := journal.Verify(t.Context(), s, func(string, uint64, error) {})
			if !errors.Is(err, journal.ErrDamaged) || !strings.Contains(err.Error(), "of beta only the log is left") {
				t.Errorf("Verify returned %v", err)
			}
		})
	}
}

// TestWarnings asks a server that loses what was written for its configuration.
func TestWarnings(t *testing.T) {
	server := serve(t)
	s := opened(t, server.url())
	defer shut(t, s)
	if got := s.Warnings(t.Context()); len(got) != 0 {
		t.Errorf("a durable server is warned of: %q", got)
	}
	if err := s.client.ConfigSet(t.Context(), "appendonly", "no").Err(); err != nil {
		t.Fatal(err)
	}
	if got := s.Warnings(t.Context()); len(got) != 1 || !strings.Contains(got[0], "appendonly") {
		t.Errorf("a server without a log is warned of as %q", got)
	}
}
