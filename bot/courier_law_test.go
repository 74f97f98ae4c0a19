package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/journal"
)

// Whatever fails, and whenever the program dies, during a whole round: in the
// end everything that was owed stands once, is up to date and in order.
func TestEverythingStandsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &life{T: t, now: time.Date(2027, time.January, 4, 9, 0, 0, 0, time.UTC)}
		l.stage = newStage(t, func() time.Time { return l.now }, 3)
		t.Repeat(map[string]func(*rapid.T){
			"answer":  func(t *rapid.T) { l.somebody(answer(rapid.IntRange(1, 1000).Draw(t, "numerator"))) },
			"correct": func(t *rapid.T) { l.correct(rapid.IntRange(1, 1000).Draw(t, "numerator")) },
			"remark":  l.remark,
			"rewrite": func(t *rapid.T) { l.somebody(benchmark.Revise{Post: aMessage(t), Text: remarks(t)}) },
			"delete":  func(t *rapid.T) { l.somebody(benchmark.TakeBack{Post: aMessage(t)}) },
			"ask":     func(*rapid.T) { l.somebody(benchmark.Ask{Indicator: "falls", Text: "Why?"}) },
			"leave":   func(*rapid.T) { l.somebody(benchmark.Leave{}) },
			"close":   func(*rapid.T) { l.facilitator(benchmark.CloseRound{}) },
			"publish": func(*rapid.T) { l.facilitator(benchmark.PublishRound{}) },
			"reopen": func(*rapid.T) {
				l.facilitator(benchmark.ReopenRound{Closes: l.now.AddDate(0, 0, 2), Reason: "More to come."})
			},
			"wait": func(t *rapid.T) {
				l.now = l.now.Add(time.Duration(rapid.IntRange(1, 100).Draw(t, "hours")) * time.Hour)
			},
			"deliver": l.deliver,
			"die":     func(*rapid.T) { l.stage.restart("north", "south") },
		})
		l.settle()
		l.check()
	})
}

// life is a round that rapid lives.
type life struct {
	*rapid.T
	stage *stage
	now   time.Time
}

// somebody does something, if they may.
func (l *life) somebody(intent benchmark.Intent) {
	who := benchmark.ParticipantID("p" + strconv.Itoa(rapid.IntRange(1, 3).Draw(l.T, "who")))
	l.by(who, intent)
}

func (l *life) facilitator(intent benchmark.Intent) { l.by("p1", intent) }

func (l *life) by(who benchmark.ParticipantID, intent benchmark.Intent) {
	_, err := l.stage.table.Do(context.Background(), benchmark.Actor{By: who}, intent)
	var one *benchmark.Refusal
	var many benchmark.Refusals
	if err != nil && !errors.As(err, &one) && !errors.As(err, &many) {
		l.Fatalf("%T: %v", intent, err)
	}
}

func (l *life) correct(numerator int) {
	a := answer(numerator)
	a.Reason = "We counted again."
	l.somebody(a)
}

// remark says something in any thread that stands at a seat.
func (l *life) remark(t *rapid.T) {
	topic := rapid.SampledFrom([]benchmark.TopicID{benchmark.RoundTopic("2026-Q4"), benchmark.SummaryTopic("2026-Q4"), benchmark.ComparisonTopic("2026-Q4", "falls")}).Draw(t, "topic")
	seat := rapid.SampledFrom([]benchmark.SeatID{"s1", "s2"}).Draw(t, "seat")
	l.somebody(benchmark.Contribute{Topic: topic, Seat: seat, Text: remarks(t), Post: aMessage(t)})
}

// remarks are words that are like no others.
func remarks(t *rapid.T) string {
	return fmt.Sprint("remark ", rapid.Uint64().Draw(t, "remark"))
}

func aMessage(t *rapid.T) benchmark.Post {
	return benchmark.Post{Connection: "north", Channel: "falls", Message: fmt.Sprint("said", rapid.IntRange(1, 9).Draw(t, "message"))}
}

// What may happen to a call to the chat, or to a write to the journal.
const (
	fine = iota
	failsBefore
	failsAfter
	diesBefore
	diesAfter
	later
)

var errDead = errors.New("the program is dead")

// deliver lets the courier work while things go wrong.
func (l *life) deliver(t *rapid.T) {
	fates := rapid.SliceOfN(rapid.SampledFrom([]int{fine, fine, fine, fine, failsBefore, failsAfter, diesBefore, diesAfter, later}), 0, 20).Draw(t, "fates")
	ctx, die := context.WithCancel(context.Background())
	defer die()
	next := func() (fate int) {
		if ctx.Err() != nil {
			return diesBefore
		}
		if len(fates) > 0 {
			fate, fates = fates[0], fates[1:]
		}
		return fate
	}
	l.stage.fail(func(context.Context, playground.Call) error {
		switch next() {
		case failsBefore:
			return errBroken
		case failsAfter:
			return playground.AfterDone(errBroken)
		case diesBefore:
			die()
			return errDead
		case diesAfter:
			die()
			return playground.AfterDone(errDead)
		case later:
			return &chat.Later{After: time.Duration(len(fates)) * time.Minute, Err: errBroken} // or at once
		}
		return nil
	})
	l.stage.store.fail(func(_ journal.Batch, write func() error) error {
		switch next() {
		case failsBefore, later:
			return journal.ErrFull
		case failsAfter:
			return errors.Join(write(), errBroken)
		case diesBefore:
			die()
			return errDead
		case diesAfter:
			die()
			return errors.Join(write(), errDead)
		}
		return write()
	})
	_ = l.stage.courier.Deliver(ctx, net) // it may have failed, or died
	alive := ctx.Err() == nil
	die()
	l.stage.courier.Wait()
	l.stage.fail(nil)
	l.stage.tables.Close()
	l.stage.store.fail(nil)
	if !alive {
		l.stage.restart("north", "south")
	}
}

// settle lets everything come that is owed now.
func (l *life) settle() {
	l.now = l.now.Add(2 * time.Hour) // past every pause
	if err := l.stage.courier.Deliver(context.Background(), net); err != nil {
		l.Fatalf("Deliver: %v", err)
	}
	l.stage.tables.Close()
}

func (l *life) check() {
	published := false
	begun, done := map[string]bool{}, map[string]bool{} // as the journal has it
	l.stage.table.Read(func(n *benchmark.Network) {
		published = n.Current().Phase == benchmark.Published
		for _, d := range n.Duties(l.now, nil) {
			if !d.NotBefore.After(l.now) {
				l.Errorf("%s is still owed", d.Key)
			}
		}
		for _, e := range l.stage.store.events(l, net) {
			switch key := l.contentOf(e).Key; e.Kind() {
			case "duty.begun":
				begun[key] = true
			case "duty.done":
				done[key] = true
			}
		}
	})
	keys := l.stage.chat.Keys()
	for key := range done {
		if keys[key] != 1 && l.hasPost(key) {
			l.Errorf("%s stands %d times, want once", key, keys[key])
		}
	}
	for key, count := range keys {
		if !begun[key] || count != 1 { // done or not: a draft isn't owed any more once all see the round
			l.Errorf("%s stands %d times, begun: %v", key, count, begun[key])
		}
	}
	l.passedOn()
	for _, at := range []struct {
		channel chat.ChannelID
		seat    string
	}{{north, "s1"}, {south, "s2"}} {
		for _, d := range []benchmark.Duty{opening, summary} {
			key := string(d.Kind) + "/2026-Q4/" + at.seat
			if d.Kind == benchmark.SummaryDuty && !published { // not yet, or shown again when the round closes again
				continue
			}
			if got, want := l.stage.says(at.channel, key), l.stage.want(d); got != want {
				l.Errorf("%s says %q, want %q", key, got, want)
			}
		}
		for _, root := range l.stage.chat.Posts(at.channel) {
			l.inOrder(l.stage.chat.Thread(root.ID))
		}
	}
}

// hasPost says whether a duty that is done stands somewhere: one that erases
// doesn't, nor need what was taken back before anybody could read it.
func (l *life) hasPost(key string) (has bool) {
	l.stage.table.Read(func(n *benchmark.Network) {
		number := 0
		_, _ = fmt.Sscanf(key, "relay/m%d/", &number) // any other key is of no contribution
		c, _, _ := n.Contribution(number)
		has = !c.Withdrawn && !strings.HasPrefix(key, "erase/")
	})
	return has
}

// passedOn: what was said elsewhere reads as it does now, and what was taken back
// stands nowhere.
func (l *life) passedOn() {
	l.stage.table.Read(func(n *benchmark.Network) {
		for k := 1; ; k++ {
			c, _, ok := n.Contribution(k)
			if !ok {
				break
			}
			for _, seat := range []string{"s1", "s2"} {
				key := fmt.Sprintf("relay/m%d/%s", k, seat)
				stands := chat.PostID(n.Discharged(key).Post)
				if p, found := l.stage.chat.Post(stands); found && p.Message.Text != reads(n, c) {
					l.Errorf("%s reads %q, want %q", key, p.Message.Text, reads(n, c))
				}
			}
		}
	})
	of, back := map[benchmark.TextID]int{}, map[int]bool{}
	events := l.stage.store.events(l, net)
	for _, e := range events {
		switch b := l.contentOf(e); e.Kind() {
		case "contribution.made", "contribution.revised":
			of[b.Text] = b.Contribution
		case "contribution.withdrawn":
			back[b.Contribution] = true
		}
	}
	for _, e := range events {
		if text := l.contentOf(e); e.Kind() == "text.written" && back[of[text.Text]] {
			l.Errorf("the journal holds %q still, which was taken back", text.Body)
		}
	}
}

// content is what the journal says of the events that this test looks into.
type content struct {
	Key          string           // of a duty
	Text         benchmark.TextID // of what was written
	Body         string
	Contribution int
}

// contentOf is zero for what was erased.
func (l *life) contentOf(e benchmark.Event) content {
	var c struct{ Body content }
	r, err := e.Encode()
	if err != nil {
		return content{} // erased
	}
	if err := json.Unmarshal(r.Data, &c); err != nil {
		l.Fatal(err)
	}
	return c.Body
}

// inOrder: what was said elsewhere comes in the order in which it was said.
func (l *life) inOrder(thread []playground.Post) {
	var numbers []int
	for _, p := range thread {
		if number, ok := strings.CutPrefix(p.Message.Key, "relay/m"); ok {
			number, _, _ = strings.Cut(number, "/")
			k, err := strconv.Atoi(number)
			if err != nil {
				l.Fatalf("key %s: %v", p.Message.Key, err)
			}
			numbers = append(numbers, k)
		}
	}
	if !slices.IsSorted(numbers) {
		l.Errorf("said in the order %v", numbers)
	}
}
