package commands_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
)

// quickReaders is a platform on which people answer a post before Post has returned.
type quickReaders struct {
	chat.Platform
	answer func(post chat.PostID, m chat.Message)
}

func (q quickReaders) Post(ctx context.Context, to chat.ChannelID, thread chat.PostID, m chat.Message) (chat.PostID, error) {
	post, err := q.Platform.Post(ctx, to, thread, m)
	q.answer(post, m)
	return post, err
}

// Who is quicker than the journal loses nothing: a reaction to what was passed on, and
// words in the thread of a post, count although the bot has not yet written down
// where they stand.
func TestAnsweredBeforeItIsWrittenDown(t *testing.T) {
	s := openStage(t)
	var all sync.WaitGroup
	// meanwhile has somebody do something, and gives it time to come to nothing.
	meanwhile := func(in chat.Incoming) {
		done := make(chan struct{})
		all.Go(func() {
			defer close(done)
			s.commands.Handle(s.ctx, in)
		})
		select {
		case <-done:
		case <-time.After(50 * time.Millisecond):
		}
	}
	anna := chat.Person{ID: person("anna")}
	quick := quickReaders{Platform: s.chat.Platform(homeConnection), answer: func(post chat.PostID, m chat.Message) {
		if strings.Contains(m.Text, "Do near falls count?") {
			meanwhile(chat.Incoming{ID: "quick-1", From: anna, Channel: s.channel, What: chat.Reacted{Emoji: "bulb", On: post}})
		}
		if strings.HasPrefix(m.Key, "opening/2026-Q3/") {
			said := chat.PostID{Connection: homeConnection, Channel: s.channel.Channel, Message: "said"}
			meanwhile(chat.Incoming{ID: "quick-2", From: anna, Channel: s.channel, Thread: post, What: chat.Said{Text: "At last.", Post: said}})
		}
	}}
	log := slog.New(slog.DiscardHandler)
	courier := bot.NewCourier(s.tables, map[string]chat.Platform{homeConnection: quick}, s.commands.Compose, log)
	asked := s.commands.Handle(s.ctx, chat.Incoming{ID: "ask", From: anna, Channel: s.channel, What: chat.Typed{Text: "ask Do near falls count?"}})
	if asked.Message == nil {
		t.Fatal("the question was not taken")
	}
	if err := courier.Deliver(s.ctx, networkID); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	s.read(func(n *benchmark.Network) {
		if kept := n.Kept(); len(kept) != 1 {
			t.Errorf("%d learnings are kept, want the one that was reacted to", len(kept))
		}
		topic := n.Topic(benchmark.RoundTopic("2026-Q3"))
		if topic == nil || len(topic.Contributions) != 2 || n.Text(topic.Contributions[1].Text) != "At last." {
			t.Errorf("the thread holds %+v", topic)
		}
	})
}
