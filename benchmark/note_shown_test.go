package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// Others see no note that may hold a figure, whichever version of the template names it.
func TestMayShowNote(t *testing.T) {
	b := founded(t, 2, falls(), benchmark.Indicator{ID: "kateter", Title: "Kateter, urinvägar", Kind: benchmark.Proportion})
	practice := benchmark.Indicator{ID: "how", Title: "How we do it", Kind: benchmark.Text}
	b.do("p1", benchmark.AdoptTemplate{Indicators: []benchmark.Indicator{practice}})
	for words, want := range map[string]bool{
		"kateter 3/400":         false, // of a version before
		"falls were 3 of 400":   false,
		"3/400":                 false,
		"3/20":                  false,
		"new ward\n3":           false,
		"new ward; 12,5 %":      false,
		"new ward (4)":          false,
		"new ward, 4":           false,
		"1,5 more nurses":       true,
		"ny avdelning 4/1412":   false,
		"3 of 400 patients":     false,
		"":                      true,
		"new ward":              true,
		"open 24/7":             true,
		"counted from 1/3":      true,
		"since 31/12":           true,
		"since 12/31":           true,
		"since 32/12":           false,
		"since 31/13":           false,
		"since 13/31":           false,
		"since 12/32":           false,
		"since 1,5/12":          false,
		"since 12/1,5":          false,
		"2 of 3 nurses are new": true,
		"2026":                  true,
		"ward 12 has moved":     true,
	} {
		if got := benchmark.MayShowNote(b.n.Templates, falls(), words, 0); got != want {
			t.Errorf("%q may be shown: %v, want %v", words, got, want)
		}
	}
	if !benchmark.MayShowNote(b.n.Templates, practice, "All 40 of 41 rooms are seen every hour.", 5) || benchmark.MayShowNote(b.n.Templates, practice, "kateter 3/400", 0) {
		t.Error("what is described is shown unless it names an indicator's figure")
	}
}

// Where small numbers are hidden, others see no note that holds one.
func TestMayShowNoteOfFew(t *testing.T) {
	b := founded(t, 2, benchmark.Indicator{ID: "sores", Title: "Pressure sores", Kind: benchmark.Proportion})
	for words, want := range map[string]bool{
		"of whom 2/9 died":                   false,
		"2/12 men":                           false,
		"after 3/12 moved":                   false,
		"because we asked 3/12 new staff":    false,
		"10/12 were women":                   false,
		"2 av 9 dog":                         false,
		"0/4 at night":                       false,
		"men and women 9/2":                  false,
		"counted from 1/3":                   false, // who wrote it is told
		"counted from 1/3/2026":              false,
		"from Monday 1/3":                    true,
		"från måndagen den 1/3":              true,
		"since 31/12":                        true,
		"9/20 at night":                      true,
		"since 12/31":                        true,
		"open 24/7":                          true,
		"3 deaths":                           false,
		"deaths 3":                           false,
		"deaths: 3":                          false,
		"deaths were only 3":                 false,
		"we had 3 elderly patients":          false,
		"3 of them died":                     false,
		"two patients moved here":            false,
		"5 nurses left":                      false,
		"6 nurses left":                      true,
		"0 deaths":                           true,
		"3 dödsfall":                         false,
		"ett dödsfall":                       false,
		"2 patienter avled":                  false,
		"avled: 2":                           false,
		"4 kvinnor":                          false,
		"varav 1 dog":                        false,
		"ward 3 patients too":                true,
		"avd 3, kvinnor":                     true,
		"patients seen within 3 days":        true,
		"patients 3 days after surgery":      true,
		"catheters are changed every 3 days": true,
		"2 mg for patients":                  true,
		"2 rounds per patient":               true,
		"1,5 more nurses":                    true,
		"from 2026-03-01":                    true,
		"one patient stayed the summer":      true,
		"new ward since spring":              true,
	} {
		if got := benchmark.MayShowNote(b.n.Templates, b.n.Template().Indicators[0], words, 5); got != want {
			t.Errorf("%q may be shown: %v, want %v", words, got, want)
		}
	}
	practice := benchmark.Indicator{ID: "how", Title: "How we do it", Kind: benchmark.Text}
	for words, want := range map[string]bool{"2 nurses go round together": true, "we began after 3 deaths": false, "4 patients harmed": false, "two of them broke a hip": false, "tre smittades på avdelningen": false} {
		if got := benchmark.MayShowNote(b.n.Templates, practice, words, 5); got != want {
			t.Errorf("the text %q may be shown: %v, want %v", words, got, want)
		}
	}
}
