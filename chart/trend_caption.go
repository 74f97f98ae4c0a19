package chart

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/stats"
)

// TrendCaption returns what can be said of an organisation's own series, to its
// own people, and no more. A series of texts, or without values, has a headline
// only.
func TrendCaption(l *locale.Locale, s Series) Words {
	if len(s.Points) == 0 {
		return Words{Headline: l.T("caption.trend.headline.none")}
	}
	t, err := newTrend(l, s)
	if err != nil {
		return Words{Headline: l.T("caption.trend.headline.no-figures")}
	}
	return t.words()
}

func (t trend) words() Words {
	w := Words{Headline: t.headline()}
	sentences := []string{t.toneSentence(), t.latestSentence(), t.linesSentence(), t.standingSentence()}
	sentences = append(append(sentences, t.gapSentences()...), t.segmentSentences()...)
	sentences = append(append(sentences, t.targetSentence()), t.actionSentences()...)
	for _, s := range sentences {
		if s != "" {
			w.Sentences = append(w.Sentences, s)
		}
	}
	return w
}

// The claims: what is true of a series, on figures alone.

// signal is that of the latest point.
func (t trend) signal() stats.Signal { return t.chart.Points[len(t.chart.Points)-1].Signal }

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
	p := t.chart.Points[len(t.chart.Points)-1]
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

// The words: a method for each sentence, from the messages "caption.trend.*";
// empty where there is nothing to say.

func (t trend) headline() string {
	s := t.last()
	n := s.End - s.Start
	switch {
	case s.LimitStatus == stats.NoLimits && n < stats.LeastForLimits && t.rebased():
		return t.l.T("caption.trend.headline.few-rebased", "Count", n)
	case s.LimitStatus == stats.NoLimits && n < stats.LeastForLimits && s.Start > 0:
		return t.l.T("caption.trend.headline.few-since", "Count", n)
	case s.LimitStatus == stats.NoLimits && n < stats.LeastForLimits:
		return t.l.T("caption.trend.headline.few", "Count", n)
	case t.signal() != stats.NoSignal:
		return t.l.T("caption.trend.headline." + t.signal().String())
	case s.LimitStatus == stats.NoVariation, t.flat() && !t.earlier():
		return t.l.T("caption.trend.headline.same", "Value", t.unit.value(s.Centre))
	case t.earlier():
		return t.l.T("caption.trend.headline.earlier")
	case s.Runs.Signal():
		return t.l.T("caption.trend.headline.shifted")
	}
	return t.l.T("caption.trend.headline.steady")
}

// toneSentence says which way a signal goes, gently, and asks.
func (t trend) toneSentence() string {
	if t.signal() == stats.NoSignal {
		return ""
	}
	return t.l.T("caption.trend.tone." + t.signal().Variation(t.direction()).String())
}

func (t trend) latestSentence() string {
	p := t.s.Points[len(t.s.Points)-1]
	return t.l.T("caption.trend.latest", "Value", t.unit.value(p.Value), "Period", t.l.Period(p.Period.ID))
}

// linesSentence gives the centre and the limits of the latest point.
func (t trend) linesSentence() string {
	p := t.chart.Points[len(t.chart.Points)-1]
	switch {
	case !p.HasLimits:
		return t.l.T("caption.trend.median", "Value", t.unit.value(t.last().Runs.Centre))
	case t.flat():
		return t.l.T("caption.trend.mean-only", "Value", t.unit.value(p.Centre))
	}
	low, high := t.unit.span(p.Low, p.High)
	if p.Low < 0 && t.neverNegative() {
		low = t.unit.number(0)
	}
	return t.l.T("caption.trend.mean", "Value", t.unit.value(p.Centre), "Low", low, "High", high)
}

func (t trend) standingSentence() string {
	s := t.last()
	switch {
	case t.flat():
		return ""
	case s.LimitStatus == stats.TrialLimits && s.Baseline < s.End-s.Start:
		return t.l.T("caption.trend.standing.chosen", "Count", s.Baseline)
	case s.LimitStatus == stats.TrialLimits, s.LimitStatus == stats.FrozenLimits:
		return t.l.T("caption.trend.standing."+s.LimitStatus.String(), "Count", s.Baseline)
	case s.LimitStatus == stats.NoVariation:
		return t.l.T("caption.trend.standing.no-variation")
	case t.s.Indicator.Kind == benchmark.Scale:
		return t.l.T("caption.trend.standing.scale", "Levels", t.s.Indicator.Levels)
	}
	return t.l.T("caption.trend.standing.no-limits")
}

// segmentSentences say where the definition changed, and where limits were made
// anew, and why.
func (t trend) segmentSentences() []string {
	var periods, sentences []string
	for _, c := range t.s.segments() {
		period := t.l.Period(t.s.Points[c.at].Period.ID)
		if c.version > 0 {
			periods = append(periods, period)
			continue
		}
		sentences = append(sentences, t.l.T("caption.trend.rebase", "Period", period, "Reason", withoutFullStop(c.reason)))
	}
	if len(periods) > 0 {
		sentences = append([]string{t.l.T("caption.trend.break", "Periods", t.l.List(periods))}, sentences...)
	}
	return sentences
}

// targetSentence says whether the target is within what the process gives, when
// one way is better and there are limits.
func (t trend) targetSentence() string {
	target := t.s.Indicator.Target
	if target == nil || !drawable(*target) {
		return ""
	}
	value := t.unit.agreed(*target)
	latest := t.chart.Points[len(t.chart.Points)-1]
	assurance, err := latest.Assurance(*target, t.direction())
	if err != nil || assurance == stats.NoAssurance || t.last().LimitStatus != stats.FrozenLimits {
		return t.l.T("caption.target", "Value", value)
	}
	return t.l.T("caption.trend.target."+assurance.String(), "Value", value)
}

// actionSentences say what was tried and when, the latest last.
func (t trend) actionSentences() []string {
	actions := t.s.shownActions()
	var sentences []string
	if left := len(actions) - maxListed; left > 0 {
		sentences = append(sentences, t.l.T("caption.trend.actions-earlier", "Count", left))
		actions = actions[left:]
	}
	for _, a := range actions {
		sentences = append(sentences, t.l.T("caption.trend.action", "Date", t.l.Date(a.At, time.UTC), "Text", withoutFullStop(a.Text)))
	}
	return sentences
}

// withoutFullStop takes the full stop off words that will stand within a
// sentence.
func withoutFullStop(text string) string { return strings.TrimRight(strings.TrimSpace(text), ". ") }

// alt says what the picture shows: kind, span, finding, lines and every value,
// the latest first.
func (t trend) alt() string {
	points := t.s.Points
	kind := "control"
	if t.last().LimitStatus == stats.NoLimits {
		kind = "run"
	}
	title := t.s.Indicator.Title
	if t.s.Organisation != "" {
		title = t.l.T("chart.subtitle-of", "Organisation", t.s.Organisation, "Title", title)
	}
	text := t.l.T("alt.trend."+kind, "Title", title,
		"First", t.l.Period(points[0].Period.ID), "Last", t.l.Period(points[len(points)-1].Period.ID))
	words := t.words()
	text += " " + words.String()
	values := make([]string, 0, len(points))
	for _, point := range slices.Backward(points) {
		values = append(values, fmt.Sprintf("%s %s", locale.ShortPeriod(point.Period.ID), t.unit.short(point.Value)))
	}
	return withItems(t.l, text, t.l.T("alt.latest-first"), values)
}
