package slack_test

import (
	"testing"

	"go.uber.org/goleak"

	"roundtable/chat/slack/slacktest/honest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(honest.Tests{M: m}) }
