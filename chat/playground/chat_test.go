package playground_test

import (
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"

	"roundtable/chat"
	"roundtable/chat/playground"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	anna  = chat.PersonID{Connection: "playground", User: "anna"}
	bjorn = chat.PersonID{Connection: "playground", User: "bjorn"}
	olga  = chat.PersonID{Connection: "other", User: "olga"}

	ward  = chat.ChannelID{Connection: "playground", Channel: "falls"}
	other = chat.ChannelID{Connection: "other", Channel: "fall"}
)

// clock returns a clock that stands at ten o'clock and goes on by a minute
// each time it is read.
func clock() func() time.Time {
	now := time.Date(2026, 1, 6, 9, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Minute)
		return now
	}
}

// populate puts people and channels into a chat.
func populate(t *testing.T, c *playground.Chat) {
	t.Helper()
	for _, p := range []chat.Person{
		{ID: anna, Name: "Anna Åberg", Language: "sv", Zone: "Europe/Stockholm", Admin: true},
		{ID: bjorn, Name: "Björn Öst", Language: "sv", Zone: "Europe/Stockholm"},
		{ID: olga, Name: "Olga Nord", Language: "en", Zone: "Europe/Helsinki"},
	} {
		if err := c.Join(p); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []chat.ChannelID{ward, other} {
		if err := c.Channel(id); err != nil {
			t.Fatal(err)
		}
	}
}

// newChat returns a chat with people and channels.
func newChat(t *testing.T, options ...playground.Option) *playground.Chat {
	t.Helper()
	c := playground.New(clock(), options...)
	populate(t, c)
	return c
}

// run lets the handler answer on a connection until the test ends.
func run(t *testing.T, c *playground.Chat, connection string, handle chat.Handler) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.Platform(connection).Run(ctx, handle) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
}

// within returns a context that ends before the test would hang.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}
