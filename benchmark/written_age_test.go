package benchmark_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

func keeping(months int) benchmark.Intent {
	return setting(func(s *benchmark.Settings) { s.KeepTexts = months })
}

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.AgeTexts()}},
	refusals: []refusalCase{
		{"bot-only", nil, "p1", benchmark.AgeTexts()},
		{"keep-texts", nil, "p1", keeping(-1)},
		{"keep-texts", nil, "p1", keeping(121)},
	},
	life: func(b *table) {
		b.do("p1", keeping(1))
		b.now = b.now.AddDate(0, 2, 0)
		b.do("", benchmark.AgeTexts())
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"age":  func() benchmark.Intent { return benchmark.AgeTexts() },
			"keep": func() benchmark.Intent { return keeping(pick(w.t, 0, 1, 12, 500)) },
		}
	},
})

// age does what is owed of age now, and says whether anything is.
func (b *table) age() (aged bool) {
	for _, d := range b.owed(benchmark.AgeDuty) {
		b.do("", benchmark.AgeTexts())
		return d.Key != ""
	}
	return false
}

// What was written under the promise of a year goes after a year, though the network says five
// years by then, or for ever; what is written afterwards is kept for as long as that.
func TestAShorterPromiseIsKept(t *testing.T) {
	for _, raised := range []int{60, 0} {
		b := founded(t, 3, falls())
		b.do("p1", keeping(12))
		b.do("p2", benchmark.Ask{Indicator: "falls", Text: "Do near falls count?"})
		b.now = b.now.AddDate(0, 6, 0)
		b.do("p1", keeping(raised))
		b.do("p2", benchmark.Ask{Indicator: "falls", Text: "And those from a chair?"})
		b.now = b.now.AddDate(0, 7, 0)
		for b.age() {
			b.discharge()
		}
		if diff := cmp.Diff(map[benchmark.TextID]string{"t2": "And those from a chair?"}, b.texts()); diff != "" {
			t.Errorf("%d months (-want +got):\n%s", raised, diff)
		}
		b.do("p1", keeping(6))
		for b.age() {
			b.discharge()
		}
		if texts := b.texts(); len(texts) > 0 {
			t.Errorf("fewer months: %v", texts)
		}
	}
}

// What was written goes once it has been kept for as long as was agreed: from memory, from
// the journal, from other seats. Figures stay, and learnings that somebody keeps.
func TestTextsAge(t *testing.T) {
	b := talkative(t)
	b.do("p1", keeping(2))
	b.discharge()
	words := strings.Join([]string{"BERTAS secret", "BERTAS thought", "BERTAS question", "BERTAS last note", "BERTAS reason", "of ANNA"}, "|")
	kept := []string{"BERTAS message", "BERTAS second", "BERTAS lesson", "of CARL"} // as learnings
	for range 70 {
		if b.age() {
			break
		}
		b.now = b.now.Add(24 * time.Hour)
	}
	if age := b.now.Sub(start); age < 59*24*time.Hour || age > 63*24*time.Hour {
		t.Errorf("they went after %v", age)
	}
	edits := map[string]bool{}
	for _, d := range b.owed(benchmark.RelayDuty, benchmark.ComparisonDuty) {
		edits[d.Key] = d.Edit != benchmark.Post{}
	}
	want := map[string]bool{
		"comparison/2026-Q4/falls/s1": true, "comparison/2026-Q4/falls/s2": true,
		"relay/m4/s1": true, "relay/m4/s2": true, "relay/m5/s1": true, "relay/m5/s2": true, "relay/m6/s1": true, "relay/m6/s2": true,
	}
	if diff := cmp.Diff(want, edits); diff != "" {
		t.Errorf("edits (-want +got):\n%s", diff)
	}
	if c, _, _ := b.n.Contribution(4); !c.Withdrawn || c.Aged != 2 {
		t.Errorf("the question is %+v", c)
	}
	b.discharge()
	for where, what := range map[string]string{"memory": b.read(), "the journal": b.erased()} {
		for mark := range strings.SplitSeq(words, "|") {
			if strings.Contains(what, mark) {
				t.Errorf("%s holds %s", where, mark)
			}
		}
		for _, mark := range kept {
			if !strings.Contains(what, mark) {
				t.Errorf("%s has lost %s", where, mark)
			}
		}
	}
	if s := b.n.Rounds[0].Submissions[benchmark.Slot{Organisation: "o2", Indicator: "falls"}]; len(s.Versions) != 3 || s.Current().Figure.Numerator != 23 {
		t.Errorf("figures have gone: %+v", s)
	}
	// What nobody keeps as a learning any more goes then.
	b.do("p3", benchmark.Release{Post: message})
	if !b.age() || strings.Contains(b.read(), "BERTAS message") {
		t.Error("it is kept, though nobody learns from it")
	}
	if len(b.owed(benchmark.AgeDuty)) > 0 {
		t.Errorf("owed still: %+v", b.owed(benchmark.AgeDuty))
	}
}

// Texts are kept for ever unless otherwise agreed; what is not shown yet, or promised until
// a day, is kept until then.
func TestTextsThatDoNotAge(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.Ask{Text: "a question"})
	b.do("p1", benchmark.Commit{Text: "a promise", Until: b.now.AddDate(0, 5, 0)})
	b.now = b.now.AddDate(20, 0, 0)
	if b.age() {
		t.Fatal("it went though nothing was agreed")
	}
	b = founded(t, 3, falls())
	b.do("p1", keeping(1))
	b.open("2026-Q4")
	b.do("p1", benchmark.ExtendRound{Due: b.now.AddDate(0, 3, 0), Closes: b.now.AddDate(0, 3, 1)})
	b.do("p1", submit("", noted("falls", 20, "a note")))
	b.do("p1", benchmark.Commit{Text: "a promise", Until: b.now.AddDate(0, 2, 0)})
	b.do("p1", benchmark.Ask{Text: "a question"})
	b.now = b.now.AddDate(0, 1, 2)
	b.age()
	if left := fmt.Sprint(b.texts()); !strings.Contains(left, "a note") || !strings.Contains(left, "a promise") || strings.Contains(left, "a question") {
		t.Errorf("left are %s", left)
	}
	b.now = b.now.AddDate(0, 1, 0)
	b.age()
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.age()
	if left := b.texts(); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
}

// A long past goes in portions, each once, and costs nothing any more afterwards.
func TestManyTextsAge(t *testing.T) {
	b := founded(t, 2, falls())
	for k := range 1100 {
		b.do("p1", benchmark.Ask{Text: fmt.Sprintf("question %d", k)})
	}
	b.now = b.now.AddDate(1, 0, 0)
	b.do("p1", keeping(6))
	if many := benchmark.AgedTexts(b.n, 6, b.now); many != 1100 {
		t.Errorf("%d are too old", many)
	}
	times := 0
	for b.age() {
		times++
	}
	if times != 3 || len(b.texts()) > 0 || benchmark.AgedTexts(b.n, 6, b.now) > 0 {
		t.Errorf("in %d portions, left are %d", times, len(b.texts()))
	}
	if words := b.toErase(); len(words) != 1100 || !slices.Contains(words, "question 7") {
		t.Errorf("%d are to be erased", len(words))
	}
}

// After a crash between the decision and the erasure all goes on.
func TestAgeingGoesOn(t *testing.T) {
	b := talkative(t)
	b.do("p1", keeping(1))
	b.now = b.now.AddDate(0, 3, 0)
	b.age()
	before := b.n.Duties(b.now, nil)
	gone := b.owed(benchmark.EraseDuty)
	b.erase("text.written")
	if diff := cmp.Diff(before, b.n.Duties(b.now, nil)); diff != "" || len(gone) != 1 {
		t.Errorf("owed are (-before +after):\n%s", diff)
	}
}
