package benchmark_test

import (
	"fmt"
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/prompt"
	"roundtable/benchmark/view"
)

// saying is a round that is shown, in which the k-th organisation gave the k-th answer;
// nothing where there is no answer.
func saying(t *testing.T, visibility benchmark.Visibility, items ...benchmark.Item) *table {
	t.Helper()
	b := founded(t, len(items),
		benchmark.Indicator{ID: "falls", Title: "Falls", Kind: benchmark.Proportion},
		benchmark.Indicator{ID: "how", Title: "How", Kind: benchmark.Text},
		benchmark.Indicator{ID: "stay", Title: "Stay", Kind: benchmark.Duration},
	)
	b.do("p1", seeing(visibility))
	b.open("2026-Q4")
	for k, item := range items {
		if item.Answer != "" {
			b.do(participant(k+1), benchmark.Submit{Items: []benchmark.Item{item}})
		}
	}
	b.close()
	b.publish()
	return b
}

func answerFalls(r, n float64) benchmark.Item {
	return benchmark.Item{Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: r, Denominator: n}}
}

func stayOf(days float64) benchmark.Item {
	return benchmark.Item{Indicator: "stay", Answer: benchmark.Value, Figure: benchmark.Figure{Value: days, N: 90}}
}

func unfit(i benchmark.IndicatorID) benchmark.Item {
	return benchmark.Item{Indicator: i, Answer: benchmark.DoesNotFit, Note: "We have no beds."}
}

// What a comparison says to everybody.
func TestSignal(t *testing.T) {
	var silent benchmark.Item
	much := answerFalls(20, 400)
	text := benchmark.Item{Indicator: "how", Answer: benchmark.Value, Note: "We walk round."}
	apart := []benchmark.Item{}
	for k := range 12 {
		apart = append(apart, answerFalls(float64(20+60*(k%2)), 400))
	}
	for name, tt := range map[string]struct {
		indicator benchmark.IndicatorID
		items     []benchmark.Item
		want      prompt.Signal
	}{
		"one value":                 {"falls", []benchmark.Item{much, silent, silent}, prompt.TooLittle},
		"one shown, two withheld":   {"falls", []benchmark.Item{much, answerFalls(3, 400), answerFalls(3, 400)}, prompt.Hidden},
		"two values":                {"falls", []benchmark.Item{much, much, silent}, prompt.TooLittle},
		"three values":              {"falls", []benchmark.Item{much, much, much}, prompt.InChance},
		"all alike":                 {"falls", []benchmark.Item{much, much, much, much, much, much}, prompt.InChance},
		"one far out":               {"falls", []benchmark.Item{answerFalls(120, 400), much, much, much, much, much}, prompt.Outside},
		"one far out, not the last": {"falls", []benchmark.Item{much, much, answerFalls(120, 400), much, much, much}, prompt.Outside},
		"all apart":                 {"falls", apart, prompt.WideSpread},
		"a definition doesn't fit":  {"falls", []benchmark.Item{much, much, unfit("falls")}, prompt.Definition},
		"two lengths of stay":       {"stay", []benchmark.Item{stayOf(4), stayOf(6)}, prompt.TooLittle},
		"three lengths of stay":     {"stay", []benchmark.Item{stayOf(4), stayOf(6), stayOf(6)}, prompt.Described},
		"one length of stay":        {"stay", []benchmark.Item{stayOf(4), silent}, prompt.TooLittle},
		"one text":                  {"how", []benchmark.Item{text, silent}, prompt.Practices},
		"no text":                   {"how", []benchmark.Item{much, silent}, prompt.TooLittle},
	} {
		b := saying(t, benchmark.Named, tt.items...)
		if got := b.seenBy("", tt.indicator).Signal(); got != tt.want {
			t.Errorf("%s: the signal is %s, want %s", name, got, tt.want)
		}
	}
	// Where organisations don't see each other no answer is told of.
	b := saying(t, benchmark.Own, unfit("falls"), text, much, much, much)
	for _, i := range []benchmark.IndicatorID{"falls", "how"} {
		if got := b.seenBy("o1", i).Signal(); got != prompt.TooLittle {
			t.Errorf("%s in own: the signal is %s", i, got)
		}
	}
}

// What is asked presumes no difference where there is none, and no several where there is one.
func TestQuestion(t *testing.T) {
	var silent benchmark.Item
	text := benchmark.Item{Indicator: "how", Answer: benchmark.Value, Note: "We walk round."}
	for name, tt := range map[string]struct {
		indicator benchmark.IndicatorID
		items     []benchmark.Item
		want      prompt.Signal
	}{
		"three at nothing":  {"falls", []benchmark.Item{answerFalls(0, 400), answerFalls(0, 300), answerFalls(0, 500)}, prompt.Alike},
		"three stays alike": {"stay", []benchmark.Item{stayOf(4), stayOf(4), stayOf(4)}, prompt.Alike},
		"three stays apart": {"stay", []benchmark.Item{stayOf(4), stayOf(6), stayOf(6)}, prompt.Described},
		"one text":          {"how", []benchmark.Item{text, silent}, prompt.Practice},
		"two texts":         {"how", []benchmark.Item{text, text}, prompt.Practices},
	} {
		v := saying(t, benchmark.Named, tt.items...).seenBy("", tt.indicator)
		if got := v.Question(); got != tt.want {
			t.Errorf("%s: the question is of %s, want %s", name, got, tt.want)
		}
	}
}

// askedWhatFor returns the indicators whose purpose the round asks about.
func (b *table) askedWhatFor() (asked []benchmark.IndicatorID) {
	r, _ := b.n.Round(lastQuarter)
	t, _ := b.n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		prompts := view.Prompts(b.n, b.seenBy("", i.ID))
		if len(prompts) > 1 {
			asked = append(asked, i.ID)
		}
		for _, id := range prompts {
			if !prompt.Known(id) {
				b.t.Errorf("nobody knows the question %q", id)
			}
		}
	}
	return asked
}

// A round asks once what an indicator is for: one that somebody found not to fit, where
// all see each other's answers, else by turns.
func TestPurposeIsAskedOnce(t *testing.T) {
	byTurns := fmt.Sprint(saying(t, benchmark.Named, answerFalls(20, 400), answerFalls(20, 400)).askedWhatFor())
	for _, i := range []benchmark.IndicatorID{"falls", "how", "stay"} {
		if got := saying(t, benchmark.Named, answerFalls(20, 400), unfit(i)).askedWhatFor(); len(got) != 1 || got[0] != i {
			t.Errorf("%s doesn't fit, and the round asks about %v", i, got)
		}
		if got := saying(t, benchmark.Own, answerFalls(20, 400), unfit(i)).askedWhatFor(); fmt.Sprint(got) != byTurns || len(got) != 1 {
			t.Errorf("%s doesn't fit where nobody may know, and the round asks about %v, otherwise %s", i, got, byTurns)
		}
	}
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.close()
	b.publish()
	if got := b.askedWhatFor(); len(got) != 1 {
		t.Errorf("of one indicator the round asks about %v", got)
	}
	if got := view.Prompts(b.n, view.View{Round: "2031", Indicator: falls()}); len(got) != 1 {
		t.Errorf("of no round: %v", got)
	}
}
