package benchmark

// TakesPart says whether the organisation belongs to the round: the network knew it
// when that opened. One that doesn't may answer and sees its own, but doesn't count, is
// shown to nobody else and is not reminded. To a round that no event opened all belong.
func (r *Round) TakesPart(o OrganisationID) bool {
	_, belongs := r.codes[o]
	return belongs || r.codes == nil
}

// RoundOrganisations returns the organisations that belong to the round, in the order of
// joining: with the code that they had in it, and under the name that they have now.
func (n *Network) RoundOrganisations(r *Round) []Organisation {
	if r.codes == nil {
		return n.OrganisationsNow()
	}
	belong := make([]Organisation, 0, len(r.codes))
	for _, o := range n.Organisations {
		if code, belongs := r.codes[o.ID]; belongs {
			o.Code = code
			belong = append(belong, o)
		}
	}
	return belong
}

// countingCodes are the codes of the organisations that belong to a round that opens now.
func (os *organisations) countingCodes() map[OrganisationID]string {
	codes := make(map[OrganisationID]string, len(os.Organisations))
	for _, o := range os.Organisations {
		if o.Vouched && !o.Gone {
			codes[o.ID] = o.Code
		}
	}
	return codes
}

// RoundOrganisation is the organisation as it is in the round; false when it doesn't
// belong to it.
func (n *Network) RoundOrganisation(r *Round, id OrganisationID) (Organisation, bool) {
	o, known := n.Organisation(id)
	code, belongs := r.codes[id]
	o.Code = code
	return o, known && belongs
}
