package benchmark

import (
	"slices"

	"roundtable/benchmark/refusal"
)

// Withdraw takes an answer back; without an indicator, all of them.
type Withdraw struct{ Indicator IndicatorID }

func (w Withdraw) decide(d *decision) error {
	o, r, err := d.requireOpenRound()
	if err != nil {
		return err
	}
	if err := d.requireOwn(r, o); err != nil {
		return err
	}
	t, _ := d.n.TemplateVersion(r.Template)
	if w.Indicator != "" {
		if err := d.checkAsked(r, w.Indicator); err != nil {
			return err
		}
	}
	before := len(d.events)
	for _, i := range t.Indicators {
		if w.Indicator != "" && i.ID != w.Indicator {
			continue
		}
		if _, ok := r.Submission(o.ID, i.ID); ok {
			d.emit(answerWithdrawn{Round: r.ID, Organisation: o.ID, Indicator: i.ID})
		}
	}
	if len(d.events) == before {
		return refuse(refusal.NothingToWithdraw)
	}
	return nil
}

// answerWithdrawn takes an answer back.
type answerWithdrawn struct {
	Round        RoundID        `json:"round"`
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
}

var answerWithdrawnKind = newKind[answerWithdrawn]("answer.withdrawn", 1)

func (answerWithdrawn) kind() *eventKind { return answerWithdrawnKind }

func (b answerWithdrawn) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		s := r.Submissions[Slot{b.Organisation, b.Indicator}]
		if s == nil || s.Current().Answer == "" {
			return
		}
		was := s.Current()
		r.count(b.Organisation, -1)
		s.Versions = append(s.Versions, Version{By: e.By, At: e.At})
		forgetReplaced(n, e, r, Slot{b.Organisation, b.Indicator}, was)
	})
}

// Undo gives back what stood before the last version of one's organisation's answers
// in the open round. It is of those versions alone: where another has come since, by
// number, nothing is undone. Notes are those that stood before: what does not stand any
// more is forgotten, and has to be brought along.
func Undo(round RoundID, versions map[IndicatorID]int, notes map[IndicatorID]string) Intent {
	return undoAnswers{round, versions, notes}
}

type undoAnswers struct {
	round    RoundID
	versions map[IndicatorID]int
	notes    map[IndicatorID]string
}

func (u undoAnswers) decide(d *decision) error {
	o, r, err := d.requireOpenRound()
	if err != nil {
		return err
	}
	if r.ID != u.round {
		return refuse(refusal.UndoTooLate)
	}
	if err := d.requireOwn(r, o); err != nil {
		return err
	}
	t, _ := d.n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		number, undone := u.versions[i.ID]
		if !undone {
			continue
		}
		s := r.Submissions[Slot{o.ID, i.ID}]
		if s == nil || len(s.Versions) != number {
			return refuse(refusal.UndoTooLate)
		}
		if err := d.giveBack(r, o, i, s, u.notes[i.ID]); err != nil {
			return err
		}
	}
	if len(d.events) == 0 {
		return refuse(refusal.UndoTooLate)
	}
	return nil
}

// giveBack makes the version before the last one stand again.
func (d *decision) giveBack(r *Round, o Organisation, i Indicator, s *Submission, note string) error {
	if len(s.Versions) < 2 || s.Versions[len(s.Versions)-2].Answer == "" {
		if s.Current().Answer != "" {
			d.emit(answerWithdrawn{Round: r.ID, Organisation: o.ID, Indicator: i.ID})
		}
		return nil
	}
	was := s.Versions[len(s.Versions)-2]
	text := was.Note
	if d.n.Text(text) == "" {
		var err error
		if text, err = d.writeBack(s, was.Note, note, string(i.ID)); err != nil {
			return err
		}
	}
	d.emit(answerGiven{
		Round: r.ID, Organisation: o.ID, Indicator: i.ID, Answer: was.Answer,
		Figure: was.Figure, Note: text, Confirmed: was.Confirmed, Doubt: was.Doubt, By: was.By,
	})
	return nil
}

// writeBack writes what stood there before and is forgotten since: it remains that of who
// wrote it first. Of somebody about whom nothing is kept, no word comes back.
func (d *decision) writeBack(s *Submission, was TextID, note, field string) (TextID, error) {
	k := slices.IndexFunc(s.Versions, func(v Version) bool { return was != "" && v.Note == was })
	if k >= 0 && s.Versions[k].By != d.who.By {
		v := s.Versions[k]
		if p, known := d.n.Participant(v.By); !known || p.User == "" {
			return "", nil
		}
		return d.writeTextFor(v.By, note, field)
	}
	return d.writeText(note, field)
}
