package benchmark

import "roundtable/benchmark/refusal"

// Revise is what a writer has made of a message that is a contribution.
type Revise struct {
	Post Post
	Text string
}

func (r Revise) decide(d *decision) error {
	if err := d.participant(); err != nil {
		return err
	}
	c, ok := d.saidAt(r.Post)
	switch {
	case !ok:
		return refuse(refusal.NoSuchContribution)
	case c.By != d.who.By:
		return refuse(refusal.NotYours)
	case c.Withdrawn:
		return nil
	}
	clean, err := checkText(r.Text, maxText, "text")
	switch {
	case err != nil:
		return err
	case clean == "":
		return refuse(refusal.TextMissing).at("text")
	case clean == d.n.Text(c.Text):
		return nil
	}
	text, err := d.writes(clean, "text")
	if err != nil {
		return err
	}
	d.happens(ContributionRevised{Contribution: c.Number, Text: text})
	return nil
}

// TakeBack says that a message is gone which may be a contribution: deleted by
// its writer or by somebody who may, whoever that is. Its words are erased.
type TakeBack struct{ Post Post }

func (t TakeBack) decide(d *decision) error {
	if err := d.founded(); err != nil {
		return err
	}
	if c, ok := d.saidAt(t.Post); ok && !c.Withdrawn {
		d.happens(ContributionWithdrawn{Contribution: c.Number})
	}
	return nil
}

// saidAt returns the contribution that the post itself is; one that passes it on
// is the bot's.
func (d *decision) saidAt(p Post) (Contribution, bool) {
	c, _, ok := d.n.Contribution(d.n.ContributionAt(p))
	return c, ok && c.Post == p
}
