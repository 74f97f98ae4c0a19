package benchmark

import (
	"iter"
	"slices"

	"roundtable/benchmark/refusal"
)

// rebase gives an organisation's figures of an indicator limits of their own from a period
// on, because those who read them know of a lasting change. No chart does so by itself.
type rebase struct {
	organisation OrganisationID
	indicator    IndicatorID
	from         Period
	reason       TextID
}

// is says whether both begin at the same place.
func (b rebase) is(other rebase) bool {
	return b.organisation == other.organisation && b.indicator == other.indicator && b.from.Start.Equal(other.from.Start)
}

// moveRebases has what was rebased in one organisation hold for the one that it becomes.
func moveRebases(n *Network, from, into OrganisationID) {
	for k := range n.rebases {
		if n.rebases[k].organisation == from {
			n.rebases[k].organisation = into
		}
	}
}

// Rebases returns from which periods on an organisation's limits of an indicator stand anew,
// in order of time, and why; without a reason where its words are erased.
func Rebases(n *Network, o OrganisationID, i IndicatorID) iter.Seq2[Period, string] {
	return func(yield func(Period, string) bool) {
		for _, b := range n.rebases {
			if b.organisation == o && b.indicator == i && !yield(b.from, n.Text(b.reason)) {
				return
			}
		}
	}
}

// Rebase returns the wish that an organisation's limits of an indicator stand anew from a
// period on. Only a facilitator may, and says why ("reason-missing"); a member sees it drawn
// and said. It asks nothing of the figures, which aren't the facilitator's: where nothing
// lies before or after, it changes nothing.
func Rebase(o OrganisationID, i IndicatorID, from, reason string) Intent {
	return setRebase{organisation: o, indicator: i, from: from, reason: reason}
}

// TakeRebaseBack returns the wish that it is as if a [Rebase] had not been, with a reason as
// well.
func TakeRebaseBack(o OrganisationID, i IndicatorID, from, reason string) Intent {
	return setRebase{organisation: o, indicator: i, from: from, reason: reason, back: true}
}

type setRebase struct {
	organisation OrganisationID
	indicator    IndicatorID
	from, reason string
	back         bool
}

func (s setRebase) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	o, ok := d.n.Organisation(s.organisation)
	if !ok || o.Gone {
		return refuse(refusal.NoSuchOrganisation, "Organisation", string(s.organisation)).at("organisation")
	}
	i, ok := d.n.Template().Indicator(s.indicator)
	if !ok {
		return refuse(refusal.NoSuchIndicator, "Indicator", s.indicator).at("indicator")
	}
	if i.Kind == Text || i.Kind == YesNo || i.Kind == Scale {
		return refuse(refusal.NoLimits, "Title", i.Title).at("indicator")
	}
	from, unread := readPeriod(s.from)
	var wrongPeriod error
	if unread != nil {
		wrongPeriod = unread.at("from")
	}
	reason, err := d.writeText(s.reason, "reason")
	if err == nil && reason == "" {
		err = refuse(refusal.RebaseReason).at("reason")
	}
	if err := together(wrongPeriod, err); err != nil {
		return err
	}
	stands := slices.ContainsFunc(d.n.rebases, func(b rebase) bool {
		return b.is(rebase{o.ID, i.ID, from, ""})
	})
	switch {
	case stands && !s.back:
		return refuse(refusal.RebasedAlready, "Title", i.Title, "Organisation", o.Name, "Round", RoundID(from.ID)).at("from")
	case !stands && s.back:
		return refuse(refusal.NotRebased, "Title", i.Title, "Organisation", o.Name, "Round", RoundID(from.ID)).at("from")
	case s.back:
		d.emit(rebaseTakenBack{Organisation: o.ID, Indicator: i.ID, From: from.ID, Reason: reason})
	default:
		d.emit(rebased{Organisation: o.ID, Indicator: i.ID, From: from.ID, Reason: reason})
	}
	return nil
}

// rebased begins limits anew.
type rebased struct {
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
	From         string         `json:"from"`
	Reason       TextID         `json:"reason"`
}

var rebasedKind = newKind[rebased]("limits.rebased", 1)

func (rebased) kind() *eventKind { return rebasedKind }

func (b rebased) apply(n *Network, _ Event) error {
	from, err := ParsePeriod(b.From)
	if err != nil {
		return err
	}
	n.rebases = append(n.rebases, rebase{b.Organisation, b.Indicator, from, b.Reason})
	slices.SortStableFunc(n.rebases, func(a, b rebase) int { return a.from.Start.Compare(b.from.Start) })
	return nil
}

// rebaseTakenBack undoes that.
type rebaseTakenBack struct {
	Organisation OrganisationID `json:"organisation"`
	Indicator    IndicatorID    `json:"indicator"`
	From         string         `json:"from"`
	Reason       TextID         `json:"reason"`
}

var rebaseTakenBackKind = newKind[rebaseTakenBack]("limits.rebase-taken-back", 1)

func (rebaseTakenBack) kind() *eventKind { return rebaseTakenBackKind }

func (b rebaseTakenBack) apply(n *Network, _ Event) error {
	from, err := ParsePeriod(b.From)
	if err != nil {
		return err
	}
	n.rebases = slices.DeleteFunc(n.rebases, rebase{b.Organisation, b.Indicator, from, ""}.is)
	return nil
}
