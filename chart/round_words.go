package chart

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
	"roundtable/stats"
)

// The words of a picture of a round, as claims: the messages "round-picture.*".

// rowClaim is what there is to say of an indicator in a few words, and how many of its
// values are hidden.
func (r roundRow) rowClaim() Claim {
	claim := r.finding()
	n := r.v.Counts.Withheld
	if ownWithheldFromOthers(r.v) {
		n-- // its own people see it
	}
	if n > 0 && r.v.Visibility != benchmark.Own && claim.Says != "round-picture.row.hidden" {
		claim.Parts = append(claim.Parts, Claim{Says: "round-picture.withheld", Count: n})
		claim.Says += "-rest"
	}
	return claim
}

func (r roundRow) finding() Claim {
	c, marks := r.viewText, publicMarks(r.v)
	of := func(says string) Claim { return Claim{Says: "round-picture.row." + says} }
	switch {
	case c.v.Visibility == benchmark.Own:
		return r.commonFinding()
	case c.v.MuchWithheld():
		return of("hidden")
	case r.talk != nil && r.talk.Why == view.NewDefinition:
		return of("definition")
	case c.v.Indicator.Kind == benchmark.Text:
		return Claim{Says: "round-picture.row.told", Count: c.v.Counts.Values, Of: c.v.Counts.Organisations}
	case len(marks) < fewestCompared:
		return of("few")
	case c.v.Indicator.Kind == benchmark.YesNo:
		yes := 0
		for _, m := range marks {
			if m.Value == 1 {
				yes++
			}
		}
		return Claim{Says: "round-picture.row.yes", Count: yes, Of: len(marks)}
	case c.v.Indicator.Kind == benchmark.Scale:
		return c.commonLevels(marks)
	case allEqual(marks):
		return Claim{Says: "round-picture.row.same", Value: marks[0].Value, Count: len(marks)}
	}
	higher, lower := c.beyond()
	switch {
	case len(higher) > 0 && len(lower) > 0 && c.v.Counts.Withheld > 0: // shorter
		return Claim{Says: "round-picture.row.outside", Count: len(higher) + len(lower)}
	case len(higher) > 0 && len(lower) > 0:
		return Claim{Says: "round-picture.row.both", Count: len(higher), Of: len(lower)}
	case len(higher) > 0:
		return Claim{Says: "round-picture.row.above", Count: len(higher)}
	case len(lower) > 0:
		return Claim{Says: "round-picture.row.below", Count: len(lower)}
	case c.v.Funnel.Dispersion.Found:
		return of("wide")
	case r.talk != nil && r.talk.Why == view.NearlyAlike:
		value, n := commonest(marks)
		return Claim{Says: "round-picture.row.alike", Count: n, Of: len(marks), Value: value}
	case c.v.Funnel.Reason == stats.Drawn && ownWithheldFromOthers(c.v):
		return of("chance-others")
	case c.v.Funnel.Reason == stats.Drawn:
		return of("chance")
	case len(marks) < fewestHalved || !c.v.HasSpread:
		low, high := endsOf(marks)
		return Claim{Says: "round-picture.row.between", Low: low, High: high}
	}
	return Claim{Says: "round-picture.row.half", Low: c.v.Low, High: c.v.High}
}

// commonFinding is what may be said where organisations don't see each other.
func (r roundRow) commonFinding() Claim {
	switch v := r.v; {
	case r.talk != nil && r.talk.Why == view.NewDefinition:
		return Claim{Says: "round-picture.row.definition"}
	case !v.HasMiddle:
		return Claim{Says: "round-picture.row.own-none"}
	case v.HasSpread:
		return Claim{Says: "round-picture.row.own-thirds", Low: v.Low, High: v.High}
	}
	return Claim{Says: "round-picture.row.own-middle"}
}

// commonest is the value that most have, and how many do; of several the first.
func commonest(marks []view.Mark) (value float64, n int) {
	counts := map[float64]int{}
	for _, m := range marks {
		counts[m.Value]++
	}
	for _, m := range marks {
		if counts[m.Value] > n {
			value, n = m.Value, counts[m.Value]
		}
	}
	return value, n
}

func endsOf(marks []view.Mark) (low, high float64) {
	low, high = marks[0].Value, marks[0].Value
	for _, m := range marks {
		low, high = min(low, m.Value), max(high, m.Value)
	}
	return low, high
}

// commonLevels says which answer on a scale most gave; where several are as common, from
// which to which all lie.
func (c viewText) commonLevels(marks []view.Mark) Claim {
	counts := map[int]int{}
	most := 0
	for _, m := range marks {
		k := int(m.Value)
		counts[k]++
		most = max(most, counts[k])
	}
	var common []string
	for k := 1; k <= c.v.Indicator.Levels; k++ {
		if counts[k] == most {
			common = append(common, strconv.Itoa(k))
		}
	}
	low, high := endsOf(marks)
	switch {
	case low == high:
		return Claim{Says: "round-picture.row.same", Value: low, Count: len(marks)}
	case len(common) > 2:
		return Claim{Says: "round-picture.row.between", Low: low, High: high}
	case len(common) == 2:
		return Claim{Says: "round-picture.row.levels", Words: c.l.List(common)}
	}
	return Claim{Says: "round-picture.row.level", Words: common[0]}
}

// fittedWords are a row's words at a width: without the unit, which stands at the middle,
// where it would make them too long.
func (r roundRow) fittedWords(width float64) (string, pen) {
	bare := r.unit
	if !bare.percent && r.isDrawn() {
		bare.suffix = ""
	}
	for _, u := range []unit{r.unit, bare} {
		words := say(r.l, u, r.rowClaim()).text
		for _, p := range []pen{subPen, smallPen} {
			if p.width(words) <= width {
				return words, p
			}
		}
	}
	return truncate(say(r.l, bare, r.rowClaim()).text, smallPen, width), smallPen
}

// headline is the finding: what of a picture's rows is worth a talk, by name or, where
// names are too long, by number.
func (r roundPicture) headline() Sentence {
	s, _ := fittedHeadline(r.l, r.headlineClaims())
	return s
}

// fittedHeadline is the first of some claims whose words fit on one line, in letters
// a little smaller if they must be; the last is short enough.
func fittedHeadline(l *locale.Locale, claims []Claim) (Sentence, pen) {
	var s Sentence
	for _, claim := range claims {
		s = say(l, unit{l: l}, claim)
		for p := titlePen; p.size >= smallestTitle; p.size -= 0.5 {
			if p.width(s.text) <= laneRight-wordsLeft {
				return s, p
			}
		}
	}
	p := titlePen
	p.size = smallestTitle
	return s, p
}

// smallestTitle is how small a headline is made before it says less.
const smallestTitle = 14.0

// headlineClaims are what the headline may say, the best first.
func (r roundPicture) headlineClaims() []Claim {
	var titles []Claim
	for _, row := range r.rows {
		if row.talk != nil {
			titles = append(titles, Claim{Says: "round-picture.title", Title: inSentence(row.v.Indicator.Title)})
		}
	}
	whole := slices.Concat(r.rows, r.rest)
	limited := slices.ContainsFunc(whole, func(row roundRow) bool { return row.finding().Says == "round-picture.row.chance" })
	unsure := slices.ContainsFunc(whole, func(row roundRow) bool { return row.finding().Says == "round-picture.row.chance-others" })
	switch {
	case len(titles) > 0:
		short := make([]Claim, len(titles))
		for i, t := range titles {
			short[i] = t
			short[i].Title = shorterTitles(t.Title)[len(shorterTitles(t.Title))-1]
		}
		return []Claim{
			{Says: "round-picture.headline.worth", Parts: titles},
			{Says: "round-picture.headline.worth-short", Parts: titles},
			{Says: "round-picture.headline.worth-short", Parts: short},
			{Says: worthCounted[len(titles)-1], Count: len(titles)},
		}
	case len(whole) > 0 && whole[0].v.Visibility == benchmark.Own:
		return claiming("round-picture.headline.own")
	case limited && !unsure:
		return claiming("round-picture.headline.chance")
	}
	return claiming("round-picture.headline.choose")
}

// worthCounted say how many are worth a talk.
var worthCounted = [view.MaxWorth]string{"round-picture.headline.worth-1", "round-picture.headline.worth-2", "round-picture.headline.worth-3"}

// subtitle says of when and of how many it is and, of two pictures, which.
func (r roundPicture) subtitle() string {
	text := say(r.l, unit{l: r.l}, Claim{Says: "round-picture.subtitle", Count: r.organisations, Periods: []string{r.period}}).text
	if r.of > 1 {
		text += " · " + say(r.l, unit{l: r.l}, Claim{Says: "round-picture.part", Count: r.part, Of: r.of}).text
	}
	return capital(text)
}

// restClaim says in one line what isn't drawn.
func (r roundPicture) restClaim() Claim {
	claim := Claim{Says: "round-picture.rest", Count: len(r.rest)}
	counts := map[string]int{}
	for _, row := range r.rest {
		counts[row.restKind()]++
	}
	for _, kind := range []string{"outside", "chance", "hidden", "unlimited"} {
		if counts[kind] == len(r.rest) {
			return Claim{Says: "round-picture.more." + kind, Count: len(r.rest)}
		}
		if counts[kind] > 0 {
			claim.Parts = append(claim.Parts, Claim{Says: "round-picture.left." + kind, Count: counts[kind]})
		}
	}
	return claim
}

// restKind is how a row that isn't drawn is counted.
func (r roundRow) restKind() string {
	switch strings.TrimPrefix(r.finding().Says, "round-picture.row.") {
	case "both", "outside", "above", "below", "wide":
		return "outside"
	case "chance", "chance-others":
		return "chance"
	case "hidden", "few", "own-none":
		return "hidden"
	}
	return "unlimited"
}

// MaxRoundAlt is how long the alternative text of a round's picture may be, in
// characters.
const MaxRoundAlt = 1000

// alt is the headline, then row by row its words, then what isn't drawn or missing. It
// leaves out middles, and then cuts names, before it would be too long.
func (r roundPicture) alt() string {
	for _, most := range []int{200, 60, 36, 24} {
		for _, middles := range []bool{true, false} {
			text := strings.Join(wordsOf(r.altSentences(most, middles)), " ")
			if utf8.RuneCountInString(text) <= MaxRoundAlt {
				return text
			}
		}
	}
	return truncateAlt(strings.Join(wordsOf(r.altSentences(24, false)), " "), MaxRoundAlt)
}

func (r roundPicture) altSentences(longest int, middles bool) []Sentence {
	plain := unit{l: r.l}
	when := say(r.l, plain, Claim{Says: "round-picture.alt.subtitle", Count: r.organisations, Periods: []string{r.period}})
	when.text = capital(when.text)
	said := []Sentence{say(r.l, plain, Claim{Says: "round-picture.alt.headline", Parts: []Claim{r.headline().claim}}), when}
	for _, row := range r.rows {
		said = append(said, say(r.l, row.unit, row.altClaim(longest, middles)))
	}
	if len(r.rest) > 0 {
		said = append(said, say(r.l, plain, r.restClaim()))
	}
	if r.unanswered > 0 {
		said = append(said, say(r.l, plain, Claim{Says: "round-picture.alt.unanswered", Count: r.unanswered}))
	}
	return said
}

// altClaim is a row's words, and its middle where it has one.
func (r roundRow) altClaim(longest int, middles bool) Claim {
	claim := Claim{Says: "round-picture.alt.row", Title: truncateAlt(r.v.Indicator.Title, longest), Parts: []Claim{r.rowClaim()}}
	if x, ok := r.middle(); ok && middles && r.isDrawn() && r.v.Indicator.Kind != benchmark.Scale {
		claim.Says, claim.Value = "round-picture.alt.row-middle", x
	}
	return claim
}
