package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
	"roundtable/stats"
)

// Talk says, naming nobody, why a view is worth a talk: "One is higher than chance gives".
func Talk(l *locale.Locale, v view.View, why view.Why) Sentence {
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	return say(l, c.unit, c.talkClaim(why))
}

// TalkBriefly is Talk in fewer words: "One is above chance".
func TalkBriefly(l *locale.Locale, v view.View, why view.Why) Sentence {
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	claim := c.talkClaim(why)
	claim.Says = "caption.brief." + strings.TrimPrefix(claim.Says, "caption.talk.")
	return say(l, c.unit, claim)
}

func (c viewText) talkClaim(why view.Why) Claim {
	switch why {
	case view.OutsideChance:
		higher, lower := c.beyond()
		claim := Claim{Says: "caption.talk.both", Marks: higher, Lower: lower, Count: len(higher), Of: len(lower)}
		switch {
		case len(lower) == 0:
			claim.Says = "caption.talk.higher"
		case len(higher) == 0:
			claim.Says, claim.Marks, claim.Lower, claim.Count = "caption.talk.lower", lower, nil, len(lower)
		}
		return claim
	case view.SpreadWide:
		return Claim{Says: "caption.talk.wide"}
	case view.NewDefinition:
		return Claim{Says: "caption.talk.definition"}
	case view.NearlyAlike:
	}
	claim := Claim{Says: "caption.talk.alike", Count: c.mostAlike(), Of: c.v.Counts.Values}
	if claim.Count == claim.Of {
		claim.Says = "caption.talk.all-alike"
	}
	return claim
}

// mostAlike is how many show the value that most do.
func (c viewText) mostAlike() int {
	same, most := map[float64]int{}, 0
	for _, m := range publicMarks(c.v) {
		if m.HasValue {
			same[m.Value]++
			most = max(most, same[m.Value])
		}
	}
	return most
}

// Opening is what a post about a view opens with: why it is worth a talk, or else its
// headline, and where the organisations lie together, in one sentence.
func Opening(l *locale.Locale, v view.View) []Sentence {
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	headline := c.headlineClaim()
	if talks := view.Worth([]view.View{v}); len(talks) > 0 {
		headline = c.talkClaim(talks[0].Why)
	}
	said := sayAll(l, c.unit, []Claim{headline})
	if together, ok := c.togetherClaim(); ok {
		said = append(said, say(l, c.unit, together))
	}
	return said
}

// togetherClaim says where all lie together, unless the headline does.
func (c viewText) togetherClaim() (Claim, bool) {
	for _, claim := range c.middleClaims() {
		switch claim.Says {
		case "caption.centre":
			return Claim{Says: "caption.together.centre", Value: claim.Value}, true
		case "caption.middle", "caption.middle-half":
			return Claim{Says: "caption.together.middle", Value: claim.Value}, true
		}
	}
	return Claim{}, false
}

// Details are what else there is to say of a view to everybody, without what its post opens
// with: who lies where with which figure, and what is missing.
func Details(l *locale.Locale, v view.View) []Sentence {
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	return sayAll(l, c.unit, c.outsideClaims(), c.nearClaims(), c.dispersionClaims(), c.limitsClaims(), c.targetClaims(), c.commonClaims(), c.answeredClaims(), c.withheldClaims())
}

// Join puts sentences into one, parted by semicolons and with a full stop.
func Join(said []Sentence) string {
	parts := make([]string, len(said))
	for k, s := range said {
		parts[k] = withoutFullStop(s.text)
		if k > 0 {
			parts[k] = Within(parts[k])
		}
	}
	return strings.Join(parts, "; ") + "."
}

// Within returns a sentence as it stands within another: without its full stop, and
// beginning with a small letter.
func Within(sentence string) string {
	sentence = withoutFullStop(sentence)
	first, size := utf8.DecodeRuneInString(sentence)
	return string(unicode.ToLower(first)) + sentence[size:]
}

// Unanswered returns which of a round's views nobody answered with a value, in their order;
// none where organisations don't see each other, as it isn't told there who answered what.
func Unanswered(views []view.View) []benchmark.Indicator {
	var none []benchmark.Indicator
	for _, v := range views {
		if v.Visibility != benchmark.Own && v.Counts.Values == 0 {
			none = append(none, v.Indicator)
		}
	}
	return none
}

// OwnNews says that the viewer's own value lies outside what chance gives; false where it
// doesn't.
func OwnNews(l *locale.Locale, v view.View) (Sentence, bool) {
	m, own := ownMark(v)
	if !own || !beyondChance(m) {
		return Sentence{}, false
	}
	says := "caption.news.lower"
	if m.Point.AdjustedFlag == stats.High998 {
		says = "caption.news.higher"
	}
	return say(l, unitOf(l, v), Claim{Says: says, Marks: []view.Mark{m}}), true
}

// Judged says whether the viewer's own value is held against what chance gives: only then can
// it be said that it doesn't stand out.
func Judged(v view.View) bool {
	m, own := ownMark(v)
	return own && m.Answer == benchmark.Value && len(v.Funnel.Points) > 0 && m.Point.Measured
}

// TrendNews is the finding of a series where its latest point has a signal; false where it
// hasn't.
func TrendNews(l *locale.Locale, s Series) (Sentence, bool) {
	t, err := newTrend(l, s)
	if err != nil || len(s.Points) == 0 || t.signal() == stats.NoSignal {
		return Sentence{}, false
	}
	return say(l, t.unit, t.headlineClaim()), true
}

// Guessed says what the viewer guessed, and how it came; false without a guess.
func Guessed(l *locale.Locale, v view.View) (Sentence, bool) {
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	for _, claim := range c.ownClaims() {
		if strings.HasPrefix(claim.Says, "caption.guess.") {
			return say(l, c.unit, claim), true
		}
	}
	return Sentence{}, false
}
