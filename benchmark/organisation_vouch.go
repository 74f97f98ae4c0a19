package benchmark

import (
	"slices"

	"roundtable/benchmark/refusal"
)

// voucher is who said of a new organisation that the network knows it, and for which
// organisation they speak.
type voucher struct {
	by           ParticipantID
	organisation OrganisationID
}

// vouchersNeeded is how many organisations have to know a new one where no
// facilitator does: each by another person.
const vouchersNeeded = 2

// organisationUnvouched says that somebody named an organisation that the network
// doesn't know yet. Until it is vouched for it belongs to no round.
type organisationUnvouched struct {
	Organisation OrganisationID `json:"organisation"`
	// Along is the one that it came in with, and is told with; empty for none.
	Along OrganisationID `json:"along,omitempty"`
}

var organisationUnvouchedKind = newKind[organisationUnvouched]("organisation.unvouched", 1)

func (organisationUnvouched) kind() *eventKind { return organisationUnvouchedKind }

func (b organisationUnvouched) apply(n *Network, e Event) error {
	for _, r := range n.Rounds {
		delete(r.codes, b.Organisation)
	}
	if !b.besides(n) {
		n.notify(e, Notice{About: NewOrganisationNotice, Organisation: b.Organisation, Participant: e.By})
	}
	return n.changeOrganisation(b.Organisation, func(o *Organisation) { o.Vouched, o.named, o.unvouched = false, e.By, e.At })
}

// besides puts a new organisation into the notice of the one that it came in with; false
// where there is none.
func (b organisationUnvouched) besides(n *Network) bool {
	k := slices.IndexFunc(n.notices, func(o Notice) bool {
		return o.About == NewOrganisationNotice && o.Organisation == b.Along && b.Along != ""
	})
	if k < 0 {
		return false
	}
	n.notices[k].Besides = append(slices.Clip(n.notices[k].Besides), b.Organisation)
	return true
}

// VouchFor says that the network knows a new organisation. A facilitator's word is
// enough; of members it takes those of two organisations that count, by two people.
// It counts from the round that opens next.
func VouchFor(o OrganisationID) Intent { return vouchFor{o} }

type vouchFor struct{ organisation OrganisationID }

func (v vouchFor) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	o, ok := d.n.Organisation(v.organisation)
	mine, speaks := countingFor(d, o)
	switch {
	case !ok:
		return refuse(refusal.NoSuchOrganisation, "Organisation", string(v.organisation))
	case o.Gone:
		return WhyGone(d.n, o)
	case o.Vouched:
		return refuse(refusal.VouchedAlready, "Organisation", o.Name)
	case d.me.Facilitator:
		d.emit(organisationVouched{Organisation: o.ID, Counts: true})
		return nil
	case !speaks || o.named == d.me.ID:
		return refuse(refusal.NotYoursToVouch, "Organisation", o.Name)
	case slices.ContainsFunc(o.vouchers, func(x voucher) bool { return x.by == d.me.ID || x.organisation == mine.ID }):
		return nil
	}
	d.emit(organisationVouched{Organisation: o.ID, For: mine.ID, Counts: len(o.vouchers)+1 >= vouchersNeeded})
	return nil
}

// countingFor returns the organisation that counts and for which one has a word about a new
// one; false where there is none, and for who is in the new one too.
func countingFor(d *decision, o Organisation) (mine Organisation, speaks bool) {
	me, _ := d.n.Participant(d.me.ID)
	if _, in := me.For(o.ID); in {
		return mine, false
	}
	if d.who.For != "" {
		me = d.me
		me.more = nil
	}
	return d.n.countsFor(me)
}

// countsFor returns the first of somebody's organisations that counts.
func (os *organisations) countsFor(p Participant) (Organisation, bool) {
	for role := range p.Roles() {
		if o, known := os.Organisation(role.Organisation); known && role.Active() && o.Vouched && !o.Gone {
			return o, true
		}
	}
	return Organisation{}, false
}

// organisationVouched is somebody's word for a new organisation. Counts: with it the
// organisation belongs to every round that opens from now on.
type organisationVouched struct {
	Organisation OrganisationID `json:"organisation"`
	// For is whom a member speaks for; empty for a facilitator.
	For    OrganisationID `json:"for,omitempty"`
	Counts bool           `json:"counts,omitempty"`
}

var organisationVouchedKind = newKind[organisationVouched]("organisation.vouched", 1)

func (organisationVouched) kind() *eventKind { return organisationVouchedKind }

func (b organisationVouched) apply(n *Network, e Event) error {
	if o, _ := n.Organisation(b.Organisation); b.Counts && e.By != o.named {
		n.notify(e, Notice{About: OrganisationCountsNotice, Organisation: b.Organisation})
		if o.named != "" {
			tell(n, e, []ParticipantID{o.named}, Notice{About: KnownNotice, Organisation: b.Organisation})
		}
	}
	return n.changeOrganisation(b.Organisation, func(o *Organisation) {
		o.vouchers = append(slices.Clip(o.vouchers), voucher{e.By, b.For})
		o.Vouched = o.Vouched || b.Counts
	})
}
