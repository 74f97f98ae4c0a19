package analysis

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/period"
	"roundtable/locale"
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
	l       *locale.Locale
}

// MaxOrganisations of a file; more can't be told apart in a picture.
const MaxOrganisations = 2000

// Read reads a file of figures: name is what messages call it, data what it
// holds. The indicators of the options are those of a template; none: they follow from
// the file, as [report.InferIndicators] has it. What can't be taken gives
// [mistake.List].
func Read(name string, data []byte, o report.FigureOptions) (Source, error) {
	s := Source{Name: name, Indicators: o.Indicators, l: o.Language}
	if s.l == nil {
		s.l = locale.For("en")
	}
	if len(o.Indicators) == 0 {
		inferred, err := report.InferIndicators(name, bytes.NewReader(data), o)
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
	o.Inferred = len(o.Indicators) == 0
	o.Indicators, o.NoPersonalNumbers = s.Indicators, true // nothing is stored
	s.Figures, err = report.ReadFigures(name, bytes.NewReader(data), o)
	if err != nil {
		return Source{}, err
	}
	switch f := s.Figures; {
	case len(f.Rows) > 0:
	case f.LeftOut > 0:
		return Source{}, s.error("analysis.error.nothing-shown", "Count", f.LeftOut)
	default:
		return Source{}, s.error("analysis.error.no-figures")
	}
	return s, nil
}

// error is what the program's reader is told, in the language asked for; it begins with
// the file's name.
func (s Source) error(id string, args ...any) error {
	return errors.New(s.l.T(id, append([]any{"File", s.Name}, args...)...))
}

// filter returns the source with the rows of these indicators, by id or title,
// and periods only, none: all; and without some organisations.
func (s Source) filter(o Options) (Source, error) {
	ids, err := s.chosenIndicators(o.Indicators)
	if err != nil {
		return Source{}, err
	}
	chosen, err := s.chosenPeriods(o.Periods)
	if err != nil {
		return Source{}, err
	}
	without, err := s.leftOut(o.Without)
	if err != nil {
		return Source{}, err
	}
	drop := func(r report.Row) bool {
		return len(ids) > 0 && !ids[r.Indicator] || len(chosen) > 0 && !chosen[r.Period] || without[freetext.NameKey(r.Organisation)]
	}
	s.Figures.Rows = slices.DeleteFunc(slices.Clone(s.Figures.Rows), drop)
	s.Figures.Hidden = slices.DeleteFunc(slices.Clone(s.Figures.Hidden), drop)
	if len(s.Figures.Rows) == 0 {
		return Source{}, s.error("analysis.error.nothing-chosen")
	}
	return s, nil
}

func (s Source) chosenIndicators(named []string) (map[benchmark.IndicatorID]bool, error) {
	ids := map[benchmark.IndicatorID]bool{}
	for _, name := range named {
		k := slices.IndexFunc(s.Indicators, func(i benchmark.Indicator) bool {
			return strings.EqualFold(string(i.ID), name) || freetext.NameKey(i.Title) == freetext.NameKey(name)
		})
		if k < 0 {
			var known []string
			for _, i := range s.Indicators {
				known = append(known, string(i.ID))
			}
			return nil, s.unknownError("analysis.error.no-indicator", name, known)
		}
		ids[s.Indicators[k].ID] = true
	}
	return ids, nil
}

func (s Source) chosenPeriods(named []string) (map[string]bool, error) {
	var known []string
	has := map[string]bool{}
	for _, r := range s.Figures.Rows {
		if !has[r.Period] {
			has[r.Period] = true
			known = append(known, r.Period)
		}
	}
	slices.Sort(known)
	chosen := map[string]bool{}
	for _, name := range named {
		readings := slices.DeleteFunc(period.Readings(name), func(id string) bool { return !has[id] })
		if len(readings) == 0 {
			return nil, s.unknownError("analysis.error.no-period", name, known)
		}
		for _, id := range readings {
			chosen[id] = true
		}
	}
	return chosen, nil
}

// leftOut returns the keys of the names of organisations that are left out.
func (s Source) leftOut(named []string) (map[string]bool, error) {
	known := s.Figures.Organisations()
	keys := map[string]bool{}
	for _, name := range known {
		keys[freetext.NameKey(name)] = true
	}
	without := map[string]bool{}
	for _, name := range named {
		if !keys[freetext.NameKey(name)] {
			return nil, s.unknownError("analysis.error.no-organisation", name, known)
		}
		without[freetext.NameKey(name)] = true
	}
	return without, nil
}

// unknownError says that the file has no such thing, and what may have been
// meant.
func (s Source) unknownError(id, name string, known []string) error {
	const most = 8
	words, or := mistake.Likely(name, known), " "+s.l.T("figures.or")+" "
	if len(words) > 0 {
		return s.error(id, "Name", name, "Hint", s.l.T("figures.did-you-mean", "Words", strings.Join(words, or)))
	}
	list := strings.Join(known[:min(len(known), most)], ", ")
	if left := len(known) - most; left > 0 {
		list = s.l.T("figures.and-more", "Words", list, "Count", left)
	}
	return s.error(id, "Name", name, "Hint", s.l.T("figures.there-are", "Words", list))
}

// anyInstant is when the network in memory is made and filled; nothing that is
// shown depends on it.
var anyInstant = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// network makes one of the rows that shows everything.
func (s Source) network() (*benchmark.Network, error) {
	organisations := s.Figures.Organisations()
	if n := len(organisations); n > MaxOrganisations {
		return nil, s.error("analysis.error.many-organisations", "Count", n, "Limit", MaxOrganisations)
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
		Organisations: organisations, MostOrganisations: MaxOrganisations, Sure: true, TemplateName: s.Name, Indicators: s.Indicators,
		Founder: benchmark.Identity{Connection: "file", User: "reader", Name: "Reader"},
	}); err != nil {
		return nil, err
	}
	history, err := s.Figures.History(n.Organisations)
	if err != nil {
		return nil, err
	}
	history.Unlikely = true // they are looked at as they are
	return n, do("p1", history)
}

// explain turns a refusal of the domain into an error that names the file.
func (s Source) explain(err error) error {
	if bad, ok := errors.AsType[*benchmark.Refusal](err); ok {
		return s.error("analysis.error.refused", "Why", string(bad.Reason))
	}
	return fmt.Errorf("compare %s: %w", s.Name, err)
}
