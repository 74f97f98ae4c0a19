package redis

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
)

func note(content string) []journal.Entry {
	return []journal.Entry{{At: time.Unix(1_790_000_000, 0), Kind: "note", Version: 1, Data: []byte(content)}}
}

func write(t testing.TB, s *Store, network string, after uint64, content string) {
	t.Helper()
	if _, err := s.Append(t.Context(), journal.Batch{Network: network, After: after, Entries: note(content)}); err != nil {
		t.Fatalf("Append: %v", err)
	}
}

// contents reads the network until its end or the first error.
func contents(t testing.TB, s *Store, network string) (all []string, err error) {
	t.Helper()
	for e, err := range s.Read(t.Context(), network, 1) {
		if err != nil {
			return all, err
		}
		all = append(all, string(e.Data))
	}
	return all, nil
}

// mini returns a store on a server in this process, and the server.
func mini(t *testing.T) (*Store, *miniredis.Miniredis) {
	t.Helper()
	m := miniredis.RunT(t)
	s := opened(t, "redis://"+m.Addr())
	t.Cleanup(func() { shut(t, s) })
	return s, m
}

// TestKilledServer kills the server in the midst of writing: every entry that
// was acknowledged is there when it is back, and the store goes on by itself.
func TestKilledServer(t *testing.T) {
	server := serve(t)
	s := opened(t, server.url())
	defer func() { shut(t, s) }()
	const writers = 8
	acknowledged := make([][]string, writers)
	for range 3 {
		var all sync.WaitGroup
		enough := make(chan struct{})
		var once sync.Once
		for w := range writers {
			network := fmt.Sprint("n", w)
			there, err := contents(t, s, network)
			if err != nil {
				t.Fatalf("Read: %v", err)
			}
			if len(there) < len(acknowledged[w]) {
				t.Fatalf("%d entries were acknowledged, %d are there", len(acknowledged[w]), len(there))
			}
			if diff := cmp.Diff(acknowledged[w], append([]string(nil), there[:len(acknowledged[w])]...)); diff != "" {
				t.Fatalf("what was acknowledged and what is there (-want +got):\n%s", diff)
			}
			acknowledged[w] = there
			all.Go(func() {
				for i := len(there); ; i++ {
					content := fmt.Sprintf("%s, entry %d", network, i)
					if _, err := s.Append(t.Context(), journal.Batch{Network: network, After: uint64(i), Entries: note(content)}); err != nil {
						if errors.Is(err, journal.ErrConflict) || errors.Is(err, journal.ErrFull) || errors.Is(err, journal.ErrReadOnly) {
							t.Errorf("Append to a server that died says that nothing was written: %v", err)
						}
						return
					}
					acknowledged[w] = append(acknowledged[w], content)
					if i > len(there)+20 {
						once.Do(func() { close(enough) })
					}
				}
			})
		}
		<-enough
		server.kill(t)
		all.Wait()
		if err := s.Ping(t.Context()); err == nil {
			t.Error("Ping of a dead server succeeded")
		}
		server.start(t)
		waitFor(t, func() bool { return s.Ping(t.Context()) == nil }) // without being opened anew
	}
	for w := range writers {
		if there, err := contents(t, s, fmt.Sprint("n", w)); err != nil || len(there) < len(acknowledged[w]) {
			t.Errorf("%d entries were acknowledged, %d are there, %v", len(acknowledged[w]), len(there), err)
		}
	}
}

func TestServerWithoutRoom(t *testing.T) {
	server := serve(t)
	s := opened(t, server.url())
	defer shut(t, s)
	write(t, s, "alpha", 0, "first")
	server.config(t, "maxmemory", "1")
	_, err := s.Append(t.Context(), journal.Batch{Network: "alpha", After: 1, Entries: note("second"), Mark: &journal.Mark{Due: time.Unix(1, 0)}})
	if !errors.Is(err, journal.ErrFull) || !strings.Contains(err.Error(), server.address) {
		t.Errorf("Append returned %v, want ErrFull and which server", err)
	}
	if _, err := s.Append(t.Context(), journal.Batch{Network: "alpha", After: 1, Entries: note("second")}); !errors.Is(err, journal.ErrFull) {
		t.Errorf("Append without a mark returned %v, want ErrFull", err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, journal.ErrFull) {
		t.Errorf("Ping returned %v, want ErrFull", err)
	}
	server.config(t, "maxmemory", "0")
	write(t, s, "alpha", 1, "second")
	if got, err := contents(t, s, "alpha"); err != nil || cmp.Diff([]string{"first", "second"}, got) != "" {
		t.Errorf("the log holds %q, %v", got, err)
	}
}

func TestReplicaIsReadOnly(t *testing.T) {
	server := serve(t)
	url := server.url()
	s := opened(t, url)
	write(t, s, "alpha", 0, "first")
	shut(t, s)
	c := server.client()
	defer func() { _ = c.Close() }()
	if err := c.Do(t.Context(), "REPLICAOF", "127.0.0.1", "1").Err(); err != nil {
		t.Fatal(err)
	}
	s = opened(t, url)
	defer shut(t, s)
	if got, err := contents(t, s, "alpha"); err != nil || len(got) != 1 {
		t.Errorf("a replica tells %q, %v", got, err)
	}
	if _, err := s.Append(t.Context(), journal.Batch{Network: "alpha", After: 1, Entries: note("second")}); !errors.Is(err, journal.ErrReadOnly) {
		t.Errorf("Append to a replica returned %v, want ErrReadOnly", err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, journal.ErrReadOnly) {
		t.Errorf("Ping of a replica returned %v, want ErrReadOnly", err)
	}
	if _, err := Open(t.Context(), server.url()); !errors.Is(err, journal.ErrReadOnly) {
		t.Errorf("Open of a new store on a replica returned %v, want ErrReadOnly", err)
	}
}

// TestErasedBytesLeaveTheServer looks for the bytes in the server's files, as soon as
// Erase has returned, and in a dump of its memory.
func TestErasedBytesLeaveTheServer(t *testing.T) {
	server := serve(t, "--rdbcompression", "no")
	s := opened(t, server.url())
	defer shut(t, s)
	for i := range uint64(10) {
		write(t, s, "alpha", i, fmt.Sprintf("<content %d>", i+1))
	}
	if err := s.Erase(t.Context(), "alpha", []uint64{2, 5, 10}); err != nil {
		t.Fatal(err)
	}
	c := server.client()
	defer func() { _ = c.Close() }()
	folder, err := c.ConfigGet(t.Context(), "dir").Result()
	if err != nil {
		t.Fatal(err)
	}
	look := func(where string) {
		t.Helper()
		for seq, want := range map[int]bool{1: true, 2: false, 5: false, 9: true, 10: false} {
			// The exit code is 1 when grep finds nothing.
			found, err := exec.CommandContext(t.Context(), "grep", "-raoF", fmt.Sprintf("<content %d>", seq), folder["dir"]).Output()
			if _, isExit := errors.AsType[*exec.ExitError](err); err != nil && !isExit {
				t.Fatal(err)
			}
			if got := len(found) > 0; got != want {
				t.Errorf("entry %d is in the server's %s: %t, want %t: %s", seq, where, got, want, found)
			}
		}
	}
	look("files")
	if err := c.Save(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	look("files and dump")
}

func TestServerThatLostItsTail(t *testing.T) {
	s, m := mini(t)
	for i := range uint64(5) {
		write(t, s, "alpha", i, "content")
	}
	before := m.Dump()
	m.FlushAll() // all of it is a tail too
	if before == m.Dump() {
		t.Fatal("nothing was lost")
	}
	_, appendErr := s.Append(t.Context(), journal.Batch{Network: "alpha", After: 5, Entries: note("content")})
	_, followErr := s.Follow(t.Context(), "alpha", 5)
	for call, err := range map[string]error{"Append": appendErr, "Follow": followErr} {
		if conflict, ok := errors.AsType[*journal.Conflict](err); !ok || !conflict.Lost() {
			t.Errorf("%s returned %v, want a conflict that tells of a loss", call, err)
		}
	}
}

func TestDamage(t *testing.T) {
	for name, harm := range map[string]func(m *miniredis.Miniredis, k keys){
		"no stream":       func(m *miniredis.Miniredis, k keys) { m.Del(k.log("alpha")) },
		"no content":      func(m *miniredis.Miniredis, k keys) { m.HDel(k.data("alpha"), "3") },
		"no contents":     func(m *miniredis.Miniredis, k keys) { m.Del(k.data("alpha")) },
		"a last too high": func(m *miniredis.Miniredis, k keys) { m.HSet(k.state("alpha"), "last", "7") },
		"a last of words": func(m *miniredis.Miniredis, k keys) { m.HSet(k.state("alpha"), "last", "x") },
	} {
		s, m := mini(t)
		for i := range uint64(5) {
			write(t, s, "alpha", i, "content")
		}
		harm(m, s.keys)
		if _, err := contents(t, s, "alpha"); !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("%s: Read ended with %v, want ErrDamaged", name, err)
		}
	}
	s, _ := mini(t)
	for i := range uint64(5) {
		write(t, s, "alpha", i, "content")
	}
	if err := s.client.XDel(t.Context(), s.keys.log("alpha"), "3-0").Err(); err != nil {
		t.Fatal(err)
	}
	if got, err := contents(t, s, "alpha"); len(got) > 2 || !errors.Is(err, journal.ErrDamaged) {
		t.Errorf("an entry was deleted: Read yields %d and %v, want ErrDamaged", len(got), err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	m := miniredis.RunT(t)
	m.RequireAuth("right")
	for address, words := range map[string][]string{
		"":                           {"redis://localhost:6379/0"},
		"localhost:6379":             {"redis://localhost:6379/0"},
		"http://localhost":           {"redis://localhost:6379/0"},
		"redis://u:s3cr%zzet@host/0": {"redis://localhost:6379/0"},
		"redis://:s3cret@" + m.Addr() + "/0?prefix=a{b": {"prefix", "brace"},
		"redis://:s3cret@" + m.Addr() + "/0?cluster=1":  {"cluster", "true or false"},
		"redis://:s3cret@" + m.Addr() + "/0?colour=red": {"colour"},
		"redis://:s3cret@" + m.Addr() + "/0":            {"WRONGPASS", m.Addr()},
		"redis://" + m.Addr() + "/0":                    {"NOAUTH", m.Addr()},
	} {
		s, err := Open(t.Context(), address)
		if err == nil {
			shut(t, s)
			t.Errorf("Open of %q succeeded", address)
			continue
		}
		if strings.Contains(err.Error(), "s3cr") {
			t.Errorf("the error repeats the password: %v", err)
		}
		for _, word := range words {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("Open of %q returned %q, which doesn't say %q", address, err, word)
			}
		}
	}
}

func TestNewerLayoutIsRefused(t *testing.T) {
	m := miniredis.RunT(t)
	for value, want := range map[string]error{"7": journal.ErrNewer, "recipes": journal.ErrDamaged} {
		if err := m.Set("roundtable:layout", value); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), "redis://"+m.Addr()); !errors.Is(err, want) {
			t.Errorf("Open where the layout is %q returned %v, want %v", value, err, want)
		}
	}
}

func TestDurability(t *testing.T) {
	server := serve(t)
	s := opened(t, server.url())
	defer shut(t, s)
	d, err := s.Durability(t.Context())
	if want := (Durability{AppendOnly: "yes", AppendFsync: "always", Eviction: "noeviction"}); err != nil || d != want {
		t.Errorf("Durability returned %+v, %v, want %+v", d, err, want)
	}
	if d.Warning() != "" {
		t.Errorf("a durable server is warned of: %s", d.Warning())
	}
	server.config(t, "appendfsync", "everysec")
	server.config(t, "maxmemory-policy", "allkeys-lru")
	d, err = s.Durability(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{`"everysec"`, `"always"`, `"allkeys-lru"`, `"noeviction"`} {
		if !strings.Contains(d.Warning(), word) {
			t.Errorf("the warning %q doesn't say %s", d.Warning(), word)
		}
	}
}
