package period_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark/period"
)

func TestReadings(t *testing.T) {
	for id, forms := range map[string][]string{
		"2024":       {"2024", " 2024 "},
		"2024-H2":    {"2024-H2", "2024H2", "H2 2024", "h2-2024", "2024S2", "2024-S2", "Halvår 2 2024", "HT 2024", "HT24", "2024 HT"},
		"2025-H1":    {"VT 2025", "VT-25", "vt2025"},
		"2024-T3":    {"2024-T3", "2024T3", "T3 2024", "tertial 3 2024"},
		"2024-Q1":    {"2024-Q1", "2024Q1", "Q1 2024", "2024K1", "2024-K1", "kv1 2024", "kv 1 2024", "Kvartal 1 2024", "2024 kvartal 1", "2024–Q1", "2024-Q01", "Q1/2024", "quarter 1 2024"},
		"2024-01":    {"2024-01", "202401", "2024M01", "2024-M1", "2024/01", "01/2024", "1.2024", "Jan-24", "jan-24", "Jan 24", "jan 2024", "Jan. 2024", "January 2024", "januari 2024", "2024 Jan", "2024-jan", "2024‑01"},
		"2024-05":    {"maj-24", "May-24", "Maj 2024"},
		"2024-10":    {"okt-24", "Oct-24", "oktober 2024"},
		"1991-03":    {"Mar-91", "mars 1991"},
		"2009-10":    {"2009M10", "Oct-09", "10/2009"},
		"2024-W07":   {"2024-W07", "2024W7", "W7 2024", "v7 2024", "vecka 7 2024", "2024v07", "2024-V7"},
		"2023-FY24":  {"2023/24", "2023-24", "2023–24", "2023/2024", "FY2023/24", "FY 2023-24", "202324", "2023-FY24"},
		"1999-FY00":  {"1999-00", "1999/00", "1999/2000", "199900"},
		"1991-1995":  {"1991-1995", "1991–1995", "1991+1995"},
		"2009-2010":  {"2009+2010", "2009 + 2010"},
		"2024-01-15": {"2024-01-15", "20240115", "2024-01-15T00:00:00", "2024/01/15"},
	} {
		for _, typed := range forms {
			if diff := cmp.Diff([]string{id}, period.Readings(typed)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", typed, diff)
			}
		}
	}
	for typed, want := range map[string][]string{
		"2009-10":             {"2009-10", "2009-FY10"},
		"200910":              {"2009-10", "2009-FY10"},
		"2009/10":             {"2009-FY10", "2009-10"},
		"2009-2010":           {"2009-2010", "2009-FY10"},
		"2024-01-01":          {"2024-01", "2024-Q1", "2024-T1", "2024-H1", "2024", "2024-01-01"},
		"2024-04-01 00:00:00": {"2024-04", "2024-Q2", "2024-FY25", "2024-04-01"},
		"20240201":            {"2024-02", "2024-02-01"},
		"2024-02-29":          {"2024-02", "2024-02-29"},
		"2024-03-31":          {"2024-03", "2024-Q1", "2023-FY24", "2024-03-31"},
	} {
		if diff := cmp.Diff(want, period.Readings(typed)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", typed, diff)
		}
	}
	for _, typed := range []string{
		"", "24", "2024-", "2024-Q0", "2024-Q5", "2024-T4", "T4 2024", "2024-H3", "2024-1", "2024-13", "202413", "2024-00", "2024-W00", "2024-W54", "0999",
		"1995-1991", "1995-1995", "1000-1101", "2023/26", "FY24", "24-Jan", "Jan 1 2024", "01/02/2024", "2024-02-30", "٢٠٢٤", "2024-Q4\n2025", "Q 2024", "45292", "2023April", // where April begins a year: DHIS2
	} {
		if got := period.Readings(typed); len(got) > 0 {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

// What is written so that it can mean one thing only is read as that, and of one length.
func TestWrite(t *testing.T) {
	for id, want := range map[string]string{
		"2009-10": "2009M10", "2009-FY10": "2009/10", "2009-2010": "2009+2010", "2024-01": "2024-01", "2024-Q1": "2024-Q1", "2024": "2024", "2024-W07": "2024-W07", "2024-01-15": "2024-01-15",
	} {
		got := period.Write(id)
		if readings := period.Readings(got); got != want || readings[0] != id {
			t.Errorf("%s is written %s, and that is %v", id, got, readings)
		}
	}
	readings := period.Readings("2024-01-01")
	for l, want := range map[period.Length]string{
		period.Day: "2024-01-01", period.Month: "2024-01", period.Quarter: "2024-Q1", period.Third: "2024-T1", period.Half: "2024-H1", period.Year: "2024", period.Week: "",
	} {
		if got := period.Choose(readings, l); !slices.Equal(got, []string{want}) && (want != "" || got != nil) {
			t.Errorf("%s: %v, want %s", l, got, want)
		}
	}
}
