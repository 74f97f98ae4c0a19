package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark/period"
	"roundtable/locale"
)

// The same figures, as people and programs write them.
func TestFormsOfFiles(t *testing.T) {
	for name, file := range map[string]string{
		"ours":              "organisation,indicator,period,numerator,denominator\nB,hygiene,2024-01,3,1200\nK,hygiene,2024-02,5,1300\n",
		"Swedish names":     "Organisation;Indikator;Period;Täljare;Nämnare\nB;hygiene;jan-24;3;1 200\nK;hygiene;feb-24;5;1 300\n",
		"decomposed":        "Organisation;Indikator;Period;Ta\u0308ljare;Na\u0308mnare\nB;hygiene;jan-24;3;1 200\nK;hygiene;feb-24;5;1 300\n",
		"comments":          "# from the ward\n#\"\norganisation,indicator,period,numerator,denominator\nB,hygiene,2024-01,3,1200\n# and, this,one\nK,hygiene,2024-02,5,1300\n#\n",
		"sep quoted":        "\"sep=;\"\norganisation;indicator;period;numerator;denominator\nB;hygiene;2024M01;3;1200\nK;hygiene;2024M02;5;1300\n",
		"SEP":               "SEP=;\r\norganisation;indicator;period;numerator;denominator\r\nB;hygiene;2024M01;3;1200\r\nK;hygiene;2024M02;5;1300\r\n",
		"sep;;;;":           "sep=;;;;\norganisation;indicator;period;numerator;denominator\nB;hygiene;202401;3;1200\nK;hygiene;202402;5;1300\n",
		"sep quoted,,,":     "\"sep=,\",,,\norganisation,indicator,period,numerator,denominator\nB,hygiene,01/2024,3,1200\nK,hygiene,02/2024,5,1300\n",
		"sep tab":           "sep=\t\norganisation\tindicator\tperiod\tnumerator\tdenominator\nB\thygiene\t2024/01\t3\t1200\nK\thygiene\t2024/02\t5\t1300\n",
		"bars":              "organisation|indicator|period|numerator|denominator\nB|hygiene|January 2024|3|1200\nK|hygiene|februari 2024|5|1300\n",
		"dates":             "organisation,indicator,period,numerator,denominator\nB,hygiene,2024-01-01,3,1200\nK,hygiene,2024-02-01,5,1300\n",
		"ends":              "organisation,indicator,period,numerator,denominator\nB,hygiene,20240131,3,1200\nK,hygiene,2024-02-29T00:00:00,5,1300\n",
		"thousands, by one": "organisation;indicator;period;numerator;denominator;value\nB;hygiene;2024-01;3;1,200;\nK;hygiene;2024-02;5;1,300;\nB;stay;2024-01;;;12.5\n",
		"other columns":     "id,organisation,indicator,period,numerator,denominator,colour\n1,B,hygiene,2024-01,3,1200,red\n2,K,hygiene,2024-02,5,1300,\n",
		"both names":        "organisation,indicator,period,tidsperiod,numerator,denominator\nB,hygiene,2024-01,winter,3,1200\nK,hygiene,2024-02,winter,5,1300\n",
	} {
		got, err := ReadFigures("f.csv", strings.NewReader(file), options())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := []string{"B 2024-01 3/1200", "K 2024-02 5/1300"}
		var rows []string
		for _, r := range got.Rows {
			if r.Indicator == "hygiene" {
				rows = append(rows, r.Organisation+" "+r.Period+" "+formatPlain(r.Figure.Numerator)+"/"+formatPlain(r.Figure.Denominator))
			}
		}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if passed := strings.Join(got.PassedOver, " "); name == "other columns" && passed != "id colour" || name == "both names" && passed != "tidsperiod" || name == "comments" && got.Comments != 4 {
			t.Errorf("%s: passed over %q, %d comments", name, passed, got.Comments)
		}
	}
}

// What can mean several things is decided by what stands beside it, by an option, or
// asked.
func TestPeriodsOfAFile(t *testing.T) {
	for _, test := range []struct {
		periods string
		length  period.Length
		want    string // the periods, or what is said
	}{
		{"2009-10", "", "can be a month or two years"},
		{"2009-10 2009-11 2009-12", "", "2009-10 2009-11 2009-12"},
		{"2009-10 2010-11 2011-12 2012-13", "", "2009-FY10 2010-FY11 2011-FY12 2012-FY13"},
		{"2009-10 2012-13 2009-11", "", "can be a month or two years"},
		{"2009/10 2010/11", "", "2009-FY10 2010-FY11"},
		{"2009/10 2009/11 2009/12", "", "2009-10 2009-11 2009-12"},
		{"2009-10 2010-11", period.Month, "2009-10 2010-11"},
		{"2009-10 2010-11", period.Financial, "2009-FY10 2010-FY11"},
		{"2009-2010 2011-2012", "", "can be a month or two years"},
		{"2009-2010 2011-2012", period.Years, "2009-2010 2011-2012"},
		{"2024-01-01", "", "is a date"},
		{"2024-01-01 2024-04-01 2024-07-01", "", "is a date"},
		{"2024-01-01 2024-04-01 2024-07-01", period.Quarter, "2024-Q1 2024-Q2 2024-Q3"},
		{"2024-01-01 2025-01-01", period.Year, "2024 2025"},
		{"2024-01-01 2024-12-31", "", "is a date"},
		{"2024-01-31 2024-02-01 2024-12-31", "", "is a date"},
		{"2024-01-31 2024-02-01 2024-02-02", "", "2024-01-31 2024-02-01 2024-02-02"},
		{"2024-01-01 2024-02-01", "", "2024-01 2024-02"},
		{"2024-01-01 2024-02", "", "2024-01 2024-02"},
		{"2024-01-01 2024-01-02 2024-01-03", "", "2024-01-01 2024-01-02 2024-01-03"},
		{"2024-01-01 2024-01-08 2024-01-15", "", "is a date"},
		{"2024-01-01 2024-01-08 2024-01-15", period.Week, "2024-W01 2024-W02 2024-W03"},
		{"2024-02-01", period.Quarter, "is not a period"},
		{"24-Jan", "", "a spreadsheet made a day of it"},
		{"01/02/2024", "", "write the period: 2026-11"},
		{"45292", "", "a spreadsheet’s number for a day"},
		{"T3", "", "2026-T3 (four months)"},
	} {
		file := "organisation,indicator,period,value\n"
		for p := range strings.FieldsSeq(test.periods) {
			file += "B,stay," + p + ",4.5\n"
		}
		o := options()
		o.Length = test.length
		f, err := ReadFigures("f.csv", strings.NewReader(file), o)
		var got []string
		for _, r := range f.Rows {
			got = append(got, r.Period)
		}
		if said := strings.Join(got, " "); err == nil && said != test.want || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %s: %q, %v, want %q", test.periods, test.length, said, err, test.want)
		}
	}
}

// Numbers that can be read in two ways are read as the other numbers of their column, or
// of the file, are; else the way out is told, once for all of them.
func TestAmbiguousNumbers(t *testing.T) {
	const head = "organisation;indicator;period;value;n\n"
	for file, want := range map[string]float64{
		"B;stay;2024;64,48763;\nB;stay;2025;64,125;\n":              64.125,
		"B;stay;2024;64.48763;\nB;stay;2025;64,125;\n":              64125,
		"B;stay;2024;1.234.567,5;\nB;stay;2025;64.125;\n":           64125,
		"B;wellbeing;2024;3,5;1 200\nB;wellbeing;2025;4,25;1.200\n": 4.25,
		"B;wellbeing;2024;3,5;1 200\nB;wellbeing;2025;64,125;12\n":  64.125,
	} {
		f, err := ReadFigures("f.csv", strings.NewReader(head+file), options())
		if err != nil || f.Rows[1].Figure.Value != want {
			t.Errorf("%s: %v, %v", file, f.Rows, err)
		}
	}
	for _, file := range []string{"B;stay;2024;64,5;\nB;stay;2025;64.5;\nB;stay;2026;64,125;\nK;stay;2026;64,125;\n", "B;stay;2024;64,125;\nB;stay;2025;1,125;\n"} {
		_, err := ReadFigures("f.csv", strings.NewReader(head+file), options())
		if err == nil || !strings.Contains(err.Error(), "--decimal comma") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// Mistakes of one kind are one line; unknown names are told one by one as far as that helps.
func TestKindsOfMistakes(t *testing.T) {
	file := "organisation,indicator,period,value\n"
	for k := range 44 {
		file += "B,stay,20" + formatPlain(float64(10+k)) + ",many\n"
	}
	o := options()
	o.Language = locale.For("sv")
	_, err := ReadFigures("f.csv", strings.NewReader(file), o)
	const want = `f.csv:2:13: value (kolumn 4): "many" är inte ett tal; skriv siffror, med punkt eller komma före decimalerna; även på 43 rader till: 3, 4, 5, 6, 7, ...`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	file = "organisation,indicator,period,value\n"
	for k := range 300 {
		file += "Nobody " + formatPlain(float64(k)) + ",stay,2024,4.5\n"
	}
	_, err = ReadFigures("f.csv", strings.NewReader(file), options())
	if err == nil || strings.Count(err.Error(), "\n") != maxUnknown || !strings.Contains(err.Error(), "also on 289 more lines") {
		t.Errorf("got %v", err)
	}
}

// A column may be called anything, when that is said.
func TestNamedColumns(t *testing.T) {
	const file = "Site,What,When,Rate,value\nB,stay,2024,4.5,high\n"
	o := options()
	o.Columns = map[string]string{colOrganisation: "site", colIndicator: "What", colPeriod: "When", colValue: "RATE"}
	f, err := ReadFigures("f.csv", strings.NewReader(file), o)
	if err != nil || f.Rows[0].Figure.Value != 4.5 || cmp.Diff([]string{"value"}, f.PassedOver) != "" {
		t.Errorf("%+v, %v", f, err)
	}
	for column, says := range map[string]string{"valeu": "did you mean value?", colN: `the file has no column "Antal"; the file has Site, What, When, Rate, value`} {
		o.Columns = map[string]string{colOrganisation: "site", colIndicator: "What", colPeriod: "When", column: "Antal"}
		if _, err := ReadFigures("f.csv", strings.NewReader(file), o); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", column, err)
		}
	}
	_, err = ReadFigures("f.csv", strings.NewReader("organisation,indicator,period,Value (%)\nB,stay,2024,4.5\n"), options())
	if err == nil || !strings.Contains(err.Error(), "did you mean value?") {
		t.Error(err)
	}
	_, err = ReadFigures("f.csv", strings.NewReader("organisation,indicator,period,rate\nB,stay,2024,4.5\n"), options())
	if err == nil || !strings.Contains(err.Error(), "--columns value=NAME") {
		t.Error(err)
	}
}

// One row that is wrong makes no other kind of the rest.
func TestKindFollowsMostRows(t *testing.T) {
	const head = "organisation,indicator,period,numerator,denominator,value,n\n"
	for rows, want := range map[string]Basis{
		"A,x,1,3,100,,\nB,x,1,120,12,,\n":                             FromShares,
		"A,x,1,30,10,,\nB,x,1,120,12,,\n":                             FromExposures,
		"A,x,1,3,10,,\nB,x,1,14,12,,\nC,x,1,13,12,,\nD,x,1,10,12,,\n": FromExposures,
		"A,x,1,,,12,\nB,x,1,,,13,\nC,x,1,,,yes,\n":                    FromWhole,
		"A,x,1,,,12,\nB,x,1,,,13,\nC,x,1,,,14,5\n":                    FromWhole,
		"A,x,1,,,12,\nB,x,1,,,13,\nC,x,1,3,14,,\n":                    FromWhole,
		"A,x,1,*,*,,\nB,x,1,<5,120,,\n":                               FromShares,
		"A,x,1,,,*,\nB,x,1,,,..,\n":                                   FromMeasured,
	} {
		all, err := InferIndicators("f.csv", strings.NewReader(head+rows), FigureOptions{})
		if err != nil || all[0].Basis != want {
			t.Errorf("%s: %+v, %v, want %s", rows, all, err, want)
		}
	}
}
