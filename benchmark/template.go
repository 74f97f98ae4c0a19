package benchmark

import (
	"math"
	"regexp"
	"slices"

	"roundtable/benchmark/refusal"
)

// Range is a closed interval of values, in an indicator's unit.
type Range struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Holds says whether x lies in the range.
func (r Range) Holds(x float64) bool { return x >= r.Low && x <= r.High }

// Indicator is one thing that the network compares.
type Indicator struct {
	ID       IndicatorID `json:"id"`
	Title    string      `json:"title"`
	Measures string      `json:"measures,omitempty"` // in a sentence or two
	Kind     Kind        `json:"kind"`
	// Unit of the value as shown: "%", "per 1 000 bed days", "days". Optional.
	Unit string `json:"unit,omitempty"`
	// Multiplier of a proportion or rate as shown: 100 for percent, 1000 for
	// "per 1 000 bed days". 0: 100 for proportions, 1000 for rates.
	Multiplier float64   `json:"multiplier,omitempty"`
	Direction  Direction `json:"direction,omitempty"` // empty: neutral
	Section    string    `json:"section,omitempty"`
	// Numerator and Denominator define what is counted. For a rate the
	// denominator is the exposure.
	Numerator   string `json:"numerator,omitempty"`
	Denominator string `json:"denominator,omitempty"`
	// Plausible values as shown (after the multiplier); outside them the bot
	// asks whether it is right. Optional.
	Plausible *Range `json:"plausible,omitempty"`
	// Target as shown (after the multiplier). Optional.
	Target      *float64     `json:"target,omitempty"`
	Professions []Profession `json:"professions,omitempty"`
	// Levels of a scale: answers are 1 to Levels.
	Levels int `json:"levels,omitempty"`
	// Since is the version of the template that brought this definition.
	Since int `json:"since"`
}

// Factor is what a proportion's or rate's quotient is multiplied by to be shown;
// 1 for all other kinds.
func (i Indicator) Factor() float64 {
	switch {
	case i.Kind != Proportion && i.Kind != Rate:
		return 1
	case i.Multiplier > 0:
		return i.Multiplier
	case i.Kind == Rate:
		return 1000
	}
	return 100
}

// Template is one version of the set of indicators. Versions count from 1.
type Template struct {
	Version    int         `json:"version"`
	Name       string      `json:"name,omitempty"`
	Indicators []Indicator `json:"indicators"`
	// Reason for the change, in the network's words. Not free text of a
	// person: it is part of the template.
	Reason string `json:"reason,omitempty"`
}

// Indicator returns the indicator with the id.
func (t Template) Indicator(id IndicatorID) (Indicator, bool) {
	for _, i := range t.Indicators {
		if i.ID == id {
			return i, true
		}
	}
	return Indicator{}, false
}

// indicatorID is what may stand in a command: "falls", "c-section_2".
var indicatorID = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}$`)

// MaxIndicators in a template. A form with more would not be filled in.
const MaxIndicators = 100

// maxTitle of an indicator, in characters, so that it fits a form's label.
const maxTitle = 75

// maxMultiplier of a quotient: "per 1 000 000 000" is rarer than anything.
const maxMultiplier = 1e9

// CheckTemplate says what is wrong with the indicators, the first mistake only;
// nil when they can be adopted. The error is a [Refusal].
func CheckTemplate(indicators []Indicator) error {
	if len(indicators) == 0 {
		return refuse(refusal.TemplateEmpty)
	}
	if len(indicators) > MaxIndicators {
		return refuse(refusal.TemplateTooLong, "Count", len(indicators), "Limit", MaxIndicators)
	}
	seen := map[IndicatorID]bool{}
	for _, i := range indicators {
		if seen[i.ID] {
			return refuse(refusal.IndicatorTwice, "Indicator", i.ID)
		}
		seen[i.ID] = true
		if err := i.check(); err != nil {
			return err
		}
	}
	return nil
}

func (i Indicator) check() error {
	bad := func(reason refusal.Reason, args ...any) error {
		return refuse(reason, append([]any{"Indicator", i.ID}, args...)...)
	}
	switch {
	case !indicatorID.MatchString(string(i.ID)):
		return bad(refusal.IndicatorId)
	case i.Title == "":
		return bad(refusal.IndicatorUntitled)
	case len([]rune(i.Title)) > maxTitle:
		return bad(refusal.IndicatorTitleLong, "Limit", maxTitle)
	case !isOneOf(i.Kind, Kinds...):
		return bad(refusal.IndicatorKind, "Kind", string(i.Kind))
	case !isOneOf(i.Direction, "", Neutral, Higher, Lower):
		return bad(refusal.IndicatorDirection, "Direction", string(i.Direction))
	case i.Kind == Scale && (i.Levels < 2 || i.Levels > 20):
		return bad(refusal.IndicatorLevels)
	case !finite(i.Multiplier) || i.Multiplier < 0 || i.Multiplier > maxMultiplier:
		return bad(refusal.IndicatorMultiplier)
	case i.Plausible != nil && !(finite(i.Plausible.Low) && finite(i.Plausible.High) && i.Plausible.Low <= i.Plausible.High):
		return bad(refusal.IndicatorPlausible)
	case i.Target != nil && !finite(*i.Target):
		return bad(refusal.IndicatorTarget)
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func isOneOf[T comparable](x T, among ...T) bool {
	return slices.Contains(among, x)
}
