package analysis

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/report"
	"roundtable/stats"
)

// Options choose what is compared, and how it is followed over time.
type Options struct {
	// Indicators by id or title, and Periods; none: all. The others are taken as
	// if the file didn't have them.
	Indicators, Periods []string
	// Without are organisations that are left out, by name.
	Without []string
	// Method of the charts over time; chart.Usual suits each indicator.
	Method chart.Method
	// Baseline is how many periods limits stand on; 0: the usual number.
	Baseline int
}

// Analysis is what follows from a file of figures.
type Analysis struct {
	source   Source
	subjects []subject
}

// subject is one indicator, with what is said of it.
type subject struct {
	indicator benchmark.Indicator
	views     []view.View // by period
	series    []ownSeries // by organisation, by name
}

// ownSeries is one organisation's series and its control chart.
type ownSeries struct {
	series  chart.Series
	control stats.Chart
}

// New compares the figures. Its errors name what of the options doesn't fit the
// file: an unknown indicator or period, a chart that doesn't suit a kind, or a
// baseline that is too short. Texts are left out.
func New(s Source, o Options) (*Analysis, error) {
	if o.Baseline != 0 && o.Baseline < stats.LeastForLimits {
		return nil, s.error("analysis.error.baseline", "Count", o.Baseline, "Limit", stats.LeastForLimits)
	}
	s, err := s.filter(o)
	if err != nil {
		return nil, err
	}
	n, err := s.network()
	if err != nil {
		return nil, err
	}
	a := &Analysis{source: s}
	for _, i := range n.Template().Indicators {
		subject, err := newSubject(s, n, i, o)
		if err != nil {
			return nil, err
		}
		if len(subject.views) > 0 {
			a.subjects = append(a.subjects, subject)
		}
	}
	return a, nil
}

func newSubject(source Source, n *benchmark.Network, i benchmark.Indicator, o Options) (subject, error) {
	s := subject{indicator: i}
	if i.Kind == benchmark.Text {
		return s, nil
	}
	s.indicator.Since = 0 // a file has one definition, without a version
	for _, r := range n.Rounds {
		v, err := view.Of(n, r.ID, i.ID, view.Viewer{OwnFile: true})
		if err != nil {
			return s, fmt.Errorf("compare %s in %s: %w", i.ID, r.ID, err)
		}
		if v.Counts.Values > 0 {
			v.Indicator.Since = 0
			withhold(&v, source.hidden(i.ID, v.Period.ID))
			v.Counts.Silent, v.Counts.Organisations, v.Absent = 0, v.Counts.Values, nil // who isn't in the file was not asked
			s.views = append(s.views, v)
		}
	}
	if len(s.views) == 0 || i.Kind == benchmark.YesNo {
		return s, nil
	}
	slices.SortStableFunc(s.views, func(a, b view.View) int { // those of one length together
		return int(a.Period.End.Sub(a.Period.Start)/week) - int(b.Period.End.Sub(b.Period.Start)/week)
	})
	for _, organisation := range byName(n) {
		for _, series := range chart.AllSeriesOf(n, organisation.ID, i, nil) {
			series.Organisation, series.Indicator.Since, series.Others = organisation.Name, 0, 0
			series.Method, series.Baseline = o.Method, o.Baseline
			control, err := series.Control()
			if errors.Is(err, chart.ErrMethod) {
				return s, source.unsuitableError(i, o.Method)
			}
			if err != nil {
				return s, err
			}
			s.series = append(s.series, ownSeries{series, control})
		}
	}
	return s, nil
}

// week tells lengths of period apart: no two differ by less, but those that are the same.
const week = 7 * 24 * time.Hour

// withhold counts figures that the file's writer withheld, and takes back what would be
// said of the others when these are many.
func withhold(v *view.View, hidden int) {
	v.Counts.Values, v.Counts.Withheld = v.Counts.Values+hidden, v.Counts.Withheld+hidden
	if !v.MuchWithheld() {
		return
	}
	v.Funnel, v.HasMiddle, v.HasSpread, v.Middle, v.Low, v.High = stats.Funnel{}, false, false, 0, 0, 0
	for k := range v.Marks {
		v.Marks[k].Point = stats.Point{}
	}
}

// unsuitableError says which charts an indicator may have.
func (s Source) unsuitableError(i benchmark.Indicator, m chart.Method) error {
	var suit []string
	for _, m := range chart.MethodsFor(i.Kind) {
		suit = append(suit, string(m))
	}
	kind := s.l.T("analysis.kind." + string(i.Kind))
	if len(suit) == 0 {
		return s.error("analysis.error.no-chart", "Chart", string(m), "Indicator", string(i.ID), "Kind", kind)
	}
	return s.error("analysis.error.chart", "Chart", string(m), "Indicator", string(i.ID), "Kind", kind, "Charts", strings.Join(suit, " "+s.l.T("figures.or")+" "))
}

// basis says from what an indicator's kind was concluded; empty with a template.
func (a *Analysis) basis(i benchmark.IndicatorID) report.Basis { return a.source.Basis[i] }

// byName returns the organisations as views have them: by name.
func byName(n *benchmark.Network) []benchmark.Organisation {
	all := slices.Clone(n.Organisations)
	slices.SortStableFunc(all, func(a, b benchmark.Organisation) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return all
}
