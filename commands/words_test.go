package commands

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/locale"
)

func TestReadDate(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.October, 20, 10, 0, 0, 0, zone)
	tests := map[string]string{
		"2027-01-31":         "2027-01-31 23:59",
		" 2027-01-31 12:00 ": "2027-01-31 12:00",
		"2027-01-31T12:00":   "2027-01-31 12:00",
		"2027-01-31 12.00":   "2027-01-31 12:00",
		"+14":                "2026-11-03 23:59", // over the change of clocks
		"+14d":               "2026-11-03 23:59",
		"+0":                 "2026-10-20 23:59",
		"":                   "date-missing",
		"+":                  "date",
		"+-3":                "date",
		"+1001":              "date",
		"31/1 2027":          "2027-01-31 23:59",
		"31/12/2026":         "2026-12-31 23:59",
		"3/4/2027":           "date-two-ways",
		"3.4.2027":           "2027-04-03 23:59",
		"31/4 2027":          "date",
		"29 mars":            "2027-03-29 23:59",
		"den 29 mars 2027":   "2027-03-29 23:59",
		"29th of March":      "2027-03-29 23:59",
		"March 29, 2027":     "2027-03-29 23:59",
		"20 okt":             "2026-10-20 23:59", // today is one
		"19 okt.":            "2027-10-19 23:59",
		"29 feb":             "2028-02-29 23:59",
		"30 februari":        "date",
		"29 maj kl. 12.00":   "2027-05-29 12:00",
		"friday":             "2026-10-23 23:59",
		"på tisdag":          "2026-10-27 23:59",
		"fri 8:30":           "2026-10-23 08:30",
		"torsdag 29 oktober": "2026-10-29 23:59",
		"fredag 29 oktober":  "date", // it is a Thursday
		"tomorrow":           "2026-10-21 23:59",
		"i morgon":           "2026-10-21 23:59",
		"imorgon":            "2026-10-21 23:59",
		"today at 18:00":     "2026-10-20 18:00",
		"+2 weeks":           "2026-11-03 23:59",
		"29 marsipan":        "date",
		"2027-02-30":         "date",
		"soon":               "date",
	}
	for text, want := range tests {
		at, err := readDate(text, "due", now, zone)
		got := at.Format("2006-01-02 15:04")
		if why, ok := errors.AsType[*benchmark.Refusal](err); ok {
			got = string(why.Reason)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		if err != nil {
			continue
		}
		if again, err := readDate(dateText(at, zone), "due", now, zone); err != nil || !again.Equal(at) {
			t.Errorf("%q is written %q, which is not read again: %v %v", text, dateText(at, zone), again, err)
		}
	}
}

// Where clocks are put forward at midnight, the day is still the day that was typed.
func TestReadDateWithoutMidnight(t *testing.T) {
	for name, day := range map[string]string{"Atlantic/Azores": "2027-03-28", "America/Santiago": "2027-09-05"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		at, err := readDate(day, "due", time.Now(), zone)
		if got := at.In(zone).Format("2006-01-02 15:04"); err != nil || got != day+" 23:59" {
			t.Errorf("%s in %s is read as %s: %v", day, name, got, err)
		}
	}
}

func TestIndicatorByPrefix(t *testing.T) {
	template := benchmark.Template{Indicators: []benchmark.Indicator{
		{ID: "deaths-30-days", Title: "Mortality"}, {ID: "falls-injury", Title: "Falls with injury"}, {ID: "falls-all", Title: "All falls"}, {ID: "hygiene", Title: "Hand hygiene"}, {ID: "pressure-ulcers", Title: "Trycksår, prevalens"},
	}}
	for text, want := range map[string][2]string{
		"deaths 7/180 note": {"deaths-30-days", "7/180 note"},
		"DEATHS: 7/180":     {"deaths-30-days", "7/180"},
		"hand 7/180":        {"hygiene", "7/180"},
		"trycksår 7/180":    {"pressure-ulcers", "7/180"},
		"falls 7/180":       {"", "falls 7/180"}, // two are called so
		"death 7/180":       {"", ""},
		"7/180":             {"", ""},
		"":                  {"", ""},
		":":                 {"", ""},
	} {
		i, rest, known := indicatorByPrefix(template, text)
		if string(i.ID) != want[0] || known != (want[0] != "") || known && rest != want[1] {
			t.Errorf("%q: %q, %q, %v", text, i.ID, rest, known)
		}
	}
}

func TestKeywordValues(t *testing.T) {
	got := keywordValues("2026-Q4 Due: 2027-01-31 12:00 closes 2027-02-07", "due", "closes")
	want := map[string]string{"": "2026-Q4", "due": "2027-01-31 12:00", "closes": "2027-02-07"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSplitUntil(t *testing.T) {
	tests := map[string][2]string{
		"Bed alarms by 2027-03-01":    {"Bed alarms", "2027-03-01"},
		"Bed alarms by 2027-03-01.":   {"Bed alarms", "2027-03-01"},
		"Sänglarm senast 2027-03-01":  {"Sänglarm", "2027-03-01"},
		"Bed alarms until +30":        {"Bed alarms", "+30"},
		"Cut falls by half":           {"Cut falls by half", ""},
		"Cut falls by 20%":            {"Cut falls by 20%", ""},
		"Cut falls by 2027":           {"Cut falls by 2027", ""},
		"by 2027-03-01":               {"", "2027-03-01"},
		"Meet on 2027-03-01":          {"Meet on 2027-03-01", ""},
		"Line one\nby 2027-03-01":     {"Line one", "2027-03-01"},
		"":                            {"", ""},
		"   one   ":                   {"one", ""},
		"Two  spaces by 2027-03-01  ": {"Two  spaces", "2027-03-01"},
	}
	for text, want := range tests {
		words, date := splitUntil(text, time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC))
		if diff := cmp.Diff(want, [2]string{words, date}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// FuzzWords: whatever is typed is taken apart without losing or adding words.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"due 2027-01-31 closes +14", "a\u00a0b", "by 2027-03-01", "\xff due", "+999999999999999999999", "2027-01-31 12:00 because", "due due due:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, rest := firstWord(text)
		if strings.TrimSpace(first) != first || (first == "" && rest != "") || !strings.HasPrefix(strings.TrimSpace(text), first) {
			t.Fatalf("firstWord(%q) = %q, %q", text, first, rest)
		}
		words := 0
		for _, v := range keywordValues(text, "due", "closes") {
			words += len(strings.Fields(v))
		}
		if words > len(strings.Fields(text)) {
			t.Fatalf("keywordValues(%q) has more words", text)
		}
		now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
		if at, err := readDate(text, "due", now, time.UTC); err == nil && at.Year() > 9999 {
			t.Fatalf("readDate(%q) = %v", text, at)
		}
		if before, date := splitUntil(text, time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)); len(before)+len(date) > len(text) {
			t.Fatalf("splitUntil(%q) = %q, %q", text, before, date)
		}
		if n := len([]rune(echoed(text))); n > 61 {
			t.Fatalf("echoed(%q) has %d characters", text, n)
		}
		if clipped := clipText(text, 10); len([]rune(clipped)) > 10 {
			t.Fatalf("clipText(%q) = %q", text, clipped)
		}
	})
}

// What can't be guessed makes no parts: ten that can be are one form, however many
// there are besides.
func TestGuessesInOneForm(t *testing.T) {
	var all []benchmark.Indicator
	for k := range 10 {
		all = append(all, benchmark.Indicator{ID: benchmark.IndicatorID("i" + strconv.Itoa(k)), Kind: benchmark.Proportion, Section: "S" + strconv.Itoa(k%3)})
	}
	all = append(all, benchmark.Indicator{ID: "how", Kind: benchmark.Text}, benchmark.Indicator{ID: "list", Kind: benchmark.YesNo, Section: "S1"})
	l := locale.For(locale.Default)
	if parts := partsOf(l, guessableOf(all)); len(parts) != 1 || len(parts[0].indicators) != 10 {
		t.Errorf("%d parts", len(parts))
	}
	if parts := partsOf(l, all); len(parts) != 4 {
		t.Errorf("%d parts to be answered, want the three sections and the rest", len(parts))
	}
}
