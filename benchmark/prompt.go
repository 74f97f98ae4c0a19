package benchmark

import (
	"hash/fnv"
	"strings"
)

// Loop says how deep a prompt goes.
type Loop string

// The loops (Argyris & Schön 1978).
const (
	SingleLoop Loop = "single" // are we doing it right?
	DoubleLoop Loop = "double" // is it the right thing to measure, or to aim at?
)

// Prompt is a question that the bot asks. Its words are in the messages of
// each language, under its ID.
type Prompt struct {
	// ID such as "in-chance.1".
	ID   string
	Loop Loop
}

// variants is how many wordings there are of each signal's prompt.
var variants = map[Signal]byte{
	TooLittle: 2, InChance: 2, Outside: 2, WideSpread: 2, Definition: 2, Practices: 2, Described: 2,
}

// doubleLoops is how many double-loop prompts there are.
const doubleLoops = 4

// Prompts returns the questions to ask of a view, chosen by what it shows: one
// single-loop prompt, and, on one indicator of the round, a double-loop one.
// The same view always gets the same; another round, other words.
func (n *Network) Prompts(v View) []Prompt {
	signal := v.Signal()
	k := pick(string(v.Round)+"/"+string(v.Indicator.ID), variants[signal])
	prompts := []Prompt{{ID: string(signal) + "." + string('1'+k), Loop: SingleLoop}}
	if n.doubleLoopOn(v.Round) == v.Indicator.ID {
		k := pick(string(v.Round), doubleLoops)
		prompts = append(prompts, Prompt{ID: "double." + string('1'+k), Loop: DoubleLoop})
	}
	return prompts
}

// doubleLoopOn picks the indicator whose purpose the round asks about: one
// whose definition somebody found not to fit, or else by turns.
func (n *Network) doubleLoopOn(id RoundID) IndicatorID {
	r, ok := n.Round(id)
	if !ok {
		return ""
	}
	t, _ := n.TemplateVersion(r.Template)
	if len(t.Indicators) == 0 {
		return ""
	}
	for _, i := range t.Indicators {
		for _, o := range n.Organisations {
			if v, ok := r.Submission(o.ID, i.ID); ok && v.Answer == DoesNotFit {
				return i.ID
			}
		}
	}
	return t.Indicators[int(pick(string(id), 251))%len(t.Indicators)].ID
}

func pick(from string, of byte) byte {
	h := fnv.New32a()
	_, _ = h.Write([]byte(from)) // never fails
	return byte(h.Sum32() % uint32(of))
}

// knownPrompt returns the id if it is one of a prompt, so that nothing else is
// stored as one; else it is empty.
func knownPrompt(id string) string {
	name, number, _ := strings.Cut(id, ".")
	last := variants[Signal(name)]
	if name == "double" {
		last = doubleLoops
	}
	if len(number) == 1 && number[0] >= '1' && number[0] < '1'+last {
		return id
	}
	return ""
}
