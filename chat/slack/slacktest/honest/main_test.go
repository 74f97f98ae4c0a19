package honest

import (
	"testing"

	"go.uber.org/goleak"
)

// What Bolt sends is not held against the types: it adds a team_id to every call,
// which its own types don't know.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
