package stats

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDeparted(t *testing.T) {
	history := []float64{4, 2, 3, 5, 6, 1}
	for _, c := range []struct {
		what    string
		value   float64
		history []float64
		want    Departure
	}{
		{"no history", 5, nil, Departure{Reason: TooShort}},
		{"five values", 500, history[:5], Departure{Reason: TooShort}},
		{"the middle", 3.5, history, Departure{Reason: Compared, Median: 3.5}},
		{"within", 9.5, history, Departure{Reason: Compared, Median: 3.5, Z: 0.6745 * 4}},
		{"beyond", 11, history, Departure{Reason: Compared, Median: 3.5, Z: 0.6745 * 5, Ask: true}},
		{"beyond below", -4, history, Departure{Reason: Compared, Median: 3.5, Z: -0.6745 * 5, Ask: true}},
		{"the same as ever", 7, []float64{7, 7, 7, 7, 7, 7}, Departure{Reason: AnyChange, Median: 7}},
		{"any change", 8, []float64{7, 7, 7, 7, 7, 9}, Departure{Reason: AnyChange, Median: 7, Ask: true}},
	} {
		got, err := CompareWithHistory(c.value, c.history)
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
	if diff := cmp.Diff([]float64{4, 2, 3, 5, 6, 1}, history); diff != "" {
		t.Errorf("the history was changed: %s", diff)
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), 1e16} {
		if _, err := CompareWithHistory(bad, history); !errors.Is(err, ErrImpossible) {
			t.Errorf("value %v: error %v, want impossible", bad, err)
		}
		if _, err := CompareWithHistory(1, []float64{bad}); !errors.Is(err, ErrImpossible) {
			t.Errorf("history %v: error %v, want impossible", bad, err)
		}
	}
}
