// Package prompt has the questions that the bot asks beside a comparison, and what
// they are chosen by. Questions are ids, under which the messages of each language
// have the words. Each says of the comparison what [Claims] has, and no more.
package prompt

import (
	"hash/fnv"
	"strings"
)

// Signal is what a comparison says, as far as a prompt is chosen by it.
type Signal string

// The signals.
const (
	TooLittle  Signal = "too-little"  // too little to say anything
	InChance   Signal = "in-chance"   // all within what chance alone gives
	Outside    Signal = "outside"     // at least one beyond 99.8 %
	Favourable Signal = "favourable"  // at least one beyond 99.8 %, and all of them the favourable way
	WideSpread Signal = "wide-spread" // organisations differ more than chance, from ten on
	Definition Signal = "definition"  // at least one says that the definition doesn't fit
	Hidden     Signal = "hidden"      // too much is withheld to say anything
	Practices  Signal = "practices"   // texts, to be read side by side
	Practice   Signal = "practice"    // one text
	Described  Signal = "described"   // values shown without limits
	Alike      Signal = "alike"       // the same value of all, without limits
	AllButFew  Signal = "all-but-few" // the same value of nine in ten or more, without limits
	NewWay     Signal = "new-way"     // counted in a new way for the first time
)

// Premise is what a question takes for granted of what is shown, beside its signal.
type Premise string

// The premises.
const (
	Differ   Premise = "differ"   // what is shown differs
	Same     Premise = "same"     // all that is shown is the same
	Several  Premise = "several"  // there is more than one
	One      Premise = "one"      // there is one
	Withheld Premise = "withheld" // something is hidden
)

// premises are those of the questions that have any.
var premises = map[string][]Premise{
	"alike.1": {Same, Several}, "alike.2": {Same, Several},
	"practices.1": {Several}, "practices.2": {Several}, "practice.1": {One}, "practice.2": {One},
	"hidden.1": {Withheld}, "hidden.2": {Withheld}, "wide-spread.1": {Differ, Several}, "wide-spread.2": {Differ, Several},
}

// wordings is how many there are of each signal's question.
var wordings = map[Signal]byte{
	TooLittle: 2, InChance: 2, Outside: 2, WideSpread: 2, Hidden: 2, Definition: 2, Practices: 2, Practice: 2, Described: 2, Alike: 2,
	Favourable: 2, AllButFew: 2, NewWay: 2,
}

// doubleLoops is how many double-loop questions there are.
const doubleLoops = 4

// SingleLoop returns the question to ask at a signal (are we doing it right?), such
// as "in-chance.1". The same comparison always gets the same; another, other words.
func SingleLoop(s Signal, comparison string) string {
	return string(s) + "." + string('1'+Pick(comparison, wordings[s]))
}

// DoubleLoop returns a question about the purpose (is it the right thing to measure,
// or to aim at? Argyris & Schön 1978), such as "double.2". The same round always gets
// the same.
func DoubleLoop(round string) string { return "double." + string('1'+Pick(round, doubleLoops)) }

// Known says whether the id is one of a question.
func Known(id string) bool {
	name, number, _ := strings.Cut(id, ".")
	last := wordings[Signal(name)]
	if name == "double" {
		last = doubleLoops
	}
	return len(number) == 1 && number[0] >= '1' && number[0] < '1'+last
}

// Claims returns what a question takes for granted, and so claims of the comparison
// beside it: its signal, and what its words presume. ok is false for one about the purpose,
// which claims nothing, and for what is no question.
func Claims(id string) (s Signal, presumes []Premise, ok bool) {
	name, _, _ := strings.Cut(id, ".")
	return Signal(name), premises[id], Known(id) && wordings[Signal(name)] > 0
}

// Pick returns a number below of, always the same for the same text.
func Pick(from string, of byte) byte {
	h := fnv.New32a()
	_, _ = h.Write([]byte(from)) // never fails
	return byte(h.Sum32() % uint32(of))
}
