package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// toldOfSeats are the seats that the facilitator has been told of.
func (s *stage) toldOfSeats() (n int) {
	for _, p := range s.chat.Posts(playground.Direct(chat.PersonID{Connection: "north", User: "u1"})) {
		if strings.HasPrefix(p.Message.Key, "notice/") {
			n++
		}
	}
	return n
}

// show closes the round and shows it.
func (s *stage) show() {
	s.t.Helper()
	for k := range 3 {
		do(s.t, s.table, benchmark.ParticipantID(fmt.Sprint("p", k+1)), answer(k+1))
	}
	do(s.t, s.table, "p1", benchmark.CloseRound{})
	do(s.t, s.table, "p1", benchmark.PublishRound{})
}

var shownSouth = []string{"summary/2026-Q4/s2", "comparison/2026-Q4/falls/s2"}

// What a round shows is never lost because a channel is out of reach, for however long;
// the facilitator is told once, and it goes out when the way is free, by itself or as
// soon as something happens there.
func TestOutOfReach(t *testing.T) {
	for name, free := range map[string]func(s *stage){
		"by itself":     func(s *stage) { s.pass(time.Hour + time.Second) },
		"once it moves": func(s *stage) { s.courier.Reachable(context.Background(), south); s.pass(time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			onStage(t, 3, func(t *testing.T, s *stage) {
				s.pass(0)
				if err := s.chat.Archive(south); err != nil {
					t.Fatal(err)
				}
				s.talk("a remark")
				s.show()
				s.pass(time.Minute)
				s.stands("summary/2026-Q4/s1", "comparison/2026-Q4/falls/s1", "private/2026-Q4/1/p1")
				if n := s.toldOfSeats(); n != 1 {
					t.Errorf("the facilitator was told %d times, want once", n)
				}
				s.calls = nil
				s.restart("north", "south")
				time.Sleep(60 * 24 * time.Hour)
				s.pass(3 * time.Hour)
				tries := 0
				for _, c := range s.calls {
					if c.Channel == south {
						tries++
					}
				}
				if tries < 3 || tries > 30 {
					t.Errorf("%d calls to the channel in three hours", tries)
				}
				if err := s.chat.Channel(south); err != nil {
					t.Fatal(err)
				}
				if name != "by itself" {
					s.pass(0)
					if n := s.chat.Count(shownSouth[0]); n != 0 {
						t.Error("it was tried before the channel was known to be free")
					}
				}
				free(s)
				s.stands(shownSouth...)
				if got, want := s.says(south, openingSouth), s.want(opening); got != want {
					t.Errorf("the opening says %q, want %q", got, want)
				}
				if n := s.toldOfSeats(); n != 1 {
					t.Errorf("at the end the facilitator was told %d times, want once", n)
				}
				s.table.Read(func(n *benchmark.Network) {
					for h := range n.Seats[1].Hindrances() {
						t.Errorf("the seat is still hindered by %q", h.Why)
					}
				})
			})
		})
	}
}

// What the platform refuses of one post keeps nothing else of the seat waiting, is told
// once, and goes out when it is taken.
func TestOneRefusalHoldsBackNothingElse(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(0)
		strange := true
		s.fail(func(_ context.Context, c playground.Call) error {
			if strange && c.Key == shownSouth[0] {
				return &chat.Unreachable{Why: chat.Declined, Alone: true, Err: errBroken}
			}
			return nil
		})
		s.show()
		s.talk("a remark")
		s.pass(30 * time.Second)
		if diff := cmp.Diff(s.relayed(), []string{"a remark"}); diff != "" {
			t.Errorf("relayed (-), said (+):\n%s", diff)
		}
		if n := s.toldOfSeats(); n != 0 {
			t.Errorf("of what may pass, the facilitator was told %d times", n)
		}
		s.pass(30 * time.Minute)
		if n := s.toldOfSeats(); n != 1 {
			t.Errorf("the facilitator was told %d times, want once", n)
		}
		strange = false
		s.pass(time.Hour)
		s.stands(shownSouth...)
		if n := s.toldOfSeats(); n != 1 {
			t.Errorf("the facilitator was told %d times, want once", n)
		}
	})
}

// What is refused for good is told of, too.
func TestRefusedIsTold(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(0)
		s.fail(func(_ context.Context, c playground.Call) error {
			if strings.HasPrefix(c.Key, "summary") {
				return chat.ErrRefused
			}
			return nil
		})
		s.show()
		s.pass(time.Minute)
		if n := s.toldOfSeats(); n != 2 { // of each seat
			t.Errorf("the facilitator was told %d times, want twice", n)
		}
	})
}

// A message that stands in words stands; the facilitator is told once, and no more once
// pictures are taken.
func TestInWords(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(0)
		s.fail(func(_ context.Context, c playground.Call) error {
			if c.Method == "Post" && c.Channel == south {
				return playground.AfterDone(&chat.InWords{Err: errBroken})
			}
			return nil
		})
		s.show()
		s.pass(time.Minute)
		s.stands(shownSouth...)
		if n := s.toldOfSeats(); n != 1 {
			t.Errorf("the facilitator was told %d times, want once", n)
		}
	})
}

// What people say goes before what the bot tells each alone.
func TestWordsGoFirst(t *testing.T) {
	onStage(t, 12, func(t *testing.T, s *stage) {
		s.pass(0)
		for k := range 12 {
			do(t, s.table, benchmark.ParticipantID(fmt.Sprint("p", k+1)), answer(k))
		}
		do(t, s.table, "p1", benchmark.CloseRound{})
		do(t, s.table, "p1", benchmark.PublishRound{})
		s.fail(slow)
		ctx, cancel := context.WithCancel(t.Context())
		s.courier.Start(ctx, net)
		time.Sleep(3500 * time.Millisecond) // three have their own view
		s.talk("a remark")
		began := time.Now()
		s.courier.Start(ctx, net)
		for len(s.relayed()) == 0 && time.Since(began) < time.Minute {
			time.Sleep(100 * time.Millisecond)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("what was said stood at the other seat after %v", took)
		}
		cancel()
		s.courier.Wait()
	})
}

// slow makes every private message take a second.
func slow(_ context.Context, c playground.Call) error {
	if c.Method == "Direct" {
		time.Sleep(time.Second)
	}
	return nil
}
