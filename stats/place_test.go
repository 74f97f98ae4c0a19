package stats

import (
	"errors"
	"testing"
)

// An organisation lies where it would lie if the funnel had been made with it,
// the centre being the same.
func TestPlaceAgreesWithFunnel(t *testing.T) {
	proportions := []Proportion{{41, 143}, {25, 187}, {24, 323}, {23, 122}, {25, 164}, {42, 405}, {24, 239}, {53, 482}, {26, 195}, {25, 177}, {58, 581}, {31, 301}}
	f, err := ProportionFunnel(proportions)
	if err != nil {
		t.Fatal(err)
	}
	for k, o := range proportions {
		got, err := f.PlaceProportion(o)
		if err != nil || got != f.Points[k] {
			t.Errorf("PlaceProportion(%v) = %+v, %v; the funnel has %+v", o, got, err, f.Points[k])
		}
	}
	rates := []Rate{{3, 412}, {9, 800.5}, {2, 100}, {30, 1200}}
	r, err := RateFunnel(rates)
	if err != nil {
		t.Fatal(err)
	}
	for k, o := range rates {
		if got, err := r.PlaceRate(o); err != nil || got != r.Points[k] {
			t.Errorf("PlaceRate(%v) = %+v, %v; the funnel has %+v", o, got, err, r.Points[k])
		}
	}
	means := []Mean{{Value: 3, SD: 1, SDKnown: true, N: 30}, {Value: 4, SD: 1.5, SDKnown: true, N: 20}, {Value: 9, SD: 1, SDKnown: true, N: 50}}
	m, err := MeanFunnel(means)
	if err != nil {
		t.Fatal(err)
	}
	for k, o := range means {
		if got, err := m.PlaceMean(o); err != nil || got != m.Points[k] {
			t.Errorf("PlaceMean(%v) = %+v, %v; the funnel has %+v", o, got, err, m.Points[k])
		}
	}
	if p, err := f.PlaceProportion(Proportion{}); err != nil || p.Measured {
		t.Errorf("PlaceProportion(0/0) = %+v, %v", p, err)
	}
	if _, err := f.PlaceProportion(Proportion{5, 4}); err == nil {
		t.Error("PlaceProportion(5/4) gave no error")
	}
	if _, err := f.PlaceRate(Rate{5, 4}); !errors.Is(err, ErrImpossible) {
		t.Errorf("a rate in a funnel of proportions: error %v, want impossible", err)
	}
	dense, err := RateFunnel([]Rate{{100, 1e-8}, {50, 1e-8}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dense.PlaceRate(Rate{5, 1e8}); !errors.Is(err, ErrImpossible) {
		t.Errorf("an expected count over MaxSize: error %v, want impossible", err)
	}
}

func TestQuartiles(t *testing.T) {
	low, middle, high, ok := Quartiles([]float64{4, 1, 3, 2})
	if low != 1.75 || middle != 2.5 || high != 3.25 || !ok {
		t.Errorf("Quartiles(1..4) = %v %v %v %v", low, middle, high, ok)
	}
	if _, _, _, ok := Quartiles([]float64{1}); ok {
		t.Error("Quartiles of one value said something")
	}
}
