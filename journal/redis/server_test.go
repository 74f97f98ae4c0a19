package redis

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// server is a redis-server of the test's own, on a free port of this machine.
type server struct {
	address string // host and port
	args    []string
	running *exec.Cmd
	ended   chan struct{} // closed when running has ended
}

// serve starts a redis-server that waits for the disk before it answers, and
// kills it after the test. Without redis-server the test is skipped, or fails
// where ROUNDTABLE_REQUIRE_PEERS=1 asks for it.
func serve(t testing.TB, settings ...string) *server {
	t.Helper()
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("ROUNDTABLE_REQUIRE_PEERS") == "1" {
			t.Fatal("redis-server is not on the PATH, and ROUNDTABLE_REQUIRE_PEERS=1 requires it: apt-get install redis-server, brew install redis")
		}
		fmt.Fprintf(os.Stderr, "*** %s IS LEFT OUT: redis-server is not on the PATH (apt-get install redis-server) ***\n", t.Name())
		t.Skip("NOT TESTED with a real Redis: redis-server is not on the PATH. Install it: apt-get install redis-server, brew install redis")
	}
	port := freePort(t)
	s := &server{
		address: "127.0.0.1:" + port,
		args: append([]string{
			binary, "--bind", "127.0.0.1", "--port", port, "--dir", t.TempDir(), "--save", "",
			"--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no",
		}, settings...),
	}
	t.Cleanup(func() { s.kill(t) })
	s.start(t)
	return s
}

// freePort returns a port that nobody listened on just now.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// start starts the server, again after kill, and waits until it has loaded. While
// its port is somebody else's, who was given it for a connection, it waits.
func (s *server) start(t testing.TB) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !s.launch(t); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("redis-server can't listen on %s: it is in use", s.address)
		}
	}
}

// launch starts the server; false: its address is in use.
func (s *server) launch(t testing.TB) bool {
	t.Helper()
	log, err := os.OpenFile(filepath.Join(t.TempDir(), "log"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	s.running = exec.Command(s.args[0], s.args[1:]...)
	s.running.Stdout, s.running.Stderr = log, log
	if err := s.running.Start(); err != nil {
		t.Fatal(err)
	}
	s.ended = make(chan struct{})
	go func(c *exec.Cmd, ended chan struct{}) {
		defer close(ended)
		_ = c.Wait() // "signal: killed"
	}(s.running, s.ended)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	c := s.client()
	defer func() { _ = c.Close() }()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for err = errors.New("not asked"); err != nil; {
		select {
		case <-again.C:
			err = c.Ping(ctx).Err()
		case <-s.ended:
			s.running = nil
			said, _ := os.ReadFile(log.Name())
			if strings.Contains(string(said), "Address already in use") {
				return false
			}
			t.Fatalf("redis-server has ended:\n%s", said)
		case <-ctx.Done():
			said, _ := os.ReadFile(log.Name())
			t.Fatalf("redis-server doesn't answer: %v\n%s", err, said)
		}
	}
	return true
}

// kill ends the server as a power cut would, as far as the server can tell.
func (s *server) kill(t testing.TB) {
	t.Helper()
	if s.running == nil {
		return
	}
	if err := s.running.Process.Kill(); err != nil {
		t.Error(err)
	}
	<-s.ended
	s.running = nil
}

func (s *server) client() *redis.Client { return redis.NewClient(&redis.Options{Addr: s.address}) }

// config sets something on the running server.
func (s *server) config(t testing.TB, name, value string) {
	t.Helper()
	c := s.client()
	defer func() { _ = c.Close() }()
	if err := c.ConfigSet(context.Background(), name, value).Err(); err != nil {
		t.Fatal(err)
	}
}

// fresh numbers the prefixes, so that each store is a new one.
var fresh atomic.Int64

// url is an address on the server with a prefix that nobody has used.
func (s *server) url(settings ...string) string {
	return fmt.Sprintf("redis://%s/?%s", s.address, strings.Join(append(settings, fmt.Sprintf("prefix=test%d", fresh.Add(1))), "&"))
}

// opened opens a store, or fails the test. It doesn't close it.
func opened(t testing.TB, url string) *Store {
	t.Helper()
	s, err := Open(context.Background(), url)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return s
}

// shut closes the store, or fails the test.
func shut(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
}

// waitFor waits until it is so, for at most two minutes.
func waitFor(t testing.TB, so func() bool) {
	t.Helper()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); <-again.C {
		if so() {
			return
		}
	}
	t.Fatal("it never came to be")
}
