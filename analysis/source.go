package analysis

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/mistake"
	"roundtable/report"
)

// Source is a file of figures that was read.
type Source struct {
	Name       string
	Indicators []benchmark.Indicator
	// Basis says from what the kinds were concluded; empty with a template.
	Basis   map[benchmark.IndicatorID]report.Basis
	Figures report.Figures
}

// Read reads a file of figures: name is what messages call it, data what it
// holds. Indicators are those of a template; none: they follow from the file, as
// [report.InferIndicators] has it. decimal is as in [report.FigureOptions]. What
// can't be taken gives [mistake.List].
func Read(name string, data []byte, indicators []benchmark.Indicator, decimal rune) (Source, error) {
	s := Source{Name: name, Indicators: indicators}
	if len(indicators) == 0 {
		inferred, err := report.InferIndicators(name, bytes.NewReader(data), decimal)
		if err != nil {
			return Source{}, err
		}
		s.Basis = map[benchmark.IndicatorID]report.Basis{}
		for _, i := range inferred {
			s.Indicators = append(s.Indicators, i.Indicator)
			s.Basis[i.Indicator.ID] = i.Basis
		}
	}
	var err error
	s.Figures, err = report.ReadFigures(name, bytes.NewReader(data), report.FigureOptions{Indicators: s.Indicators, Decimal: decimal, NoPersonalNumbers: true}) // nothing is stored
	if err != nil {
		return Source{}, err
	}
	if len(s.Figures.Rows) == 0 {
		return Source{}, fmt.Errorf("%s holds no figures: nothing stands below the names of the columns", name)
	}
	return s, nil
}

// filter returns the source with the rows of these indicators, by id or title,
// and periods only; none: all.
func (s Source) filter(indicators, periods []string) (Source, error) {
	ids, err := s.chosenIndicators(indicators)
	if err != nil {
		return Source{}, err
	}
	chosen, err := s.chosenPeriods(periods)
	if err != nil {
		return Source{}, err
	}
	rows := s.Figures.Rows
	s.Figures.Rows = nil
	for _, r := range rows {
		if (len(ids) == 0 || ids[r.Indicator]) && (len(chosen) == 0 || chosen[r.Period]) {
			s.Figures.Rows = append(s.Figures.Rows, r)
		}
	}
	if len(s.Figures.Rows) == 0 {
		return Source{}, fmt.Errorf("%s has no figures of %s in %s", s.Name, strings.Join(indicators, ", "), strings.Join(periods, ", "))
	}
	return s, nil
}

func (s Source) chosenIndicators(named []string) (map[benchmark.IndicatorID]bool, error) {
	ids := map[benchmark.IndicatorID]bool{}
	for _, name := range named {
		k := slices.IndexFunc(s.Indicators, func(i benchmark.Indicator) bool {
			return strings.EqualFold(string(i.ID), name) || strings.EqualFold(i.Title, name)
		})
		if k < 0 {
			var known []string
			for _, i := range s.Indicators {
				known = append(known, string(i.ID))
			}
			return nil, unknownError(s.Name, "indicator", name, known)
		}
		ids[s.Indicators[k].ID] = true
	}
	return ids, nil
}

func (s Source) chosenPeriods(named []string) (map[string]bool, error) {
	var known []string
	for _, r := range s.Figures.Rows {
		if !slices.Contains(known, r.Period) {
			known = append(known, r.Period)
		}
	}
	slices.Sort(known)
	chosen := map[string]bool{}
	for _, name := range named {
		p, err := benchmark.ParsePeriod(name)
		if err != nil || !slices.Contains(known, p.ID) {
			return nil, unknownError(s.Name, "period", name, known)
		}
		chosen[p.ID] = true
	}
	return chosen, nil
}

// unknownError says that the file has no such thing, and what may have been
// meant.
func unknownError(file, what, name string, known []string) error {
	return fmt.Errorf("%s has no %s %q; %s", file, what, name, mistake.DidYouMean(name, known, "there are"))
}

// anyInstant is when the network in memory is made and filled; nothing that is
// shown depends on it.
var anyInstant = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// network makes one of the rows that shows everything.
func (s Source) network() (*benchmark.Network, error) {
	organisations := s.Figures.Organisations()
	if n := len(organisations); n > benchmark.MaxOrganisations {
		return nil, fmt.Errorf("%s has %d organisations; at most %d are compared at once", s.Name, n, benchmark.MaxOrganisations)
	}
	settings := benchmark.DefaultSettings()
	settings.SmallNumber, settings.Visibility = 0, benchmark.Named
	n := &benchmark.Network{}
	do := func(by benchmark.ParticipantID, intent benchmark.Intent) error {
		events, err := n.Decide(benchmark.Actor{By: by}, intent, anyInstant)
		if err != nil {
			return s.explain(err)
		}
		for _, e := range events {
			if err := n.Apply(e); err != nil {
				return fmt.Errorf("compare %s: %w", s.Name, err)
			}
		}
		return nil
	}
	if err := do("", benchmark.Found{
		ID: "analysis", Name: s.Name, Settings: settings, Connection: "file", Channel: "file",
		Organisations: organisations, TemplateName: s.Name, Indicators: s.Indicators,
		Founder: benchmark.Identity{Connection: "file", User: "reader", Name: "Reader"},
	}); err != nil {
		return nil, err
	}
	history, err := s.Figures.History(n.Organisations)
	if err != nil {
		return nil, err
	}
	return n, do("p1", history)
}

// explain turns a refusal of the domain into an error that names the file.
func (s Source) explain(err error) error {
	if bad, ok := errors.AsType[*benchmark.Refusal](err); ok {
		return fmt.Errorf("%s can't be compared (%s): look at the names of its organisations and indicators", s.Name, bad.Reason)
	}
	return fmt.Errorf("compare %s: %w", s.Name, err)
}
