package playground_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/platformtest"
	"roundtable/chat/playground"
)

func TestConformance(t *testing.T) {
	t.Run("memory", func(t *testing.T) {
		platformtest.Run(t, func(t *testing.T) platformtest.Harness {
			t.Helper()
			c := playground.New(time.Now)
			populate(t, c)
			return &harness{chat: c}
		})
	})
	t.Run("limited", func(t *testing.T) {
		platformtest.Run(t, func(t *testing.T) platformtest.Harness {
			t.Helper()
			c := playground.New(time.Now, playground.WithCapabilities("playground", chat.Capabilities{}))
			populate(t, c)
			return &harness{chat: c}
		})
	})
	t.Run("file", func(t *testing.T) {
		platformtest.Run(t, func(t *testing.T) platformtest.Harness {
			t.Helper()
			c := open(t, filepath.Join(t.TempDir(), "chat"))
			populate(t, c)
			return &harness{chat: c}
		})
	})
	t.Run("reopened", func(t *testing.T) {
		platformtest.Run(t, func(t *testing.T) platformtest.Harness {
			t.Helper()
			path := filepath.Join(t.TempDir(), "chat")
			c := open(t, path)
			populate(t, c)
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
			return &harness{chat: open(t, path)}
		})
	})
}

// harness plays the people of a chat.
type harness struct{ chat *playground.Chat }

var elsewhere = chat.ChannelID{Connection: "playground", Channel: "elsewhere"}

func (h *harness) Platform() chat.Platform { return h.chat.Platform("playground") }

func (h *harness) Channels() (here, there chat.ChannelID) {
	if err := h.chat.Channel(elsewhere); err != nil {
		panic(err)
	}
	return ward, elsewhere
}

func (h *harness) People() (one, other chat.PersonID) { return anna, bjorn }

func (h *harness) Type(ctx context.Context, who chat.PersonID, in chat.ChannelID, text string) error {
	_, err := h.chat.Type(ctx, who, in, "/round "+text)
	return err
}

func (h *harness) Expel(_ context.Context, _ chat.PersonID, in chat.ChannelID) error {
	return h.chat.Archive(in)
}

func (h *harness) Admit(_ context.Context, _ chat.PersonID, in chat.ChannelID) error {
	return h.chat.Channel(in)
}

func (h *harness) Tell(ctx context.Context, who chat.PersonID, text string) error {
	_, err := h.chat.Type(ctx, who, playground.Direct(who), text)
	return err
}

func (h *harness) Say(ctx context.Context, who chat.PersonID, in chat.ChannelID, root chat.PostID, text string) (err error) {
	if root == (chat.PostID{}) {
		_, err = h.chat.Type(ctx, who, in, text)
	} else {
		_, err = h.chat.Reply(ctx, who, root, text)
	}
	return err
}

func (h *harness) Press(ctx context.Context, who chat.PersonID, post chat.PostID, label string) error {
	_, err := h.chat.Press(ctx, who, post, label)
	return err
}

func (h *harness) Fill(ctx context.Context, who chat.PersonID, values map[string]string) error {
	_, err := h.chat.Fill(ctx, who, values)
	return err
}

func (h *harness) React(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) error {
	_, err := h.chat.React(ctx, who, post, emoji)
	return err
}

func (h *harness) Rewrite(ctx context.Context, who chat.PersonID, post chat.PostID, text string) error {
	_, err := h.chat.Rewrite(ctx, who, post, text)
	return err
}

func (h *harness) Delete(ctx context.Context, who chat.PersonID, post chat.PostID) error {
	_, err := h.chat.Delete(ctx, who, post)
	return err
}

func (h *harness) Unreact(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) error {
	_, err := h.chat.Unreact(ctx, who, post, emoji)
	return err
}

func (h *harness) Again(ctx context.Context, id string) error {
	_, err := h.chat.Redeliver(ctx, id)
	if errors.Is(err, playground.ErrImpossible) && strings.Contains(err.Error(), "is forgotten") {
		return fmt.Errorf("%w: %w", platformtest.ErrUnsupported, err)
	}
	return err
}

func (h *harness) Posts(_ context.Context, in chat.ChannelID, root chat.PostID) ([]platformtest.Shown, error) {
	if root == (chat.PostID{}) {
		return shown(h.chat.Posts(in)), nil
	}
	return shown(h.chat.Thread(root)), nil
}

func (h *harness) Private(_ context.Context, who chat.PersonID) ([]platformtest.Shown, error) {
	return shown(h.chat.Private(who)), nil
}

func (h *harness) Direct(_ context.Context, who chat.PersonID) ([]platformtest.Shown, error) {
	return shown(h.chat.Directs(who)), nil
}

func (h *harness) Form(_ context.Context, who chat.PersonID) (chat.Form, bool, error) {
	f, open := h.chat.Form(who)
	return f, open, nil
}

func shown(posts []playground.Post) []platformtest.Shown {
	var out []platformtest.Shown
	for _, p := range posts {
		out = append(out, platformtest.Shown{ID: p.ID, Text: playground.Style{Width: 1000}.Message(p.Message)})
	}
	return out
}

var errTest = errors.New("test")

func TestFaults(t *testing.T) {
	c := newChat(t)
	ctx := within(t)
	p := c.Platform("playground")
	var calls []string
	c.InjectFaults(func(_ context.Context, call playground.Call) error {
		calls = append(calls, call.Method+" "+call.Key)
		switch call.Key {
		case "before":
			return errTest
		case "after":
			return playground.AfterDone(errTest)
		case "later":
			return &chat.Later{After: time.Second, Err: errTest}
		}
		return nil
	})
	for key, want := range map[string]int{"before": 0, "after": 1, "later": 0, "well": 1} {
		_, err := p.Post(ctx, ward, chat.PostID{}, chat.Message{Text: "x", Key: key})
		if (err == nil) != (key == "well") || err != nil && !errors.Is(err, errTest) {
			t.Errorf("%s: %v", key, err)
		}
		var later *chat.Later
		if errors.As(err, &later) != (key == "later") {
			t.Errorf("%s: %v", key, err)
		}
		if n := c.Count(key); n != want {
			t.Errorf("%s: %d posts, want %d", key, n, want)
		}
	}
	if len(calls) != 4 {
		t.Errorf("calls: %q", calls)
	}
	c.InjectFaults(nil)
	for range 2 {
		if _, err := p.Post(ctx, ward, chat.PostID{}, chat.Message{Text: "x", Key: "twice"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := c.Count("twice"); n != 2 {
		t.Errorf("posted twice, %d posts", n)
	}
	if fmt.Sprint(c.Keys()) != "map[after:1 twice:2 well:1]" {
		t.Errorf("keys: %v", c.Keys())
	}
}
