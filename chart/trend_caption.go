package chart

import (
	"fmt"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/stats"
)

// TrendCaption returns what can be said of an organisation's own series, to its
// own people, and no more. A series of texts, or without values, has a headline
// only.
func TrendCaption(l *locale.Locale, s Series) Words {
	if len(s.Points) == 0 {
		return Words{Headline: say(l, unit{l: l}, Claim{Says: "caption.trend.headline.none"})}
	}
	t, err := newTrend(l, s)
	if err != nil {
		return Words{Headline: say(l, unit{l: l}, Claim{Says: "caption.trend.headline.no-figures"})}
	}
	return t.words()
}

func (t trend) words() Words {
	return Words{
		Headline: say(t.l, t.unit, t.headlineClaim()),
		Sentences: sayAll(t.l, t.unit, t.toneClaims(), t.latestClaims(), t.linesClaims(), t.standingClaims(), t.gapClaims(), t.segmentClaims(),
			t.targetClaims(), t.actionClaims()),
	}
}

// The claims: what is true of a series, on figures alone.

func (t trend) latest() stats.ChartPoint { return t.chart.Points[len(t.chart.Points)-1] }

// signal is that of the latest point.
func (t trend) signal() stats.Signal { return t.latest().Signal }

// unchanging says whether all values of the last stretch are the same.
func (t trend) unchanging() bool {
	s := t.last()
	for _, p := range t.chart.Points[s.Start:s.End] {
		if p.Value != t.chart.Points[s.Start].Value {
			return false
		}
	}
	return true
}

// rarity says what is rare where the baseline has less than one a round: events, or
// of shares, those without.
func (t trend) rarity() string {
	if share := t.chart.Kind == stats.PChart || t.chart.Kind == stats.PPrimeChart; share && t.last().Centre > t.s.Indicator.Factor()/2 {
		return "rare-all"
	}
	return "rare-none"
}

// earlier says whether a point before the latest has a signal, in the last
// stretch.
func (t trend) earlier() bool {
	s := t.last()
	for _, p := range t.chart.Points[s.Start : s.End-1] {
		if p.Signal != stats.NoSignal {
			return true
		}
	}
	return false
}

// flat says whether the baseline doesn't vary, so that its limits are its mean.
func (t trend) flat() bool {
	p := t.latest()
	return p.HasLimits && p.Low == p.High
}

// rebased says whether the last stretch began with a rebase.
func (t trend) rebased() bool {
	segments := t.s.segments()
	return len(segments) > 0 && segments[len(segments)-1].version == 0
}

func (t trend) direction() stats.Direction {
	switch t.s.Indicator.Direction {
	case benchmark.Higher:
		return stats.HigherIsBetter
	case benchmark.Lower:
		return stats.LowerIsBetter
	case "", benchmark.Neutral:
	}
	return stats.Neutral
}

// What there is to say: the words are the messages "caption.trend.*".

func (t trend) headlineClaim() Claim {
	s := t.last()
	n := s.End - s.Start
	about := func(says string) Claim {
		return Claim{Says: "caption.trend.headline." + says, Count: n, Value: s.Centre}
	}
	few := s.LimitStatus == stats.NoLimits && n < stats.LeastForLimits
	switch {
	case few && t.rebased():
		return about("few-rebased")
	case few && s.Start > 0:
		return about("few-since")
	case few:
		return about("few")
	case t.signal() != stats.NoSignal:
		return about(t.signal().String())
	case t.unchanging() && s.Start > 0:
		return about("same-since")
	case t.unchanging():
		return about("same")
	case t.earlier():
		return about("earlier")
	case s.Runs.Signal():
		return about("shifted")
	case s.LimitStatus == stats.NoVariation:
		return Claim{Says: "caption.trend.headline.first-same", Count: s.Baseline, Value: s.Centre}
	case s.LimitStatus == stats.RareEvents:
		return about(t.rarity())
	case !t.latest().HasLimits && !s.Runs.Assessed:
		return about("untold")
	}
	return about("steady")
}

// toneClaims say which way a signal goes, gently, and ask.
func (t trend) toneClaims() []Claim {
	if t.signal() == stats.NoSignal {
		return nil
	}
	return claiming("caption.trend.tone." + t.signal().Variation(t.direction()).String())
}

func (t trend) latestClaims() []Claim {
	p := t.s.Points[len(t.s.Points)-1]
	return []Claim{{Says: "caption.trend.latest", Value: p.Value, Periods: []string{p.Period.ID}}}
}

// linesClaims give the centre and the limits of the latest point.
func (t trend) linesClaims() []Claim {
	p := t.latest()
	switch {
	case !p.HasLimits:
		return []Claim{{Says: "caption.trend.median", Value: t.last().Runs.Centre}}
	case t.last().LimitStatus == stats.NoVariation:
		return t.unvariedClaims()
	case t.flat():
		return []Claim{{Says: "caption.trend.mean-only", Value: p.Centre}}
	}
	low := p.Low
	if t.neverNegative() {
		low = max(low, 0)
	}
	return []Claim{{Says: "caption.trend.mean", Value: p.Centre, Low: low, High: p.High}}
}

// unvariedClaims say of a baseline without variation what it is, what came later, and
// what it leaves possible.
func (t trend) unvariedClaims() []Claim {
	s, p := t.last(), t.latest()
	var claims []Claim
	if !t.unchanging() {
		off := 0
		for _, later := range t.chart.Points[s.Start+s.Baseline : s.End] {
			if later.Value != s.Centre {
				off++
			}
		}
		later := Claim{Says: "caption.trend.later-off", Count: off, Of: s.End - s.Start - s.Baseline}
		switch {
		case later.Of == 1:
			later.Says = "caption.trend.later-one"
		case later.Count == later.Of:
			later.Says = "caption.trend.later-none"
		}
		claims = []Claim{{Says: "caption.trend.first-same", Count: s.Baseline, Value: s.Centre}, later}
	}
	if p.High > p.Centre {
		return append(claims, Claim{Says: "caption.trend.possible-high", High: p.High})
	}
	return append(claims, Claim{Says: "caption.trend.possible-low", Low: p.Low})
}

// standingClaims say on what limits stand, or why there are none.
func (t trend) standingClaims() []Claim {
	s := t.last()
	standing := func(says string) []Claim {
		return []Claim{{Says: "caption.trend.standing." + says, Count: s.Baseline, Levels: t.s.Indicator.Levels}}
	}
	switch {
	case t.flat(), s.LimitStatus == stats.NoVariation && t.latest().HasLimits:
		return nil
	case s.LimitStatus == stats.TrialLimits && s.Baseline < s.End-s.Start:
		return append(standing("chosen"), t.laneyClaims()...)
	case s.LimitStatus == stats.TrialLimits, s.LimitStatus == stats.FrozenLimits:
		return append(standing(s.LimitStatus.String()), t.laneyClaims()...)
	case s.LimitStatus == stats.NoVariation:
		return standing("no-variation")
	case s.LimitStatus == stats.RareEvents:
		return standing(t.rarity())
	case t.s.Indicator.Kind == benchmark.Scale:
		return standing("scale")
	}
	return standing("no-limits")
}

// laneyClaims say that the rounds differ by more than their counts do by chance, where
// more than a third of those that limits stand on lie outside them.
func (t trend) laneyClaims() []Claim {
	s := t.last()
	if plain := t.chart.Kind == stats.PChart || t.chart.Kind == stats.UChart; !plain || 3*s.Outside <= s.Baseline {
		return nil
	}
	return []Claim{{Says: "caption.trend.laney." + t.chart.Kind.String(), Count: s.Outside, Of: s.Baseline}}
}

// segmentClaims say where the definition changed, and where limits were made
// anew, and why.
func (t trend) segmentClaims() []Claim {
	var periods []string
	var rebases []Claim
	for _, c := range t.s.segments() {
		period := t.s.Points[c.at].Period.ID
		if c.version > 0 {
			periods = append(periods, period)
			continue
		}
		rebases = append(rebases, Claim{Says: "caption.trend.rebase", Periods: []string{period}, Words: c.reason})
	}
	if len(periods) == 0 {
		return rebases
	}
	return append([]Claim{{Says: "caption.trend.break", Periods: periods}}, rebases...)
}

// targetClaims say whether the target is within what the process gives, when
// one way is better and there are limits that aren't the mean itself.
func (t trend) targetClaims() []Claim {
	target := t.s.Indicator.Target
	if target == nil || !drawable(*target) {
		return nil
	}
	assurance, err := t.latest().Assurance(*target, t.direction())
	if err != nil || assurance == stats.NoAssurance || t.flat() || t.last().LimitStatus != stats.FrozenLimits {
		return []Claim{{Says: "caption.target", Target: *target}}
	}
	return []Claim{{Says: "caption.trend.target." + assurance.String(), Target: *target}}
}

// actionClaims say what was tried and when, the latest last.
func (t trend) actionClaims() []Claim {
	actions := t.s.shownActions()
	var claims []Claim
	if left := len(actions) - maxListed; left > 0 {
		claims = append(claims, Claim{Says: "caption.trend.actions-earlier", Count: left})
		actions = actions[left:]
	}
	for _, a := range actions {
		claims = append(claims, Claim{Says: "caption.trend.action", Date: a.At, Words: a.Text})
	}
	return claims
}

// alt says what the picture shows: finding, kind, span, lines and every value,
// the latest first.
func (t trend) alt() string {
	points := t.s.Points
	values := make([]string, 0, len(points))
	for _, point := range slices.Backward(points) {
		values = append(values, fmt.Sprintf("%s %s", locale.ShortPeriod(point.Period.ID), t.unit.short(point.Value)))
	}
	return withItems(t.l, strings.Join(wordsOf(t.altSentences()), " "), values)
}

// altSentences are what it says before the values.
func (t trend) altSentences() []Sentence {
	points := t.s.Points
	kind := "control"
	if !t.latest().HasLimits {
		kind = "run"
	}
	title := t.s.Indicator.Title
	if t.s.Organisation != "" {
		title = t.l.T("chart.subtitle-of", "Organisation", t.s.Organisation, "Title", title, "By", t.l.T("chart.by."+string(t.length())))
	}
	words := t.words()
	words.Headline.text += "."
	said := append([]Sentence{words.Headline}, sayAll(t.l, t.unit, []Claim{{Says: "alt.trend." + kind, Title: title, Periods: []string{points[0].Period.ID, points[len(points)-1].Period.ID}}})...)
	said = append(said, words.Sentences...)
	return append(said, say(t.l, t.unit, Claim{Says: "alt.latest-first", Count: len(points)}))
}
