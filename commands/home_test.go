package commands_test

import (
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// twoTables is the stage of openStage, and a second network n2 in which anna is
// too, with an open round.
func twoTables(t *testing.T) *stage {
	s := openStage(t)
	settings := benchmark.DefaultSettings()
	second, err := s.tables.Found(s.ctx, benchmark.Actor{}, benchmark.Found{
		ID: "n2", Name: "Second table", Settings: settings, Connection: homeConnection, Channel: "second", Organisations: []string{"Up", "Down"},
		TemplateName: "T", Indicators: []benchmark.Indicator{{ID: "falls", Title: "Falls", Kind: benchmark.Proportion}},
		Founder: benchmark.Identity{Connection: homeConnection, User: "bo", Name: "Bo"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, intent := range []benchmark.Intent{
		benchmark.Join{Person: benchmark.Identity{Connection: homeConnection, User: "anna", Name: "anna"}, Organisation: "Up"},
		benchmark.OpenRound{Period: "2026-Q3", Due: s.clock.Now().AddDate(0, 0, 5)},
	} {
		if _, err := second.Do(s.ctx, benchmark.Actor{By: benchmark.Bot}, intent); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// directly is something that somebody does in their direct conversation.
func (s *stage) directly(t *testing.T, who, id string, what chat.What) chat.Reply {
	t.Helper()
	r := s.checks.handle(s.commands.Handle)(s.ctx, chat.Incoming{
		ID: id, From: chat.Person{ID: person(who), Name: who}, Channel: playground.Direct(person(who)), Direct: true, What: what,
	})
	if r.Message != nil {
		if err := r.Message.Check(); err != nil {
			t.Error(err)
		}
	}
	if r.Form != nil {
		if err := r.Form.Check(); err != nil {
			t.Error(err)
		}
	}
	if len(s.checks.wrong) > 0 {
		t.Fatalf("%s, %#v: %v", who, what, s.checks.wrong)
	}
	return r
}

func (s *stage) in(t *testing.T, network benchmark.NetworkID, f func(n *benchmark.Network)) {
	t.Helper()
	table, err := s.tables.Table(s.ctx, network)
	if err != nil {
		t.Fatal(err)
	}
	table.Read(f)
}

// button finds the one with the label that belongs to a network.
func button(t *testing.T, r chat.Reply, network, label string) chat.Pressed {
	t.Helper()
	for _, b := range buttonsOf(*r.Message) {
		if b.Label == label && b.Scope == network {
			return chat.Pressed{Action: b.Action, Value: b.Value, Scope: b.Scope}
		}
	}
	t.Fatalf("there is no button %q of %s on %+v", label, network, r.Message.Blocks)
	return chat.Pressed{}
}

// Who sits at two tables sees both, and each button does what it says at its own.
func TestHomeOfTwoTables(t *testing.T) {
	s := twoTables(t)
	page := s.directly(t, "anna", "e1", chat.Entered{})
	if !strings.Contains(page.Message.Text, "Ward safety: The round") || !strings.HasPrefix(page.Message.Text, "Second table: The round") {
		t.Errorf("the page says %q", page.Message.Text)
	}
	s.directly(t, "anna", "e2", button(t, page, "n1", "No more reminders"))
	for network, want := range map[benchmark.NetworkID]bool{"n1": true, "n2": false} {
		s.in(t, network, func(n *benchmark.Network) {
			if me, _ := n.At(benchmark.Address(person("anna"))); me.Muted != want {
				t.Errorf("in %s muted is %v", network, me.Muted)
			}
		})
	}
	form := s.directly(t, "anna", "e3", button(t, page, "n1", "Submit")).Form
	again := s.directly(t, "anna", "e4", chat.Filled{Form: form.Name, State: form.State, Scope: form.Scope, Values: map[string]string{"falls": "412/13"}}).Form
	if again == nil || again.Name != form.Name {
		t.Fatalf("a mistake is answered with %+v", again)
	}
	saved := s.directly(t, "anna", "e5", chat.Filled{Form: again.Name, State: again.State, Scope: again.Scope, Values: map[string]string{"falls": "14/412"}})
	s.in(t, "n1", func(n *benchmark.Network) {
		if v, _ := n.Current().Submission("o1", "falls"); v.Figure.Numerator != 14 {
			t.Errorf("at the first table stands %+v; said was %q", v, saved.Message.Text)
		}
	})
	s.in(t, "n2", func(n *benchmark.Network) {
		if _, answered := n.Current().Submission("o1", "falls"); answered {
			t.Error("the second table got an answer that was meant for the first")
		}
	})
	status := s.directly(t, "anna", "e6", button(t, saved, "n1", "Where we are"))
	if !strings.Contains(status.Message.Text, "third quarter") || button(t, status, "n1", "Submit").Scope == "" {
		t.Errorf("the answer to an answer is %+v", status.Message)
	}
}

// What is typed in a direct conversation can't be guessed to belong to one of two
// tables: it is asked about, and goes on as it was typed.
func TestTypedDirectlyAtTwoTables(t *testing.T) {
	s := twoTables(t)
	asked := s.directly(t, "anna", "d1", chat.Typed{Text: "submit falls 15/412 new ward"})
	for _, network := range []benchmark.NetworkID{"n1", "n2"} {
		s.in(t, network, func(n *benchmark.Network) {
			if v, _ := n.Current().Submission("o1", "falls"); v.Figure.Numerator == 15 {
				t.Errorf("%s took it without asking", network)
			}
		})
	}
	saved := s.directly(t, "anna", "d2", button(t, asked, "n1", "Ward safety"))
	s.in(t, "n1", func(n *benchmark.Network) {
		if v, _ := n.Current().Submission("o1", "falls"); v.Figure.Numerator != 15 || n.Text(v.Note) != "new ward" {
			t.Errorf("at the table that was meant stands %+v; said was %q", v, saved.Message.Text)
		}
	})
	for text, want := range map[string]string{
		"help": "What you can do here",
		"submit falls " + strings.Repeat("9", 2000): "too long to ask",
		"sumbit falls 3/412":                        "I don’t know",
	} {
		if r := s.directly(t, "anna", "d3"+want, chat.Typed{Text: text}); !strings.Contains(r.Message.Text, want) {
			t.Errorf("%.20q is answered with %q, want %q", text, r.Message.Text, want)
		}
	}
	meant := buttonsOf(*s.directly(t, "anna", "d6", chat.Typed{Text: "sumbit falls 3/412"}).Message)[0]
	if r := s.directly(t, "anna", "d7", chat.Pressed{Action: meant.Action, Value: meant.Value}); !strings.Contains(r.Message.Text, "several networks") {
		t.Errorf("what was mistyped, and mended, is answered with %q", r.Message.Text)
	}
	if r := s.directly(t, "bo", "d4", chat.Typed{Text: "status"}); !strings.Contains(r.Message.Text, "several networks") {
		t.Errorf("bo, who is in both, is answered with %q", r.Message.Text)
	}
	if err := s.chat.Join(chat.Person{ID: person("zoe"), Name: "zoe"}); err != nil {
		t.Fatal(err)
	}
	if r := s.directly(t, "zoe", "d5", chat.Typed{Text: "status"}); !strings.Contains(r.Message.Text, "not in a network yet") {
		t.Errorf("zoe, who is in none, is answered with %q", r.Message.Text)
	}
}

// A reminder's button belongs to the network that reminds, whichever is the
// latest.
func TestReminderOfTwoTables(t *testing.T) {
	s := twoTables(t)
	s.in(t, "n1", func(n *benchmark.Network) {
		p, _ := n.At(benchmark.Address(person("anna")))
		m, err := s.commands.Compose(n, benchmark.Duty{Kind: benchmark.NudgeDuty, Participant: p.ID, Round: "2026-Q3", Stage: benchmark.DueDay})()
		if err != nil {
			t.Fatal(err)
		}
		button(t, chat.Reply{Message: &m}, "n1", "Submit")
	})
}

// Nobody gets to a table by its name.
func TestAddressOfAnotherTable(t *testing.T) {
	s := twoTables(t)
	for k, what := range []chat.What{
		chat.Pressed{Action: "at", Value: "n2 status "},
		chat.Pressed{Action: "at", Value: "n2 template "},
		chat.Pressed{Action: "at", Value: "n9 status "},
		chat.Pressed{Action: "at", Value: "n2 join Down"},
		chat.Filled{Form: "at", State: "n2 join ", Values: map[string]string{"organisation": "o2"}},
		chat.Pressed{Action: "status", Scope: "n2"},
		chat.Pressed{Action: "join", Value: "Down", Scope: "n2"},
		chat.Pressed{Action: "status", Scope: "n9"},
		chat.Filled{Form: "join", Scope: "n2", Values: map[string]string{"organisation": "o2"}},
	} {
		r := s.directly(t, "eva", "f"+string(rune('0'+k)), what)
		if r.Message == nil || !strings.Contains(r.Message.Text, "not in that network") {
			t.Errorf("%+v is answered with %+v", what, r)
		}
	}
	for k, what := range []chat.What{
		chat.Pressed{Action: "at", Value: ""},
		chat.Pressed{Action: "at", Value: "n1"},
		chat.Pressed{Action: "at", Value: "n1 at n2 status"},
		chat.Filled{Form: "at", State: "n1 nothing"},
		chat.Pressed{Action: "at", Value: "n2 status ", Scope: "n1"},
		chat.Filled{Form: "nothing", Scope: "n1"},
	} {
		if r := s.directly(t, "anna", "g"+string(rune('0'+k)), what); r.Message == nil {
			t.Errorf("%+v is answered with %+v", what, r)
		}
	}
}

// Buttons and forms of versions before there were scopes still do what they say.
func TestPackedAddress(t *testing.T) {
	s := twoTables(t)
	for k, network := range []benchmark.NetworkID{"n1", "n2"} {
		r := s.directly(t, "anna", "o"+string(rune('0'+k)), chat.Pressed{Action: "at", Value: string(network) + " mute "})
		if r.Message == nil || button(t, r, string(network), "Remind me again").Action != "unmute" {
			t.Errorf("the old button of %s is answered with %+v", network, r)
		}
		s.in(t, network, func(n *benchmark.Network) {
			if me, _ := n.At(benchmark.Address(person("anna"))); !me.Muted {
				t.Errorf("the old button of %s did nothing", network)
			}
		})
	}
	s.directly(t, "anna", "o3", chat.Filled{Form: "at", State: `n1 submit {"round":"2026-Q3"}`, Values: map[string]string{"falls": "16/412"}})
	s.in(t, "n1", func(n *benchmark.Network) {
		if v, _ := n.Current().Submission("o1", "falls"); v.Figure.Numerator != 16 {
			t.Errorf("the old form left %+v", v)
		}
	})
}

// Whoever sits at many tables still gets a page that can be shown.
func TestHomeOfManyTables(t *testing.T) {
	s := openStage(t)
	for k := range 7 {
		id := benchmark.NetworkID("m" + string(rune('0'+k)))
		f := benchmark.Found{
			ID: id, Name: strings.Repeat("N", 75), Settings: benchmark.DefaultSettings(), Connection: homeConnection, Channel: string(id),
			TemplateName: "T", Founder: benchmark.Identity{Connection: homeConnection, User: "ruth", Name: "Ruth"},
		}
		for o := range 30 {
			f.Organisations = append(f.Organisations, strings.Repeat("o", 70)+string(rune('A'+o)))
			f.Indicators = append(f.Indicators, benchmark.Indicator{ID: benchmark.IndicatorID("i" + string(rune('a'+o%26)) + string(rune('a'+o/26))), Title: strings.Repeat("t", 70), Kind: benchmark.Count})
		}
		f.Mine = f.Organisations[0]
		table, err := s.tables.Found(s.ctx, benchmark.Actor{}, f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := table.Do(s.ctx, benchmark.Actor{By: "p1"}, benchmark.OpenRound{Period: "2026-Q3", Due: s.clock.Now().AddDate(0, 0, 5)}); err != nil {
			t.Fatal(err)
		}
	}
	page := s.directly(t, "ruth", "e1", chat.Entered{})
	if !strings.Contains(footnotes(*page.Message), "4 more networks") {
		t.Errorf("the page ends with %q", footnotes(*page.Message))
	}
}

func footnotes(m chat.Message) string {
	text := ""
	for _, b := range m.Blocks {
		if f, is := b.(chat.Footnote); is {
			text += f.Text + "\n"
		}
	}
	return text
}

// A channel that gets another id is answered there as before.
func TestMoved(t *testing.T) {
	s := openStage(t)
	to := chat.ChannelID{Connection: homeConnection, Channel: "renamed"}
	for range 2 { // it arrives twice
		r := s.commands.Handle(s.ctx, chat.Incoming{ID: "moved-1", Channel: s.channel, What: chat.Moved{To: to}})
		if r.Message != nil || r.Form != nil {
			t.Errorf("nobody is answered with %+v", r)
		}
	}
	from := s.channel
	s.channel = to
	if r := s.answers(t, "anna", "a1", chat.Typed{Text: "status"}); !strings.Contains(r.Message.Text, "third quarter") {
		t.Errorf("where it is now: %q", r.Message.Text)
	}
	s.channel = from
	if r := s.answers(t, "anna", "a2", chat.Typed{Text: "status"}); !strings.Contains(r.Message.Text, "No network meets in this channel. You are with") {
		t.Errorf("where it was: %q", r.Message.Text)
	}
	// A channel that is at no table may move as well.
	s.commands.Handle(s.ctx, chat.Incoming{ID: "moved-2", Channel: chat.ChannelID{Connection: homeConnection, Channel: "lunch"}, What: chat.Moved{To: from}})
}
