package benchmark

import (
	"maps"
	"slices"

	"roundtable/benchmark/refusal"
)

// Position is where an organisation guesses it will stand.
type Position string

// The positions, relative to the middle of the network.
const (
	Below  Position = "below"
	Around Position = "around"
	Above  Position = "above"
)

// Predict guesses where one's organisation will stand in the open round.
type Predict struct {
	Guesses map[IndicatorID]Position
}

func (p Predict) decide(d *decision) error {
	o, err := d.requireMember()
	if err != nil {
		return err
	}
	r, err := d.anyRound("")
	if err != nil {
		return err
	}
	if r.Phase == Published || r.Publications > 0 {
		return refuse(refusal.GuessTooLate, "Round", r.ID)
	}
	if len(p.Guesses) == 0 {
		return refuse(refusal.NothingToGuess)
	}
	t, _ := d.n.TemplateVersion(r.Template)
	for _, id := range slices.Sorted(maps.Keys(p.Guesses)) {
		position := p.Guesses[id]
		if err := d.checkAsked(r, id); err != nil {
			return err
		}
		if !isOneOf(position, Below, Around, Above) {
			return refuse(refusal.PositionUnknown, "Position", string(position)).at(string(id))
		}
	}
	for _, i := range t.Indicators {
		position, guessed := p.Guesses[i.ID]
		if guessed && (r.Predictions[Slot{o.ID, i.ID}] != position || !d.n.MaySeeOwn(d.me, r)) {
			d.emit(predictionMade{Round: r.ID, Organisation: o.ID, Indicator: i.ID, Position: position})
		}
	}
	return nil
}

// predictionMade is a guess, made before results are shown.
type predictionMade struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
	Position     Position       `json:"position"`
}

var predictionMadeKind = newKind[predictionMade]("prediction.made", 1)

func (predictionMade) kind() *eventKind { return predictionMadeKind }

func (b predictionMade) apply(n *Network, _ Event) error {
	return n.changeRound(b.Round, func(r *Round) { r.Predictions[Slot{b.Organisation, b.Indicator}] = b.Position })
}
