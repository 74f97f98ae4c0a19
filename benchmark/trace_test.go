package benchmark_test

import (
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

func (b *table) events() iter.Seq2[benchmark.Event, error] {
	return func(yield func(benchmark.Event, error) bool) {
		for _, r := range b.records() {
			if b.gone[r.Seq] {
				r.Data = nil
			}
			if !yield(benchmark.Decode(r)) {
				return
			}
		}
	}
}

// One's own words are there, each as what it is, and what the bot sent; another's
// words are not, and after an erasure nothing of one's own is but what stays.
func TestTraces(t *testing.T) {
	b := talkative(t)
	of := func() (words map[string]string, all string, kinds map[string]bool) {
		t.Helper()
		traces, err := benchmark.Traces([]benchmark.ParticipantID{"p2"}, b.events())
		if err != nil {
			t.Fatal(err)
		}
		words, kinds = map[string]string{}, map[string]bool{}
		for _, x := range traces {
			kinds[x.Kind] = true
			all += string(x.Content)
			var text struct{ Body string }
			if err := json.Unmarshal(x.Content, &text); err != nil {
				t.Fatal(err)
			}
			if (x.As != "") != (x.Kind == "text.written") || x.Number == 0 || x.At.IsZero() {
				t.Errorf("%+v", x)
			}
			if x.As != "" {
				words[text.Body] = x.As
			}
		}
		return words, all, kinds
	}
	words, all, kinds := of()
	want := map[string]string{
		"BERTAS last note": "note", "BERTAS reason": "reason", "BERTAS message": "remark", "BERTAS second": "remark",
		"BERTAS question": "question", "BERTAS secret": "private-reflection", "BERTAS thought": "reflection",
		"BERTAS try": "commitment", "BERTAS lesson": "learning",
	}
	if diff := cmp.Diff(want, words); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
	for _, kind := range []string{"identity.given", "participant.joined", "answer.given", "prediction.made", "nudges.muted", "participant.away", "learning.noticed", "duty.done"} {
		if !kinds[kind] {
			t.Errorf("nothing is %s", kind)
		}
	}
	for _, others := range []string{"ANNA", "CARL", "Anna", "u1", "P3"} {
		if strings.Contains(all, others) {
			t.Errorf("%s is told", others)
		}
	}
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	b.erased()
	if words, all, _ := of(); len(words) > 0 || strings.Contains(all, "BERTA") || strings.Contains(all, "u2") {
		t.Errorf("after the erasure there is %s", all)
	}
	broken := errors.New("broken")
	_, err := benchmark.Traces(nil, func(yield func(benchmark.Event, error) bool) { yield(benchmark.Event{}, broken) })
	if !errors.Is(err, broken) {
		t.Errorf("a journal that can't be read: %v", err)
	}
}

// Nobody is taken for another: p2 is not p20, and an indicator or a word of another may be called so: what others
// answered to it is not about p2.
func TestTracesOfOneAlone(t *testing.T) {
	named := falls()
	named.ID = "p2"
	b := founded(t, 21, named)
	b.open("2026-Q4")
	b.do("p3", submit("", noted("p2", 333, "p2")))
	b.do("p3", benchmark.Ask{Indicator: "p2", Text: "p2"})
	b.do("p3", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"p2": benchmark.Above}})
	b.do("p20", benchmark.Leave{})
	b.discharge()
	traces, err := benchmark.Traces([]benchmark.ParticipantID{"p2"}, b.events())
	if err != nil || len(traces) == 0 {
		t.Fatalf("%d traces, %v", len(traces), err)
	}
	for _, x := range traces {
		if strings.Contains(string(x.Content), "p20") || strings.Contains(string(x.Content), "333") || x.Kind == "contribution.made" || x.Kind == "prediction.made" {
			t.Errorf("it is told of others: %s %s", x.Kind, x.Content)
		}
	}
}
