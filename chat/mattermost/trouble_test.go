package mattermost

import (
	"errors"
	"testing"
	"time"

	"roundtable/chat"
)

// Until the server was first heard the bot connects; what is lost later is trouble after a
// while, and a token that isn't accepted at once.
func TestTrouble(t *testing.T) {
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	lost := errors.New("lost")
	for name, test := range map[string]struct {
		did  func(*trouble)
		want error
	}{
		"started":                 {func(*trouble) {}, chat.ErrConnecting},
		"failed once":             {func(t *trouble) { t.note(lost, now.Add(-time.Second)) }, chat.ErrConnecting},
		"failed for long":         {func(t *trouble) { t.note(lost, now.Add(-time.Hour)) }, lost},
		"token refused":           {func(t *trouble) { t.note(errTokenRejected, now) }, errTokenRejected},
		"heard":                   {func(t *trouble) { t.firstHeard() }, nil},
		"heard, lost":             {func(t *trouble) { t.firstHeard(); t.note(lost, now.Add(-time.Second)) }, nil},
		"heard, lost for long":    {func(t *trouble) { t.firstHeard(); t.note(lost, now.Add(-time.Hour)) }, lost},
		"failed, heard, is sound": {func(t *trouble) { t.note(lost, now.Add(-time.Hour)); t.firstHeard(); t.over() }, nil},
	} {
		var of trouble
		test.did(&of)
		if got := of.now(now); !errors.Is(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
