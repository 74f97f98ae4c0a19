package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// A note that reads as an answer stands in the journal, whoever let it in: others don't
// see it, its own people do and are told.
func TestNotesThatReadAsAnswersAreNotShown(t *testing.T) {
	b := founded(t, 3, falls(), benchmark.Indicator{ID: "kateter", Title: "Kateter", Kind: benchmark.Proportion})
	b.do("p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{
		{Organisation: "o1", Indicator: "falls", Period: "2025", Figure: figure, Note: "new ward"},
		{Organisation: "o2", Indicator: "falls", Period: "2025", Figure: figure, Note: "kateter 3/400"},
		{Organisation: "o3", Indicator: "falls", Period: "2025", Figure: figure, Note: "new ward\n3/400"},
	}})
	for organisation, want := range map[benchmark.OrganisationID][]string{
		"":   {"new ward", "", ""},
		"o1": {"new ward", "", ""},
		"o2": {"new ward", "kateter 3/400", ""},
	} {
		v, err := view.Of(b.n, "2025", "falls", view.Viewer{Organisation: organisation})
		if err != nil {
			t.Fatal(err)
		}
		for k, m := range v.Marks {
			if m.Note != want[k] || m.NoteWithheld != (k > 0) {
				t.Errorf("%q sees of %s the note %q, withheld %v", organisation, m.Label, m.Note, m.NoteWithheld)
			}
		}
	}
}
