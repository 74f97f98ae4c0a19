package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// Who took words out is told where they stand still: colleagues by name, others by
// number, in the language that they read.
func TestWhereWordsRemainIsTold(t *testing.T) {
	n, now := &benchmark.Network{}, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	do := func(by benchmark.ParticipantID, intent benchmark.Intent) {
		t.Helper()
		if by == "" {
			by = benchmark.Bot
		}
		events, err := n.Decide(benchmark.Actor{By: by}, intent, now)
		if err != nil {
			t.Fatalf("%T: %v", intent, err)
		}
		for _, e := range events {
			if err := n.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
	}
	person := func(k int, name, language string) benchmark.Identity {
		return benchmark.Identity{Connection: "play", User: fmt.Sprint("u", k), Name: name, Language: language}
	}
	discharge := func(refused ...benchmark.ParticipantID) {
		t.Helper()
		for range 3 {
			for _, d := range n.Duties(now, nil) {
				switch {
				case d.NotBefore.After(now), d.Kind == benchmark.RemainsDuty, d.Kind == benchmark.FarewellDuty:
				case d.OnlyEdit && strings.Contains(fmt.Sprint(refused), string(d.Participant)):
					do("", d.Drop(benchmark.Refused))
				default:
					do("", d.Finish(benchmark.Post{Connection: "play", Channel: "c1", Message: "m" + d.Key}))
				}
			}
		}
	}
	answer := func(note string) benchmark.Submit {
		return benchmark.Submit{Round: "2026-Q4", Reason: "a name", Items: []benchmark.Item{{
			Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 20, Denominator: 400}, Note: note,
		}}}
	}
	do("", benchmark.Found{
		ID: "n1", Name: "Net", Settings: benchmark.DefaultSettings(), Connection: "play", Channel: "c1", Organisations: []string{"North", "South"}, Mine: "North",
		Founder: person(1, "Ruth", ""), TemplateName: "T", Indicators: []benchmark.Indicator{{ID: "falls", Title: "Falls", Kind: benchmark.Proportion}},
	})
	for k, name := range []string{"Anna", "Bo"} {
		do("", benchmark.Join{Person: person(k+2, name, "sv"), Organisation: "South"})
	}
	do("p2", benchmark.Vouch{Newcomer: "p3", Yes: true})
	do("p1", benchmark.OpenRound{Period: "2026-Q4", Due: now.AddDate(0, 0, 14), Closes: now.AddDate(0, 0, 21)})
	do("p1", answer(""))
	do("p2", answer("Bert in bed four"))
	do("p1", benchmark.CloseRound{})
	do("p1", benchmark.PublishRound{})
	discharge()
	do("p2", answer(""))
	now = now.Add(time.Minute)
	discharge("p1", "p2", "p3")
	said := func(kind benchmark.DutyKind) (text string) {
		t.Helper()
		for _, d := range n.Duties(now, nil) {
			if d.Kind != kind {
				continue
			}
			if d.Kind == benchmark.FarewellDuty { // which also asks the store
				w := &composition{n: n, d: d, to: n.Recipient(d)}
				w.l = spoken("sv")
				people, posts := benchmark.WordsRemain(n, d)
				return strings.Join(w.whereWordsRemain(people, posts), "\n")
			}
			m, err := (&Commands{options: Options{Trigger: "round"}}).Compose(n, d)()
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range m.Blocks {
				switch b := b.(type) {
				case chat.Paragraph:
					text += b.Text + "\n"
				case chat.Items:
					text += strings.Join(b.Items, "\n") + "\n"
				}
			}
		}
		return text
	}
	const want = `Net · Du har ändrat eller tagit tillbaka ord för fjärde kvartalet 2026. Chattplattformen har inte låtit mig ändra allt. Här står de kvar:
i ett privat meddelande från mig till Anna och Bo
i 1 privat meddelande från mig till någon annan
`
	if got := said(benchmark.RemainsDuty); got != want {
		t.Errorf("told is\n%s", got)
	}
	do("p3", benchmark.EraseMe(benchmark.Address{Connection: "play", User: "u3"}))
	now = now.Add(2 * time.Hour)
	if got := said(benchmark.FarewellDuty); got != "" {
		t.Errorf("who had no words in it is told\n%s", got)
	}
}
