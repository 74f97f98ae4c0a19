package benchmark

import (
	"slices"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
	"roundtable/stats"
)

// A figure that is possible but unlikely is in doubt: outside the indicator's plausible
// range, far from the organisation's own history, or more events than exposure. While the
// round is open it is saved with its doubt, where the intent says so, until somebody says
// that it is right and why, or gives another. At closing it counts as it stands.

// InDoubt says whether the answer was saved with a doubt that nobody has settled.
func (v Version) InDoubt() bool { return v.Doubt != "" && v.Answer == Value }

// DoubtOf asks again what is in doubt of an organisation's standing answer, by what is own
// of its history to who looks; ok is false where nothing is in doubt. The refusal is nil
// where the doubt has no ground any more, since an earlier figure has changed.
func DoubtOf(n *Network, r *Round, o Organisation, i Indicator, own func(*Round, OrganisationID) bool) (ask *Refusal, ok bool) {
	v, answered := r.Submission(o.ID, i.ID)
	if !answered || !v.InDoubt() {
		return nil, false
	}
	if ask = doubtOf(n, r, o, i, v.Figure, own); ask != nil {
		ask.Args = append(ask.Args, "Indicator", i.ID, "Title", i.Title)
		ask = ask.at(string(i.ID))
	}
	return ask, true
}

// Doubts is how many answers that others will see are in doubt. Of a figure that is hidden,
// and where organisations see only their own, that would tell something of it.
func Doubts(n *Network, r *Round) (count int) {
	if r.Visibility == Own {
		return 0
	}
	t, _ := n.TemplateVersion(r.Template)
	for slot, s := range r.Submissions {
		v := s.Current()
		i, known := t.Indicator(slot.Indicator)
		if known && v.InDoubt() && r.TakesPart(slot.Organisation) && !n.Withholds(r, i, slot.Organisation, v.Figure) {
			count++
		}
	}
	return count
}

// askToConfirm asks about a figure that is in doubt. It is accepted once it is confirmed
// and the note says why.
func askToConfirm(d *decision, r *Round, o Organisation, i Indicator, item Item) *Refusal {
	if item.Answer != Value {
		return nil
	}
	own := d.n.OwnRounds(d.me)
	if was, stands := r.Submission(o.ID, i.ID); stands && own(r, o.ID) && was.Confirmed && was.Figure.same(item.Figure) {
		return nil
	}
	ask := doubtOf(d.n, r, o, i, item.Figure, own)
	note, _ := freetext.Clean(item.Note, maxText)
	if ask == nil || (item.Confirmed && note != "") {
		return nil
	}
	if item.Confirmed {
		ask.Args = append(ask.Args, "NoteMissing", true)
	}
	return ask
}

// isDoubt says whether a refusal asks about a figure that may be right.
func isDoubt(x *Refusal) bool {
	return x.Question && isOneOf(x.Reason, refusal.OutsidePlausible, refusal.FarFromOwn, refusal.MoreThanExposure)
}

// saysWhy says whether an item gives the reason of a figure that stands in doubt: the same
// figure with a new note.
func (d *decision) saysWhy(r *Round, o Organisation, item Item) bool {
	was, answered := r.Submission(o.ID, item.Indicator)
	note, err := freetext.Clean(item.Note, maxText)
	return answered && was.InDoubt() && was.Answer == item.Answer && was.Figure.same(item.Figure) &&
		err == nil && note != "" && (item.Confirmed || note != d.n.Text(was.Note))
}

// doubtOf is why a figure is in doubt; nil when it isn't.
func doubtOf(n *Network, r *Round, o Organisation, i Indicator, f Figure, own func(*Round, OrganisationID) bool) *Refusal {
	right := func(x float64) bool { return wasRightBefore(n, r, o, i, x, own) }
	return doubtBeside(i, f, lastValues(n, r, o, i, own), right)
}

// doubtBeside is why a figure is in doubt beside its last values; wasRight says whether
// what lies outside the plausible range was said to be right before.
func doubtBeside(i Indicator, f Figure, past []float64, wasRight func(float64) bool) *Refusal {
	x, ok := f.Of(i)
	if !ok {
		return nil
	}
	ask := moreThanExposure(i, f, past) // which also says what has probably happened
	if ask == nil {
		ask = implausible(i, x, past)
	}
	if ask != nil && ask.Reason == refusal.OutsidePlausible && wasRight(x) {
		ask = nil
	}
	if ask != nil {
		ask.Question = true
	}
	return ask
}

// timesAsFar is how many times as far outside the plausible range a figure may lie as the
// last one that was said to be right, without a question: ups and downs, but no slip of a
// factor of ten.
const timesAsFar = 2

// wasRightBefore says whether the organisation's last figure lay outside the plausible
// range on the same side, and it said why that is right: the same is not asked twice.
func wasRightBefore(n *Network, r *Round, o Organisation, i Indicator, x float64, own func(*Round, OrganisationID) bool) bool {
	past := n.History(o.ID, i, r, own)
	if len(past) == 0 {
		return false
	}
	last := past[len(past)-1].Version
	y, ok := last.Figure.Of(i)
	above, below := x-i.Plausible.High, i.Plausible.Low-x
	switch {
	case !ok || !last.Confirmed:
		return false
	case above > 0:
		return above <= timesAsFar*(y-i.Plausible.High)
	}
	return below <= timesAsFar*(i.Plausible.Low-y)
}

// multiplied is the least multiplier of a rate whose events are rarer than what they are
// counted in: falls per 1000 bed days, not calls per day.
const multiplied = 100

// moreThanExposure asks about more events than what they are counted in, 412 falls in 3
// bed days, in the first round too: the numbers have probably changed places. Not where
// that is as it was before, or is said to be plausible.
func moreThanExposure(i Indicator, f Figure, past []float64) *Refusal {
	usual := func(x float64) bool { return x > i.Factor() }
	if i.Kind != Rate || i.Factor() < multiplied || f.Numerator <= f.Denominator || i.Plausible != nil && i.Plausible.High > i.Factor() || slices.ContainsFunc(past, usual) {
		return nil
	}
	return refuse(refusal.MoreThanExposure, "Numerator", f.Numerator, "Denominator", f.Denominator)
}

// implausible says why a value is unlikely beside the last ones; nil when it isn't.
func implausible(i Indicator, x float64, past []float64) *Refusal {
	if i.Plausible != nil && !i.Plausible.holds(x) {
		return refuse(refusal.OutsidePlausible, "Value", x, "Low", i.Plausible.Low, "High", i.Plausible.High)
	}
	if !isOneOf(i.Kind, Proportion, Rate, Mean, Count, Duration) {
		return nil
	}
	departure, err := stats.CompareWithHistory(x, past)
	if err != nil || !departure.Ask {
		return nil // nothing to say, or too few to tell
	}
	low, high := past[0], past[0]
	for _, p := range past {
		low, high = min(low, p), max(high, p)
	}
	return refuse(refusal.FarFromOwn, "Value", x, "Low", low, "High", high, "Count", len(past))
}
