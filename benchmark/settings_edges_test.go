package benchmark_test

import (
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
)

// Settings are refused beyond their bounds, and at them taken.
func TestSettingsAtTheirBounds(t *testing.T) {
	for _, tt := range []struct {
		what   string
		change func(s *benchmark.Settings)
		want   string
	}{
		{"as they are", func(*benchmark.Settings) {}, ""},
		{"nothing is small", func(s *benchmark.Settings) { s.SmallNumber = 0 }, ""},
		{"the highest threshold", func(s *benchmark.Settings) { s.SmallNumber = 50 }, ""},
		{"one higher", func(s *benchmark.Settings) { s.SmallNumber = 51 }, "small-number"},
		{"no zone", func(s *benchmark.Settings) { s.Zone = "" }, "zone-unknown"},
		{"the zone of whoever runs it", func(s *benchmark.Settings) { s.Zone = "Local" }, "zone-unknown"},
	} {
		s := benchmark.DefaultSettings()
		tt.change(&s)
		if got := reason(s.Check()); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.what, got, tt.want)
		}
	}
	if s := benchmark.DefaultSettings(); s.SmallNumber != 7 || s.PublishAfter != 72*time.Hour || s.Visibility != benchmark.Named {
		t.Errorf("a new network has %+v", s)
	}
}

// What changes is told; the opening post is put
// right when it says otherwise what time it is or what is hidden, and by nothing else.
func TestWhatSettingsTell(t *testing.T) {
	for name, tt := range map[string]struct {
		change   func(s *benchmark.Settings)
		told     bool
		reworded bool
	}{
		"who sees whom":  {func(s *benchmark.Settings) { s.Visibility = benchmark.Coded }, true, false},
		"more is hidden": {func(s *benchmark.Settings) { s.SmallNumber = 9 }, true, true},
		"less is hidden": {func(s *benchmark.Settings) { s.SmallNumber = 5 }, true, false},
		"the zone":       {func(s *benchmark.Settings) { s.Zone = "Asia/Tokyo" }, true, true},
		"the language":   {func(s *benchmark.Settings) { s.Language = "sv" }, true, true},
		"nothing":        {func(*benchmark.Settings) {}, false, false},
		"the holidays":   {func(s *benchmark.Settings) { s.Holidays = "se" }, true, false},
		"the delay":      {func(s *benchmark.Settings) { s.PublishAfter = time.Hour }, true, false},
	} {
		b := founded(t, 2, falls())
		b.open("2026-Q4")
		b.discharge()
		b.do("p1", setting(tt.change))
		if got := slices.Contains(b.notices(), benchmark.SettingsNotice); got != tt.told {
			t.Errorf("%s is told: %v", name, got)
		}
		if got := len(b.owed(benchmark.OpeningDuty)) == 1; got != tt.reworded {
			t.Errorf("%s: the opening post is put right: %v", name, got)
		}
		if want := b.n.Settings.Zone; b.n.Location().String() != want {
			t.Errorf("%s: the clock is that of %s, want %s", name, b.n.Location(), want)
		}
	}
	b := founded(t, 2, falls())
	b.do("p1", setting(func(s *benchmark.Settings) { s.Zone, s.Language = "Asia/Tokyo", "sv" })) // without a round
	if b.n.Location().String() != "Asia/Tokyo" {
		t.Errorf("the clock is that of %s", b.n.Location())
	}
}
