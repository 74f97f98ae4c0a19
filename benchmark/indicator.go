package benchmark

import (
	"math"
	"regexp"
	"slices"

	"roundtable/benchmark/refusal"
)

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
	// People says whether the figures count people, so that small ones are hidden from
	// others; nil: as is usual for the kind ([Indicator.CountsPeople]).
	People *bool `json:"people,omitempty"`
	// Since is the version of the template that brought this definition.
	Since int `json:"since"`
}

// IndicatorID is chosen by the template's designers: a short word in small
// letters, such as "falls".
type IndicatorID string

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

// Kind is what sort of figure an indicator asks for.
type Kind string

// The kinds of indicators.
const (
	Proportion Kind = "proportion" // numerator of denominator
	Rate       Kind = "rate"       // events per exposure, times a multiplier
	Mean       Kind = "mean"       // mean, n and optionally the standard deviation
	Count      Kind = "count"      // events
	Duration   Kind = "duration"   // hours or days, a median or a mean
	Scale      Kind = "scale"      // a level from 1 to k
	YesNo      Kind = "yes-no"     // yes or no
	Text       Kind = "text"       // a description of practice
)

// Kinds are all kinds, in the order they are offered.
var Kinds = []Kind{Proportion, Rate, Mean, Count, Duration, Scale, YesNo, Text}

// Direction says which way is favourable, if either is.
type Direction string

// The directions.
const (
	Neutral Direction = "neutral"
	Higher  Direction = "higher"
	Lower   Direction = "lower"
)

// Range is a closed interval of values, in an indicator's unit.
type Range struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// holds says whether x lies in the range.
func (r Range) holds(x float64) bool { return x >= r.Low && x <= r.High }

// indicatorID is what may stand in a command: "falls", "c-section_2".
var indicatorID = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}$`)

// maxTitle of an indicator, in characters, so that it fits a form's label.
const maxTitle = 75

// maxMultiplier of a quotient: "per 1 000 000 000" is rarer than anything.
const maxMultiplier = 1e9

func (i Indicator) check() error {
	bad := func(reason refusal.Reason, args ...any) error {
		return refuse(reason, append([]any{"Indicator", i.ID}, args...)...)
	}
	switch {
	case !indicatorID.MatchString(string(i.ID)):
		return bad(refusal.IndicatorID)
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
	case i.People != nil && *i.People && isOneOf(i.Kind, Scale, YesNo, Text):
		return bad(refusal.IndicatorPeople)
	}
	return nil
}

// sameDefinition says whether figures under both can be compared.
func sameDefinition(a, b Indicator) bool {
	return a.Kind == b.Kind && a.Numerator == b.Numerator && a.Denominator == b.Denominator &&
		a.Measures == b.Measures && a.Factor() == b.Factor() && a.Levels == b.Levels
}

func sameIndicators(a, b []Indicator) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if !sameIndicator(a[k], b[k]) {
			return false
		}
	}
	return true
}

func sameIndicator(a, b Indicator) bool {
	same := func(x, y *float64) bool { return (x == nil) == (y == nil) && (x == nil || *x == *y) }
	sameRange := (a.Plausible == nil) == (b.Plausible == nil) && (a.Plausible == nil || *a.Plausible == *b.Plausible)
	if !same(a.Target, b.Target) || !sameRange || len(a.Professions) != len(b.Professions) {
		return false
	}
	for k := range a.Professions {
		if a.Professions[k] != b.Professions[k] {
			return false
		}
	}
	return sameDefinition(a, b) && a.CountsPeople() == b.CountsPeople() && a.ID == b.ID && a.Title == b.Title && a.Unit == b.Unit &&
		a.Direction == b.Direction && a.Section == b.Section
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func isOneOf[T comparable](x T, among ...T) bool {
	return slices.Contains(among, x)
}
