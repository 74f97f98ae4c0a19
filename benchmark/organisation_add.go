package benchmark

import (
	"errors"
	"slices"

	"roundtable/benchmark/refusal"
)

// AddOrganisation names an organisation that the network knows: it belongs to the rounds that
// open from now on. Sure: even if one that is there may be meant.
func AddOrganisation(name string, sure bool) Intent {
	if sure {
		return addOrganisations{[]string{name}, []string{name}}
	}
	return addOrganisations{names: []string{name}}
}

// AddOrganisations is [AddOrganisation] for several at once, all or none, that are told
// together. Sure are those for which one that is there, or another of them, may be meant,
// and isn't. Of several that are refused each is, with its name as the refusal's field.
func AddOrganisations(names, sure []string) Intent { return addOrganisations{names, sure} }

type addOrganisations struct{ names, sure []string }

func (a addOrganisations) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	var added []Organisation
	var wrong Refusals
	seen := newNamesSeen()
	for _, name := range a.names {
		o, err := a.organisation(d, name, seen, added)
		if why, is := errors.AsType[*Refusal](err); is && len(a.names) > 1 {
			wrong = append(wrong, why.at(name))
			continue
		}
		if err != nil {
			return err
		}
		added = append(added, o)
	}
	if len(wrong) > 0 {
		return wrong
	}
	for k, o := range added {
		d.emitNew(o, true, added[:k])
	}
	return nil
}

// organisation is a new one of that name, beside those that come in with it. Seen are the
// names of those, and of which one is asked about.
func (a addOrganisations) organisation(d *decision, name string, seen namesSeen, beside []Organisation) (o Organisation, err error) {
	sure := slices.Contains(a.sure, name)
	o, isNew, err := Join{Organisation: name, New: true, Sure: sure}.organisation(d, d.me)
	switch {
	case err != nil:
		return o, err
	case !isNew:
		return o, refuse(refusal.OrganisationTaken, "Organisation", o.Name).at("organisation")
	}
	twice, alike := seen.add(o.Name)
	switch {
	case twice:
		return o, refuse(refusal.OrganisationTwice, "Organisation", o.Name)
	case alike != "" && !sure:
		return o, refuseAlike(o.Name, alike)
	}
	return d.newOrganisation(o.Name, beside)
}

// emitNew brings an organisation into the network: known to it, or not yet. It is told with
// those that came in before it by the same decision.
func (d *decision) emitNew(o Organisation, known bool, before []Organisation) {
	d.emit(organisationJoined{Organisation: o.ID, Name: o.Name, Code: o.Code})
	unvouched := organisationUnvouched{Organisation: o.ID}
	if len(before) > 0 {
		unvouched.Along = before[0].ID
	}
	d.emit(unvouched)
	if known {
		d.emit(organisationVouched{Organisation: o.ID, Counts: true})
	}
}
