package mattermosttest_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"roundtable/chat/mattermost/mattermosttest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(mattermosttest.Tests(m)) }

// TestBuild builds the server where that is asked for; .ci/peers does it with this.
func TestBuild(t *testing.T) {
	folder, err := mattermosttest.Build(t.Context(), os.Getenv("ROUNDTABLE_REQUIRE_PEERS") == "1")
	if err != nil {
		if os.Getenv("ROUNDTABLE_REQUIRE_PEERS") == "1" {
			t.Fatal(err)
		}
		fmt.Fprintf(os.Stderr, "*** %s IS LEFT OUT: %v ***\n", t.Name(), err)
		t.Skipf("NOT TESTED: no Mattermost server: %v", err)
	}
	for _, name := range []string{"mattermost", "i18n", "templates", "fonts"} {
		if _, err := os.Stat(folder + "/" + name); err != nil {
			t.Error(err)
		}
	}
}

// TestRestart sees that what was written outlives the server, however it ends.
func TestRestart(t *testing.T) {
	s := mattermosttest.Own(t)
	h := home(t, s)
	before := s.URL
	for _, end := range []func(){s.Stop, s.Kill} {
		h.must(h.team.Say(t.Context(), h.anna.ID, h.channel, zero, "before"))
		end()
		if err := h.team.Say(t.Context(), h.anna.ID, h.channel, zero, "meanwhile"); err == nil {
			t.Error("a server that is stopped took a message")
		}
		h.must(s.Start(t.Context()))
	}
	h.must(s.Restart(t.Context()))
	h.must(h.team.Say(t.Context(), h.anna.ID, h.channel, zero, "after"))
	h.reads(h.posts, "before", "before", "after")
	if s.URL != before {
		t.Errorf("the server was at %s, is at %s", before, s.URL)
	}
}
