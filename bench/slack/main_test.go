package main

import (
	"os"
	"testing"

	"roundtable/chat/slack/slacktest/honest"
)

func TestMain(m *testing.M) { os.Exit(honest.Tests{M: m}.Run()) }
