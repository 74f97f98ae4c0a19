package redis

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/journal"
)

// TestForbiddenCommands has a user as hosted servers give one, who may not look at the
// append-only file, or have it written anew: an erasure is done when the content is out
// of memory, and what can't be known is said.
func TestForbiddenCommands(t *testing.T) {
	for name, tt := range map[string]struct {
		rules []string
		log   bool // the file may hold what was erased
	}{
		"all allowed":           {nil, false},
		"no rewrite":            {[]string{"-bgrewriteaof"}, true},
		"no look":               {[]string{"-info"}, true},
		"neither":               {[]string{"-info", "-bgrewriteaof"}, true},
		"nor a look at oneself": {[]string{"-info", "-bgrewriteaof", "-acl", "-config"}, true},
		"no look at oneself":    {[]string{"-acl"}, false},
		"a word of its own":     {[]string{"-@admin", "-@dangerous"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t)
			c := server.client()
			defer func() { _ = c.Close() }()
			rules := append([]any{"ACL", "SETUSER", "bot", "on", ">secret", "~*", "&*", "+@all"}, anyOf(tt.rules)...)
			if err := c.Do(t.Context(), rules...).Err(); err != nil {
				t.Fatal(err)
			}
			s := opened(t, strings.Replace(server.url(), "redis://", "redis://bot:secret@", 1))
			defer shut(t, s)
			write(t, s, "alpha", 0, "content")
			if err := s.Erase(t.Context(), "alpha", []uint64{1}); err != nil {
				t.Errorf("Erase returned %v", err)
			}
			waitFor(t, func() bool { // the rewrite that nobody could await
				info := c.Info(t.Context(), "persistence").Val()
				return infoField(info, "aof_rewrite_in_progress") == "0" && infoField(info, "aof_rewrite_scheduled") == "0"
			})
			if left := c.HLen(t.Context(), s.keys.data("alpha")).Val(); left != 0 {
				t.Errorf("%d entries have content", left)
			}
			if err := s.Ping(t.Context()); err != nil {
				t.Errorf("it is not well: %v", err)
			}
			remains, err := s.Remains(t.Context(), time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if is := slices.Contains(remains, journal.Copy{Where: journal.InLog}); is != tt.log {
				t.Errorf("what remains is %v", remains)
			}
			if is := strings.Contains(strings.Join(s.Warnings(t.Context()), "\n"), logWarning); is != tt.log {
				t.Errorf("warned is %q", s.Warnings(t.Context()))
			}
		})
	}
}

// TestSecretIsGone takes away the store's secret, while it is open and before: that is
// damage, and no other secret is made.
func TestSecretIsGone(t *testing.T) {
	s, m := mini(t)
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.Del(s.keys.secret())
	if err := s.Ping(t.Context()); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("Ping returned %v", err)
	}
	other, err := Open(t.Context(), "redis://"+m.Addr())
	if !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("Open returned %v", err)
		shut(t, other)
	}
	if m.Exists(s.keys.secret()) {
		t.Error("another secret was made")
	}
	if err := m.Set(s.keys.secret(), "another"); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("with another secret Ping returned %v", err)
	}
}
