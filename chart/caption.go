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
	Headline Sentence
	// Sentences say more, each complete.
	Sentences []Sentence
	// Own is how many of them, the first, are about the viewer's own value.
	Own int
}

// String returns the headline and the sentences as one paragraph.
func (w Words) String() string {
	return strings.Join(append([]string{w.Headline.text + "."}, wordsOf(w.Sentences)...), " ")
}

// Lines returns the same in up to three lines: the finding, what is the
// viewer's own, and the rest.
func (w Words) Lines() string {
	lines := []string{w.Headline.text + "."}
	for _, part := range [][]Sentence{w.Sentences[:w.Own], w.Sentences[w.Own:]} {
		if len(part) > 0 {
			lines = append(lines, strings.Join(wordsOf(part), " "))
		}
	}
	return strings.Join(lines, "\n")
}

func wordsOf(sentences []Sentence) []string {
	all := make([]string, len(sentences))
	for i, s := range sentences {
		all[i] = s.text
	}
	return all
}

// Caption returns what can be said of the view to its viewer, and no more. It
// names those who lie beyond the 99.8 % limits, in the view's order and in
// neutral words, and never an order by value. A view with the viewer's own mark
// begins with where that lies.
func Caption(l *locale.Locale, v view.View) Words {
	c := newViewText(l, v)
	own := c.ownClaims()
	return Words{
		Headline: say(l, c.unit, c.headlineClaim()), Own: len(own),
		Sentences: sayAll(l, c.unit, own, c.namedClaims(), c.middleClaims(), c.commonClaims(), c.outsideClaims(), c.nearClaims(),
			c.dispersionClaims(), c.limitsClaims(), c.targetClaims(), c.answeredClaims(), c.withheldClaims()),
	}
}

// viewText puts one view into words in one language. Its methods return what there
// is to say, none where there is nothing; they ask claim.go what is so, and the
// messages "caption.*" have the words.
type viewText struct {
	l    *locale.Locale
	v    view.View
	unit unit
}

// claiming is a claim that the message says all of.
func claiming(says string) []Claim { return []Claim{{Says: says}} }

// ownClaims say where the viewer's own value lies, and what was guessed.
func (c viewText) ownClaims() []Claim {
	m, ok := ownMark(c.v)
	if !ok || !m.HasValue {
		return c.ownAnswerClaims()
	}
	claims := []Claim{c.ownValueClaim(m)}
	own := func(says string) {
		claims = append(claims, Claim{Says: says, Marks: []view.Mark{m}, Low: c.v.Low, High: c.v.High})
	}
	position, ok := c.ownPosition()
	if ok && c.v.Visibility != benchmark.Own && len(publicMarks(c.v)) >= minForMiddleHalf { // of one's own the headline says so
		own("caption.own." + string(position))
	}
	if m.Point.Flag != stats.None {
		own("caption.own." + m.Point.Flag.String())
	}
	if m.Point.Flag.Outside(stats.Level998) && !beyondChance(m) {
		own("caption.own.allowed")
	}
	switch {
	case c.v.Guess == "":
	case ok:
		own("caption.guess." + string(c.v.Guess) + "-" + string(position))
	case !c.v.HasMiddle:
		own("caption.guess." + string(c.v.Guess) + "-untold")
	}
	if ownWithheldFromOthers(c.v) {
		own("caption.withheld-own")
	}
	return claims
}

// ownAnswerClaims say what the viewer answered, where that is no value.
func (c viewText) ownAnswerClaims() []Claim {
	for _, m := range c.v.Marks {
		if m.You && m.Answer != "" && m.Answer != benchmark.Value {
			return []Claim{{Says: "caption.own.answered", Marks: []view.Mark{m}}}
		}
	}
	return nil
}

func (c viewText) ownValueClaim(m view.Mark) Claim {
	claim := Claim{Says: "caption.own.value", Marks: []view.Mark{m}, Value: m.Value}
	switch c.v.Indicator.Kind {
	case benchmark.YesNo:
		claim.Says = "caption.own.no"
		if m.Value == 1 {
			claim.Says = "caption.own.yes"
		}
	case benchmark.Scale:
		claim.Says, claim.Levels = "caption.own.level", c.v.Indicator.Levels
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration, benchmark.Text:
	}
	return claim
}

// middleClaims say where the organisations lie together, or what of the
// middle value and the middle half the headline hasn't said.
func (c viewText) middleClaims() []Claim {
	says := "caption.middle-half"
	switch {
	case c.v.Visibility == benchmark.Own:
		return nil // what is common to all is said otherwise
	case c.v.Funnel.Reason == stats.Drawn:
		return []Claim{{Says: "caption.centre", Value: c.v.Funnel.Centre * c.v.Indicator.Factor()}}
	case !c.v.HasMiddle || allSame(c.v):
		return nil
	case c.v.Signal() == prompt.Described && descriptionOf(c.v) == "middle":
		return nil
	case c.v.Signal() == prompt.Described, len(publicMarks(c.v)) < minForMiddleHalf:
		says = "caption.middle"
	}
	return []Claim{{Says: says, Value: c.v.Middle, Low: c.v.Low, High: c.v.High}}
}

// namedClaims name who said yes and who no, where they are so few that there is no picture.
func (c viewText) namedClaims() []Claim {
	marks := publicMarks(c.v)
	if c.v.Indicator.Kind != benchmark.YesNo || len(marks) >= leastDots || len(marks) < c.v.Least() {
		return nil
	}
	yes, no := Claim{Says: "caption.named.yes"}, Claim{Says: "caption.named.no"}
	for _, m := range marks {
		if m.Value == 1 {
			yes.Marks = append(yes.Marks, m)
			continue
		}
		no.Marks = append(no.Marks, m)
	}
	var claims []Claim
	for _, claim := range []Claim{yes, no} {
		if len(claim.Marks) > 0 {
			claims = append(claims, claim)
		}
	}
	return claims
}

// commonClaims say what is common to all where organisations don't see each other,
// and that it stays as it was.
func (c viewText) commonClaims() []Claim {
	if c.v.Visibility != benchmark.Own || c.v.Indicator.Kind == benchmark.YesNo || c.v.Indicator.Kind == benchmark.Text {
		return nil
	}
	m, own := ownMark(c.v)
	if !c.v.HasMiddle {
		answered := "caption.common.answered"
		if own {
			answered = "caption.common.answered-too"
		}
		if !c.v.OthersAnswered {
			return claiming("caption.common.none")
		}
		return append(claiming(answered), Claim{Says: "caption.common.none"})
	}
	says := "caption.common.middle"
	switch {
	case c.v.HasSpread:
		says = "caption.common.thirds"
	case !own:
		says = "caption.common.middle-of" // the headline has its value
	}
	claims := []Claim{{Says: says, Value: c.v.Middle, Low: c.v.Low, Middle: c.v.Middle, High: c.v.High, Count: c.v.Counts.Values}}
	if own && m.Corrected {
		claims = append(claims, Claim{Says: "caption.common.stays", Marks: []view.Mark{m}})
	}
	return claims
}

// outsideClaims name those beyond the 99.8 % limits, with their values.
func (c viewText) outsideClaims() []Claim {
	var claims []Claim
	higher, lower := c.beyond()
	for _, side := range []struct {
		marks  []view.Mark
		word   string
		better benchmark.Direction
	}{{higher, "higher", benchmark.Higher}, {lower, "lower", benchmark.Lower}} {
		if len(side.marks) == 0 {
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
		claims = append(claims, Claim{Says: "caption.outside." + side.word + "-" + tone, Marks: side.marks})
	}
	return claims
}

// nearClaims name those between the two pairs of limits.
func (c viewText) nearClaims() []Claim {
	var near []view.Mark
	for _, m := range publicMarks(c.v) {
		if m.Point.Flag == stats.High95 || m.Point.Flag == stats.Low95 {
			near = append(near, m)
		}
	}
	claim := Claim{Says: "caption.near", Marks: near, Count: len(near)}
	switch {
	case len(near) == 0:
		return nil
	case len(near) > maxListed:
		claim.Says = "caption.near-count"
	}
	return []Claim{claim}
}

// dispersionClaims say that organisations differ more than chance does, and
// who lies outside limits that allow for it.
func (c viewText) dispersionClaims() []Claim {
	if !c.v.Funnel.Dispersion.Found {
		return nil
	}
	claim := Claim{Says: "caption.dispersion.some", Phi: c.v.Funnel.Dispersion.Phi}
	for _, m := range publicMarks(c.v) {
		if m.Point.Flag.Outside(stats.Level998) {
			claim.Count++
		}
		if beyondChance(m) {
			claim.Marks = append(claim.Marks, m)
		}
	}
	switch {
	case claim.Count == 0:
		claim.Says = "caption.dispersion.inside"
	case len(claim.Marks) == 0:
		claim.Says = "caption.dispersion.none"
	}
	return []Claim{claim}
}

// limitsClaims say why there are none.
func (c viewText) limitsClaims() []Claim {
	_, own := ownMark(c.v)
	if c.v.Visibility == benchmark.Own && c.v.Indicator.Kind != benchmark.Scale {
		return nil // others' values aren't drawn
	}
	if c.v.Signal() == prompt.Hidden {
		return claiming("caption.no-limits.hidden")
	}
	if n := c.v.Counts.Values - c.v.Counts.Withheld; n > 0 && c.v.KeptBack() {
		return []Claim{{Says: "caption.no-limits.few", Count: n}}
	}
	if len(publicMarks(c.v)) == 0 && c.v.Visibility != benchmark.Own {
		if own || c.v.Indicator.Kind == benchmark.Text {
			return nil
		}
		return claiming("caption.no-limits.nothing-measured")
	}
	if n := len(publicMarks(c.v)); n > 0 && n < c.v.Least() && c.v.Visibility != benchmark.Own && c.v.Indicator.Kind != benchmark.Text {
		if c.v.OwnFile {
			return claiming("caption.no-limits.alone")
		}
		return []Claim{{Says: "caption.no-limits.few", Count: n}}
	}
	switch c.v.Indicator.Kind {
	case benchmark.Scale:
		if own {
			return nil // said with the viewer's own
		}
		return []Claim{{Says: "caption.scale", Levels: c.v.Indicator.Levels}}
	case benchmark.Count, benchmark.Duration:
		return claiming("caption.described")
	case benchmark.Text, benchmark.YesNo:
		return nil
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean:
	}
	switch c.v.Funnel.Reason {
	case stats.NoEvents, stats.AllEvents:
		return claiming("caption.no-limits.same")
	case stats.NoSpread:
		return claiming("caption.no-limits.no-spread")
	case stats.NothingMeasured, stats.OneOrganisation, stats.Drawn:
	}
	return nil
}

func (c viewText) targetClaims() []Claim {
	if c.v.Indicator.Target == nil || c.v.Indicator.Kind == benchmark.Text || c.v.Indicator.Kind == benchmark.YesNo {
		return nil
	}
	return []Claim{{Says: "caption.target", Target: *c.v.Indicator.Target}}
}

// answeredClaims say how many of how many gave a value, and what the others
// said.
func (c viewText) answeredClaims() []Claim {
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
	claim := Claim{Says: "caption.answered." + what + "-rest", Count: n.Values, Of: n.Organisations}
	for _, part := range []struct {
		says  string
		count int
	}{
		{"caption.rest.not-measured", n.NotMeasured},
		{"caption.rest.not-applicable", n.NotApplicable},
		{"caption.rest.does-not-fit", n.DoesNotFit},
		{"caption.rest.skipped", n.Skipped},
		{"caption.rest.silent", n.Silent},
	} {
		if part.count > 0 {
			claim.Parts = append(claim.Parts, Claim{Says: part.says, Count: part.count})
		}
	}
	switch {
	case len(claim.Parts) == 0 && c.v.Indicator.Kind == benchmark.Text:
		return nil // the headline says so
	case c.v.Signal() == prompt.Practices: // the headline has said how many have
		claim.Says = "caption.answered.others"
	case len(claim.Parts) == 0:
		claim.Says = "caption.answered." + what
	}
	return []Claim{claim}
}

// withheldClaims say how many have numbers too small to show.
func (c viewText) withheldClaims() []Claim {
	others := c.v.Counts.Withheld
	if ownWithheldFromOthers(c.v) {
		others-- // said with the viewer's own
	}
	switch {
	case others <= 0:
		return nil
	case c.v.MuchWithheld():
		return []Claim{{Says: "caption.withheld-many", Count: others}}
	}
	return []Claim{{Says: "caption.withheld", Count: others}}
}
