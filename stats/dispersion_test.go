package stats

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// surgery is child heart surgery 1991-95, as published.
type surgery struct {
	ID          []string
	R, N        []int
	Theta       float64
	PUpper      []float64 `json:"p_upper"`
	PLower      []float64 `json:"p_lower"`
	Flag        []string
	Low95       []float64 `json:"lo95"`
	High95      []float64 `json:"hi95"`
	Low998      []float64 `json:"lo998"`
	High998     []float64 `json:"hi998"`
	ODLow95     []float64 `json:"od_lo95"`
	ODHigh95    []float64 `json:"od_hi95"`
	ODLow998    []float64 `json:"od_lo998"`
	ODHigh998   []float64 `json:"od_hi998"`
	Arcsine     odscale   `json:"od_arcsine"`
	FunnelPlotR struct {
		Phi, Tau2                          float64
		OD95LCL, OD95UCL, OD99LCL, OD99UCL []float64
		Group                              []string
	}
	Shrunk       []float64 `json:"eb_about_theta0"`
	ShrinkWeight []float64 `json:"shrink_weight"`
}

type odscale struct {
	Z, S []float64
	QLow float64 `json:"q_lo"`
	QHi  float64 `json:"q_hi"`
	Phi  float64 `json:"phi_winsor"`
	Tau2 float64 `json:"tau2_winsor"`
}

func surgeryFunnel(t *testing.T) (surgery, Funnel) {
	t.Helper()
	var all map[string]surgery
	referenceJSON(t, "funnel_datasets_proportion.json", &all)
	s := all["child_heart_1991"]
	var observations []Proportion
	for i := range s.R {
		observations = append(observations, Proportion{s.R[i], s.N[i]})
	}
	f, err := ProportionFunnel(observations)
	if err != nil {
		t.Fatal(err)
	}
	return s, f
}

func TestSurgeryReference(t *testing.T) {
	s, f := surgeryFunnel(t)
	near(t, "theta", f.Centre, s.Theta)
	for i, p := range f.Points {
		who := s.ID[i]
		near(t, who+" upper tail", binomialUpper(s.R[i], s.N[i], f.Centre), s.PUpper[i])
		near(t, who+" lower tail", binomialLower(s.R[i], s.N[i], f.Centre), s.PLower[i])
		if p.Flag.String() != s.Flag[i] {
			t.Errorf("%s: flag %v, want %s", who, p.Flag, s.Flag[i])
		}
		near(t, who+" low95", p.Limits.Low95, s.Low95[i])
		near(t, who+" high95", p.Limits.High95, s.High95[i])
		near(t, who+" low998", p.Limits.Low998, s.Low998[i])
		near(t, who+" high998", p.Limits.High998, s.High998[i])
	}
}

func TestDispersionReference(t *testing.T) {
	s, f := surgeryFunnel(t)
	if !f.Dispersion.Assessed || !f.Dispersion.Found {
		t.Fatalf("dispersion %+v, want assessed and found", f.Dispersion)
	}
	near(t, "phi", f.Dispersion.Phi, s.Arcsine.Phi)
	near(t, "tau2", f.Dispersion.Tau2, s.Arcsine.Tau2)
	near(t, "10 % quantile", quantile(s.Arcsine.Z, 0.1), s.Arcsine.QLow)
	near(t, "90 % quantile", quantile(s.Arcsine.Z, 0.9), s.Arcsine.QHi)
	scale := f.scale()
	for i, p := range f.Points {
		who := s.ID[i]
		se := scale.standardError(p.Size)
		near(t, who+" s", se, s.Arcsine.S[i])
		near(t, who+" z", (scale.to(p.Value)-scale.to(f.Centre))/se, s.Arcsine.Z[i])
		near(t, who+" low95", p.Adjusted.Low95, min(s.ODLow95[i], s.Low95[i]))
		near(t, who+" high95", p.Adjusted.High95, max(s.ODHigh95[i], s.High95[i]))
		near(t, who+" low998", p.Adjusted.Low998, min(s.ODLow998[i], s.Low998[i]))
		near(t, who+" high998", p.Adjusted.High998, max(s.ODHigh998[i], s.High998[i]))
		shrunk, err := f.Shrunk(i)
		if err != nil {
			t.Fatal(err)
		}
		near(t, who+" weight", shrunk.Weight, s.ShrinkWeight[i])
		near(t, who+" shrunk", shrunk.Value, s.Shrunk[i])
	}
	var outside []string
	for i, p := range f.Points {
		if p.AdjustedFlag != In {
			outside = append(outside, s.ID[i]+" "+p.AdjustedFlag.String())
		}
	}
	if diff := cmp.Diff([]string{"Bristol high998", "Leeds low95"}, outside); diff != "" {
		t.Errorf("outside the adjusted limits: %s", diff)
	}
}

// FunnelPlotR rounds z (1.96, 3.090232), so its limits agree to 1e-6 only.
func TestFunnelPlotRReference(t *testing.T) {
	s, f := surgeryFunnel(t)
	near(t, "phi", f.Dispersion.Phi, s.FunnelPlotR.Phi)
	near(t, "tau2", f.Dispersion.Tau2, s.FunnelPlotR.Tau2)
	at := map[string]Limits{}
	for i, p := range f.Points {
		at[s.ID[i]] = f.scale().limits(p.Size, f.Dispersion.Tau2)
	}
	for i, who := range s.FunnelPlotR.Group {
		nearBy(t, who+" low95", at[who].Low95, s.FunnelPlotR.OD95LCL[i], 1e-6)
		nearBy(t, who+" high95", at[who].High95, s.FunnelPlotR.OD95UCL[i], 1e-6)
		nearBy(t, who+" low998", at[who].Low998, s.FunnelPlotR.OD99LCL[i], 1e-6)
		nearBy(t, who+" high998", at[who].High998, s.FunnelPlotR.OD99UCL[i], 1e-6)
	}
}

// Multiplying exposures by a unit's size (days to weeks) must change neither
// phi nor tau² nor any flag.
func TestRateDispersionHasNoUnit(t *testing.T) {
	var days, weeks []Rate
	for i, events := range []int{3, 9, 14, 2, 31, 8, 8, 12, 40, 1, 17, 5} {
		exposure := 900 + 130*float64(i)
		days = append(days, Rate{events, exposure})
		weeks = append(weeks, Rate{events, exposure / 7})
	}
	a, err := RateFunnel(days)
	if err != nil {
		t.Fatal(err)
	}
	b, err := RateFunnel(weeks)
	if err != nil {
		t.Fatal(err)
	}
	if !a.Dispersion.Found {
		t.Fatalf("dispersion %+v, want found", a.Dispersion)
	}
	near(t, "phi", b.Dispersion.Phi, a.Dispersion.Phi)
	near(t, "tau2", b.Dispersion.Tau2, a.Dispersion.Tau2)
	for i := range a.Points {
		near(t, "adjusted high", b.Points[i].Adjusted.High998/7, a.Points[i].Adjusted.High998)
		if a.Points[i].Flag != b.Points[i].Flag || a.Points[i].AdjustedFlag != b.Points[i].AdjustedFlag {
			t.Errorf("organisation %d is flagged %v, %v by days and %v, %v by weeks", i,
				a.Points[i].Flag, a.Points[i].AdjustedFlag, b.Points[i].Flag, b.Points[i].AdjustedFlag)
		}
	}
}

func TestDispersionNeedsTen(t *testing.T) {
	observations := []Proportion{{0, 0}}
	for i := range 9 {
		observations = append(observations, Proportion{10 * i, 100})
	}
	f, err := ProportionFunnel(observations)
	if err != nil {
		t.Fatal(err)
	}
	if f.Dispersion != (Dispersion{}) {
		t.Errorf("with nine organisations dispersion is %+v, want none", f.Dispersion)
	}
	if _, err := f.Shrunk(3); !errors.Is(err, ErrUndefined) {
		t.Errorf("shrunken value: error %v, want undefined", err)
	}
	f, err = ProportionFunnel(append(observations, Proportion{90, 100}))
	if err != nil {
		t.Fatal(err)
	}
	if !f.Dispersion.Found {
		t.Errorf("with ten organisations dispersion is %+v, want found", f.Dispersion)
	}
}

// Ten organisations that are all the same differ less than chance does: no
// variance between them, and full shrinkage to what they share.
func TestNoDispersionWhenAllAreEqual(t *testing.T) {
	observations := make([]Proportion, 10)
	for i := range observations {
		observations[i] = Proportion{5, 50}
	}
	f, err := ProportionFunnel(observations)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Dispersion.Assessed || f.Dispersion.Found || f.Dispersion.Tau2 != 0 {
		t.Errorf("dispersion %+v, want assessed and not found", f.Dispersion)
	}
	if f.Points[0].Adjusted != f.Points[0].Limits {
		t.Errorf("adjusted limits %+v, want the unadjusted %+v", f.Points[0].Adjusted, f.Points[0].Limits)
	}
	shrunk, err := f.Shrunk(0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "weight", shrunk.Weight, 1)
	near(t, "value", shrunk.Value, 0.1)
}
