package bot_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/journal"
)

// What can go wrong with one message, and what becomes of it.
func TestCourierMeetsFaults(t *testing.T) {
	hang := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	tests := []struct {
		name   string
		fault  func(ctx context.Context) error
		after  time.Duration // when it stands
		stands int
	}{
		{"fails before", func(context.Context) error { return errBroken }, 2 * time.Second, 1},
		{"fails after", func(context.Context) error { return playground.AfterDone(errBroken) }, 0, 1},
		{"told to come later", func(context.Context) error { return &chat.Later{After: time.Minute, Err: errBroken} }, time.Minute, 1},
		{"says nothing", hang, 33 * time.Second, 1},
		{"gone", func(context.Context) error { return chat.ErrGone }, 0, 0},
		{"refused", func(context.Context) error { return chat.ErrRefused }, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			onStage(t, 3, func(t *testing.T, s *stage) {
				tries := 0
				s.fail(func(ctx context.Context, c playground.Call) error {
					if c.Method != "Post" || c.Channel != south {
						return nil
					}
					if tries++; tries == 1 {
						return test.fault(ctx)
					}
					return nil
				})
				if test.after > 3*time.Second {
					s.pass(test.after - 3*time.Second)
					if got := s.chat.Count(openingSouth); got != 0 {
						t.Errorf("it stands too early")
					}
				}
				s.pass(5 * time.Second)
				s.stands(openingNorth)
				if got := s.chat.Count(openingSouth); got != test.stands {
					t.Errorf("it stands %d times, want %d", got, test.stands)
				}
				if tries > 2 {
					t.Errorf("tried %d times", tries)
				}
				dropped := ""
				s.table.Read(func(n *benchmark.Network) { dropped = n.Discharged(openingSouth).Dropped })
				if (dropped != "") != (test.stands == 0) {
					t.Errorf("dropped for %q", dropped)
				}
				do(t, s.table, "p1", answer(1))
				s.pass(time.Second)
				// What was refused as it was may be taken as it is now.
				if got := s.chat.Count(openingSouth); (got == 0) != (test.name == "gone") || got > 1 {
					t.Errorf("with another text, it stands %d times", got)
				}
				if want := s.want(opening); s.says(north, openingNorth) != want || test.name != "gone" && s.says(south, openingSouth) != want {
					t.Errorf("the openings say %q and %q, want %q", s.says(north, openingNorth), s.says(south, openingSouth), want)
				}
			})
		})
	}
}

// Begun, posted, and not known to be: after a restart it is found, and brought
// up to date.
func TestCourierFindsWhatStands(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.fail(func(_ context.Context, c playground.Call) error {
			if c.Method == "Post" || c.Method == "Direct" {
				return playground.AfterDone(errBroken)
			}
			return nil
		})
		s.pass(0)
		s.stands(openingNorth, openingSouth)
		do(t, s.table, "p2", answer(1))
		s.fail(nil)
		s.restart("north", "south")
		s.pass(0)
		s.stands(openingNorth, openingSouth)
		for _, at := range []chat.ChannelID{north, south} {
			key := openingNorth
			if at == south {
				key = openingSouth
			}
			if got, want := s.says(at, key), s.want(opening); got != want {
				t.Errorf("%s says %q, want %q", key, got, want)
			}
		}
		if found := len(s.made("Find", openingSouth)); found != 1 {
			t.Errorf("looked for %d times, want once", found)
		}
	})
}

// A platform that is down holds up only its own places, is asked less and less
// often, and gets everything in order when it is back.
func TestCourierPlatformDown(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(0)
		down := true
		s.fail(func(_ context.Context, c playground.Call) error {
			if down && c.Connection == "south" {
				return errBroken
			}
			return nil
		})
		var said []string
		for k := range 5 {
			said = append(said, fmt.Sprint("remark ", k))
			s.talk(said[k])
			do(t, s.table, "p2", answer(k))
			s.pass(time.Minute)
		}
		if got, want := s.says(north, openingNorth), s.want(opening); got != want {
			t.Errorf("north says %q, want %q", got, want)
		}
		tries := s.made("Edit", openingSouth)
		if len(tries) < 5 || len(tries) > 20 {
			t.Errorf("%d tries in five minutes", len(tries))
		}
		if first, last := tries[1].Sub(tries[0]), tries[len(tries)-1].Sub(tries[len(tries)-2]); last < 8*first {
			t.Errorf("the pauses grew from %v to %v only", first, last)
		}
		down = false
		s.pass(10 * time.Minute)
		if diff := cmp.Diff(s.relayed(), said); diff != "" {
			t.Errorf("relayed (-), said (+):\n%s", diff)
		}
		if got, want := s.says(south, openingSouth), s.want(opening); got != want {
			t.Errorf("south says %q, want %q", got, want)
		}
	})
}

// A platform that never answers costs one wait, not one for each message.
func TestCourierPlatformHangs(t *testing.T) {
	onStage(t, 8, func(t *testing.T, s *stage) {
		for k := range 8 {
			do(t, s.table, benchmark.ParticipantID(fmt.Sprint("p", k+1)), answer(k))
		}
		do(t, s.table, "p1", benchmark.CloseRound{})
		do(t, s.table, "p1", benchmark.PublishRound{}) // and everybody is owed their own view
		s.fail(func(ctx context.Context, c playground.Call) error {
			if c.Connection == "north" {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		})
		begun := time.Now()
		if err := s.courier.Deliver(t.Context(), net); err != nil {
			t.Errorf("Deliver: %v", err)
		}
		s.stands(openingSouth, "summary/2026-Q4/s2", "comparison/2026-Q4/falls/s2")
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("others waited %v", took)
		}
	})
}

// What can't be put into words doesn't keep the rest of its place waiting.
func TestCourierCannotCompose(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.wordless[openingNorth] = true
		do(t, s.table, "p2", answer(1))
		do(t, s.table, "p1", benchmark.CloseRound{})
		do(t, s.table, "p1", benchmark.PublishRound{})
		s.pass(time.Minute)
		s.stands("summary/2026-Q4/s1", "comparison/2026-Q4/falls/s1", openingSouth)
		if got := s.chat.Count(openingNorth); got != 0 {
			t.Errorf("%d without words", got)
		}
		s.wordless[openingNorth] = false
		s.pass(time.Minute)
		s.stands(openingNorth)
	})
}

// A connection that isn't configured keeps nobody waiting, and gets its posts
// when it is back.
func TestCourierMissingConnection(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.restart("south")
		s.pass(5 * time.Second)
		s.stands(openingSouth)
		if got := s.chat.Count(openingNorth); got != 0 {
			t.Errorf("north got %d posts", got)
		}
		s.restart("north", "south")
		s.pass(time.Second)
		s.stands(openingNorth, openingSouth)
	})
}

// DeliverDue looks after the networks that owe something and reads no others.
func TestDeliverDue(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(0)
		ulcers := chat.ChannelID{Connection: "north", Channel: "ulcers"}
		if err := s.chat.Channel(ulcers); err != nil {
			t.Fatal(err)
		}
		if _, err := s.tables.Found(t.Context(), benchmark.Actor{}, founding("asleep", ulcers)); err != nil {
			t.Fatal(err)
		}
		s.pass(0) // its channel is welcomed
		s.restart("north", "south")
		before := s.store.entriesRead.Load()
		s.pass(time.Minute)
		if read := s.store.entriesRead.Load() - before; read > 0 {
			t.Errorf("%d entries were read of networks that owe nothing", read)
		}
	})
}

// What was due and is not any more, nothing having happened, wakes nobody.
func TestDeliverDueWithoutReason(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(0)
		s.fail(func(context.Context, playground.Call) error { return errBroken })
		morning := time.Date(2000, time.January, 12, 9, 0, 0, 0, time.UTC) // three working days before
		time.Sleep(time.Until(morning))
		s.pass(time.Minute)
		time.Sleep(time.Until(morning.Add(11 * time.Hour))) // too late for a nudge
		s.pass(time.Minute)
		due, next, err := s.store.Due(t.Context(), time.Now())
		if want := morning.AddDate(0, 0, 1); err != nil || len(due) > 0 || !next.Equal(want) {
			t.Errorf("in the evening %v are due, then %v, %v; want none, then %v", due, next, err, want)
		}
		s.fail(nil)
		time.Sleep(time.Until(next))
		s.pass(time.Second)
		for k := range 3 {
			s.stands(fmt.Sprintf("nudge/2026-Q4/p%d/before-due", k+1))
		}
	})
}

// Many changes while the courier is busy are attended to together.
func TestStartCoalesces(t *testing.T) {
	onStage(t, 30, func(t *testing.T, s *stage) {
		s.pass(0)
		release := make(chan struct{})
		s.fail(func(_ context.Context, _ playground.Call) error {
			<-release
			return nil
		})
		ctx, cancel := context.WithCancel(t.Context())
		for k := range 30 {
			do(t, s.table, benchmark.ParticipantID(fmt.Sprint("p", k+1)), answer(k))
			s.courier.Start(ctx, net)
			synctest.Wait()
		}
		close(release)
		synctest.Wait()
		if got := len(s.made("Edit", openingNorth)); got > 2 {
			t.Errorf("%d edits for 30 answers", got)
		}
		if got, want := s.says(north, openingNorth), s.want(opening); got != want {
			t.Errorf("north says %q, want %q", got, want)
		}
		cancel()
		s.courier.Wait()
	})
}

// When the context ends, everything stops, and nothing begins after it.
func TestCourierStops(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.fail(func(ctx context.Context, _ playground.Call) error { <-ctx.Done(); return ctx.Err() })
		ctx, cancel := context.WithCancel(t.Context())
		s.tables.OnChange(func(id benchmark.NetworkID) { s.courier.Start(ctx, id) })
		s.courier.Start(ctx, net)
		synctest.Wait()
		cancel()
		s.courier.Wait()
		s.courier.Start(ctx, net)
		s.courier.Wait()
		if err := s.courier.Deliver(ctx, net); !errors.Is(err, context.Canceled) {
			t.Errorf("Deliver after the end: %v", err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		s.fail(func(_ context.Context, c playground.Call) error {
			if c.Method == "Post" {
				cancel()
			}
			return nil
		})
		if err := s.courier.Deliver(ctx, net); !errors.Is(err, context.Canceled) {
			t.Errorf("Deliver, ended by a post: %v", err)
		}
		s.courier.Wait()
		s.table.Read(func(n *benchmark.Network) {
			for _, key := range []string{openingNorth, openingSouth} {
				if s.chat.Count(key) != n.Discharged(key).Done {
					t.Errorf("%s stands %d times, done %d", key, s.chat.Count(key), n.Discharged(key).Done)
				}
			}
		})
		s.fail(nil)
		s.pass(time.Minute)
		s.stands(openingNorth, openingSouth)
	})
}

// A store that fails is not tried every second, and what was done is not done
// again when it is back.
func TestCourierWithoutStore(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		tries := 0
		s.store.fail(func(_ journal.Batch, write func() error) error {
			if tries++; tries > 1 { // so that one duty is begun, and done in vain
				return journal.ErrFull
			}
			return write()
		})
		s.pass(5 * time.Minute)
		if tries < 5 || tries > 40 {
			t.Errorf("%d tries in five minutes", tries)
		}
		s.store.fail(nil)
		s.pass(10 * time.Minute)
		s.stands(openingNorth, openingSouth)
	})
}
