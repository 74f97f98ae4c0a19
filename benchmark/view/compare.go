package view

import (
	"roundtable/benchmark"
	"roundtable/stats"
)

// Least is how many organisations have to be shown for anything to be compared: three, or
// two in figures that are all the reader's own.
func (v View) Least() int {
	if v.OwnFile {
		return 2
	}
	return 3
}

// KeptBack says whether organisations stand under letters, and so few of their answers can be
// shown that each would know whose the others are: then nobody sees another's, in figures or
// in words.
func (v View) KeptBack() bool {
	return v.Visibility == benchmark.Coded && v.Counts.Values-v.Counts.Withheld < v.Least()
}

// compare computes the funnel and the middle of what everybody may see, of three
// organisations or more. The
// figures were checked when they were submitted, so that the statistics can't
// refuse them; should they, there is no funnel rather than a wrong one.
func (v *View) compare(public []Mark) {
	if !v.OwnFile && len(public) < v.Least() {
		return
	}
	var values []float64
	for _, m := range public {
		if m.HasValue {
			values = append(values, m.Value)
		}
	}
	if v.Indicator.Kind != benchmark.YesNo && v.Indicator.Kind != benchmark.Text {
		v.Low, v.Middle, v.High, v.HasMiddle = stats.Quartiles(values)
		v.HasSpread = v.HasMiddle
	}
	var funnel stats.Funnel
	var err error
	switch v.Indicator.Kind {
	case benchmark.Proportion:
		var all []stats.Proportion
		for _, m := range public {
			all = append(all, proportion(m.Figure))
		}
		funnel, err = stats.ProportionFunnel(all)
	case benchmark.Rate:
		var all []stats.Rate
		for _, m := range public {
			all = append(all, rate(m.Figure))
		}
		funnel, err = stats.RateFunnel(all)
	case benchmark.Mean:
		var all []stats.Mean
		for _, m := range public {
			all = append(all, mean(m.Figure))
		}
		funnel, err = stats.MeanFunnel(all)
	case benchmark.Count, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
		return
	}
	if err == nil {
		v.Funnel = funnel
	}
}

// placeMark says where a shown mark lies, and how sure its own value is. The point is
// that of the funnel, when it was compared; one that wasn't is held against it.
func (v *View) placeMark(m *Mark, point stats.Point, compared bool) {
	if m.Answer != benchmark.Value || m.Withheld != "" {
		return
	}
	factor := v.Indicator.Factor()
	var interval stats.Interval
	var err error
	switch v.Indicator.Kind {
	case benchmark.Proportion:
		if m.Point = point; !compared {
			m.Point, _ = v.Funnel.PlaceProportion(proportion(m.Figure))
		}
		interval, err = stats.Wilson(proportion(m.Figure), stats.Level95)
	case benchmark.Rate:
		if m.Point = point; !compared {
			m.Point, _ = v.Funnel.PlaceRate(rate(m.Figure))
		}
		interval, err = stats.RateInterval(rate(m.Figure), stats.Level95)
	case benchmark.Mean:
		if m.Point = point; !compared {
			m.Point, _ = v.Funnel.PlaceMean(mean(m.Figure))
		}
		if m.Figure.SD == nil {
			return
		}
		interval, err = stats.MeanInterval(mean(m.Figure), stats.Level95)
	case benchmark.Count:
		interval, err = stats.Garwood(int(m.Figure.Value), stats.Level95)
	case benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
		return
	}
	if err == nil {
		m.Interval = stats.Interval{Low: interval.Low * factor, High: interval.High * factor}
		m.HasInterval = true
	}
}

func proportion(f benchmark.Figure) stats.Proportion {
	return stats.Proportion{Numerator: int(f.Numerator), Denominator: int(f.Denominator)}
}

func rate(f benchmark.Figure) stats.Rate {
	return stats.Rate{Events: int(f.Numerator), Exposure: f.Denominator}
}

func mean(f benchmark.Figure) stats.Mean {
	m := stats.Mean{Value: f.Value, N: int(f.N)}
	if f.SD != nil {
		m.SD, m.SDKnown = *f.SD, true
	}
	return m
}
