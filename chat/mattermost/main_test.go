package mattermost

import (
	"testing"

	"go.uber.org/goleak"

	"roundtable/chat/mattermost/mattermosttest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(mattermosttest.Tests(m)) }
