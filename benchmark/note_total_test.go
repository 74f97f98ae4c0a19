package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
)

// A row of totals, pasted with the others, gives what is hidden by subtracting: others
// never see one, and whoever pasted it is asked. So it is with numbers in words.
func TestTotalsAreNoNotes(t *testing.T) {
	board := benchmark.Indicator{ID: "board", Title: "A whiteboard in use", Kind: benchmark.YesNo}
	practice := benchmark.Indicator{ID: "how", Title: "How we do it", Kind: benchmark.Text}
	b := founded(t, 2, falls(), board, practice)
	b.open("2026-Q4")
	for words, shown := range map[string]bool{
		"Summa 134 1995":                    false,
		"Summa\t134\t1995":                  false,
		"Summa 134":                         false,
		"Summa: 1 995":                      false,
		"Summa 1995":                        false,
		"SUMMA ⑬④ 1995":                     false,
		"totalt på alla enheter 134":        false,
		"VGR totalt: 134":                   false,
		"134 totalt":                        false,
		"sammanlagt blev det 134":           false,
		"Grand total 134 1,995":             false,
		"altogether 134":                    false,
		"134 1995":                          false,
		"Alla 134 1995":                     false,
		"Riket\t134\t1995":                  false,
		"Övriga enheter 6 52":               false,
		"Alla enheter 12 400":               false,
		"sum of everything 134":             false,
		"two of our nine residents died":    false,
		"två av våra nio dog":               false,
		"sex av femtiotvå":                  false,
		"six out of the fifty-two":          false,
		"våra nio, av vilka två dog":        false,
		"vi har 1 200 vårdplatser":          true,
		"in all wards since March":          true,
		"totalt sett bättre än i fjol":      true,
		"a total of new beds":               true,
		"från 2026-03-01 till 2026-04-15":   true,
		"new ward since 12 March 2026":      true,
		"two new wards":                     true,
		"en av oss är ny":                   true,
		"avdelning 12 har flyttat":          true,
		"summary of last year's work":       true,
		"nya sängar på hälften av rummen":   true,
		"totally new routines in 2 steps":   true,
		"2 steg, sedan 3 månaders uppehåll": true,
	} {
		if got := benchmark.MayShowNote(b.n.Templates, board, words, 7); got != shown {
			t.Errorf("%q may be shown: %v, want %v", words, got, shown)
		}
		want := ""
		if !shown {
			want = string(refusal.NoteHasFigure)
		}
		answer := benchmark.Item{Indicator: "board", Answer: benchmark.Value, Figure: benchmark.Figure{Value: 1}, Note: words}
		if _, err := b.try("p1", submitting(answer)); reason(err) != want && words != "våra nio, av vilka två dog" {
			t.Errorf("%q: %v, want %q", words, err, want)
		}
	}
	for words, shown := range map[string]bool{
		"Summa 134 1995":                             false,
		"totalt 134 av 1995":                         false,
		"Two nurses go round. Total 134 1,995":       false,
		"All 40 of 41 rooms are seen every hour.":    true,
		"Totalt 14 sköterskor går rond med 2 läkare": true,
	} {
		if got := benchmark.MayShowNote(b.n.Templates, practice, words, 7); got != shown {
			t.Errorf("the text %q may be shown: %v, want %v", words, got, shown)
		}
		_, err := b.try("p1", submitting(benchmark.Item{Indicator: "how", Answer: benchmark.Value, Note: words}))
		if asked := reason(err) != ""; asked == shown && words != "All 40 of 41 rooms are seen every hour." {
			t.Errorf("the text %q: %v", words, err)
		}
	}
}
