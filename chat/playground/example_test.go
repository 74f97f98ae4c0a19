package playground_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
)

func Example() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	noon := func() time.Time { return time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC) }

	talk := playground.New(noon)
	anna := chat.PersonID{Connection: "playground", User: "anna"}
	ward := chat.ChannelID{Connection: "playground", Channel: "falls"}
	_ = talk.Join(chat.Person{ID: anna, Name: "Anna"})
	_ = talk.Channel(ward)

	// The bot's side: a platform like any other.
	stopped := make(chan error, 1)
	running, stop := context.WithCancel(ctx)
	go func() {
		stopped <- talk.Platform("playground").Run(running, func(_ context.Context, in chat.Incoming) chat.Reply {
			m := chat.Say(fmt.Sprintf("You typed %q.", in.What.(chat.Typed).Text))
			return chat.Reply{Message: &m}
		})
	}()

	// The people's side: what they do returns what they see.
	seen, err := talk.Type(ctx, anna, ward, "/round help")
	fmt.Println(seen.Private.Message.Text, err)
	stop()
	if err := <-stopped; err != nil {
		fmt.Println(err)
	}

	// And whoever watches.
	transcript := playground.NewTranscriptWriter(os.Stdout, playground.Style{Width: 50})
	for _, change := range talk.Changes(0) {
		_ = transcript.Write(change)
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
