package stats

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFunnelReasons(t *testing.T) {
	proportion := func(o ...Proportion) Funnel { return must(ProportionFunnel(o))(t) }
	rate := func(o ...Rate) Funnel { return must(RateFunnel(o))(t) }
	mean := func(o ...Mean) Funnel { return must(MeanFunnel(o))(t) }
	for _, c := range []struct {
		what   string
		funnel Funnel
		reason Reason
		centre float64
	}{
		{"nobody", proportion(), NothingMeasured, 0},
		{"0 of 0 twice", proportion(Proportion{}, Proportion{}), NothingMeasured, 0},
		{"one", proportion(Proportion{1, 4}, Proportion{}), OneOrganisation, 0.25},
		{"no events", proportion(Proportion{0, 4}, Proportion{0, 9}), NoEvents, 0},
		{"all", proportion(Proportion{4, 4}, Proportion{9, 9}), AllEvents, 1},
		{"some", proportion(Proportion{1, 4}, Proportion{1, 4}), Drawn, 0.25},
		{"no rate", rate(), NothingMeasured, 0},
		{"one rate", rate(Rate{2, 8}), OneOrganisation, 0.25},
		{"no event in any", rate(Rate{0, 8}, Rate{0, 9}), NoEvents, 0},
		{"rates", rate(Rate{2, 8}, Rate{0, 8}), Drawn, 0.125},
		{"no mean", mean(Mean{}), NothingMeasured, 0},
		{"one mean", mean(Mean{Value: 3, N: 2}), OneOrganisation, 3},
		{"no sd", mean(Mean{Value: 3, N: 2}, Mean{Value: 6, N: 1}), NoSpread, 4},
		{"sd 0", mean(Mean{Value: 3, SDKnown: true, N: 2}, Mean{Value: 3, SDKnown: true, N: 2}), NoSpread, 3},
		{"sd of one person", mean(Mean{Value: 3, SD: 2, SDKnown: true, N: 1}, Mean{Value: 3, N: 2}), NoSpread, 3},
		{"one sd", mean(Mean{Value: 3, SD: 2, SDKnown: true, N: 2}, Mean{Value: 3, N: 2}), Drawn, 3},
	} {
		if c.funnel.Reason != c.reason {
			t.Errorf("%s: %v, want %v", c.what, c.funnel.Reason, c.reason)
		}
		near(t, c.what+": centre", c.funnel.Centre, c.centre)
		if c.funnel.Reason == Drawn {
			continue
		}
		for i, p := range c.funnel.Points {
			if p.Flag != None || p.AdjustedFlag != None || p.Limits != (Limits{}) {
				t.Errorf("%s: organisation %d has %+v without a funnel", c.what, i, p)
			}
		}
		if _, err := c.funnel.Curve([]float64{5}); !errors.Is(err, ErrUndefined) {
			t.Errorf("%s: curve error %v, want undefined", c.what, err)
		}
	}
}

func must(f Funnel, err error) func(*testing.T) Funnel {
	return func(t *testing.T) Funnel {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
}

// An organisation without figures keeps its place and gets no flag.
func TestFunnelKeepsOrder(t *testing.T) {
	f := must(ProportionFunnel([]Proportion{{50, 100}, {0, 0}, {1, 100}}))(t)
	if diff := cmp.Diff([]Flag{High998, None, Low998}, []Flag{f.Points[0].Flag, f.Points[1].Flag, f.Points[2].Flag}); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Point{}, f.Points[1]); diff != "" {
		t.Errorf("an organisation without figures: %s", diff)
	}
}

func TestRateFunnelFlagsByTails(t *testing.T) {
	f := must(RateFunnel([]Rate{{30, 1000}, {10, 1000}, {20, 1000}}))(t)
	near(t, "centre", f.Centre, 0.02)
	for i, want := range []Flag{High95, Low95, In} {
		if f.Points[i].Flag != want {
			t.Errorf("organisation %d: %v, want %v", i, f.Points[i].Flag, want)
		}
	}
	// Expected 20 events each: the Poisson table's limits, as a rate.
	near(t, "high95", f.Points[0].Limits.High95, 0.02*1.48728843350201)
	near(t, "low998", f.Points[0].Limits.Low998, 0.02*0.358459355388521)
}

func TestMeanFunnel(t *testing.T) {
	f := must(MeanFunnel([]Mean{
		{Value: 10, SD: 3, SDKnown: true, N: 10},
		{Value: 12, SD: 5, SDKnown: true, N: 30},
		{Value: 20, N: 20},
	}))(t)
	near(t, "centre", f.Centre, (100.+360+400)/60)
	near(t, "sigma", f.Sigma, math.Sqrt((9.*9+29*25)/38))
	for i, want := range []Flag{Low95, Low95, High998} {
		if f.Points[i].Flag != want {
			t.Errorf("organisation %d: %v, want %v", i, f.Points[i].Flag, want)
		}
	}
}

func TestFunnelErrors(t *testing.T) {
	_, proportion := ProportionFunnel([]Proportion{{1, 2}, {3, 2}})
	_, rate := RateFunnel([]Rate{{1, 2}, {1, math.NaN()}})
	_, mean := MeanFunnel([]Mean{{Value: 1, N: 1}, {Value: math.Inf(1), N: 2}})
	for what, err := range map[string]error{"proportion": proportion, "rate": rate, "mean": mean} {
		if !errors.Is(err, ErrImpossible) {
			t.Errorf("%s: error %v, want impossible", what, err)
		}
	}
	if want := "proportion funnel: observation 1: impossible figure"; proportion.Error() != want {
		t.Errorf("error %q, want %q", proportion, want)
	}
}

func TestCurveMeetsPoints(t *testing.T) {
	var observations []Proportion
	var sizes []float64
	for i := range 12 {
		n := 40 + 13*i
		observations = append(observations, Proportion{(i*i*7)%n/3 + 1, n})
		sizes = append(sizes, float64(n))
	}
	f := must(ProportionFunnel(observations))(t)
	plain, err := f.Curve(sizes)
	if err != nil {
		t.Fatal(err)
	}
	adjusted, err := f.AdjustedCurve(sizes)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range f.Points {
		if diff := cmp.Diff([]Limits{p.Limits, p.Adjusted}, []Limits{plain[i], adjusted[i]}); diff != "" {
			t.Errorf("size %g: %s", p.Size, diff)
		}
	}
	if !f.Dispersion.Found {
		t.Error("the example should be over-dispersed, so that both curves are tried")
	}
	for size, want := range map[float64]error{0: ErrUndefined, -1: ErrImpossible, math.NaN(): ErrImpossible} {
		for _, curve := range []func([]float64) ([]Limits, error){f.Curve, f.AdjustedCurve} {
			if _, err := curve([]float64{size}); !errors.Is(err, want) {
				t.Errorf("curve at %g: error %v, want %v", size, err, want)
			}
		}
	}
}

func TestWords(t *testing.T) {
	var flags, reasons, methods []string
	for f := None; f <= Low998; f++ {
		flags = append(flags, f.String())
	}
	for r := NothingMeasured; r <= Drawn; r++ {
		reasons = append(reasons, r.String())
	}
	for m := Binomial; m <= Normal; m++ {
		methods = append(methods, m.String())
	}
	want := [][]string{
		{"none", "in", "high95", "high998", "low95", "low998"},
		{"nothing-measured", "one-organisation", "no-events", "all-events", "no-spread", "drawn"},
		{"binomial", "poisson", "normal"},
	}
	if diff := cmp.Diff(want, [][]string{flags, reasons, methods}); diff != "" {
		t.Error(diff)
	}
}
