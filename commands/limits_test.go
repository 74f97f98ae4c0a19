package commands_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// TestMuchText: a network as large and as talkative as may be still gets every
// post, reply and form; the playground refuses what any platform would.
func TestMuchText(t *testing.T) {
	s, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	s.checks.anything = true
	const organisations, indicators = 30, 24
	long := strings.Repeat("långa ord ", 290)
	f := benchmark.Found{
		ID: networkID, Name: strings.Repeat("N", 75), Settings: benchmark.DefaultSettings(), Connection: homeConnection, Channel: s.channel.Channel,
		Founder: benchmark.Identity{Connection: homeConnection, User: "ruth", Name: "Ruth"}, TemplateName: "Long",
	}
	for k := range organisations {
		f.Organisations = append(f.Organisations, fmt.Sprintf("%02d %s", k, strings.Repeat("o", 70)))
	}
	for k := range indicators {
		i := benchmark.Indicator{
			ID: benchmark.IndicatorID(fmt.Sprintf("i%d", k)), Title: fmt.Sprintf("%02d %s", k, strings.Repeat("t", 70)), Kind: benchmark.Count,
			Measures: long, Section: fmt.Sprintf("%d %s", k%3, strings.Repeat("s", 70)),
		}
		if k%4 == 0 {
			i.Kind = benchmark.Text
		}
		f.Indicators = append(f.Indicators, i)
	}
	if _, err := s.tables.Found(s.ctx, benchmark.Actor{}, f); err != nil {
		t.Fatal(err)
	}
	must := func(_ playground.Seen, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.chat.Join(chat.Person{ID: person("ruth"), Name: "Ruth", Language: "sv"}); err != nil {
		t.Fatal(err)
	}
	for k, o := range f.Organisations {
		who := fmt.Sprintf("p%d", k)
		if err := s.chat.Join(chat.Person{ID: person(who), Name: who}); err != nil {
			t.Fatal(err)
		}
		must(s.chat.Type(s.ctx, person(who), s.channel, "/round join "+o+", "+strings.Repeat("y", 75)))
	}
	must(s.chat.Type(s.ctx, person("ruth"), s.channel, "/round open 2026-Q3 due +10"))
	answer := func(who string, counts bool) {
		for k := range indicators {
			if k%4 != 0 && !counts {
				continue
			}
			line := fmt.Sprintf("/round submit i%d %s", k, long)
			if k%4 != 0 {
				line = fmt.Sprintf("/round submit i%d %d %s", k, 100+k, long)
			}
			must(s.chat.Type(s.ctx, person(who), s.channel, line))
		}
	}
	for k := range organisations {
		answer(fmt.Sprintf("p%d", k), k < 2)
	}
	for _, line := range []string{"status", "template", "template i3", "withdraw", "submit", "predict", "ask", "commit"} {
		must(s.chat.Type(s.ctx, person("p1"), s.channel, "/round "+line))
	}
	if err := s.moveTo(s.clock.Now().AddDate(0, 0, 25)); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"compare", "compare i0", "compare i1", "talk i23", "status"} {
		must(s.chat.Type(s.ctx, person("p1"), s.channel, "/round "+line))
	}
	s.must(t, s.settle())
	if keys := s.chat.Keys(); keys["summary/2026-Q3/s1"] != 1 || keys["rest/2026-Q3/s1"] != 1 || keys["comparison/2026-Q3/i23/s1"] != 1 || keys["detail/2026-Q3/i23/s1"] != 1 || keys["private/2026-Q3/1/p2"] != 1 || keys["stuck/2026-Q3/p1"] != 1 {
		t.Errorf("not everything was posted: %v", keys)
	}
	if len(s.checks.wrong) > 0 {
		t.Error(strings.Join(s.checks.wrong, "\n"))
	}
}

// TestClosingAtOnce: many press at once, on the button, by typing, and the time
// comes besides; the round closes once, and nobody is told off.
func TestClosingAtOnce(t *testing.T) {
	s := openStage(t)
	var all sync.WaitGroup
	for k := range 8 {
		all.Go(func() {
			r := s.commands.Handle(s.ctx, chat.Incoming{
				ID: fmt.Sprintf("press-%d", k), From: chat.Person{ID: person("ruth")}, Channel: s.channel,
				What: chat.Pressed{Action: "close", Value: "2026-Q3"},
			})
			if r.Message == nil || !strings.Contains(r.Message.Text, "is closed. You get a private draft") && !strings.Contains(r.Message.Text, "is closed already") {
				t.Errorf("answered %+v", r.Message)
			}
		})
		all.Go(func() {
			if err := s.decide(benchmark.CloseRound{Round: "2026-Q3"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s.read(func(n *benchmark.Network) {
		if c := n.Current(); c.Phase != benchmark.Closed || c.Closings != 1 {
			t.Errorf("phase %s, closed %d times", c.Phase, c.Closings)
		}
	})
	if err := s.settle(); err != nil {
		t.Fatal(err)
	}
	if n := s.chat.Count("draft/2026-Q3/1/p1"); n != 1 {
		t.Errorf("%d drafts", n)
	}
}
