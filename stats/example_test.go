package stats_test

import (
	"fmt"

	"roundtable/stats"
)

// Three wards and the falls among their patients. The third had none to count.
func ExampleProportionFunnel() {
	funnel, err := stats.ProportionFunnel([]stats.Proportion{
		{Numerator: 3, Denominator: 412},
		{Numerator: 21, Denominator: 380},
		{},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%v around %.3f\n", funnel.Reason, funnel.Centre)
	for _, p := range funnel.Points {
		fmt.Println(p.Measured, p.Flag)
	}
	// Output:
	// drawn around 0.030
	// true low95
	// true high95
	// false none
}

// Two years of monthly waiting times, and a change after the first.
func ExampleXmR() {
	days := []float64{
		31, 29, 33, 30, 32, 28, 31, 30, 33, 29, 30, 31,
		24, 25, 23, 26, 24, 22, 25, 24, 23, 24, 25, 24,
	}
	chart, err := stats.XmR(days, stats.Plan{})
	if err != nil {
		fmt.Println(err)
		return
	}
	first, last := chart.Stretches[0], chart.Points[len(days)-1]
	fmt.Printf("%v limits %.1f to %.1f\n", first.LimitStatus, last.Low, last.High)
	fmt.Println(last.Signal, last.Signal.Variation(stats.LowerIsBetter))
	assurance, _ := last.Assurance(20, stats.LowerIsBetter)
	fmt.Println(assurance)
	// Output:
	// frozen limits 23.8 to 37.4
	// near-lower improvement
	// consistently-misses
}
