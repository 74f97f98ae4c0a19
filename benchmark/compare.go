package benchmark

import (
	"roundtable/stats"
)

// compare computes the funnel and the middle of what everybody may see. The
// figures were checked when they were submitted, so that the statistics can't
// refuse them; should they, there is no funnel rather than a wrong one.
func (v *View) compare(public []Mark) {
	var values []float64
	for _, m := range public {
		if m.HasValue {
			values = append(values, m.Value)
		}
	}
	if v.Indicator.Kind != YesNo && v.Indicator.Kind != Text {
		v.Low, v.Middle, v.High, v.HasMiddle = stats.Quartiles(values)
	}
	var funnel stats.Funnel
	var err error
	switch v.Indicator.Kind {
	case Proportion:
		var all []stats.Proportion
		for _, m := range public {
			all = append(all, proportion(m.Figure))
		}
		funnel, err = stats.ProportionFunnel(all)
	case Rate:
		var all []stats.Rate
		for _, m := range public {
			all = append(all, rate(m.Figure))
		}
		funnel, err = stats.RateFunnel(all)
	case Mean:
		var all []stats.Mean
		for _, m := range public {
			all = append(all, mean(m.Figure))
		}
		funnel, err = stats.MeanFunnel(all)
	case Count, Duration, Scale, YesNo, Text:
		return
	}
	if err == nil {
		v.Funnel = funnel
	}
}

// placeMark says where a shown mark lies, and how sure its own value is. The point is
// that of the funnel, when it was compared; one that wasn't is held against it.
func (v *View) placeMark(m *Mark, point stats.Point, compared bool) {
	if m.Answer != Value || m.Withheld != "" {
		return
	}
	factor := v.Indicator.Factor()
	var interval stats.Interval
	var err error
	switch v.Indicator.Kind {
	case Proportion:
		if m.Point = point; !compared {
			m.Point, _ = v.Funnel.PlaceProportion(proportion(m.Figure))
		}
		interval, err = stats.Wilson(proportion(m.Figure), stats.Level95)
	case Rate:
		if m.Point = point; !compared {
			m.Point, _ = v.Funnel.PlaceRate(rate(m.Figure))
		}
		interval, err = stats.RateInterval(rate(m.Figure), stats.Level95)
	case Mean:
		if m.Point = point; !compared {
			m.Point, _ = v.Funnel.PlaceMean(mean(m.Figure))
		}
		if m.Figure.SD == nil {
			return
		}
		interval, err = stats.MeanInterval(mean(m.Figure), stats.Level95)
	case Count:
		interval, err = stats.Garwood(int(m.Figure.Value), stats.Level95)
	case Duration, Scale, YesNo, Text:
		return
	}
	if err == nil {
		m.Interval = stats.Interval{Low: interval.Low * factor, High: interval.High * factor}
		m.HasInterval = true
	}
}

func proportion(f Figure) stats.Proportion {
	return stats.Proportion{Numerator: int(f.Numerator), Denominator: int(f.Denominator)}
}

func rate(f Figure) stats.Rate {
	return stats.Rate{Events: int(f.Numerator), Exposure: f.Denominator}
}

func mean(f Figure) stats.Mean {
	m := stats.Mean{Value: f.Value, N: int(f.N)}
	if f.SD != nil {
		m.SD, m.SDKnown = *f.SD, true
	}
	return m
}

// Signal is what a comparison says, as far as a prompt is chosen by it.
type Signal string

// The signals.
const (
	TooLittle  Signal = "too-little"  // too little to say anything
	InChance   Signal = "in-chance"   // all within what chance alone gives
	Outside    Signal = "outside"     // at least one beyond 99.8 %
	WideSpread Signal = "wide-spread" // organisations differ more than chance, from ten on
	Definition Signal = "definition"  // at least one says that the definition doesn't fit
	Practices  Signal = "practices"   // texts, to be read side by side
	Described  Signal = "described"   // values shown without limits
)

// Signal returns what the view says to everybody; it is the same for every
// viewer. Where organisations don't see each other it never tells that somebody
// lies outside.
//
// Where organisations differ more than chance alone gives, those lie outside
// who do so even of the limits that allow for it.
func (v View) Signal() Signal {
	outside := false
	for _, p := range v.Funnel.Points {
		outside = outside || (p.Flag.Outside(stats.Level998) && p.AdjustedFlag.Outside(stats.Level998))
	}
	own, public := v.Visibility == Own, v.Counts.Values-v.Counts.Withheld
	switch {
	case v.Counts.DoesNotFit > 0:
		return Definition
	case v.Indicator.Kind == Text && public > 0 && !own:
		return Practices
	case public < 2, own && public < fewestForMiddle:
		return TooLittle
	case own:
		return Described
	case outside:
		return Outside
	case v.Funnel.Dispersion.Found:
		return WideSpread
	case v.Funnel.Reason == stats.Drawn:
		return InChance
	}
	return Described
}
