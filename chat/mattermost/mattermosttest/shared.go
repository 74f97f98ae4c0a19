package mattermosttest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
)

// shared is the server that all tests of this test binary share.
var shared struct {
	sync.Mutex
	server *Server
	err    error
}

// Shared returns the server that the tests of this binary share, and starts it
// the first time. It ends with the tests; see [Tests]. Where something is missing
// the test is skipped, or fails with ROUNDTABLE_REQUIRE_PEERS=1. Tests that stop
// the server, or ask whether it is well, have one of their own with [Own].
func Shared(t testing.TB) *Server {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil && shared.err == nil {
		shared.server, shared.err = Open(context.Background(), required())
	}
	skipOrFail(t, shared.err)
	return shared.server
}

// Own returns a server that is the test's alone, under the same conditions.
func Own(t testing.TB) *Server {
	t.Helper()
	s, err := Open(context.Background(), required())
	skipOrFail(t, err)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// required says that tests must not be skipped.
func required() bool { return os.Getenv("ROUNDTABLE_REQUIRE_PEERS") == "1" }

func skipOrFail(t testing.TB, err error) {
	t.Helper()
	switch {
	case errors.Is(err, ErrMissing) && !required():
		fmt.Fprintf(os.Stderr, "*** %s IS LEFT OUT: %v ***\n", t.Name(), err)
		t.Skipf("NOT TESTED with a real Mattermost: %v", err)
	case err != nil:
		t.Fatal(err)
	}
}

// runner is what TestMain gets, and gives to those who look for leaks.
type runner struct{ tests interface{ Run() int } }

// Tests are the tests of a binary that uses [Shared], for its TestMain: the
// server ends with them.
func Tests(m interface{ Run() int }) interface{ Run() int } { return runner{m} }

// Run runs the tests.
func (r runner) Run() int {
	code := r.tests.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		return code
	}
	if err := shared.server.Close(); err != nil {
		_, _ = os.Stderr.WriteString("close the Mattermost server: " + err.Error() + "\n")
		return max(code, 1)
	}
	shared.server = nil
	return code
}
