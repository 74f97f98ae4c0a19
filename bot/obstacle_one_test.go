package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// hindrances are what keeps posts from the seat now.
func (s *stage) hindrances(seat benchmark.SeatID) (all []benchmark.Hindrance) {
	s.table.Read(func(n *benchmark.Network) {
		at, _ := n.Seat(seat)
		all = slices.Collect(at.Hindrances())
	})
	return all
}

// One post that isn't taken, while others are, is told of once however long it is so, and
// is no seat that can't be posted to. It is over when it is taken.
func TestOnePostIsToldOfOnce(t *testing.T) {
	for why, every := range map[chat.Obstacle]time.Duration{chat.NotAllowed: 2 * time.Hour, chat.Declined: 24 * time.Hour} {
		t.Run(string(why), func(t *testing.T) {
			onStage(t, 3, func(t *testing.T, s *stage) {
				s.pass(0)
				strange := true
				s.fail(func(_ context.Context, c playground.Call) error {
					if strange && c.Key == shownSouth[0] {
						return &chat.Unreachable{Why: why, Alone: true, Err: errBroken}
					}
					return nil
				})
				s.show()
				s.pass(time.Hour)
				for range 6 {
					time.Sleep(every)
					s.talk("a remark")
					s.pass(time.Minute)
					if n := s.tables.OutOfReach(); n != 0 {
						t.Fatalf("%d seats can't be posted to while remarks go there", n)
					}
				}
				if got := len(s.relayed()); got != 6 {
					t.Errorf("%d remarks stand at the other seat", got)
				}
				if n := s.toldOfSeats(); n != 1 {
					t.Errorf("the facilitator was told %d times, want once", n)
				}
				if len(s.hindrances("s2")) != 1 {
					t.Errorf("hindered by %+v", s.hindrances("s2"))
				}
				strange = false
				s.pass(time.Hour + time.Minute)
				s.stands(shownSouth...)
				if left := s.hindrances("s2"); len(left) != 0 {
					t.Errorf("once it is taken, hindered by %+v", left)
				}
			})
		})
	}
}

// What kept one post from a seat is over when it is given up, or owed no more.
func TestOnePostOwedNoMore(t *testing.T) {
	const relay = "relay/m1/s2"
	declined := &chat.Unreachable{Why: chat.Declined, Alone: true, Err: errBroken}
	for name, end := range map[string]func(s *stage) error{
		"refused for good": func(*stage) error { return chat.ErrRefused },
		"too old": func(s *stage) error {
			time.Sleep(31 * 24 * time.Hour)
			s.talk("another remark")
			return declined
		},
	} {
		t.Run(name, func(t *testing.T) {
			onStage(t, 3, func(t *testing.T, s *stage) {
				s.pass(0)
				fault := error(declined)
				s.fail(func(_ context.Context, c playground.Call) error {
					if c.Key == relay {
						return fault
					}
					return nil
				})
				s.talk("a remark")
				s.pass(time.Hour)
				if all := s.hindrances("s2"); len(all) != 1 || all[0].Key != relay {
					t.Fatalf("hindered by %+v", all)
				}
				fault = end(s)
				s.pass(time.Hour + time.Minute)
				for _, h := range s.hindrances("s2") {
					if h.Key != "" {
						t.Errorf("still hindered by %+v", h)
					}
				}
			})
		})
	}
}

// A post that isn't taken, now for one reason and now for another, is told of all the
// same.
func TestReasonsThatChange(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(0)
		tries := 0
		s.fail(func(_ context.Context, c playground.Call) error {
			if c.Key != shownSouth[0] {
				return nil
			}
			if tries++; tries%2 == 0 {
				return errBroken
			}
			return &chat.Unreachable{Why: chat.Declined, Alone: true, Err: errBroken}
		})
		s.show()
		s.pass(6 * time.Hour)
		if n := s.toldOfSeats(); n != 1 {
			t.Errorf("the facilitator was told %d times, want once", n)
		}
		if tries > 60 {
			t.Errorf("%d tries in six hours", tries)
		}
	})
}

// A platform that doesn't let the bot in is asked for one thing now and then, and nothing
// else is begun. Somebody who leads hears of it where they can, and everything comes once
// the bot is let in.
func TestSignedOut(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		for _, name := range []string{"second", "third", "fourth"} {
			if err := s.chat.Channel(chat.ChannelID{Connection: "south", Channel: name}); err != nil {
				t.Fatal(err)
			}
			do(t, s.table, "p1", benchmark.TakeSeat{Connection: "south", Channel: name})
		}
		s.pass(time.Minute)
		out := true
		s.fail(func(_ context.Context, c playground.Call) error {
			if out && (c.Connection == "south") {
				return &chat.Unreachable{Why: chat.SignedOut, Err: errBroken}
			}
			return nil
		})
		begunBefore, callsBefore := s.begunAtSouth(), len(s.calls)
		s.talk("a remark")
		s.talk("another")
		s.show()
		s.pass(time.Hour)
		if n := s.begunAtSouth() - begunBefore; n > 1 {
			t.Errorf("%d duties were begun while the platform lets nobody in", n)
		}
		tries := 0
		for _, c := range s.calls[callsBefore:] {
			if c.Connection == "south" {
				tries++
			}
		}
		if tries > 12 {
			t.Errorf("%d calls in an hour", tries)
		}
		if n := s.toldOfSeats(); n != 1 {
			t.Errorf("the facilitator was told %d times, want once", n)
		}
		if n := s.tables.OutOfReach(); n != 4 {
			t.Errorf("%d seats can't be posted to, want all four of the platform", n)
		}
		out = false
		s.pass(time.Hour + time.Minute)
		s.stands(shownSouth...)
		if left := s.hindrances("s2"); len(left) != 0 {
			t.Errorf("let in again, hindered by %+v", left)
		}
	})
}

// begunAtSouth is how many duties at the seats there were written down as begun.
func (s *stage) begunAtSouth() (n int) {
	for entry, err := range s.store.Journal.Read(context.Background(), string(net), 1) {
		if err != nil {
			s.t.Fatalf("read: %v", err)
		}
		if entry.Kind == "duty.begun" && !strings.Contains(string(entry.Data), "/s1") && strings.Contains(string(entry.Data), "/s") {
			n++
		}
	}
	return n
}

// A thread that has been deleted takes no more of what is said elsewhere: that is told,
// once a day at most, and keeps nothing else from the seat.
func TestThreadGone(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(0)
		s.fail(func(_ context.Context, c playground.Call) error {
			if c.Method == "Post" && c.Channel == south && c.Post != (chat.PostID{}) {
				return errors.Join(errBroken, chat.ErrGone)
			}
			return nil
		})
		s.talk("a remark")
		s.talk("another")
		s.pass(time.Minute)
		if n := s.toldOfSeats(); n != 1 {
			t.Errorf("the facilitator was told %d times, want once", n)
		}
		s.show()
		s.pass(time.Minute)
		s.stands(shownSouth...)
		if n := s.tables.OutOfReach(); n != 0 {
			t.Errorf("%d seats can't be posted to", n)
		}
	})
}

// Where the bot hears what is said and may not post, what is said there has it try now and
// then only.
func TestHearingIsNoWayIn(t *testing.T) {
	for why, most := range map[chat.Obstacle]int{chat.NotAllowed: 14, chat.NoRight: 14, chat.Archived: 70} {
		t.Run(string(why), func(t *testing.T) {
			onStage(t, 3, func(t *testing.T, s *stage) {
				s.pass(0)
				barred := true
				s.fail(func(_ context.Context, c playground.Call) error {
					if barred && c.Channel == south {
						return &chat.Unreachable{Why: why, Err: errBroken}
					}
					return nil
				})
				s.talk("a remark")
				s.pass(time.Minute)
				s.calls = nil
				for range 120 {
					s.courier.Reachable(context.Background(), south)
					s.pass(30 * time.Second)
				}
				tries := 0
				for _, c := range s.calls {
					if c.Channel == south {
						tries++
					}
				}
				if tries > most || tries < 3 {
					t.Errorf("%d tries in an hour", tries)
				}
				barred = false
				s.pass(time.Hour + time.Minute)
				if len(s.relayed()) != 1 {
					t.Error("the remark doesn't stand")
				}
			})
		})
	}
}
