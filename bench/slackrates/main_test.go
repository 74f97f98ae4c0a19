package main

import (
	"errors"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestRun sees that no limit is broken; how fast it is says nothing on a busy
// machine.
func TestRun(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), &out, 120, 8, 20); err != nil && !errors.Is(err, errSlow) {
		t.Error(err)
	}
	if !strings.Contains(out.String(), "limits broken: 0; messages posted: 128\n") {
		t.Error(out.String())
	}
}
