package view

import (
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
	case v.Indicator.Kind == benchmark.Text && public > 0:
		return prompt.Practices
	case v.MuchWithheld():
		return prompt.Hidden
	case public < 2:
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

// Question returns the signal that the view's question is chosen by: its own, but where one
// practice alone is described, or where all that is shown without limits is the same.
func (v View) Question() prompt.Signal {
	switch s := v.Signal(); {
	case s == prompt.Practices && v.Counts.Values-v.Counts.Withheld == 1:
		return prompt.Practice
	case s == prompt.Described && v.Visibility != benchmark.Own && v.isAlike():
		return prompt.Alike
	default:
		return s
	}
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

// Prompts returns the questions to ask of a view, chosen by what it shows: one
// single-loop question, and, on one indicator of the round, a double-loop one. They
// are ids of package prompt.
func Prompts(n *benchmark.Network, v View) []string {
	prompts := []string{prompt.SingleLoop(v.Question(), string(v.Round)+"/"+string(v.Indicator.ID))}
	if doubleLoopOn(n, v.Round) == v.Indicator.ID {
		prompts = append(prompts, prompt.DoubleLoop(string(v.Round)))
	}
	return prompts
}

// doubleLoopOn picks the indicator whose purpose the round asks about: one
// whose definition somebody found not to fit, or else by turns.
func doubleLoopOn(n *benchmark.Network, id benchmark.RoundID) benchmark.IndicatorID {
	r, ok := n.Round(id)
	if !ok {
		return ""
	}
	t, _ := n.TemplateVersion(r.Template)
	if len(t.Indicators) == 0 {
		return ""
	}
	for _, i := range t.Indicators {
		if r.Visibility == benchmark.Own {
			break // it would tell what somebody answered
		}
		for _, o := range n.RoundOrganisations(r) {
			if v, ok := r.Submission(o.ID, i.ID); ok && v.Answer == benchmark.DoesNotFit {
				return i.ID
			}
		}
	}
	return t.Indicators[int(prompt.Pick(string(id), 251))%len(t.Indicators)].ID
}
