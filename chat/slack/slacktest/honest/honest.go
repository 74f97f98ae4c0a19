// Package honest keeps the fake Slack, and what our bot sends to it, honest by
// code that isn't ours.
//
// Its test runs a small app made with Slack's own framework (npm @slack/bolt,
// app.js) against the fake, over Socket Mode and over HTTP: were the fake not like
// Slack, the app would not live through it. And [Tests], in the TestMain of every
// package that tests against the fake, holds all that was sent to it in that
// package's tests against Slack's own TypeScript types (npm @slack/types,
// @slack/web-api and @slack/bolt) with tsc.
//
// Both want Node with npm, and the network once: what npm installs, exact versions
// with their checksums, is kept in the user's cache. Without them they are left out,
// loudly, or fail when ROUNDTABLE_REQUIRE_PEERS is 1.
package honest

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"roundtable/chat/slack/slacktest"
)

// patience is how long npm and tsc may take together.
const patience = 5 * time.Minute

// Tests are the tests of a package; [testing.M] has them.
type Tests struct {
	M interface{ Run() int }
}

// Run runs the tests, then sees that Slack's types take all that was sent to the
// fake meanwhile, one payload of each shape. It returns the exit code:
//
//	func TestMain(m *testing.M) { goleak.VerifyTestMain(honest.Tests{M: m}) }
func (t Tests) Run() int {
	if code := t.M.Run(); code != 0 {
		return code
	}
	return examine(slacktest.Payloads(), os.Stderr)
}

// examine says on w what is wrong with payloads and returns an exit code.
func examine(payloads []slacktest.Payload, w io.Writer) int {
	if len(payloads) == 0 {
		return 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	p, err := packages().Install(ctx)
	if err != nil && os.Getenv("ROUNDTABLE_REQUIRE_PEERS") != "1" {
		fmt.Fprintf(w, "*** THE TYPES OF PAYLOADS ARE NOT CHECKED: %v ***\n", err)
		return 0
	}
	var misfits []misfit
	if err == nil {
		misfits, err = check(ctx, p, payloads)
	}
	if err != nil {
		fmt.Fprintf(w, "the types of payloads could not be checked: %v\n", err)
		return 1
	}
	for _, m := range misfits {
		fmt.Fprintln(w, m)
	}
	if len(misfits) > 0 {
		fmt.Fprintf(w, "Slack's types refuse what was sent, in %d places\nFAIL\n", len(misfits))
		return 1
	}
	return 0
}
