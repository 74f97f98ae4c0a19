package benchmark

import (
	"maps"
	"slices"
	"time"

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

// Guessable says whether the indicator's values have a middle to be below or above.
func (i Indicator) Guessable() bool { return i.Kind != Text && i.Kind != YesNo }

// Predict guesses where one's organisation will stand in the open round.
type Predict struct {
	Guesses map[IndicatorID]Position
	// Seen are the guesses that stood when their writer looked; nil for one who means to
	// write over whatever stands.
	Seen map[IndicatorID]Position
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
	if err := d.requireOwn(r, o); err != nil {
		return err
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
		if i, _ := t.Indicator(id); !i.Guessable() {
			return refuse(refusal.GuessNoMiddle, "Title", i.Title).at(string(id))
		}
		if !isOneOf(position, Below, Around, Above) {
			return refuse(refusal.PositionUnknown, "Position", string(position)).at(string(id))
		}
	}
	if err := p.checkUnmoved(d, r, o); err != nil {
		return err
	}
	for _, i := range t.Indicators {
		position, guessed := p.Guesses[i.ID]
		if guessed && r.Predictions[Slot{o.ID, i.ID}] != position {
			d.emit(predictionMade{Round: r.ID, Organisation: o.ID, Indicator: i.ID, Position: position})
		}
	}
	return nil
}

// checkUnmoved asks about the guesses that somebody else has changed since the writer
// looked, where theirs differ.
func (p Predict) checkUnmoved(d *decision, r *Round, o Organisation) error {
	var moved Refusals
	for _, id := range slices.Sorted(maps.Keys(p.Guesses)) {
		slot := Slot{o.ID, id}
		stands, was := r.Predictions[slot], r.guessed[slot]
		if p.Seen == nil || stands == p.Seen[id] || stands == p.Guesses[id] || was.by == d.me.ID {
			continue
		}
		ask := refuse(refusal.GuessMoved, "By", was.by, "At", was.at, "Position", string(stands)).at(string(id))
		ask.Question = true
		moved = append(moved, ask)
	}
	if len(moved) > 0 {
		return moved
	}
	return nil
}

// guessed is who made a guess, and when.
type guessed struct {
	by ParticipantID
	at time.Time
}

// Guessed returns who made the organisation's standing guess, and when; zero when there
// is none.
func (r *Round) Guessed(o OrganisationID, i IndicatorID) (by ParticipantID, at time.Time) {
	g := r.guessed[Slot{o, i}]
	return g.by, g.at
}

// predictionMade is a guess, made before results are shown.
type predictionMade struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
	Position     Position       `json:"position" trace:"own"`
}

var predictionMadeKind = newKind[predictionMade]("prediction.made", 1)

func (predictionMade) kind() *eventKind { return predictionMadeKind }

func (b predictionMade) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		r.keep(e, b.Organisation)
		slot := Slot{b.Organisation, b.Indicator}
		r.Predictions[slot], r.guessed[slot] = b.Position, guessed{e.By, e.At}
	})
}
