package bot_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// direct returns what the person's private message with the key says; empty when there is
// none.
func (s *stage) direct(user, key string) (text string) {
	for _, p := range s.chat.Directs(chat.PersonID{Connection: "north", User: user}) {
		if p.Message.Key == key {
			text = p.Message.Text
		}
	}
	return text
}

// A note that is corrected goes from everybody's own view, where it was sent: that is
// edited in place, after a restart too, and nobody is sent anything. Where the platform
// refuses or the message is gone, who took the note out is told.
func TestNoteGoesFromPrivatePosts(t *testing.T) {
	const view, remains = "private/2026-Q4/1/p%d", "remains/2026-Q4/1/p1"
	refusing := func(method string, with error) func(context.Context, playground.Call) error {
		return func(_ context.Context, c playground.Call) error {
			if c.Method == method && (method == "FindDirect" || c.Post.Channel != "falls") {
				return with
			}
			return nil
		}
	}
	for name, tt := range map[string]struct {
		fault func(context.Context, playground.Call) error
		want  string
		told  int
	}{
		"edited":      {nil, "own view: ", 0},
		"refused":     {refusing("Edit", fmt.Errorf("too old: %w", chat.ErrRefused)), "own view: Bert in bed four", 1},
		"never there": {refusing("FindDirect", fmt.Errorf("nobody: %w", chat.ErrRefused)), "own view: Bert in bed four", 1},
	} {
		t.Run(name, func(t *testing.T) {
			onStage(t, 2, func(t *testing.T, s *stage) {
				do(t, s.table, "p1", noted(30, "Bert in bed four"))
				do(t, s.table, "p2", noted(50, ""))
				do(t, s.table, "p1", benchmark.CloseRound{})
				do(t, s.table, "p1", benchmark.PublishRound{})
				s.pass(time.Minute)
				if text := s.direct("u1", fmt.Sprintf(view, 1)); text != "own view: Bert in bed four" {
					t.Fatalf("sent was %q", text)
				}
				corrected := noted(30, "")
				corrected.Reason = "a name in it"
				s.restart("north", "south")
				s.fail(tt.fault)
				do(t, s.table, "p1", corrected)
				s.pass(2 * time.Hour)
				for k := range 2 {
					user, key := fmt.Sprint("u", k+1), fmt.Sprintf(view, k+1)
					if text := s.direct(user, key); text != tt.want {
						t.Errorf("%s reads %q, want %q", user, text, tt.want)
					}
					if sent := len(s.made("Direct", key)); sent != 1 {
						t.Errorf("sent %d times", sent)
					}
				}
				if told := s.chat.Count(remains); told != tt.told {
					t.Errorf("told %d times, want %d", told, tt.told)
				}
			})
		})
	}
}
