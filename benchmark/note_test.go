package benchmark_test

import (
	"errors"
	"testing"

	"roundtable/benchmark"
)

// A note that carries an indicator's figure reads as its answer, however it is put;
// what people write of times, days and ways of working does not.
func TestReadsAsAnswer(t *testing.T) {
	template := benchmark.Template{Indicators: []benchmark.Indicator{
		{ID: "harm", Title: "Falls with harm", Kind: benchmark.Proportion},
		falls(),
		{ID: "dash", Title: "–", Kind: benchmark.Count},
		{ID: "bracket", Title: "(Bracketed)", Kind: benchmark.Count},
		{ID: "yearly", Title: "2027", Kind: benchmark.Count},
		{ID: "wound-infections", Title: "Wound infections", Kind: benchmark.Count},
		{ID: "kateter", Title: "Kateter, urinvägar", Kind: benchmark.Proportion},
		{ID: "deaths-30-days", Title: "Deaths within 30 days", Kind: benchmark.Proportion},
		{ID: "visits", Title: "Visits to the ward", Kind: benchmark.Count},
		{ID: "occupied", Title: "Beds in use", Kind: benchmark.Count},
		{ID: "hip-fracture", Title: "Hip fractures", Kind: benchmark.Count},
		{ID: "pressure-ulcers", Title: "Pressure ulcers", Kind: benchmark.Count},
		{ID: "pressure-checks", Title: "Pressure checks", Kind: benchmark.Count},
		{ID: "open", Title: "Open ward", Kind: benchmark.YesNo},
		{ID: "how", Title: "How we do it", Kind: benchmark.Text},
	}}
	for text, want := range map[string]benchmark.IndicatorID{
		"kateter 3/400":                   "kateter",
		"ny avdelning, kateter: 3 av 400": "kateter",
		"Kateter, urinvägar 3/400":        "kateter",
		"new ward\nkateter\t3\u2044400":   "kateter",
		"3/400 kateter":                   "kateter",
		"3 out of 400 falls":              "falls",
		"falls were 3 of 400":             "falls",
		"falls ③/④⓪⓪":                     "falls",
		"falls in ١٩٠٩":                   "",
		"falls ١٩٠٩":                      "", // a year
		"falls ١٨٩٩":                      "falls",
		"wound 3/40":                      "wound-infections",
		"2027 3 nurses":                   "",
		"3 nurses":                        "",
		"falls with harm 3/40":            "harm",
		"in all 5 falls":                  "falls",
		"/7 falls":                        "",
		"24/7 falls":                      "",
		"falls 24/":                       "falls",
		"falls 3/7":                       "falls",
		"falls 1899":                      "falls", // no year
		"falls 1900":                      "",
		"falls 2099":                      "",
		"falls 2100":                      "falls",
		"beds 3/40":                       "occupied",
		"bed 3/40":                        "", // too short a word to have a plural
		"hip 3/40":                        "", // too short to stand for the whole name
		"hip fracture 3/40":               "hip-fracture",
		"pressure 3/40":                   "", // which one?
		"pressure check 3/40":             "pressure-checks",
		"falls were only about 3":         "falls",
		"falls were only about around 3":  "", // too far from the name
		"the fall 3/400":                  "falls",
		"FALLS 3%":                        "falls",
		"falls ３／４００":                     "falls",
		"kateter \U0001d7d1/\U0001d7d2\U0001d7ce": "kateter",
		"deaths 4 of 90":                     "deaths-30-days",
		"deaths-30-days: 4/90":               "deaths-30-days",
		"visits 4":                           "visits",
		"4 visits":                           "visits",
		"3 falls at night":                   "falls",
		"":                                   "",
		"new ward":                           "",
		"open 24/7":                          "",
		"falls counted 24/7":                 "",
		"from 1/3":                           "",
		"ny avdelning 4/1412":                "",
		"falls 2025 were counted otherwise":  "",
		"no falls. 2 of 3 nurses are new":    "",
		"catheters are changed every 3 days": "",
		"how 3/4":                            "",
		"30 days, not deaths":                "",
	} {
		i, reads := template.ReadsAsAnswer(text)
		if i.ID != want || reads != (want != "") {
			t.Errorf("ReadsAsAnswer(%q) = %q, %v; want %q", text, i.ID, reads, want)
		}
	}
}

// What is asked of a note, or refused: a figure beside an indicator's name is an answer, a
// number beside it may be one, and so may a figure without a name.
func TestNotesAreAskedAbout(t *testing.T) {
	for words, want := range map[string]string{
		"falls 3 out of 400":       "note-is-answer",
		"falls 3/7":                "note-is-answer",
		"falls 3 %":                "note-is-answer",
		"falls 3 percent in all":   "note-is-answer",
		"ward 3/400 falls":         "note-is-answer",
		"all 3 out of 400 falls":   "note-is-answer",
		"falls 3 out of":           "note-names-indicator",
		"falls 3 out of bed":       "note-names-indicator",
		"falls 3 in of 400":        "note-names-indicator",
		"falls 3 out here 400":     "note-names-indicator",
		"falls 3 beds 400":         "note-names-indicator",
		"falls 3, 4 % more nurses": "note-names-indicator",
		"3 out of 400":             "note-has-figure",
		"new ward 3/400":           "note-has-figure",
		"new ward":                 "",
		"open 24/7":                "",
	} {
		b := founded(t, 2, falls())
		b.open("2026-Q4")
		_, err := b.try("p1", submitting(value(figure, words)))
		if reason(err) != want {
			t.Errorf("%q: %v, want %q", words, err, want)
		}
		if bad, refused := errors.AsType[*benchmark.Refusal](err); refused && bad.Question != (want != "note-is-answer") {
			t.Errorf("%q is asked about: %v", words, bad.Question)
		}
	}
}
