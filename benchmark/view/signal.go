package view

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/prompt"
	"roundtable/stats"
)

// Signal returns what the view says to everybody; it is the same for every
// viewer. Where organisations don't see each other it tells nothing of what others
// answered.
//
// Where organisations differ more than chance alone gives, those lie outside
// who do so even of the limits that allow for it.
func (v View) Signal() prompt.Signal {
	outside := false
	for _, p := range v.Funnel.Points {
		outside = outside || p.AdjustedFlag.Outside(stats.Level998)
	}
	public := v.Counts.Values - v.Counts.Withheld
	switch {
	case v.Visibility == benchmark.Own && v.HasMiddle:
		return prompt.Described
	case v.Visibility == benchmark.Own:
		return prompt.TooLittle
	case v.Counts.DoesNotFit > 0:
		return prompt.Definition
	case v.Indicator.Kind == benchmark.Text && public > 0 && !v.KeptBack():
		return prompt.Practices
	case v.MuchWithheld():
		return prompt.Hidden
	case public < v.Least():
		return prompt.TooLittle
	case outside:
		return prompt.Outside
	case v.Funnel.Dispersion.Found:
		return prompt.WideSpread
	case v.Funnel.Reason == stats.Drawn:
		return prompt.InChance
	}
	return prompt.Described
}

// Question returns the signal that the view's question is chosen by: its own, but where
// what makes it worth a talk, or where one practice alone is described, or where all that is
// shown without limits is the same, asks for another.
func (v View) Question() prompt.Signal {
	s := v.Signal()
	why, _ := v.worth()
	switch {
	case s == prompt.Practices && v.Counts.Values-v.Counts.Withheld == 1:
		return prompt.Practice
	case s == prompt.Definition:
		return s
	case why == OutsideChance && v.isFavourable():
		return prompt.Favourable
	case why == NewDefinition:
		return prompt.NewWay
	case s == prompt.Described && v.Visibility != benchmark.Own && v.isAlike():
		return prompt.Alike
	case s == prompt.Described && why == NearlyAlike:
		return prompt.AllButFew
	}
	return s
}

// isFavourable says whether all that lie outside what chance gives do so the favourable way.
func (v View) isFavourable() bool {
	for _, p := range v.Funnel.Points {
		higher := p.AdjustedFlag == stats.High998
		favourable := v.Indicator.Direction == benchmark.Higher && higher || v.Indicator.Direction == benchmark.Lower && !higher
		if p.AdjustedFlag.Outside(stats.Level998) && !favourable {
			return false
		}
	}
	return true
}

// isAlike says whether all values that everybody sees are the same.
func (v View) isAlike() bool {
	var first *float64
	for _, m := range v.Marks {
		if m.Answer != benchmark.Value || m.Withheld != "" || !m.HasValue {
			continue
		}
		if first == nil {
			first = &m.Value
		}
		if m.Value != *first {
			return false
		}
	}
	return first != nil
}

// Prompts returns the questions to ask of a view, chosen by what it shows: one, as nobody
// answers more. On one indicator of the round it is double-loop, about what that is for; on
// all others single-loop. They are ids of package prompt. In rounds that earlier versions
// showed, that one indicator has both.
func Prompts(n *benchmark.Network, v View) []string {
	single, double := prompt.SingleLoop(v.Question(), string(v.Round)+"/"+string(v.Indicator.ID)), prompt.DoubleLoop(string(v.Round))
	r, known := n.Round(v.Round)
	switch {
	case !AsksWhatFor(n, v):
		return []string{single}
	case known && benchmark.ShowsEach(r):
		return []string{single, double}
	}
	return []string{double}
}

// AsksWhatFor says whether the round asks of the view's indicator what that is for.
func AsksWhatFor(n *benchmark.Network, v View) bool {
	return doubleLoopOn(n, v.Round) == v.Indicator.ID
}

// doubleLoopOn picks the indicator whose purpose the round asks about, of those that were
// not worth a talk by themselves if there are any: that isn't asked beside an unwelcome
// figure. It is one whose definition somebody found not to fit, or else by turns.
func doubleLoopOn(n *benchmark.Network, id benchmark.RoundID) benchmark.IndicatorID {
	r, ok := n.Round(id)
	if !ok {
		return ""
	}
	t, _ := n.TemplateVersion(r.Template)
	among := slices.DeleteFunc(slices.Clone(t.Indicators), func(i benchmark.Indicator) bool { return benchmark.WorthATalk(r, i.ID) })
	if len(among) == 0 {
		among = t.Indicators
	}
	if len(among) == 0 {
		return ""
	}
	for _, i := range among {
		if r.Visibility == benchmark.Own {
			break // it would tell what somebody answered
		}
		for _, o := range n.RoundOrganisations(r) {
			if v, ok := r.Submission(o.ID, i.ID); ok && v.Answer == benchmark.DoesNotFit {
				return i.ID
			}
		}
	}
	return among[int(prompt.Pick(string(id), 251))%len(among)].ID
}
