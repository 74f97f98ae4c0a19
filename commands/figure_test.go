package commands

import (
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/locale"
)

func indicatorOf(kind benchmark.Kind) benchmark.Indicator {
	i := benchmark.Indicator{ID: "x", Title: "X", Kind: kind}
	switch kind {
	case benchmark.Duration, benchmark.Mean:
		i.Unit = "hours"
	case benchmark.Scale:
		i.Levels = 5
	default:
	}
	return i
}

// TestReadItem reads what people type: where a note may follow, and in a form's
// field, where none may. An item is written as its figure, answer and note; a
// refusal as its reason.
func TestReadItem(t *testing.T) {
	tests := []struct {
		kind           benchmark.Kind
		text           string
		typed, inField string
	}{
		{benchmark.Proportion, "3/412", "3/412", "3/412"},
		{benchmark.Proportion, "3 / 412 new ward", "3/412 | new ward", "figure-rest"},
		{benchmark.Proportion, "3 of 412, new ward", "3/412 | new ward", "figure-rest"},
		{benchmark.Proportion, "3 av 412\nny avdelning", "3/412 | ny avdelning", "figure-rest"},
		{benchmark.Proportion, "3/1,234", "3/1234", "3/1234"},
		{benchmark.Proportion, "3/1 234", "3/1234", "3/1234"},
		{benchmark.Proportion, "3/1\u00a0234\u00a0567 beds", "3/1234567 | beds", "figure-rest"},
		{benchmark.Proportion, "9/1 412 new ward", "9/1412 | new ward", "figure-rest"}, // 1 is too few
		{benchmark.Proportion, "9/1 412 300", "9/1412300", "9/1412300"},
		{benchmark.Proportion, "12\t1412", "12/1412", "12/1412"},
		{benchmark.Proportion, "12\t1 412\tnew ward", "12/1412 | new ward", "figure-rest"},
		{benchmark.Proportion, "3/412 300 beds", "figure-spaces", "figure-rest"},
		{benchmark.Proportion, "3/412, 300 beds", "3/412 | 300 beds", "figure-rest"},
		{benchmark.Proportion, "3/4\u200b12", "3/412", "3/412"},
		{benchmark.Proportion, "12 %", "figure-not-quotient", "figure-not-quotient"},
		{benchmark.Proportion, "three/412", "number", "number"},
		{benchmark.Proportion, "", "figure-empty", "figure-empty"},
		{benchmark.Proportion, "\u200b", "figure-empty", "figure-empty"},
		{benchmark.Proportion, "not measured", "not-measured", "not-measured"},
		{benchmark.Proportion, "Ej mätt - räknaren gick sönder", "not-measured | räknaren gick sönder", "not-measured | räknaren gick sönder"},
		{benchmark.Proportion, "n/a", "not-applicable", "not-applicable"},
		{benchmark.Proportion, "doesn’t fit: no beds", "does-not-fit | no beds", "does-not-fit | no beds"},
		{benchmark.Rate, "7/1834,5", "7/1834.5", "7/1834.5"},
		{benchmark.Rate, "7/1 834,5 by hand", "7/1834.5 | by hand", "figure-rest"},
		{benchmark.Mean, "12,5 n=30 sd=2,1 by hand", "12.5 n=30 sd=2.1 | by hand", "figure-rest"},
		{benchmark.Mean, "12.5 (n = 30; SD: 2.1)", "12.5 n=30 sd=2.1", "12.5 n=30 sd=2.1"},
		{benchmark.Mean, "12,5, n=30, in the ward", "12.5 n=30 | in the ward", "figure-rest"},
		{benchmark.Mean, "1,234", "number", "number"},
		{benchmark.Duration, "4,5", "4.5", "4.5"},
		{benchmark.Duration, "4,5 hours", "4.5", "4.5"},
		{benchmark.Duration, "4,5 timmar, i snitt", "4.5 | i snitt", "figure-rest"},
		{benchmark.Mean, "12,5\t30", "12.5 n=30", "12.5 n=30"},
		{benchmark.Mean, "44 min n=30", "0.733333 n=30", "0.733333 n=30"},
		{benchmark.Mean, "44min n=30", "0.733333 n=30", "0.733333 n=30"},
		{benchmark.Mean, "12h n=30", "12 n=30", "12 n=30"},
		{benchmark.Mean, "12 by night n=30", "12 n=30 | by night", "figure-rest"},
		{benchmark.Duration, "4h", "4", "4"},
		{benchmark.Duration, "4d", "96", "96"},
		{benchmark.Duration, "4 days", "96", "96"},
		{benchmark.Duration, "2 dygn, i snitt", "48 | i snitt", "figure-rest"},
		{benchmark.Duration, "1 h 30 min", "1.5", "1.5"},
		{benchmark.Duration, "1h 30min late", "1.5 | late", "figure-rest"},
		{benchmark.Duration, "4 kg", "figure-unit", "figure-unit"},
		{benchmark.Duration, "4 months", "figure-unit", "figure-unit"},
		{benchmark.Count, "17 without weekends", "17 | without weekends", "figure-rest"},
		{benchmark.Count, "1,000", "1000", "1000"},
		{benchmark.Count, "1e400", "number", "number"},
		{benchmark.Scale, "3", "3", "3"},
		{benchmark.YesNo, "Ja, sedan i våras", "1 | sedan i våras", "figure-rest"},
		{benchmark.YesNo, "maybe", "not-yes-or-no", "not-yes-or-no"},
		{benchmark.Text, "At the bed.", " | At the bed.", " | At the bed."},
		{benchmark.Text, "not measured by everybody", " | not measured by everybody", " | not measured by everybody"},
		{benchmark.Text, "Does not fit: one ward", "does-not-fit | one ward", "does-not-fit | one ward"},
		{benchmark.Text, "", "practice-missing", "practice-missing"},
	}
	for _, tt := range tests {
		for name, mayFollow := range map[string]bool{"typed": true, "in a field": false} {
			want := tt.typed
			if !mayFollow {
				want = tt.inField
			}
			item, err := readItem(locale.For("en"), indicatorOf(tt.kind), tt.text, mayFollow)
			if diff := cmp.Diff(want, written(item, err)); diff != "" {
				t.Errorf("%s %q %s (-want +got):\n%s", tt.kind, tt.text, name, diff)
			}
		}
	}
}

// written is an item in a few words, or the reason that there is none.
func written(item benchmark.Item, err error) string {
	if why, ok := errors.AsType[*benchmark.Refusal](err); ok {
		return string(why.Reason)
	}
	text := ""
	switch f := item.Figure; {
	case item.Answer != benchmark.Value:
		text = string(item.Answer)
	case f.Denominator != 0:
		text = plain(f.Numerator) + "/" + plain(f.Denominator)
	case f.Value != 0:
		text = plain(f.Value)
		if f.N != 0 {
			text += " n=" + plain(f.N)
		}
		if f.SD != nil {
			text += " sd=" + plain(*f.SD)
		}
	}
	if item.Note != "" {
		text += " | " + item.Note
	}
	return text
}

func plain(x float64) string {
	return strings.ReplaceAll(locale.For("en").Decimal(x), ",", "")
}

// FuzzReadItem: every text is read or refused, figures are finite, and a figure
// that is written the way it is typed reads back as it was.
func FuzzReadItem(f *testing.F) {
	for _, s := range []string{
		"3/412 new ward", "1 834,5 n=30 sd=2,1", "n/a", "ej mätt: trasig", "does not fit – why", "-3/0", "1e400", "NaN", "∞",
		"ja", "4,5 timmar", "1\u00a0234", "\u202e3/4", "\xff\xfe", "=1+1", "n=3", "/", "//", " of ", "12 345 678/90",
	} {
		for k := range benchmark.Kinds {
			f.Add(s, k, true)
		}
	}
	f.Fuzz(func(t *testing.T, text string, kind int, noteMayFollow bool) {
		if kind < 0 || kind >= len(benchmark.Kinds) {
			return
		}
		i := indicatorOf(benchmark.Kinds[kind])
		for _, language := range locale.Languages() {
			l := locale.For(language)
			item, err := readItem(l, i, text, noteMayFollow)
			if err != nil {
				refusedWell(t, l, err)
				continue
			}
			parts := []float64{item.Figure.Numerator, item.Figure.Denominator, item.Figure.Value, item.Figure.N}
			for _, x := range parts {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					t.Fatalf("%q is read as %v", text, item.Figure)
				}
			}
			if item.Answer != benchmark.Value || i.Kind == benchmark.Text || i.Kind == benchmark.YesNo {
				continue
			}
			again := typedText(l, i, benchmark.Version{Answer: item.Answer, Figure: item.Figure}, "")
			back, err := readItem(l, i, again, false)
			if fingerprint(back) != fingerprint(item) {
				t.Fatalf("%q is %q, which reads as %q (%v)", text, again, written(back, nil), err)
			}
		}
	})
}

// refusedWell: an error is a refusal, in words of a bounded length.
func refusedWell(t *testing.T, l *locale.Locale, err error) {
	t.Helper()
	var why *benchmark.Refusal
	if !errors.As(err, &why) {
		t.Fatalf("no refusal: %v", err)
	}
	words := Words(l, nil, "/round", why)
	if words == "" || strings.Contains(words, "⟦") || utf8.RuneCountInString(words) > 500 || !utf8.ValidString(words) {
		t.Fatalf("refused with %q", words)
	}
}
