package chart

import (
	"slices"
	"strings"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/stats"
)

// The words of an own view's picture, as claims: the messages "own-picture.*".

// figureClaims are what stands beside the line: the figure, or what was answered instead,
// and the middle, or how many of how many.
func (r ownRow) figureClaims() []Claim {
	v := r.v
	var claims []Claim
	kind := v.Indicator.Kind
	switch {
	case !r.did:
		claims = claiming("own-picture.none")
	case r.mark.Answer != benchmark.Value:
		return []Claim{{Says: "own-picture.answered", Marks: []view.Mark{r.mark}}}
	case kind == benchmark.Text:
		claims = claiming("own-picture.told")
	case kind == benchmark.YesNo && r.mark.Value == 1:
		claims = claiming("own-picture.yes")
	case kind == benchmark.YesNo:
		claims = claiming("own-picture.no")
	default:
		claims = []Claim{{Says: "own-picture.figure", Value: r.mark.Value}}
	}
	switch {
	case v.Visibility == benchmark.Own && !v.HasMiddle, v.MuchWithheld():
	case kind == benchmark.Text && v.Counts.Values > 0:
		claims = append(claims, Claim{Says: "own-picture.of", Count: v.Counts.Values, Of: v.Counts.Organisations})
	case kind == benchmark.YesNo && v.Visibility != benchmark.Own && len(publicMarks(v)) >= fewestCompared:
		yes := 0
		for _, m := range publicMarks(v) {
			if m.Value == 1 {
				yes++
			}
		}
		claims = append(claims, Claim{Says: "own-picture.of", Count: yes, Of: len(publicMarks(v))})
	default:
		if x, ok := r.common(); ok {
			claims = append(claims, Claim{Says: "own-picture.middle", Value: x})
		}
	}
	return claims
}

// changeClaims say how the figure lies among one's own.
func (r ownRow) changeClaims() []Claim {
	switch r.signal() {
	case stats.AboveLimit, stats.NearUpper, stats.AboveMean:
		return claiming("own-picture.change.higher")
	case stats.BelowLimit, stats.NearLower, stats.BelowMean:
		return claiming("own-picture.change.lower")
	case stats.Rising:
		return claiming("own-picture.change.rising")
	case stats.Falling:
		return claiming("own-picture.change.falling")
	case stats.NoSignal:
	}
	if r.isJudged() {
		return claiming("own-picture.change.usual")
	}
	return nil
}

// sideClaims say that the figure lies outside what chance gives among all.
func (r ownRow) sideClaims() []Claim {
	switch {
	case !r.isBeyond():
		return nil
	case r.mark.Point.Flag == stats.High998:
		return claiming("own-picture.side.above")
	}
	return claiming("own-picture.side.below")
}

// levelClaims say what is achievable.
func (r ownRow) levelClaims() []Claim {
	if level, ok := r.v.Achievable(); ok {
		return []Claim{{Says: "own-picture.achievable", Value: level}}
	}
	return nil
}

// guessClaims say what was guessed and where it came out.
func (r ownRow) guessClaims() []Claim {
	came, ok := r.ownPosition()
	if !r.hasPill() || !ok || r.v.Guess == "" {
		return nil
	}
	return []Claim{{Says: "own-picture.guessed." + string(r.v.Guess)}, {Says: "own-picture.came." + string(came)}}
}

// gapClaims say how many rounds have no figure, and when a new definition began.
func (r ownRow) gapClaims() []Claim {
	var claims []Claim
	if n := r.s.Missing(); n > 0 {
		claims = append(claims, Claim{Says: "own-picture.missing", Count: n})
	}
	if breaks := r.s.breaks(); len(breaks) > 0 {
		claims = append(claims, Claim{Says: "own-picture.definition", Periods: []string{r.s.Points[breaks[len(breaks)-1]].Period.ID}})
	}
	return claims
}

// altClaim is all that a row shows, in words; fewer where they would be too many.
func (r ownRow) altClaim(longest int, all bool) Claim {
	parts := slices.Concat(r.figureClaims(), r.changeClaims(), r.sideClaims())
	for i, c := range parts {
		if c.Says == "own-picture.of" { // the picture has no room for what it is of
			parts[i].Says = map[bool]string{true: "round-picture.row.told", false: "round-picture.row.yes"}[r.v.Indicator.Kind == benchmark.Text]
		}
	}
	if all {
		parts = slices.Concat(parts, r.levelClaims(), r.guessClaims(), r.gapClaims())
	}
	return Claim{Says: "own-picture.alt.row", Title: truncateAlt(r.v.Indicator.Title, longest), Parts: parts}
}

// headlineClaims are the finding: what isn't as usual for the organisation, or lies
// outside what chance gives; the best first.
func (o ownPicture) headlineClaims() []Claim {
	changed, aside := o.news()
	judged := slices.ContainsFunc(slices.Concat(o.rows, o.rest), ownRow.isJudged)
	named := func(says string, rows []ownRow) []Claim {
		var titles, short []Claim
		for _, row := range rows {
			title := inSentence(row.v.Indicator.Title)
			cut := shorterTitles(title)
			titles = append(titles, Claim{Says: "own-picture.title", Title: title})
			short = append(short, Claim{Says: "own-picture.title", Title: cut[len(cut)-1]})
		}
		return []Claim{{Says: says, Parts: titles}, {Says: says, Parts: short}, {Says: says + "-count", Count: len(rows)}}
	}
	one := func(says string, row ownRow) []Claim {
		cut := shorterTitles(row.v.Indicator.Title)
		return []Claim{{Says: says, Title: row.v.Indicator.Title}, {Says: says, Title: cut[len(cut)-1]}, {Says: says, Title: shortenedMiddle(row.v.Indicator.Title, shortName).text}}
	}
	switch {
	case len(changed) == 1:
		says := "own-picture.headline." + strings.TrimPrefix(changed[0].changeClaims()[0].Says, "own-picture.change.")
		return append(one(says, changed[0]), named("own-picture.headline.changed", changed)...)
	case len(changed) > 1:
		return named("own-picture.headline.changed", changed)
	case len(aside) == 1:
		says := "own-picture.headline." + strings.TrimPrefix(aside[0].sideClaims()[0].Says, "own-picture.side.")
		return append(one(says, aside[0]), named("own-picture.headline.aside", aside)...)
	case len(aside) > 1:
		return named("own-picture.headline.aside", aside)
	case judged:
		return claiming("own-picture.headline.usual")
	}
	return claiming("own-picture.headline.figures")
}

// shortName is how wide a long name is in a headline, in letters of a row.
const shortName = 130.0

// news are the rows that aren't as usual, and those that are but lie outside what chance
// gives.
func (o ownPicture) news() (changed, aside []ownRow) {
	for _, row := range o.rows {
		switch {
		case row.signal() != stats.NoSignal:
			changed = append(changed, row)
		case row.isNews():
			aside = append(aside, row)
		}
	}
	return changed, aside
}

// headlined are the indicators that the headline is about.
func (o ownPicture) headlined() []benchmark.IndicatorID {
	changed, aside := o.news()
	if len(changed) > 0 {
		aside = nil
	}
	var ids []benchmark.IndicatorID
	for _, row := range slices.Concat(changed, aside) {
		ids = append(ids, row.v.Indicator.ID)
	}
	return ids
}

// subtitle says whose it is, of when, and that nobody else sees it.
func (o ownPicture) subtitle() string {
	claim := Claim{Says: "own-picture.subtitle", Title: o.whose, Periods: []string{o.period}}
	if o.whose == "" {
		claim.Says = "own-picture.subtitle-plain"
	}
	text := say(o.l, unit{l: o.l}, claim).text
	if o.of > 1 {
		text += " · " + say(o.l, unit{l: o.l}, Claim{Says: "own-picture.part", Count: o.part, Of: o.of}).text
	}
	return capital(text)
}

// restClaim says in one line what isn't drawn.
func (o ownPicture) restClaim() Claim {
	claim := Claim{Says: "own-picture.rest", Count: len(o.rest)}
	counts := map[string]int{}
	for _, row := range o.rest {
		counts[row.restKind()]++
	}
	for _, kind := range []string{"changed", "usual", "figure", "none"} {
		if counts[kind] == len(o.rest) {
			return Claim{Says: "own-picture.more." + kind, Count: len(o.rest)}
		}
		if counts[kind] > 0 {
			claim.Parts = append(claim.Parts, Claim{Says: "own-picture.left." + kind, Count: counts[kind]})
		}
	}
	return claim
}

// restKind is how a row that isn't drawn is counted.
func (r ownRow) restKind() string {
	switch {
	case r.isNews():
		return "changed"
	case r.isJudged():
		return "usual"
	case r.hasValue():
		return "figure"
	}
	return "none"
}

// alt is the headline, then row by row what it shows, then what isn't drawn. It leaves out
// what matters less before it would be too long.
func (o ownPicture) alt() string {
	for _, most := range []int{200, 36, 24} {
		for _, all := range []bool{true, false} {
			text := strings.Join(wordsOf(o.altSentences(most, all)), " ")
			if utf8.RuneCountInString(text) <= MaxRoundAlt {
				return text
			}
		}
	}
	return truncateAlt(strings.Join(wordsOf(o.altSentences(24, false)), " "), MaxRoundAlt)
}

func (o ownPicture) altSentences(longest int, all bool) []Sentence {
	plain := unit{l: o.l}
	headline, _ := fittedHeadline(o.l, o.headlineClaims())
	when := say(o.l, plain, Claim{Says: "own-picture.alt.period", Periods: []string{o.period}})
	when.text = capital(when.text)
	said := []Sentence{say(o.l, plain, Claim{Says: "own-picture.alt.headline", Parts: []Claim{headline.claim}}), when}
	for _, row := range o.rows {
		said = append(said, say(o.l, row.unit, row.altClaim(longest, all)))
	}
	if len(o.rest) > 0 {
		said = append(said, say(o.l, plain, o.restClaim()))
	}
	return said
}

// ownKey are the marks of a key and the names of their words, in the order in which they
// always stand.
var ownKey = []struct {
	name  string
	width float64
	draw  func(s sheet, left, y float64)
}{
	{"usual", 14, func(s sheet, left, y float64) { s.fill(box{left, y - 5, left + 14, y + 5}.corners(), outerBand) }},
	{"middle", 12, func(s sheet, left, y float64) { s.stroke([]point{{left, y}, {left + 12, y}}, 1.8, ink) }},
	{"achievable", 12, func(s sheet, left, y float64) { s.stroke([]point{{left, y}, {left + 12, y}}, 1.8, ink, 2, 1.5) }},
	{"definition", 3, func(s sheet, left, y float64) {
		s.stroke([]point{{left + 1.5, y - 5.5}, {left + 1.5, y + 5.5}}, 1, secondary, 3, 2.4)
	}},
	{"outside", 6, func(s sheet, left, y float64) { s.fill(around(point{left + 3, y}, 2.8).corners(), outsideColour) }},
}

// key are the marks that the rows have.
func (o ownPicture) key() []keyItem {
	there := map[string]bool{}
	for _, row := range o.rows {
		_, level := row.v.Achievable()
		there["definition"] = there["definition"] || len(row.s.breaks()) > 0
		there["middle"] = there["middle"] || row.numeric() && row.v.HasMiddle
		there["achievable"] = there["achievable"] || row.numeric() && level
		for _, p := range row.chart.Points {
			there["usual"] = there["usual"] || p.HasLimits
			there["outside"] = there["outside"] || p.Signal == stats.AboveLimit || p.Signal == stats.BelowLimit
		}
	}
	var items []keyItem
	for _, m := range ownKey {
		if there[m.name] {
			items = append(items, keyItem{m.draw, m.width, o.l.T("own-key." + m.name)})
		}
	}
	return items
}
