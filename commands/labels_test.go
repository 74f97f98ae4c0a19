package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// TestLongNamesStayTellable: with names as long as may be, and alike for as long, no
// button, field or option of any verb is cut within a word, and no two that were cut
// read the same, in both languages.
func TestLongNamesStayTellable(t *testing.T) {
	for _, language := range []string{"en", "sv"} {
		t.Run(language, func(t *testing.T) { longNames(t, language) })
	}
}

func longNames(t *testing.T, language string) {
	s, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	s.checks.anything = true
	settings := benchmark.DefaultSettings()
	settings.Language = language
	const same = "Patienter med trycksår efter inläggning på vårdavdelning eller i korttidsboende inom"
	title := func(k int) string { return string([]rune(same)[:69]) + fmt.Sprintf(" x%03d", k) } // at most 75
	f := benchmark.Found{
		ID: networkID, Name: title(999), Settings: settings, Connection: homeConnection, Channel: s.channel.Channel,
		Founder: benchmark.Identity{Connection: homeConnection, User: "ruth", Name: "Ruth"}, TemplateName: "Long",
	}
	for k := range 6 {
		f.Organisations = append(f.Organisations, title(100+k))
	}
	f.Mine, f.Profession = f.Organisations[0], "nurse"
	kinds := []benchmark.Kind{benchmark.Proportion, benchmark.Text, benchmark.Scale, benchmark.YesNo, benchmark.Duration, benchmark.Count}
	for k := range 12 {
		i := benchmark.Indicator{ID: benchmark.IndicatorID(fmt.Sprintf("i%d", k)), Title: title(k), Kind: kinds[k%len(kinds)], Section: title(200 + k/6)}
		if i.Kind == benchmark.Scale {
			i.Levels = 5
		}
		f.Indicators = append(f.Indicators, i)
	}
	if _, err := s.tables.Found(s.ctx, benchmark.Actor{}, f); err != nil {
		t.Fatal(err)
	}
	if err := s.chat.Join(chat.Person{ID: person("ruth"), Name: "Ruth", Language: language}); err != nil {
		t.Fatal(err)
	}
	whole := map[string]bool{}
	for word := range strings.FieldsSeq(strings.Join(append(slices.Clone(f.Organisations), title(0), title(200), f.Name), " ")) {
		whole[strings.TrimRight(word, ".:,")] = true
	}
	looked, cut := 0, 0
	check := func(where string, labels []string) {
		t.Helper()
		seen := map[string]bool{}
		for _, label := range labels {
			looked++
			before, after, is := strings.Cut(label, "…")
			if !is {
				continue
			}
			cut++
			if words := strings.Fields(before); len(words) == 0 || !whole[words[len(words)-1]] {
				t.Errorf("%s: %q is cut within a word", where, label)
			}
			if seen[label] {
				t.Errorf("%s: two read %q", where, label)
			}
			if strings.Contains(after, "…") || len([]rune(label)) > chat.MaxLabel {
				t.Errorf("%s: %q", where, label)
			}
			seen[label] = true
		}
	}
	look := func(where string, seen playground.Seen, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", where, err)
		}
		if seen.Private != nil {
			var labels []string
			for _, b := range buttonsOf(seen.Private.Message) {
				labels = append(labels, b.Label)
			}
			check(where, labels)
		}
		if seen.Form != nil {
			var labels []string
			for _, field := range seen.Form.Fields {
				labels = append(labels, field.Label)
				var options []string
				for _, o := range field.Options {
					options = append(options, o.Label)
				}
				check(where+" "+field.Name, options)
			}
			check(where, labels)
			if err := s.chat.Cancel(person("ruth")); err != nil {
				t.Fatal(err)
			}
		}
	}
	types := func(lines ...string) {
		t.Helper()
		for _, line := range lines {
			seen, err := s.chat.Type(s.ctx, person("ruth"), s.channel, "/round "+line)
			look(line, seen, err)
		}
	}
	verbs := []string{
		"help", "status", "template", "join", "leave", "link", "unlink", "bind", "open", "extend", "close", "publish", "reopen", "submit", "withdraw", "skip",
		"predict", "compare", "trend", "ask", "reflect", "learn", "commit", "snooze", "away", "mute", "settings", "settings form", "facilitator", "organisations",
		"organisations add", "vouch", "privacy", "privacy people", "submit 3/400", "submit patienter 3/400", "submit i0 300/400", "propose", "",
	}
	types(verbs...)
	types("open 2026-Q2 due +10")
	types("submit i0 300/400", "submit i6 301/400", "submit i2 4", "submit i1 as we do", "predict i0 higher", "predict i6 middle")
	types(verbs...)
	types("close 2026-Q2")
	types(verbs...)
	if err := s.moveTo(s.clock.Now().AddDate(0, 0, 40)); err != nil {
		t.Fatal(err)
	}
	types(verbs...)
	if looked < 200 || cut < 20 {
		t.Errorf("looked at %d labels, of which %d were cut: what is looked at?", looked, cut)
	}
}
