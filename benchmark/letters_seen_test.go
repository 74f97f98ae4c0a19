package benchmark_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// noted answers for an organisation, with a note if it isn't empty.
func (b *table) noted(k int, note string) {
	b.t.Helper()
	b.do(participant(k), benchmark.Submit{Items: []benchmark.Item{{
		Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 40, Denominator: 400}, Note: note,
	}}})
}

func (b *table) noteTells(k int) bool { return benchmark.NoteTells(b.n, participant(k)) }

// A note tells of whose letter it stands beside once somebody may have seen it there.
func TestNoteTells(t *testing.T) {
	b := founded(t, 4, falls())
	b.do("p1", seeing(benchmark.Coded))
	b.open("2026-Q3")
	b.noted(2, "a new ward")
	b.noted(3, "")
	if b.noteTells(2) {
		t.Error("nobody has seen it yet")
	}
	b.close()
	for k, want := range map[int]bool{1: false, 2: true, 3: false, 4: false} {
		if got := b.noteTells(k); got != want {
			t.Errorf("p%d: %v", k, got)
		}
	}

	b = founded(t, 3, falls())
	b.open("2026-Q3")
	b.noted(2, "a new ward")
	b.close()
	if b.noteTells(2) {
		t.Error("they stand by their names")
	}
}

// What an organisation is that never answered tells no letter, in a round that is open again too.
func TestSilentOnesTellNoLetter(t *testing.T) {
	b := founded(t, 4, falls())
	lettered(b)
	b.do("p1", benchmark.ReopenRound{Closes: later, Reason: "some were late"})
	if benchmark.LetterTells(b.n, "o3") || !benchmark.LetterTells(b.n, "o2") {
		t.Errorf("o3 tells: %v, o2 tells: %v", benchmark.LetterTells(b.n, "o3"), benchmark.LetterTells(b.n, "o2"))
	}
}

// Letters stand until they are dealt anew, and what was shown keeps its own.
func TestLettersStand(t *testing.T) {
	b := founded(t, 4, falls())
	lettered(b) // Org 2 has answered
	b.publish()
	if !b.n.LettersStand() {
		t.Error("they don't after the first round")
	}
	before := lettersIn(b, "2026-Q3")
	b.do("p1", benchmark.ReopenRound{Closes: later, Reason: "some were late"})
	b.noted(3, "")
	b.close()
	after := lettersIn(b, "2026-Q3")
	delete(after, "o3")
	if diff := cmp.Diff(before, after); diff != "" || !b.n.LettersStand() {
		t.Errorf("stand: %v (-before +after):\n%s", b.n.LettersStand(), diff)
	}
	b.publish()
	b.open("2026-Q4")
	b.noted(4, "")
	b.close()
	if b.n.LettersStand() {
		t.Error("others have answered, and they stand")
	}

	b = founded(t, 4, falls())
	for k, period := range []string{"2026-Q3", "2026-Q4"} {
		b.open(period)
		b.noted(k+2, "")
		b.close()
		b.publish()
	}
	if !b.n.LettersStand() {
		t.Error("dealt where organisations stand by their names")
	}
}
