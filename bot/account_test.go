package bot_test

import (
	"context"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// Whose account is deactivated gets nothing, and the network knows it: no platform has to
// tell of it. Nothing is written down as begun, nor given up for ever.
func TestNothingIsSentToWhoIsGone(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		if err := s.chat.Join(chat.Person{ID: chat.PersonID{Connection: "north", User: "u2"}, Gone: true}); err != nil {
			t.Fatal(err)
		}
		var due time.Time
		s.table.Read(func(n *benchmark.Network) { due = n.Current().Due })
		for time.Now().Before(due) {
			time.Sleep(time.Hour)
			if err := s.courier.Deliver(context.Background(), net); err != nil {
				t.Fatal(err)
			}
		}
		s.table.Read(func(n *benchmark.Network) {
			if p, _ := n.Participant("p2"); !p.Deactivated {
				t.Error("the network doesn't know")
			}
			if p, _ := n.Participant("p3"); p.Deactivated {
				t.Error("somebody else is taken for gone")
			}
		})
		for _, e := range s.store.events(t, net) {
			if e.Kind() == "duty.dropped" {
				t.Errorf("given up: %+v", e.Body)
			}
		}
		direct := chat.ChannelID{Connection: "north", Channel: "@u2"}
		if posts := s.chat.Posts(direct); len(posts) > 0 {
			t.Errorf("who is gone got %+v", posts)
		}
	})
}
