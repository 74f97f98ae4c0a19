package benchmark

import "roundtable/benchmark/prompt"

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
	asked := r.Prompt
	if !prompt.Known(asked) { // nothing else is stored as one
		asked = ""
	}
	d.emit(reflectionMade{Round: round.ID, Indicator: r.Indicator, Prompt: asked, Text: text, Shared: r.Share})
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

// apply keeps nothing but that something was said: reflections are for the journal, and
// those that are shared are contributions too.
func (reflectionMade) apply(n *Network, e Event) error {
	spoke(n, e.By)
	return nil
}
