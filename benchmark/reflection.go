package benchmark

import (
	"hash/fnv"
	"strings"
)

// Reflect answers a prompt, or says what one thinks. It is private unless it is
// shared; then it also goes into the comparison's thread.
type Reflect struct {
	Round     RoundID
	Indicator IndicatorID
	Prompt    string
	Text      string
	Share     bool
}

func (r Reflect) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	round, err := d.anyRound(r.Round)
	if err != nil {
		return err
	}
	if r.Indicator != "" {
		if err := d.checkAsked(round, r.Indicator); err != nil {
			return err
		}
	}
	text, err := d.writeRequiredText(r.Text)
	if err != nil {
		return err
	}
	d.emit(reflectionMade{Round: round.ID, Indicator: r.Indicator, Prompt: knownPrompt(r.Prompt), Text: text, Shared: r.Share})
	if r.Share {
		d.emitContribution(contributionMade{Topic: d.topicIn(round, r.Indicator), Manner: ReflectionShared, Indicator: r.Indicator, Text: text})
	}
	return nil
}

// reflectionMade answers a prompt. Private unless shared.
type reflectionMade struct {
	Round     RoundID     `json:"round"`
	Indicator IndicatorID `json:"indicator,omitempty"`
	Prompt    string      `json:"prompt,omitempty"`
	Text      TextID      `json:"text"`
	Shared    bool        `json:"shared,omitempty"`
}

var reflectionMadeKind = newKind[reflectionMade]("reflection.made", 1)

func (reflectionMade) kind() *eventKind { return reflectionMadeKind }

// apply changes nothing: reflections are for the journal, and those that are shared
// are contributions too.
func (reflectionMade) apply(*Network, Event) error { return nil }

// variants is how many wordings there are of each signal's prompt.
var variants = map[Signal]byte{
	TooLittle: 2, InChance: 2, Outside: 2, WideSpread: 2, Definition: 2, Practices: 2, Described: 2,
}

// doubleLoops is how many double-loop prompts there are.
const doubleLoops = 4

// Prompts returns the questions to ask of a view, chosen by what it shows: one
// single-loop question (are we doing it right?), and, on one indicator of the round,
// a double-loop one (is it the right thing to measure, or to aim at? Argyris & Schön
// 1978). They are ids such as "in-chance.1" and "double.2", under which the messages
// of each language have the words. The same view always gets the same; another
// round, other words.
func (n *Network) Prompts(v View) []string {
	signal := v.Signal()
	k := pick(string(v.Round)+"/"+string(v.Indicator.ID), variants[signal])
	prompts := []string{string(signal) + "." + string('1'+k)}
	if doubleLoopOn(n, v.Round) == v.Indicator.ID {
		k := pick(string(v.Round), doubleLoops)
		prompts = append(prompts, "double."+string('1'+k))
	}
	return prompts
}

// doubleLoopOn picks the indicator whose purpose the round asks about: one
// whose definition somebody found not to fit, or else by turns.
func doubleLoopOn(n *Network, id RoundID) IndicatorID {
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
