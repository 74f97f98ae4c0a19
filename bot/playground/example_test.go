package playground_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"roundtable/bot"
	"roundtable/bot/playground"
)

func Example() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	noon := func() time.Time { return time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC) }

	chat := playground.New(noon)
	anna := bot.PersonID{Connection: "playground", User: "anna"}
	ward := bot.ChannelID{Connection: "playground", Channel: "falls"}
	_ = chat.Join(bot.Person{ID: anna, Name: "Anna"})
	_ = chat.Channel(ward)

	// The bot's side: a platform like any other.
	stopped := make(chan error, 1)
	running, stop := context.WithCancel(ctx)
	go func() {
		stopped <- chat.Platform("playground").Run(running, func(_ context.Context, in bot.Incoming) bot.Reply {
			m := bot.Say(fmt.Sprintf("You typed %q.", in.What.(bot.Typed).Text))
			return bot.Reply{Message: &m}
		})
	}()

	// The people's side: what they do returns what they see.
	seen, err := chat.Type(ctx, anna, ward, "/round help")
	fmt.Println(seen.Private.Message.Text, err)
	stop()
	if err := <-stopped; err != nil {
		fmt.Println(err)
	}

	// And whoever watches.
	scribe := playground.NewScribe(os.Stdout, playground.Style{Width: 50})
	for _, change := range chat.Changes(0) {
		_ = scribe.Tell(change)
	}
	// Output:
	// You typed "help". <nil>
	// ══ Tuesday 6 January 2026 ════════════════════════
	//
	// ── #falls · playground ───────────────────────────
	//
	// 12:00  Anna types  /round help
	//
	// 12:00  Roundtable · only Anna sees this
	//      ┊ You typed "help".
}
