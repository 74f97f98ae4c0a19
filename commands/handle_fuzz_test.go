package commands_test

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/report"
)

// openStage is a stage with an open round before which there was another:
// ruth facilitates, anna is at North, bo at South, and both have answered; eva
// has not joined.
func openStage(t testing.TB) *stage {
	t.Helper()
	s, err := newStage()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(err)
	t.Cleanup(s.close)
	f, err := os.Open("testdata/kinds.yaml")
	must(err)
	defer func() { must(f.Close()) }()
	template, err := report.ReadTemplate("kinds.yaml", f)
	must(err)
	s.checks.anything = true
	settings := benchmark.DefaultSettings()
	settings.Zone = "Europe/Stockholm"
	_, err = s.tables.Found(s.ctx, benchmark.Actor{}, benchmark.Found{
		ID: networkID, Name: "Ward safety", Settings: settings, Connection: homeConnection, Channel: s.channel.Channel,
		Organisations: []string{"North", "South", "East"}, TemplateName: template.Name, Indicators: template.Indicators,
		Founder: benchmark.Identity{Connection: homeConnection, User: "ruth", Name: "Ruth"},
	})
	must(err)
	for _, who := range []string{"ruth", "anna", "bo", "eva"} {
		must(s.chat.Join(chat.Person{ID: person(who), Name: who}))
	}
	for _, line := range [][2]string{
		{"anna", "/round join North"},
		{"bo", "/round join South"},
		{"ruth", "/round open 2026-Q2 due +1 closes +2"},
		{"anna", "/round submit falls 12/412"},
		{"bo", "/round submit falls 20/400"},
	} {
		_, err := s.chat.Type(s.ctx, person(line[0]), s.channel, line[1])
		must(err)
	}
	must(s.decide(benchmark.CloseRound{Round: "2026-Q2"}))
	must(s.decide(benchmark.PublishRound{Round: "2026-Q2"}))
	for _, line := range [][2]string{
		{"ruth", "/round open 2026-Q3 due +10"},
		{"anna", "/round submit falls 13/412"},
		{"bo", "/round submit falls 21/400"},
	} {
		_, err := s.chat.Type(s.ctx, person(line[0]), s.channel, line[1])
		must(err)
	}
	return s
}

// of is what an organisation has answered, in all rounds.
func (s *stage) of(organisation string) map[string]benchmark.Figure {
	answers := map[string]benchmark.Figure{}
	s.read(func(n *benchmark.Network) {
		o, _ := n.OrganisationNamed(organisation)
		for _, r := range n.Rounds {
			for slot, sub := range r.Submissions {
				if slot.Organisation == o.ID {
					answers[fmt.Sprintf("%s/%s/%d/%s", r.ID, slot.Indicator, len(sub.Versions), sub.Current().Answer)] = sub.Current().Figure
				}
			}
		}
	})
	return answers
}

// phases are the rounds with their phase.
func (s *stage) phases() string {
	text := ""
	s.read(func(n *benchmark.Network) {
		for _, r := range n.Rounds {
			text += fmt.Sprintf("%s %s %v; ", r.ID, r.Phase, r.Closes)
		}
	})
	return text
}

// answers has the commands answer, whatever the chat would say, and checks the
// reply.
func (s *stage) answers(t *testing.T, who, id string, what chat.What) chat.Reply {
	t.Helper()
	r := s.checks.handle(s.commands.Handle)(s.ctx, chat.Incoming{
		ID: id, From: chat.Person{ID: person(who), Name: who}, Channel: s.channel, What: what,
	})
	if len(s.checks.wrong) > 0 {
		t.Fatalf("%s, %#v: %v", who, what, s.checks.wrong)
	}
	if r.Message != nil {
		if n := lettersOf(*r.Message); n > 16_000 {
			t.Fatalf("%s, %#v: an answer of %d characters", who, what, n)
		}
	}
	return r
}

func lettersOf(m chat.Message) int {
	n := utf8.RuneCountInString(m.Text)
	for _, b := range m.Blocks {
		if p, ok := b.(chat.Picture); ok {
			n += utf8.RuneCountInString(p.Alt)
			continue
		}
		n += utf8.RuneCountInString(fmt.Sprint(b))
	}
	return n
}

// FuzzTyped: whatever is typed is answered, and nobody but a facilitator moves a
// round.
func FuzzTyped(f *testing.F) {
	for _, s := range []string{
		"", "submit falls 3/412", "submit falls 300/412", "open 2026-Q4 due +3", "close", "publish", "reopen +3 because", "help submit",
		"predict falls below", "compare falls 2026-Q2", "join North, nurse", "ask x", "reflect x", "commit x by +3", "withdraw falls",
		"sumbit falls 3/412", "\u202e", "\x00", "@channel", "<!here>", "submit \xff", "template falls", "skip", "mute", "leave", "status", "type help",
		"link", "link 7K3M-9QXT-2HVB", "link \u00a0", "bind", "bind T1 North",
	} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(1))
		f.Add(s, uint8(2))
	}
	f.Fuzz(func(t *testing.T, text string, by uint8) {
		if strings.Contains(text, "⟦") { // a hole of their own
			return
		}
		s := openStage(t)
		who := []string{"anna", "ruth", "eva"}[by%3]
		before, south := s.phases(), s.of("South")
		r := s.answers(t, who, "fuzz-1", chat.Typed{Text: text})
		if r.Message == nil && r.Form == nil {
			t.Fatalf("%s types %q: no answer", who, text)
		}
		if who != "ruth" && s.phases() != before {
			t.Fatalf("%s types %q: the rounds moved", who, text)
		}
		if !maps.Equal(south, s.of("South")) {
			t.Fatalf("%s types %q: South's answers changed", who, text)
		}
	})
}

// FuzzForged: a button or form that was tampered with changes nothing of another
// organisation, adds nothing to a round that is closed, and moves no round for
// anybody but a facilitator.
func FuzzForged(f *testing.F) {
	for _, s := range []string{
		"", "{}", `{"round":"2026-Q2"}`, `{"round":"2026-Q3","only":"falls"}`, `{"round":"2026-Q2","only":"sores"}`, `{"part":9}`, `{"round":"2019"}`,
		`{"round":"2026-Q3","only":"falls","typed":"300/412 x","right":true}`, `{"prompt":"x"}`, `{"indicator":"x"}`, "2026-Q2", "2026-Q2/falls", "2026-Q3/*", "p2 yes", "p1 no", "yes", "null", "[]", `"`,
		"n1 close 2026-Q3", "n1 submit {}", "n2 status", "n1 at n1 close 2026-Q3",
	} {
		for k := range forgeable {
			value := []string{"3/412", "2026-12-24"}[(k+len(s))%2]
			f.Add(uint8(k), s, value, uint8(k+len(s)))
		}
	}
	f.Fuzz(func(t *testing.T, verb uint8, state, value string, by uint8) {
		if strings.Contains(state+value, "⟦") {
			return
		}
		s := openStage(t)
		who := []string{"anna", "ruth", "eva"}[by%3]
		name := forgeable[int(verb)%len(forgeable)]
		before, south, north := s.phases(), s.of("South"), s.of("North")
		s.answers(t, who, "fuzz-1", chat.Pressed{Action: name, Value: state})
		values := map[string]string{"o1": value, "reason": value}
		for _, field := range []string{"falls", "falls.note", "sores", "handover", "text", "until", "due", "closes", "period", "organisation", "new", "indicator", "share", "name"} {
			values[field] = value
		}
		if name != "join" { // through which one comes to another organisation
			s.answers(t, who, "fuzz-2", chat.Filled{Form: name, State: state, Values: values})
		}
		if who != "ruth" && s.phases() != before {
			t.Fatalf("%s forges %s(%q): the rounds moved", who, name, state)
		}
		if !maps.Equal(south, s.of("South")) {
			t.Fatalf("%s forges %s(%q): South's answers changed", who, name, state)
		}
		if who == "eva" && !maps.Equal(north, s.of("North")) {
			t.Fatalf("%s forges %s(%q): North's answers changed", who, name, state)
		}
		for key := range s.of("North") {
			if _, was := north[key]; !was && strings.HasPrefix(key, "2026-Q2") && !strings.HasPrefix(key, "2026-Q2/falls") {
				t.Fatalf("%s forges %s(%q): %s is new in a closed round", who, name, state, key)
			}
		}
	})
}

// forgeable are the verbs that buttons and forms name.
var forgeable = []string{
	"setup", "link", "bind", "join", "leave", "template", "open", "extend", "close", "publish", "reopen", "submit", "withdraw", "skip",
	"predict", "status", "compare", "ask", "reflect", "learn", "commit", "mute", "unmute", "help", "vouch", "type", "nothing", "at",
}
