package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

const history = `organisation,indicator,period,numerator,denominator,value,n,sd,note
Northfield Hospital,falls,2025,12,4120,,,,"a note; =now(), ""quoted""
- and a second line"
Lakeside Clinic,falls,2025,3,412.5,,,,'=cmd
=HYPERLINK,falls,2025,0,99,,,,
Northfield Hospital,hygiene,2025,90,100,,,,
Lakeside Clinic,hygiene,2025,2,5,,,,
Northfield Hospital,stay,2025,,,2.1250,12,1.5,
Lakeside Clinic,stay,2025,,,"0,25",,,
Northfield Hospital,wellbeing,2025,,,-3.5,40,,@all of us
Lakeside Clinic,transfers,2025,,,3,,,
Northfield Hospital,speak-up,2025,,,4,,,
Northfield Hospital,routine,2025,,,no,,,
Lakeside Clinic,how,2025,,,,,,every hour
Northfield Hospital,falls,2024-Q4,9,1000,,,,
`

// recorded is a network with figures of every kind: published ones of the past,
// and a round that goes on.
func recorded(t *testing.T, change func(*benchmark.Settings)) *network {
	t.Helper()
	o := options()
	n := found(t, TemplateFile{Indicators: o.Indicators}, change, "Northfield Hospital", "Lakeside Clinic", "=HYPERLINK")
	o.Organisations = n.Organisations
	f, err := ReadFigures("history.csv", strings.NewReader(history), o)
	if err != nil {
		t.Fatal(err)
	}
	h, err := f.History(n.Organisations)
	if err != nil {
		t.Fatal(err)
	}
	n.do("p1", h)
	n.do("p1", benchmark.OpenRound{Period: "2026", Due: noon.Add(24 * time.Hour)})
	return n
}

func TestWriteFigures(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*benchmark.Settings)
		viewer view.Viewer
	}{
		"named":      {nil, view.Viewer{}},
		"named-o2":   {nil, view.Viewer{Organisation: "o2"}},
		"coded":      {func(s *benchmark.Settings) { s.Visibility = benchmark.Coded }, view.Viewer{}},
		"coded-all":  {func(s *benchmark.Settings) { s.Visibility, s.SmallNumber = benchmark.Coded, 0 }, view.Viewer{}},
		"own":        {func(s *benchmark.Settings) { s.Visibility = benchmark.Own }, view.Viewer{}},
		"own-o1":     {func(s *benchmark.Settings) { s.Visibility = benchmark.Own }, view.Viewer{Organisation: "o1"}},
		"all":        {func(s *benchmark.Settings) { s.SmallNumber = 0 }, view.Viewer{}},
		"draft-open": {func(s *benchmark.Settings) { s.SmallNumber = 0 }, view.Viewer{Draft: true}},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := WriteFigures(&b, &recorded(t, tt.change).Network, tt.viewer); err != nil {
				t.Fatal(err)
			}
			checkCells(t, b.Bytes())
			checkGolden(t, "testdata/figures/"+name+".csv", b.String())
		})
	}
	broken := errors.New("broken")
	if err := WriteFigures(failing{broken}, &recorded(t, nil).Network, view.Viewer{}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// checkCells sees that every row says what it is for, and no cell is a formula.
func checkCells(t *testing.T, data []byte) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for k, row := range rows {
		if last := row[len(row)-1]; k > 0 && last != purposeText {
			t.Errorf("row %d ends with %q", k, last)
		}
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") && !plainNumber.MatchString(cell) {
				t.Errorf("the cell %q is a formula", cell)
			}
		}
	}
}

// TestFiguresRoundTrip: what one network gives out, another takes in, and its
// figures are the same.
func TestFiguresRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := options()
		texts := rapid.SampledFrom([]string{"", "=1", "a;-b", "'=x", "''", "\"", "a,b\n\n=c", "+46", "è", "' =1", "x\ty"})
		whole := rapid.IntRange(0, 5000)
		var rows []benchmark.Recorded
		seen := map[[3]string]bool{}
		for range rapid.IntRange(1, 12).Draw(rt, "rows") {
			i := rapid.SampledFrom(o.Indicators).Draw(rt, "indicator")
			r := benchmark.Recorded{
				Organisation: rapid.SampledFrom([]benchmark.OrganisationID{"o1", "o2", "o3"}).Draw(rt, "organisation"),
				Indicator:    i.ID, Period: rapid.SampledFrom([]string{"2024", "2025-Q1", "2025-W07", "1991-1995", "2009-FY10", "2011-2012", "2008-09", "2013-11", "2015-T2"}).Draw(rt, "period"),
				Note: texts.Draw(rt, "note"),
			}
			key := [3]string{string(r.Organisation), string(r.Indicator), r.Period}
			if seen[key] {
				continue
			}
			seen[key] = true
			value := rapid.OneOf(rapid.Float64Range(0, 1e6), rapid.Map(whole, func(n int) float64 { return float64(n) / 1000 }))
			switch i.Kind {
			case benchmark.Proportion:
				d := whole.Draw(rt, "denominator") + 1
				r.Figure = benchmark.Figure{Numerator: float64(rapid.IntRange(0, d).Draw(rt, "numerator")), Denominator: float64(d)}
			case benchmark.Rate:
				r.Figure = benchmark.Figure{Numerator: float64(whole.Draw(rt, "events")), Denominator: value.Draw(rt, "exposure") + 0.001}
			case benchmark.Mean, benchmark.Duration:
				r.Figure = benchmark.Figure{Value: value.Draw(rt, "value"), N: float64(whole.Draw(rt, "n") + 1)}
				if rapid.Bool().Draw(rt, "has sd") {
					r.Figure.SD = new(value.Draw(rt, "sd"))
				}
			case benchmark.Count:
				r.Figure.Value = float64(whole.Draw(rt, "count"))
			case benchmark.Scale:
				r.Figure.Value = float64(rapid.IntRange(1, 5).Draw(rt, "level"))
			case benchmark.YesNo:
				r.Figure.Value = float64(rapid.IntRange(0, 1).Draw(rt, "yes"))
			case benchmark.Text:
				r.Note = "T" + r.Note
			}
			rows = append(rows, r)
		}
		empty := func() *network {
			return found(t, TemplateFile{Indicators: o.Indicators}, func(s *benchmark.Settings) { s.SmallNumber = 0 }, "-North", "South; =1", "East")
		}
		from, to := empty(), empty()
		from.do("p1", benchmark.RecordHistory{Figures: rows, Unlikely: true})
		out := write(t, from)
		f, err := ReadFigures("f.csv", bytes.NewReader(out), OptionsFor(&to.Network))
		if err != nil {
			rt.Fatalf("%v\n%s", err, out)
		}
		h, err := f.History(to.Organisations)
		if err != nil {
			rt.Fatal(err)
		}
		h.Unlikely = true
		to.do("p1", h)
		if diff := cmp.Diff(string(out), string(write(t, to))); diff != "" {
			rt.Fatalf("(-given out +given out again):\n%s", diff)
		}
		if len(h.Figures) != len(rows) || f.LeftOut != 0 {
			rt.Fatalf("%d figures of %d, %d left out", len(h.Figures), len(rows), f.LeftOut)
		}
		checkCells(t, out)
	})
}

func write(t *testing.T, n *network) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteFigures(&b, &n.Network, view.Viewer{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWithheldIsLeftOut: rows without a figure are no mistake when read.
func TestWithheldIsLeftOut(t *testing.T) {
	n := recorded(t, nil)
	f, err := ReadFigures("f.csv", bytes.NewReader(write(t, n)), OptionsFor(&n.Network))
	if err != nil || f.LeftOut != 3 || len(f.Rows) != 10 {
		t.Errorf("%d rows, %d left out, %v", len(f.Rows), f.LeftOut, err)
	}
	n = recorded(t, func(s *benchmark.Settings) { s.Visibility = benchmark.Own })
	f, err = ReadFigures("f.csv", bytes.NewReader(write(t, n)), OptionsFor(&n.Network))
	if err != nil || f.LeftOut != 0 || len(f.Rows) != 0 {
		t.Errorf("%d rows, %d left out, %v", len(f.Rows), f.LeftOut, err)
	}
}
