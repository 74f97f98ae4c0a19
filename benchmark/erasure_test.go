package benchmark_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// toErase are the words that are to be taken out of the journal, in the order of
// the alphabet.
func (b *table) toErase() []string {
	texts := map[uint64]string{}
	for _, e := range b.log {
		if text, is := e.Body.(benchmark.TextWritten); is {
			texts[e.Seq] = text.Body
		}
	}
	var words []string
	for _, d := range b.owed(benchmark.EraseDuty) {
		for _, seq := range b.n.ToErase(d) {
			words = append(words, texts[seq])
		}
	}
	slices.Sort(words)
	return words
}

func submit(reason string, items ...benchmark.Item) benchmark.Submit {
	return benchmark.Submit{Items: items, Reason: reason}
}

func noted(i benchmark.IndicatorID, numerator float64, note string) benchmark.Item {
	return benchmark.Item{Indicator: i, Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: numerator, Denominator: 400}, Note: note}
}

// A note that was corrected or taken back is erased, and so is a reason once none of
// the answers stands that it was given for. The figures stay, as history.
func TestReplacedNotesAreErased(t *testing.T) {
	second := falls()
	second.ID, second.Title = "sores", "Sores"
	b := founded(t, 3, falls(), second)
	b.open("2026-Q4")
	still := func(want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, b.toErase()); diff != "" {
			t.Errorf("to be erased (-want +got):\n%s", diff)
		}
		b.discharge()
		if left := b.toErase(); len(left) > 0 {
			t.Errorf("to be erased still: %q", left)
		}
	}
	b.do("p1", submit("", noted("falls", 20, "Bert in bed four"), noted("sores", 30, "")))
	still()
	b.do("p1", submit("", noted("falls", 21, "a new ward"), noted("sores", 30, "a new bed")))
	still("Bert in bed four")
	b.do("p1", benchmark.Withdraw{Indicator: "falls"})
	still("a new ward")
	b.do("p1", submit("", noted("falls", 22, "three wards")))
	still()
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", submit("counted twice", noted("falls", 23, "three wards"), noted("sores", 31, "a new bed")))
	still("a new bed", "three wards") // written again, and the copy stands
	b.do("p1", submit("a late one", noted("falls", 24, "three wards")))
	still("three wards") // the reason is that of the other answer too
	b.do("p1", submit("a later one", noted("sores", 32, "")))
	still("a new bed", "counted twice")
	if got := len(b.n.Current().Submissions[benchmark.Slot{Organisation: "o1", Indicator: "falls"}].Versions); got != 6 {
		t.Errorf("%d versions of the answer", got)
	}
	for _, words := range []string{"three wards", "a late one", "a later one"} {
		if !slices.ContainsFunc(slices.Collect(maps.Values(b.texts())), func(text string) bool { return text == words }) {
			t.Errorf("%q doesn't stand any more", words)
		}
	}
	b.do("p1", submit("the last one", noted("sores", 33, "")))
	still("a later one") // a reason without a note
}

// texts are those that the network has not forgotten.
func (b *table) texts() map[benchmark.TextID]string {
	all := map[benchmark.TextID]string{}
	for _, e := range b.log {
		if text, is := e.Body.(benchmark.TextWritten); is && b.n.Text(text.Text) != "" {
			all[text.Text] = b.n.Text(text.Text)
		}
	}
	return all
}

// A colleague's note that stays as it is when another corrects the figure remains the
// colleague's.
func TestNoteRemainsItsWriters(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "Ida"}, Organisation: "o1"})
	b.do("p1", benchmark.Vouch{Newcomer: "p3", Yes: true})
	b.open("2026-Q4")
	b.do("p1", submit("", noted("falls", 20, "a new ward")))
	b.do("p3", submit("", noted("falls", 21, "a new ward")))
	if owed := b.owed(benchmark.EraseDuty); len(owed) > 0 {
		t.Errorf("to be erased: %+v", owed)
	}
	v, _ := b.n.Current().Submission("o1", "falls")
	if v.By != "p3" || v.Note != "t1" || b.n.Text("t1") != "a new ward" {
		t.Errorf("it is %+v, %q", v, b.n.Text(v.Note))
	}
}

// Content may be out of the journal before it is written down that it is: then its
// bytes may still lie somewhere, and the duty is owed on.
func TestErasureIsOwedUntilItIsDone(t *testing.T) {
	b := founded(t, 2, falls())
	isSaid(b)
	b.do("p1", benchmark.TakeBack{Post: message})
	before := b.owed(benchmark.EraseDuty)
	b.erase("text.written")
	if diff := cmp.Diff(before, b.owed(benchmark.EraseDuty)); diff != "" || len(before) != 1 {
		t.Errorf("after a crash (-before +after):\n%s", diff)
	}
	b.do("", before[0].Finish(benchmark.Post{}))
	b.erase("text.written")
	if after := b.owed(benchmark.EraseDuty); len(after) > 0 {
		t.Errorf("done, and still owed: %+v", after)
	}
}

// Everything that waits is erased at once, and what comes meanwhile afterwards.
func TestErasuresTravelTogether(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	for _, note := range []string{"one", "two", "three"} {
		b.do("p1", submit("", noted("falls", float64(20+len(b.log)), note)))
	}
	owed := b.owed(benchmark.EraseDuty)
	b.now = b.now.Add(time.Minute)
	b.do("p1", submit("", noted("falls", 99, "four")))
	b.do("", owed[0].Finish(benchmark.Post{}))
	if words := strings.Join(b.toErase(), " "); len(owed) != 1 || words != "three" {
		t.Errorf("left to erase: %q", words)
	}
}
