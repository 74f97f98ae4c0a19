package playground_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// talk holds a conversation that has something of everything.
func talk(t *testing.T, c *playground.Chat) {
	t.Helper()
	populate(t, c)
	ctx := within(t)
	p := c.Platform("playground")
	run(t, c, "playground", func(_ context.Context, in chat.Incoming) chat.Reply {
		m := chat.Message{Text: "Choose.", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}}}}}
		if _, ok := in.What.(chat.Pressed); ok {
			f := submitForm()
			return chat.Reply{Form: &f}
		}
		return chat.Reply{Message: &m}
	})
	root, err := p.Post(ctx, ward, chat.PostID{}, chat.Message{
		Text: "all", Key: "k/1",
		Blocks: append(opening("0").Blocks,
			chat.Quote{Text: "q\nr", By: "Åsa"}, chat.Items{Items: []string{"a"}},
			chat.Picture{Name: "p.png", Alt: "dot", PNG: dot(t)}, chat.File{Name: "f", MediaType: "m/n", Data: []byte{0, 255}}),
	})
	steps := []func() error{
		func() error { return err },
		func() error { _, err := p.Post(ctx, ward, root, chat.Say("in the thread")); return err },
		func() error { _, err := p.Direct(ctx, bjorn, chat.Message{Text: "direct", Key: "k/2"}); return err },
		func() error { return p.Edit(ctx, root, opening("1")) },
		func() error { _, err := c.Type(ctx, anna, ward, "hello"); return err },
		func() error { _, err := c.Type(ctx, anna, ward, "/round go"); return err },
		func() error { _, err := c.Press(ctx, anna, c.Private(anna)[0].ID, "Go"); return err },
		func() error { _, err := c.Reply(ctx, bjorn, root, "a\u2028b <!here>"); return err },
		func() error { _, err := c.React(ctx, anna, root, ":bulb:"); return err },
		func() error { _, err := c.React(ctx, anna, root, "eyes"); return err },
		func() error { _, err := c.Unreact(ctx, anna, root, "eyes"); return err },
		func() error { _, err := c.Rewrite(ctx, bjorn, c.Thread(root)[1].ID, "b\u2028a"); return err },
		func() error { _, err := c.Delete(ctx, bjorn, c.Thread(root)[1].ID); return err },
		func() error { _, err := c.Rewrite(ctx, anna, c.Posts(ward)[1].ID, "hallo"); return err },
		func() error { return c.Archive(other) },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
}

// everything returns all that can be seen of a chat.
func everything(c *playground.Chat) map[string]any {
	f, open := c.Form(anna)
	return map[string]any{
		"channels": c.Channels(), "people": c.People(), "posts": c.Posts(ward),
		"direct": c.Directs(bjorn), "private": c.Private(anna), "form": f, "open": open,
		"keys": c.Keys(), "waiting": c.Unanswered(), "changes": playground.Remembered(c),
	}
}

func TestReopened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat")
	var want map[string]any
	t.Run("write", func(t *testing.T) {
		c := open(t, path)
		talk(t, c)
		want = everything(c)
		if _, err := playground.Open(path, clock()); err == nil {
			t.Error("a second Open of an open chat succeeded")
		}
	})
	c := open(t, path)
	if diff := cmp.Diff(want, everything(c)); diff != "" {
		t.Errorf("reopened (-want +got):\n%s", diff)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, %v", info.Mode(), err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if _, err := c.Type(within(t), anna, ward, "too late"); !errors.Is(err, playground.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	for range c.Follow(within(t), 0) { // ends
	}
}

func open(t *testing.T, path string) *playground.Chat {
	t.Helper()
	c, err := playground.Open(path, clock())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// TestCut cuts the file in many places: what is there is a beginning of what
// was, and the chat can go on.
func TestCut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat")
	var whole []playground.Change
	t.Run("write", func(t *testing.T) {
		c := open(t, path)
		talk(t, c)
		whole = c.Changes(0)
	})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for n := range len(data) + 1 {
		// Inside a line one place is as good as another; at its ends not.
		if near := data[max(0, n-4):min(len(data), n+4)]; n%29 != 0 && !bytes.ContainsRune(near, '\n') {
			continue
		}
		log, _, err := playground.ReadFile(data[:n])
		if err != nil {
			t.Fatalf("cut after %d bytes: %v", n, err)
		}
		if len(log) < last || len(log) > len(whole) {
			t.Fatalf("cut after %d bytes: %d changes, before %d, whole %d", n, len(log), last, len(whole))
		}
		if len(log) == last {
			continue
		}
		last = len(log)
		if diff := cmp.Diff(whole[:last], log); diff != "" {
			t.Fatalf("cut after %d bytes (-want +got):\n%s", n, diff)
		}
	}
	if last != len(whole) {
		t.Errorf("%d changes, want %d", last, len(whole))
	}

	cut := filepath.Join(t.TempDir(), "cut")
	if err := os.WriteFile(cut, data[:len(data)-5], 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("go on", func(t *testing.T) {
		c := open(t, cut)
		if _, err := c.Type(within(t), anna, ward, "and on"); err != nil {
			t.Fatal(err)
		}
		whole = c.Changes(0)
	})
	if diff := cmp.Diff(whole, open(t, cut).Changes(0)); diff != "" {
		t.Errorf("after going on (-want +got):\n%s", diff)
	}
}

func TestDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat")
	t.Run("write", func(t *testing.T) { talk(t, open(t, path)) })
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	tests := map[string]string{
		"another file":   "dear diary\n",
		"a short file":   "dear diary",
		"no name":        "roundtable-playground-1 \n",
		"a flipped bit":  strings.Replace(string(data), "Åberg", "Åborg", 1),
		"a line missing": lines[0] + strings.Join(lines[2:], ""),
		"a line twice":   lines[0] + lines[1] + strings.Join(lines[1:], ""),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "chat")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := playground.Open(path, clock())
			if !errors.Is(err, playground.ErrDamaged) {
				t.Errorf("Open: %v, want ErrDamaged", err)
			}
			after, err := os.ReadFile(path)
			if diff := cmp.Diff(text, string(after)); err != nil || diff != "" {
				t.Errorf("the file was changed: %v\n%s", err, diff)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("roundtable-playground-1 abc\n"))
	f.Add([]byte("roundtable-playground-1 abc\n00000000 []\nrubbish"))
	f.Add(playground.Line("abc", `[{"seq":1,"opened":{"Connection":"p","Channel":"c"}},{"seq":2,"posted":{"id":{"connection":"p","channel":"c","message":"m"},"message":{"text":"x"}}}]`))
	f.Add(playground.Line("abc", `[{"seq":1,"posted":{"root":{"message":"m"}}}]`))
	f.Add(playground.Line("abc", `[{"seq":1,"answered":{"act":"m"}},{"seq":2,"form_closed":{}},{"seq":3}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		log, good, err := playground.ReadFile(data)
		again, good2, err2 := playground.ReadFile(data[:good])
		if err == nil && (err2 != nil || good2 != good || len(again) != len(log)) {
			t.Errorf("what was good (%d changes) reads as %d changes, %v", len(log), len(again), err2)
		}
	})
}

// FuzzLine gives what stands behind a right checksum.
func FuzzLine(f *testing.F) {
	f.Add(`[{"seq":1,"joined":{"ID":{"Connection":"p","User":"a"}}}]`)
	f.Add(`[{"seq":1,"opened":{"Connection":"p","Channel":"c"}},{"seq":2,"posted":{"id":{"connection":"p","channel":"c","message":"m"},"message":{"text":"x","blocks":[{"facts":{"Facts":[{"Name":"a"}]}}]}}},{"seq":3,"edited":{"post":{"connection":"p","channel":"c","message":"m"},"message":{"text":"y"}}}]`)
	f.Add(`[{"seq":1,"posted":{"message":{"blocks":[{}]}}}]`)
	f.Add(`[{"seq":1,"deleted":{}}]`)
	f.Fuzz(func(t *testing.T, body string) {
		log, _, err := playground.ReadFile(playground.Line("abc", body))
		if err != nil {
			return
		}
		var out strings.Builder
		transcript := playground.NewTranscriptWriter(&out, playground.Style{Width: 60})
		for _, c := range log {
			if err := transcript.Write(c); err != nil {
				t.Fatal(err)
			}
		}
		if i := strings.IndexFunc(out.String(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f }); i >= 0 {
			t.Errorf("a control character in %q", out.String())
		}
	})
}

// TestKilled kills a process that writes, and finds all that it said it had
// written.
func TestKilled(t *testing.T) {
	if path := os.Getenv("PLAYGROUND_WRITE"); path != "" {
		write(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "chat")
	var keys []string
	for round := range 3 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
		child.Env = append(os.Environ(), "PLAYGROUND_WRITE="+path)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; n < 20*(round+1) && lines.Scan(); n++ {
			keys = append(keys, lines.Text())
		}
		if err := child.Process.Kill(); err != nil {
			t.Error(err)
		}
		for lines.Scan() {
			keys = append(keys, lines.Text())
		}
		_ = child.Wait() // killed
	}
	c := open(t, path)
	for _, k := range keys {
		if n := c.Count(k); n != 1 {
			t.Errorf("%d posts with the key %q, want one", n, k)
		}
	}
	if len(keys) < 60 {
		t.Errorf("only %d posts", len(keys))
	}
}

func write(t *testing.T, path string) {
	c, err := playground.Open(path, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Channel(ward); err != nil {
		t.Fatal(err)
	}
	for {
		key := "at/" + time.Now().Format(time.RFC3339Nano)
		if _, err := c.Platform("playground").Post(t.Context(), ward, chat.PostID{}, chat.Message{Text: "x", Key: key}); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stdout.WriteString(key + "\n"); err != nil {
			return
		}
	}
}
