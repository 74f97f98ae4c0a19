package analysis

import (
	"errors"
	"fmt"
	"slices"
	"strings"

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
		return nil, fmt.Errorf("a baseline of %d periods is too short: limits need at least %d", o.Baseline, stats.LeastForLimits)
	}
	s, err := s.filter(o.Indicators, o.Periods)
	if err != nil {
		return nil, err
	}
	n, err := s.network()
	if err != nil {
		return nil, err
	}
	a := &Analysis{source: s}
	for _, i := range n.Template().Indicators {
		subject, err := newSubject(n, i, o)
		if err != nil {
			return nil, err
		}
		if len(subject.views) > 0 {
			a.subjects = append(a.subjects, subject)
		}
	}
	return a, nil
}

func newSubject(n *benchmark.Network, i benchmark.Indicator, o Options) (subject, error) {
	s := subject{indicator: i}
	if i.Kind == benchmark.Text {
		return s, nil
	}
	s.indicator.Since = 0 // a file has one definition, without a version
	for _, r := range n.Rounds {
		v, err := view.Of(n, r.ID, i.ID, view.Viewer{})
		if err != nil {
			return s, fmt.Errorf("compare %s in %s: %w", i.ID, r.ID, err)
		}
		if v.Counts.Values > 0 {
			v.Indicator.Since = 0
			v.Counts.Silent, v.Counts.Organisations = 0, v.Counts.Values // who isn't in the file was not asked
			s.views = append(s.views, v)
		}
	}
	if len(s.views) == 0 || i.Kind == benchmark.YesNo {
		return s, nil
	}
	for _, organisation := range byName(n) {
		series := chart.SeriesOf(n, organisation.ID, i, nil)
		if len(series.Points) == 0 {
			continue
		}
		series.Organisation, series.Indicator.Since = organisation.Name, 0
		series.Method, series.Baseline = o.Method, o.Baseline
		control, err := series.Control()
		if errors.Is(err, chart.ErrMethod) {
			return s, unsuitableError(i, o.Method)
		}
		if err != nil {
			return s, err
		}
		s.series = append(s.series, ownSeries{series, control})
	}
	return s, nil
}

// unsuitableError says which charts an indicator may have.
func unsuitableError(i benchmark.Indicator, m chart.Method) error {
	var suit []string
	for _, m := range chart.MethodsFor(i.Kind) {
		suit = append(suit, string(m))
	}
	if len(suit) == 0 {
		return fmt.Errorf("the chart %s does not suit %s, which is a %s: it has no limits over time; choose other indicators with --indicator", m, i.ID, i.Kind)
	}
	return fmt.Errorf("the chart %s does not suit %s, which is a %s: choose %s, or other indicators with --indicator", m, i.ID, i.Kind, strings.Join(suit, " or "))
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
