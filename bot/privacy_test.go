package bot_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/journal/sqlite"
)

// berta is who is erased in these tests.
var berta = chat.PersonID{Connection: "north", User: "berta-user-id"}

// forgetful is a platform that notes whom it is to forget.
type forgetful struct {
	chat.Platform
	forgot []chat.PersonID
}

func (f *forgetful) Forget(id chat.PersonID) { f.forgot = append(f.forgot, id) }

// marks are what says who she is, or what she said.
var marks = []string{"Berta Quillwright", "berta-user-id", "Zanzibar", "midwife of the north", "We lowered the beds", "earlier words", "a new ward", "the old ward", "Ask the night staff", "What is a garden"}

// livesWithBerta is a network at two seats, on a real file, in which Berta says all
// that one can.
func livesWithBerta(t *testing.T) (file string, ts *bot.Tables, c *bot.Courier, p *playground.Chat, platform *forgetful) {
	t.Helper()
	now := time.Now().Truncate(time.Second)
	clock := func() time.Time { return now }
	file = filepath.Join(t.TempDir(), "roundtable.db")
	store, err := sqlite.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	p = playground.New(clock)
	for _, in := range []chat.ChannelID{north, south} {
		if err := p.Channel(in); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Join(chat.Person{ID: berta, Name: "Berta Quillwright"}); err != nil {
		t.Fatal(err)
	}
	ts = bot.NewTables(store, clock, weekdays)
	t.Cleanup(ts.Close)
	compose := func(n *benchmark.Network, d benchmark.Duty) func() (chat.Message, error) {
		text := words(n, d)
		if d.Kind == benchmark.FarewellDuty {
			text = "Farewell, " + n.Recipient(d).Name
		}
		return func() (chat.Message, error) { return chat.Say(text), nil }
	}
	platform = &forgetful{Platform: p.Platform("north")}
	c = bot.NewCourier(ts, map[string]chat.Platform{"north": platform, "south": p.Platform("south")}, compose, quiet)
	table := found(t, ts, 2)
	do(t, table, "p1", benchmark.TakeSeat{Connection: "south", Channel: "falls"})
	do(t, table, "", benchmark.Join{
		Person:       benchmark.Identity{Connection: "north", User: berta.User, Name: "Berta Quillwright", Zone: "Africa/Dar_es_Salaam", Workspace: "Zanzibar"},
		Organisation: "Org 1", Profession: "midwife of the north",
	})
	do(t, table, "p1", benchmark.Vouch{Newcomer: "p3", Yes: true})
	open(t, table, now)
	deliver(t, c)
	said := benchmark.Post{Connection: "north", Channel: "falls", Message: "said"}
	for _, intent := range []benchmark.Intent{
		benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "earlier words", Seat: "s1", Post: said},
		benchmark.Revise{Post: said, Text: "We lowered the beds"},
		noted(30, "a new ward"), noted(31, "the old ward"),
		benchmark.Learn{Text: "Ask the night staff"},
		benchmark.Ask{Text: "What is a garden?"},
	} {
		do(t, table, "p3", intent)
	}
	deliver(t, c)
	return file, ts, c, p, platform
}

func noted(numerator float64, note string) benchmark.Submit {
	return benchmark.Submit{Items: []benchmark.Item{{
		Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: numerator, Denominator: 1000}, Note: note,
	}}}
}

func deliver(t *testing.T, c *bot.Courier) {
	t.Helper()
	if err := c.Deliver(t.Context(), net); err != nil {
		t.Fatal(err)
	}
}

// inFolder returns which of the marks are found in the folder of the file, in whatever
// the store keeps there.
func inFolder(t *testing.T, file string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(filepath.Dir(file), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, mark := range marks {
			if bytes.Contains(content, []byte(mark)) {
				found = append(found, mark)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Nothing is left on the disk of who is erased: no name, no address, no word, in no file
// of the store. What was passed on is edited, and the last word comes in between.
func TestErasedPersonIsGoneFromTheDisk(t *testing.T) {
	file, ts, c, p, platform := livesWithBerta(t)
	if found := inFolder(t, file); !slices.Contains(found, "Berta Quillwright") || !slices.Contains(found, "We lowered the beds") {
		t.Fatalf("on the disk are only %q", found)
	}
	table, err := ts.Table(t.Context(), net)
	if err != nil {
		t.Fatal(err)
	}
	if traces, err := table.Traces(t.Context(), berta); err != nil || len(traces) < 10 {
		t.Errorf("%d traces, %v", len(traces), err)
	}
	do(t, table, "p3", benchmark.EraseMe(benchmark.Address(berta)))
	deliver(t, c)
	if found := inFolder(t, file); len(found) > 0 {
		t.Errorf("on the disk are still %q", found)
	}
	for _, in := range []chat.ChannelID{north, south} {
		for _, root := range p.Posts(in) {
			for _, reply := range p.Thread(root.ID) {
				if text := reply.Message.Text; text != "withdrawn" {
					t.Errorf("in %s stands %q", in.Connection, text)
				}
			}
		}
	}
	if !slices.Equal(platform.forgot, []chat.PersonID{berta}) {
		t.Errorf("the platform forgot %v", platform.forgot)
	}
	last := p.Directs(berta)
	if len(last) == 0 || last[len(last)-1].Message.Text != "Farewell, Berta Quillwright" {
		t.Errorf("the last word was %+v", last)
	}
	if tables, _, err := ts.Knowing(t.Context(), berta); err != nil || len(tables) > 0 {
		t.Errorf("%d networks know her, %v", len(tables), err)
	}
	if traces, err := table.Traces(t.Context(), berta); err != nil || len(traces) > 0 {
		t.Errorf("%d traces are left, %v", len(traces), err)
	}
}

// Who has left is known until they are erased, by themselves wherever they ask.
func TestWhoHasLeftIsKnown(t *testing.T) {
	file, ts, c, _, _ := livesWithBerta(t)
	table, err := ts.Table(t.Context(), net)
	if err != nil {
		t.Fatal(err)
	}
	do(t, table, "p3", benchmark.Leave{})
	if in, err := ts.Of(t.Context(), berta); err != nil || len(in) > 0 {
		t.Errorf("she is in %d networks, %v", len(in), err)
	}
	if knowing, _, err := ts.Knowing(t.Context(), berta); err != nil || len(knowing) != 1 || knowing[0].ID() != net {
		t.Errorf("%d networks know her, %v", len(knowing), err)
	}
	do(t, table, "", benchmark.EraseMe(benchmark.Address(berta)))
	deliver(t, c)
	if found := inFolder(t, file); len(found) > 0 {
		t.Errorf("on the disk are still %q", found)
	}
}

// After a crash in the midst of an erasure it goes on where it was, whatever had been
// done by then.
func TestErasureOfPersonSurvivesCrashes(t *testing.T) {
	onStage(t, 3, func(t *testing.T, s *stage) {
		s.pass(time.Second)
		s.thinks()
		s.pass(time.Second)
		do(t, s.table, "p1", benchmark.EraseMe(benchmark.Address{Connection: "north", User: "u1"}))
		j := &brittle{store: s.store, broken: true}
		for _, mended := range []bool{false, true, true} {
			j.broken = !mended
			s.tables.Close()
			s.tables = bot.NewTables(j, s.now, weekdays)
			s.courier = bot.NewCourier(s.tables, map[string]chat.Platform{"north": s.chat.Platform("north"), "south": s.chat.Platform("south")}, s.compose, quiet)
			var err error
			if s.table, err = s.tables.Table(t.Context(), net); err != nil {
				t.Fatal(err)
			}
			s.pass(20 * time.Minute)
			if gone := !s.store.holds(t, "A thought.") && !s.store.holds(t, `"Anna"`); gone != mended {
				t.Errorf("with a journal that is mended (%v), gone is %v", mended, gone)
			}
		}
		told := 0
		for _, post := range s.chat.Directs(chat.PersonID{Connection: "north", User: "u1"}) {
			if strings.HasPrefix(post.Message.Key, "farewell/") {
				told++
			}
		}
		if told != 1 {
			t.Errorf("told %d times", told)
		}
	})
}
