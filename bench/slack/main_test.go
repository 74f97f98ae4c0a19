package main

import (
	"os"
	"testing"

	"roundtable/bot/slack/fake/honest"
)

func TestMain(m *testing.M) { os.Exit(honest.Tests{M: m}.Run()) }
