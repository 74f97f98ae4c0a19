package commands

import (
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/locale"
)

// Reading a message takes work that grows with its length, whatever it is made of.
func TestLongMessageIsReadOnce(t *testing.T) {
	template := benchmark.Template{Indicators: []benchmark.Indicator{
		{ID: "falls", Title: "Falls with injury", Kind: benchmark.Proportion},
		{ID: "beds", Title: "Beds", Kind: benchmark.Count},
		{ID: "handover", Title: "How we hand over", Kind: benchmark.Text},
	}}
	l := locale.For("en")
	work := func(first, part string, bytes int) float64 {
		typed := first + strings.Repeat(part, bytes/len(part))
		return testing.AllocsPerRun(1, func() {
			splitAnswers(l, template, typed)
			hasFigures(l, template, typed)
		})
	}
	for _, part := range []string{"falls x ", "falls 3 ", "beds x, ", "fall 3/4 x; ", `" `, "“ ", ";", "\t", " ", "x\n", "falls x\n", "handover: x; ", "-", "- ", "3/", "1 234 ", ": "} {
		for _, first := range []string{"beds 3 ", "falls 3/400 ", "handover: x ", ""} {
			if once, twice := work(first, part, 2000), work(first, part, 4000); twice > 2.6*once+200 {
				t.Errorf("%q after %q: %.0f allocations for 2,000 bytes, %.0f for 4,000", part, first, once, twice)
			}
		}
	}
}

// What parts an indicator's name from its answer is no part of either.
func TestNameAndAnswer(t *testing.T) {
	template := benchmark.Template{Indicators: []benchmark.Indicator{
		{ID: "falls", Title: "Falls with injury", Kind: benchmark.Proportion},
		{ID: "falls-repeat", Title: "Falls again", Kind: benchmark.Proportion},
	}}
	for typed, want := range map[string]string{
		"falls 3/400": "3/400", "falls = 3/400": "3/400", "falls : 3/400": "3/400", "falls=3/400": "3/400",
		"falls: 3/400": "3/400", "Falls with injury = 3/400": "3/400", "falls - 3/400": "3/400",
		"Falls with injury – 3/400": "3/400", "falls: - 3/400": "3/400", "falls → 3/400": "3/400",
		"falls\u00a0= 3/400": "3/400", "falls -3": "-3", "“Falls with injury”: 3/400": "3/400", "falls": "",
	} {
		if i, rest, known := leadingIndicator(template, typed); !known || i.ID != "falls" || rest != want {
			t.Errorf("%q: %s and %q (%v), want %q", typed, i.ID, rest, known, want)
		}
	}
	if i, rest, known := indicatorByPrefix(template, "falls-repeat = 3/400"); !known || i.ID != "falls-repeat" || rest != "3/400" {
		t.Errorf("%s and %q (%v)", i.ID, rest, known)
	}
	if _, rest, _ := leadingIndicator(template, "falls-repeat – 3/400"); rest != "3/400" {
		t.Errorf("the longer name leaves %q", rest)
	}
}
