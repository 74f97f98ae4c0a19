package chart

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// The examples are made as a network makes its views: what is withheld enters
// no funnel and no middle.

// tester is what examples need of a test, a benchmark or a drawn one.
type tester interface {
	Helper()
	Fatal(args ...any)
}

// example is a view in the making.
type example struct {
	t tester
	v view.View
}

func newExample(t tester, i benchmark.Indicator, period string) *example {
	t.Helper()
	p, err := benchmark.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	if i.Since == 0 {
		i.Since = 1
	}
	return &example{t: t, v: view.View{
		Network: "Example", Visibility: benchmark.Named, Round: benchmark.RoundID(p.ID), Period: p, Indicator: i, Threshold: 7,
	}}
}

// give adds an organisation's figure.
func (e *example) give(label string, f benchmark.Figure) *example {
	m := view.Mark{Label: label, Answer: benchmark.Value, Figure: f}
	m.Organisation = benchmark.OrganisationID("o" + label)
	m.Value, m.HasValue = f.Of(e.v.Indicator)
	small := func(x float64) bool { return x >= 1 && x <= float64(e.v.Threshold) }
	others := f.Denominator - f.Numerator
	if small(f.Numerator) || small(f.Denominator) || small(f.N) || e.v.Indicator.Kind == benchmark.Proportion && small(others) {
		e.v.Counts.Withheld++
		m.Withheld = view.SmallNumber
	}
	e.v.Counts.Organisations++
	e.v.Counts.Values++
	e.v.Marks = append(e.v.Marks, m)
	return e
}

func (e *example) proportions(rows ...row) *example {
	for _, r := range rows {
		e.give(r.label, benchmark.Figure{Numerator: float64(r.numerator), Denominator: float64(r.denominator)})
	}
	return e
}

type row struct {
	label                  string
	numerator, denominator int
}

// seenBy makes the view of one organisation, or of the public (""), final.
func (e *example) seenBy(label string) view.View {
	e.t.Helper()
	v := e.v
	v.Marks = append([]view.Mark(nil), e.v.Marks...)
	sort.SliceStable(v.Marks, func(a, b int) bool { return strings.ToLower(v.Marks[a].Label) < strings.ToLower(v.Marks[b].Label) })
	var public []view.Mark
	var values []float64
	for _, m := range v.Marks {
		if m.Answer == benchmark.Value && m.Withheld == "" {
			public = append(public, m)
			if m.HasValue {
				values = append(values, m.Value)
			}
		}
	}
	switch {
	case v.Visibility == benchmark.Own:
		v.Counts = view.Counts{Organisations: v.Counts.Organisations}
		if len(values) >= 6 && v.Indicator.Kind != benchmark.YesNo {
			setThirds(&v, values)
		}
	case !v.MuchWithheld() && len(public) >= v.Least():
		if v.Indicator.Kind != benchmark.YesNo && v.Indicator.Kind != benchmark.Text {
			v.Low, v.Middle, v.High, v.HasMiddle = stats.Quartiles(values)
			v.HasSpread = v.HasMiddle
		}
		v.Funnel = e.funnel(public)
	}
	kept := v.Marks[:0:0]
	for _, m := range v.Marks {
		m.You = label != "" && m.Label == label
		switch {
		case m.You:
			m.Withheld = ""
		case v.Visibility == benchmark.Own:
			v.OthersAnswered = true
			continue
		case m.Withheld != "":
			m = view.Mark{Label: m.Label, Answer: m.Answer, Withheld: m.Withheld}
		}
		e.place(v, &m)
		kept = append(kept, m)
	}
	v.Marks = kept
	return v
}

// setThirds gives a view what is common to all where organisations don't see each
// other: the means of the thirds, or the middle alone of fewer than nine.
func setThirds(v *view.View, values []float64) {
	slices.Sort(values)
	mean := func(some []float64) float64 {
		sum := 0.0
		for _, x := range some {
			sum += x
		}
		return sum / float64(len(some))
	}
	third := len(values) / 3
	v.Middle, v.HasMiddle, v.Counts.Values = mean(values[third:len(values)-third]), true, len(values)
	if len(values) >= 9 {
		v.Low, v.High, v.HasSpread = mean(values[:third]), mean(values[len(values)-third:]), true
	}
}

func (e *example) funnel(public []view.Mark) stats.Funnel {
	e.t.Helper()
	var f stats.Funnel
	var err error
	switch e.v.Indicator.Kind {
	case benchmark.Proportion:
		var all []stats.Proportion
		for _, m := range public {
			all = append(all, proportionOf(m))
		}
		f, err = stats.ProportionFunnel(all)
	case benchmark.Rate:
		var all []stats.Rate
		for _, m := range public {
			all = append(all, rateOf(m))
		}
		f, err = stats.RateFunnel(all)
	case benchmark.Mean:
		var all []stats.Mean
		for _, m := range public {
			all = append(all, meanOf(m))
		}
		f, err = stats.MeanFunnel(all)
	case benchmark.Count, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	if err != nil {
		e.t.Fatal(err)
	}
	return f
}

func proportionOf(m view.Mark) stats.Proportion {
	return stats.Proportion{Numerator: int(m.Figure.Numerator), Denominator: int(m.Figure.Denominator)}
}

func rateOf(m view.Mark) stats.Rate {
	return stats.Rate{Events: int(m.Figure.Numerator), Exposure: m.Figure.Denominator}
}

func meanOf(m view.Mark) stats.Mean {
	mean := stats.Mean{Value: m.Figure.Value, N: int(m.Figure.N)}
	if m.Figure.SD != nil {
		mean.SD, mean.SDKnown = *m.Figure.SD, true
	}
	return mean
}

func (e *example) place(v view.View, m *view.Mark) {
	if m.Answer != benchmark.Value || m.Withheld != "" {
		return
	}
	var in stats.Interval
	var err error
	switch v.Indicator.Kind {
	case benchmark.Proportion:
		m.Point, _ = v.Funnel.PlaceProportion(proportionOf(*m))
		in, err = stats.Wilson(proportionOf(*m), stats.Level95)
	case benchmark.Rate:
		m.Point, _ = v.Funnel.PlaceRate(rateOf(*m))
		in, err = stats.RateInterval(rateOf(*m), stats.Level95)
	case benchmark.Mean:
		m.Point, _ = v.Funnel.PlaceMean(meanOf(*m))
		in, err = stats.MeanInterval(meanOf(*m), stats.Level95)
	case benchmark.Count:
		in, err = stats.Garwood(int(m.Figure.Value), stats.Level95)
	case benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
		return
	}
	if k := v.Indicator.Factor(); err == nil {
		m.Interval, m.HasInterval = stats.Interval{Low: in.Low * k, High: in.High * k}, true
	}
}

// heart is the mortality of open operations in children under one year at twelve
// English centres, 1991 to 1995 (Spiegelhalter et al. 2002, table 1).
func heart(t tester) *example {
	return newExample(t, benchmark.Indicator{
		ID: "mortality", Title: "Deaths within 30 days of open heart surgery, under 1 year",
		Kind: benchmark.Proportion, Direction: benchmark.Lower,
	}, "1991-1995").proportions(
		row{"Birmingham", 58, 581}, row{"Bristol", 41, 143}, row{"Brompton", 31, 301}, row{"Great Ormond St", 53, 482},
		row{"Guys", 25, 164}, row{"Harefield", 25, 177}, row{"Leeds", 24, 323}, row{"Leicester", 25, 187},
		row{"Liverpool", 42, 405}, row{"Newcastle", 26, 195}, row{"Oxford", 23, 122}, row{"Southampton", 24, 239},
	)
}

// three organisations, the fewest that make a picture worth while.
func three(t tester) *example {
	return newExample(t, benchmark.Indicator{
		ID: "pressure-ulcers", Title: "Andel patienter med trycksår", Kind: benchmark.Proportion, Direction: benchmark.Lower,
		Target: new(5.0),
	}, "2026-Q4").proportions(
		row{"Hälsoringens vårdcentral Osby", 12, 140}, row{"Länssjukhuset Ryhov", 31, 402}, row{"Sunderby sjukhus", 18, 211},
	)
}

// sixty organisations with long names; a few have small numbers.
func sixty(t tester) *example { return wards(t, 2500) }

// smallWards are as many, of which a third have small numbers.
func smallWards(t tester) *example { return wards(t, 900) }

func wards(t tester, smallest int) *example {
	e := newExample(t, benchmark.Indicator{
		ID: "falls", Title: "Fall med skada", Kind: benchmark.Rate, Unit: "per 1 000 vårddygn", Direction: benchmark.Lower,
		Denominator: "Vårddygn",
	}, "2026-10")
	towns := []string{"Alingsås lasarett", "Norrtälje sjukhus", "Skaraborgs sjukhus Lidköping", "Akademiska sjukhuset", "Västerviks sjukhus", "Universitetssjukhuset Örebro"}
	for i := range 60 {
		days := float64(smallest + (i*i*137)%9000)
		events := float64(int(days * (2.1 + float64((i*7919)%100)/100*1.8 - 0.9) / 1000))
		if i == 17 || i == 41 {
			events *= 2.4
		}
		e.give(fmt.Sprintf("%s %c%d", towns[i%len(towns)], 'A'+i/10, i%10), benchmark.Figure{Numerator: float64(int(events)), Denominator: days})
	}
	return e
}

// waits is a mean with standard deviations, fit for limits.
func waits(t tester) *example {
	e := newExample(t, benchmark.Indicator{
		ID: "wait", Title: "Väntetid till operation", Kind: benchmark.Mean, Unit: "dagar", Direction: benchmark.Lower, Target: new(30.0),
	}, "2026-T2")
	for i, label := range []string{
		"Alingsås", "Borås", "Danderyd", "Eksjö", "Falun", "Gävle", "Halmstad", "Jönköping", "Kalmar", "Lund", "Mora", "Norrköping",
	} {
		f := benchmark.Figure{Value: 34.2 + float64((i*5)%7) - 3, N: float64(40 + 23*i%90), SD: new(11 + float64(i%4))}
		if label == "Lund" {
			f.Value = 48.5
		}
		e.give(label, f)
	}
	return e
}

// stays is a duration, without limits, of many organisations.
func stays(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "stay", Title: "Length of stay after hip fracture", Kind: benchmark.Duration, Unit: "days"}, "2026-H1")
	for i := range 34 {
		e.give(fmt.Sprintf("%c", 'A'+i%26)+string(rune('a'+i/26)), benchmark.Figure{Value: 6 + float64((i*i*13)%80)/10})
	}
	return e
}

// incidents is a count, with what others answered.
func incidents(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "incidents", Title: "Reported medication incidents", Kind: benchmark.Count}, "2026-W07")
	for i, n := range []float64{12, 31, 0, 18, 22} {
		e.give(fmt.Sprintf("Ward %c", 'A'+i), benchmark.Figure{Value: n})
	}
	return e.answer("Ward F", benchmark.NotMeasured).answer("Ward G", benchmark.NotMeasured)
}

// culture is a scale of five.
func culture(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "culture", Title: "We speak up when something is wrong", Kind: benchmark.Scale, Levels: 5, Direction: benchmark.Higher}, "2026")
	for i, n := range []float64{4, 3, 5, 4, 4, 2, 3, 4, 5, 3, 4} {
		e.give(fmt.Sprintf("Clinic %02d", i+1), benchmark.Figure{Value: n})
	}
	return e
}

// rounds is a question of yes or no.
func rounds(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "huddles", Title: "Daily safety huddles", Kind: benchmark.YesNo}, "2026-11")
	for i, label := range []string{"Alingsås lasarett", "Danderyds sjukhus", "Länssjukhuset Ryhov", "Norrtälje sjukhus", "Skaraborgs sjukhus Lidköping", "Sunderby sjukhus", "Universitetssjukhuset Örebro", "Visby lasarett", "Västerviks sjukhus", "Östersunds sjukhus"} {
		if i%4 == 3 {
			e.answer(label, []benchmark.Answer{benchmark.NotMeasured, benchmark.NotApplicable}[i/4%2])
			continue
		}
		e.give(label, benchmark.Figure{Value: float64(i * i % 3)})
	}
	return e
}

// texts are descriptions of practice.
func texts(t tester) *example {
	return newExample(t, benchmark.Indicator{ID: "handover", Title: "How handover is done", Kind: benchmark.Text}, "2026").
		give("A", benchmark.Figure{}).give("B", benchmark.Figure{}).give("C", benchmark.Figure{})
}

// answer adds an organisation that gave no value.
func (e *example) answer(label string, a benchmark.Answer) *example {
	e.v.Counts.Organisations++
	switch a {
	case benchmark.NotMeasured:
		e.v.Counts.NotMeasured++
	case benchmark.NotApplicable:
		e.v.Counts.NotApplicable++
	case benchmark.DoesNotFit:
		e.v.Counts.DoesNotFit++
	case benchmark.Value:
	}
	e.v.Marks = append(e.v.Marks, view.Mark{Organisation: benchmark.OrganisationID("o" + label), Label: label, Answer: a})
	return e
}

// corrected marks an organisation's figure as changed after closing.
func corrected(e *example, label string) *example {
	for k, m := range e.v.Marks {
		e.v.Marks[k].Corrected = m.Corrected || m.Label == label
	}
	return e
}

// with sets the visibility.
func (e *example) with(v benchmark.Visibility) *example {
	e.v.Visibility = v
	return e
}

// higherIsFavourable has both ends outside.
func higherIsFavourable(t tester) *example {
	return newExample(t, benchmark.Indicator{ID: "mobilised", Title: "Mobilised within a day", Kind: benchmark.Proportion, Direction: benchmark.Higher, Target: new(80.0)}, "2026-H2").
		proportions(row{"North", 171, 180}, row{"East", 150, 210}, row{"South", 96, 190}, row{"West", 130, 175})
}

// noDirection says nothing of which way is favourable.
func noDirection(t tester) *example {
	e := higherIsFavourable(t)
	e.v.Indicator.Direction, e.v.Indicator.Target = benchmark.Neutral, nil
	return e
}

// many has more organisations outside than a headline names.
func many(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "readmission", Title: "Readmission within 30 days", Kind: benchmark.Proportion, Direction: benchmark.Lower}, "2026")
	for i := range 24 {
		d := 2000 + i*150
		e.proportions(row{fmt.Sprintf("Hospital %02d", i+1), d * (90 + (i*i*29)%70) / 1000, d})
	}
	return e
}

// wide has a wide spread, but nobody outside.
func wide(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "caesarean", Title: "Caesarean section", Kind: benchmark.Proportion}, "2026")
	for i := range 12 {
		e.proportions(row{fmt.Sprintf("Clinic %c", 'A'+i), 70 + 30*(i%2), 500 + i})
	}
	return e
}
