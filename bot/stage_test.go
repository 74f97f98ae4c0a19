package bot_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// stage is a network at two seats, north and south, with its courier. It stands
// in a bubble of time.
type stage struct {
	t       failer
	now     func() time.Time
	store   *store
	chat    *playground.Chat
	tables  *bot.Tables
	table   *bot.Table
	courier *bot.Courier

	mu    sync.Mutex
	calls []call // that were made to the chat
	fault func(ctx context.Context, c playground.Call) error
	// rendering, when set, is called when a duty is put into words.
	rendering func(d benchmark.Duty)
	// wordless are duties that can't be put into words.
	wordless map[string]bool
}

type call struct {
	playground.Call
	at time.Time
}

// onStage plays in a bubble with an open round of so many organisations.
func onStage(t *testing.T, organisations int, play func(t *testing.T, s *stage)) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, time.Now, organisations)
		play(t, s)
		s.tables.Close()
	})
}

// failer is a test, or one of many that rapid makes.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

func newStage(t failer, now func() time.Time, organisations int) *stage {
	t.Helper()
	s := &stage{t: t, now: now, store: newStore(), chat: playground.New(now), wordless: map[string]bool{}}
	for _, c := range []chat.ChannelID{north, south} {
		if err := s.chat.Channel(c); err != nil {
			t.Fatalf("channel: %v", err)
		}
	}
	for k := range organisations {
		if err := s.chat.Join(chat.Person{ID: chat.PersonID{Connection: "north", User: fmt.Sprint("u", k+1)}}); err != nil {
			t.Fatalf("join: %v", err)
		}
	}
	s.chat.InjectFaults(s.called)
	s.restart("north", "south")
	s.table = found(t, s.tables, organisations)
	do(t, s.table, "p1", benchmark.TakeSeat{Connection: "south", Channel: "falls"})
	if err := s.courier.Deliver(context.Background(), net); err != nil { // the welcomes
		t.Fatalf("Deliver: %v", err)
	}
	s.calls = nil
	open(t, s.table, now())
	return s
}

// restart drops everything that is only in memory.
func (s *stage) restart(connections ...string) {
	platforms := map[string]chat.Platform{}
	for _, name := range connections {
		platforms[name] = s.chat.Platform(name)
	}
	s.tables = bot.NewTables(s.store, s.now, weekdays)
	s.courier = bot.NewCourier(s.tables, platforms, s.compose, quiet)
	if s.table != nil {
		t, err := s.tables.Table(context.Background(), net)
		if err != nil {
			s.t.Fatalf("load: %v", err)
		}
		s.table = t
	}
}

// compose says what the network is like, so that a post that isn't up to date
// can be told.
func (s *stage) compose(n *benchmark.Network, d benchmark.Duty) func() (chat.Message, error) {
	text := words(n, d)
	return func() (chat.Message, error) {
		if s.rendering != nil {
			s.rendering(d)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.wordless[d.Key] {
			return chat.Message{}, errors.New("no picture")
		}
		return chat.Say(text), nil
	}
}

func words(n *benchmark.Network, d benchmark.Duty) string {
	switch d.Kind {
	case benchmark.OpeningDuty:
		r, _ := n.Round(d.Round)
		return fmt.Sprintf("%s %+v", r.Phase, n.Progress(r))
	case benchmark.SummaryDuty:
		r, _ := n.Round(d.Round)
		text := fmt.Sprint(r.Publications)
		for _, o := range n.Organisations {
			v, _ := r.Submission(o.ID, "falls")
			text += fmt.Sprint(" ", v.Figure.Numerator)
		}
		return text
	case benchmark.PrivateDuty:
		r, _ := n.Round(d.Round)
		v, _ := r.Submission("o1", "falls")
		return "own view: " + n.Text(v.Note)
	case benchmark.RelayDuty:
		return reads(n, n.Topic(d.Topic).Contributions[d.Contribution])
	default:
		return d.Key
	}
}

// reads is how a contribution reads where it is passed on.
func reads(n *benchmark.Network, c benchmark.Contribution) string {
	if c.Withdrawn {
		return "withdrawn"
	}
	return n.Text(c.Text)
}

// called notes every call that changes something, and lets the fault decide.
func (s *stage) called(ctx context.Context, c playground.Call) error {
	s.mu.Lock()
	s.calls = append(s.calls, call{c, s.now()})
	fault := s.fault
	s.mu.Unlock()
	if fault == nil {
		return nil
	}
	return fault(ctx, c)
}

func (s *stage) fail(fault func(ctx context.Context, c playground.Call) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

// made returns when calls of that kind were made, with the key.
func (s *stage) made(method, key string) (at []time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		if c.Method == method && c.Key == key {
			at = append(at, c.at)
		}
	}
	return at
}

// pass lets so much time go by, with a courier that is woken every second.
func (s *stage) pass(d time.Duration) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	for end := time.Now().Add(d); ; {
		if err := s.courier.DeliverDue(ctx, time.Now()); err != nil {
			s.t.Errorf("DeliverDue: %v", err)
		}
		synctest.Wait()
		if !time.Now().Before(end) {
			break
		}
		time.Sleep(time.Second)
	}
	cancel()
	s.courier.Wait()
}

// stands fails the test unless each key stands exactly once in the chat.
func (s *stage) stands(keys ...string) {
	s.t.Helper()
	for _, key := range keys {
		if got := s.chat.Count(key); got != 1 {
			s.t.Errorf("%s stands %d times, want once", key, got)
		}
	}
}

// says returns the text of the root with the key.
func (s *stage) says(in chat.ChannelID, key string) string {
	for _, p := range s.chat.Posts(in) {
		if p.Message.Key == key {
			return p.Message.Text
		}
	}
	return ""
}

// want is what a duty would say now.
func (s *stage) want(d benchmark.Duty) (text string) {
	s.table.Read(func(n *benchmark.Network) { text = words(n, d) })
	return text
}

const openingNorth, openingSouth = "opening/2026-Q4/s1", "opening/2026-Q4/s2"

var (
	opening = benchmark.Duty{Kind: benchmark.OpeningDuty, Round: "2026-Q4"}
	summary = benchmark.Duty{Kind: benchmark.SummaryDuty, Round: "2026-Q4"}
)

// talk has somebody say something in the opening's thread at north.
func (s *stage) talk(text string) {
	s.t.Helper()
	do(s.t, s.table, "p1", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: text, Seat: "s1"})
}

// relayed are what stands in the opening's thread at south.
func (s *stage) relayed() (texts []string) {
	for _, p := range s.chat.Posts(south) {
		if p.Message.Key == openingSouth {
			for _, reply := range s.chat.Thread(p.ID) {
				texts = append(texts, reply.Message.Text)
			}
		}
	}
	return texts
}
