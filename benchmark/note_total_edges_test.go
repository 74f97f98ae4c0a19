package benchmark_test

import (
	"strings"
	"testing"

	"roundtable/benchmark"
)

// A total and a number belong together within a few words of a line; two numbers side by side
// are one of thousands only with one space between them.
func TestWhereTotalsEnd(t *testing.T) {
	board := benchmark.Indicator{ID: "board", Title: "A whiteboard in use", Kind: benchmark.YesNo}
	b := founded(t, 2, board)
	between := func(many int) string { return "totalt " + strings.Repeat("ord ", many) + "134 1" }
	for words, total := range map[string]bool{
		"Summa 134": true, "134 totalt": true, "en ny avdelning": false,
		"totalt bättre\n134 rum": false, "totalt bättre\r134 rum": false,
	} {
		if got := benchmark.LooksLikeTotal(words); got != total {
			t.Errorf("%q looks like a total: %v", words, got)
		}
	}
	last := 0
	for last < 20 && benchmark.LooksLikeTotal(between(last)) {
		last++
	}
	if last != 4 || benchmark.LooksLikeTotal(between(20)) {
		t.Errorf("a number belongs to a total %d words before it, and not one more", last-1)
	}
	for words, shown := range map[string]bool{
		"1 200 rum": true, "1  200 rum": false, "1\t200 rum": false, "134 1995 rum": false,
	} {
		if got := benchmark.MayShowNote(b.n.Templates, board, words, 7); got != shown {
			t.Errorf("%q may be shown: %v", words, got)
		}
	}
}

// One letter is no name in what somebody does; two are.
func TestProfessionsOfShortNames(t *testing.T) {
	b := newTable(t)
	b.do("", settled(func(f *benchmark.Found) { f.Organisations, f.Mine = []string{"B", "Öm"}, "B" }))
	for does, want := range map[benchmark.Profession]benchmark.Profession{"physician B": "physician B", "nurse Öm": ""} {
		if got := benchmark.ProfessionOf(b.n, benchmark.Participant{Profession: does}); got != want {
			t.Errorf("%q is shown as %q", does, got)
		}
	}
}
