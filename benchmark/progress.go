package benchmark

// Progress is how far a round has come, in organisations.
type Progress struct {
	Organisations int // that belong to the round
	Complete      int // have answered everything
	Begun         int // have answered something, not everything
	Skipped       int // said "not this round"
}

// Progress returns how far the round has come.
func (n *Network) Progress(r *Round) Progress {
	belong := n.RoundOrganisations(r)
	p := Progress{Organisations: len(belong)}
	for _, o := range belong {
		switch {
		case r.Complete(o.ID):
			p.Complete++
		case r.Skipped[o.ID]:
			p.Skipped++
		case r.Answered(o.ID) > 0:
			p.Begun++
		}
	}
	return p
}

// Answered is how many of the round's indicators the organisation has answered.
func (r *Round) Answered(o OrganisationID) int { return r.answered[o] }

// Complete says whether the organisation has answered every indicator.
func (r *Round) Complete(o OrganisationID) bool {
	return r.indicators > 0 && r.answered[o] >= r.indicators
}

// Missing returns the indicators that the organisation has not answered, in the
// template's order.
func (n *Network) Missing(r *Round, o OrganisationID) []Indicator {
	var missing []Indicator
	t, _ := n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		if _, ok := r.Submission(o, i.ID); !ok {
			missing = append(missing, i)
		}
	}
	return missing
}
