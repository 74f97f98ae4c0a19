package slack_test

import (
	"testing"

	"go.uber.org/goleak"

	"roundtable/bot/slack/fake/honest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(honest.Tests{M: m}) }
