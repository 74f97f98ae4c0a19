package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// A note that carries an indicator's figure reads as its answer, however it is put;
// what people write of times, days and ways of working does not.
func TestReadsAsAnswer(t *testing.T) {
	template := benchmark.Template{Indicators: []benchmark.Indicator{
		falls(),
		{ID: "kateter", Title: "Kateter, urinvägar", Kind: benchmark.Proportion},
		{ID: "deaths-30-days", Title: "Deaths within 30 days", Kind: benchmark.Proportion},
		{ID: "visits", Title: "Visits to the ward", Kind: benchmark.Count},
		{ID: "open", Title: "Open ward", Kind: benchmark.YesNo},
		{ID: "how", Title: "How we do it", Kind: benchmark.Text},
	}}
	for text, want := range map[string]benchmark.IndicatorID{
		"kateter 3/400":                           "kateter",
		"ny avdelning, kateter: 3 av 400":         "kateter",
		"Kateter, urinvägar 3/400":                "kateter",
		"new ward\nkateter\t3\u2044400":           "kateter",
		"3/400 kateter":                           "kateter",
		"3 out of 400 falls":                      "falls",
		"falls were 3 of 400":                     "falls",
		"the fall 3/400":                          "falls",
		"FALLS 3%":                                "falls",
		"falls ３／４００":                             "falls",
		"kateter \U0001d7d1/\U0001d7d2\U0001d7ce": "kateter",
		"deaths 4 of 90":                          "deaths-30-days",
		"deaths-30-days: 4/90":                    "deaths-30-days",
		"visits 4":                                "visits",
		"4 visits":                                "visits",
		"3 falls at night":                        "falls",
		"":                                        "",
		"new ward":                                "",
		"open 24/7":                               "",
		"falls counted 24/7":                      "",
		"from 1/3":                                "",
		"ny avdelning 4/1412":                     "",
		"falls 2025 were counted otherwise":       "",
		"no falls. 2 of 3 nurses are new":         "",
		"catheters are changed every 3 days":      "",
		"how 3/4":                                 "",
		"30 days, not deaths":                     "",
	} {
		i, reads := template.ReadsAsAnswer(text)
		if i.ID != want || reads != (want != "") {
			t.Errorf("ReadsAsAnswer(%q) = %q, %v; want %q", text, i.ID, reads, want)
		}
	}
}
