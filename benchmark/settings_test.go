package benchmark_test

import (
	"testing"

	"pgregory.net/rapid"

	"roundtable/benchmark"
)

// setting changes the settings alone.
func setting(change func(s *benchmark.Settings)) benchmark.Intent {
	return benchmark.ChangeSettings(func(_ *string, s *benchmark.Settings) { change(s) })
}

func seeing(v benchmark.Visibility) benchmark.Intent {
	return setting(func(s *benchmark.Settings) { s.Visibility = v })
}

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: seeing(benchmark.Own)}},
	refusals: []refusalCase{
		{"facilitator-only", nil, "p2", seeing(benchmark.Own)},
		{"visibility-unknown", nil, "p1", seeing("all")},
		{"zone-unknown", nil, "p1", setting(func(s *benchmark.Settings) { s.Zone = "Mars" })},
		{"language-unknown", nil, "p1", setting(func(s *benchmark.Settings) { s.Language = "" })},
		{"small-number", nil, "p1", setting(func(s *benchmark.Settings) { s.SmallNumber = -1 })},
		{"name-empty", nil, "p1", benchmark.ChangeSettings(func(name *string, _ *benchmark.Settings) { *name = " " })},
		{"personal-number", nil, "p1", benchmark.ChangeSettings(func(name *string, _ *benchmark.Settings) { *name = patient })},
	},
	life: func(b *table) {
		b.do("p1", benchmark.ChangeSettings(func(name *string, s *benchmark.Settings) {
			*name, s.Zone, s.Visibility = "Net 2", "Europe/Oslo", benchmark.Coded
		}))
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"settings": func() benchmark.Intent { return anySetting(w.t) },
		}
	},
})

func anySetting(t *rapid.T) benchmark.Intent {
	change := pick(t,
		func(s *benchmark.Settings) { s.Visibility = benchmark.Coded },
		func(s *benchmark.Settings) { s.Visibility = benchmark.Own },
		func(s *benchmark.Settings) { s.Visibility = benchmark.Named },
		func(s *benchmark.Settings) { s.SmallNumber = 3 },
		func(s *benchmark.Settings) { s.SmallNumber = 9 },
		func(s *benchmark.Settings) { s.Zone = "Asia/Tokyo" },
		func(s *benchmark.Settings) { s.Zone = "Mars" },
		func(s *benchmark.Settings) { s.PublishAfter = 0 },
	)
	return setting(change)
}

// A round keeps what people were promised when they answered; what hides more is true of
// every round.
func TestARoundKeepsItsRules(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q3")
	b.do("p1", setting(func(s *benchmark.Settings) { s.Visibility, s.SmallNumber = benchmark.Own, 9 }))
	first := b.n.Current()
	if got := b.n.SmallNumberIn(first); first.Visibility != benchmark.Named || got != 9 {
		t.Errorf("the round that was open is %s, and hides up to %d", first.Visibility, got)
	}
	b.do("p1", benchmark.CloseRound{})
	b.open("2026-Q4")
	b.do("p1", setting(func(s *benchmark.Settings) { s.Visibility, s.SmallNumber = benchmark.Named, 0 }))
	second := b.n.Current()
	if got := b.n.SmallNumberIn(second); second.Visibility != benchmark.Own || got != 9 {
		t.Errorf("the next round is %s, and hides up to %d", second.Visibility, got)
	}
	if got := b.n.SmallNumberIn(first); got != 9 {
		t.Errorf("the first round hides up to %d, want what was said while it was open", got)
	}
	for topic, want := range map[benchmark.TopicID]benchmark.Visibility{
		benchmark.RoundTopic("2026-Q3"): benchmark.Named, benchmark.ComparisonTopic("2026-Q4", "falls"): benchmark.Own, benchmark.TemplateTopic: benchmark.Named,
	} {
		if got := b.n.VisibilityIn(topic); got != want {
			t.Errorf("%s is %s, want %s", topic, got, want)
		}
	}
}

// What was once said to be hidden in a round stays hidden there: people answered, or
// corrected, after they had read it, and whoever looks later sees no more than others did.
func TestAPromiseIsNotTakenBack(t *testing.T) {
	hiding := func(up int) benchmark.Intent {
		return setting(func(s *benchmark.Settings) { s.SmallNumber = up })
	}
	for name, when := range map[string]func(*table){
		"while it is open":   func(*table) {},
		"when it has closed": func(b *table) { b.close() },
		"after it was shown": func(b *table) { b.close(); b.publish() },
		"when it is open again": func(b *table) {
			b.close()
			b.publish()
			b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "late"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := founded(t, 3, falls())
			b.open("2026-Q3")
			when(b)
			r := b.n.Current()
			b.do("p1", hiding(20))
			b.do("p1", hiding(3))
			if got := b.n.SmallNumberIn(r); got != 20 {
				t.Errorf("it hides up to %d, and 20 were promised", got)
			}
			if !b.n.Withholds(r, falls(), "o2", benchmark.Figure{Numerator: 15, Denominator: 1800}) {
				t.Error("15 of 1,800 is shown")
			}
			if r.Phase == benchmark.Open {
				b.close()
			}
			b.open("2026-Q4")
			if got := b.n.SmallNumberIn(b.n.Current()); got != 3 {
				t.Errorf("the next round hides up to %d, want what is agreed now", got)
			}
		})
	}
}

// What is set again as it is changes nothing, and of two who change different things
// neither undoes the other's.
func TestSettingsAreChangedOneByOne(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("p1", seeing(benchmark.Coded))
	if events := b.do("p1", seeing(benchmark.Coded)); len(events) > 0 {
		t.Errorf("the same again: %v", events)
	}
	b.do("p1", benchmark.ChangeSettings(func(name *string, s *benchmark.Settings) { *name, s.Zone = " Falls  net ", "Europe/Oslo" }))
	if b.n.Name != "Falls net" || b.n.Settings.Visibility != benchmark.Coded || b.n.Location().String() != "Europe/Oslo" {
		t.Errorf("%q, %+v, %s", b.n.Name, b.n.Settings, b.n.Location())
	}
}

// An open round's deadlines are instants: another zone says them otherwise, in the post.
func TestAnotherZoneMovesNoDeadline(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.discharge()
	closes := b.n.Current().Closes
	b.do("p1", setting(func(s *benchmark.Settings) { s.Zone = "Asia/Tokyo" }))
	if !b.n.Current().Closes.Equal(closes) {
		t.Errorf("it closes %v, was %v", b.n.Current().Closes, closes)
	}
	if owed := b.owed(benchmark.OpeningDuty); len(owed) != 1 {
		t.Errorf("the opening post is not put right: %v", owed)
	}
}
