package benchmark

import "roundtable/benchmark/refusal"

// Skip says "not this round" for one's organisation. No reason is asked.
type Skip struct{}

func (Skip) decide(d *decision) error {
	o, r, err := d.requireOpenRound()
	if err != nil {
		return err
	}
	if err := d.requireOwn(r, o); err != nil {
		return err
	}
	if r.Answered(o.ID) > 0 {
		return refuse(refusal.SkipAfterAnswering, "Count", r.Answered(o.ID))
	}
	if !r.Skipped[o.ID] {
		d.emit(roundSkipped{Round: r.ID, Organisation: o.ID})
	}
	return nil
}

// roundSkipped says "not this round" for an organisation. Answering later
// takes it back.
type roundSkipped struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
}

var roundSkippedKind = newKind[roundSkipped]("round.skipped", 1)

func (roundSkipped) kind() *eventKind { return roundSkippedKind }

func (b roundSkipped) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.keep(e, b.Organisation)
		r.Skipped[b.Organisation] = true
		r.openingChanged(b.Organisation)
	})
}
