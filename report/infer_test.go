package report

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/mistake"
)

// Kinds follow from the columns, ids from the names.
func TestInferIndicators(t *testing.T) {
	const file = `organisation;indicator;period;numerator;denominator;value;n;sd;note
A;Fall på golv;2026;3;40;;;;
A;fall PÅ golv;2027;40;40;;;;
A;Fall på golv!;2026;3;2;;;;
A;days;2026;3;40,5;;;;
A;mean;2026;;;-4,5;12;;
A;count;2026;;;12;;;
A;stay;2026;;;12,5;;;
A;spread;2026;;;12;;2;
A;1st;2026;;;ja;;;
A;words;2026;;;;;;hello
`
	all, err := InferIndicators("f.csv", strings.NewReader(file), FigureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range all {
		got = append(got, string(i.Indicator.ID)+" "+string(i.Indicator.Kind)+" "+string(i.Basis))
	}
	want := []string{
		"fall-pa-golv proportion shares", "fall-pa-golv-2 rate exposures", "days rate exposures", "mean mean people", "count count whole",
		"stay duration measured", "spread duration measured", "i-1st yes-no yes-or-no", "words text nothing-else",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var indicators []benchmark.Indicator
	for _, i := range all {
		indicators = append(indicators, i.Indicator)
	}
	if err := benchmark.CheckTemplate(indicators); err != nil {
		t.Error(err)
	}
	if f, err := ReadFigures("f.csv", strings.NewReader(file), FigureOptions{Indicators: indicators}); err != nil || len(f.Rows) != 10 {
		t.Errorf("%d rows, %v", len(f.Rows), err)
	}
}

func TestNotInferred(t *testing.T) {
	for file, says := range map[string]string{
		"":                                      "the file is empty",
		"organisation,indicator,value\nA,x,1\n": "there is no column period",
		"organisation,indicator,period,value\nA,x,2026,-1\nB,x,2026,-2\n":                          "f.csv:2:10: value (column 4): a value below zero can only be a mean",
		"organisation,indicator,period,value\nA," + strings.Repeat("x", maxTitle+1) + ",2026,-1\n": "a name of 76 characters is too long",
	} {
		_, err := InferIndicators("f.csv", strings.NewReader(file), FigureOptions{})
		if _, ok := errors.AsType[mistake.List](err); !ok || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", file, err)
		}
	}
}
