package playground_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// TestNobodyHome lets somebody act while the bot is away: they are told so, and
// the bot gets it when it is back, once.
func TestNobodyHome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := playground.New(time.Now)
		populate(t, c)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		began := time.Now()
		seen, err := c.Type(ctx, anna, ward, "/round help")
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 3*time.Second {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
		if diff := cmp.Diff([]string{seen.ID}, c.Unanswered()); diff != "" {
			t.Errorf("waiting (-want +got):\n%s", diff)
		}
		var ids []string
		running, stop := context.WithCancel(t.Context())
		defer stop()
		go func() {
			_ = c.Platform("playground").Run(running, func(_ context.Context, in chat.Incoming) chat.Reply {
				ids = append(ids, in.ID)
				return chat.Reply{}
			})
		}()
		synctest.Wait()
		if err := c.Platform("playground").Run(running, nil); err == nil {
			t.Error("a second Run at the same time succeeded")
		}
		stop()
		synctest.Wait()
		if diff := cmp.Diff([]string{seen.ID}, ids); diff != "" || len(c.Unanswered()) != 0 {
			t.Errorf("came (-want +got):\n%s", diff)
		}
	})
}

// TestDiedWhileAnswering reopens a chat whose bot died before it had answered.
func TestDiedWhileAnswering(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat")
	var id string
	t.Run("died", func(t *testing.T) {
		c := open(t, path)
		populate(t, c)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		seen, err := c.Type(ctx, anna, ward, "/round help")
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Type: %v", err)
		}
		id = seen.ID
	})
	c := open(t, path)
	came := make(chan string, 10)
	run(t, c, "playground", func(_ context.Context, in chat.Incoming) chat.Reply {
		came <- in.ID
		m := chat.Say("late")
		return chat.Reply{Message: &m}
	})
	if got := <-came; got != id {
		t.Errorf("what came has the ID %q, want %q", got, id)
	}
	ctx := within(t)
	for range c.Follow(ctx, 0) {
		if len(c.Unanswered()) == 0 {
			break
		}
	}
	if got := c.Private(anna); len(got) != 1 || got[0].Message.Text != "late" {
		t.Errorf("Anna sees %+v", got)
	}
}

func TestFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := playground.New(time.Now)
		populate(t, c)
		ctx, cancel := context.WithCancel(t.Context())
		var seen []int64
		ended := false
		go func() {
			for change := range c.Follow(ctx, 2) {
				seen = append(seen, change.Seq)
			}
			ended = true
		}()
		synctest.Wait()
		if err := c.Channel(chat.ChannelID{Connection: "playground", Channel: "new"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if want := []int64{3, 4, 5, 6}; !slices.Equal(want, seen) || ended {
			t.Errorf("seen %v, want %v; ended %v", seen, want, ended)
		}
		cancel()
		synctest.Wait()
		if !ended {
			t.Error("Follow did not end with its context")
		}
		for change := range c.Follow(t.Context(), 0) {
			if change.Seq == 3 {
				break
			}
		}
	})
}

// TestReplyFails loses the answer on its way: the person hears of it, and the
// bot gets the same again.
func TestReplyFails(t *testing.T) {
	c := newChat(t)
	ctx := within(t)
	c.InjectFaults(func(_ context.Context, call playground.Call) error {
		if call.Method == "Reply" {
			return errTest
		}
		return nil
	})
	var ids []string
	t.Run("fails", func(t *testing.T) {
		run(t, c, "playground", func(ctx context.Context, in chat.Incoming) chat.Reply {
			ids = append(ids, in.ID)
			return echo(ctx, in)
		})
		if seen, err := c.Type(ctx, anna, ward, "/round help"); !errors.Is(err, errTest) || seen.Private != nil {
			t.Errorf("Type = %+v, %v", seen, err)
		}
	})
	c.InjectFaults(nil)
	again := make(chan string, 1)
	run(t, c, "playground", func(_ context.Context, in chat.Incoming) chat.Reply {
		again <- in.ID
		return chat.Reply{}
	})
	if diff := cmp.Diff(ids, []string{<-again}); diff != "" {
		t.Errorf("what came (-first +second):\n%s", diff)
	}
}
