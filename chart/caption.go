package chart

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/prompt"
	"roundtable/benchmark/view"
	"roundtable/locale"
	"roundtable/stats"
)

// Words are what is said about a comparison or a trend.
type Words struct {
	// Headline is the finding, without a full stop.
	Headline string
	// Sentences say more, each complete.
	Sentences []string
	// Own is how many of them, the first, are about the viewer's own value.
	Own int
}

// String returns the headline and the sentences as one paragraph.
func (w Words) String() string {
	return strings.Join(append([]string{w.Headline + "."}, w.Sentences...), " ")
}

// Lines returns the same in up to three lines: the finding, what is the
// viewer's own, and the rest.
func (w Words) Lines() string {
	lines := []string{w.Headline + "."}
	for _, part := range [][]string{w.Sentences[:w.Own], w.Sentences[w.Own:]} {
		if len(part) > 0 {
			lines = append(lines, strings.Join(part, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// Caption returns what can be said of the view to its viewer, and no more. It
// names those who lie beyond the 99.8 % limits, in the view's order and in
// neutral words, and never an order by value. A view with the viewer's own mark
// begins with where that lies.
func Caption(l *locale.Locale, v view.View) Words {
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	own := c.ownSentences()
	w := Words{Headline: c.headline(), Sentences: own, Own: len(own)}
	for _, sentences := range [][]string{
		c.middleSentences(), c.commonSentences(), c.outsideSentences(), c.nearSentences(), c.dispersionSentences(), c.limitsSentences(), c.targetSentences(), c.answeredSentences(), c.withheldSentences(),
	} {
		for _, s := range sentences {
			if s != "" {
				w.Sentences = append(w.Sentences, s)
			}
		}
	}
	return w
}

// viewText puts one view into words in one language. Each of its sentences is a
// method that asks claim.go what is so and takes the words from the messages
// "caption.*"; it returns nothing where there is nothing to say.
type viewText struct {
	l    *locale.Locale
	v    view.View
	unit unit
}

// ownSentences say where the viewer's own value lies, and what was guessed.
func (c viewText) ownSentences() []string {
	m, ok := ownMark(c.v)
	if !ok || !m.HasValue {
		return c.ownAnswerSentence()
	}
	sentences := []string{c.ownValueSentence(m)}
	position, ok := ownPosition(c.v)
	if ok && c.v.Visibility != benchmark.Own && len(publicMarks(c.v)) >= minForMiddleHalf { // of one's own the headline says so
		low, high := c.unit.span(c.v.Low, c.v.High)
		sentences = append(sentences, c.l.T("caption.own."+string(position), "Low", low, "High", high))
	}
	if m.Point.Flag != stats.None {
		sentences = append(sentences, c.l.T("caption.own."+m.Point.Flag.String()))
	}
	if m.Point.Flag.Outside(stats.Level998) && !beyondChance(c.v, m) {
		sentences = append(sentences, c.l.T("caption.own.allowed"))
	}
	switch {
	case c.v.Guess == "":
	case ok:
		sentences = append(sentences, c.l.T("caption.guess."+string(c.v.Guess)+"-"+string(position)))
	case !c.v.HasMiddle:
		sentences = append(sentences, c.l.T("caption.guess."+string(c.v.Guess)+"-untold"))
	}
	if ownWithheldFromOthers(c.v) {
		sentences = append(sentences, c.l.T("caption.withheld-own"))
	}
	return sentences
}

// ownAnswerSentence says what the viewer answered, where that is no value.
func (c viewText) ownAnswerSentence() []string {
	for _, m := range c.v.Marks {
		if m.You && m.Answer != "" && m.Answer != benchmark.Value {
			return []string{c.l.T("caption.own.answered", "Answer", c.l.T("answer."+string(m.Answer)))}
		}
	}
	return nil
}

func (c viewText) ownValueSentence(m view.Mark) string {
	switch c.v.Indicator.Kind {
	case benchmark.YesNo:
		if m.Value == 1 {
			return c.l.T("caption.own.yes")
		}
		return c.l.T("caption.own.no")
	case benchmark.Scale:
		return c.l.T("caption.own.level", "Value", c.unit.value(m.Value), "Levels", c.v.Indicator.Levels)
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Text:
	}
	return c.l.T("caption.own.value", "Value", c.figureText(m))
}

// middleSentences say where the organisations lie together, or what of the
// middle value and the middle half the headline hasn't said.
func (c viewText) middleSentences() []string {
	low, high := c.unit.span(c.v.Low, c.v.High)
	id := "middle-half"
	switch {
	case c.v.Visibility == benchmark.Own:
		return nil // what is common to all is said otherwise
	case c.v.Funnel.Reason == stats.Drawn:
		return []string{c.l.T("caption.centre", "Value", c.unit.value(c.v.Funnel.Centre*c.v.Indicator.Factor()))}
	case !c.v.HasMiddle || allSame(c.v):
		return nil
	case c.v.Signal() == prompt.Described && descriptionOf(c.v) == "middle":
		return nil
	case c.v.Signal() == prompt.Described, len(publicMarks(c.v)) < minForMiddleHalf:
		id = "middle"
	}
	if id == "middle" {
		return []string{c.l.T("caption.middle", "Value", c.unit.value(c.v.Middle))}
	}
	return []string{c.l.T("caption.middle-half", "Value", c.unit.value(c.v.Middle), "Low", low, "High", high)}
}

// commonSentences say what is common to all where organisations don't see each other,
// and that it stays as it was.
func (c viewText) commonSentences() []string {
	if c.v.Visibility != benchmark.Own || c.v.Indicator.Kind == benchmark.YesNo || c.v.Indicator.Kind == benchmark.Text {
		return nil
	}
	if !c.v.HasMiddle {
		answered := "caption.common.answered"
		if _, own := ownMark(c.v); own {
			answered = "caption.common.answered-too"
		}
		if !c.v.OthersAnswered {
			return []string{c.l.T("caption.common.none")}
		}
		return []string{c.l.T(answered), c.l.T("caption.common.none")}
	}
	id := "caption.common.middle"
	_, own := ownMark(c.v)
	switch {
	case c.v.HasSpread:
		id = "caption.common.thirds"
	case !own:
		id = "caption.common.middle-of" // the headline has its value
	}
	said := []string{c.l.T(id, "Low", c.unit.number(c.v.Low), "Middle", c.unit.number(c.v.Middle), "High", c.unit.value(c.v.High),
		"Value", c.unit.value(c.v.Middle), "Count", c.v.Counts.Values)}
	if m, ok := ownMark(c.v); ok && m.Corrected {
		said = append(said, c.l.T("caption.common.stays"))
	}
	return said
}

// outsideSentences name those beyond the 99.8 % limits, with their values.
func (c viewText) outsideSentences() []string {
	var sentences []string
	for _, side := range []struct {
		flag   stats.Flag
		word   string
		better benchmark.Direction
	}{{stats.High998, "higher", benchmark.Higher}, {stats.Low998, "lower", benchmark.Lower}} {
		var named []string
		for _, m := range publicMarks(c.v) {
			if m.Point.Flag == side.flag && beyondChance(c.v, m) {
				named = append(named, c.l.T("caption.pair", "Label", m.Label, "Value", c.figureText(m)))
			}
		}
		if len(named) == 0 {
			continue
		}
		tone := "ask"
		switch c.v.Indicator.Direction {
		case "", benchmark.Neutral:
			tone = "neutral"
		case side.better:
			tone = "favourable"
		case benchmark.Higher, benchmark.Lower:
		}
		sentences = append(sentences, c.l.T("caption.outside."+side.word+"-"+tone, "Labels", c.listOf(named)))
	}
	return sentences
}

// nearSentences name those between the two pairs of limits.
func (c viewText) nearSentences() []string {
	var labels []string
	for _, m := range publicMarks(c.v) {
		if m.Point.Flag == stats.High95 || m.Point.Flag == stats.Low95 {
			labels = append(labels, m.Label)
		}
	}
	switch {
	case len(labels) == 0:
		return nil
	case len(labels) > maxListed:
		return []string{c.l.T("caption.near-count", "Count", len(labels))}
	}
	return []string{c.l.T("caption.near", "Count", len(labels), "Labels", c.l.List(labels))}
}

// dispersionSentences say that organisations differ more than chance does, and
// who lies outside limits that allow for it.
func (c viewText) dispersionSentences() []string {
	if !c.v.Funnel.Dispersion.Found {
		return nil
	}
	phi := c.l.Number(c.v.Funnel.Dispersion.Phi, 1)
	outside := 0
	var labels []string
	for _, m := range publicMarks(c.v) {
		if m.Point.Flag.Outside(stats.Level998) {
			outside++
		}
		if beyondChance(c.v, m) {
			labels = append(labels, m.Label)
		}
	}
	switch {
	case outside == 0:
		return []string{c.l.T("caption.dispersion.inside", "Phi", phi)}
	case len(labels) == 0:
		return []string{c.l.T("caption.dispersion.none", "Phi", phi, "Count", outside)}
	}
	return []string{c.l.T("caption.dispersion.some", "Phi", phi, "Count", outside, "Labels", c.listOf(labels))}
}

// limitsSentences say why there are none.
func (c viewText) limitsSentences() []string {
	_, own := ownMark(c.v)
	if c.v.Visibility == benchmark.Own && c.v.Indicator.Kind != benchmark.Scale {
		return nil // others' values aren't drawn
	}
	if c.v.Signal() == prompt.Hidden {
		return []string{c.l.T("caption.no-limits.hidden")}
	}
	if len(publicMarks(c.v)) == 0 && c.v.Visibility != benchmark.Own {
		if own || c.v.Indicator.Kind == benchmark.Text {
			return nil
		}
		return []string{c.l.T("caption.no-limits.nothing-measured")}
	}
	switch c.v.Indicator.Kind {
	case benchmark.Scale:
		if own {
			return nil // said with the viewer's own
		}
		return []string{c.l.T("caption.scale", "Levels", c.v.Indicator.Levels)}
	case benchmark.Count, benchmark.Duration:
		return []string{c.l.T("caption.described")}
	case benchmark.Text, benchmark.YesNo:
		return nil
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean:
	}
	switch c.v.Funnel.Reason {
	case stats.OneOrganisation:
		return []string{c.l.T("caption.no-limits.one-organisation")}
	case stats.NoEvents, stats.AllEvents:
		return []string{c.l.T("caption.no-limits.same")}
	case stats.NoSpread:
		return []string{c.l.T("caption.no-limits.no-spread")}
	case stats.NothingMeasured, stats.Drawn:
	}
	return nil
}

func (c viewText) targetSentences() []string {
	if c.v.Indicator.Target == nil || c.v.Indicator.Kind == benchmark.Text || c.v.Indicator.Kind == benchmark.YesNo {
		return nil
	}
	return []string{c.l.T("caption.target", "Value", c.unit.agreed(*c.v.Indicator.Target))}
}

// answeredSentences say how many of how many gave a value, and what the others
// said.
func (c viewText) answeredSentences() []string {
	if c.v.Visibility == benchmark.Own {
		return nil // what others answered isn't told
	}
	n := c.v.Counts
	what := "value"
	switch c.v.Indicator.Kind {
	case benchmark.Text:
		what = "text"
	case benchmark.YesNo:
		what = "yes-no"
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Scale:
	}
	var rest []string
	for _, part := range []struct {
		id    string
		count int
	}{
		{"caption.rest.not-measured", n.NotMeasured},
		{"caption.rest.not-applicable", n.NotApplicable},
		{"caption.rest.does-not-fit", n.DoesNotFit},
		{"caption.rest.skipped", n.Skipped},
		{"caption.rest.silent", n.Silent},
	} {
		if part.count > 0 {
			rest = append(rest, c.l.T(part.id, "Count", part.count))
		}
	}
	switch {
	case len(rest) == 0 && c.v.Indicator.Kind == benchmark.Text:
		return nil // the headline says so
	case c.v.Signal() == prompt.Practices: // the headline has said how many have
		return []string{c.l.T("caption.answered.others", "Rest", c.l.List(rest))}
	case len(rest) == 0:
		return []string{c.l.T("caption.answered."+what, "Count", n.Values, "Organisations", n.Organisations)}
	}
	return []string{c.l.T("caption.answered."+what+"-rest", "Count", n.Values, "Organisations", n.Organisations, "Rest", c.l.List(rest))}
}

// withheldSentences say how many have numbers too small to show.
func (c viewText) withheldSentences() []string {
	others := c.v.Counts.Withheld
	if ownWithheldFromOthers(c.v) {
		others-- // said with the viewer's own
	}
	switch {
	case others <= 0:
		return nil
	case c.v.MuchWithheld():
		return []string{c.l.T("caption.withheld-many", "Count", others)}
	}
	return []string{c.l.T("caption.withheld", "Count", others)}
}

// figureText writes a mark's value, and what it is a share of.
func (c viewText) figureText(m view.Mark) string {
	value := c.unit.value(m.Value)
	if c.v.Indicator.Kind != benchmark.Proportion {
		return value
	}
	return c.l.T("caption.of", "Value", value, "Numerator", m.Figure.Numerator, "Denominator", m.Figure.Denominator)
}

// maxListed is how many organisations or actions a sentence names before it
// counts the others.
const maxListed = 5

// listOf joins labels into a list; beyond maxListed+1 it names maxListed and
// counts the rest.
func (c viewText) listOf(labels []string) string {
	if len(labels) <= maxListed+1 {
		return c.l.List(labels)
	}
	left := len(labels) - maxListed
	return c.l.List(append(labels[:maxListed:maxListed], c.l.T("caption.more", "Count", left)))
}
