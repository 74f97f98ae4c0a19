package stats

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Every line of the table of primitives, so that a change of gonum shows.
func TestDistributionsReference(t *testing.T) {
	for _, r := range referenceCSV(t, "dist_primitives.csv") {
		var a []float64
		for field := range strings.FieldsSeq(r["args"]) {
			x, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatal(err)
			}
			a = append(a, x)
		}
		var got float64
		switch r["fn"] {
		case "qnorm":
			got = distuv.UnitNormal.Quantile(a[0])
		case "qt":
			got = distuv.StudentsT{Sigma: 1, Nu: a[1]}.Quantile(a[0])
		case "qbeta":
			got = mathext.InvRegIncBeta(a[1], a[2], a[0])
		case "qchisq":
			got = distuv.ChiSquared{K: a[1]}.Quantile(a[0])
		case "qgamma":
			got = mathext.GammaIncRegInv(a[1], a[0])
		case "pbinom":
			got = binomialLower(int(a[0]), int(a[1]), a[2])
		case "pbinom_upper":
			got = binomialUpper(int(a[0]), int(a[1]), a[2])
		case "ppois":
			got = poissonLower(int(a[0]), a[1])
		case "ppois_upper":
			got = poissonUpper(int(a[0]), a[1])
		default:
			t.Fatalf("no function %q", r["fn"])
		}
		// Relative, however small: tails of 1e-302 have to be right too.
		if want := r.float(t, "value"); !(math.Abs(got-want) <= 1e-9*math.Abs(want)+5e-324) {
			t.Errorf("%s(%s) = %.15g, want %.15g", r["fn"], r["args"], got, want)
		}
	}
}

func TestLevels(t *testing.T) {
	for _, level := range []Level{Level95, Level998} {
		near(t, level.String(), level.Z(), distuv.UnitNormal.Quantile(1-level.Tail()))
	}
}

// The guess is where the search for a limit starts. It may be off; it should
// seldom be, for each step costs a tail.
func TestSearchIsShort(t *testing.T) {
	var evaluations, limits int
	counted := func(tail func(int) float64) func(int) float64 {
		return func(k int) float64 { evaluations++; return tail(k) }
	}
	for _, theta := range []float64{0.01, 0.1, 0.3, 0.7, 0.95} {
		for n := 5; n < 3000; n += 7 {
			c := binomial(n, theta)
			c.upper, c.lower = counted(c.upper), counted(c.lower)
			c.cutoffs()
			limits += 4
		}
	}
	mean := float64(evaluations) / float64(limits)
	t.Logf("%.2f tails a limit", mean)
	if mean > 3 {
		t.Errorf("%.2f tails a limit, want at most 3", mean)
	}
}
